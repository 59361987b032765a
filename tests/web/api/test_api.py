"""Programs with a token read, push, subscribe and approve; anything else is a problem told in one form."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from digest.day import job
from digest.model import EditionKey, SourceKey
from digest.model.desk import Scope
from subscribers import lists, people
from subscribers.model import Evidence
from tests.web.api.program import Program
from tests.web.newsroom import KEY, Open

EDITION = f"/api/v1/editions/morning/{KEY.day}"
ARTICLE = "/api/v1/sources/newsdesk/articles/boat-7"
BOAT: dict[str, Any] = {
    "title": "Pilots get a fourth boat",
    "text": "She was launched on Monday by the harbor master.",
}


def test_without_a_token_nothing_is_answered_but_the_document(desk: tuple[Open, TestClient]) -> None:
    opened, client = desk
    tokens = opened.desk.newsroom.database.tokens
    secret = tokens.make("reader", [Scope.READ], now=opened.clock())
    bearer = {"authorization": f"Bearer {secret}"}

    none = client.get(EDITION)
    wrong = client.get(EDITION, headers={"authorization": "Bearer dgt_no"})
    basic = client.get(EDITION, headers={"authorization": f"Basic {secret}"})
    outside = client.put(ARTICLE, json=BOAT, headers=bearer)
    right = client.get(EDITION, headers=bearer)
    tokens.take_back("reader")
    after = client.get(EDITION, headers=bearer)

    codes = [one.status_code for one in (none, wrong, basic, outside, right, after)]
    assert codes == [401, 401, 401, 403, 200, 401]
    assert none.headers["www-authenticate"].startswith("Bearer")
    assert none.headers["content-type"] == "application/problem+json"
    assert none.json()["status"] == 401
    assert client.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"


def test_a_token_is_kept_as_a_hash_only(desk: tuple[Open, TestClient]) -> None:
    opened, _ = desk
    secret = opened.desk.newsroom.database.tokens.make("cms", [Scope.PUSH], now=opened.clock())

    stored = b"".join(path.read_bytes() for path in opened.folder.root.glob("digest.db*"))

    assert secret.encode() not in stored


def test_an_edition_is_read_with_its_results(program: Program) -> None:
    listed = program("GET", "/api/v1/editions/morning").json()
    shown = program("GET", EDITION).json()

    assert [one["number"] for one in listed["items"]] == [str(KEY.day)]
    assert listed["next"] == ""
    assert shown["state"] == "draft"
    assert shown["items"]
    assert program("GET", f"{EDITION}/results").json()["frozen"] == 0


def test_an_article_is_pushed_once_whoever_pushes_it_how_often(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    opened, _ = desk

    codes = [program("PUT", ARTICLE, json=BOAT).json()["outcome"] for _ in range(2)]
    changed = program("PUT", ARTICLE, json={**BOAT, "byline": "Salma Otieno"})
    with ThreadPoolExecutor(6) as many:
        other = ARTICLE.replace("7", "8")
        at_once = list(many.map(lambda _: program("PUT", other, json=BOAT).json()["outcome"], range(6)))

    assert codes == ["new", "unchanged"]
    assert changed.json()["outcome"] == "changed"
    assert sorted(at_once) == ["new", *["unchanged"] * 5]
    assert len(opened.desk.newsroom.database.pushes.of(SourceKey("newsdesk"))) == 2
    logged = [one.action for one in opened.desk.audit_log.entries() if one.who == "token cms"]
    assert logged == ["pushed an article"] * 3


def test_what_was_pushed_is_crawled_and_what_was_withdrawn_is_gone(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    opened, _ = desk
    parts = opened.desk.parts("morning")
    program("PUT", ARTICLE, json=BOAT)

    def crawled() -> tuple[int, bool]:
        crawl = next(
            one for one in job.collect(parts, now=opened.clock()).sources if one.source == "newsdesk"
        )
        return crawl.new_or_changed, crawl.is_unchanged

    first, again = crawled(), crawled()
    codes = [program("DELETE", ARTICLE).status_code for _ in range(2)]
    crawled()
    seen = parts.reading.articles.seen(
        [SourceKey("newsdesk")],
        since=opened.clock().replace(year=2025),
        until=opened.clock().replace(year=2027),
    )

    assert (first, again) == ((1, False), (0, True))
    assert codes == [204, 204]
    assert [one.gone_at is not None for one in seen] == [True]


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        pytest.param("PUT", ARTICLE, b"{", 422, id="no-json"),
        pytest.param("PUT", ARTICLE, b"\xff", 422, id="no-utf-8"),
        pytest.param("PUT", ARTICLE, b"[]", 422, id="a-list"),
        pytest.param("PUT", ARTICLE, b"", 422, id="nothing"),
        pytest.param("PUT", ARTICLE, b"[" * 100_000, 422, id="deep"),
        pytest.param("PUT", ARTICLE, b'{"title": 7}', 422, id="wrong-type"),
        pytest.param("PUT", ARTICLE, b'{"title": ""}', 422, id="no-title"),
        pytest.param("PUT", ARTICLE, b'{"title": "a", "secret": 1}', 422, id="unknown-name"),
        pytest.param("PUT", ARTICLE, b" " * 2_300_000, 413, id="huge"),
        pytest.param("PUT", ARTICLE.replace("newsdesk", "other"), b'{"title": "a"}', 404, id="no-source"),
        pytest.param("PUT", ARTICLE + "x" * 400, b'{"title": "a"}', 404, id="long-id"),
        pytest.param("GET", "/api/v1/editions/morning?limit=0", b"", 422, id="no-limit"),
        pytest.param("GET", "/api/v1/editions/morning?limit=x", b"", 422, id="limit-of-words"),
        pytest.param("GET", "/api/v1/editions/morning?after=x", b"", 404, id="unknown-cursor"),
        pytest.param("GET", "/api/v1/editions/other", b"", 404, id="no-newsletter"),
        pytest.param("GET", "/api/v1/editions/morning/2020-01-01", b"", 404, id="no-edition"),
        pytest.param("GET", "/api/v1/editions/morning/today", b"", 404, id="no-day"),
        pytest.param("GET", "/api/v1/other", b"", 404, id="no-page"),
        pytest.param("PATCH", EDITION, b"", 405, id="no-method"),
        pytest.param("POST", f"{EDITION}/cancel", b"{}", 409, id="nothing-to-cancel"),
        pytest.param("POST", f"{EDITION}/approve", b'{"content_hash": "x"}', 409, id="other-bytes"),
        pytest.param("POST", "/api/v1/subscribers/show", b'{"address": "nobody"}', 422, id="no-address"),
        pytest.param("POST", "/api/v1/subscribers/show", b'{"address": "a@b.example"}', 404, id="stranger"),
        pytest.param(
            "POST",
            "/api/v1/subscribers",
            b'{"address": "a@b.example", "list": "morning"}',
            422,
            id="without-consent",
        ),
        pytest.param(
            "POST",
            "/api/v1/subscribers",
            b'{"address": "a@b.example", "list": "nowhere", "consent": "x"}',
            404,
            id="no-list",
        ),
    ],
)
def test_whatever_cannot_be_done_is_a_problem(
    program: Program, method: str, path: str, body: bytes, code: int
) -> None:
    answer = program(method, path, content=body)

    assert answer.status_code == code
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == code


def test_an_opt_out_wins_over_a_program(desk: tuple[Open, TestClient], program: Program) -> None:
    opened, _ = desk
    lists.ensure(opened.desk.newsroom.people, "morning", now=opened.clock())
    who = {"address": "Nuru@list.example"}
    asked = {**who, "list": "morning", "consent": "Ticked the box in the shop."}

    joined = program("POST", "/api/v1/subscribers", json=asked)
    shown = program("POST", "/api/v1/subscribers/show", json=who).json()
    left = program("POST", "/api/v1/subscribers/unsubscribe", json={**who, "list": "morning"})
    again = program("POST", "/api/v1/subscribers", json=asked)
    barred = program("POST", "/api/v1/subscribers/suppress", json=who)
    after = program("POST", "/api/v1/subscribers/show", json=who).json()

    assert (joined.status_code, joined.json()["state"]) == (200, "active")
    assert [one["state"] for one in shown["subscriptions"]] == ["active"]
    assert left.json() == {"changed": True}
    assert again.status_code == 409
    assert "Nuru@" not in again.text
    assert barred.json() == {"changed": True}
    assert after["suppressed"] == ["manual"]


def test_a_stored_subscriber_is_described_and_what_is_not_given_stays(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    opened, _ = desk
    people.add(
        opened.desk.newsroom.people, "nuru@list.example", "morning", Evidence(words="x"), now=opened.clock()
    )

    def described(**more: Any) -> Any:
        return program(
            "POST", "/api/v1/subscribers/describe", json={"address": "NURU@list.example", **more}
        )

    first = described(
        name="  Nuru \u200b Ali ", language="pt-br", tags=["coast", "VIP, old", "coast"]
    ).json()
    again = described(name="Nuru Ali").json()
    nothing = described(tags=None).json()
    none = described(name="", tags=[]).json()

    assert (first["name"], first["language"], first["tags"]) == ("Nuru Ali", "pt-br", ["VIP, old", "coast"])
    assert again == nothing == first
    assert (none["name"], none["language"], none["tags"]) == ("", "pt-br", [])
    assert [one["state"] for one in none["subscriptions"]] == ["active"]
    logged = [one for one in opened.desk.audit_log.entries() if one.who == "token cms"]
    assert [(one.action, one.detail) for one in logged] == [("changed a reader", first["id"])] * 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param({"language": "the tongue of angels"}, 422, id="no-language"),
        pytest.param({"name": "a\nb"}, 422, id="two-lines"),
        pytest.param({"name": "a\x00"}, 422, id="nul"),
        pytest.param({"tags": [""]}, 422, id="empty-tag"),
        pytest.param({"tags": ["x" * 101]}, 422, id="long-tag"),
        pytest.param({"tags": "coast"}, 422, id="tags-no-list"),
        pytest.param({"state": "active"}, 422, id="state"),
        pytest.param({"name": "Nuru"}, 404, id="stranger"),
        pytest.param({"address": "barred@list.example", "name": "Nuru"}, 404, id="only-suppressed"),
    ],
)
def test_what_cannot_be_described_is_a_problem(program: Program, more: dict[str, Any], code: int) -> None:
    program("POST", "/api/v1/subscribers/suppress", json={"address": "barred@list.example"})

    answer = program(
        "POST", "/api/v1/subscribers/describe", json={"address": "stranger@list.example", **more}
    )

    assert (answer.status_code, answer.json()["status"]) == (code, code)


def test_subscribers_come_in_pages(desk: tuple[Open, TestClient], program: Program) -> None:
    everybody, after = [], ""
    while True:
        page = program("GET", f"/api/v1/subscribers?limit=2&after={after}").json()
        everybody += [one["id"] for one in page["items"]]
        after = page["next"]
        if not after:
            break

    assert everybody == sorted(set(everybody))
    assert len(everybody) >= 1


def test_no_edition_comes_twice_or_is_lost_while_others_are_made(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    """A new one on top of the list moves all others down; what is behind the cursor stays behind it."""
    opened, _ = desk
    editions = opened.desk.editions
    first = editions.listed("morning")[0]

    def make(day: date, slot: str = "") -> str:
        key = EditionKey("morning", day, slot)
        editions.save_draft(replace(first, key=key), (), expected_revision=0, now=opened.clock())
        return f"{day}~{slot}" if slot else str(day)

    before = first.key.day
    older = [make(before - timedelta(days=days)) for days in range(1, 6)]
    second = make(before - timedelta(days=2), "evening")
    expected = [str(before), older[0], second, *older[1:]]
    seen, after, ahead = [], "", before
    while True:
        page = program("GET", f"/api/v1/editions/morning?limit=2&after={after}").json()
        seen += [one["number"] for one in page["items"]]
        after, ahead = page["next"], ahead + timedelta(days=1)
        make(ahead)
        if not after:
            break

    assert seen == expected
    gone = program(
        "GET", f"/api/v1/editions/morning?limit=1&after={before - timedelta(days=3)}~gone"
    ).json()
    assert [one["number"] for one in gone["items"]] == [older[2]]


def test_an_edition_is_approved_as_it_was_seen_and_canceled(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    opened, _ = desk
    seen = program("GET", EDITION).json()

    approved = program("POST", f"{EDITION}/approve", json={"content_hash": seen["content_hash"]})
    again = program("POST", f"{EDITION}/approve", json={"content_hash": seen["content_hash"]})
    canceled = program("POST", f"{EDITION}/cancel", json={})

    assert approved.status_code == again.status_code == 200
    assert approved.json()["state"] == "approved"
    assert canceled.json()["outcome"] == "a draft again"
    logged = [one.action for one in opened.desk.audit_log.entries() if one.who == "token cms"]
    assert logged == ["canceled, a draft again", "approved"]


def test_a_program_that_calls_too_often_is_told_to_wait(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    codes = {program("GET", "/api/v1/editions/other").status_code for _ in range(600)}
    answer = program("GET", EDITION)

    assert codes == {404}
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


def test_the_document_names_every_operation_and_only_shapes_it_defines(program: Program) -> None:
    document = program("GET", "/api/v1/openapi.json").json()
    text = program("GET", "/api/v1/openapi.json").text

    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) == 17
    for chunk in text.split('"#/components/schemas/')[1:]:
        assert chunk.partition('"')[0] in document["components"]["schemas"]
