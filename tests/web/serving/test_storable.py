"""Signs that no database takes: what is typed with one is stored without it, and nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.web.newsroom import PAGE, Client, Open, at_work, written

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(scope="module", params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    root = tmp_path_factory.mktemp("newsroom")
    url = f"sqlite:///{root}/digest.db"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.create())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        with at_work(written(Path(root), database=url)) as opened:
            yield opened


def edited(client: Client, body: bytes) -> httpx.Response:
    return client.http.post(
        f"{PAGE}/edits",
        content=body,
        headers={
            "sec-fetch-site": "same-origin",
            "x-desk-token": client.token,
            "content-type": "application/json",
        },
    )


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param("\0", id="nul"),
        pytest.param("\ud83d", id="half-an-emoji"),
        pytest.param("\udc80", id="the-other-half"),
        pytest.param("\uffff", id="no-character"),
        pytest.param("\x1b[31m", id="a-terminal"),
        pytest.param("\u202e", id="from-right-to-left"),
    ],
)
@pytest.mark.parametrize("field", ["subject", "preheader", "headline", "blurb", "by-hand", "note"])
def test_a_text_with_an_odd_sign_is_stored_and_what_follows_it_too(
    desk: Open, field: str, sign: str
) -> None:
    text = f"Fares{sign} rise {field} {sign!a}".replace("\\", "")
    with desk.client() as client:
        desk.clock.forward(timedelta(seconds=5))
        item = desk.edition.items[0].article
        sent: dict[str, object] = {"kind": field, "text": text, "revision": desk.edition.revision}
        if field in {"headline", "blurb"}:
            sent["article"] = item
        if field == "by-hand":
            sent = {**sent, "headline": text, "url": "", "section": "port"}
        if field == "note":
            assert client.edit("block-add", block="note", spot="top").status_code == 200
            revision = desk.edition.revision
            sent = {
                **sent,
                "kind": "block-text",
                "article": desk.edition.blocks[-1].id,
                "revision": revision,
            }

        answer = edited(client, json.dumps(sent).encode())

        assert (answer.status_code, answer.text[:200] if answer.is_error else "") == (200, "")
        if field == "note":
            block = desk.edition.blocks[-1]
            assert "rise note" in block.text
            assert client.edit("block-drop", article=block.id).status_code == 200


@pytest.mark.parametrize("name", ["mark", "tab", "was", "state", "article", "section", "behind"])
def test_no_other_value_of_a_change_breaks_the_desk(desk: Open, name: str) -> None:
    with desk.client() as client:
        values: tuple[object, ...] = ("a\0", "\ud83d", "x" * 50_000, 7, None, [], {}, True)
        for value in values:
            item = desk.edition.items[0].article
            sent = {"kind": "move", "article": item, "section": "port", "at": 0}
            answer = edited(client, json.dumps({**sent, "revision": 1, name: value}).encode())
            assert answer.status_code in {200, 409, 422}, (value, answer.text)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"[" * 90_000, id="deep-list"),
        pytest.param(b'{"a":' * 30_000, id="deep-object"),
        pytest.param(b'{"kind":"undo","revision":' + b"9" * 5_000 + b"}", id="long-number"),
        pytest.param(b"\xff\xfe", id="no-text"),
        pytest.param(b"nul", id="no-json"),
    ],
)
def test_a_body_that_is_no_change_is_refused(desk: Open, body: bytes) -> None:
    with desk.client() as client:
        assert edited(client, body).status_code == 400


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/archive/morning", "q"),
        ("/archive/morning", "month"),
        ("/desk/look-back/morning", "q"),
        ("/desk/look-back/morning/articles", "q"),
        ("/desk/look-back/morning/articles", "source"),
        ("/desk/look-back/morning/articles", "section"),
        ("/desk/look-back/morning/articles", "since"),
        (f"{PAGE}/others", "q"),
        (f"{PAGE}/preview", "as"),
        (f"{PAGE}/pictures", "of"),
        (f"{PAGE}/leave-out", "article"),
        ("/desk/log", "q"),
        ("/desk/log", "who"),
        ("/desk/people/segments", "name"),
    ],
)
def test_no_search_breaks_the_desk(desk: Open, path: str, name: str) -> None:
    attacks = (
        "a\0b",
        "\"'`",
        "%_",
        "a OR NOT NEAR(b) c:d ^e*",
        "((((",
        "新聞記事",
        "ข่าวด่วน",
        "بحث",
        "-",
        "",
    )
    with desk.client() as client:
        for text in (*attacks, "9" * 30, "z" * 3_000, "\\", "é" * 300, "2026-13-45", "0001-01-01"):
            desk.clock.forward(timedelta(seconds=2))
            answer = client.http.get(f"{path}?{name}={quote(text)}", headers={"accept": "text/html"})
            assert answer.status_code < 500, (text, answer.text[:300])


@pytest.mark.parametrize(
    "path",
    [
        "/desk/editions/morning%00/2026-11-23",
        "/desk/editions/morning/2026-11-23~%00",
        "/desk/editions/morning/0001-01-01",
        "/desk/editions/morning/9999-12-31/checks",
        "/desk/newsletters/morning%00",
        "/desk/newsletters/morning/sources%00/one",
        "/desk/newsletters/versions/99999999999999999999",
        "/desk/bookings/morning/%00",
        "/desk/bookings/morning/99999999999999999999",
        "/desk/look-back/morning/2026-11-23%00",
        "/desk/people/one/%00",
        "/desk/people/one/99999999999999999999",
        "/desk/people/import/%00",
        "/desk/pictures/%00",
        "/desk/welcome/%00",
        "/desk/enter/%00",
        "/archive/morning%00",
        "/archive/morning/2026-11-23%00",
        "/archive/morning/0001-01-01",
        "/signup/morning%00",
        "/media/%00.jpg",
        "/u/%00",
        "/p/%00",
        "/c/%00",
        "/l/%00",
        "/v/%00",
    ],
)
def test_no_address_breaks_the_desk(desk: Open, path: str) -> None:
    with desk.client() as client:
        assert client.get(path).status_code in {200, 303, 400, 404, 405, 410}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (f"{PAGE}/comments", {"about": "ARTICLE", "text": "Ask again"}),
        (f"{PAGE}/test", {"to": "a@desk.example", "addresses": "a@desk.example"}),
        (f"{PAGE}/time", {"at": "09:00", "time": "09:00"}),
        (f"{PAGE}/leave-out", {"article": "ARTICLE", "kind": "quiz", "tag": "port", "do": "out"}),
        (f"{PAGE}/correct", {"article": "ARTICLE", "headline": "a", "text": "b", "subject": "c"}),
        ("/desk/newsletters/new", {"key": "noon", "title": "Noon", "sender": "a@b.example"}),
        ("/desk/newsletters/morning", {"title": "Dawn", "version": "0", "sender_name": "a"}),
        ("/desk/newsletters/morning/sections", {"key": "new", "title": "New", "tags": "a"}),
        ("/desk/newsletters/morning/sources", {"key": "new", "url": "https://x.invalid/"}),
        ("/desk/bookings/morning", {"payer": "P", "title": "T", "text": "t", "label": "l", "days": "x"}),
        ("/desk/people/find", {"part": "a", "q": "a", "address": "a"}),
        ("/desk/people/add", {"address": "x@y.example", "name": "N", "language": "en", "list": "morning"}),
        ("/desk/people/bar", {"address": "x@y.example", "reason": "r"}),
        ("/desk/people/segments", {"name": "s", "newsletter": "morning", "tags": "a", "do": "save"}),
        ("/desk/people/export", {"list": "morning", "segment": "s"}),
        ("/desk/team/invite", {"name": "dara", "address": "d@x.example", "role": "editor"}),
        ("/desk/team/change", {"name": "bo", "role": "editor"}),
        ("/desk/me/address", {"address": "x@y.example"}),
        ("/desk/me/password", {"old": "x", "new": "yyyyyyyyyyyyyy", "again": "yyyyyyyyyyyyyy"}),
        ("/desk/me/language", {"language": "de"}),
        ("/desk/looks", {"accent": "#112233", "newsletter": "morning", "font": "x"}),
        ("/desk/login", {"name": "dara", "password": "x"}),
        ("/desk/login/code", {"code": "123456"}),
        ("/signup/morning", {"email": "a@b.example", "address": "a@b.example", "name": "x"}),
    ],
)
def test_no_form_breaks_the_desk(desk: Open, path: str, form: dict[str, str]) -> None:
    with desk.client() as client:
        told = {name: text.replace("ARTICLE", desk.edition.items[0].article) for name, text in form.items()}
        for name in told:
            for value in ("a\0b", "\0", "9" * 60, "x" * 20_000, "🦑", "%ED%B2%80", "0001-01-01"):
                desk.clock.forward(timedelta(seconds=2))
                answer = client.post(path, **{**told, name: value})
                assert answer.status_code < 500, (name, value[:20], answer.text[:300])
