"""Wheel and sdist hold what the checkout holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def _run(*command: str | Path, folder: Path) -> str:
    environ = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8", **_CACHES}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


_CACHES = {
    "UV_SYSTEM_CERTS": "true",
    "PIP_CACHE_DIR": str(Path.home() / ".cache/pip"),
    "UV_CACHE_DIR": str(Path.home() / ".cache/uv"),
    **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))},
}
MOST_BYTES = 130_000_000
"""Of all that a bare install brings, as pip lays it down, compiled modules included; blocks round it up."""


def _installed_by_pip(place: Path, package: Path) -> Path:
    _run(sys.executable, "-m", "venv", place, folder=place.parent)
    _run(place / "bin/python", "-m", "pip", "install", "-q", package, folder=place.parent)
    return place


def _installed_by_uv(place: Path, package: Path) -> Path:
    uv = Path(sys.executable).parent / "uv"
    _run(uv, "venv", "-q", "--python", sys.executable, place, folder=place.parent)
    _run(uv, "pip", "install", "-q", "--python", place / "bin/python", package, folder=place.parent)
    return place


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("install", "package"),
    [
        pytest.param(_installed_by_pip, "*.whl", id="wheel-by-pip"),
        pytest.param(_installed_by_uv, "*.tar.gz", id="sdist-by-uv"),
    ],
)
def test_it_installs_into_an_empty_environment_and_does_a_day(
    install: Callable[[Path, Path], Path], package: str, built: Path, tmp_path: Path
) -> None:
    place = install(tmp_path / "venv", next(built.glob(package)))
    digest = place / "bin/digest"

    shown = _run(digest, "--version", folder=tmp_path)
    _run(digest, "demo", "demo", folder=tmp_path)  # templates, migrations, styles
    _run(digest, "init", "news", folder=tmp_path)
    config = tmp_path / "news/digest.toml"
    config.write_text(config.read_text().replace('language = "en"', 'language = "de"'))
    _run(digest, "migrate", folder=tmp_path / "news")
    _run(digest, "preview", "morning", folder=tmp_path / "news")  # catalogs

    assert shown.startswith("digest ")
    assert list((tmp_path / "demo/outbox").rglob("*.eml"))
    (text,) = (tmp_path / "news/preview").glob("*.txt")
    assert "abonniert" in text.read_text()
    packages = next((place / "lib").glob("python*")) / "site-packages"
    its_own = {"pip", "setuptools", "pkg_resources", "_distutils_hack"}
    sizes = sum(
        one.stat().st_size
        for one in packages.rglob("*")
        if one.is_file() and one.relative_to(packages).parts[0].split("-")[0] not in its_own
    )
    assert sizes < MOST_BYTES, sizes


LOCK = (ROOT / "deploy/requirements.txt").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
IN_THE_CONTAINER = ("extraction", "postgres", "desk", "oidc", "feedback", "check")


def _wanted() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for name in IN_THE_CONTAINER for line in extras[name])]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("wanted", [pytest.param(one, id=one.name) for one in _wanted()])
def test_the_lock_holds_what_the_project_asks_for(wanted: Requirement) -> None:
    pinned = {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", LOCK, re.MULTILINE)
    }

    assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), "run `make lock`"


def test_every_package_of_the_lock_has_a_hash_and_the_container_asks_for_it() -> None:
    packages = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]

    assert [one.split()[0] for one in packages if "--hash=sha256:" not in one] == []
    assert "--require-hashes -r deploy/requirements.txt" in (ROOT / "deploy/Containerfile").read_text()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param("exit 0", 0, id="clean"),
        pytest.param("exit 1", 2, id="a-vulnerability"),
        # As pip-audit does where an index knows no advisories: it says "No known vulnerabilities found".
        pytest.param('case "$*" in *--strict*) exit 1; esac; exit 0', 2, id="nothing-could-be-asked"),
    ],
)
def test_an_audit_is_clean_only_where_each_package_was_asked_about(
    answer: str, code: int, tmp_path: Path
) -> None:
    for name, script in {"python": "exit 0", "pip-audit": answer}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)

    command = ["make", "-s", "audit", f"BIN={tmp_path}", "STAMP=Makefile"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == code
    assert ("could not be audited" in done.stderr) is (code != 0)


@pytest.mark.parametrize(
    ("shell", "environ"),
    [
        pytest.param("bash", {"COMP_WORDS": "digest pre", "COMP_CWORD": "1"}, id="bash"),
        pytest.param("zsh", {"COMP_WORDS": "digest pre", "COMP_CWORD": "1"}, id="zsh"),
        pytest.param("fish", {"COMP_WORDS": "digest pre", "COMP_CWORD": "pre"}, id="fish"),
    ],
)
def test_shells_complete_commands(shell: str, environ: dict[str, str]) -> None:
    digest = Path(sys.executable).parent / "digest"
    given = {**os.environ, **environ, "_DIGEST_COMPLETE": f"{shell}_complete"}
    whole = {**os.environ, "_DIGEST_COMPLETE": f"{shell}_source"}

    completed = subprocess.run([digest], env=given, capture_output=True, text=True, check=False).stdout
    script = subprocess.run([digest], env=whole, capture_output=True, text=True, check=False).stdout

    assert "preview" in completed
    assert "_DIGEST_COMPLETE" in script
