"""One thing a check found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Readers lose something, or the mail does not arrive."""
    WARNING = "warning"
    """Some readers will see or suffer it."""
    NOTE = "note"
    """Good to know; nothing need be done."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, and what to do.

    Attributes:
        check: the check's short name (`links`, `contrast`).
        element: what it is about, so that it can be found: a tag with its line, a header, a record.
        problem: one clause, as in "has no alt text".
        remedy: one clause, as in "say what the picture shows".
        count: how many elements have it; `element` is the first.
    """

    level: Level
    check: str
    element: str
    problem: str
    remedy: str
    count: int = 1

    def __str__(self) -> str:
        """Return one line for people."""
        more = f" (and {self.count - 1} more like it)" if self.count > 1 else ""
        return f"{self.level} [{self.check}] {self.element}{more}: {self.problem}; {self.remedy}"


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, those that say the same of several tags as one, worst first."""
    found: dict[tuple[str, ...], Finding] = {}
    for one in findings:
        place = "<" if one.element.startswith("<") else one.element
        key = (one.level, one.check, place, one.problem, one.remedy)
        known = found.get(key)
        found[key] = replace(known, count=known.count + one.count) if known else one
    order = list(Level)
    return tuple(sorted(found.values(), key=lambda one: order.index(one.level)))
