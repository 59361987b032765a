"""What every command shares: the configuration, the clock, the way results and logs come out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import click

from digest.cli.interrupts import finishing
from digest.cli.printing.progress import watching
from digest.cli.printing.terminal import errors
from digest.day.parts import DayParts
from digest.dispatch.shutdown import STOPPING
from digest.errors import UnknownEdition
from digest.model import Edition, EditionKey
from digest.rendering.theme_faults import look_faults
from digest.selection.window import edition_day
from digest.settings.loading import DEFAULT_CONFIG, Loaded, load
from digest.settings.origins import locating
from digest.storage.desk.kept_settings import kept_in
from digest.upkeep import logs
from digest.wiring.newsroom import Newsroom, plugin_kinds


@dataclass(frozen=True, slots=True)
class Session:
    """One call of the command line.

    Attributes:
        config: from `--config`; None for DIGEST_CONFIG, else digest.toml.
        now: the instant the command runs at; fixed by `--now` for rehearsals.
        is_quiet: `-q` stands before the command: a run that nobody need hear of says nothing.
    """

    config: Path | None
    as_json: bool
    rehearsed_now: datetime | None
    is_quiet: bool = False

    @property
    def now(self) -> datetime:
        """Return the present, aware, UTC."""
        return self.clock()

    def clock(self) -> datetime:
        """Return the present, or the instant being rehearsed."""
        return self.rehearsed_now or datetime.now(UTC)

    @property
    def is_configured(self) -> bool:
        """Tell whether there is a configuration: for commands that do without one."""
        return bool(self.config or os.environ.get("DIGEST_CONFIG") or Path(DEFAULT_CONFIG).exists())

    def load(self, overrides: Mapping[str, object] | None = None, *, without_desk: bool = False) -> Loaded:
        """Return the checked configuration.

        Args:
            without_desk: as the file says it, whatever was changed at the desk.

        Raises:
            ConfigurationError: with every fault there is.
        """
        loaded = load(
            self.config,
            environ=os.environ,
            overrides=overrides or {},
            extra_kinds=plugin_kinds(),
            looks=look_faults,
            keeping=_nothing_kept if without_desk else kept_in,
        )
        if loaded.settings.logs.format == "json":
            logs.as_json()
        return loaded

    @contextmanager
    def newsroom(self, loaded: Loaded | None = None) -> Iterator[Newsroom]:
        """Yield the opened newsroom."""
        loaded = loaded or self.load()
        with locating(loaded.origins), Newsroom(loaded) as newsroom, finishing(STOPPING):
            yield newsroom

    @contextmanager
    def parts(self, newsletter: str) -> Iterator[DayParts]:
        """Yield one newsletter's parts, progress shown on stderr."""
        with self.newsroom() as newsroom, watching(errors) as progress:
            yield newsroom.parts(newsletter, progress=progress, clock=self.clock)

    def key(self, parts: DayParts, day: str | None) -> EditionKey:
        """Return the edition that a date (`2026-11-28`, or `2026-11-28/weekly`), or the clock, means.

        Raises:
            UsageError: no date.
        """
        schedule = parts.newsletter.schedule
        if day is None:
            return EditionKey(parts.newsletter.key, edition_day(schedule, self.now))
        date_, _, slot = day.partition("/")
        return EditionKey(parts.newsletter.key, as_day(date_), slot)

    def named(self, newsroom: Newsroom, text: str) -> Edition:
        """Return the stored edition that `morning` (its latest) or `morning/2026-11-23` names.

        Raises:
            UnknownEdition: none is stored.
            UsageError: the part after the slash is no date.
        """
        newsletter, _, rest = text.partition("/")
        day, _, slot = rest.partition("/")
        editions = newsroom.database.editions
        if rest:
            found = editions.load(EditionKey(newsletter, as_day(day), slot))
        else:
            found = editions.latest(newsletter)
        if found is None:
            raise UnknownEdition(text)
        return found

    def answer(self, values: Mapping[str, object], *lines: str) -> None:
        """Write the result on stdout: one JSON object, or the lines."""
        if self.as_json:
            click.echo(json.dumps(values, ensure_ascii=False, default=str, indent=2))
        else:
            for line in lines:
                click.echo(line)

    def answer_unless_quiet(
        self, needs_somebody: object, values: Mapping[str, object], *lines: str
    ) -> None:
        """Write the result, but nothing under `-q` that nobody need hear of.

        Args:
            needs_somebody: true where a person must know, `-q` or not.
        """
        if needs_somebody or self.as_json or not self.is_quiet:
            self.answer(values, *lines)


def _nothing_kept(_url: str) -> None:
    """Look at no database."""


def as_day(text: str) -> date:
    """Return the date that `text` (`2026-11-23`) names.

    Raises:
        UsageError: it names none.
    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a local day, no instant
    except ValueError as error:
        raise click.UsageError(f"{text!r} is no date; write it as 2026-11-23.") from error
