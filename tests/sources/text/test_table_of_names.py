"""Feeds' titles, headlines and bylines as publishers write them, in some forty languages: `names.tsv`."""

# ruff: noqa: E501  # names, line for line
from __future__ import annotations

from pathlib import Path

import pytest

from digest.sources.pages.headlines import clean_title
from digest.sources.text.feed_titles import publisher_of
from digest.sources.text.fields import clean_byline

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("names.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("title", "name"), [(row[1], row[3]) for row in ROWS if row[0] == "feed"])
def test_a_feed_is_called_as_its_publisher(title: str, name: str) -> None:
    assert publisher_of(title) == name


@pytest.mark.parametrize(
    ("title", "publisher", "headline"), [tuple(row[1:]) for row in ROWS if row[0] == "headline"]
)
def test_a_headline_names_no_site(title: str, publisher: str, headline: str) -> None:
    assert clean_title(title, publisher) == headline


@pytest.mark.parametrize(("line", "names"), [(row[1], row[3]) for row in ROWS if row[0] == "byline"])
def test_a_byline_is_names(line: str, names: str) -> None:
    assert clean_byline(line) == names


@pytest.mark.parametrize(
    "title",
    [
        *("Daily Digest", "News Online", "World News Daily", "Full Text", "Sve o hrani", "All Africa", "Le Monde"),
        *("Todo Noticias", "Entries on Light", "News from Nowhere", "De Standaard", "NOS Nieuws", "Les Nouvelles"),
    ],
)  # fmt: skip
def test_a_name_that_sounds_like_a_section_stays(title: str) -> None:
    assert publisher_of(title) == title


@pytest.mark.parametrize(
    "line", ["Will Young", "Mit Carter-Smith", "Con O'Neill", "Med Hondo", "Ane Holt-Reuters", "Photis Kay"]
)
def test_a_name_that_sounds_like_such_a_word_stays(line: str) -> None:
    assert clean_byline(line) == line
