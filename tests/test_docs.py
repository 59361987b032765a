"""No command without help and a line in the docs; no command in the docs that is not there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from digest.cli.app import digest
from digest.cli.commands import MODULES
from digest.cli.exits import OF_ENDING, Exit, markdown
from digest.model import Ending

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (ROOT / "docs" / "commands.md").read_text()
README = (ROOT / "README.md").read_text()


def commands(group: click.Group, path: str = "digest") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{path} {name}", command
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


ALL = dict(commands(digest))


@pytest.mark.parametrize("path", ALL)
def test_every_command_has_a_line_in_the_docs(path: str) -> None:
    assert re.search(rf"^\| `{re.escape(path)}[` ]", COMMANDS, re.MULTILINE)


def test_the_list_of_commands_is_that_of_the_commands_themselves() -> None:
    listed = {name: (module, told) for module, names in MODULES.items() for name, told in names.items()}

    assert set(listed) == set(digest.commands)
    for name, (module, told) in listed.items():
        command = digest.commands[name]
        callbacks = [command.callback] if command.callback else []
        if isinstance(command, click.Group):
            callbacks += [one.callback for one in command.commands.values() if one.callback]
        assert f"digest.cli.{module}" in {callback.__module__ for callback in callbacks}
        for width in (30, 60, 120):
            assert click.Command(None, help=told).get_short_help_str(width) == command.get_short_help_str(
                width
            )


def test_help_loads_none_of_the_parts_behind_the_commands() -> None:
    code = (
        "import sys; from digest.cli.app import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    heavy = {"sqlalchemy", "alembic", "pydantic", "premailer", "babel", "rich", "feedparser", "jinja2"}
    assert "Commands:" in done.stdout
    assert heavy & set(done.stderr.split()) == set()


@pytest.mark.parametrize("path", ALL)
def test_every_command_and_every_visible_option_has_help(path: str) -> None:
    command = ALL[path]

    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{path} {parameter.opts}"


@pytest.mark.parametrize("path", ALL)
def test_every_command_takes_a_configuration(path: str) -> None:
    assert any("--config" in parameter.opts for parameter in ALL[path].params)


def test_no_page_names_a_command_that_is_not_there() -> None:
    grouped = "|".join(
        name for name, command in digest.commands.items() if isinstance(command, click.Group)
    )
    one = rf"digest (?:(?:{grouped}) )?[a-z-]+"
    told = set(re.findall(rf"^(?:\.venv/bin/)?({one})", README, re.MULTILINE))
    told |= set(re.findall(rf"^\| `({one})", COMMANDS, re.MULTILINE))

    assert told
    assert {path for path in told if path not in ALL} == set()


def _written() -> Iterator[tuple[str, str]]:
    """Yield each command of the pages' blocks and spans: (page, what follows `digest`)."""
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        text = page.read_text()
        blocks = "\n".join(re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
        for line in re.findall(r"(?:^|&& |[ /])digest ([^\n#&|>]+)", blocks, re.MULTILINE):
            yield page.name, line
        for line in re.findall(r"`digest ([^`\n]+)`", text):
            yield page.name, line


def test_every_option_that_a_page_writes_is_taken_where_it_stands() -> None:
    wrong, seen = [], 0
    for page, line in _written():
        command: click.Command = digest
        for word in line.split():
            if isinstance(command, click.Group) and word in command.commands:
                command = command.commands[word]
            for option in re.findall(r"^-[-a-z]+", word):
                seen += 1
                known = {*command.get_help_option_names(click.Context(command)), "--version"}
                known |= {one for each in command.params for one in (*each.opts, *each.secondary_opts)}
                if option not in known:
                    wrong.append(f"{page}: digest {line}")

    assert seen > 20
    assert wrong == []


def test_the_exit_codes_of_readme_docs_and_help_are_one_table() -> None:
    shown = CliRunner().invoke(digest, ["run", "--help"]).output

    for page in ("README.md", "docs/commands.md"):
        assert markdown() in (ROOT / page).read_text(), page
    for code in Exit:
        assert f"{code.value}  {code.meaning.replace('`', '')}\n" in shown


def test_every_ending_has_an_exit_code_and_stands_in_the_docs() -> None:
    told = " ".join((ROOT / "docs" / "commands.md").read_text().split())

    assert set(OF_ENDING) == set(Ending)
    assert [one.value for one in Ending if f"`{one.value}`" not in told] == []


def _anchors(page: Path) -> set[str]:
    """Return what a link may name in a page, as GitHub and the site make it of headings."""
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_links_between_pages_lead_somewhere() -> None:
    wrong = []
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for target, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)]*))?\)", page.read_text()):
            led = page.parent / target if target else page
            if not led.exists() or (anchor and led.suffix == ".md" and anchor not in _anchors(led)):
                wrong.append(f"{page.name}: {target}#{anchor}")

    assert wrong == []


def test_every_page_has_its_place_on_the_site() -> None:
    named = set(re.findall(r'"([a-z0-9/-]+\.md)"', (ROOT / "zensical.toml").read_text()))
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}

    assert named == pages


def test_no_page_names_another_without_leading_there() -> None:
    plain = [
        f"{page.name}: {found}"
        for page in (ROOT / "docs").rglob("*.md")
        for found in re.findall(r"\(docs/[a-z-]+\.md\)", re.sub(r"\]\([^)]*\)", "", page.read_text()))
        if page.name != "installing.md"  # it shows what a message says
    ]

    assert plain == []
