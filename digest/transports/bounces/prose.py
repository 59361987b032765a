"""What a bounce says in words to people, in the forms of many servers.

Exim, Postfix, qmail, OpenSMTPD, Sendmail, Exchange, Domino and others: however they differ, all name an
address at the beginning of a line and put the reason behind or below it. Some say the reason before they
name anybody; there a bounce about one recipient has one reason.

Source: the bounces of these servers, tests/transports/bounces/layouts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from digest.transports.bounces.recipients import Action, Recipient
from digest.transports.bounces.statuses import unlabeled
from digest.transports.judging.judge import heard

_ADDRESS: Final = r"[^\s<>()\"';:,\[\]@]{1,64}@[^\s<>()\"';:,\[\]@]{1,255}"
_ANCHOR: Final = re.compile(
    rf"(?P<indent>[ \t]{{0,12}})(?:[-*•] )?(?:mailto:)?<?(?P<address>{_ADDRESS}?)>?"
    r"(?P<note>(?:[ \t]{0,4}[(<](?:[^()<>\n]|\([^()\n]{0,80}\)|<[^()<>\n]{0,320}>){0,300}[)>]){0,2})"
    r"[ \t]{0,4}(?P<rest>$|\.{3} .{1,300}$"
    r"|[:.][ \t]*$|: .{1,500}$"
    r"|on (?:\d|[A-Z][a-z]{1,8}[.,]{0,2} ).{0,60}$|, .{1,300}$"
    r"|(?<=[ \t])[^\n:]{1,60}\bERROR_CODE ?:.{1,400}$)"
)
_NAMED: Final = re.compile(
    rf"(?:\bto|recipient|recipients|address"
    rf"|for)\b:?[ \t\n]{{0,4}}(?:<|\[SMTP:)?(?P<address>{_ADDRESS})[>\]]?(?:[\s:.,;]|$)",
    re.IGNORECASE,
)
_REASON: Final = (
    re.compile(r"\(reason: (?P<reply>[^\n]{1,500}(?:\n[ \t]+[^\n]{1,200}){0,6}?)\)[ \t]*$", re.MULTILINE),
    re.compile(
        r"(?:remote (?:host|server|mail server)(?: said| returned| replied)?|the (?:error|response)"
        r"(?: that the other server returned| from the remote server)?(?: was)?|"
        r"responded with|reason(?: for the (?:problem|failure|return))?|because|diagnostic(?:-code)?"
        r"|automatically rejected|following reasons?"
        r"|(?:la respuesta|a resposta|la risposta|la r[ée]ponse|die antwort|het antwoord)\b[^\n:]{0,60}"
        r")[ \t]{0,3}:\s{0,20}"
        r"(?P<reply>\S[^\n]{1,500}(?:\n[ \t]{0,8}[^\s\n][^\n]{0,300}){0,8})",
        re.IGNORECASE,
    ),
    re.compile(r"returned '(?P<reply>.{1,1000}?)'", re.IGNORECASE | re.DOTALL),
    re.compile(r"<[^<>\s]{1,100} (?P<reply>#[245]\.\d{1,3}\.\d{1,3}[^\n]{1,500})>[ \t]*$", re.MULTILINE),
    re.compile(r"\bbecause of[ \t]{0,4}\n\s{0,20}(?P<reply>[45]\d\d[ -][^\n]{1,500})"),
    re.compile(r"^<<< (?P<reply>[45]\d\d[ -][^\n]{1,500})$", re.MULTILINE),
)
"""Where a form says in so many words that the reason follows; the first that is there counts."""

_LATE: Final = re.compile(
    r"(?:has|have) not (?:yet )?been delivered|warning message only|temporary failure report"
    r"|will (?:continue|keep) (?:to (?:be )?)?(?:try|retr)|message(?: \S{1,40})? (?:is |was "
    r"|has been )?delayed"
    r"|delivery (?:is|has been) (?:delayed|incomplete)|still being retried"
    r"|(?:do )?not need to re-?send|retried for|no action is required",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"(?:\bsaid|\berror from remote (?:mail )?server[^:]{0,80}|\bhost \S{1,255} \[[^\]]{1,60}\]):"
    r"(?:<[^>]{0,320}>(?: size=\d{1,12})?:)?(?: rcpt to:<[^>]{1,320}>:)?"
    r"(?: host \S{1,255} \[[^\]]{1,60}\]:)? (?P<reply>[45]\d\d[ -].*)",
    re.IGNORECASE,
)
_STAGE: Final = re.compile(
    r"\b(?:sender was rejected|(?:after|in reply to) (?:the |pipelined )?(mail from"
    r"|initial connection|ehlo"
    r"|helo|starttls|auth)"
    r"|my (name was rejected)|greeting (failed))",
    re.IGNORECASE,
)
_MAX_CHUNK: Final = 4_000


class _Named(NamedTuple):
    address: str
    words: str


def recipients(notice: str, *, known: tuple[str, ...] = ()) -> tuple[Recipient, ...]:
    """Return what the words to people say of each recipient they name.

    Args:
        known: whom the mail is about, as far as its headers or its report say so.
    """
    action = Action.DELAYED if _LATE.search(notice) else Action.FAILED
    named = list(_named(notice))
    if not named:
        one = next(iter(known), "") or _mentioned(notice)
        return (Recipient(one.lower(), action, reply=reason(notice)),) if one else ()
    replies = [reason(one.words) or _in_transcript(notice, one.address) for one in named]
    if len(named) == 1 and heard(replies[0]) is None:
        replies = [_said_before(notice) or replies[0]]
    return tuple(
        Recipient(one.address, action, reply=reply) for one, reply in zip(named, replies, strict=True)
    )


def _said_before(notice: str) -> str:
    """Return the reason that a form gives in so many words, above the one recipient it names at the end."""
    found = next((found for one in _REASON if (found := one.search(notice[:_MAX_CHUNK]))), None)
    return unlabeled(" ".join(found["reply"].split())) if found else ""


def reason(text: str) -> str:
    """Return the words to judge out of a passage about one recipient; empty where it has none.

    The stage of the session stays with them: what is answered to MAIL is not said of the reader.
    """
    text = text[:_MAX_CHUNK]
    for pattern in _REASON:
        if found := pattern.search(text):
            reply = unlabeled(" ".join(found["reply"].split()))
            return reply + stage(" ".join(text[: found.start("reply")].split()))
    passages = (" ".join(passage.split()) for passage in re.split(r"\n[ \t]*\n", text))
    replies = [_reply_of(passage) for passage in passages if passage]
    # What nobody knows is shown to the operator all the same.
    return next((reply for reply in replies if heard(reply) is not None), next(iter(replies), ""))


def stage(text: str) -> str:
    """Return at which word of ours a server refused, in brackets; empty where it was at RCPT or later."""
    found = _STAGE.search(text)
    if found is None:
        return ""
    return f" (after {found[1].lower() if found[1] else 'helo' if found[2] or found[3] else 'mail from'})"


def _reply_of(passage: str) -> str:
    """Return the passage from the server's reply on."""
    found = _SAID.search(passage)
    if found is None:
        return unlabeled(passage)
    return unlabeled(found["reply"]) + stage(passage[: found.start("reply")])


def _named(notice: str) -> Iterator[_Named]:
    """Yield each address that begins a line, with what stands behind and below it."""
    address, indent, lines = "", 0, list[str]()
    for line in notice.split("\n"):
        found = _ANCHOR.fullmatch(line)
        is_deeper = bool(address) and found is not None and len(found["indent"]) > indent
        if found is None or is_deeper or found["address"].lower() == address:
            lines.append(line if found is None or is_deeper else _behind(found))
            continue
        if address:
            yield _Named(address, "\n".join(lines))
        address, indent = found["address"].lower(), len(found["indent"])
        lines = [_behind(found)]
    if address:
        yield _Named(address, "\n".join(lines))


def _behind(found: re.Match[str]) -> str:
    """Return what stands on the address's own line: a remark in brackets, and the rest."""
    return f"{found['note'].strip()} {found['rest'].lstrip(':., ')}".strip()


def _in_transcript(notice: str, address: str) -> str:
    """Return what a session's transcript answers to the recipient's name, as old Sendmail tells it."""
    lines = notice.split("\n")
    for number, line in enumerate(lines):
        if line.lower().startswith(">>> rcpt to:") and address in line.lower():
            answers = (one[4:] for one in lines[number + 1 : number + 6] if one.startswith("<<< "))
            return next(answers, "")
    for line in lines:
        if address in line.lower() and re.match(r"[45]\d\d[ -]", line):
            return line
    return ""


def _mentioned(notice: str) -> str:
    found = _NAMED.search(notice)
    return found["address"].rstrip(".") if found else ""
