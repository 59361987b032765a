"""Words that mean something at one receiver only, and nothing we would rely on elsewhere."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from digest.model import Verdict


class Known(NamedTuple):
    """A sentence, believed where its receiver is recognized.

    Attributes:
        whose: how the reader's domain or the server's name ends, or what the words themselves hold.
        numbers: `code status`, as far as they matter.
        words: what it says.
    """

    verdict: Verdict
    whose: re.Pattern[str]
    numbers: re.Pattern[str]
    words: re.Pattern[str]


def _known(verdict: Verdict, whose: str, numbers: str, words: str) -> Known:
    return Known(verdict, re.compile(whose), re.compile(numbers), re.compile(words))


_UNITED_INTERNET: Final = (
    r"(?:^|[.@/\s])(?:gmx\.\w{2,3}|web\.de|mail\.com|email\.com|1and1\.\w{2,3}|ionos\.\w{2,3}"
    r"|kundenserver\.de|perfora\.net|postmaster\.gmx)(?:\W|$)"
)
_MICROSOFT: Final = (
    r"(?:^|[.@\s])(?:outlook\.\w{2,3}|hotmail\.[\w.]{2,6}|live\.[\w.]{2,6}|msn\.com|passport\.com)$"
    r"|\b(?:outlook|hotmail)\.com\b"
)

KNOWN: Final = (
    # The sentence of RFC 5321 for any 550: a missing mailbox, no access, or a policy.
    _known(Verdict.DEAD, _UNITED_INTERNET, r"^550 ?$", r"\baction not taken: mailbox unavailable"),
    _known(
        Verdict.DEAD,
        _MICROSOFT,
        r"^550 ?(?:5\.5\.0|5\.1\.1|5\.2\.1)?$",
        r"\baction not taken: mailbox unavailable",
    ),
    # Elsewhere, too, 5.5.0 with the number of a server of theirs.
    _known(Verdict.DEAD, r"", r"^550 5\.(?:5\.0|1\.1)$", r"\baction not taken: mailbox unavailable"),
    # Microsoft refuses at its edge whoever is not in the directory, and says nothing more.
    _known(
        Verdict.DEAD,
        r"protection\.outlook\.com|as\(20\d{6,8}\)",
        r"^550 5\.4\.1$",
        r"recipient address rejected: access denied",
    ),
    _known(Verdict.DEAD, r"facebook\.com|\brcp-p1\b", r"^550", r"\brcp-p1\b"),
    _known(Verdict.POLICY, r"\brcp-p[2-9]\b", r"^5", r"\brcp-p[2-9]\b"),
    _known(Verdict.DEAD, r"\bcox\.net$|\bcox\.net\b", r"^550", r"\brecipient rejected\b"),
    _known(Verdict.DEAD, r"messagelabs\.com|\bsymantec", r"^553", r"\brecipient mailbox is not allowed\b"),
    _known(
        Verdict.DEAD,
        r"yahoo\.|aol\.|verizon\.net|ymail\.com",
        r"^554",
        r"\bmailbox is disabled \(554\.30\)",
    ),
    # A mobile network that refuses what the reader's own filter does, in the words of a missing mailbox.
    _known(Verdict.POLICY, r"docomo\.ne\.jp$|docomo\.", r"^550 5\.2\.0$", r"\bunknown user\b"),
    _known(Verdict.POLICY, r"", r"^550 ?$", r"^: user unknown"),
    _known(Verdict.UNKNOWN, r"", r"^553 5\.1\.1$", r"\bpossible forgery or deactivated\b"),
)


def known(folded: str, code: str, status: str, domain: str, server: str) -> Verdict | None:
    """Return what the words mean at this receiver; None where they are no such words."""
    found = _found(folded, code, status, domain, server)
    return found.verdict if found else None


def beside(folded: str, code: str, status: str, domain: str, server: str) -> str:
    """Return what is said beside the sentence that this receiver is known for; all where it has none."""
    found = _found(folded, code, status, domain, server)
    return found.words.sub(" ", folded) if found else folded


def _found(folded: str, code: str, status: str, domain: str, server: str) -> Known | None:
    numbers = f"{code} {status}".strip()
    for one in KNOWN:
        is_said = one.numbers.search(numbers) and one.words.search(folded)
        if is_said and any(one.whose.search(text) for text in (domain, server, folded)):
            return one
    return None
