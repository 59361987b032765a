"""The desk's own nouns: who may do what, what was changed, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.model.articles import ArticleId
from digest.model.editions import Edition, EditionKey
from digest.model.reports import CrawlReport
from digest.model.reports import Step as RunStep


class Role(StrEnum):
    """What a user of the desk may do; everybody may look."""

    EDITOR = "editor"
    APPROVER = "approver"
    OPS = "ops"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class User:
    """A person who works at the desk.

    Attributes:
        newsletters: the keys of those they see and work on; None for all.
        language: the one they chose for the desk; empty where the browser's counts.
    """

    name: str
    roles: frozenset[Role]
    newsletters: frozenset[str] | None = None
    language: str = ""

    def may(self, role: Role) -> bool:
        """Tell whether the person has this role."""
        return role in self.roles

    def may_see(self, newsletter: str) -> bool:
        """Tell whether the person works on this newsletter."""
        return self.newsletters is None or newsletter in self.newsletters


@dataclass(frozen=True, slots=True)
class DeskSession:
    """One login of one user.

    Attributes:
        csrf: what every form of this session carries.
        digest: what it is known by on pages: nobody comes in by it.
        seen_at: within some minutes; None before its first page.
    """

    user: User
    csrf: str
    expires_at: datetime
    digest: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What the desk knows of a user besides their roles.

    Attributes:
        newsletters: the keys of those they see and work on; None for all.
        has_factor: they log in with a second factor.
        codes_left: recovery codes that were not spent.
    """

    name: str
    newsletters: frozenset[str] | None = None
    has_factor: bool = False
    codes_left: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that is open, as its user sees it in their list."""

    digest: str
    device: str
    started_at: datetime | None
    seen_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who was asked to the desk and has not come yet."""

    user: User
    made_by: str
    expires_at: datetime


class Scope(StrEnum):
    """What a program may do by its token."""

    READ = "read"
    PUSH = "push"
    READERS = "readers"
    EDITIONS = "editions"


@dataclass(frozen=True, slots=True)
class Token:
    """A program that may call the API.

    Attributes:
        name: as the log of the desk names it.
        used_at: within some minutes.
        newsletters: the keys of those it is bound to; None for all.
    """

    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    used_at: datetime | None = None
    newsletters: frozenset[str] | None = None

    def may_see(self, newsletter: str) -> bool:
        """Tell whether the program may know of this newsletter."""
        return self.newsletters is None or newsletter in self.newsletters


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a story or a block; no mail shows it.

    Attributes:
        about: the article or block, as the edition names it.
        resolved_by: empty while it is open.
    """

    number: int
    about: str
    who: str
    at: datetime
    text: str
    resolved_by: str = ""
    resolved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for somebody."""
        return self.resolved_at is None


@dataclass(frozen=True, slots=True)
class Ready:
    """Somebody's word that a draft, as of a revision, waits for an approval."""

    who: str
    at: datetime
    revision: int


class ChangeState(StrEnum):
    """Whether a change stands, was undone, or was undone and then written over."""

    DONE = "done"
    UNDONE = "undone"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One editor change of one edition, as it is kept.

    Attributes:
        number: its place in the edition's history, 0 before it is kept.
        revision: the edition's revision that it made.
        said: the change in words, for people.
        forward, backward: the change and what undoes it, as the desk wrote them.
    """

    revision: int
    who: str
    at: datetime
    said: str
    forward: str
    backward: str
    state: ChangeState = ChangeState.DONE
    number: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What one revision of a draft altered, and from which tab it came.

    Attributes:
        tab: the browser's tab, empty for none: its own later changes know of this one.
        mark: the change's own name in that tab, so that one sent twice is made once; empty for none.
        touches: what it altered, as `digest.editions.touching` names it.
    """

    revision: int
    who: str
    said: str
    tab: str = ""
    mark: str = ""
    touches: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when, to which bytes; never changed once written.

    Attributes:
        edition: its name, empty where it is about none.
        revision: 0 where it is about none.
        detail: for people; no full address in it.
    """

    at: datetime
    who: str
    action: str
    edition: str = ""
    revision: int = 0
    content_hash: str = ""
    detail: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class SignOff:
    """One person's yes to the bytes of one edition, with the edition as it was then."""

    edition: Edition
    content_hash: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of one item of an edition.

    Attributes:
        edition: the one that was wrong; `told_by` is the edition that tells the correction.
    """

    edition: EditionKey
    article: ArticleId
    headline: str
    text: str
    who: str
    at: datetime
    told_by: EditionKey


@dataclass(frozen=True, slots=True)
class Crawled:
    """When a source was first and last read with success."""

    source: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class JobRun:
    """What one run of the job came to, or several in a row that came to the same.

    Attributes:
        by: what ran it: `digest run`, `digest collect`, a worker.
        started_at, ended_at: the first one's start, the last one's end.
        is_failed: it broke off, or somebody has to look at how it ended; `note` says why.
        crawl: of its sources; None where nothing was crawled.
    """

    newsletter: str
    edition: str
    by: str
    started_at: datetime
    ended_at: datetime
    ending: str
    note: str = ""
    is_failed: bool = False
    crawl: CrawlReport | None = None
    times: int = 1
    number: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """When an edition went through its states; None for what has not happened."""

    created_at: datetime
    changed_at: datetime
    approved_at: datetime | None = None
    approved_by: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What is started: an edition, as far as a step."""

    key: EditionKey
    until: RunStep


@dataclass(frozen=True, slots=True)
class TakenStart:
    """A start that one process is at.

    Attributes:
        by: who asked for it.
    """

    number: int
    start: Start
    by: str
