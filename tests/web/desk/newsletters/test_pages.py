"""Newsletters in the browser: who may, what is refused, who clashes with whom, and the way back."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import httpx
import pytest

from digest.model.desk import Role
from digest.web.serving.limits import RateLimit
from tests.web.newsroom import Client, Open

HERE = "/desk/newsletters/morning"
FOLDER = f"{HERE}/sources/one?name=folder:articles"
PORT = f"{HERE}/sections/one?name=port"
PAGES = (
    "/desk/newsletters",
    "/desk/newsletters/new",
    "/desk/newsletters/versions",
    HERE,
    PORT,
    FOLDER,
    f"{HERE}/sections/new",
    f"{HERE}/sources/new",
)
CHANGES = {
    "a newsletter": (HERE, {"title": "Early"}),
    "pausing": (f"{HERE}/pause", {"rests": "yes"}),
    "a draft": (f"{HERE}/draft", {}),
    "a section": (PORT, {"title": "Harbor"}),
    "taking out": (PORT, {"act": "take-out"}),
    "another section": (f"{HERE}/sections", {"key": "sport", "title": "Sport"}),
    "another source": (f"{HERE}/sources", {"kind": "push", "name": "wire", "tried": "push "}),
    "trying": (FOLDER, {"act": "try"}),
    "a new one": ("/desk/newsletters/new", {"key": "evening"}),
    "going back": ("/desk/newsletters/versions/0/back", {}),
}


def version(opened: Open) -> int:
    return opened.desk.newsroom.database.kept_settings.version()


def given(opened: Open) -> dict[str, object]:
    kept = opened.desk.newsroom.database.kept_settings.read()
    return {".".join(place[2:]): json.loads(one.json) for place, one in kept.values.items()}


def text(answer: httpx.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize("path", PAGES)
def test_looking_changes_nothing(opened: Open, path: str) -> None:
    with opened.client() as client:
        entries = len(opened.desk.audit_log.entries())

        assert client.http.get(path, headers={"accept": "text/html"}).status_code == 200

    assert version(opened) == 0
    assert len(opened.desk.audit_log.entries()) == entries


@pytest.mark.parametrize("name", CHANGES)
def test_changing_takes_the_role_manager(opened: Open, name: str) -> None:
    path, form = CHANGES[name]
    with opened.client("eve", [Role.EDITOR, Role.APPROVER, Role.OPS]) as client:
        assert client.post(path, version="0", **form).status_code == 403

    assert version(opened) == 0


@pytest.mark.parametrize("name", CHANGES)
def test_a_form_from_elsewhere_changes_nothing(opened: Open, name: str) -> None:
    path, form = CHANGES[name]
    with opened.client() as client:
        stale = Client(client.http, "wrong", opened)

        assert stale.post(path, version="0", **form).status_code == 403

    assert version(opened) == 0


def test_what_is_saved_is_in_force_at_once_and_written_in_the_log(opened: Open) -> None:
    with opened.client() as client:
        answer = client.post(
            HERE, version="0", title="Early", send_at="06:45", **{"theme.accent": "#123456"}
        )

    assert answer.status_code == 303
    assert given(opened) == {"title": "Early", "send_at": "06:45", "theme.accent": "#123456"}
    assert opened.desk.newsletters["morning"].title == "Early"
    assert opened.desk.parts("morning").newsletter.theme["accent"] == "#123456"
    entry = opened.desk.audit_log.entries()[0]
    assert (entry.who, entry.action) == ("amina", "changed newsletters")
    assert 'morning.title: as in the file → "Early"' in entry.detail


def test_what_is_as_the_file_has_it_is_not_kept(opened: Open) -> None:
    with opened.client() as client:
        client.post(HERE, version="0", title="Early")
        client.post(HERE, version="1", title="Gazette Morning")

    assert given(opened) == {}


def test_a_box_that_is_unticked_says_no_only_where_it_was_shown(opened: Open) -> None:
    with opened.client() as client:
        client.post(HERE, version="0", **{"has:subject_test": "1", "subject_test": "yes"})
        client.post(HERE, version="1", title="Early")
        assert given(opened)["subject_test"] is True

        client.post(HERE, version="2", **{"has:subject_test": "1"})

    assert "subject_test" not in given(opened)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"send_at": "25:99"}, "Send at: must be a time like 06:30"),
        ({"minimum_items": "many"}, "Minimum items: must be a whole number"),
        ({"minimum_items": "0"}, "must be 1 or more"),
        ({"timezone": "Africa/Nairob"}, "did you mean “Africa/Nairobi”?"),
        ({"theme.accent": "red"}, "must be a color like #9b1c31"),
        ({"lists": ""}, "Lists: must not be empty"),
        ({"title": ""}, "Title: must not be empty"),
        ({"deadline": "06:30"}, "is the send time itself"),
        ({"segment": "gone"}, "there is no segment “gone”"),
    ],
)
def test_what_a_run_refuses_is_refused_at_its_field_in_words_of_a_newsroom(
    opened: Open, form: dict[str, str], says: str
) -> None:
    with opened.client() as client:
        answer = client.post(HERE, version="0", **form)

    assert answer.status_code == 422
    assert says in text(answer)
    assert 'aria-invalid="true"' in answer.text
    assert version(opened) == 0


def test_two_managers_of_different_fields_both_have_their_way(opened: Open) -> None:
    with opened.client() as amina, opened.client("dora") as bo:
        amina.post(HERE, version="0", title="Early", send_at="06:30")
        answer = bo.post(HERE, version="0", title="Gazette Morning", send_at="06:45")

    assert answer.status_code == 303
    assert given(opened) == {"title": "Early", "send_at": "06:45"}


def test_two_managers_of_one_field_meet_and_nothing_of_the_second_is_kept(opened: Open) -> None:
    with opened.client() as amina, opened.client("dora") as bo:
        amina.post(HERE, version="0", title="Early")
        answer = bo.post(HERE, version="0", title="Dawn", send_at="06:45")

        assert answer.status_code == 409
        assert "Somebody else wrote meanwhile: Early" in re.sub(r"\s+", " ", text(answer))
        assert 'value="Dawn"' in answer.text
        assert given(opened) == {"title": "Early"}

        again = re.search(r'name="version" value="(\d+)"', answer.text)
        assert again is not None
        assert bo.post(HERE, version=again[1], title="Dawn", send_at="06:45").status_code == 303

    assert given(opened) == {"title": "Dawn", "send_at": "06:45"}


def test_two_managers_who_add_sections_both_have_theirs(opened: Open) -> None:
    with opened.client() as amina, opened.client("dora") as bo:
        amina.post(f"{HERE}/sections", key="sport", title="Sport")
        bo.post(f"{HERE}/sections", key="city", title="City")

    keys = [one.key for one in opened.desk.newsletters["morning"].sections]
    assert keys == ["port", "rest", "sport", "city"]


def test_sections_move_and_are_taken_out_and_brought_back(opened: Open) -> None:
    def keys() -> list[str]:
        return [one.key for one in opened.desk.newsletters["morning"].sections]

    with opened.client() as client:
        client.post(PORT, act="down")
        assert keys() == ["rest", "port"]
        client.post(PORT, act="take-out")
        assert keys() == ["rest"]
        client.post("/desk/newsletters/versions/1/back")

    assert keys() == ["rest", "port"]


def test_the_last_section_is_not_taken_out(opened: Open) -> None:
    with opened.client() as client:
        client.post(PORT, act="take-out")
        answer = client.post(f"{HERE}/sections/one?name=rest", act="take-out")

    assert answer.status_code == 422
    assert "add another first" in text(answer)


def test_going_back_shows_who_did_what_before(opened: Open) -> None:
    with opened.client() as client:
        client.post(HERE, version="0", title="Early")
        client.post("/desk/newsletters/versions/0/back")
        shown = text(client.get("/desk/newsletters/versions"))

    assert given(opened) == {}
    assert "back to version 0" in shown
    assert "Version 1 · amina" in shown


def test_a_paused_newsletter_says_so_and_goes_on(opened: Open) -> None:
    with opened.client() as client:
        client.post(f"{HERE}/pause", rests="yes")
        assert "It rests" in client.get(HERE).text
        assert ">Paused" in client.get("/desk").text
        client.post(f"{HERE}/pause", rests="no")
        assert "It rests" not in client.get(HERE).text

    assert not opened.desk.newsletters["morning"].is_paused


def test_what_is_held_fixed_is_shown_and_not_taken(opened: Open) -> None:
    path = opened.folder.config
    path.write_text(path.read_text() + '\n[desk]\nfixed = ["newsletters.morning.title"]\n')
    with opened.client() as client:
        client.post(HERE, version="0", send_at="06:45")
        assert "It is held fixed" in client.get(HERE).text

        answer = client.post(HERE, version="1", title="Early")

    assert answer.status_code == 422
    assert "title" not in given(opened)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"kind": "folder", "url": "", "name": "etc"}, "must be one of those that are offered"),
        ({"kind": "sql", "name": "db"}, "must be one of those that are offered"),
        ({"kind": "feed", "url": "https://a:b@x.example/f", "name": "x"}, "a password or a key"),
        ({"kind": "feed", "url": "http://x.example/f", "name": "x"}, "must start with https://"),
        ({"kind": "feed", "url": "", "name": ""}, "must not be empty"),
        ({"kind": "push", "name": "folder:articles"}, "of that name already"),
    ],
)
def test_a_source_that_may_not_be_is_not_even_tried(opened: Open, form: dict[str, str], says: str) -> None:
    with opened.client() as client:
        answer = client.post(f"{HERE}/sources", **form)

    assert answer.status_code == 422
    assert says in text(answer)


def test_a_source_is_kept_only_after_it_was_tried(opened: Open) -> None:
    form = {"kind": "feed", "url": "https://127.0.0.1:9/feed.xml", "name": "own"}
    with opened.client() as client:
        answer = client.post(f"{HERE}/sources", **form)
        assert answer.status_code == 200
        assert "Nothing could be read" in text(answer)
        assert version(opened) == 0

        tried = re.search(r'name="tried" value="([^"]*)"', answer.text)
        assert tried is not None
        assert client.post(f"{HERE}/sources", **form, tried=tried[1]).status_code == 303

    assert opened.desk.newsletters["morning"].sources == ("folder:articles", "own")


def test_another_address_than_the_one_tried_is_tried_too(opened: Open) -> None:
    with opened.client() as client:
        answer = client.post(
            f"{HERE}/sources",
            kind="feed",
            url="https://127.0.0.1:9/b",
            name="own",
            tried="feed https://127.0.0.1:9/a",
        )

    assert answer.status_code == 200
    assert version(opened) == 0


def test_trying_a_source_tells_what_it_gives_and_stores_nothing(opened: Open) -> None:
    with opened.client() as client:
        client.post(FOLDER, version="0", **{"exclude.words": "ferry", "has:exclude.kinds": "1"})
        answer = client.post(FOLDER, act="try")

    shown = re.sub(r"\s+", " ", text(answer))
    assert "Articles 14" in shown
    assert "In the next edition 13" in shown
    assert "as “Evening ferry runs until midnight”" in shown
    assert version(opened) == 1


def test_trying_has_an_end(opened: Open) -> None:
    opened.desk.limits.tries = RateLimit(1, timedelta(hours=1))
    with opened.client() as client:
        assert client.post(FOLDER, act="try").status_code == 200

        answer = client.post(FOLDER, act="try")

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
