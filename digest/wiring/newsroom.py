"""Builds the parts from settings: the only place that chooses, and that meets subscribers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

import subscribers.storage.database as people_storage
from digest import plugins
from digest.day.parts import DayParts, Readers, Reading, Sending, SubjectTesting, Weekly
from digest.dispatch import crashpoints, owners
from digest.dispatch.brake import Brake
from digest.dispatch.sending import SendingRules, Settling, UncertainPolicy
from digest.editions.bookings import with_booked
from digest.errors import ConfigurationError, DigestError, SchemaOutdated
from digest.model import Article, ArticleId, Delivery, EditionKey, Letterhead, Newsletter, Site, Variant
from digest.plugins import Group
from digest.ports import Audience, Progress, Source, Suppressed
from digest.rendering.phrases import phrases
from digest.rendering.theme_faults import newsletter_faults
from digest.settings import kinds, source_kinds
from digest.settings.loading import Loaded
from digest.settings.schema import WEEKDAYS, Settings
from digest.settings.unpacking import newsletter_of, newsletters_of, site_of, user_agent_of
from digest.settings.upkeep import READER_EVENTS
from digest.storage import database as our_storage
from digest.wiring import nobody, privacy
from digest.wiring.away import as_ours
from digest.wiring.epoch import epoch_of
from digest.wiring.later import LaterRenderer, LaterSources
from digest.wiring.links import SignedLinks, counted_links, counts_clicks
from digest.wiring.segments import segment_of, segments_of
from digest.wiring.summarizers import summarizer_of
from digest.wiring.surroundings import check_surroundings
from digest.wiring.transport import transport_of
from digest.wiring.unsubscribing import addresses_of
from subscribers import errors as people_errors
from subscribers import people
from subscribers.audience import audience, suppressed
from subscribers.model import Frequency
from subscribers.signed_links import Signer
from subscribers.storage.audience import AudienceQuery
from subscribers.storage.database import SubscriberDatabase

if TYPE_CHECKING:
    from digest.day.gathering import Read
    from digest.rendering.renderer import Renderer
    from digest.sources.web.fetching import Fetcher

log = logging.getLogger(__name__)

UNUSED_PICTURES_STAY = timedelta(days=30)
"""What an editor brought and no edition showed."""

REQUEST = 1000
"""Readers in one request to SendGrid, the most it takes."""

KEEP_S = 24 * 3600.0
"""So long after its freeze an edition without a deadline gives nobody up for what may pass."""

PATIENCE_S = 90.0
"""How long a run waits for one deferred reader before it leaves the rest to the next run."""


class Newsroom:
    """Everything that the settings name, opened when first needed and closed together.

    Raises from its methods:
        ConfigurationError: a newsletter's theme or template has faults.
        SchemaOutdated: the database wants `digest migrate`.
        DatabaseUnavailable: the database can't be used now.
    """

    def __init__(self, loaded: Loaded) -> None:
        """Check the schema and open both databases; `close` or `with` closes them."""
        self.loaded = loaded
        self.settings: Settings = loaded.settings
        self.site: Site = site_of(loaded.settings)
        check_looks(loaded.settings)
        check_surroundings(loaded.settings)
        self.segments = segments_of(loaded.settings)
        self._stack = ExitStack()
        url = database_url(loaded.settings)
        check_schema(url)
        self.people: SubscriberDatabase = people_storage.open_database(url)
        if any(not set(READER_EVENTS).isdisjoint(one.events) for one in self.settings.webhooks.values()):
            self.people.tell_changes()
        self._stack.callback(self.people.close)
        steps, turns = crashpoints.POINTS.reached, self.people.turns
        self.database = our_storage.open_database(url, steps=steps, turns=turns)
        self._stack.callback(self.database.close)
        self.epoch = epoch_of(loaded, self.database)
        try:
            self.refresh()
        except BaseException:
            self.close()
            raise

    def refresh(self) -> bool:
        """Take in what was changed at the desk since; tell whether anything was.

        Only newsletters and segments are: whatever else the file says is taken in by a new start.

        Raises:
            ConfigurationError: with what was changed, the settings have faults; those before stay.
        """
        loaded = self.loaded
        if loaded.again is None or self.database.kept_settings.version() == loaded.kept.version:
            return False
        found = loaded.again(None)
        check_looks(found.settings)
        fresh = {"newsletters": found.settings.newsletters, "segments": found.settings.segments}
        settings = loaded.settings.model_copy(update=fresh)
        self.segments = segments_of(settings)
        self.settings, self.loaded = settings, replace(found, settings=settings)
        return True

    def parts(self, key: str, *, progress: Progress, clock: Callable[[], datetime]) -> DayParts:
        """Return the parts of one newsletter's day.

        Raises:
            ConfigurationError: no newsletter has this key, or a plug-in can't be loaded.
        """
        settings = self.settings
        self.epoch.look(now=clock())
        newsletter = newsletter_of(settings, key)
        given = settings.newsletters[key]
        if not phrases(newsletter.language).is_known:
            told = "newsletters.%s.language is %s: the mail has no words of its own in it, "
            told += "they stay English"
            log.warning(told, key, newsletter.language)
        return DayParts(
            newsletter=newsletter,
            editions=self.database.editions,
            ledger=self.database.ledger,
            renderer=LaterRenderer(lambda: self.renderer),
            reading=Reading(
                sources=self._sources(newsletter),
                articles=self.database.articles,
                summarizer=summarizer_of(settings, self.database.answers, clock),
                clicks_of=self._read if given.learn_from_clicks else None,
                withdrawn=self._withdrawn(newsletter) if settings.fetching.recheck else None,
                placed=lambda draft: with_booked(draft, self.database.bookings.of_day(draft.key)),
            ),
            readers=Readers(
                audience=audience(newsletter.lists, segment=segment_of(settings, key)),
                suppressed=last_look(newsletter.lists),
                recipients=self.database.results.recipients,
                weekly=weekly_of(settings, newsletter),
                siblings=tuple(settings.newsletters) if settings.site.per_reader_once else (),
                why_nobody=lambda: nobody.why(settings, key, self.people),
                listen=self._listen,
            ),
            sending=self._sending(newsletter, clock),
            subject_testing=SubjectTesting(
                percent=given.subject_test_percent,
                lasts=timedelta(minutes=given.subject_test_minutes),
                counts_clicks=counts_clicks(settings),
                awaits_word=given.subject_test_by == "operator",
            ),
            progress=progress,
            clock=clock,
            housekeeping=self._sweep,
        )

    def _sending(self, newsletter: Newsletter, clock: Callable[[], datetime]) -> Sending:
        settings = self.settings
        titles = {section.key: section.title for section in newsletter.sections}
        dated = clock if settings.clicks.count and settings.clicks.by_reader else None
        return Sending(
            transport=lambda: transport_of(settings, self.database.ledger),
            personalizer=SignedLinks(self.signer, self.site.url, titles, dated, addresses_of(settings)),
            letterhead=lambda frozen_at: letterhead(newsletter, self.site, frozen_at),
            owner=owners.this_process(),
            rules=rules_of(settings),
            canary=settings.dispatch.canary,
            canary_percent=settings.dispatch.canary_percent,
            hold=timedelta(minutes=settings.dispatch.hold_minutes),
            epoch=self.epoch,
        )

    def reader(self, key: EditionKey, address: str | None) -> Delivery:
        """Return the delivery that a reader would get, or one to an invented reader; for previews.

        Raises:
            UnknownSubscriber: nobody has this address.
        """
        lists = newsletter_of(self.settings, key.newsletter).lists
        if address is None:
            sample = "preview", "reader@example.org", "Sample Reader"
            return Delivery(key, *sample, Variant(), 0, "preview", mailing_list=lists[0])
        person = people.show(self.people, address)
        who = person.subscriber
        if who is None:
            raise people_errors.UnknownSubscriber("of that address: it is only suppressed")
        taken = {one.mailing_list: one.topics for one in person.subscriptions}
        by = next((name for name in lists if name in taken), lists[0])
        variant = Variant(who.language, taken.get(by, ()))
        return Delivery(key, who.id, who.address, who.name, variant, 0, "preview", mailing_list=by)

    @cached_property
    def renderer(self) -> Renderer:
        """Return what renders this site's editions, with the templates that the start was given."""
        from digest.rendering.renderer import Renderer

        link = counted_links(self.signer, self.settings)
        return Renderer(self.site, overrides=self.settings.site.templates, story_link=link)

    @cached_property
    def signer(self) -> Signer:
        """Return what signs readers' links; its keys are derived once, not for each click."""
        site = self.settings.site
        older = {key_id: secret.get_secret_value() for key_id, secret in site.older_keys.items()}
        return Signer(site.secret_key.get_secret_value(), key_id=site.key_id, older=older)

    def close(self) -> None:
        """Close everything that was opened."""
        self._stack.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        self.close()

    def _sources(self, newsletter: Newsletter) -> Sequence[Source]:
        given = [one for one in self.settings.newsletters[newsletter.key].sources if not one.paused]

        def build() -> Sequence[Source]:
            from digest.wiring.sources import source_of

            pushed = self.database.pushes.of
            return tuple(source_of(one, newsletter, self.site, self.fetcher, pushed) for one in given)

        is_ours = not any(isinstance(one, source_kinds.PluginSourceSettings) for one in given)
        return LaterSources(build) if is_ours else build()

    @cached_property
    def fetcher(self) -> Fetcher:
        """Return what fetches over the web, within the bounds of the settings."""
        from digest.sources.web.fetching import Fetcher

        allowed = self.settings.fetching.allowed_hosts
        fetcher = Fetcher(user_agent=user_agent_of(self.settings), allowed_hosts=allowed)
        self._stack.callback(fetcher.close)
        return fetcher

    def _listen(self, now: datetime) -> None:
        """Take in which mailboxes servers called dead; where that fails, the next run tries again."""
        from digest.wiring import refusals

        try:
            refusals.hear(self.database, self.people, now=now)
        except (DigestError, people_errors.SubscribersError) as error:
            log.warning("what servers refused was not taken in: %s", error)

    def _sweep(self, now: datetime) -> None:
        """Listen, and take away what is kept no longer; where that fails, the next run tries again."""
        self._listen(now)
        try:
            privacy.sweep(self.database, self.people, privacy.keeping_of(self.settings), now=now)
            self.database.pictures.forget_unused(before=now - UNUSED_PICTURES_STAY)
        except (DigestError, people_errors.SubscribersError) as error:
            log.warning("what is kept no longer is still there: %s", error)

    def _withdrawn(self, newsletter: Newsletter) -> Callable[[Sequence[Article]], Collection[ArticleId]]:
        """Return the last look at the pages of articles that came from the web."""

        def look(articles: Sequence[Article]) -> Collection[ArticleId]:
            from digest.sources.web.rechecking import withdrawn
            from digest.wiring.sources import web_keys

            from_web = web_keys(self.settings.newsletters[newsletter.key].sources)
            return withdrawn([one for one in articles if one.source in from_web], self.fetcher)

        return look

    def _read(self, key: EditionKey) -> Read:
        """Return how an edition was read."""
        from digest.day.gathering import Read

        return Read(self.database.ledger.tally(key).sent, self.database.clicks.of(key).by_url)


def last_look(lists: Sequence[str]) -> Suppressed:
    """Return who among some addresses must not get mail of these lists, asked at the last moment."""

    def look(among: Audience, /) -> Audience:
        return suppressed(lists, among=cast("AudienceQuery", among))

    return look


def database_url(settings: Settings) -> str:
    """Return the database's URL, password included: for opening, never for showing."""
    return settings.database.url.get_secret_value()


def direct_url(settings: Settings) -> str:
    """Return where PostgreSQL itself is, for whoever needs a session of their own; password included."""
    given = settings.database.direct_url
    return database_url(settings) if given is None else given.get_secret_value()


def weekly_of(settings: Settings, newsletter: Newsletter) -> Weekly:
    """Return when the newsletter's week's best goes out, and to whom."""
    given = settings.newsletters[newsletter.key]
    segment = segment_of(settings, newsletter.key)
    readers = audience(newsletter.lists, frequency=Frequency.WEEKLY, segment=segment)
    return Weekly(WEEKDAYS.index(given.weekly_on), given.weekly_items, readers)


def check_looks(settings: Settings) -> None:
    """Return if every newsletter's theme can be read and its template is there.

    Raises:
        ConfigurationError: with every fault of every newsletter.
    """
    own = settings.site.templates
    faults = [
        fault for newsletter in newsletters_of(settings) for fault in newsletter_faults(newsletter, own)
    ]
    if faults:
        raise ConfigurationError(faults)


def check_schema(url: str) -> None:
    """Return if both packages' schemas are this version's.

    Raises:
        SchemaOutdated: `digest migrate` is due.
        DatabaseUnavailable: the database can't be read now.
    """
    our_storage.check_schema(url)
    try:
        people_storage.check_schema(url)
    except people_errors.SchemaOutdated as outdated:
        raise SchemaOutdated(outdated.found, outdated.needed) from outdated
    except people_errors.DatabaseUnavailable as away:
        raise as_ours(away) from away


def migrate(url: str) -> dict[str, tuple[str, str]]:
    """Bring both packages' schemas up to date; return each one's (from, to) revisions."""
    return {"digest": our_storage.migrate(url), "subscribers": people_storage.migrate(url)}


def letterhead(newsletter: Newsletter, site: Site, frozen_at: datetime) -> Letterhead:
    """Return what all mails of the edition share besides their rendering."""
    host = urlsplit(site.url).hostname or "localhost"
    return Letterhead(
        sender=newsletter.sender,
        reply_to=newsletter.reply_to,
        list_id=f"{newsletter.key}.{host}",
        list_name=newsletter.title,
        sent_at=frozen_at.astimezone(newsletter.schedule.zone),
        domain=newsletter.sender.domain,
        archive_url=site.archive_url(newsletter.key),
        help_url=site.url,
        categories=(newsletter.key,),
    )


def rules_of(settings: Settings) -> SendingRules:
    """Return how editions are sent."""
    given = settings.dispatch
    rules = SendingRules(
        uncertain=UncertainPolicy(given.uncertain),
        settling=Settling(max_attempts=given.max_attempts, keep_s=KEEP_S),
        per_s=given.per_second,
        patience_s=PATIENCE_S,
        brake=Brake(canary_wait_s=60.0 * given.canary_wait_minutes),
    )
    if isinstance(settings.transport, kinds.SendGridSettings):
        # The receipts of one request come all at once: they are settled in one transaction.
        return replace(rules, batch=REQUEST, settling=replace(rules.settling, group=REQUEST))
    return rules


def plugin_kinds() -> dict[str, tuple[str, ...]]:
    """Return the kinds that installed plug-ins bring, as `digest.settings.loading.load` wants them."""
    return {
        "sources": plugins.names(Group.SOURCE),
        "transports": plugins.names(Group.TRANSPORT),
        "summarizers": plugins.names(Group.SUMMARIZER),
    }
