"""Failed and held deliveries by what they were refused for: how many, an example, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digest.model import DeliveryRecord, DeliveryState

GROUPED = (DeliveryState.FAILED, DeliveryState.HELD)

_GIVEN_UP = re.compile(r"^given up after \d+ attempts: ")
_CODE = re.compile(r"^\d{3}(?:[ -]+#?[245]\.\d{1,3}\.\d{1,3}\b)?[\s:-]*")
_OWN = re.compile(r"<+[^<>]*>+|\[[^\[\]]*\]|\([^()]*\)|https?://\S+|\"[^\"]*\"|'[^']*'|\S*[@\d]\S*")


_MOST_READ = 500
"""Characters of a reason that tell it from others."""


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Deliveries that ended the same way for the same reason.

    Attributes:
        reason: what is common to all of them, what names a mailbox, a number or an address left out.
        example: one of them in full.
        remedy: what to do first, a sentence; empty where there is nothing to.
    """

    state: DeliveryState
    reason: str
    count: int
    example: str
    remedy: str = ""


def common(reason: str) -> str:
    """Return what a reason has in common with those of other readers."""
    text = _GIVEN_UP.sub("", reason.strip())
    code = _CODE.match(text)
    head = code[0].strip(" :-") if code else ""
    words = " ".join(_OWN.sub("…", (text[code.end() :] if code else text)[:_MOST_READ]).split())
    return f"{head} {words}".strip() or "no reason given"


def is_for(reason: str, wanted: str) -> bool:
    """Tell whether a delivery's reason is the one that somebody names: a part of it, or its group."""
    text = wanted.strip().casefold()
    return bool(text) and (text in reason.casefold() or text == common(reason).casefold())


def grouped(records: Iterable[DeliveryRecord], remedy: Callable[[str], str]) -> tuple[FailureGroup, ...]:
    """Return the groups of failed and held deliveries, the largest first."""
    found: dict[tuple[DeliveryState, str], list[str]] = {}
    for record in records:
        if record.state in GROUPED:
            found.setdefault((record.state, common(record.reason)), []).append(record.reason)
    groups = [
        FailureGroup(state, reason, len(reasons), reasons[0], remedy(reasons[0]))
        for (state, reason), reasons in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: (-one.count, one.state, one.reason)))
