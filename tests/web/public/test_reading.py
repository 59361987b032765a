"""What a reader's own links do, what a scanner's visits do not do, and what anybody may see."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from digest.web.public.visit import gate_of
from digest.web.serving.limits import RateLimit
from subscribers import people, preferences
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work

SITE = "https://gazette.example"


@pytest.fixture
def web(sent: Open) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sent.url, timeout=120, headers={"accept": "text/html"}) as client:
        yield client


def mail_of(sent: Open, reader: str) -> EmailMessage:
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (sent.folder.root / "outbox").rglob("*.eml")
    ]
    return next(one for one in mails if reader in one["To"])


def one_click(mail: EmailMessage) -> str:
    found = re.fullmatch(rf"<{re.escape(SITE)}(/[^>]+)>", mail["List-Unsubscribe"])
    assert found
    return found[1]


def links(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("html",))
    assert body is not None
    return sorted(set(re.findall(rf'"{re.escape(SITE)}(/[^"]*)"', body.get_content())))


def states(folder: Folder) -> dict[str, str]:
    with sqlite3.connect(folder.root / "digest.db") as database:
        rows = database.execute(
            "SELECT p.address, s.state FROM subscription s JOIN subscriber p ON p.id = s.subscriber"
        ).fetchall()
    database.close()
    return dict(rows)


def dump(folder: Folder) -> list[str]:
    """Return all that is kept, but for when a session of the desk was last seen."""
    database = sqlite3.connect(folder.root / "digest.db")
    try:
        return [line for line in database.iterdump() if not line.startswith('INSERT INTO "desk_visit"')]
    finally:
        database.close()


def test_one_click_unsubscribes_exactly_that_person_from_exactly_that_list(
    sent: Open, web: httpx.Client
) -> None:
    mail = mail_of(sent, "reader1@")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    answer = web.post(one_click(mail), data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not answer.history
    assert "set-cookie" not in answer.headers
    assert states(sent.folder) == {
        "reader0@list.example": "active",
        "reader1@list.example": "ended",
        "reader2@list.example": "active",
    }


@pytest.mark.parametrize("extra", [{}, {"X-Other": (None, "1"), "file": ("a.txt", b"text")}])
def test_one_click_as_multipart_is_answered_without_a_redirect(
    sent: Open, web: httpx.Client, extra: dict[str, tuple[str | None, str | bytes]]
) -> None:
    mail = mail_of(sent, "reader1@")
    name, _, value = mail["List-Unsubscribe-Post"].partition("=")

    answer = web.post(one_click(mail), files={**extra, name: (None, value)})

    assert answer.request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert answer.status_code == 200
    assert states(sent.folder)["reader1@list.example"] == "ended"


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_broken_multipart_body_still_unsubscribes(
    sent: Open, web: httpx.Client, content_type: str
) -> None:
    path = one_click(mail_of(sent, "reader1@"))

    answer = web.post(path, content=b"--y\r\nwhatever", headers={"content-type": content_type})

    assert answer.status_code == 303
    assert states(sent.folder)["reader1@list.example"] == "ended"


def test_no_limit_of_visits_stops_a_genuine_one_click(sent: Open, web: httpx.Client) -> None:
    path = one_click(mail_of(sent, "reader1@"))
    body = {"List-Unsubscribe": "One-Click"}
    gate_of(sent.desk).visits = RateLimit(2, timedelta(minutes=1))

    forged = [web.post(f"{path[:-3]}abc", data=body).status_code for _ in range(4)]
    genuine = [web.post(path, data=body).status_code for _ in range(4)]
    others = [web.get(path).status_code, web.post(f"{path}/undo").status_code]

    assert forged == [404, 404, 429, 429]
    assert genuine == [200] * 4
    assert others == [429, 429]
    assert states(sent.folder)["reader1@list.example"] == "ended"


def test_after_the_secret_key_is_changed_one_click_of_an_older_mail_unsubscribes(
    sent_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(sent_folder, tmp_path, dirs_exist_ok=True)
    folder = Folder(tmp_path)
    text = folder.config.read_text()
    (old,) = re.findall(r'^secret_key = "(.+)"$', text, re.MULTILINE)
    new = f'secret_key = "{old[::-1]}"\nkey_id = "2"'
    body = {"List-Unsubscribe": "One-Click"}

    folder.config.write_text(text.replace(f'secret_key = "{old}"', new))
    with at_work(folder) as opened, httpx.Client(base_url=opened.url, timeout=120) as web:
        path = one_click(mail_of(opened, "reader1@"))
        without = web.post(path, data=body).status_code
    folder.config.write_text(
        text.replace(f'secret_key = "{old}"', f'{new}\nolder_keys = {{ 1 = "{old}" }}')
    )
    with at_work(folder) as opened, httpx.Client(base_url=opened.url, timeout=120) as web:
        before = states(folder)["reader1@list.example"]
        answer = web.post(path, data=body)
        made = opened.desk.newsroom.signer.unsubscribe("somebody", "morning")

    assert (without, before) == (404, "active")
    assert answer.status_code == 200
    assert states(folder)["reader1@list.example"] == "ended"
    assert made.startswith("u2.")


def test_a_crawler_that_opens_every_link_of_a_mail_changes_nothing(sent: Open, web: httpx.Client) -> None:
    mail = mail_of(sent, "reader1@")
    paths = [*links(mail), one_click(mail)]
    before = dump(sent.folder)

    answers = [web.request(method, path) for path in paths for method in ("GET", "HEAD")]

    assert len(paths) >= 4
    assert all(answer.status_code < 500 for answer in answers)
    assert dump(sent.folder) == before


def test_the_page_has_one_button_that_unsubscribes_and_another_that_takes_it_back(
    sent: Open, web: httpx.Client
) -> None:
    path = one_click(mail_of(sent, "reader2@"))

    shown = web.get(path)
    done = web.post(path, follow_redirects=True)
    after = states(sent.folder)["reader2@list.example"]
    back = web.post(f"{path}/undo")

    assert "Gazette Morning" in shown.text
    assert shown.text.count("<button") == 1
    assert "You are unsubscribed" in done.text
    assert after == "ended"
    assert "Welcome back" in back.text
    assert states(sent.folder)["reader2@list.example"] == "active"


def test_who_takes_an_unsubscribe_back_is_paused_as_before(sent: Open, web: httpx.Client) -> None:
    path, database = one_click(mail_of(sent, "reader2@")), sent.desk.newsroom.people
    (reader,) = people.search(database, "reader2@list.example")
    until = sent.clock.now.date() + timedelta(days=9)
    preferences.pause(database, reader.id, "morning", until)

    web.post(path, data={"List-Unsubscribe": "One-Click"})
    gone = states(sent.folder)["reader2@list.example"]
    back = web.post(f"{path}/undo")

    (taken,) = people.show(database, "reader2@list.example").subscriptions
    assert (gone, back.status_code) == ("ended", 200)
    assert (taken.state.value, taken.paused_until) == ("paused", until)


@pytest.mark.parametrize("prefix", ["/u/", "/v/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_that_is_not_ours_opens_one_page_for_all(
    sent: Open, web: httpx.Client, prefix: str, method: str
) -> None:
    good = one_click(mail_of(sent, "reader0@")).removeprefix("/u/")
    other = next(path for path in links(mail_of(sent, "reader0@")) if path.startswith("/v/"))
    swapped = other.removeprefix("/v/") if prefix == "/u/" else good
    before = dump(sent.folder)

    answers = [
        web.request(method, f"{prefix}{token}")
        for token in (good[:-1], good[:-3] + "abc", "x" * 500, swapped, "u1.nobody~morning.AAAA")
    ]

    assert {answer.status_code for answer in answers} <= {404, 405}
    assert len({answer.text for answer in answers}) == 1
    assert dump(sent.folder) == before


def test_a_readers_own_copy_is_the_mail_and_runs_nothing(sent: Open, web: httpx.Client) -> None:
    mail = mail_of(sent, "reader0@")
    path = next(one for one in links(mail) if one.startswith("/v/"))
    body = mail.get_body(("html",))
    assert body is not None

    shown = web.get(path)

    head = '<base target="_blank"><meta name="robots" content="noindex">'
    assert shown.text.replace(head, "").strip() == body.get_content().replace("\r\n", "\n").strip()
    assert "script-src" not in shown.headers["content-security-policy"]
    assert "default-src 'none'" in shown.headers["content-security-policy"]


def test_the_archive_and_its_feeds_show_sent_editions_and_no_personal_link(
    sent: Open, web: httpx.Client
) -> None:
    listed = web.get("/archive/morning")
    shown = web.get("/archive/morning/2026-11-23")
    atom = web.get("/archive/morning/feed.xml")
    feed = web.get("/archive/morning/feed.json").json()

    assert sent.edition.subject in listed.text
    assert shown.status_code == 200
    for page in (listed.text, shown.text, atom.text):
        assert not re.search(r"/[upv]/[a-z]1\.", page)
    assert "%%" not in shown.text
    assert f"<title>{sent.edition.subject}</title>" in atom.text
    assert feed["items"][0]["url"] == f"{SITE}/archive/morning/2026-11-23"


@pytest.mark.parametrize("path", ["/archive/evening", "/archive/morning/2026-11-22", "/archive/morning/x"])
def test_what_was_never_sent_is_not_in_the_archive(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code == 404


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        pytest.param("ar,en;q=0.5", 'lang="ar" dir="rtl"', id="spoken"),
        pytest.param("de-AT,de;q=0.9", 'lang="de-AT" dir="ltr"', id="region"),
        pytest.param("he", 'lang="he" dir="rtl"', id="spoken from right to left"),
        pytest.param("fa", 'lang="en" dir="ltr"', id="letters only"),
        pytest.param("bn-IN,bn;q=0.9,fr;q=0.4,en;q=0.2", 'lang="fr" dir="ltr"', id="the next one"),
        pytest.param("uk, en;q=0.8, de;q=0.3", 'lang="en" dir="ltr"', id="english before"),
        pytest.param("en;q=0.1, sw;q=0.9", 'lang="sw" dir="ltr"', id="the dearer one"),
        pytest.param("fr;q=0, de;q=0.5", 'lang="de" dir="ltr"', id="one that is refused"),
        pytest.param("tlh", 'lang="en" dir="ltr"', id="none has it"),
        pytest.param("*", 'lang="en" dir="ltr"', id="any"),
        pytest.param('"><script>,,;', 'lang="en" dir="ltr"', id="nonsense"),
    ],
)
def test_pages_speak_the_first_language_of_the_browsers_that_they_know(
    sent: Open, web: httpx.Client, accepts: str, language: str
) -> None:
    shown = web.get(one_click(mail_of(sent, "reader0@")), headers={"accept-language": accepts})

    assert f"<html {language}>" in shown.text
    assert '<span lang="en"' not in shown.text
