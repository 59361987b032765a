"""The files in deploy/ are what the programs that read them take."""

from __future__ import annotations

import re

import click
import yaml

from digest.cli.app import digest
from tests.docs.blocks import ROOT

DEPLOY = ROOT / "deploy"


def test_what_compose_starts_are_commands_with_options_that_they_have() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]

    started = {name: one["command"] for name, one in services.items() if "command" in one}

    assert set(started) == {"migrate", "schedule", "desk"}
    for name, *arguments in started.values():
        command = digest.get_command(click.Context(digest), name)
        assert command is not None, name
        command.make_context(name, list(arguments))


def test_the_database_counts_as_up_once_it_answers_by_tcp() -> None:
    database = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["database"]

    assert "127.0.0.1" in database["healthcheck"]["test"]


def test_a_redirect_to_a_path_has_a_matcher_or_caddy_takes_the_path_for_one() -> None:
    redirects = re.findall(r"^\s*redir (.+)$", (DEPLOY / "Caddyfile").read_text(), re.MULTILINE)

    assert redirects
    assert not [one for one in redirects if one.startswith("/") and " " not in one]


def test_the_image_is_built_from_what_is_named_and_all_of_it_is_there() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()

    assert "*" in lines
    named = [line[1:] for line in lines if line.startswith("!")]
    assert named
    assert not [one for one in named if not (ROOT / one).exists()]
