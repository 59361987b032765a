"""The recurring product, and the site that publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.model.articles import SourceKey
from digest.model.exclusions import ADS_ONLY, Exclusions, LeftOut
from digest.model.mailboxes import Mailbox

MOST_A_DAY = 1000
"""Articles of one source and day that are weighed, where nothing else is set."""

NOTHING: Mapping[str, str] = MappingProxyType({})


class Approval(StrEnum):
    """Whether an editor's word is needed before an edition goes out."""

    AUTO = "auto"
    REQUIRED = "required"


class LateApproval(StrEnum):
    """What becomes of an edition that is approved after its time, but before its deadline.

    SEND: it goes out at once. ASK: it does where the approver says that a late mail is meant. SKIP: it
    can't be approved any more.
    """

    SEND = "send"
    ASK = "ask"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Site:
    """The publisher, as every mail and public page names it.

    Attributes:
        url: where the public pages are (unsubscribe, preferences, archive); no trailing slash.
    """

    name: str
    url: str
    postal_address: str

    @property
    def path(self) -> str:
        """Return the path that the public pages are below; empty for none, else with a slash in front."""
        return urlsplit(self.url).path.rstrip("/")

    def archive_url(self, newsletter: str) -> str:
        """Return where the earlier editions of the newsletter with this key are read."""
        return f"{self.url.rstrip('/')}/archive/{newsletter}"


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section of a newsletter and what belongs there.

    Attributes:
        tags, words, sources, urls: any hit puts an article here; case folds; words match whole words
            of the title, summary and tags; urls are path prefixes. No rule at all takes whatever
            no other section took.
        min_items, max_items: bounds in stories.
        source_cap: at most so many stories of one source; 0 for no cap.
    """

    key: str
    title: str
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    sources: tuple[SourceKey, ...] = ()
    urls: tuple[str, ...] = ()
    min_items: int = 0
    max_items: int = 5
    source_cap: int = 0

    @property
    def is_catch_all(self) -> bool:
        """Tell whether this section takes what no other section took."""
        return not (self.tags or self.words or self.sources or self.urls)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a newsletter's day ends and when its mail goes out, on the wall clock of its zone.

    Attributes:
        cutoff: articles up to, not at, this time.
        deadline: later than this nothing is sent; None for no deadline.
        max_age: how far before the cutoff an article may have been published.
        weekdays: 0 is Monday; the days an edition appears.
        is_by_reader: send_at and deadline are told by each reader's own clock, where it is known.
        moved: days on which the mail goes out at another time, with that time.
    """

    zone: ZoneInfo
    cutoff: time
    send_at: time
    deadline: time | None = None
    max_age: timedelta = timedelta(hours=72)
    first_window: timedelta = timedelta(hours=24)
    weekdays: frozenset[int] = frozenset(range(7))
    is_by_reader: bool = False
    moved: tuple[tuple[date, time], ...] = ()

    def leaves_at(self, day: date) -> time:
        """Return when on the clock the mail of `day` goes out."""
        return next((at for moved, at in self.moved if moved == day), self.send_at)


@dataclass(frozen=True, slots=True)
class BlurbBudget:
    """The hard bounds of one blurb."""

    max_sentences: int = 3
    max_words: int = 60


@dataclass(frozen=True, slots=True)
class Newsletter:
    """The recurring product: who sends what to which lists, and when.

    Attributes:
        source_sections: the section a source's articles go to, whatever they say.
        source_weights: 1.0 where not named.
        source_most: so many articles of one day are weighed of a source; MOST_A_DAY where not named.
        exclude: what stays out, from whatever source.
        source_excludes: what of a source stays out besides.
        left_out: what editors leave out at the desk.
        weekly_template: of the week's best; empty where it is the same.
        theme: colours and fonts by name, for the template; what has several parts has one on each line.
        section_intros: each section of several items opens with a line of their headlines.
        is_subject_tested: each edition is drafted with a second subject, to be tested against the first.
        is_paused: no edition is drafted, or approved by itself, until it goes on.
    """

    key: str
    title: str
    sender: Mailbox
    lists: tuple[str, ...]
    schedule: Schedule
    sections: tuple[SectionRule, ...]
    language: str = "en"
    approval: Approval = Approval.AUTO
    minimum_items: int = 3
    template: str = "broadsheet"
    weekly_template: str = ""
    theme: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    sources: tuple[SourceKey, ...] = ()
    source_sections: Mapping[SourceKey, str] = field(default_factory=dict)
    source_weights: Mapping[SourceKey, float] = field(default_factory=dict)
    source_most: Mapping[SourceKey, int] = field(default_factory=dict)
    exclude: Exclusions = ADS_ONLY
    source_excludes: Mapping[SourceKey, Exclusions] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    blurbs: BlurbBudget = BlurbBudget()
    reply_to: Mailbox | None = None
    section_intros: bool = False
    is_subject_tested: bool = False
    late_approval: LateApproval = LateApproval.SEND
    is_paused: bool = False
