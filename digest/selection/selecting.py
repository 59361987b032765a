"""The day's selection: from everything seen to stories by section, with a decision for each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.model import (
    AlreadySent,
    Article,
    ArticleId,
    Identity,
    Newsletter,
    SectionRule,
    SeenArticle,
    SelectedSection,
    Selection,
    SentArticle,
    Story,
    Window,
    distinct_voices,
    is_same_voice,
)
from digest.selection import daily_bounds
from digest.selection.decisions import Decisions, story_numbers
from digest.selection.eligibility import Ledger, effective_time, judge
from digest.selection.exclusions import why_excluded, why_left_out
from digest.selection.lead import lead_first
from digest.selection.likeness.levels import Strictness
from digest.selection.prominence import prominence
from digest.selection.ranking import Chosen, Left, RankedStory, choose, recency, score
from digest.selection.recurring_columns import is_next_number
from digest.selection.rules import Rule
from digest.selection.sections import Placement, Sectioning, sections_of
from digest.selection.stories import Copy, Grouping, copies_of, find_copies, group


@dataclass(frozen=True, slots=True)
class _Order:
    """What the selection is asked for; `pins` are places by article, 0 the best."""

    newsletter: Newsletter
    window: Window
    sent: AlreadySent
    pins: Mapping[ArticleId, int]
    excludes: frozenset[ArticleId]


@dataclass(frozen=True, slots=True)
class _Moments:
    """When the articles count from; `repeats` are those whose text an earlier edition told."""

    counted: Mapping[ArticleId, datetime]
    repeats: frozenset[ArticleId]
    zone: ZoneInfo

    def are_newer(self, articles: Sequence[Article], sent: SentArticle) -> bool:
        """Tell whether one of the articles has other words than were sent, from a later time."""
        before = effective_time(sent.seen, self.zone) or sent.seen.first_seen
        return any(
            one.id not in self.repeats
            and self.counted[one.id] > before
            and not is_next_number(one, sent.seen.article)
            for one in articles
        )


def select(
    candidates: Sequence[SeenArticle],
    *,
    newsletter: Newsletter,
    window: Window,
    sent: AlreadySent,
    pins: Sequence[ArticleId] = (),
    excludes: Sequence[ArticleId] = (),
    strictness: Strictness = Strictness.PRECISE,
) -> Selection:
    """Return what the day is: stories by section, and one decision for every article.

    The same articles in any order give the same selection, to the byte.

    Args:
        candidates: what the crawls saw; of an article given twice the version changed last counts.
        pins: articles an editor wants in, best first; see `eligibility.judge` for what a pin can't do.
        excludes: articles an editor wants out, and with each the same page from any other source and
            its near-copies, unless pinned.
        strictness: how alike articles must be to be one story.
    """
    decisions = Decisions()
    places = {name: place for place, name in reversed(list(enumerate(pins)))}
    order = _Order(newsletter, window, sent, places, frozenset(excludes))
    recent = sorted(sent.recent, key=lambda one: (one.edition, one.seen.article.id))
    pool = _once(candidates)
    eligible = _judge_all(pool, order, decisions)
    weighed = _within_bounds(_merge_pages(eligible, order, decisions), order, decisions)
    articles = _drop_excluded(weighed, pool, order, decisions)
    fresh, copies, repeats = _drop_copies([one for one, _ in articles], recent, order, decisions)
    known = {article.id for article, _ in eligible} | {one.seen.article.id for one in recent}
    background = [one.article for one in pool if one.article.id not in known]
    grouping = group(fresh, recent, copies, strictness, background)
    days = _Moments({article.id: moment for article, moment in articles}, repeats, newsletter.schedule.zone)
    pools = _place(grouping, days, copies, order, decisions)
    sections = _fill(pools, sections_of(newsletter), grouping, decisions)
    return Selection(window, sections, decisions.ordered())


def _once(candidates: Sequence[SeenArticle]) -> list[SeenArticle]:
    """Return each article once, in an order of its own: by address, then id."""
    versions: dict[ArticleId, list[SeenArticle]] = {}
    for seen in candidates:
        versions.setdefault(seen.article.id, []).append(seen)
    latest = {
        name: found[0] if len(found) == 1 else max(found, key=_version) for name, found in versions.items()
    }
    return [one for _, one in sorted(latest.items(), key=lambda pair: (pair[1].article.url, pair[0]))]


def _version(seen: SeenArticle) -> tuple[datetime, datetime, str]:
    return (seen.changed_at, seen.first_seen, repr(seen))


def _judge_all(
    candidates: Sequence[SeenArticle], order: _Order, decisions: Decisions
) -> list[tuple[Article, datetime]]:
    """Return the eligible articles with the moment each counts from, the earliest first."""
    ledger = Ledger.of(order.sent)
    pages = {seen.article.page for seen in candidates if seen.article.id in order.excludes}
    eligible = []
    for seen in candidates:
        verdict = judge(
            seen,
            window=order.window,
            schedule=order.newsletter.schedule,
            ledger=ledger,
            is_pinned=seen.article.id in order.pins,
            is_excluded=seen.article.page in pages,
            kept_out=_why_kept_out(seen.article, order.newsletter),
        )
        if verdict.rule is None:
            eligible.append((seen.article, verdict.effective or seen.first_seen))
        else:
            decisions.leave(seen.article, verdict.rule, verdict.reason, verdict.numbers)
    return sorted(eligible, key=lambda one: (one[1], one[0].url, one[0].id))


def _why_kept_out(article: Article, newsletter: Newsletter) -> str:
    of_source = newsletter.source_excludes.get(article.source)
    told = why_excluded(article, newsletter.exclude)
    told = told or (why_excluded(article, of_source) if of_source else "")
    return told or why_left_out(article, newsletter.left_out)


def _merge_pages(
    articles: Sequence[tuple[Article, datetime]], order: _Order, decisions: Decisions
) -> list[tuple[Article, datetime]]:
    """Leave one article for each page: a site gives the same page in several feeds."""

    def preference(one: tuple[Article, datetime]) -> tuple[bool, bool, int, datetime, str]:
        article, moment = one
        is_bound = article.source in order.newsletter.source_sections
        return (article.id not in order.pins, not is_bound, -len(article.text), moment, article.id)

    best: dict[Identity, tuple[Article, datetime]] = {}
    for one in sorted(articles, key=preference):
        best.setdefault(one[0].page, one)
    for article, _ in articles:
        kept = best[article.page][0]
        if kept.id != article.id:
            reason = f"The same page as from {kept.source}, which counts."
            decisions.leave(article, Rule.SAME_PAGE, reason)
    return [one for one in articles if best[one[0].page] is one]


def _within_bounds(
    articles: Sequence[tuple[Article, datetime]], order: _Order, decisions: Decisions
) -> Sequence[tuple[Article, datetime]]:
    """Leave out what is too many of one source and day."""
    newsletter = order.newsletter
    too_many = daily_bounds.beyond(
        articles, newsletter.source_most, zone=newsletter.schedule.zone, pins=order.pins
    )
    for article, _ in articles if too_many else ():
        if why := too_many.get(article.id):
            decisions.leave(article, Rule.TOO_MANY_A_DAY, why)
    return [one for one in articles if one[0].id not in too_many]


def _drop_excluded(
    articles: Sequence[tuple[Article, datetime]],
    pool: Sequence[SeenArticle],
    order: _Order,
    decisions: Decisions,
) -> list[tuple[Article, datetime]]:
    """Leave out what has nearly the text of an excluded article: another publisher's print of it."""
    removed = {one.article.id: one.article for one in pool if one.article.id in order.excludes}
    if not removed:
        return list(articles)
    free = [article for article, _ in articles if article.id not in order.pins]
    copies = copies_of(list(removed.values()), free)
    for article in free:
        if copy := copies.get(article.id):
            reason = f"Nearly the same text as “{removed[copy.original].title}”, which an editor took out."
            decisions.leave(article, Rule.EXCLUDED, reason, (("jaccard", round(copy.jaccard, 3)),))
    return [one for one in articles if one[0].id not in copies]


def _drop_copies(
    articles: Sequence[Article],
    recent: Sequence[SentArticle],
    order: _Order,
    decisions: Decisions,
) -> tuple[list[Article], dict[ArticleId, Copy], frozenset[ArticleId]]:
    """Leave out copies of what was sent, and a publisher's copies of its own; return the rest.

    Returns:
        The articles kept, which of them are copies of another, and which (pinned) of a sent one.
    """
    copies, echoes = find_copies(articles, recent)
    by_id = {article.id: article for article in articles}
    kept = []
    for article in articles:
        echo, copy = echoes.get(article.id), copies.get(article.id)
        if article.id in order.pins:
            kept.append(article)
        elif echo is not None:
            title = echo.sent.seen.article.title
            reason = f"Nearly the same text as “{title}”, which {echo.sent.edition} holds."
            numbers = (("jaccard", round(echo.likeness, 3)),)
            decisions.leave(article, Rule.NEAR_DUPLICATE, reason, numbers)
        elif copy is not None and is_same_voice(by_id[copy.original], article):
            reason = f"Nearly the same text as “{by_id[copy.original].title}”, from the same publisher."
            decisions.leave(article, Rule.NEAR_DUPLICATE, reason, (("jaccard", round(copy.jaccard, 3)),))
        else:
            kept.append(article)
    names = {article.id for article in kept}
    told = {name: one for name, one in copies.items() if name in names and one.original in names}
    return kept, told, frozenset(names & echoes.keys())


def _place(
    grouping: Grouping,
    days: _Moments,
    copies: Mapping[ArticleId, Copy],
    order: _Order,
    decisions: Decisions,
) -> dict[str, list[RankedStory]]:
    """Return the stories of each section, by its key."""
    sections = sections_of(order.newsletter)
    sectioning = Sectioning(sections, order.newsletter.source_sections)
    pools: dict[str, list[RankedStory]] = {section.key: [] for section in sections}
    for members in grouping.stories:
        ordered = lead_first(
            members, order.newsletter, moments=days.counted, pins=order.pins, copies=copies
        )
        placement = sectioning.place_story(ordered)
        story = _rank(ordered, placement, days, grouping, order)
        if placement is not None:
            pools[placement.section.key].append(story)
        elif story.pin is not None:
            pools[sections[0].key].append(story)
        else:
            for one in ordered:
                decisions.leave(one, Rule.NO_SECTION, "No section takes it.", story_numbers(story))
    return pools


def _rank(
    ordered: Sequence[Article],
    placement: Placement | None,
    days: _Moments,
    grouping: Grouping,
    order: _Order,
) -> RankedStory:
    lead, *others = ordered
    echo = grouping.echoes.get(lead.id)
    # A merge by doubt names the others, and adds nothing to the story's rank.
    sure = [lead, *(one for one in others if grouping.is_sure(lead.id, one.id))]
    weight = order.newsletter.source_weights.get(lead.source, 1.0)
    newest = max(days.counted[one.id] for one in sure)
    recent = recency(newest, order.window)
    voices = len(distinct_voices(sure))
    shown = prominence(lead, sure)
    return RankedStory(
        lead=lead,
        others=tuple(others),
        effective=newest,
        pin=min((order.pins[one.id] for one in ordered if one.id in order.pins), default=None),
        weight=weight,
        recency=recent,
        voices=voices,
        score=score(weight, recent, voices, shown),
        prominence=shown,
        why=placement.why if placement else "no section takes it by itself",
        echo=echo,
        is_update=echo is not None and days.are_newer(ordered, echo.sent),
    )


def _fill(
    pools: dict[str, list[RankedStory]],
    sections: Sequence[SectionRule],
    grouping: Grouping,
    decisions: Decisions,
) -> tuple[SelectedSection, ...]:
    """Choose each section's stories; one under its minimum gives its stories to the catch-all."""
    catch_all = next((section for section in sections if section.is_catch_all), None)
    chosen: dict[str, Chosen] = {}
    for section in sorted(sections, key=lambda one: one is catch_all):
        found = choose(pools[section.key], section, grouping.likeness)
        if len(found.stories) >= section.min_items or any(one.pin is not None for one in found.stories):
            chosen[section.key] = found
        elif catch_all is not None and section is not catch_all:
            pools[catch_all.key].extend(pools[section.key])
            chosen[section.key] = Chosen((), ())
        else:
            chosen[section.key] = _too_few(found, section)
    place = 0
    filled = []
    for section in sections:
        stories = chosen[section.key].stories
        for story in stories:
            standing = chosen[section.key].standings.get(story.lead.id)
            decisions.take_story(story, section, place, grouping.likeness, standing)
            place += 1
        for left in chosen[section.key].left:
            standing = chosen[section.key].standings.get(left.story.lead.id)
            decisions.leave_story(left, section.key, standing)
        if stories:
            told = tuple(Story(one.lead, one.others, one.label, one.score) for one in stories)
            filled.append(SelectedSection(section.key, section.title, told))
    return tuple(filled)


def _too_few(found: Chosen, section: SectionRule) -> Chosen:
    count = len(found.stories)
    reason = f"“{section.title}” appears from {section.min_items} stories on, and there were {count}."
    ranked = [*found.stories, *(left.story for left in found.left)]
    left = [Left(story, Rule.SECTION_MINIMUM, reason, rank) for rank, story in enumerate(ranked, start=1)]
    return Chosen((), tuple(left), found.standings)
