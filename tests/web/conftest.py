"""A at_work edition, copied for each test, and a browser that stays open for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work, written

_END = "-----END CERTIFICATE-----"


@pytest.fixture(scope="session")
def one_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the first of the world's certificates: who asks a desk of these tests needs none."""
    world = Path(certifi.where()).read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("trust") / "one.pem"
    path.write_text(world[: world.index(_END) + len(_END)] + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def little_trust(one_certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call of `httpx` reads all certificates there are, which takes longer than our answer."""
    monkeypatch.setenv("SSL_CERT_FILE", str(one_certificate))


@pytest.fixture(scope="session")
def newsroom_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("newsroom")).root


@pytest.fixture
def folder(newsroom_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    shutil.copytree(newsroom_folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


@pytest.fixture
def opened(folder: Folder) -> Iterator[Open]:
    with at_work(folder) as desk:
        yield desk
