"""What machines ask of the desk: healthy, ready, and figures for whoever has the token."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from digest.dispatch import owners
from digest.model.upkeep import AlertKind, Heartbeat, Trouble
from digest.upkeep.metrics import COUNTERS, FIGURES
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work

TOKEN = "a-token-of-the-scraper"


@pytest.fixture
def measured(folder: Folder) -> Folder:
    folder.config.write_text(folder.config.read_text() + f'\n[metrics]\ntoken = "{TOKEN}"\n')
    return folder


def figures(opened: Open, **headers: str) -> httpx.Response:
    return httpx.get(f"{opened.url}/metrics", headers=headers)


def test_a_process_that_lives_says_so_and_tells_when_it_is_ready(opened: Open) -> None:
    health = httpx.get(f"{opened.url}/healthz")
    ready = httpx.get(f"{opened.url}/readyz")

    assert (health.status_code, health.text) == (200, "ok\n")
    assert ready.status_code == 200
    assert ready.json() == {"database": "ok", "schema": "ok", "courier": "ok"}


def test_without_its_courier_the_desk_lives_but_is_not_ready(opened: Open) -> None:
    opened.desk.courier.stop()

    health = httpx.get(f"{opened.url}/healthz")
    ready = httpx.get(f"{opened.url}/readyz")

    assert health.status_code == 200
    assert (ready.status_code, ready.json()["courier"]) == (503, "dead")


def test_a_database_that_is_away_is_told_without_where_it_is(opened: Open) -> None:
    with closing(sqlite3.connect(opened.folder.root / "digest.db")) as database, database:
        database.execute("ALTER TABLE audit_entry RENAME TO elsewhere")
    form, headers = {"name": "bo", "password": "guess"}, {"sec-fetch-site": "same-origin"}
    german = {**headers, "accept": "text/html", "accept-language": "de"}

    page = httpx.post(f"{opened.url}/desk/login", data=form, headers=german, timeout=60)
    plain = httpx.post(f"{opened.url}/desk/login", data=form, headers=headers, timeout=60)

    for answer in (page, plain):
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert "sqlite" not in answer.text
        assert "digest.db" not in answer.text
    assert "The database can’t be used now." in plain.text


def test_figures_are_for_whoever_has_the_token(measured: Folder) -> None:
    with at_work(measured) as opened:
        refused = [
            figures(opened),
            figures(opened, authorization="Bearer a-token-of-another"),
            figures(opened, authorization=f"Basic {TOKEN}"),
            figures(opened, authorization=f"Bearer {TOKEN}", host="gazette.example"),
        ]
        answer = figures(opened, authorization=f"Bearer {TOKEN}")

    assert [one.status_code for one in refused] == [404, 404, 404, 404]
    assert answer.status_code == 200
    families = {one.name: one for one in text_string_to_metric_families(answer.text)}
    assert set(families) == set(FIGURES) | {name.removesuffix("_total") for name in COUNTERS}
    (items,) = families["digest_edition_items"].samples
    assert (items.labels, items.value) == ({"newsletter": "morning"}, 14)


def test_without_a_token_there_are_no_figures(opened: Open) -> None:
    assert figures(opened, authorization="Bearer").status_code == 404
    assert figures(opened).status_code == 404


def test_the_page_of_runs_tells_who_is_at_work_what_is_wrong_and_what_comes_next(opened: Open) -> None:
    now = opened.clock()
    database = opened.desk.newsroom.database
    database.heartbeats.beat(Heartbeat("alive", "worker", owners.this_process(), "", now, now, now))
    silent = now - timedelta(minutes=9)
    database.heartbeats.beat(
        Heartbeat("silent", "run", "elsewhere/1/1", "morning", silent, silent, silent, "send")
    )
    database.alerts.open(
        # Of a kind that the desk's own look passes by where mail goes into a folder.
        Trouble(AlertKind.DNS_RECORD, "SPF of quay.example", "The record is gone.", "Put it back."),
        now=now,
    )

    with opened.client() as client:
        page = " ".join(client.get("/desk/runs").text.split())

    assert "<b>worker alive</b> <span" in page
    assert '<b>run silent</b> of morning <b class="bad">silent: it may be gone</b>' in page
    assert "The record is gone." in page
    assert "Gazette Morning: the next is due" in page
