"""What the desk works with: the newsroom behind it, and what it keeps at hand between requests."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from ipaddress import IPv4Network, IPv6Network
from zoneinfo import ZoneInfo

from digest.day import job
from digest.day.parts import DayParts
from digest.errors import DigestError, UnknownEdition
from digest.model import DayReport, Edition, EditionKey, Newsletter, RenderedEdition, Section, Variant
from digest.model.desk import AuditEntry
from digest.settings.loading import Loaded
from digest.settings.unpacking import newsletters_of
from digest.upkeep import logbook
from digest.upkeep.alarms.bell import NOBODY, Bell
from digest.upkeep.hook_posts import Judge
from digest.web.serving.courier import Courier, is_due
from digest.web.serving.handshakes import IdentityProvider, UnderWay
from digest.web.serving.limits import RateLimit
from digest.web.serving.pages import Pages
from digest.web.serving.peers import DIRECT, Forwarding
from digest.web.serving.presence import Presence
from digest.web.serving.sender_records import SenderRecords
from digest.web.serving.speed import Speed
from digest.web.serving.starting import Starter, bring
from digest.wiring.newsroom import Newsroom
from digest.words.tongues import builtin

log = logging.getLogger(__name__)

SESSION_LASTS = timedelta(hours=12)
LINK_LASTS = timedelta(minutes=15)

_RENDERS_KEPT = 64

DEFAULT = Variant()


@dataclass(frozen=True, slots=True)
class Access:
    """How the desk is reached.

    Attributes:
        url: where browsers find it, as `https://desk.harbour.example`; no trailing slash.
        proxies: whose word on the user's name is taken; none for nobody's.
        user_header: the header that carries the name.
        forwarding: whose word on a visitor's address is taken.
        signatures: how many different people must approve an edition.
        zone: of the times on Today; the first newsletter's where there is none.
        bell: who is told of what is wrong.
    """

    url: str
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    user_header: str = "x-forwarded-user"
    forwarding: Forwarding = DIRECT
    signatures: int = 1
    bell: Bell = NOBODY
    zone: ZoneInfo | None = None

    @property
    def is_https(self) -> bool:
        """Tell whether cookies may go over encrypted connections only."""
        return self.url.startswith("https:")


class NobodyWatches:
    """Progress of work that a request does."""

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Say nothing: the page shows the result."""


@dataclass(slots=True)
class Limits:
    """How often one address or person may try something."""

    logins: RateLimit = field(default_factory=lambda: RateLimit(10, timedelta(minutes=10)))
    letters: RateLimit = field(default_factory=lambda: RateLimit(30, timedelta(hours=1)))
    tests: RateLimit = field(default_factory=lambda: RateLimit(20, timedelta(hours=1)))
    tries: RateLimit = field(default_factory=lambda: RateLimit(60, timedelta(hours=1)))
    requests: RateLimit = field(default_factory=lambda: RateLimit(600, timedelta(minutes=1)))


class Desk:
    """The newsroom as the pages see it; safe to share between threads."""

    def __init__(
        self,
        loaded: Loaded,
        newsroom: Newsroom,
        access: Access,
        *,
        clock: Callable[[], datetime],
        sends: bool = True,
    ) -> None:
        """Work on an open newsroom, which its owner closes.

        Args:
            sends: what people approve goes out by the desk itself, not only by the next `digest run`.
        """
        self.loaded, self.newsroom, self.access, self.clock = loaded, newsroom, access, clock
        self._taken_in, self._unheard = newsroom.loaded, ""
        self.pages = Pages()
        self.tongues = builtin()
        self.limits = Limits()
        self.speed = Speed()
        self.presence = Presence()
        self.under_way = UnderWay()
        self.provider: IdentityProvider | None = None
        self.sender_records = SenderRecords(loaded.settings)
        self.newsletters: dict[str, Newsletter] = {
            newsletter.key: newsletter for newsletter in newsletters_of(loaded.settings)
        }
        database = newsroom.database
        self.editions, self.articles, self.ledger = database.editions, database.articles, database.ledger
        self.history, self.results = database.history, database.results
        self.logins, self.audit_log = database.logins, database.audit_log
        self._parts: dict[str, DayParts] = {}
        self._renders: OrderedDict[tuple[Edition, Variant], RenderedEdition] = OrderedDict()
        self._minutes: OrderedDict[tuple[str, tuple[Section, ...]], int] = OrderedDict()
        self._lock = threading.RLock()
        self.courier = Courier(self, clock, sends=sends)
        self.judge = Judge(newsroom, clock)
        self.starter = Starter(
            partial(bring, newsroom, access.bell, clock), database.starts, clock, may=sends
        )

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the times on pages about several newsletters."""
        first = next(iter(self.newsletters.values()), None)
        return self.access.zone or (first.schedule.zone if first else ZoneInfo("UTC"))

    def refresh(self) -> None:
        """Take in what was changed of newsletters, at this desk or another.

        What can't be taken in leaves the desk as it was, and is told in the log.
        """
        try:
            self.newsroom.refresh()
        except DigestError as error:
            if str(error) != self._unheard:
                self._unheard = str(error)
                log.warning("what was changed at the desk is not taken in: %s", error)
            return
        with self._lock:
            loaded = self.newsroom.loaded
            if loaded is not self._taken_in:
                self._taken_in = self.loaded = loaded
                self.newsletters = {one.key: one for one in newsletters_of(loaded.settings)}
                self._parts, self._unheard = {}, ""
                self._renders.clear()
                self._minutes.clear()

    def parts(self, newsletter: str) -> DayParts:
        """Return the parts of one newsletter's day.

        Raises:
            UnknownEdition: there is no such newsletter.
        """
        if newsletter not in self.newsletters:
            raise UnknownEdition(newsletter)
        with self._lock:
            if newsletter not in self._parts:
                self._parts[newsletter] = self.newsroom.parts(
                    newsletter, progress=NobodyWatches(), clock=self.clock
                )
            return self._parts[newsletter]

    def edition(self, key: EditionKey) -> Edition:
        """Return the stored edition.

        Raises:
            UnknownEdition: there is none.
        """
        if key.newsletter not in self.newsletters:
            raise UnknownEdition(str(key))
        return job.loaded(self.parts(key.newsletter), key)

    def keep(self, newsletter: str, act: Callable[[], DayReport]) -> DayReport:
        """Do what the courier does for a newsletter, and write it into the book of runs.

        Raises:
            DigestError: whatever `act` raises.
        """
        (report,) = logbook.keeping(
            self.newsroom, newsletter, "digest desk", lambda: (act(),), clock=self.clock
        )
        return report

    def due(self, now: datetime) -> list[Edition]:
        """Return the editions that wait to be sent, or are half sent, the oldest first."""
        self.refresh()
        found = [
            edition
            for key in self.newsletters
            for edition in self.editions.listed(key, limit=10)
            if is_due(edition, self.parts(key), now)
        ]
        return sorted(found, key=lambda edition: edition.key)

    def rendered(self, edition: Edition, variant: Variant = DEFAULT) -> RenderedEdition:
        """Return the finished mail; the last few are kept, by all that an edition says.

        An approval never uses these: it renders anew.
        """
        name = (edition, variant)
        with self._lock:
            if name in self._renders:
                self._renders.move_to_end(name)
                return self._renders[name]
        made = job.render(self.parts(edition.key.newsletter), edition, [variant])[0]
        with self._lock:
            self._renders[name] = made
            while len(self._renders) > _RENDERS_KEPT:
                self._renders.popitem(last=False)
        return made

    def minutes(self, edition: Edition) -> int:
        """Return how long the mail takes to read; remembered for the stories as they are."""
        newsletter = self.newsletters[edition.key.newsletter]
        name = (newsletter.key, edition.sections)
        with self._lock:
            known = self._minutes.get(name)
        if known is None:
            known = self.newsroom.renderer.minutes(edition, newsletter)
            with self._lock:
                self._minutes[name] = known
                while len(self._minutes) > _RENDERS_KEPT:
                    self._minutes.popitem(last=False)
        return known

    def note(
        self,
        who: str,
        action: str,
        edition: Edition | None = None,
        *,
        content_hash: str = "",
        detail: str = "",
    ) -> None:
        """Write one line of the audit log."""
        self.audit_log.add(
            AuditEntry(
                at=self.clock(),
                who=who,
                action=action,
                edition=str(edition.key) if edition else "",
                revision=edition.revision if edition else 0,
                content_hash=content_hash or (edition.approved_hash if edition else ""),
                detail=detail,
            )
        )
