"""Whose fault the words of a refusal name: the reader's mailbox, or something that is true of everybody.

NOTE: a wrong READER ends a delivery, a wrong anything else only pauses: in doubt it is UNKNOWN.

Source: RFC 3463, RFC 5321, RFC 7372; texts of Postfix, Exim, Exchange, Gmail, Outlook.com, Amazon SES.
"""

from __future__ import annotations

import re
from typing import Final

from digest.model import Blame, Verdict
from digest.transports.judging.foreign_blames import foreign_blame
from digest.transports.judging.judge import folded, heard
from digest.transports.stages import Stage


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE | re.VERBOSE)


_GREYLISTED: Final = _words(r"gr[ea]y[ -]?list | postgrey | sqlgrey | milter-greylist")
_FULL: Final = _words(
    r"""\b(?:mail)?box\ (?:is\ )?(?:too\ )?full | over\ ?(?:its\ |their\ |the\ )?(?:storage\ )?quota
    | (?:mailbox|storage|disk|user|account|recipient)(?:'s)?\ (?:storage\ )?(?:quota|size\ limit|storage)\b
    | quota\ (?:is\ )?exceeded(?!.*\b(?:day|today|daily|hour|send|messages))
    | out\ of\ storage | insufficient\ mailbox
    """
)
_READERS_RATE: Final = _words(
    r"""(?:user|recipient|mailbox|account)\ (?:you\ are\ trying\ to\ contact\ )?is\ receiving
    | (?:recipient|receiving|inbound)[\w\ ]*\ rate"""
)
_NOBODY: Final = _words(
    r"""\b(?:unknown|no\ such|invalid|non-?existent|inactive|disabled|unrouteable|undeliverable)
        \ (?:local\ |virtual\ )?(?:user|mailbox|recipient|account|address|person|alias|local\ part)
    | \b(?:user|mailbox|recipient|account|address|alias|member|person|email)\b[^.;:]{0,40}?
        \b(?:unknown|not\ known|not\ found|does\ ?n[o']t\ exist|not\ exist|no\ longer|disabled|closed
           |deactivated|inactive|suspended|terminated|unavailable|invalid|not\ available)
    | \bdoes\ not\ have\ an?\ [\w.]*\ ?account | \bno\ mailbox\ here | \bnot\ our\ customer
    | \bnot\ a\ (?:valid|known)\ (?:user|mailbox|recipient)
    | \brecipient\ (?:address\ )?rejected:\ (?:user|undeliverable|no\ such|invalid)
    """
)
_SIZE: Final = _words(
    r"""(?:message|mail|size)\b(?:(?!\bquota|\blimit\ (?:for|of)|\brate\b|\bdaily|\btoday)[^.;]){0,40}
        \b(?:too\ (?:big|large|long)|exceeds|exceeded|larger)
    | \b(?:too\ (?:big|large)|exceeds)\b[^.;]{0,30}\b(?:message|size|mail)\b
    | max(?:imum)?\ message\ size"""
)
_LOGIN: Final = _words(
    r"""\bauthenticat\w*\b.*\b(?:required|fail\w*|reject\w*|unsuccessful|invalid|needed|first|disabled)
    | \b(?:must|need\ to|please)\ (?:be\ )?(?:authenticate|log\ ?in)\w*
    | \bnot\ (?:logged\ in|authenticated)
    | \b(?:bad|invalid|wrong|incorrect)\ (?:credentials|password|login|username)
    | \bpassword\b.*\b(?:not\ accepted|expired|incorrect|invalid) | \baccount\ (?:is\ )?(?:locked|blocked)
    | \brequires?\ (?:\w+\ )?(?:authentication|login|log[- ]in)\b
    | \bauth\ (?:is\ )?(?:required|needed) | \bclient\ was\ not\ authenticated | \bstarttls\b.*\bfirst"""
)
_HELO: Final = _words(
    r"\bhelo\b | \behlo\b | fully[- ]qualified\ hostname | \bhost\ ?name\b.*\b(?:invalid|rejected|required)"
)
_LISTED: Final = _words(
    r"""\b(?:rbl|dnsbl|spamhaus|zen\.|barracuda\w*|spamcop|sorbs|uceprotect|senderscore|senderbase|cloudmark)
    | \b(?:black|block|deny)[ -]?list(?:ed|ing)?\b
    | \b(?:client|your|sending|source)\ (?:host|ip|server|network|address)\b.*\b(?:reject\w*|block\w*|denied
        |listed|banned|refused|reputation|not\ (?:allowed|permitted|accepted))
    | \b(?:banned|blocked|listed|rejected)\b[\w\ ]*\bip\b
    | \bclient\ host\b | \bfrom\ this\ ip\b | \bthe\ ip\ you\b | \bips?\b.*\b(?:not\ authorized|reputation)
    | \bip\ address\b.*\b(?:block\w*|list\w*|reject\w*|reputation|denied|banned)
    | \breverse\ (?:dns|hostname|lookup)\b | \bptr\b | \b(?:poor|bad|low)\ reputation
    """
)
_RELAY: Final = _words(
    r"""\brelay(?:ing)?\b[^.;]{0,40}\b(?:denied|not|prohibit\w*|refus\w*|reject\w*|disallow\w*|forbidden)
    | \b(?:denied|unable|not\ \w+|cannot|refus\w+|won't)\ (?:to\ )?relay
    | \bnot\ a\ relay | \bunauthorized\ relay
    | \bno\ relaying\b | \bwe\ do(?:n't|\ not)\ relay
    | \bwe\ do(?:n't|\ not)\ (?:handle|accept|take)\ mail\ for\ (?:that|this|the|other|<?[\w.-]+\.\w)
    | \brelay\ access | \bopen\ relay
    | \bnot\ in\ my\ (?:list\ of\ )?rcpthosts
    | \brcpthosts\b
    """
)
_DAYS_LIMIT: Final = _words(
    r"""\blimit\ on\ the\ number\ of\b
    | \b(?:messages?|mails?|e-?mails?)\ (?:\w+\ )?(?:per|a|each)\ (?:day|hour|month)\b
    | \b(?:limits?|quotas?)\b[^.;]{0,40}\b(?:today|this\ (?:day|hour|month))\b
    | \b(?:daily|hourly|monthly|sending|outgoing|outbound)\b[\w\ ]*\b(?:limits?|quotas?|maximum)\b"""
)
_LIMIT: Final = _words(
    r"""\b(?:daily|hourly|monthly|per\ (?:day|hour|month)|24[- ]hours?)\b.*
        \b(?:limit|quota|exceed\w*|maximum)
    | \b(?:limit|quota|exceed\w*|maximum)\b.*\b(?:daily|hourly|monthly|per\ (?:day|hour|month)|24[- ]hours?)
    | \b(?:sending|send|outgoing|outbound|smtp|message|messages|mail|plan|credit\w*|account)\b[\w\ ]*
        \b(?:limits?|quotas?|credits?)\b | \b(?:quota|limit)\ (?:for\ sending|of\ (?:messages|mails))
    | \bout\ of\ credits? | \b(?:recipients?|messages?|mails?)\ (?:limit|quota)
    | \blimit\ (?:was\ |is\ |has\ been\ )?(?:reached|exceeded)"""
)
_RATE: Final = _words(
    r"""\brate\b | \bthrottl\w* | \btoo\ (?:many|much|fast|quickly|frequent\w*)\b | \bslow(?:ing)?\ down
    | \bconnection\ limit | \b(?:per|a|each)\ (?:second|minute)\b | \bconcurrent\b | \bsessions?\ limit
    | \bflood\w* | \bcapacity\b
    | \b(?:server|system)\ (?:is\ )?(?:too\ )?busy\b"""
)
_SENDER: Final = _words(
    r"""\bsender\b | \bspf\b | \bdmarc\b | \bdkim\b | \bfrom\ (?:address|domain|header)\b | \bmail\ from\b
    | \breturn[- ]path\b | \benvelope\ from\b | \bsend(?:ing)?\ (?:as|on\ behalf)\b | \bidentit(?:y|ies)\b
    | \bnot\ (?:a\ )?verified\b | \bunauthenticated\ (?:mail|email|message)
    """
)
_MESSAGE: Final = _words(
    r"""\bspam\w* | \bcontent\b | \bvirus\w* | \bmalware | \bphish\w* | \bpolic(?:y|ies)\b | \bunsolicited
    | \bbulk\b | \bjunk\b | \battachment\w* | \b(?:message|mail|header|headers|body)\b[^.;]{0,30}
        \b(?:reject\w*|refus\w*|denied|not\ accepted|blocked|malformed|invalid|unwanted|looks)
    | \burls?\b | \blinks?\b.*\b(?:listed|blocked|blacklisted)"""
)
_STATUS: Final = re.compile(r"^\s*\d{3}[ -]+#?([245])\.(\d{1,3})\.(\d{1,3})\b")
_GIVEN_UP: Final = re.compile(r"^given up after \d+ attempts: ")
_REPLY: Final = re.compile(r"^\s*(\d{3})\b")
_ADDRESS: Final = re.compile(r"\S{1,200}@\S{1,300}")

_OF_STATUS: Final = {
    (1, 1): Blame.READER,
    (1, 2): Blame.READER,
    (1, 3): Blame.READER,
    (1, 6): Blame.READER,
    (1, 10): Blame.READER,
    (1, 7): Blame.SENDER,
    (1, 8): Blame.SENDER,
    (2, 1): Blame.READER,
    (2, 2): Blame.READER,
    (3, 4): Blame.SIZE,
    (4, 5): Blame.LIMIT,
    (6, 0): Blame.MESSAGE,
    (7, 3): Blame.UNKNOWN,
    (7, 8): Blame.LOGIN,
    (7, 9): Blame.LOGIN,
    (7, 20): Blame.SENDER,
    (7, 21): Blame.SENDER,
    (7, 22): Blame.SENDER,
    (7, 23): Blame.SENDER,
    (7, 24): Blame.SENDER,
    (7, 25): Blame.LISTED,
    (7, 26): Blame.SENDER,
    (7, 27): Blame.SENDER,
    (7, 28): Blame.RATE,
    (7, 60): Blame.SENDER,
}
"""What an enhanced status says where the words say nothing."""

_MOST_READ: Final = 1_000
_LIMITS: Final = frozenset({Blame.LIMIT, Blame.RATE, Blame.SIZE})

_IN_ORDER: Final = (
    (_READERS_RATE, Blame.READER),
    (_DAYS_LIMIT, Blame.LIMIT),
    (_SIZE, Blame.SIZE),
    (_RELAY, Blame.RELAY),
    (_LOGIN, Blame.LOGIN),
    (_HELO, Blame.HELO),
    (_LISTED, Blame.LISTED),
    (_FULL, Blame.READER),
    (_LIMIT, Blame.LIMIT),
    (_RATE, Blame.RATE),
    (_SENDER, Blame.SENDER),
    (_NOBODY, Blame.READER),
    (_MESSAGE, Blame.MESSAGE),
)


def blame_of(reason: str, stage: Stage = Stage.RCPT) -> Blame:
    """Return whose fault a server's refusal (`550 5.7.1 relaying denied`) names.

    Args:
        stage: an answer to MAIL or to the greeting is said of everybody, whatever its words.
    """
    found = _judged(reason, _by_words(reason))
    if stage in {Stage.MAIL, Stage.CONNECT} and not found.is_of_everybody:
        return Blame.SENDER if stage is Stage.MAIL else Blame.RELAY
    # A limit that lasts only for the moment is a rate; what is refused for good is no matter of speed.
    if found is Blame.LIMIT and reason.lstrip().startswith("4") and not _LASTS.search(reason):
        return Blame.RATE
    if found is Blame.RATE and reason.lstrip().startswith("5"):
        return Blame.LIMIT
    return found


_LASTS: Final = _words(
    r"\b(?:daily|hourly|monthly|per\ (?:day|hour|month)|24[- ]hours?|today|tomorrow|credits?|plan)\b"
)


def _judged(reason: str, found: Blame) -> Blame:
    """Return the blame that fits what the judge of mailboxes says: one judge for the door, bounces, events.

    A dead or full mailbox is the reader's, and what the judge calls a policy or a fault of ours never is.
    What is refused for the moment ends nobody's delivery, so there is nothing to judge.
    """
    verdict = heard(reason) if reason.lstrip().startswith("5") else None
    if verdict is Verdict.DEAD or (verdict is Verdict.FULL and found not in _LIMITS):
        return Blame.READER
    if verdict in {Verdict.POLICY, Verdict.OURS} and found is Blame.READER:
        return Blame.UNKNOWN
    return found


def remedy_for(reason: str) -> str:
    """Return what to do about a delivery that ended for this reason, a sentence; empty for none known."""
    text = _GIVEN_UP.sub("", reason)
    if "SMTPUTF8" in text:
        return "Send by a server that takes international addresses (SMTPUTF8)."
    return blame_of(text).remedy if _REPLY.match(text) else ""


def _by_words(reason: str) -> Blame:
    words = " ".join(reason[:_MOST_READ].split())
    if _GREYLISTED.search(words):
        return Blame.STRANGER if words.startswith("4") else Blame.UNKNOWN
    status = _STATUS.match(words)
    told = _OF_STATUS.get((int(status[2]), int(status[3])), Blame.UNKNOWN) if status else Blame.UNKNOWN
    if told is Blame.SIZE:
        return told
    found = next((blame for pattern, blame in _IN_ORDER if pattern.search(words)), None)
    if found in {None, Blame.SENDER, Blame.MESSAGE}:
        found = foreign_blame(folded(_ADDRESS.sub(" ", words))) or found
    if found is not None:
        return _weighed(found, told, words)
    if told is Blame.UNKNOWN and (code := _REPLY.match(words)) is not None:
        return {"530": Blame.LOGIN, "535": Blame.LOGIN, "538": Blame.LOGIN}.get(code[1], Blame.UNKNOWN)
    return told


def _weighed(by_words: Blame, by_status: Blame, words: str) -> Blame:
    """Return the words' blame, unless a plain status of a mailbox stands beside vague ones."""
    is_plain = by_status is Blame.READER and by_words in {Blame.MESSAGE, Blame.SENDER}
    return Blame.READER if is_plain and _NOBODY.search(words) else by_words
