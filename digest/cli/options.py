"""The options that every command has, and the session made from them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from digest.cli.session import Session

Callback = Callable[..., Any]


def session_command(
    group: click.Group, name: str, *, answers: bool = True, epilog: str = ""
) -> Callable[[Callback], Callback]:
    """Return a decorator that adds a command which is handed a `Session` first.

    Args:
        answers: it has results worth `--json`.
        epilog: what its help ends with.
    """

    def add(function: Callback) -> Callback:
        @functools.wraps(function)
        def called(*, config: Path | None, now: datetime | None, as_json: bool = False, **rest: Any) -> Any:
            is_quiet = bool(click.get_current_context().find_root().params.get("quiet"))
            session = Session(config=config, as_json=as_json, rehearsed_now=now, is_quiet=is_quiet)
            return function(session, **rest)

        command = click.command(name, epilog=epilog)(called)
        command.params.extend(_common(answers=answers))
        group.add_command(command)
        return function

    return add


def _common(*, answers: bool) -> list[click.Option]:
    options = [
        click.Option(
            ["--config"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="The configuration; else DIGEST_CONFIG, else digest.toml.",
        ),
        click.Option(
            ["--now"],
            hidden=True,
            callback=_instant,
            metavar="TIME",
            help="Rehearse the command as if it were this instant (ISO 8601 with offset).",
        ),
    ]
    if answers:
        options.append(click.Option(["--json", "as_json"], is_flag=True, help="Answer in JSON."))
    return options


def _instant(_context: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no instant; write 2026-11-23T06:30:00+03:00") from error
    if instant.tzinfo is None:
        raise click.BadParameter(f"{text!r} lacks its offset; write 2026-11-23T06:30:00+03:00")
    return instant
