from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.model import Article, SourceKey
from digest.ports import Collected, Memory
from digest.sources.folder import FolderSource
from digest.testing import check_source
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW


def source(path: Path) -> FolderSource:
    return FolderSource(
        SourceKey("files"),
        path,
        zone=NAIROBI,
        base_url="https://quay.example/news",
        publisher="Quay",
        language="en",
    )


def crawl(path: Path, memory: Memory | None = None) -> Collected:
    return source(path).collect(memory or Memory(), now=NOW)


def only(path: Path) -> Article:
    collected = crawl(path)
    assert collected.problems == ()
    (article,) = collected.articles
    return article


MARKDOWN = f"""---
title: "Ferry: the return"
date: 2026-03-04 10:30
updated: 2026-03-05T08:00:00Z
author: [Ada Kamau, {{name: Ben Otieno}}]
tags: [Sea, goats]
category: Harbor
summary: It is **back**.
language: sw
image:
  url: /boat.jpg
  alt: The boat
  width: 800
  credit: Cleo Njeri
---
# Ferry: the return

{sites.LEAD}

## What it costs

Two *coins*, [as before](https://quay.example/old).

* A hat
* A coat

<script>alert(1)</script>
"""


def test_markdown_with_front_matter_becomes_an_article(tmp_path: Path) -> None:
    (tmp_path / "sea").mkdir()
    (tmp_path / "sea" / "ferry.md").write_text(MARKDOWN, encoding="utf-8")

    found = only(tmp_path)

    assert (found.title, found.url) == ("Ferry: the return", "https://quay.example/news/sea/ferry")
    assert found.guid == "sea/ferry.md"
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.updated == datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
    assert (found.byline, found.tags, found.language) == (
        "Ada Kamau, Ben Otieno",
        ("Sea", "goats", "Harbor"),
        "sw",
    )
    assert found.image is not None
    assert (found.image.url, found.image.alt, found.image.width) == (
        "https://quay.example/boat.jpg",
        "The boat",
        800,
    )
    assert found.image.credit == "Cleo Njeri"
    assert found.paragraphs == (sites.LEAD, "Two coins, as before.", "A hat", "A coat")
    assert [passage.heading for passage in found.passages] == ["", "What it costs"]


def test_a_bare_markdown_file_is_named_by_its_heading_and_dated_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "2026-03-04-ferry-returns.md").write_text(
        f"# Back at last\n\n{sites.LEAD}\n", encoding="utf-8"
    )

    found = only(tmp_path)

    assert (found.title, found.published, found.published_on) == ("Back at last", None, date(2026, 3, 4))
    assert found.paragraphs == (sites.LEAD,)


def test_a_text_file_becomes_an_article(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(sites.plain_text_page(), encoding="utf-8")

    found = only(tmp_path)

    assert (found.title, found.paragraphs) == (sites.TITLE, sites.PARAGRAPHS)
    assert tuple(passage.heading for passage in found.passages if passage.heading) == sites.HEADINGS


@pytest.mark.parametrize("shape", sites.SHAPES, ids=lambda shape: shape.__name__)
def test_an_html_file_becomes_an_article(tmp_path: Path, shape: sites.Shape) -> None:
    (tmp_path / "ferry.html").write_text(shape(), encoding="utf-8")

    found = only(tmp_path)

    assert (found.title, found.paragraphs) == (sites.TITLE, sites.PARAGRAPHS)
    assert found.url == "https://quay.example/news/ferry"


def test_a_file_s_time_on_disk_is_no_date(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(sites.LEAD, encoding="utf-8")
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))

    found = only(tmp_path)

    assert (found.published, found.published_on) == (None, None)
    assert source(tmp_path).undated_count_from_first_seen


def test_a_file_named_without_words_of_its_own_is_titled_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "late_ferry-again.txt").write_text(sites.LEAD, encoding="utf-8")

    assert only(tmp_path).title == "Late ferry again"


@pytest.mark.parametrize(
    "front",
    ["draft: true", "status: draft", "published: false", "draft: yes"],
)
def test_drafts_are_not_for_readers(tmp_path: Path, front: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nText.\n", encoding="utf-8")

    assert crawl(tmp_path).articles == ()


def test_bad_files_are_problems_and_the_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / "broken.md").write_text("---\ntitle: [\n---\nText\n", encoding="utf-8")
    (tmp_path / "list.md").write_text("---\n- a\n---\nText\n", encoding="utf-8")
    (tmp_path / "bad-date.md").write_text("---\ntitle: A\ndate: soon\n---\nText\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    (tmp_path / ".hidden.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "big.txt").write_bytes(b"x" * 10_000_001)

    collected = crawl(tmp_path)

    assert sorted(article.guid for article in collected.articles) == ["bad-date.md", "good.md"]
    found = {problem.where: problem.what for problem in collected.problems}
    assert set(found) == {
        "broken.md",
        "list.md",
        "bad-date.md",
        "empty.txt",
        "dangling.txt",
        "out.txt",
        "big.txt",
    }
    assert "line" in found["broken.md"]


def test_two_files_with_one_id_are_told(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("---\nid: 7\ntitle: T\n---\nText\n", encoding="utf-8")

    collected = crawl(tmp_path)

    assert len(collected.articles) == 1
    assert collected.problems[0].where == "b.md"


def test_front_matter_reaches_our_own_parsers_raw(tmp_path: Path) -> None:
    front = "title: 2026\ndate: 04/03/2026 10:30\ntags: [yes, 007, 2026-03-04]\n"
    (tmp_path / "a.md").write_text(f"---\n{front}---\nText\n", encoding="utf-8")

    found = only(tmp_path)

    assert found.title == "2026"
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.tags == ("yes", "007", "2026-03-04")


def test_yaml_can_not_make_objects_or_unfold_lists(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: !!python/object/apply:os.getcwd []\n---\nText\n", encoding="utf-8"
    )
    nested = "a: &a [port, sea]\nb: &b [*a, *a]\n"
    (tmp_path / "b.md").write_text(
        f"---\ntitle: B\n{nested}tags: [*b, ferry]\n---\nText\n", encoding="utf-8"
    )

    collected = crawl(tmp_path)

    assert collected.articles == ()
    assert collected.problems[0].where == "a.md"


def test_an_unchanged_folder_is_unchanged_and_a_changed_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(sites.LEAD, encoding="utf-8")
    first = crawl(tmp_path)
    second = crawl(tmp_path, first.memory)
    (tmp_path / "a.txt").write_text(sites.CLOSING, encoding="utf-8")
    third = crawl(tmp_path, second.memory)

    assert second.is_unchanged
    assert not third.is_unchanged
    assert third.articles[0].paragraphs == (sites.CLOSING,)


def test_a_file_that_goes_away_is_gone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(sites.LEAD, encoding="utf-8")
    first = crawl(tmp_path)
    (tmp_path / "a.txt").unlink()

    assert crawl(tmp_path, first.memory).gone == ("a.txt",)


def test_an_article_that_becomes_a_draft_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\nText\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\nText\n", encoding="utf-8")
    first = crawl(tmp_path)
    (tmp_path / "a.md").write_text("---\ntitle: A\ndraft: true\n---\nText\n", encoding="utf-8")

    assert crawl(tmp_path, first.memory).gone == ("a.md",)


def test_a_file_that_breaks_withdraws_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nid: 7\ntitle: A\n---\nText\n", encoding="utf-8")
    first = crawl(tmp_path)
    (tmp_path / "a.md").write_text("---\ntitle: [\n---\nText\n", encoding="utf-8")
    second = crawl(tmp_path, first.memory)
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\nText\n", encoding="utf-8")
    (tmp_path / "a.md").unlink()

    assert second.gone == ()
    assert crawl(tmp_path, second.memory).gone == ("7",)


def test_a_folder_that_is_missing_or_suddenly_empty_withdraws_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(sites.LEAD, encoding="utf-8")
    first = crawl(tmp_path)
    (tmp_path / "a.txt").unlink()

    for path in (tmp_path, tmp_path / "missing"):
        collected = crawl(path, first.memory)
        assert collected.is_failed
        assert collected.gone == ()
        assert collected.memory == first.memory


def test_a_folder_keeps_the_source_contract(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / "b.html").write_text(sites.semantic(), encoding="utf-8")
    (tmp_path / "c.txt").write_text(sites.plain_text_page(), encoding="utf-8")

    check_source(lambda: source(tmp_path), now=NOW)
    check_source(lambda: source(tmp_path / "missing"), now=NOW)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_byline_and_a_date_below_a_plain_text_s_title_are_no_headings(tmp_path: Path, gap: str) -> None:
    head = gap.join(["Ferry returns", "By Ada Kamau", "4 March 2026"])
    (tmp_path / "ferry.txt").write_text(f"{head}\n\n{sites.LEAD}\n\n{sites.CLOSING}\n", encoding="utf-8")

    found = only(tmp_path)

    assert (found.title, found.byline) == ("Ferry returns", "Ada Kamau")
    assert found.published_on == date(2026, 3, 4)
    assert [(passage.heading, passage.paragraphs) for passage in found.passages] == [
        ("", (sites.LEAD, sites.CLOSING))
    ]


def test_a_title_that_begins_with_by_stays_the_title(tmp_path: Path) -> None:
    text = f"By Popular Demand\n\n{sites.LEAD}\n\n{sites.CLOSING}\n"
    (tmp_path / "ferry.txt").write_text(text, encoding="utf-8")

    found = only(tmp_path)

    assert (found.title, found.byline) == ("By Popular Demand", "")
