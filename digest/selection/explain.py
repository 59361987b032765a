"""Why each article is in the edition, or out of it, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.model import Decision, Problem, SourceKey
from digest.selection.rules import Rule

TITLE_WIDTH = 72
MOST_REASONS = 30


def matching(decisions: Sequence[Decision], url: str | None = None) -> tuple[Decision, ...]:
    """Return the decisions about one address; all where none is given.

    Scheme, `www.`, query, fragment and a final slash don't count where nothing matches with them.
    """
    if url is None:
        return tuple(decisions)
    exact = tuple(decision for decision in decisions if decision.url == url)
    return exact or tuple(one for one in decisions if bare(one.url) == bare(url))


def is_told(decision: Decision) -> bool:
    """Tell whether readers are told of the article: that it leads a story or is named with one."""
    return decision.is_in and decision.rule != Rule.SAME_STORY


def lines(decisions: Sequence[Decision], url: str | None = None) -> list[str]:
    """Return three lines of text for each decision: headline, sentence with numbers, address.

    Args:
        url: only decisions about this address; see `matching`.
    """
    told: list[str] = []
    for one in matching(decisions, url):
        where = f" {one.section}" if one.section else ""
        title = one.title if len(one.title) <= TITLE_WIDTH else f"{one.title[: TITLE_WIDTH - 1].rstrip()}…"
        told.append(f"{'IN ' if is_told(one) else 'OUT'} [{one.rule}]{where}: {title or '(no title)'}")
        told.append(f"    {one.reason}{_numbers(one.numbers)}")
        told.append(f"    {one.url}")
    return told


@dataclass(frozen=True, slots=True)
class Count:
    """So many articles, or entries of a source, that were left out for one reason.

    Attributes:
        by: the rule's name, or the source's.
    """

    count: int
    by: str
    reason: str


def left_out(decisions: Sequence[Decision]) -> tuple[Count, ...]:
    """Return how many articles are out for which reason, the most frequent first."""
    counted = Counter((one.rule, _kind_of_reason(one)) for one in decisions if not one.is_in)
    return tuple(Count(count, rule, reason) for (rule, reason), count in counted.most_common())


def not_weighed(decisions: Sequence[Decision]) -> tuple[Count, ...]:
    """Return how many articles were too many of their source and day, by source and day."""
    return left_out([one for one in decisions if one.rule == Rule.TOO_MANY_A_DAY])


def unused(problems: Mapping[SourceKey, Sequence[Problem]]) -> tuple[Count, ...]:
    """Return what the sources' last crawls could not use, by count and reason."""
    counted = Counter((str(source), one.what) for source in sorted(problems) for one in problems[source])
    return tuple(Count(count, source, reason) for (source, reason), count in counted.most_common())


def count_lines(counts: Sequence[Count]) -> list[str]:
    """Return a line for each reason."""
    return [f"{one.count:>5}  [{one.by}] {one.reason}".rstrip() for one in counts[:MOST_REASONS]]


def _kind_of_reason(decision: Decision) -> str:
    """Return what many decisions of one rule share: no names of editions, moments and pieces of proof."""
    if decision.rule == Rule.TOO_MANY_A_DAY:
        return decision.reason
    if decision.rule != Rule.KEPT_OUT:
        return ""
    reason, is_cut, by = decision.reason.partition(", which is kept out:")
    if is_cut:
        return f"{reason}, which is kept out."
    reason, is_cut, by = decision.reason.partition(", at the desk by ")
    return f"{reason.partition(' (')[0]}, at the desk by {by}" if is_cut else reason


def records(decisions: Sequence[Decision], url: str | None = None) -> list[dict[str, object]]:
    """Return the same as plain values, for JSON.

    `is_in` says that readers are told of the article, `is_held` that the edition answers for it: it
    doesn't come again. They differ for what is merely part of a story.
    """
    return [
        {
            "article": one.article,
            "url": one.url,
            "title": one.title,
            "is_in": is_told(one),
            "is_held": one.is_in,
            "rule": one.rule,
            "reason": one.reason,
            "numbers": dict(one.numbers),
            "section": one.section,
        }
        for one in matching(decisions, url)
    ]


def _numbers(numbers: Iterable[tuple[str, float]]) -> str:
    said = ", ".join(f"{name} {value:.4g}" for name, value in numbers)
    return f" ({said})" if said else ""


def bare(url: str) -> str:
    """Return what tells pages apart of an address: host without `www.` and path."""
    parts = urlsplit(url if "://" in url else f"//{url}")
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}"
