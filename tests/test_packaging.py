"""Wheel and sdist hold what the checkout holds."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def checkout(folder: str) -> dict[str, bytes]:
    root = ROOT / folder
    found = {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert found
    return found


def wheel_files(built: Path, folder: str) -> dict[str, bytes]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        return {
            name.removeprefix(folder): wheel.read(name)
            for name in wheel.namelist()
            if name.startswith(folder)
        }


def sdist_files(built: Path, folder: str) -> dict[str, bytes]:
    found = {}
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        for member in sdist.getmembers():
            name = member.name.partition("/")[2]
            content = sdist.extractfile(member) if member.isfile() else None
            if name.startswith(folder) and content is not None:
                found[name.removeprefix(folder)] = content.read()
    return found


def test_the_wheel_holds_the_same_templates_as_the_checkout(built: Path) -> None:
    assert wheel_files(built, "digest/_templates/") == checkout("templates")


def test_the_sdist_holds_the_same_templates_as_the_checkout(built: Path) -> None:
    assert sdist_files(built, "templates/") == checkout("templates")


@pytest.mark.parametrize("package", ["digest", "subscribers"])
def test_the_wheel_holds_both_packages_whole(built: Path, package: str) -> None:
    shipped = wheel_files(built, f"{package}/")

    missing = [name for name in checkout(package) if name not in shipped]

    assert not missing


def test_the_wheel_holds_no_test_and_no_second_copy(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"digest", "subscribers"}
