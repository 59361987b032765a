"""The contracts of pyproject.toml find what they forbid: the whole tree, with one wrong import for each.

`make check` runs `lint-imports` on the tree as it is; here it must fail, and say why.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

LOCAL = "def late() -> None:\n    from {} import {}\n"
FOR_TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {} import {}\n"
PLAIN = "from {} import {}\n"

WRONG: Mapping[str, tuple[str, str, str]] = {
    "a stage knows another": (
        "digest/selection/lead.py",
        PLAIN.format("digest.rendering", "tokens"),
        "digest.selection is not allowed to import digest.rendering",
    ),
    "a floor knows one above, inside a function": (
        "digest/day/timetable.py",
        LOCAL.format("digest.wiring", "links"),
        "digest.day is not allowed to import digest.wiring",
    ),
    "a floor knows one above, for types only": (
        "digest/upkeep/logbook.py",
        FOR_TYPES.format("digest.web", "hooks"),
        "digest.upkeep is not allowed to import digest.web",
    ),
    "the pages know the commands": (
        "digest/web/hooks.py",
        PLAIN.format("digest.cli", "exits"),
        "digest.web is not allowed to import digest.cli",
    ),
    "a room that no contract names": (
        "digest/mailroom.py",
        "",
        "not listed as layers: - digest.mailroom",
    ),
    "what the day gathers knows the day": (
        "digest/day/gathering.py",
        PLAIN.format("digest.day", "timetable"),
        "digest.day.gathering is not allowed to import digest.day.timetable",
    ),
    "one part of the wiring knows another": (
        "digest/wiring/links.py",
        PLAIN.format("digest.wiring", "transport"),
        "digest.wiring.links is not allowed to import digest.wiring.transport",
    ),
    "what all pages stand on knows who comes in": (
        "digest/web/serving/limits.py",
        PLAIN.format("digest.web.signing_in", "passwords"),
        "digest.web.serving is not allowed to import digest.web.signing_in",
    ),
    "the public pages know the desk's": (
        "digest/web/public/leaving.py",
        PLAIN.format("digest.web.desk", "charts"),
        "digest.web.public is not allowed to import digest.web.desk",
    ),
    "the API knows the desk's pages": (
        "digest/web/api/editions.py",
        PLAIN.format("digest.web.desk", "charts"),
        "digest.web.api is not allowed to import digest.web.desk",
    ),
    "the ledger knows the desk's storage": (
        "digest/storage/ledger/waves.py",
        PLAIN.format("digest.storage.desk", "runs"),
        "digest.storage.ledger is not allowed to import digest.storage.desk",
    ),
    "subscribers know the digest": (
        "subscribers/growth.py",
        PLAIN.format("digest", "model"),
        "subscribers is not allowed to import digest",
    ),
    "a stage knows subscribers": (
        "digest/dispatch/retries.py",
        PLAIN.format("subscribers", "address"),
        "digest.dispatch is not allowed to import subscribers",
    ),
    "SQL outside of the storages": (
        "digest/upkeep/metrics.py",
        PLAIN.format("sqlalchemy", "text"),
        "digest.upkeep is not allowed to import sqlalchemy",
    ),
    "a job loads the desk": (
        "digest/transports/outbox.py",
        PLAIN.format("starlette", "routing"),
        "digest.transports is not allowed to import starlette",
    ),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `lint-imports` says of the tree with every wrong import in it."""
    tree = tmp_path_factory.mktemp("tree")
    for package in ("digest", "subscribers"):
        shutil.copytree(
            ROOT / package, tree / package, ignore=lambda _, names: [n for n in names if "__pycache__" in n]
        )
    shutil.copy(ROOT / "pyproject.toml", tree)
    for path, wrong, _ in WRONG.values():
        with (tree / path).open("a", encoding="utf-8") as file:
            file.write("\n" + wrong)
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ended = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return " ".join(ended.stdout.split())


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_import_is_found_and_named(report: str, what: str) -> None:
    assert WRONG[what][2] in report


def test_every_contract_is_broken_by_one_of_them(report: str) -> None:
    count = len(CONTRACTS["contracts"])

    assert f"Contracts: 0 kept, {count} broken." in report


def test_imports_for_types_and_inside_functions_count() -> None:
    assert CONTRACTS["exclude_type_checking_imports"] is False
    assert CONTRACTS["include_external_packages"] is True


@pytest.mark.parametrize(
    "contract",
    [each for each in CONTRACTS["contracts"] if each["type"] == "layers"],
    ids=lambda each: each["name"],
)
def test_the_layers_of_a_room_are_all_of_its_modules(contract: Mapping[str, object]) -> None:
    assert contract["exhaustive"] is True
    assert "exhaustive_ignores" not in contract
    assert contract["containers"]


def test_nothing_is_excepted_but_a_publishers_own_database() -> None:
    excepted = [one for each in CONTRACTS["contracts"] for one in each.get("ignore_imports", ())]

    assert excepted == ["digest.sources.sql -> sqlalchemy"]
