"""The reference of commands, as the command line itself tells it: every argument and every option."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from digest.cli.app import digest
from tests.docs.blocks import DOCS

PAGE = DOCS / "command-options.md"

HEAD = """\
# Commands and their options

Every command with every option, written from the command line itself (`make reference`).
What the commands are for, exit codes and a day by hand: [commands](commands.md).

Before any command: `-q` logs warnings only, `-v` more, `--version` and `-h`.
Every command takes `--config FILE` and `-h`; those with a result take `--json`.
"""

EVERYWHERE = {"config", "now", "as_json"}


def commands(group: click.Group, path: str = "digest") -> Iterator[tuple[str, click.Command]]:
    """Yield each command with its whole name, groups that do something themselves among them."""
    for name, command in sorted(group.commands.items()):
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def reference() -> str:
    """Return the whole page."""
    return HEAD + "".join(_section(name, command) for name, command in commands(digest))


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name)
    rows = [_row(one, context) for one in command.params if _is_told(one)]
    table = "\n| argument or option | default | meaning |\n|---|---|---|\n" + "".join(rows) if rows else ""
    usage = " ".join(command.collect_usage_pieces(context))
    said = inspect.cleandoc(command.help or "").replace("\f", "").strip()
    return f"\n## `{name}`\n\n```text\n{name} {usage}\n```\n\n{said}\n{table}"


def _is_told(one: click.Parameter) -> bool:
    return one.name not in EVERYWHERE and not getattr(one, "hidden", False)


def _row(one: click.Parameter, context: click.Context) -> str:
    if isinstance(one, click.Argument):
        need = "required" if one.required else "–"
        return f"| `{one.make_metavar(context)}` | {need} | |\n"
    assert isinstance(one, click.Option)
    names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
    takes = "" if one.is_flag else f" {_cell(f'`{one.make_metavar(context)}`')}"
    return f"| {names}{takes} | {_default(one)} | {_cell(one.help or '')} |\n"


def _default(one: click.Option) -> str:
    if one.required:
        return "required"
    if one.is_flag:
        on, off = one.opts[-1], (one.secondary_opts or [""])[-1]
        return f"`{on if one.default is True else off}`" if off else "–"
    value = one.default
    if callable(value) or value is None or value in ("", ()) or "UNSET" in repr(value):
        return "–"
    return f"`{value}`"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    PAGE.write_text(reference())
