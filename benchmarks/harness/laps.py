"""Races between ours and named rivals: rounds in turn, so that a busy machine slows all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Lap = Callable[[], int]
"""Does the work once and returns how many items it did."""


@dataclass(frozen=True, slots=True)
class Result:
    """One contestant's laps, in microseconds an item."""

    name: str
    laps: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the middle lap."""
        return statistics.median(self.laps)

    @property
    def best(self) -> float:
        """Return the fastest lap: what the machine does when nobody disturbs."""
        return min(self.laps)


def race(
    contestants: Mapping[str, Lap], *, rounds: int = 7, timer: Callable[[], float] = time.perf_counter
) -> dict[str, Result]:
    """Let each contestant run once a round; the first lap of each warms up and is not counted.

    Args:
        timer: `time.process_time` where nothing but our own processor time counts.
    """
    laps: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, lap in contestants.items():
            began = timer()
            items = lap()
            spent = (timer() - began) / items * 1e6
            if number:
                laps[name].append(spent)
    return {name: Result(name, tuple(found)) for name, found in laps.items()}


def ratio(ours: Result, rival: Result) -> tuple[float, float, float]:
    """Return how many times faster ours was: the median of the rounds, the lowest, the highest."""
    by_round = [theirs / mine for mine, theirs in zip(ours.laps, rival.laps, strict=True)]
    return statistics.median(by_round), min(by_round), max(by_round)


def report(title: str, results: Mapping[str, Result], targets: Sequence[tuple[str, str, float]]) -> bool:
    """Print every contestant and, for each (ours, rival, target), the ratio; tell whether all are met.

    A target of 0 is none.
    """
    print(f"{title}\n  {'':<46} {'median':>9} {'best':>9}  µs each")
    for result in results.values():
        print(
            f"  {result.name:<46} {result.median:9.2f} {result.best:9.2f}  ({1e6 / result.median:,.0f}/s)"
        )
    is_met = True
    for ours, rival, target in targets:
        middle, low, high = ratio(results[ours], results[rival])
        is_met &= middle >= target
        verdict = "met" if middle >= target else "MISSED"
        wanted = f", target {target:g}x: {verdict}" if target else ""
        print(f"  {ours} vs {rival}: {middle:.1f}x ({low:.1f}–{high:.1f}){wanted}")
    return is_met
