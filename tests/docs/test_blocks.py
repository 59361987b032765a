"""What the pages show is true: configurations load, commands parse, data is what it says it is."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
import yaml
from jinja2 import Environment

from digest.cli.app import digest
from digest.rendering.theme_faults import look_faults
from digest.settings import scaffold
from digest.settings.loading import load
from digest.settings.unpacking import newsletters_of
from digest.wiring.newsroom import check_looks
from tests.docs.blocks import (
    ROOT,
    Block,
    Table,
    all_blocks,
    as_toml,
    blocks_of,
    composed,
    digest_calls,
    pages,
)
from tests.settings.configurations import SECRET_KEY

SHELL = all_blocks("sh", "")
TOML = all_blocks("toml")

READ_BY_PEOPLE = {"text", "nginx", "ini", "csv"}
KNOWN = {"", "sh", "toml", "json", "jsonl", "yaml", "html", "jinja", "python"} | READ_BY_PEOPLE

_COMMENTED = re.compile(r"^# *(?=\[|[\w.]+ *= )", re.MULTILINE)


def _marked(blocks: list[Block]) -> list[object]:
    return [pytest.param(one, id=one.place) for one in blocks]


def _holding(blocks: list[Block], pattern: str) -> list[object]:
    return _marked([one for one in blocks if re.search(pattern, one.text, re.MULTILINE)])


def _base(folder: Path) -> Table:
    """Return what `digest init` writes, with its files in the folder."""
    before = datetime(2026, 11, 23, tzinfo=UTC)
    files = scaffold.files(secret_key=SECRET_KEY, before=before, timezone=ZoneInfo("Africa/Nairobi"))
    (folder / "templates").mkdir()
    (folder / "templates/harbour.html").write_text('{% extends "builtin/broadsheet.html" %}')
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return tomllib.loads(files[scaffold.CONFIG])


def _is_anothers(table: Table) -> bool:
    """Tell whether a block is a package's own file, not ours."""
    return "project" in table or "build-system" in table


def test_every_block_is_in_a_language_that_is_looked_at() -> None:
    strange = [one.place for page in pages() for one in blocks_of(page) if one.language not in KNOWN]

    assert strange == []


@pytest.mark.parametrize(
    "is_bared", [pytest.param(False, id="as-shown"), pytest.param(True, id="all-of-it")]
)
@pytest.mark.parametrize("block", _marked(TOML))
def test_a_configuration_that_a_page_shows_loads(block: Block, is_bared: bool, tmp_path: Path) -> None:
    """`all-of-it`: with the settings that stand behind a comment sign."""
    shown = tomllib.loads(_COMMENTED.sub("", block.text) if is_bared else block.text)
    if _is_anothers(shown):
        return
    path = tmp_path / "digest.toml"
    path.write_text(as_toml(composed(_base(tmp_path), shown)))

    # A secret that the page leaves to the environment.
    environ = dict.fromkeys(re.findall(r"DIGEST_TRANSPORT__(?:PASSWORD|API_KEY)", block.text), "S3cret")

    loaded = load(path, environ=environ, looks=look_faults)

    assert newsletters_of(loaded.settings)
    check_looks(loaded.settings)


@pytest.mark.parametrize("block", _marked([one for one in SHELL if one.language]))
def test_the_shell_can_read_what_a_page_has_it_run(block: Block) -> None:
    done = subprocess.run(["sh", "-n"], input=block.text, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def _parse(arguments: list[str]) -> None:
    """Parse a call as the command line does; nothing runs.

    Raises:
        click.UsageError: the command line would refuse it.
    """
    command: click.Command = digest
    while True:
        asked = [one.opts[0] for one in command.params if isinstance(one, click.Option) and one.prompt]
        answers = [word for option in asked for word in (option, "a long answer")]
        context = command.make_context(command.name, [*arguments, *answers])
        if not isinstance(command, click.Group):
            return
        rest = [*context._protected_args, *context.args]
        if not rest:
            return
        _, found, arguments = command.resolve_command(context, rest)
        assert found is not None
        command = found


def _fault(call: list[str]) -> str:
    """Return why the command line refuses a call; empty where it takes it."""
    try:
        _parse(call)
    except click.exceptions.Exit:  # --help, --version
        return ""
    except click.UsageError as error:
        is_its_readers_file = isinstance(error, click.BadParameter) and "does not exist" in error.message
        return "" if is_its_readers_file else f"digest {' '.join(call)}: {error.format_message()}"
    return ""


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(["rnu", "morning"], id="no-such-command"),
        pytest.param(["run"], id="an-argument-is-missing"),
        pytest.param(["run", "morning", "--nwo"], id="no-such-option"),
        pytest.param(["dispatch", "morning", "--settle", "lost"], id="no-such-choice"),
        pytest.param(["subscribers", "show"], id="an-argument-of-a-group-is-missing"),
    ],
)
def test_what_the_command_line_refuses_is_found(wrong: list[str]) -> None:
    assert _fault(wrong)


@pytest.mark.parametrize("block", _marked([one for one in SHELL if any(digest_calls(one.text))]))
def test_each_command_that_a_page_writes_is_taken_by_the_command_line(block: Block) -> None:
    faults = [_fault([word for word in call if word != "…"]) for call in digest_calls(block.text)]

    assert [fault for fault in faults if fault] == []


@pytest.mark.parametrize("block", _holding(SHELL, "^make "))
def test_make_knows_what_a_page_has_it_make(block: Block) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"^make ([a-z]+)", block.text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("block", _marked(all_blocks("json", "jsonl", "yaml", "python", "jinja", "html")))
def test_other_blocks_can_be_read_by_what_reads_them(block: Block) -> None:
    match block.language:
        case "json":
            json.loads(block.text)
        case "jsonl":
            assert [json.loads(line) for line in block.text.splitlines()]
        case "yaml":
            yaml.safe_load(block.text)
        case "python":
            ast.parse(block.text)
        case _:
            Environment(autoescape=True).parse(block.text)
