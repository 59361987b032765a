"""One click leaves the newsletter, by whichever of its lists it came; undo brings back what it ended."""

from __future__ import annotations

import html
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from subscribers import people, preferences
from subscribers.audience import audience, count
from subscribers.storage import subscriptions
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work

WHO = "reader0@list.example"
CLICK = {"List-Unsubscribe": "One-Click"}
EVENING = """
[newsletters.evening]
title = "Gazette Evening"
sender = "Gazette <evening@gazette.example>"
lists = ["evening", "extra"]
language = "en"
timezone = "Africa/Nairobi"
cutoff = "17:00"
send_at = "17:30"
deadline = "20:00"

[[newsletters.evening.sections]]
key = "rest"
title = "More"

[[newsletters.evening.sources]]
kind = "folder"
path = "articles"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path).ready(readers=2)
    config = folder.config.read_text()
    config = config.replace('lists = ["morning"]', 'lists = ["morning", "vip"]')
    folder.config.write_text(config + EVENING)
    for key in ("vip", "evening", "extra", "other"):
        said = folder("subscribers", "import", str(tmp_path / "people.csv"), "--list", key)
        assert said.code == 0
    return folder


@pytest.fixture
def opened(folder: Folder) -> Iterator[Open]:
    with at_work(folder) as opened:
        yield opened


@pytest.fixture
def web(opened: Open) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=opened.url, timeout=120, headers={"accept": "text/html"}) as client:
        yield client


def ident(opened: Open) -> str:
    found = people.show(opened.desk.newsroom.people, WHO).subscriber
    assert found
    return found.id


def on(opened: Open) -> set[str]:
    taken = people.show(opened.desk.newsroom.people, WHO).subscriptions
    return {one.mailing_list for one in taken if one.state == "active"}


def link(opened: Open, mailing_list: str, newsletter: str = "") -> str:
    return f"/u/{opened.desk.newsroom.signer.unsubscribe(ident(opened), mailing_list, newsletter)}"


@pytest.mark.parametrize("newsletter", ["morning", "", "renamed-since"])
@pytest.mark.parametrize("mailing_list", ["morning", "vip"])
def test_one_click_leaves_the_newsletter_by_whichever_list_it_came(
    opened: Open, web: httpx.Client, mailing_list: str, newsletter: str
) -> None:
    """Links of before, without a newsletter, do the same."""
    answer = web.post(link(opened, mailing_list, newsletter), data=CLICK)

    assert answer.status_code == 200
    assert on(opened) == {"evening", "extra", "other"}
    assert count(opened.desk.newsroom.people, audience(["morning", "vip"])) == 1


def test_page_and_preferences_say_the_same(opened: Open, web: httpx.Client) -> None:
    here = link(opened, "vip", "morning")
    mine = f"/p/{opened.desk.newsroom.signer.preferences(ident(opened))}"

    before, asked = web.get(mine).text, web.get(here).text
    done = web.post(here, follow_redirects=True).text
    after = html.unescape(web.get(mine).text)

    assert "Unsubscribe from Gazette Morning?" in asked
    assert "no more editions of Gazette Morning" in done
    assert before.count('name="on" value="vip" checked') == 1
    for key in ("morning", "vip"):
        assert f'name="on" value="{key}" checked' not in after
        assert f"Gazette Morning ({key})" in after
    assert 'name="on" value="evening" checked' in after


def test_undo_brings_back_what_the_click_ended_and_nothing_else(opened: Open, web: httpx.Client) -> None:
    web.post(link(opened, "evening", "evening"), data=CLICK)
    opened.clock.forward(timedelta(minutes=5))
    preferences.unsubscribe(opened.desk.newsroom.people, ident(opened), "vip", now=opened.clock())
    opened.clock.forward(timedelta(minutes=5))
    here = link(opened, "vip", "morning")
    web.post(here, data=CLICK)
    web.post(here, data=CLICK)
    gone = on(opened)

    back = web.post(f"{here}/undo")
    again = web.post(f"{here}/undo")

    assert gone == {"other"}
    assert (back.status_code, again.status_code) == (200, 200)
    assert "Gazette Morning" in back.text
    assert on(opened) == {"other", "morning"}


def test_undo_brings_back_both_lists(opened: Open, web: httpx.Client) -> None:
    here = link(opened, "morning", "morning")
    web.post(here, data=CLICK)

    web.post(f"{here}/undo")

    assert {"morning", "vip"} <= on(opened)


def test_undo_comes_too_late_after_the_hour(opened: Open, web: httpx.Client) -> None:
    here = link(opened, "morning", "morning")
    web.post(here, data=CLICK)
    opened.clock.forward(timedelta(hours=2))

    assert web.post(f"{here}/undo").status_code == 409
    assert not {"morning", "vip"} & on(opened)


def test_a_list_that_another_newsletter_needs_is_named(folder: Folder) -> None:
    config = folder.config.read_text()
    folder.config.write_text(config.replace('lists = ["evening", "extra"]', 'lists = ["vip"]'))
    with at_work(folder) as opened, httpx.Client(base_url=opened.url, timeout=120) as web:
        asked = web.get(link(opened, "morning", "morning")).text

    assert "Unsubscribe from Gazette Morning, Gazette Evening?" in asked


def test_no_import_brings_back_who_left_the_newsletter(
    folder: Folder, opened: Open, web: httpx.Client
) -> None:
    web.post(link(opened, "morning", "morning"), data=CLICK)

    said = folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "vip", "--json")

    assert said.values["kept_out"] == 1
    assert "vip" not in on(opened)


def test_many_clicks_at_once_are_all_heard(folder: Folder) -> None:
    names = [f"crowd{number}@list.example" for number in range(24)]
    (folder.root / "crowd.csv").write_text("\n".join(["email", *names]) + "\n")
    assert folder("subscribers", "import", str(folder.root / "crowd.csv"), "--list", "morning").code == 0

    with at_work(folder) as opened, httpx.Client(base_url=opened.url) as web, ThreadPoolExecutor(8) as pool:
        newsroom = opened.desk.newsroom
        ids = [found.id for name in names if (found := people.show(newsroom.people, name).subscriber)]
        links = [f"/u/{newsroom.signer.unsubscribe(one, 'morning', 'morning')}" for one in ids]
        answers = list(pool.map(lambda link: web.post(link, data=CLICK).text, [*links, *links]))
        left = [preferences_of(opened, one) for one in ids]

    assert answers == ["Unsubscribed."] * 48
    assert left == [{"morning": "ended"}] * 24


def test_whoever_writes_for_the_desk_waits_in_the_readers_queue(opened: Open) -> None:
    turns = opened.desk.newsroom.people.turns
    assert turns is not None
    ticking = threading.Event()

    with ThreadPoolExecutor(1) as pool:
        with opened.desk.newsroom.people.writing():
            end = pool.submit(opened.desk.note, "somebody", "looked")
            assert any(turns.waiting or ticking.wait(0.01) for _ in range(60_000))
        end.result()


def preferences_of(opened: Open, reader: str) -> dict[str, str]:
    with opened.desk.newsroom.people.reading() as connection:
        return {one.mailing_list: one.state.value for one in subscriptions.of(connection, reader)}
