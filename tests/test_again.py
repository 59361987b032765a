"""What fails in a browser is tried once more, by the suite's own configuration; nothing else is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = """\
import pathlib, pytest, warnings

@pytest.fixture(scope="session")
def kept():
    return []

@pytest.fixture
def tries(request, kept):
    kept.append("opened")
    file = pathlib.Path(__file__).with_name(request.node.name)
    with file.open("a") as written:
        written.write("tried ")
    yield file.read_text().split()
    kept.append("closed")
    pathlib.Path(__file__).with_name("kept").write_text(" ".join(kept))

@pytest.mark.chromium
def test_that_has_bad_luck_once(tries):
    assert len(tries) == 2

@pytest.mark.chromium
def test_of_a_fault(tries):
    warnings.warn("a warning is an error")

@pytest.mark.chromium
def test_that_is_fine(tries):
    pass

def test_without_a_browser(tries):
    assert len(tries) == 2
"""


def test_a_second_try_is_for_browsers_alone_and_counted(tmp_path: Path) -> None:
    """Each try has fixtures of its own, but those of the session."""
    file = tmp_path / "test_tried.py"
    file.write_text(CODE)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "1",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
    ]
    options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), str(file)]

    ended = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)

    assert "\n2 failed, 2 passed, 2 rerun in " in ended.stdout, ended.stdout + ended.stderr
    assert ended.returncode == 1
    for name, tries in (
        ("that_has_bad_luck_once", 2),
        ("of_a_fault", 2),
        ("that_is_fine", 1),
        ("without_a_browser", 1),
    ):
        assert (tmp_path / f"test_{name}").read_text().split() == ["tried"] * tries
        assert (f"RERUN ::test_{name}" in ended.stdout) is (tries > 1)
    assert (tmp_path / "kept").read_text() == " ".join(["opened closed"] * 6)
