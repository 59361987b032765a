"""What SpamAssassin says, with the tests that need no network, where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from digest.rendering.checks.findings import Finding, Level

PROGRAM = "spamassassin"
TIMEOUT_S = 120.0
GOOD_SCORE = 0.5

_SUM = re.compile(r"Content analysis details:\s+\(\s*(-?[\d.]+) points, +([\d.]+) required\)")
_RULE = re.compile(r"^ *(-?\d+\.\d+) +([A-Z][A-Z0-9_]+) +(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mail's score.

    Attributes:
        limit: from which score on it counts as spam.
        hits: the tests it failed: score, name, words.
    """

    score: float
    limit: float
    hits: tuple[tuple[float, str, str], ...]


def score(raw: bytes) -> Verdict | None:
    """Return SpamAssassin's verdict; None where it is not installed or does not answer."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as home:
        try:
            done = subprocess.run(  # noqa: S603 - fixed words, the mail goes to stdin
                [program, "--local", "--test-mode", "--nocreate-prefs"],
                input=raw,
                capture_output=True,
                timeout=TIMEOUT_S,
                check=False,
                env={**os.environ, "HOME": home, "LC_ALL": "C"},
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    return read(done.stdout.decode("utf-8", "replace"))


def read(report: str) -> Verdict | None:
    """Return the verdict that SpamAssassin's report holds; None where it holds none."""
    # The report is the last of its kind: the mail itself might quote one.
    sums = list(_SUM.finditer(report))
    if not sums:
        return None
    hits = tuple(
        (float(points), name, " ".join(words.split()))
        for points, name, words in _RULE.findall(report[sums[-1].end() :])
    )
    return Verdict(float(sums[-1][1]), float(sums[-1][2]), hits)


def check(raw: bytes) -> Iterator[Finding]:
    """Yield a finding for each test that the mail fails, or a note that nobody tested it."""
    verdict = score(raw)
    if verdict is None:
        yield Finding(
            Level.NOTE,
            "spam",
            "SpamAssassin",
            "is not installed, or gave no answer",
            "apt-get install spamassassin",
        )
        return
    if verdict.score <= GOOD_SCORE:
        return
    level = Level.ERROR if verdict.score >= verdict.limit else Level.WARNING
    for points, name, words in verdict.hits:
        if points > 0:
            yield Finding(
                level,
                "spam",
                f"SpamAssassin's {name}",
                f"adds {points} to a score of {verdict.score} (spam from {verdict.limit}): {words}",
                "change what it names",
            )
