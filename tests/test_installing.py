"""How an extra is added: what every message about a missing one says."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from digest import installing
from digest.errors import MissingExtra
from digest.upkeep.doctor.machine import EXTRAS

ROOT = Path(__file__).resolve().parent.parent
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


def test_the_line_adds_the_extra_to_the_environment_that_runs() -> None:
    words = shlex.split(installing.install_line("desk"))

    assert sys.executable in words
    assert words[-1].endswith("[desk]")


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        pytest.param({}, ["newsroom-digest[desk]"], id="from-an-index"),
        pytest.param(
            {"url": f"file://{ROOT}", "dir_info": {"editable": True}},
            ["-e", f"{ROOT}[desk]"],
            id="editable",
        ),
        pytest.param({"url": f"file://{ROOT}", "dir_info": {}}, [f"{ROOT}[desk]"], id="from-a-checkout"),
        pytest.param(
            {"url": "file:///gone/source", "dir_info": {}}, [".[desk]"], id="the-checkout-is-gone"
        ),
        pytest.param(
            {"url": "file:///gone/newsroom_digest-0.1.0-py3-none-any.whl", "archive_info": {}},
            ["./newsroom_digest-0.1.0-py3-none-any.whl[desk]"],
            id="the-wheel-is-gone",
        ),
        pytest.param(
            {"url": "https://wheels.example/newsroom_digest-0.1.0-py3-none-any.whl", "archive_info": {}},
            ["newsroom-digest[desk] @ https://wheels.example/newsroom_digest-0.1.0-py3-none-any.whl"],
            id="from-an-address",
        ),
        pytest.param(
            {"url": "https://code.example/digest", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            ["newsroom-digest[desk] @ git+https://code.example/digest@abc"],
            id="from-a-repository",
        ),
    ],
)
def test_what_is_installed_is_what_was_installed_before(
    origin: dict[str, object], wanted: list[str]
) -> None:
    assert installing._what("newsroom-digest[desk]", "[desk]", origin) == wanted


def test_a_path_with_a_space_stays_one_word(tmp_path: Path) -> None:
    folder = tmp_path / "our digest"
    folder.mkdir()

    origin = {"url": folder.as_uri(), "dir_info": {}}

    assert installing._what("newsroom-digest[desk]", "[desk]", origin) == [f"{folder}[desk]"]


def test_a_missing_extra_says_the_line_and_the_page() -> None:
    told = str(MissingExtra("The desk", "desk"))

    assert installing.install_line("desk") in told
    assert (ROOT / installing.PAGE).exists()


def test_every_extra_in_a_message_is_declared() -> None:
    asked = {
        name
        for path in (ROOT / "digest").rglob("*.py")
        for name in re.findall(r"MissingExtra\([^)]*, \"([a-z]+)\"\)", path.read_text())
    }

    assert asked | set(EXTRAS) <= set(DECLARED)
    assert asked


def test_no_page_and_no_module_writes_an_install_line_of_its_own() -> None:
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", *(ROOT / "digest").rglob("*.py")]
    page = ROOT / installing.PAGE

    writes = [one.name for one in pages if one != page and "'newsroom-digest[" in one.read_text()]

    assert writes == []
