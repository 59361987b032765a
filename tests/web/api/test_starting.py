"""An edition that a program starts comes as far as by `digest run`, and no farther than people let it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from digest.model import EditionState
from digest.model.desk import Scope
from digest.web.app import build
from tests.journeys.desk import Folder
from tests.web.api.program import Program
from tests.web.newsroom import KEY, SEND_TIME, Open, at_work

EDITION = f"/api/v1/editions/morning/{KEY.day}"


@pytest.fixture
def sending(folder: Folder) -> Iterator[Open]:
    with at_work(folder, sends=True) as opened:
        yield opened


def program_of(opened: Open) -> Program:
    secret = opened.desk.newsroom.database.tokens.make("cms", list(Scope), now=opened.clock())
    return Program(TestClient(build(opened.desk), raise_server_exceptions=False), secret)


def wait_for(is_so: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if is_so():
            return
        time.sleep(0.02)
    pytest.fail("it did not come about")


def endings(opened: Open) -> list[str]:
    runs = opened.desk.newsroom.database.runs.listed(limit=20)
    return [one.ending for one in runs if one.by == "token cms"]


def test_a_started_edition_waits_for_its_approval_and_goes_out_after_it_once(sending: Open) -> None:
    program = program_of(sending)

    started = program("POST", f"{EDITION}/start", json={})
    wait_for(lambda: endings(sending) == ["waiting for approval"])
    waits = sending.edition.state
    seen = program("GET", EDITION).json()
    program("POST", f"{EDITION}/approve", json={"content_hash": seen["content_hash"]})
    sending.clock.now = SEND_TIME
    program("POST", f"{EDITION}/start", json={"until": "close"})
    wait_for(lambda: sending.edition.state is EditionState.CLOSED and len(endings(sending)) == 2)

    assert started.status_code == 202
    assert started.json() == {
        "newsletter": "morning",
        "number": str(KEY.day),
        "until": "close",
        "is_new": True,
    }
    assert waits is EditionState.DRAFT
    assert program("GET", f"{EDITION}/results").json()["sent"] == 5
    logged = [one for one in sending.desk.audit_log.entries() if one.action == "started"]
    assert {(one.who, one.edition, one.detail) for one in logged} == {
        ("token cms", str(KEY), "until close")
    }


def test_a_start_until_the_draft_makes_it_and_no_more(sending: Open) -> None:
    program = program_of(sending)

    program("POST", f"{EDITION}/start", json={"until": "draft"})
    wait_for(lambda: bool(endings(sending)))

    assert endings(sending) == ["done"]
    assert sending.edition.state is EditionState.DRAFT


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        pytest.param("/api/v1/editions/other/2026-11-23/start", {}, 404, id="no-newsletter"),
        pytest.param("/api/v1/editions/morning/2026-11-22/start", {}, 404, id="a-day-gone-by"),
        pytest.param("/api/v1/editions/morning/2026-11-24/start", {}, 404, id="a-day-to-come"),
        pytest.param(f"{EDITION}~correction-1/start", {}, 404, id="no-such-correction"),
        pytest.param("/api/v1/editions/morning/today/start", {}, 404, id="no-day"),
        pytest.param(f"{EDITION}/start", {"until": "the end"}, 422, id="no-step"),
        pytest.param(f"{EDITION}/start", {"now": True}, 422, id="unknown-name"),
    ],
)
def test_what_cannot_be_started_is_a_problem(
    sending: Open, path: str, body: dict[str, object], code: int
) -> None:
    answer = program_of(sending)("POST", path, json=body)

    assert (answer.status_code, answer.json()["status"]) == (code, code)
    assert endings(sending) == []


def test_a_desk_that_leaves_sending_to_others_starts_nothing(program: Program) -> None:
    answer = program("POST", f"{EDITION}/start", json={})

    assert answer.status_code == 409
    assert "--no-send" in answer.json()["detail"]
