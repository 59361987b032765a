from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from digest.sources import feed_parser
from digest.sources.feed import parse_feed
from digest.sources.web.fetching import Fetched
from tests.sources.feeds import URL, article, articles, item, parsed, rss
from tests.sources.hostile import FEEDS

ROOT = Path(__file__).parents[2]
LIMIT_S = 60
"""All together take a few seconds; each one alone took minutes to hours."""


def _read_all(kind: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sources.hostile", kind],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=LIMIT_S,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_reading_hostile_feeds_ends_and_keeps_what_was_good() -> None:
    assert _read_all("feeds") == {name: ["Ferry returns"] for name in FEEDS}


def test_reading_hostile_texts_ends() -> None:
    assert _read_all("texts") == {
        "single breaks": 1,
        "a byline of digits": "",
        "a summary of spaces": "Back.",
        "bylines in bylines": "",
        "JSON-LD of spaces": 1,
    }


def test_what_stands_around_an_endless_name_stays() -> None:
    endless = "1" * (feed_parser.MAX_NAME + 1)

    assert article(rss(item(author=f"Ada Kamau {endless}"))).byline == "Ada Kamau"


def test_an_author_element_longer_than_a_name_keeps_its_address_out() -> None:
    author = "ada@quay.example (" + "Ada Kamau, " * 12 + "Ben Otieno)"

    assert article(rss(item(author=author))).byline.endswith("Ben Otieno")


def test_an_entry_has_no_more_tags_than_the_bound() -> None:
    tags = "".join(f"<category>c{number}</category>" for number in range(feed_parser.MAX_TAGS + 5))

    assert len(article(rss(item(more=tags))).tags) == feed_parser.MAX_TAGS


def test_an_unknown_character_number_leaves_the_other_entries_of_a_broken_feed() -> None:
    broken = item(link="https://quay.example/goats", title="Goats").replace(
        "Goats", "Goats &#99999999999;<b>"
    )
    body = rss(item(), broken)

    assert [each.title for each in articles(body)] == ["Ferry returns", "Goats \N{REPLACEMENT CHARACTER}"]
    assert "is not well-formed" in parsed(body).problems[0].what


def test_a_wide_feed_is_read_whatever_its_declaration_says() -> None:
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
        text = rss(
            item(title="Fähre kehrt zurück"), head='<?xml version="1.0" encoding="utf-16"?>'
        ).decode()

        read = parse_feed(Fetched(URL, 200, text.encode(codec), "application/rss+xml", ""), "feed.xml")

        assert [entry.title for entry in read.entries] == ["Fähre kehrt zurück"], codec


def test_safe_entities_of_a_short_head_are_still_read() -> None:
    head = '<?xml version="1.0"?>\n\n\n  <!DOCTYPE rss [\n<!ENTITY quay "Quay">\n]>'

    assert article(rss(item().replace("Ferry", "&quay; ferry"), head=head)).title == "Quay ferry returns"
