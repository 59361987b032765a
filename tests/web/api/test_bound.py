"""A token that is bound to newsletters knows nothing of the others, whatever it asks."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from digest.model.desk import Scope
from digest.web.api.routes import OPERATIONS
from tests.journeys.desk import Folder
from tests.web.api.program import Program
from tests.web.newsroom import KEY, Open

UNKNOWN = "nobody-knows"
PATHS = {"newsletter": "morning", "number": str(KEY.day), "source": "newsdesk", "id": "boat-7"}
ARTICLE = {"title": "Pilots get a fourth boat", "text": "She was launched on Monday."}
BODIES = {
    "push": ARTICLE,
    "start": {"until": "draft"},
    "approve": {"content_hash": "0" * 64},
    "cancel": {},
}


def bound(opened: Open, client: TestClient, *newsletters: str, name: str = "bound") -> Program:
    tokens = opened.desk.newsroom.database.tokens
    return Program(client, tokens.make(name, list(Scope), now=opened.clock(), newsletters=newsletters))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_of_another_newsletter_it_is_told_what_is_told_of_none(
    desk: tuple[Open, TestClient], operation: object
) -> None:
    opened, client = desk
    program = bound(opened, client, "evening")
    one = next(each for each in OPERATIONS if each is operation)
    path = one.path.format(**PATHS)
    body = BODIES.get(one.act.__name__)

    answer = program(one.method, f"/api/v1{path}", **({"json": body} if body is not None else {}))

    if one.scope is Scope.READERS:
        assert (answer.status_code, "about all readers" in answer.text) == (403, True)
        return
    free = Program(
        client, opened.desk.newsroom.database.tokens.make("free", list(Scope), now=opened.clock())
    )
    unknown = one.path.format(**{**PATHS, "newsletter": UNKNOWN, "source": UNKNOWN})
    of_none = free(one.method, f"/api/v1{unknown}", **({"json": body} if body is not None else {}))
    assert answer.status_code == of_none.status_code == 404
    assert answer.json()["detail"].replace("morning", UNKNOWN) == of_none.json()["detail"]


def test_its_own_newsletter_is_read_and_pushed_to(desk: tuple[Open, TestClient]) -> None:
    opened, client = desk
    program = bound(opened, client, "morning", "evening")

    assert program("GET", f"/api/v1/editions/morning/{KEY.day}").status_code == 200
    assert program("PUT", "/api/v1/sources/newsdesk/articles/boat-7", json=ARTICLE).status_code == 201


def test_the_command_line_binds_lists_and_refuses(folder: Folder) -> None:
    made = folder("tokens", "make", "cms", "--scope", "read", "--newsletter", "morning")
    nobody = folder("tokens", "make", "other", "--scope", "read", "--newsletter", "evening")
    readers = folder("tokens", "make", "crm", "--scope", "readers", "--newsletter", "morning")
    listed = folder("tokens", "list")

    assert made.code == 0
    assert (nobody.code, readers.code) == (65, 65)
    assert "there is none of that key" in nobody.err
    assert "cms: read; bound to morning; never used" in listed.out
    assert listed.out.count("\n") == 1
