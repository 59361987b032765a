"""`digest templates`: the mail templates there are, their blocks, and a working copy to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.session import Session
from digest.errors import BadData
from digest.rendering.environment import BLOCKS, Templates
from digest.rendering.overrides.blocks import HOLDS, written_in
from digest.rendering.overrides.copying import working_copy
from digest.rendering.overrides.folders import NEWSLETTERS
from digest.settings.schema import Settings

DEFAULT = "broadsheet"


def add_to(group: click.Group) -> None:
    """Add the group of this module."""
    templates = click.Group(
        "templates", help="List the mail templates and their blocks, and make a working copy of one."
    )
    session_command(templates, "new")(new)
    session_command(templates, "list")(list_)
    session_command(templates, "blocks")(blocks)
    group.add_command(templates)


@click.argument("name")
@click.option("--from", "origin", default=DEFAULT, metavar="TEMPLATE", help="What it is a copy of.")
@click.option(
    "--newsletter",
    metavar="KEY",
    shell_complete=completing.newsletters,
    help="For this newsletter alone: over the site's own.",
)
def new(session: Session, *, name: str, origin: str, newsletter: str | None) -> int:
    """Make a working copy of a template in the site's folder: NAME.html, NAME.txt and NAME.subject.txt.

    It renders as what it was copied from, lists every block with what it holds, and overwrites nothing.
    """
    settings = session.load().settings
    folder = _folder(settings, newsletter)
    copy = working_copy(
        Templates(settings.site.templates), name, origin, of_newsletter=newsletter is not None
    )
    there = [file for file in copy if (folder / file).exists()]
    if there:
        raise BadData(str(folder / there[0]), "it is there already", "Give another name, or move it away.")
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in copy.items():
        (folder / file).write_text(text, encoding="utf-8")
    session.answer(
        {"template": name, "from": origin, "files": [str(folder / file) for file in copy]},
        *(str(folder / file) for file in copy),
        f'Name it in a newsletter: template = "{name}"; then digest preview and digest check.',
    )
    return Exit.DONE


def list_(session: Session) -> int:
    """List the templates: whose each is, and which newsletters use it."""
    settings = session.load().settings
    every = Templates(settings.site.templates)
    told: list[dict[str, Any]] = []
    for name in every.names():
        file = every.chain(f"{name}.html")[0][0]
        used = sorted(key for key, one in settings.newsletters.items() if one.template == name)
        told.append(
            {"template": name, "builtin": every.is_builtin(file), "file": file, "newsletters": used}
        )
    lines = [
        f"{one['template']}: {'built-in' if one['builtin'] else one['file']}"
        + (f"; used by {', '.join(one['newsletters'])}" if one["newsletters"] else "")
        for one in told
    ]
    session.answer({"templates": told}, *lines)
    return Exit.DONE


@click.argument("name", required=False, default=DEFAULT)
@click.option(
    "--newsletter", metavar="KEY", shell_complete=completing.newsletters, help="As this newsletter has it."
)
def blocks(session: Session, *, name: str, newsletter: str | None) -> int:
    """List a template's blocks: what each holds, and which file writes it in either part."""
    settings = session.load().settings
    if newsletter is not None:
        _known(settings, newsletter)
    own = Templates(settings.site.templates, newsletter or "" if settings.site.templates else "")
    html, text = written_in(own, f"{name}.html"), written_in(own, own.beside(name, ".txt"))
    told = [
        {"block": block, "holds": HOLDS[block], "html": html.get(block), "text": text.get(block)}
        for block in BLOCKS
    ]
    lines = [
        f"{one['block']}: {one['holds']}\n  HTML: {one['html']}\n  text: {one['text']}" for one in told
    ]
    session.answer({"template": name, "blocks": told}, *lines)
    return Exit.DONE


def _folder(settings: Settings, newsletter: str | None) -> Path:
    """Return where a copy is to lie."""
    site = settings.site.templates
    if site is None:
        remedy = 'Make a folder beside digest.toml and name it: templates = "templates" in [site].'
        raise BadData("site.templates", "it is not set, so that nobody would find the copy", remedy)
    if newsletter is None:
        return site
    _known(settings, newsletter)
    return site / NEWSLETTERS / newsletter


def _known(settings: Settings, newsletter: str) -> None:
    if newsletter not in settings.newsletters:
        known = ", ".join(sorted(settings.newsletters)) or "none"
        raise BadData(newsletter, f"there is no such newsletter; there are: {known}")
