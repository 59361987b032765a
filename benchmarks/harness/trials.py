"""Senders against each other: each sends once a round, and the rounds are compared."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.harness.spending import Spent

MOST_MIB = 160


@dataclass(slots=True)
class Trial:
    """One sender.

    Attributes:
        faster: this build must have so many times its rate; 0 for no target.
        lighter: this build must need so many times less processor time a mail.
    """

    name: str
    mails: int
    lap: Callable[[], Spent]
    faster: float = 0.0
    lighter: float = 0.0
    laps: list[Spent] = field(default_factory=list)

    def run(self) -> None:
        """Send once and tell what it took."""
        self.laps.append(self.lap())
        print(f"  {self.name:24} {self._told(self.laps[-1])}", flush=True)

    def _told(self, one: Spent) -> str:
        peak = f"  peak {one.peak_mib:4.0f} MiB" if one.peak_mib else ""
        rate, cpu_us = self.mails / one.wall_s, one.cpu_s / self.mails * 1e6
        server = f" and {one.server_s / self.mails * 1e6:.0f} of the server's" if one.server_s else ""
        return f"{rate:8.0f} mails/s  {cpu_us:7.0f} µs of processor time a mail{server}{peak}"

    def times_faster(self, other: Trial) -> float:
        """Return the ratio of the rates to another's, the median of the rounds."""
        return _median(
            (self.mails / mine.wall_s) / (other.mails / theirs.wall_s)
            for mine, theirs in zip(self.laps, other.laps, strict=True)
        )

    def times_lighter_with_server(self, other: Trial) -> float:
        """Return the same, with what the databases' servers took; 0 where that is unknown of either."""
        return _median(
            ((theirs.cpu_s + theirs.server_s) / other.mails) / ((mine.cpu_s + mine.server_s) / self.mails)
            if mine.server_s and theirs.server_s
            else 0.0
            for mine, theirs in zip(self.laps, other.laps, strict=True)
        )

    def times_lighter(self, other: Trial) -> float:
        """Return how many times less processor time a mail takes than another's; 0 where it is unknown."""
        return _median(
            (theirs.cpu_s / other.mails) / (mine.cpu_s / self.mails) if theirs.cpu_s else 0.0
            for mine, theirs in zip(self.laps, other.laps, strict=True)
        )


def report(trials: Sequence[Trial]) -> bool:
    """Print this build's ratios to each of the others and tell whether every target is met."""
    ours, *others = trials
    peak = max(one.peak_mib for one in ours.laps)
    is_met = peak <= MOST_MIB
    print(f"{ours.name}: peak {peak:.0f} MiB, target {MOST_MIB}: {_verdict(is_met)}")
    for other in others:
        faster, lighter = ours.times_faster(other), ours.times_lighter(other)
        rate = f"{faster:.2f}x the rate{_target(faster, other.faster)}"
        cpu = f"{1 / lighter:.2f}x the processor time{_target(lighter, other.lighter)}" if lighter else "–"
        whole = ours.times_lighter_with_server(other)
        cpu += f", {1 / whole:.2f}x with the server's" if whole else ""
        print(f"against {other.name}: {rate}; {cpu}")
        is_met &= faster >= other.faster and lighter >= other.lighter
    return is_met


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


def _target(found: float, wanted: float) -> str:
    return f" (target {wanted:g}x: {_verdict(found >= wanted)})" if wanted else ""


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"
