"""Which stories of a section are in, and in what order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digest.model import Article, ArticleId, SectionRule, SourceKey, StoryLabel, Window
from digest.selection.rules import Rule
from digest.selection.stories import Echo

HALF_LIFE = timedelta(hours=48)
"""A story's recency halves with every such span before the cutoff, or with twice a window that is longer.

A weekly letter with the half-life of a day would tell Sunday's news: Monday's would count a hundredth.
"""

DIVERSITY = 0.7
"""MMR: the share of a story's own score against its likeness to what stands above it.

Source: Carbonell & Goldstein 1998; .7 as in findings.
"""

HOUR = timedelta(hours=1)
Likeness = Callable[[ArticleId, ArticleId], float]


@dataclass(frozen=True, slots=True)
class RankedStory:
    """A story with all that its place rests on.

    Attributes:
        effective: of its newest article, UTC.
        pin: its place among the editor's pins; None where not pinned.
        voices: how many distinct publishers surely tell it.
        prominence: what a front page shows of its worth; see `prominence`.
        why: what put it into its section.
        echo: the sent article that it tells of again.
        is_update: it has something newer than that article, in other words.
    """

    lead: Article
    others: tuple[Article, ...]
    effective: datetime
    pin: int | None
    weight: float
    recency: float
    voices: int
    score: float
    why: str
    echo: Echo | None = None
    is_update: bool = False
    prominence: float = 1.0

    @property
    def label(self) -> StoryLabel:
        """Return UPDATE where it follows up a sent story."""
        return StoryLabel.UPDATE if self.is_update else StoryLabel.NONE

    @property
    def key(self) -> tuple[float, str, str]:
        """Return what decides between equals: the older first, then by address."""
        return (self.effective.timestamp(), self.lead.url, self.lead.id)


@dataclass(frozen=True, slots=True)
class Left:
    """A story that its section left out, with the rule, a sentence and its rank by score."""

    story: RankedStory
    rule: Rule
    reason: str
    rank: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What decided on a story when its turn came, or at the section's last place where it never did.

    Attributes:
        like_above: its likeness to the most similar story above it, 0 to 1.
        worth: what it added; of those that waited for the same place, the most took it.
        ahead_of: the title of a story that scores more and comes later, or not at all.
    """

    like_above: float
    worth: float
    ahead_of: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A section's stories, best first, and those left out.

    Attributes:
        standings: by the story's leading article; none of pinned stories.
    """

    stories: tuple[RankedStory, ...]
    left: tuple[Left, ...]
    standings: Mapping[ArticleId, Standing] = field(default_factory=dict)


def recency(effective: datetime, window: Window) -> float:
    """Return 1 at the window's end, half of it for each half-life before; what is newer counts as 1."""
    half_life = max(HALF_LIFE, 2 * (window.end - window.start))
    return math.pow(0.5, max(timedelta(0), window.end - effective) / half_life)


def score(weight: float, recent: float, voices: int, prominence: float = 1.0) -> float:
    """Return weight × recency × prominence × (1 + ln(distinct publishers)).

    To 12 digits, so that equals are equal.
    """
    return round(weight * recent * prominence * (1 + math.log(max(1, voices))), 12)


def choose(stories: Sequence[RankedStory], section: SectionRule, likeness: Likeness) -> Chosen:
    """Return a section's stories within its quotas.

    Pins come first, in the editor's order, and are never left out. The others follow by maximal
    marginal relevance until `max_items` are in; at most `source_cap` of one source, unless `min_items`
    can't be had otherwise.
    """
    ranked = sorted(stories, key=lambda one: (-one.score, *one.key))
    pinned = [(one.pin, one) for one in ranked if one.pin is not None]
    chosen = [one for _, one in sorted(pinned, key=lambda pair: (pair[0], pair[1].key))]
    waiting = [one for one in ranked if one.pin is None]
    alike = {
        one.lead.id: max((likeness(one.lead.id, top.lead.id) for top in chosen), default=0.0)
        for one in waiting
    }
    capped: list[tuple[RankedStory, int]] = []
    counts: Counter[SourceKey] = Counter(one.lead.source for one in chosen)
    standings: dict[ArticleId, Standing] = {}
    while waiting and len(chosen) < section.max_items:
        standings |= _standings(waiting, alike)
        best = min(waiting, key=lambda one: (-standings[one.lead.id].worth, one.key))
        waiting = [one for one in waiting if one is not best]
        counts[best.lead.source] += 1
        if section.source_cap and counts[best.lead.source] > section.source_cap:
            capped.append((best, counts[best.lead.source]))
            continue
        chosen.append(best)
        ahead_of = next((one.lead.title for one in waiting if one.score > best.score), "")
        standings[best.lead.id] = replace(standings[best.lead.id], ahead_of=ahead_of)
        for one in waiting:
            alike[one.lead.id] = max(alike[one.lead.id], likeness(one.lead.id, best.lead.id))
    while capped and len(chosen) < min(section.min_items, section.max_items):
        chosen.append(capped.pop(0)[0])
    places = {one.lead.id: place for place, one in enumerate(ranked, start=1)}
    left = [_over_cap(one, number, section, places) for one, number in capped]
    left += [_over_quota(one, section, places, chosen) for one in waiting]
    return Chosen(tuple(chosen), tuple(sorted(left, key=lambda one: one.rank)), standings)


def _standings(
    waiting: Sequence[RankedStory], alike: Mapping[ArticleId, float]
) -> dict[ArticleId, Standing]:
    """Return what each story adds: more the better it is, and the less it is like what stands already."""
    top = max(one.score for one in waiting) or 1.0
    return {
        one.lead.id: Standing(
            alike[one.lead.id],
            round(DIVERSITY * one.score / top - (1 - DIVERSITY) * alike[one.lead.id], 12),
        )
        for one in waiting
    }


def _over_cap(
    story: RankedStory, number: int, section: SectionRule, places: Mapping[ArticleId, int]
) -> Left:
    reason = (
        f"“{section.title}” takes at most {section.source_cap} of one source; "
        f"this was number {number} of its source."
    )
    return Left(story, Rule.SOURCE_CAP, reason, places[story.lead.id])


def _over_quota(
    story: RankedStory,
    section: SectionRule,
    places: Mapping[ArticleId, int],
    chosen: Sequence[RankedStory],
) -> Left:
    rank = places[story.lead.id]
    reason = (
        f"“{section.title}” holds {section.max_items}; this was number {rank} of {len(places)} by score."
    )
    if any(one.score < story.score for one in chosen):
        reason += " A lower one is in because it was pinned or tells of something else."
    return Left(story, Rule.QUOTA, reason, rank)
