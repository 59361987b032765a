"""What one newsletter's day is made with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.day.gathering import Read
from digest.dispatch.sending import SendingRules
from digest.dispatch.stopping import STOPPING, Stopping
from digest.model import Article, ArticleId, EditionKey, Letterhead, Newsletter
from digest.ports import (
    ArticleStore,
    Audience,
    EditionStore,
    Ledger,
    Personalizer,
    Progress,
    Source,
    Summarizer,
    Transport,
)
from digest.rendering.renderer import Renderer


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
class House:
    """Everything one newsletter's day is made with, built by wiring.

    Attributes:
        audience: who gets it; `suppressed`: who must not, asked again before every batch.
        recipients: an audience, narrowed to those who got an edition: who gets its corrections.
        letterhead: what all mails of the edition share, given the instant of its freeze.
        clock: the present, for the deadline of a long dispatch.
        owner: this process, as the ledger's claims name it.
        canary: so many deliveries go out first, the rest when they did well; 0 for all at once.
        canary_percent: or so many percent of them, where that is more.
        stopping: whether this process is to end.
        test_percent: of the readers, who get each of two subjects before the rest gets the better one.
        test_for: how long after the freeze the clicks decide.
        counts_clicks: whether anything tells which mails were clicked.
        awaits_word: whether a test of two subjects waits for an operator where nothing tells.
        hold: how long a frozen edition waits, so that it can be canceled.
        reads: how an edition was read, where readers' clicks are to weigh the sources; None where not.
        withdrawn: which of some articles are proved gone, asked right before sending; None for no look.
        weekly: who gets a week's best instead of every edition, and when; None for nobody.
        siblings: the newsletters whose stories none of its readers gets again; none where each newsletter
            stands for itself.
        housekeeping: what time takes away, once the day's mail is out.
        listen: takes in which mailboxes earlier editions found dead, before the readers are fixed.
    """

    newsletter: Newsletter
    sources: tuple[Source, ...]
    articles: ArticleStore
    editions: EditionStore
    ledger: Ledger
    summarizer: Summarizer
    renderer: Renderer
    transport: Callable[[], Transport]
    personalizer: Personalizer
    audience: Audience
    suppressed: Audience
    recipients: Callable[[EditionKey, Audience], Audience]
    letterhead: Callable[[datetime], Letterhead]
    progress: Progress
    clock: Callable[[], datetime]
    owner: str
    rules: SendingRules
    canary: int = 0
    canary_percent: int = 0
    stopping: Stopping = STOPPING
    hold: timedelta = timedelta(0)
    test_percent: int = 50
    test_for: timedelta = timedelta(hours=1)
    counts_clicks: bool = True
    awaits_word: bool = False
    reads: Callable[[EditionKey], Read] | None = None
    withdrawn: Callable[[Sequence[Article]], Collection[ArticleId]] | None = None
    weekly: Weekly | None = None
    siblings: tuple[str, ...] = ()
    housekeeping: Callable[[datetime], None] = lambda _now: None
    listen: Callable[[datetime], None] = lambda _now: None
