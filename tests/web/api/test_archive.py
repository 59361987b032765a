"""What was sent is read as it was sent, with nothing of any reader in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from digest.model.desk import Scope
from digest.web.app import build
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.web.api.program import Program
from tests.web.newsroom import KEY, Open, add_story, at_work, written

ARCHIVE = "/api/v1/archive/morning"
TODAY = f"{ARCHIVE}/{KEY.day}"


@pytest.fixture(scope="module")
def sent_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days that were sent."""
    folder = written(tmp_path_factory.mktemp("sent"), newsletter="", readers=2)
    assert folder("run", "morning", now=AT_SEND).code == 0
    for number, title in enumerate(("Tide tables go online", "Quay gets benches", "Ferry tries sails")):
        add_story(folder, "port", title, number + 20)
        story = folder.root / "articles" / f"story-{number + 20}.md"
        story.write_text(story.read_text().replace("2026-11-23T", "2026-11-24T"))
    assert folder("run", "morning", now=NEXT_DAY).code == 0
    return folder.root


@pytest.fixture
def sent(sent_folder: Path, tmp_path: Path) -> Iterator[Open]:
    shutil.copytree(sent_folder, tmp_path, dirs_exist_ok=True)
    with at_work(Folder(tmp_path)) as opened:
        yield opened


@pytest.fixture
def program(sent: Open) -> Program:
    secret = sent.desk.newsroom.database.tokens.make("site", [Scope.READ], now=sent.clock())
    return Program(TestClient(build(sent.desk), raise_server_exceptions=False), secret)


def test_the_archive_goes_by_pages_from_the_newest_on(program: Program) -> None:
    numbers, after = [], ""
    while True:
        page = program("GET", f"{ARCHIVE}?limit=1&after={after}").json()
        numbers += [one["number"] for one in page["items"]]
        after = page["next"]
        if not after:
            break

    assert numbers == ["2026-11-24", "2026-11-23"]
    behind = program("GET", f"{ARCHIVE}?after=2026-11-24~weekly").json()
    assert [one["number"] for one in behind["items"]] == ["2026-11-24", "2026-11-23"]
    assert program("GET", f"{ARCHIVE}?after=2020-01-01").json() == {"items": [], "next": ""}


def test_an_edition_is_told_as_it_was_sent_and_of_no_reader(sent: Open, program: Program) -> None:
    shown = program("GET", TODAY).json()

    assert shown["state"] == "closed"
    assert shown["content_hash"] == sent.edition.approved_hash
    assert shown["frozen_at"].startswith("2026-11-23")
    assert [one["headline"] for one in shown["items"]] == [one.headline for one in sent.edition.items]
    for kind in ("html", "text"):
        assert shown["items"][0]["headline"] in shown[kind]
        assert "%%" not in shown[kind]
        assert not re.search(r"/[upv]/[a-z]1\.|reader\d@", shown[kind])
    assert shown["corrections"] == []


def test_a_correction_stands_beside_what_was_sent(sent: Open, program: Program) -> None:
    before: dict[str, Any] = program("GET", TODAY).json()
    headline = before["items"][0]["headline"]
    article = sent.edition.items[0].article
    with sent.client() as amina:
        answer = amina.post(
            f"/desk/editions/morning/{KEY.day}/correct",
            article=article,
            subject="Fix",
            text="It is the fourth.",
        )
    assert answer.status_code < 400, answer.text

    after = program("GET", TODAY).json()

    assert [(one["headline"], one["text"]) for one in after["corrections"]] == [
        (headline, "It is the fourth.")
    ]
    assert (after["html"], after["text"]) == (before["html"], before["text"])


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/api/v1/archive/evening", id="no-newsletter"),
        pytest.param("/api/v1/archive/evening/2026-11-23", id="no-newsletter-of-an-edition"),
        pytest.param(f"{ARCHIVE}/2026-11-22", id="never-made"),
        pytest.param(f"{ARCHIVE}/today", id="no-day"),
        pytest.param(f"{ARCHIVE}?after=x", id="cursor-of-words"),
    ],
)
def test_what_was_never_sent_is_not_in_the_archive(program: Program, path: str) -> None:
    answer = program("GET", path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
