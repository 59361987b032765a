"""A at_work edition, copied for each test, and a browser that stays open for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work, written


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
