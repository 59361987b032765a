"""What is in every file of the project, whoever's machine it was written on."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MADE = {"node_modules", "__pycache__", "build", "demo", "dist"}
"""Folders that the Makefile and its programs make, beside those whose names begin with a dot."""
EXAMPLES = {b"/srv/my-digest", b"/srv/x.php", b"/srv/source", b"/srv/source/digest", b"/srv/wire", b"/srv"}
"""What the pages and tests name as an example."""
OF_A_MACHINE = re.compile(
    rb"(?<![\w.~%)\]}<-])/{1,4}(?:work|root|workspace|builds?|mnt|media|srv|private/var|var/folders|"
    rb"(?:home|Users|tmp)/\w)[\w.-]*(?:/[\w.-]+|(?![\w/]))|\b[A-Z]:\\{1,2}Users\\"
)


def tracked() -> Iterator[Path]:
    """Yield every file that git tracks; in an export without git, every file that is there."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if listed.returncode == 0:
            yield from (ROOT / name for name in listed.stdout.split("\0") if name)
            return
    for path in ROOT.rglob("*"):
        folders = path.relative_to(ROOT).parts[:-1]
        if not any(name in MADE or (name.startswith(".") and name != ".ci") for name in folders):
            yield path


def test_no_file_holds_an_absolute_path_of_a_build_machine() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in tracked()
        if path.is_file()
        for match in OF_A_MACHINE.finditer(path.read_bytes())
        if match.group() not in EXAMPLES
    }

    assert found == set()


@pytest.mark.parametrize(
    ("folders", "before"),
    [
        pytest.param(("work", "digest", "x.py"), "", id="a folder for work"),
        pytest.param(("root", ".cache"), 'Path("', id="root's home"),
        pytest.param(("root",), "HOME=", id="root's home itself"),
        pytest.param(("home", "ada", "digest"), "", id="somebody's home"),
        pytest.param(("Users", "ada", "digest"), "at ", id="somebody's home on a Mac"),
        pytest.param(("tmp", "pytest-of-ada"), "", id="a passing folder"),
        pytest.param(("builds", "newsroom", "digest"), "(", id="a build server's"),
        pytest.param(("home", "ada", "digest.db"), "sqlite:///", id="in a database's address"),
        pytest.param(("home", "ada", "x"), "file://", id="in a file's address"),
    ],
)
def test_such_a_path_is_found(folders: tuple[str, ...], before: str) -> None:
    assert OF_A_MACHINE.search((before + "/" + "/".join(folders)).encode())


@pytest.mark.parametrize(
    "text",
    [
        "/usr/bin/env",
        "/dev/null",
        "https://quay.example/home/ada",
        "~/work/digest",
        "{folder}/root/x",
        "a/root",
    ],
)
def test_what_is_no_such_path_is_left_alone(text: str) -> None:
    assert not OF_A_MACHINE.search(text.encode())
