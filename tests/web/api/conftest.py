"""A desk with a source that is pushed to, and a program with a token for all of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from digest.model.desk import Scope
from digest.web.app import build
from tests.journeys.desk import Folder
from tests.web.api.program import Program
from tests.web.newsroom import Open, at_work

SOURCE = '\n[[newsletters.morning.sources]]\nkind = "push"\nname = "newsdesk"\n'


@pytest.fixture
def desk(folder: Folder) -> Iterator[tuple[Open, TestClient]]:
    config = folder.root / "digest.toml"
    config.write_text(config.read_text(encoding="utf-8") + SOURCE, encoding="utf-8")
    with at_work(folder) as opened:
        yield opened, TestClient(build(opened.desk), raise_server_exceptions=False)


@pytest.fixture
def program(desk: tuple[Open, TestClient]) -> Program:
    opened, client = desk
    secret = opened.desk.newsroom.database.tokens.make("cms", list(Scope), now=opened.clock())
    return Program(client, secret)
