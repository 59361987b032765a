"""What one newsletter's day is made with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from digest.dispatch.shutdown import STOPPING, Stopping
from digest.model import (
    Article,
    ArticleId,
    Edition,
    EditionKey,
    Letterhead,
    Newsletter,
    RenderedEdition,
    Variant,
)
from digest.ports import (
    ArticleStore,
    Audience,
    EditionStore,
    Epoch,
    Ledger,
    Personalizer,
    Progress,
    Source,
    Summarizer,
    Suppressed,
    Transport,
)

if TYPE_CHECKING:
    from digest.day.gathering import Read
    from digest.dispatch.sending import SendingRules


class MailRenderer(Protocol):
    """Makes an edition's mails: all that a day asks of the renderer."""

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages that the mail's own words are translated into, lower case."""

    def render(self, edition: Edition, newsletter: Newsletter, variant: Variant) -> RenderedEdition:
        """Return the mail of one variant, tokens still open.

        Raises:
            TemplateFault: a template is missing or broken.
            ConfigurationError: the newsletter's theme has faults.
        """


@dataclass(frozen=True, slots=True)
class Weekly:
    """The week's best of a newsletter.

    Attributes:
        weekday: 0 is Monday; the day it goes out.
        most: stories at most.
        audience: the readers who chose one mail a week.
    """

    weekday: int
    most: int
    audience: Audience


@dataclass(frozen=True, slots=True)
class Reading:
    """What a day reads, and what makes blurbs of it.

    Attributes:
        clicks_of: how an edition was read, where readers' clicks are to weigh the sources; None where not.
        withdrawn: which of some articles are proved gone, asked right before sending; None for no look.
        placed: puts what sponsors booked for its day into a new draft.
    """

    sources: Sequence[Source]
    articles: ArticleStore
    summarizer: Summarizer
    clicks_of: Callable[[EditionKey], Read] | None = None
    withdrawn: Callable[[Sequence[Article]], Collection[ArticleId]] | None = None
    placed: Callable[[Edition], Edition] = lambda edition: edition


@dataclass(frozen=True, slots=True)
class Readers:
    """Whom a day reaches.

    Attributes:
        audience: who gets it; `suppressed`: who must not, asked again before every batch.
        recipients: an audience, narrowed to those who got an edition: who gets its corrections.
        weekly: who gets a week's best instead of every edition, and when; None for nobody.
        siblings: the newsletters whose stories none of its readers gets again; none where each newsletter
            stands for itself.
        why_nobody: why the day's edition has no reader at all, as a sentence; empty where it has one.
        listen: takes in which mailboxes earlier editions found dead, before the readers are fixed.
    """

    audience: Audience
    suppressed: Suppressed
    recipients: Callable[[EditionKey, Audience], Audience]
    weekly: Weekly | None = None
    siblings: tuple[str, ...] = ()
    why_nobody: Callable[[], str] = lambda: ""
    listen: Callable[[datetime], None] = lambda _now: None


@dataclass(frozen=True, slots=True)
class Sending:
    """How a day's mail leaves.

    Attributes:
        letterhead: what all mails of the edition share, given the instant of its freeze.
        owner: this process, as the ledger's claims name it.
        canary: so many deliveries go out first, the rest when they did well; 0 for all at once.
        canary_percent: or so many percent of them, where that is more.
        stopping: whether this process is to end.
        hold: how long a frozen edition waits, so that it can be canceled.
        epoch: what this machine remembers of what has left, apart from the database; None for no memory.
    """

    transport: Callable[[], Transport]
    personalizer: Personalizer
    letterhead: Callable[[datetime], Letterhead]
    owner: str
    rules: SendingRules
    canary: int = 0
    canary_percent: int = 0
    stopping: Stopping = STOPPING
    hold: timedelta = timedelta(0)
    epoch: Epoch | None = None


@dataclass(frozen=True, slots=True)
class SubjectTesting:
    """How a day tests two subjects.

    Attributes:
        percent: of the readers, who get each of two subjects before the rest gets the better one.
        lasts: how long after the freeze the clicks decide.
        counts_clicks: whether anything tells which mails were clicked.
        awaits_word: whether a test of two subjects waits for an operator where nothing tells.
    """

    percent: int = 50
    lasts: timedelta = timedelta(hours=1)
    counts_clicks: bool = True
    awaits_word: bool = False


@dataclass(frozen=True, slots=True)
class DayParts:
    """Everything one newsletter's day is made with, built by wiring.

    Attributes:
        clock: the present, for the deadline of a long dispatch.
        housekeeping: what time takes away, once the day's mail is out.
    """

    newsletter: Newsletter
    editions: EditionStore
    ledger: Ledger
    renderer: MailRenderer
    reading: Reading
    readers: Readers
    sending: Sending
    progress: Progress
    clock: Callable[[], datetime]
    subject_testing: SubjectTesting = SubjectTesting()
    housekeeping: Callable[[datetime], None] = lambda _now: None

    def noted(self, key: EditionKey) -> AbstractContextManager[None]:
        """Have this machine remember that an edition begins to leave, and that it ended."""
        return nullcontext() if self.sending.epoch is None else self.sending.epoch.noted(key)
