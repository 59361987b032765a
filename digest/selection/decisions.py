"""The decisions of one selection, as they are made."""

from __future__ import annotations

from collections.abc import Collection

from digest.model import MOST_NAMED, Article, Decision, SectionRule, Story
from digest.selection.ranking import Left, Likeness, RankedStory, Standing
from digest.selection.rules import Rule

Numbers = tuple[tuple[str, float], ...]

_ORDER = {rule: place for place, rule in enumerate(Rule)}
_NEAR_MISSES = (Rule.QUOTA, Rule.SOURCE_CAP, Rule.SECTION_MINIMUM)


class Decisions:
    """One decision for each article; read in the order of the mail, then the near misses, then the rest."""

    def __init__(self) -> None:
        """Begin with none."""
        self._made: list[tuple[tuple[bool, int, int, str, str], Decision]] = []

    def ordered(self) -> tuple[Decision, ...]:
        """Return the decisions in reading order, which doesn't depend on the order they were made in."""
        return tuple(decision for _, decision in sorted(self._made, key=lambda one: one[0]))

    def leave(
        self,
        article: Article,
        rule: Rule,
        reason: str,
        numbers: Numbers = (),
        *,
        section: str = "",
        rank: int = 0,
    ) -> None:
        """Keep that an article is out."""
        place = _NEAR_MISSES.index(rule) if rule in _NEAR_MISSES else _ORDER[rule] + len(_NEAR_MISSES)
        self._add(article, rule, reason, numbers=numbers, section=section, place=(True, place, rank))

    def leave_story(self, left: Left, section: str, standing: Standing | None) -> None:
        """Keep that a whole story is out."""
        story = left.story
        numbers = (*story_numbers(story), *_standing_numbers(standing), ("rank", float(left.rank)))
        self.leave(story.lead, left.rule, left.reason, numbers, section=section, rank=left.rank)
        for other in story.others:
            reason = f"It tells the same story as “{story.lead.title}”, which is out: {left.reason}"
            self.leave(other, left.rule, reason, numbers, section=section, rank=left.rank)

    def take_story(
        self,
        story: RankedStory,
        section: SectionRule,
        place: int,
        likeness: Likeness,
        standing: Standing | None,
    ) -> None:
        """Keep that a story is in, at a place counted over all sections."""
        rule = Rule.RANKED if story.pin is None else Rule.PINNED
        told = "one publisher" if story.voices == 1 else f"{story.voices} publishers"
        reason = f"In “{section.title}” ({story.why}), told by {told}"
        if standing is not None and standing.ahead_of:
            reason += (
                f", before “{standing.ahead_of}”, which scores more but is more like what stands above"
            )
        reason += "."
        numbers = (*story_numbers(story), *_standing_numbers(standing), ("place", float(place + 1)))
        if story.pin is not None:
            reason = f"An editor pinned it. {reason}"
        if story.echo is not None:
            sent = story.echo.sent
            said = f"“{sent.seen.article.title}” in {sent.edition}"
            reason += (
                f" An update to {said}."
                if story.is_update
                else f" Not labeled an update to {said}: it is no newer, or in nearly the same words."
            )
            numbers = (*numbers, ("likeness", round(story.echo.likeness, 3)))
        self._add(story.lead, rule, reason, numbers=numbers, section=section.key, place=(False, place, 0))
        named = Story(story.lead, story.others).named
        for row, other in enumerate(story.others, start=1):
            rule = Rule.ALSO_REPORTED if other in named else Rule.SAME_STORY
            alike = (("likeness", round(likeness(story.lead.id, other.id), 3)),)
            at = (False, place, row)
            reason = _of_story(other, story.lead, named)
            self._add(other, rule, reason, numbers=alike, section=section.key, place=at)

    def _add(
        self,
        article: Article,
        rule: Rule,
        reason: str,
        *,
        numbers: Numbers,
        section: str,
        place: tuple[bool, int, int],
    ) -> None:
        decision = Decision(
            article=article.id,
            url=article.url,
            title=article.title,
            is_in=not place[0],
            rule=rule.value,
            reason=_with_page_problem(reason, article),
            numbers=numbers,
            section=section,
        )
        self._made.append(((*place, article.url, article.id), decision))


def _with_page_problem(reason: str, article: Article) -> str:
    """Add why the source's own text stands in for that of the article's page."""
    if not article.page_problem:
        return reason
    return f"{reason} Its page {article.page_problem}; the source's own text stays."


def _of_story(other: Article, lead: Article, named: Collection[Article]) -> str:
    """Say how readers are told of an article that is part of a story."""
    if other in named:
        return f"Named as “also reported by” where “{lead.title}” is told at length."
    voices = {one.voice.casefold() for one in (lead, *named)}
    why = (
        f"{other.voice} is named already"
        if other.voice.casefold() in voices
        else f"at most {MOST_NAMED} others are named"
    )
    return f"Part of the story “{lead.title}” and not named in the mail: {why}. It won't come again."


def _standing_numbers(standing: Standing | None) -> Numbers:
    """Return what a story's place within its section was decided by."""
    if standing is None:
        return ()
    return (("like_above", round(standing.like_above, 4)), ("worth", round(standing.worth, 4)))


def story_numbers(story: RankedStory) -> Numbers:
    """Return what a story's score is made of."""
    return (
        ("score", round(story.score, 4)),
        ("weight", story.weight),
        ("recency", round(story.recency, 4)),
        ("publishers", float(story.voices)),
        ("prominence", story.prominence),
    )
