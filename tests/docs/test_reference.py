"""The reference of commands is what the command line says."""

from __future__ import annotations

import click
import pytest

from digest.cli.app import digest
from tests.docs import reference


def test_the_page_is_as_the_command_line_would_write_it() -> None:
    assert reference.PAGE.read_text() == reference.reference(), "run `make reference`"


@pytest.mark.parametrize(("name", "command"), list(reference.commands(digest)))
def test_every_option_that_help_shows_is_on_the_page(name: str, command: click.Command) -> None:
    _, _, below = reference.PAGE.read_text().partition(f"## `{name}`\n")
    section = below.partition("\n## ")[0]

    options = {
        option
        for one in command.params
        if isinstance(one, click.Option) and not one.hidden and one.name not in reference.EVERYWHERE
        for option in (*one.opts, *one.secondary_opts)
    }

    assert {option for option in options if f"`{option}`" not in section} == set()
