from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Passage, SourceKey
from digest.ports import Collected, Memory
from digest.sources.jsonl import JsonlSource
from digest.testing import check_source
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW


def source(path: Path) -> JsonlSource:
    return JsonlSource(
        SourceKey("lines"), path, zone=NAIROBI, base_url="https://quay.example", publisher="Quay"
    )


def crawl(path: Path, *rows: object, memory: Memory | None = None) -> Collected:
    file = path / "articles.jsonl"
    file.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8"
    )
    return source(file).collect(memory or Memory(), now=NOW)


def test_a_line_becomes_an_article(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "title": "Ferry &amp; goat",
        "author": "Ada Kamau",
        "published": "2026-03-04T10:30:00",
        "summary": "It is <b>back</b>.",
        "passages": [
            {"paragraphs": [sites.LEAD]},
            {"heading": "Then", "level": 3, "paragraphs": [sites.CLOSING, ""]},
        ],
        "tags": "Sea, goats",
        "image": {"url": "/boat.jpg", "alt": "Boat", "width": 800},
        "language": "en",
    }

    (found,) = crawl(tmp_path, row).articles

    assert (found.url, found.guid, found.title) == ("https://quay.example/7", "7", "Ferry & goat")
    assert found.published == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert found.passages == (Passage((sites.LEAD,)), Passage((sites.CLOSING,), "Then", 3))
    assert (found.byline, found.tags, found.summary) == ("Ada Kamau", ("Sea", "goats"), "It is back.")
    assert found.image is not None
    assert found.image.url == "https://quay.example/boat.jpg"


def test_text_and_html_bodies_are_read(tmp_path: Path) -> None:
    plain, marked = crawl(
        tmp_path,
        {"url": "/a", "title": "A", "text": "One.\n\nTwo."},
        {"url": "/b", "title": "B", "html": "<p>One.</p><h2>H</h2><p>Two.</p>"},
    ).articles

    assert plain.paragraphs == marked.paragraphs == ("One.", "Two.")


def test_bad_lines_are_problems_by_number_and_the_others_are_kept(tmp_path: Path) -> None:
    good = {"url": "/a", "title": "A", "text": "Text."}

    collected = crawl(
        tmp_path, good, "{broken", "", "[1]", {"title": "no address"}, {"url": "/e"}, {**good, "url": "/b"}
    )

    assert [article.url for article in collected.articles] == [
        "https://quay.example/a",
        "https://quay.example/b",
    ]
    assert [problem.where for problem in collected.problems] == [
        f"articles.jsonl, line {number}" for number in (2, 4, 5, 6)
    ]


def test_a_line_without_end_is_skipped_not_held(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b'{"url":"/a","title":"A"}\n"' + b"x" * 25_000_000 + b'"\n{"url":"/b","title":"B"}')

    collected = source(file).collect(Memory(), now=NOW)

    assert [article.title for article in collected.articles] == ["A", "B"]
    assert collected.problems[0].where == "articles.jsonl, line 2"


def test_the_last_line_of_an_id_counts(tmp_path: Path) -> None:
    collected = crawl(tmp_path, {"id": "1", "title": "Old"}, {"id": "1", "title": "New"})

    assert [article.title for article in collected.articles] == ["New"]


def test_an_unchanged_file_is_unchanged(tmp_path: Path) -> None:
    row = {"id": "1", "title": "A"}
    first = crawl(tmp_path, row)

    assert crawl(tmp_path, row, memory=first.memory).is_unchanged
    assert len(crawl(tmp_path, row, {"id": "2", "title": "B"}, memory=first.memory).articles) == 2


def test_a_missing_file_is_a_failed_crawl(tmp_path: Path) -> None:
    collected = source(tmp_path / "missing.jsonl").collect(Memory({"digest": "x"}), now=NOW)

    assert collected.is_failed
    assert collected.memory == Memory({"digest": "x"})


def test_a_file_of_lines_keeps_the_source_contract(tmp_path: Path) -> None:
    crawl(
        tmp_path,
        {"id": "1", "title": "A", "text": sites.plain_text_page()},
        {"id": "1", "title": "B"},
        "junk",
    )

    check_source(lambda: source(tmp_path / "articles.jsonl"), now=NOW)
    check_source(lambda: source(tmp_path / "missing.jsonl"), now=NOW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "url", "heading", "paragraphs"]), each)
    ),
)
NAMES = st.sampled_from(
    ["id", "url", "title", "text", "html", "passages", "published", "author", "tags", "image", "language"]
)


@given(st.dictionaries(NAMES, JSON))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_line_raises(row: dict[str, object]) -> None:
    made = source(Path("unused.jsonl"))

    made._articles(list(made._read(json.dumps(row).encode(), "line 1", [])), [], NOW)


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        pytest.param(
            [{"id": "x", "url": f"/{n}", "title": f"T{n}"} for n in range(3)],
            ["T0", "T1", "T2"],
            id="one id",
        ),
        pytest.param(
            [{"id": str(n), "url": "/live", "title": f"T{n}"} for n in range(3)],
            ["T0", "T1", "T2"],
            id="one page",
        ),
        pytest.param(
            [{"url": f"/live#{n}", "title": f"T{n}"} for n in range(3)], ["T0", "T1", "T2"], id="anchors"
        ),
        pytest.param(
            [{"url": "/live", "title": f"T{n}"} for n in range(3)], ["T0", "T1", "T2"], id="one link"
        ),
        pytest.param([{"id": "x", "title": f"T{n}"} for n in range(3)], ["T2"], id="versions of an id"),
        pytest.param([{"url": "/a", "title": f"T{n}"} for n in range(2)], ["T1"], id="versions of a page"),
        pytest.param([{"id": "x", "url": "/a", "title": "T"}] * 2, ["T"], id="twice the same"),
    ],
)
def test_no_article_is_lost_to_another_s_name_and_what_is_left_out_is_counted(
    tmp_path: Path, rows: list[dict[str, str]], kept: list[str]
) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row | {"text": f"{row['title']} was told."}) + "\n" for row in rows))

    found = source(file).collect(Memory(), now=NOW)

    assert sorted(one.title for one in found.articles) == kept
    assert len({one.id for one in found.articles} | {one.url for one in found.articles}) == 2 * len(kept)
    assert bool(found.problems) == (len(kept) < len(rows))
    assert all(str(len(rows) - len(kept)) in one.what for one in found.problems)
