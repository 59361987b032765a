"""Each item is an article of its own when its title and text are; a twin of one page is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.sources.entries import read_entry
from digest.sources.naming import told_apart, told_of
from tests.sources.feeds import NOW, PROFILE, item, parsed, rss

Q = "https://quay.example"
T = [
    ("Ferry returns", "The ferry returns on Monday."),
    ("Market opens", "The market opens in its hall."),
    ("Wall stands", "The new wall stands the storm."),
]


def many(fields: Callable[[int], dict[str, str]]) -> list[str]:
    return [item(title=title, description=text, **fields(at)) for at, (title, text) in enumerate(T)]


CASES = [
    ("shared guid", many(lambda i: {"link": f"{Q}/{i}", "guid": "x"}), 3),
    ("shared guid two", many(lambda i: {"link": f"{Q}/{i}", "guid": "x"})[:2], 2),
    ("shared guid no link", many(lambda i: {"link": "", "guid": "x"}), 3),
    ("shared guid = site url", many(lambda i: {"link": f"{Q}/{i}", "guid": Q}), 3),
    ("shared guid one link", many(lambda i: {"link": Q, "guid": "x"}), 3),
    ("no guid one link", many(lambda i: {"link": Q + "/news"}), 3),
    ("no guid no link", many(lambda i: {"link": ""}), 3),
    ("own guid one link", many(lambda i: {"link": Q + "/news", "guid": f"g{i}"}), 3),
    ("fragments in link", many(lambda i: {"link": f"{Q}/live#p{i}"}), 3),
    ("fragments in guid", many(lambda i: {"link": f"{Q}/live", "guid": f"{Q}/live#p{i}"}), 3),
    ("hashbang", many(lambda i: {"link": f"{Q}/#!/story/{i}"}), 3),
    ("spa route", many(lambda i: {"link": f"{Q}/app#/story/{i}"}), 3),
    (
        "text fragment",
        [
            item(title="A", description="a b c", link=f"{Q}/a#:~:text=x", guid="1"),
            item(title="A", description="a b c", link=f"{Q}/a", guid="1"),
        ],
        1,
    ),
    (
        "tracking only",
        [
            item(title="A", description="a b c", link=f"{Q}/a?utm_source=rss", guid="1"),
            item(title="A", description="a b c", link=f"{Q}/a?utm_source=tw", guid="1"),
        ],
        1,
    ),
    (
        "tracking, no guid",
        [
            item(title="A", description="a b c", link=f"{Q}/a?utm_source=rss"),
            item(title="A", description="a b c", link=f"{Q}/a?fbclid=2"),
        ],
        1,
    ),
    (
        "tracking, other guid same text",
        [
            item(
                title="A", description="a b c", link=f"{Q}/a?utm_source=rss", guid=f"{Q}/a?utm_source=rss"
            ),
            item(title="A", description="a b c", link=f"{Q}/a?utm_source=x", guid=f"{Q}/a?utm_source=x"),
        ],
        1,
    ),
    (
        "amp twin",
        [
            item(title="A", description="a b c", link=f"{Q}/a", guid="1"),
            item(title="A", description="a b c", link=f"{Q}/a/amp", guid="1"),
        ],
        1,
    ),
    (
        "amp twin own guid",
        [
            item(title="A", description="a b c", link=f"{Q}/a", guid=f"{Q}/a"),
            item(title="A", description="a b c", link=f"{Q}/a/amp/", guid=f"{Q}/a/amp/"),
        ],
        1,
    ),
    (
        "amp query",
        [
            item(title="A", description="a b c", link=f"{Q}/a"),
            item(title="A", description="a b c", link=f"{Q}/a?amp=1"),
        ],
        1,
    ),
    (
        "http https",
        [
            item(title="A", description="a b c", link=f"{Q}/a"),
            item(title="A", description="a b c", link="http://quay.example/a"),
        ],
        1,
    ),
    (
        "www",
        [
            item(title="A", description="a b c", link=f"{Q}/a"),
            item(title="A", description="a b c", link="https://www.quay.example/a"),
        ],
        1,
    ),
    (
        "trailing slash",
        [
            item(title="A", description="a b c", link=f"{Q}/a"),
            item(title="A", description="a b c", link=f"{Q}/a/"),
        ],
        1,
    ),
    ("exact twice", [item(title="A", description="a b c", link=f"{Q}/a", guid="1")] * 2, 1),
    ("query ids", many(lambda i: {"link": f"{Q}/?p={i + 1}", "guid": f"{Q}/?p={i + 1}"}), 3),
    ("query id caps", many(lambda i: {"link": f"{Q}/index.php?id={i + 1}"}), 3),
    ("guid number link same as channel", many(lambda i: {"link": Q + "/", "guid": str(i)}), 3),
    (
        "same title other link",
        [item(title="Brief", description=d, link=f"{Q}/{i}", guid=str(i)) for i, (t, d) in enumerate(T)],
        3,
    ),
    (
        "same title, one link, own guid, other text",
        [item(title="Brief", description=d, link=Q + "/b", guid=str(i)) for i, (t, d) in enumerate(T)],
        3,
    ),
    (
        "same title one link no guid other text",
        [item(title="Brief", description=d, link=Q + "/b") for i, (t, d) in enumerate(T)],
        3,
    ),
    (
        "no title one link no guid",
        [item(title="", description=d, link=Q + "/b") for i, (t, d) in enumerate(T)],
        3,
    ),
    ("guid case differs", many(lambda i: {"link": f"{Q}/{'abc'[i]}", "guid": ["Abc", "aBc", "abC"][i]}), 3),
    (
        "path case differs",
        [
            item(title="A", description="one two", link=f"{Q}/A"),
            item(title="B", description="three four", link=f"{Q}/a"),
        ],
        2,
    ),
    (
        "enc guid whitespace",
        [
            item(title="A", description="a", link=f"{Q}/a", guid=" 1 "),
            item(title="B", description="b", link=f"{Q}/b", guid="1"),
        ],
        2,
    ),
    (
        "guid empty strings",
        many(lambda i: {"link": f"{Q}/{i}", "more": "<guid isPermaLink='false'></guid>"}),
        3,
    ),
    (
        "guid is title",
        [item(title=t, description=d, link=f"{Q}/{i}", guid=t) for i, (t, d) in enumerate(T)],
        3,
    ),
    ("guid is date shared", many(lambda i: {"link": f"{Q}/{i}", "guid": "2026-03-04"}), 3),
    (
        "link logs to other sites",
        [
            item(title=t, description=d, link="https://other.example/x", guid=f"{Q}/log/{i}")
            for i, (t, d) in enumerate(T)
        ],
        3,
    ),
    (
        "two link logs with fragments",
        [
            item(title=t, description=d, link=f"{Q}/2026/03#l{i}", guid=f"tag:{i}")
            for i, (t, d) in enumerate(T)
        ],
        3,
    ),
    ("relative links", many(lambda i: {"link": f"/{i}"}), 3),
    ("protocol relative", many(lambda i: {"link": f"//quay.example/{i}"}), 3),
    ("mailto guid", many(lambda i: {"link": "", "guid": f"mid:{i}@x"}), 3),
    (
        "unicode links",
        [item(title=t, description=d, link=f"{Q}/" + "äöü"[i]) for i, (t, d) in enumerate(T)],
        3,
    ),
    (
        "percent vs unicode same",
        [
            item(title="A", description="a b", link=f"{Q}/ä"),
            item(title="A", description="a b", link=f"{Q}/%C3%A4"),
        ],
        1,
    ),
    (
        "same guid new title one link",
        [
            item(title="A first", description="a b", link=f"{Q}/a", guid="1"),
            item(title="A second", description="a c", link=f"{Q}/a", guid="1"),
        ],
        1,
    ),
    ("page query", many(lambda i: {"link": f"{Q}/a?page={i}"}), 3),
    ("semicolon ids", many(lambda i: {"link": f"{Q}/a;art{i}"}), 3),
    (
        "#comments fragment",
        [
            item(title="A", description="a b", link=f"{Q}/a#comments", guid="1"),
            item(title="A", description="a b", link=f"{Q}/a", guid="1"),
        ],
        1,
    ),
    (
        "feedburner",
        many(
            lambda i: {
                "link": "http://feeds.example/~r/x",
                "more": f"<fb:origLink xmlns:fb='http://rssnamespace.org/feedburner/ext/1.0'>{Q}/{i}</fb:origLink>",
            }
        ),
        3,
    ),
    ("google news", many(lambda i: {"link": f"https://www.google.com/url?q={Q}/{i}&sa=D"}), 3),
]


@pytest.mark.parametrize(
    ("items", "wanted"), [pytest.param(items, wanted, id=name) for name, items, wanted in CASES]
)
def test_no_article_is_lost_to_another_s_name(items: list[str], wanted: int) -> None:
    apart = told_apart(
        parsed(rss(*items, channel="<title>Q</title><link>https://quay.example/</link>")).entries
    )
    found = [read_entry(entry, PROFILE, now=NOW).article for entry in apart.entries]

    assert len({one.id for one in found if one}) == len(found) == wanted
    assert len(items) - wanted == apart.repeats + apart.versions
    assert bool(list(told_of(apart))) is (wanted < len(items))
