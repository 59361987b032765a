"""A day that was sent, for every page that a reader sees afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk import AT_SEND, Folder
from tests.web.newsroom import Open, at_work, written


@pytest.fixture(scope="module")
def sent_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("sent"), newsletter="", readers=3)
    assert folder("run", "morning", now=AT_SEND).code == 0
    return folder.root


@pytest.fixture
def sent(sent_folder: Path, tmp_path: Path) -> Iterator[Open]:
    shutil.copytree(sent_folder, tmp_path, dirs_exist_ok=True)
    with at_work(Folder(tmp_path)) as opened:
        yield opened
