"""What the results' charts draw: numbers with their lengths, worked out here, drawn by a template."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, its length in hundredths of the longest."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One value of a line, its height in hundredths of the chart's."""

    label: str
    value: float
    height: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Values over time, with lines to hold them against, each at its height."""

    dots: tuple[Dot, ...]
    lines: tuple[Dot, ...] = ()


def bars(counted: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """Return bars in the order given."""
    longest = max((count for _, count in counted), default=0)
    return tuple(Bar(label, count, 100 * count / longest if longest else 0.0) for label, count in counted)


def curve(
    values: Sequence[tuple[str, float]],
    lines: Sequence[tuple[str, float]] = (),
    *,
    most: float = math.inf,
) -> Curve:
    """Return values and lines on one scale that begins at nothing; all of them are in the picture.

    Args:
        most: where the scale ends at the latest; what is higher is drawn at the top.
    """
    top = min(max([value for _, value in (*values, *lines)], default=0) * 1.15 or 1.0, most)

    def dots(some: Sequence[tuple[str, float]]) -> tuple[Dot, ...]:
        return tuple(Dot(label, value, min(100.0, 100 * value / top)) for label, value in some)

    return Curve(dots(values), dots(lines))
