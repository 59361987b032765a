"""The demo's content is complete, loads, and holds what about.md promises."""

from __future__ import annotations

import csv
import json
import re
import shutil
import struct
from datetime import date
from pathlib import Path

import pytest

from digest.settings import Loaded, load
from digest.settings.placeholders import filled
from tests.settings.configurations import SECRET_KEY

DEMO = Path(__file__).parents[2] / "digest" / "_demo"
DAY = date(2026, 3, 1)
TEXTS = sorted(path for path in DEMO.rglob("*") if path.suffix in {".md", ".html", ".txt", ".jsonl"})


@pytest.fixture
def demo(tmp_path: Path) -> Loaded:
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    config = folder / "digest.toml"
    config.write_text(config.read_text().replace("{{SECRET_KEY}}", SECRET_KEY))
    return load(config, environ={})


def test_the_configuration_loads_and_its_sources_are_there(demo: Loaded) -> None:
    sources = demo.settings.newsletters["morning"].sources

    assert [source.publisher for source in sources] == ["Harbour Daily", "The Lagoon Ledger", "Coast Wire"]
    assert all(getattr(source, "path", Path("none")).exists() for source in sources)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_day_is_filled_in(path: Path) -> None:
    if path.name != "about.md":
        assert not re.search(r"\{\{(DAY|WEEKDAY)", filled(path.read_text(), DAY))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("{{DAY}}T05:10:00", "2026-03-01T05:10:00"),
        ("{{DAY-1}}", "2026-02-28"),
        ("{{DAY+1}}", "2026-03-02"),
        ("on {{WEEKDAY}}", "on Sunday"),
        ("{{WEEKDAY-2}}", "Friday"),
        ("{{ title }} %%name%% {{DAYS}}", "{{ title }} %%name%% {{DAYS}}"),
    ],
)
def test_a_place_becomes_its_day_and_nothing_else_is_touched(place: str, expected: str) -> None:
    assert filled(place, DAY) == expected


def test_there_are_more_than_twenty_four_articles_of_three_publishers() -> None:
    folders = [len(list((DEMO / "articles" / name).iterdir())) for name in ("harbour-daily", "coast-wire")]
    lines = (DEMO / "articles" / "lagoon-ledger.jsonl").read_text().splitlines()

    assert sum(folders) + len(lines) >= 24
    assert min(*folders, len(lines)) >= 4
    assert all(json.loads(line)["title"] for line in lines)


@pytest.mark.parametrize("path", sorted((DEMO / "pictures").iterdir()), ids=lambda path: path.name)
def test_a_picture_is_a_small_wide_png(path: Path) -> None:
    data = path.read_bytes()

    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1280, 720)
    assert len(data) < 60_000


def test_every_picture_an_article_names_is_there_and_has_words() -> None:
    named = set()
    for path in TEXTS:
        named |= set(re.findall(r"/pictures/([a-z]+\.png)", path.read_text()))
        if path.suffix == ".md" and "image:" in path.read_text():
            assert re.search(r"^  alt: .{20,}$", path.read_text(), re.MULTILINE), path.name

    assert named == {path.name for path in (DEMO / "pictures").iterdir()}


def test_the_list_has_what_about_md_says() -> None:
    rows = list(csv.DictReader((DEMO / "subscribers.csv").read_text().splitlines()))
    good = {row["email"].lower() for row in rows if "@" in row["email"] and row["status"] == "active"}

    assert (len(rows), len(good)) == (12, 9)
    assert [row["email"] for row in rows if "@" not in row["email"]] == ["fatma.at.reader.example"]


def test_nothing_in_the_demo_can_be_taken_for_code() -> None:
    assert not list(DEMO.rglob("*.py"))
