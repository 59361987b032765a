"""Why each article is in the edition, or out of it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from digest.model import Decision
from digest.selection.rules import Rule

TITLE_WIDTH = 72


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
