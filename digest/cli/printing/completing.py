"""What a shell completes besides commands and options: newsletters, editions, days, lists, zones, files.

A key press waits for it: digest.toml is read as it stands; no setting is checked, no database opened. What
can't be read completes nothing.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import click
from click.shell_completion import CompletionItem

DAYS = 8
"""Of so many days, today's the first, editions are offered."""

CONFIG = "digest.toml"


def newsletters(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the newsletters' keys, each with its title."""
    return _beginning(
        begun, [(key, str(one.get("title", ""))) for key, one in _newsletters(context).items()]
    )


def editions(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the newsletters' keys and, once one stands there, its last days (`morning/2026-11-23`)."""
    key, slash, _ = begun.partition("/")
    if not slash:
        return newsletters(context, _parameter, begun)
    return _beginning(begun, [(f"{key}/{day}", "") for day in _days(datetime.now().astimezone().date())])


def editions_and_files(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Offer editions, and files beside them: these first, since bash drops what stands before a file."""
    return [CompletionItem(begun, type="file"), *editions(context, parameter, begun)]


def days(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer today and the days before it."""
    return _beginning(begun, [(day, "") for day in _days(datetime.now().astimezone().date())])


def lists(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the lists that newsletters go to."""
    found = (one.get("lists", ()) for one in _newsletters(context).values())
    names = {name for some in found if isinstance(some, list) for name in some if isinstance(name, str)}
    return _beginning(begun, [(name, "") for name in sorted(names)])


def time_zones(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the names of time zones."""
    return _beginning(begun, [(name, "") for name in sorted(available_timezones())])


def _beginning(begun: str, offers: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    return [CompletionItem(value, help=told or None) for value, told in offers if value.startswith(begun)]


def _days(today: date) -> list[str]:
    return [str(today - timedelta(days=back)) for back in range(DAYS)]


def _newsletters(context: click.Context) -> dict[str, dict[str, Any]]:
    path = Path(context.params.get("config") or os.environ.get("DIGEST_CONFIG") or CONFIG).expanduser()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("newsletters", {})
    except (OSError, ValueError):  # not there, not ours to read, or half written
        return {}
    return (
        {key: one for key, one in found.items() if isinstance(one, dict)} if isinstance(found, dict) else {}
    )
