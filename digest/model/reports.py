"""What the day's job says of itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from digest.model.articles import Problem, SourceKey
from digest.model.deliveries import Tally
from digest.model.editions import Edition, EditionKey


class Step(StrEnum):
    """How far a run goes."""

    COLLECT = "collect"
    DRAFT = "draft"
    APPROVE = "approve"
    CLOSE = "close"


class Ending(StrEnum):
    """How a run ended; the command line turns it into an exit code."""

    DONE = "done"
    ALREADY_SENT = "already sent"
    WAITING_FOR_APPROVAL = "waiting for approval"
    NOTHING_TO_SEND = "nothing to send"
    SOURCES_DOWN = "no source could be read"
    NO_READERS = "nobody to send to"
    CLOSED_WITH_FAULTS = "closed with failed or held deliveries"
    LATE_FOR_SOME = "closed, too late for some"
    MISSED = "closed, and it reached hardly anybody or nobody"
    CANCELED = "canceled"
    DRAFT_AGAIN = "a draft again"
    STOPPED = "stopped"
    NOT_TODAY = "no edition on this day"
    NOT_YET = "not yet time"
    UNFINISHED = "unfinished"


MOST_REASONS = 10
"""Of one source, that a report tells."""


@dataclass(frozen=True, slots=True)
class SourceCrawl:
    """What one source gave in a collect.

    Attributes:
        not_used: what could not be used, by reason and count, the most frequent first.
    """

    source: SourceKey
    articles: int = 0
    new_or_changed: int = 0
    is_unchanged: bool = False
    is_failed: bool = False
    not_used: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What one collect brought home."""

    new_or_changed: int = 0
    articles: int = 0
    unchanged_sources: int = 0
    failed_sources: tuple[SourceKey, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: tuple[SourceCrawl, ...] = ()

    @property
    def is_down(self) -> bool:
        """Tell whether there are sources, and none could be read; an unchanged or empty one was."""
        return bool(self.sources) and all(one.is_failed for one in self.sources)

    def plus(
        self,
        source: SourceKey,
        *,
        fresh: int,
        articles: int,
        problems: tuple[Problem, ...],
        is_unchanged: bool,
        is_failed: bool,
    ) -> CrawlReport:
        """Return the report with one source's crawl counted in."""
        reasons = tuple(Counter(one.what for one in problems).most_common(MOST_REASONS))
        return CrawlReport(
            new_or_changed=self.new_or_changed + fresh,
            articles=self.articles + articles,
            unchanged_sources=self.unchanged_sources + is_unchanged,
            failed_sources=(*self.failed_sources, source) if is_failed else self.failed_sources,
            problems=(*self.problems, *problems),
            sources=(*self.sources, SourceCrawl(source, articles, fresh, is_unchanged, is_failed, reasons)),
        )


@dataclass(frozen=True, slots=True)
class DayReport:
    """What a run did, for people and for `--json`.

    Attributes:
        earlier: how editions of earlier days ended that the run finished first.
    """

    key: EditionKey
    ending: Ending
    note: str
    crawl: CrawlReport | None = None
    edition: Edition | None = None
    tally: Tally | None = None
    earlier: tuple[DayReport, ...] = ()
