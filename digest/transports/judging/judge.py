"""The one place that says what a refusal means for the mailbox it speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from digest.model import Verdict
from digest.transports.judging import receivers
from digest.transports.judging.phrases import IN_ORDER

MAX_WORDS: Final = 2_000
"""Characters that are read; what comes behind them is not."""

_REPLY: Final = re.compile(
    r"\s{0,20}([245]\d\d)(?!\d)(?:[ \-]{0,5}\(?#?([245]\.\d{1,3}\.\d{1,3})(?![\d.]))?[ \-]{0,5}"
)
_BARE_STATUS: Final = re.compile(r"\s{0,20}#?([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_STATUS: Final = re.compile(r"(?<![\d.])#?([245])\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)")
_INNER: Final = re.compile(
    r"(?:said|returned|replied|answered|reason|response|reply|error|was|is|->"
    r"|<<<)\W{0,6}(4\d\d)(?![\d.])[ \-]"
    r"|(?<![\d.])(4\d\d)[ \-]{1,2}#?4\.\d{1,3}\.\d{1,3}(?![\d.])"
)
_ADDRESS: Final = re.compile(r"<?[^\s<>\"'()\[\],;:@]{1,64}@[^\s<>\"'()\[\],;:@]{1,255}>?")
_HIDDEN: Final = re.compile(r"<{1,2}(?:address|[^<>\s]{1,80})>{1,2}|\"[^\"\s]{1,64}\"")
_LINK: Final = re.compile(r"https?://\S{1,500}|\bwww\.\S{1,200}")
_HOST: Final = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9_-]{1,63}\.){2,8}[a-z]{2,24}(?![\w-])"
    r"|(?<![\w@.-])[a-z0-9_-]{1,63}\.(?:com|net|org|example|edu|gov|info|co|io|eu|de|fr|it|es|nl|pl"
    r"|ru|jp|cn|uk|br)(?![\w-])"
)
_CONTINUED: Final = re.compile(r"(?<=[ \n])[245]\d\d-")
_ADVICE: Final = re.compile(
    r"\b(?:please |kindly )?(?:check|verify|double-?check(?:ing)?|confirm|correct|review) "
    r"(?:that |if |whether )?(?:the|your|for|this|recipient|e-?mail|address|spelling"
    r"|and)\b[^.;!?]{0,80}"
)
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_LATIN_ACCENTS: Final = re.compile("([a-z])[\u0300-\u036f]+")
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d", "ı": "i", "’": "'", "`": "'"}
)

_DEAD_STATUS: Final = frozenset({"5.1.1", "5.1.3", "5.1.6", "5.1.10"})
_OF_SENDER: Final = frozenset({"5.1.7", "5.1.8"})
"""The sender's address is what is wrong, whatever the words call it. Source: RFC 3463, 3.2."""

_OF_LOGIN: Final = frozenset({"525", "530", "534", "535", "538"})
"""Replies about who we are, whatever account they name. Source: RFC 4954, RFC 5248."""

_OF_TRANSACTION: Final = frozenset({"521", "552", "554", "556", "571"})
"""Replies that refuse a mail or a whole conversation; a missing mailbox is 550, 551 or 553. Source: RFC
5321, 4.2.3."""

_BY_STATUS: Final = {"5.1.2": Verdict.UNREACHABLE, "5.2.2": Verdict.FULL, "5.2.3": Verdict.POLICY}
_BY_SUBJECT: Final = {"5.4": Verdict.OURS, "5.6": Verdict.POLICY, "5.7": Verdict.POLICY}


Rules = tuple[tuple[Verdict, re.Pattern[str]], ...]
"""Words by verdict; the first that has one says what a refusal means."""

_Of = TypeVar("_Of")


class Refusal(NamedTuple):
    """A refusal, taken apart.

    Attributes:
        code: three digits of the reply; empty where it gave none.
        status: its enhanced status; empty where it gave none.
        words: the rest, as it was written.
    """

    code: str = ""
    status: str = ""
    words: str = ""


def parsed(text: str) -> Refusal:
    """Take a server's reply apart: `550 5.1.1 no such user`, `550-5.1.1 …`, `5.1.1 …`, or words alone."""
    text = text[:MAX_WORDS].replace("\r", " ")
    reply = _REPLY.match(text)
    if reply is not None:
        code, status, words = reply[1], reply[2] or "", text[reply.end() :]
    else:
        bare = _BARE_STATUS.match(text)
        code, status = "", bare[1] if bare else ""
        words = text[bare.end() :] if bare else text
    if not status:
        inside = _STATUS.search(words)
        status = f"{inside[1]}.{inside[2]}.{inside[3]}" if inside else ""
    return Refusal(code, status, words)


def judged(text: str, *, domain: str = "", server: str = "") -> Verdict:
    """Return what a server's refusal proves of the mailbox.

    A `4xx`, in the reply or in one it quotes, never proves it dead, whatever the words: the same server
    may say otherwise within the hour. Nor does a number without words.

    Args:
        text: the reply, `550 5.1.1 no such user`, or words without a number.
        domain: the reader's, and
        server: the name of the server that said it, where they are known: some words mean something at
            their own receiver only.
    """
    return heard(text, domain=domain, server=server) or Verdict.UNKNOWN


@lru_cache(maxsize=2_000)
def heard(text: str, *, domain: str = "", server: str = "") -> Verdict | None:
    """Return the same; None where neither words nor number say anything we know."""
    refusal = parsed(text)
    flat = folded(refusal.words)
    said = (flat, refusal.code, refusal.status, domain.lower(), server.lower())
    found = receivers.known(*said)
    if found is Verdict.DEAD:
        found = _unless_more(_of_words(bared(receivers.beside(*said)), IN_ORDER))
    return _heard(refusal, bared(flat), found, IN_ORDER)


def _unless_more(beside: Verdict | None) -> Verdict:
    """Return what a known sentence proves: a missing mailbox, unless the words beside it tell why else."""
    return beside if beside in (Verdict.POLICY, Verdict.OURS, Verdict.FULL) else Verdict.DEAD


def judged_by(rules: Rules, text: str) -> Verdict:
    """Return what a refusal proves by these rules, and none that is of one receiver only."""
    refusal = parsed(text)
    return _heard(refusal, bared(folded(refusal.words)), None, rules) or Verdict.UNKNOWN


def _heard(refusal: Refusal, words: str, known: Verdict | None, rules: Rules) -> Verdict | None:
    if not _WORD.search(words):
        return None
    found = known or _of_words(words, rules) or _of_numbers(refusal)
    if refusal.code in _OF_LOGIN or (found is Verdict.DEAD and refusal.status in _OF_SENDER):
        found = Verdict.OURS
    if found in (Verdict.DEAD, Verdict.UNREACHABLE) and _is_for_now(refusal):
        return Verdict.UNKNOWN
    return found


def may_be_of_mailbox(text: str) -> bool:
    """Tell whether a reply whose words say nothing may, by its numbers, speak of a mailbox."""
    refusal = parsed(text)
    return refusal.code not in _OF_TRANSACTION or refusal.status in _DEAD_STATUS


def gentlest(verdicts: Iterable[tuple[Verdict, _Of]]) -> tuple[Verdict, _Of]:
    """Return the verdict that harms a reader least, with what it is of; of equal ones the first."""
    return min(verdicts, key=lambda pair: pair[0].counts + (pair[0] is Verdict.DEAD))


def _of_words(words: str, rules: Rules) -> Verdict | None:
    return next((verdict for verdict, pattern in rules if pattern.search(words)), None)


def _of_numbers(refusal: Refusal) -> Verdict | None:
    """Return what the status says of words that nobody knows; a server's own status only."""
    code, status = refusal.code, refusal.status
    if code.startswith("5") and status in _DEAD_STATUS:
        return Verdict.DEAD
    return _BY_STATUS.get(status) or _BY_SUBJECT.get(status[:3])


def _is_for_now(refusal: Refusal) -> bool:
    if refusal.code.startswith("4") or refusal.status.startswith("4"):
        return True
    if any(found[1] == "4" for found in _STATUS.finditer(refusal.words)):
        return True
    return _INNER.search(refusal.words.lower()) is not None


def folded(words: str) -> str:
    """Return the words in small letters, Latin ones without accents, lines of one reply as one."""
    flat = unicodedata.normalize("NFKD", words).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", _LATIN_ACCENTS.sub(r"\1", flat))


def bared(flat: str) -> str:
    """Return folded words without what may hold any word by chance: addresses, hosts, links, numbers."""
    text = _LINK.sub(" ", flat)
    text = _HIDDEN.sub(" @ ", _ADDRESS.sub(" @ ", text))
    text = _CONTINUED.sub(" ", _STATUS.sub(" ", text))
    return " ".join(_ADVICE.sub(" ", _HOST.sub(" ", text)).split())
