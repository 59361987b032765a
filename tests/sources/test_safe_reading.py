"""What strangers write never keeps a crawl busy, and costs nobody but itself."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.errors import BadData, TookTooLong
from digest.model import Problem, SourceKey
from digest.sources.documents import read_document
from digest.sources.entries import Entry, Profile, each_alone, read_entry
from digest.sources.pages.datelines import is_dateline
from digest.sources.pages.extraction import MAX_ELEMENTS, MAX_PAGE, TOO_LONG, TOO_SLOW, extract
from digest.sources.text.blocks import Block
from digest.sources.text.bounds import MAX_PARAGRAPH, MAX_TEXT
from digest.sources.text.markup import parse_page
from digest.sources.text.patience import READING_S, Clock, check, patience

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
PROFILE = Profile(SourceKey("s"), ZONE, "Harbor Post", "en")
LONGEST_S = 10.0
"""Of processor time, where each takes a tenth of a second: what took minutes must not come back."""

HOSTILE = {
    "numbers": "1 " * 1_500,
    "many numbers": "1 " * 100_000,
    "times": "1:" * 100_000,
    "one letter": "a" * 200_000,
    "spaces": "x" + " " * 200_000 + "x",
    "capitals": "Aa " * 70_000,
    "initials": "A. " * 70_000,
    "stops": ". " * 100_000,
    "open quotations": "“" * 200_000,
    "brackets": "[ " * 100_000,
    "ellipses": "… " * 70_000,
    "addresses": "a@" * 100_000,
    "Arabic digits": "١ " * 100_000,
    "Japanese": "年" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["blocks", "title", "summary", "byline", "published"])
def test_an_entry_of_any_text_is_read_in_a_bounded_time(text: str, name: str) -> None:
    value = (Block(text),) if name == "blocks" else text
    fields = {"title": "The harbor opens", name: value}
    entry = Entry(where="x", url="https://a.example/1", **fields)  # type: ignore[arg-type]
    started = time.thread_time()

    read_entry(entry, PROFILE, now=NOW)

    assert time.thread_time() - started < LONGEST_S


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_page_of_any_text_is_read_in_a_bounded_time(text: str) -> None:
    started = time.thread_time()

    extract(f"<title>{text}</title><h1>{text}</h1><p>{text}</p>", zone=ZONE, now=NOW)

    assert time.thread_time() - started < LONGEST_S


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<p>" + "a" * MAX_PAGE, id="bytes"),
        pytest.param("<br>" * (MAX_ELEMENTS + 1), id="elements"),
    ],
)
def test_a_page_longer_than_any_article_is_told(page: str) -> None:
    assert extract(page, zone=ZONE, now=NOW).problems == (TOO_LONG,)


def test_a_text_longer_than_any_article_is_cut_and_told() -> None:
    entry = Entry(
        where="x", url="https://a.example/1", title="Long", blocks=(Block("word " * (MAX_TEXT // 4)),)
    )

    read = read_entry(entry, PROFILE, now=NOW)

    assert read.article is not None
    assert len(read.article.text) <= MAX_TEXT + 1000
    assert max(map(len, read.article.paragraphs)) <= MAX_PARAGRAPH
    assert "longer than" in read.problems[0].what


@pytest.mark.parametrize(
    "line",
    [
        "4 March 2026",
        "Friday, 4 March 2026, 10:30 am EST",
        "Freitag, 4. März 2026, 10:30 Uhr",
        "le 4 mars 2026",
        "٤ مارس ٢٠٢٦",
    ],
)
def test_a_line_that_is_little_but_a_date_is_still_known(line: str) -> None:
    assert is_dateline(Block(line))


@pytest.mark.parametrize("line", ["1 " * 1_500, "In 2026 the harbor of March town opens", "4. März " * 300])
def test_a_line_of_more_than_a_date_is_none(line: str) -> None:
    assert not is_dateline(Block(line))


@pytest.mark.parametrize(
    "front",
    [
        "a: &x [1, 2]\nb: *x",
        "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntags: *c",
        "base: &base {title: T}\n<<: *base",
        "tags: &t [*t]",
    ],
    ids=["one", "a billion", "merged", "itself"],
)
def test_front_matter_with_aliases_is_refused(front: str) -> None:
    page = f"---\n{front}\n---\nThe harbor opens.\n".encode()

    with pytest.raises(BadData, match="alias"):
        read_document(page, "a.md", "https://a.example", zone=ZONE, now=NOW)


def test_front_matter_without_end_is_no_work() -> None:
    page = ("---\n" + "a: b\n" * 20_000 + "---\nText").encode()

    with pytest.raises(BadData, match="too long"):
        read_document(page, "a.md", "https://a.example", zone=ZONE, now=NOW)


def test_an_entry_that_breaks_its_reader_is_a_problem_of_its_own() -> None:
    entry = Entry(where="x", url="https://a.example/1", title="T", blocks=(Block(None),))  # type: ignore[arg-type]

    read = read_entry(entry, PROFILE, now=NOW)

    assert read.article is None
    assert "can't be read (TypeError)" in read.problems[0].what


def test_an_item_that_breaks_its_reader_leaves_the_others() -> None:
    def make(where: str) -> Entry:
        if where == "2":
            raise KeyError(where)
        return Entry(where=where, url="https://a.example/")

    found = each_alone((str(number), make) for number in range(1, 4))

    assert [isinstance(one, Entry) for one in found] == [True, False, True]


def ticking(step_s: float) -> Clock:
    """Return a clock that goes on by so many seconds each time it is looked at."""
    ticks = itertools.count()
    return lambda: next(ticks) * step_s


BODY = tuple(
    Block(f"The harbor opens again, said speaker number {number} of the port.") for number in range(9)
)


def test_an_entry_that_takes_too_long_costs_itself_and_is_told_with_its_address() -> None:
    entry = Entry(where="feed, entry 3", url="https://a.example/slow?key=1", title="Slow", blocks=BODY)

    read = read_entry(entry, PROFILE, now=NOW, clock=ticking(READING_S / 5))

    (problem,) = read.problems
    assert read.article is None
    assert problem.where == "feed, entry 3"
    assert problem.what.startswith("https://a.example/slow?… takes too long to read; it was left out")


def test_an_entry_within_its_time_is_the_same_whatever_the_clock_says() -> None:
    entry = Entry(where="x", url="https://a.example/1", title="Quick", blocks=BODY)

    assert read_entry(entry, PROFILE, now=NOW, clock=ticking(READING_S / 1000)) == read_entry(
        entry, PROFILE, now=NOW, clock=lambda: 0.0
    )


def test_an_item_whose_entry_takes_too_long_to_make_leaves_the_others() -> None:
    def make(where: str) -> Entry:
        for _ in range(5):
            parse_page("<p>The harbor opens.</p>")
        return Entry(where=where, url="https://a.example/1")

    times = iter([0.0, *([READING_S + 1] * 2), *([0.0] * 9)])

    slow, made = each_alone(
        [("feed, entry 1", make), ("feed, entry 2", make)], clock=lambda: next(times, 0.0)
    )

    assert isinstance(slow, Problem)
    assert (slow.where, "takes too long" in slow.what) == ("feed, entry 1", True)
    assert isinstance(made, Entry)


def test_a_page_that_takes_too_long_gives_nothing_and_says_so() -> None:
    page = "<title>Slow</title><body>" + "".join(f"<p>{block.text}</p>" for block in BODY)

    found = extract(page, zone=ZONE, now=NOW, title="Slow", clock=ticking(READING_S / 4))

    assert (found.problems, found.passages) == ((TOO_SLOW,), ())


def test_nobody_counts_the_time_of_what_is_read_outside_of_a_crawl() -> None:
    with patience(ticking(READING_S * 0.6)):
        check()
        with pytest.raises(TookTooLong):
            check()

    check()
