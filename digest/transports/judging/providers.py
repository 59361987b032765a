"""What a provider's word on a refusal means: its own class for it, and the reply of the reader's server.

Two of them that contradict each other are judged by the gentler one.
"""

from __future__ import annotations

import re
from typing import Final

from digest.model import Verdict
from digest.transports.judging.judge import gentlest, heard, may_be_of_mailbox, parsed

_TYPE: Final = re.compile(r"\s{0,20}(?:smtp|x-[a-z0-9-]{1,40}|dns)\s{0,5};\s{0,20}", re.IGNORECASE)
"""What stands before a diagnostic code. Source: RFC 3464, 2.3.6."""


def weighed(
    words: str, *, domain: str = "", of_class: Verdict | None = None, is_for_now: bool = False
) -> Verdict:
    """Return what a refusal says of the mailbox.

    Args:
        words: the server's reply, or what the provider says of it; a type (`smtp;`) may stand before it.
        domain: the reader's.
        of_class: what the provider's own class means; None where it says nothing that can be relied on.
        is_for_now: the provider says that another day may be better, which no dead mailbox is.
    """
    told = reply_in(words)
    of_words = heard(told, domain=domain)
    if of_words is None and of_class is Verdict.DEAD and not may_be_of_mailbox(told):
        of_class = None
    known = [(one, one) for one in (of_words, of_class) if one is not None]
    found = gentlest(known)[0] if known else Verdict.UNKNOWN
    refusal = parsed(told)
    is_for_now = is_for_now or refusal.code.startswith("4") or refusal.status.startswith("4")
    if is_for_now and found in (Verdict.DEAD, Verdict.UNREACHABLE):
        return Verdict.UNKNOWN
    return found


def reply_in(words: str) -> str:
    """Return a diagnostic code without its type."""
    return _TYPE.sub("", words, count=1) if _TYPE.match(words) else words.strip()
