"""Many articles in one call: what is good is kept, what is not is named, and a repeat changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from digest.model import SourceKey
from tests.web.api.program import Program
from tests.web.newsroom import Open

MANY = "/api/v1/sources/newsdesk/articles"


def article(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "title": f"Story {name}", "url": f"https://harbour.example/{name}", **more}


def kept(opened: Open) -> dict[str, Any]:
    source = opened.desk.loaded.settings.newsletters["morning"].sources[-1].key
    found = opened.desk.newsroom.database.pushes.of(SourceKey(source))
    return {one.name: orjson.loads(one.body) for one in found}


def test_what_is_good_is_kept_and_each_refusal_is_named(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    sent = [
        article("a"),
        {"id": "b"},
        article("c", color="red"),
        article(""),
        article("line\nbreak"),
        {"title": "nameless"},
        article("x" * 301),
        article("d", title=7 * 10**26),
        article("e/1"),
    ]

    answer = program("POST", MANY, json={"articles": sent})

    told = answer.json()
    assert answer.status_code == 207
    assert [(one["id"], one["outcome"]) for one in told["kept"]] == [("a", "new"), ("e/1", "new")]
    assert [one["index"] for one in told["refused"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [one["errors"][0]["pointer"] for one in told["refused"]] == [
        "#/articles/1/title",
        "#/articles/2/color",
        "#/articles/3/id",
        "#/articles/4/id",
        "#/articles/5/id",
        "#/articles/6/id",
        "#/articles/7/title",
    ]
    assert set(kept(desk[0])) == {"a", "e/1"}


def test_a_call_whose_answer_was_lost_is_made_again_without_harm(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    sent = {"articles": [article("a"), article("b")]}

    first, again = (program("POST", MANY, json=sent).json() for _ in range(2))
    other = program("POST", MANY, json={"articles": [article("a", text="New."), article("b")]}).json()
    alone = program("PUT", f"{MANY}/b", json={k: v for k, v in article("b").items() if k != "id"})

    assert [one["outcome"] for one in first["kept"]] == ["new", "new"]
    assert [one["outcome"] for one in again["kept"]] == ["unchanged", "unchanged"]
    assert [one["outcome"] for one in other["kept"]] == ["changed", "unchanged"]
    assert alone.json()["outcome"] == "unchanged"
    assert kept(desk[0])["a"]["text"] == "New."


def test_one_id_twice_in_a_call_is_kept_as_it_came_last(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    told = program("POST", MANY, json={"articles": [article("a"), article("a", text="Later.")]}).json()

    assert [one["outcome"] for one in told["kept"]] == ["new", "changed"]
    assert kept(desk[0])["a"]["text"] == "Later."


def test_several_at_once_keep_each_article_once(desk: tuple[Open, TestClient], program: Program) -> None:
    sent = {"articles": [article(str(number)) for number in range(12)]}

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: program("POST", MANY, json=sent), range(4)))

    outcomes = [one["outcome"] for answer in answers for one in answer.json()["kept"]]
    assert {answer.status_code for answer in answers} == {200}
    assert (outcomes.count("new"), outcomes.count("changed")) == (12, 0)
    assert len(kept(desk[0])) == 12


@pytest.mark.parametrize(
    "sent",
    [
        {},
        [],
        {"articles": []},
        {"articles": {}},
        {"articles": ["a"]},
        {"articles": [article(str(n)) for n in range(501)]},
        {"articles": [{"id": "a"}]},
        {"articles": [article("a")], "more": 1},
    ],
)
def test_a_call_that_holds_nothing_good_is_refused(
    desk: tuple[Open, TestClient], program: Program, sent: object
) -> None:
    answer = program("POST", MANY, json=sent)

    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert not kept(desk[0])


def test_every_answer_tells_what_is_left_of_the_limit(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    good = program("GET", "/api/v1/editions/morning")
    gone = program("GET", "/api/v1/editions/nobody")
    unknown = desk[1].get("/api/v1/editions/morning")

    assert good.headers["ratelimit-policy"] == '"default";q=600;w=60'
    assert good.headers["ratelimit"] == '"default";r=599;t=60'
    assert (gone.status_code, gone.headers["ratelimit-remaining"]) == (404, "598")
    assert (unknown.status_code, unknown.headers["ratelimit-remaining"]) == (401, "599")


def test_who_calls_too_often_is_told_when_there_is_more(
    desk: tuple[Open, TestClient], program: Program
) -> None:
    answers = [program("GET", "/api/v1/archive/nobody") for _ in range(601)]

    assert [one.status_code for one in answers[-2:]] == [404, 429]
    assert answers[-1].headers["retry-after"] == "60"
    assert answers[-1].headers["ratelimit"] == '"default";r=0;t=60'
    assert answers[-1].headers["content-type"] == "application/problem+json"


def test_the_document_tells_of_a_database_that_is_away(desk: tuple[Open, TestClient]) -> None:
    document = desk[1].get("/api/v1/openapi.json").json()

    for path in document["paths"].values():
        for operation in path.values():
            assert {"500", "503"} <= set(operation["responses"])
            assert "Retry-After" in operation["responses"]["503"]["headers"]
            assert "RateLimit" in operation["responses"]["429"]["headers"]
