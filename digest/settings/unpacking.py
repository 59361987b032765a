"""From settings to the nouns of the model, so that no stage sees settings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from digest.errors import ConfigurationError, Fault
from digest.model import (
    MOST_A_DAY,
    Approval,
    ArticleKind,
    BlurbBudget,
    Exclusions,
    LateApproval,
    Newsletter,
    Schedule,
    SectionRule,
    Site,
    SourceKey,
)
from digest.settings.checks import LATEST_MINUTES
from digest.settings.exclusions import ExcludeSettings
from digest.settings.fields import closest
from digest.settings.looks.theme import ThemeSettings, flat
from digest.settings.schema import WEEKDAYS, NewsletterSettings, SectionSettings, Settings

ONE_DAY = timedelta(days=1)
LATEST = timedelta(minutes=LATEST_MINUTES)
"""So long after its sending time an edition may still leave, where no deadline is given."""
LATE = timedelta(hours=48)
"""How late after its publication an article may come to us and still be told: in the next edition.

Covers the hour, too, by which a week is longer in which the clock goes back.
"""


def site_of(settings: Settings) -> Site:
    """Return the publisher."""
    site = settings.site
    return Site(name=site.name, url=site.url, postal_address=site.postal_address)


def newsletter_of(settings: Settings, key: str) -> Newsletter:
    """Return one newsletter.

    Raises:
        ConfigurationError: no newsletter has this key.
    """
    given = settings.newsletters.get(key)
    if given is None:
        known = sorted(settings.newsletters)
        near = closest(key, known) or (f" (known: {', '.join(known)})" if known else "; there are none yet")
        raise ConfigurationError([Fault(f"newsletters.{key}", f"there is no such newsletter{near}")])
    sources = tuple(source for source in given.sources if not source.paused)
    return Newsletter(
        key=key,
        title=given.title,
        is_paused=given.paused,
        sender=given.sender,
        reply_to=given.reply_to,
        lists=given.lists,
        schedule=schedule_of(given, is_mailed=settings.transport.kind != "outbox"),
        sections=tuple(section_of(section) for section in given.sections),
        language=given.language,
        approval=Approval(given.approval),
        minimum_items=given.minimum_items,
        template=given.template,
        weekly_template=given.weekly_template or "",
        theme=theme_of(given.theme),
        sources=tuple(source.key for source in sources),
        source_sections={source.key: source.section for source in sources if source.section},
        source_weights={source.key: source.weight for source in sources if source.weight != 1.0},
        source_most={
            source.key: source.max_per_day for source in sources if source.max_per_day != MOST_A_DAY
        },
        exclude=exclusions_of(given.exclude, Exclusions().kinds),
        source_excludes={
            source.key: exclusions_of(source.exclude, ())
            for source in sources
            if source.exclude.model_fields_set
        },
        blurbs=blurbs_of(settings),
        section_intros=settings.summaries.section_intros,
        is_subject_tested=given.subject_test,
        late_approval=LateApproval(given.late_approval),
    )


def exclusions_of(given: ExcludeSettings, usual: tuple[ArticleKind, ...]) -> Exclusions:
    """Return what stays out; the usual kinds where none are named."""
    return Exclusions(
        usual if given.kinds is None else tuple(given.kinds),
        tuple(given.tags),
        tuple(given.words),
        tuple(given.urls),
    )


def newsletters_of(settings: Settings) -> tuple[Newsletter, ...]:
    """Return every newsletter, in the order of the configuration."""
    return tuple(newsletter_of(settings, key) for key in settings.newsletters)


def schedule_of(newsletter: NewsletterSettings, *, is_mailed: bool) -> Schedule:
    """Return when a newsletter's day ends and its mail goes out.

    Args:
        is_mailed: a deadline that is not given is then one all the same: a machine that was down since
            the morning must not send the morning's edition at night.
    """
    weekdays = frozenset(WEEKDAYS.index(day) for day in newsletter.weekdays)
    shortest, longest = gaps(weekdays)
    return Schedule(
        zone=newsletter.timezone,
        cutoff=newsletter.cutoff,
        send_at=newsletter.send_at,
        deadline=_deadline(newsletter, is_mailed=is_mailed),
        max_age=_hours(newsletter.max_age_hours) or longest + LATE,
        first_window=_hours(newsletter.first_window_hours) or shortest,
        weekdays=frozenset() if newsletter.paused else weekdays,
        is_by_reader=newsletter.clock == "reader",
        moved=tuple(
            (date.fromisoformat(day), at)
            for day, at in sorted(newsletter.send_times.items())
            if at != newsletter.send_at
        ),
    )


def _deadline(newsletter: NewsletterSettings, *, is_mailed: bool) -> time | None:
    given = newsletter.deadline
    if isinstance(given, time):
        return given
    if given is not None or not is_mailed:
        return None
    cutoff, send_at = (datetime.combine(date.min, one) for one in (newsletter.cutoff, newsletter.send_at))
    until_next = (cutoff - send_at) % ONE_DAY or ONE_DAY
    return (send_at + min(LATEST, until_next)).time()


def gaps(weekdays: Collection[int]) -> tuple[timedelta, timedelta]:
    """Return how long two editions in a row are apart, at least and at most.

    Args:
        weekdays: 0 is Monday; one at least.
    """
    days = sorted(weekdays)
    following = [*days[1:], days[0] + 7]
    apart = [later - earlier for earlier, later in zip(days, following, strict=True)]
    return timedelta(days=min(apart)), timedelta(days=max(apart))


def _hours(given: int | None) -> timedelta | None:
    return None if given is None else timedelta(hours=given)


def section_of(section: SectionSettings) -> SectionRule:
    """Return a section's rule."""
    match = section.match
    return SectionRule(
        key=section.key,
        title=section.title,
        tags=match.tags,
        words=match.words,
        sources=tuple(SourceKey(name) for name in match.sources),
        urls=match.urls,
        min_items=section.min_items,
        max_items=section.max_items,
        source_cap=section.source_cap,
    )


def theme_of(theme: ThemeSettings) -> dict[str, str]:
    """Return the looks that were given, by name."""
    return flat(theme.model_dump(exclude_defaults=True))


def blurbs_of(settings: Settings) -> BlurbBudget:
    """Return the bounds of one blurb."""
    return BlurbBudget(settings.summaries.max_sentences, settings.summaries.max_words)


def user_agent_of(settings: Settings) -> str:
    """Return how requests name themselves."""
    return settings.fetching.user_agent.replace("{site}", settings.site.url)
