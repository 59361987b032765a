"""`digest config`: the settings in force, where each comes from, and what the desk changed of them."""

from __future__ import annotations

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.session import Session
from digest.model.kept_settings import SettingsVersion
from digest.rendering.checks import own_templates
from digest.settings.kept.exporting import exported
from digest.settings.origins import rows
from digest.upkeep import changing, refusing
from digest.upkeep.doctor import places

OPERATOR = "operator"
_LISTED = 200


def add_to(group: click.Group) -> None:
    """Add the command of this module."""
    session_command(group, "config")(config)


@click.option("--export", "is_exported", is_flag=True, help="Write it as one digest.toml, without secrets.")
@click.option("--versions", "is_listed", is_flag=True, help="List what the desk changed, the newest first.")
@click.option(
    "--back-to",
    "version",
    type=click.IntRange(0),
    metavar="VERSION",
    help="Have the desk say what it said in that version; 0 for nothing.",
)
def config(session: Session, *, is_exported: bool, is_listed: bool, version: int | None) -> int:
    """Show every setting with its value and where it came from; secrets are masked."""
    if sum((is_exported, is_listed, version is not None)) > 1:
        raise click.UsageError("--export, --versions and --back-to are three things: give one of them.")
    if version is not None:
        return _back(session, version)
    if is_listed:
        return _versions(session)
    loaded = session.load()
    if is_exported:
        text = exported(loaded)
        session.answer({"toml": text}, text.rstrip("\n"))
        return Exit.DONE
    refusing.check(loaded.settings, loaded.origins)
    for one in own_templates.findings(loaded.settings.site.templates, loaded.settings.newsletters):
        click.echo(str(one), err=True)
    for one in places.findings(loaded.settings):
        click.echo(str(one), err=True)
    found = rows(loaded.settings, loaded.origins)
    if session.as_json:
        session.answer({row.name: {"value": row.value, "origin": row.origin} for row in found})
        return Exit.DONE
    width = max(len(row.name) for row in found)
    for row in found:
        value = " ".join(str(row.value).split("\n"))
        click.echo(f"{row.name:<{width}} = {value}  [{row.origin}]")
    return Exit.DONE


def _back(session: Session, version: int) -> int:
    # What the desk says may be what keeps everything else from starting.
    with session.newsroom(session.load(without_desk=True)) as newsroom:
        number = changing.back_to(newsroom, version, who=OPERATOR, now=session.now)
    session.answer(
        {"version": number, "as": version},
        f"The desk says what it said in version {version}; that is version {number}.",
    )
    return Exit.DONE


def _versions(session: Session) -> int:
    with session.newsroom(session.load(without_desk=True)) as newsroom:
        found = newsroom.database.kept_settings.listed(limit=_LISTED)
    session.answer(
        {"versions": [_told(one) for one in found]},
        *(line for one in found for line in _lines(one)),
        *(() if found else ("Nothing was changed at the desk.",)),
    )
    return Exit.DONE


def _told(version: SettingsVersion) -> dict[str, object]:
    changes = [
        {"setting": ".".join(one.place), "before": one.before, "after": one.after}
        for one in version.changes
    ]
    return {
        "version": version.number,
        "at": version.at,
        "by": version.who,
        "said": version.said,
        "changes": changes,
    }


def _lines(version: SettingsVersion) -> list[str]:
    head = f"{version.number}  {version.at:%Y-%m-%d %H:%M %Z}  {version.who}: {version.said}"
    return [
        head,
        *(
            f"    {'.'.join(one.place)}: {one.before or 'the file’s'} → {one.after or 'the file’s'}"
            for one in version.changes
        ),
    ]
