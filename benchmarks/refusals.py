"""How refusals are judged whose receiver no rule was written for.

Each receiver of the table is left out once: what only its own texts match is taken out of the rules, and
its texts are judged by the rest. Run: `python -m benchmarks.refusals`
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from digest.model import Verdict
from digest.transports.judging import judge, receivers
from digest.transports.judging.phrases import IN_ORDER

TABLES = Path(__file__).parents[1] / "tests/transports/judging"
MIXED = {"others", "various"}
"""Receivers of the table that are many."""

Rules = list[tuple[Verdict, list[str]]]


class Refused(NamedTuple):
    """A text of a table, and what it says."""

    receiver: str
    domain: str
    verdict: str
    reply: str


def texts(name: str) -> list[Refused]:
    """Return the texts of a table."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Refused(row["receiver"], row.get("domain", ""), row["verdict"], row["reply"]) for row in rows
        ]


def alternatives(pattern: str) -> Iterator[str]:
    """Yield what stands between the bars of a pattern that are in no bracket."""
    depth, begin, is_set, at = 0, 0, False, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif is_set:
            is_set = sign != "]"
        elif sign == "[":
            is_set = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            yield pattern[begin:at]
            begin = at + 1
        at += 1
    yield pattern[begin:]


def rules_apart() -> Rules:
    """Return every rule of the judge by itself."""
    apart: Rules = []
    for verdict, pattern in IN_ORDER:
        wholes = [one.removeprefix("(?:").removesuffix(")") for one in alternatives(pattern.pattern)]
        apart.append((verdict, [part for whole in wholes for part in alternatives(whole)]))
    return apart


def plain(reply: str) -> str:
    """Return a reply as the rules see it."""
    return judge.bared(judge.folded(judge.parsed(reply).words))


def tell(name: str, found: list[tuple[Refused, Verdict]]) -> None:
    """Print how many of the texts were judged right."""
    dead = [got for one, got in found if one.verdict == Verdict.DEAD]
    wrong = [one.reply for one, got in found if got is Verdict.DEAD and one.verdict != Verdict.DEAD]
    right = sum(got == one.verdict for one, got in found)
    print(
        f"{name}: {right} of {len(found)} right ({right / len(found):.1%}); of {len(dead)} dead ones",
        end=" ",
    )
    print(f"{dead.count(Verdict.DEAD)} known; called dead wrongly: {wrong or 'none'}")


def without(receiver: str, apart: Rules, whose: dict[str, set[str]]) -> judge.Rules:
    """Return the judge's rules less those that only this receiver's texts match."""
    kept = [(verdict, [one for one in rules if whose[one] != {receiver}]) for verdict, rules in apart]
    return tuple((verdict, re.compile("|".join(rules) or r"(?!)")) for verdict, rules in kept)


def main() -> None:
    """Judge each receiver's texts by the rules of all others."""
    table = texts("refusals.tsv")
    tell(
        "receivers elsewhere, by all rules",
        [(one, judge.judged(one.reply)) for one in texts("elsewhere.tsv")],
    )
    apart = rules_apart()
    shown = {one.reply: plain(one.reply) for one in table}
    whose: dict[str, set[str]] = defaultdict(set)
    for rule in {rule for _, rules in apart for rule in rules}:
        found = re.compile(rule)
        whose[rule] = {one.receiver for one in table if found.search(shown[one.reply])}
    left_out = []
    for receiver in dict.fromkeys(one.receiver for one in table if one.receiver not in MIXED):
        rules = without(receiver, apart, whose)
        own = [one for one in table if one.receiver == receiver]
        left_out += [(one, judge.judged_by(rules, one.reply)) for one in own]
    tell("each receiver by the rules of the others", left_out)
    print(f"{len(receivers.KNOWN)} rules for one receiver alone were left out with all of them")


if __name__ == "__main__":
    main()
