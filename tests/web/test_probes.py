"""What machines ask of the desk: healthy, ready, and figures for whoever has the token."""

from __future__ import annotations

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from digest.upkeep.metrics import FIGURES
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
    assert set(families) == set(FIGURES)
    (items,) = families["digest_edition_items"].samples
    assert (items.labels, items.value) == ({"newsletter": "morning"}, 14)


def test_without_a_token_there_are_no_figures(opened: Open) -> None:
    assert figures(opened, authorization="Bearer").status_code == 404
    assert figures(opened).status_code == 404
