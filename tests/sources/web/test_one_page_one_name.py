"""A page and a guid are the same ones, however their site spells them at the next look."""

from __future__ import annotations

import pytest

from tests.sources.feeds import article, item, rss

Q = "https://q.example"
SAME = [
    pytest.param({"link": f"{Q}/a?x=1&y=2"}, {"link": f"{Q}/a?y=2&x=1"}, id="the order of a query"),
    pytest.param({"link": f"{Q}/a/"}, {"link": f"{Q}/a/index.html"}, id="the file of a folder"),
    pytest.param({"link": f"{Q}/a/b"}, {"link": f"{Q}//a//b/"}, id="slashes doubled"),
    pytest.param({"link": f"{Q}/a"}, {"link": f"{Q}/a?print=1"}, id="printed"),
    pytest.param({"link": f"{Q}/a.html"}, {"link": f"{Q}/a.amp.html"}, id="AMP's ending"),
    pytest.param({"link": f"{Q}/news/a"}, {"link": "https://www.q.example/amp/news/a"}, id="AMP's folder"),
    pytest.param(
        {"link": f"{Q}/old", "guid": "http://www.q.example/?p=7"},
        {"link": f"{Q}/new", "guid": f"{Q}/?p=7"},
        id="a guid's move to https",
    ),
    pytest.param(
        {"link": f"{Q}/old", "guid": f"{Q}/node/7/"},
        {"link": f"{Q}/new", "guid": f"{Q}/node/7"},
        id="a guid's slash",
    ),
    pytest.param(
        {"link": f"{Q}/old", "guid": f"{Q}/?p=7&amp;post_type=news"},
        {"link": f"{Q}/new", "guid": f"{Q}/?p=7&post_type=news"},
        id="a guid escaped twice",
    ),
    pytest.param(
        {"link": f"{Q}/old", "guid": "urn:uuid:7D4F0A52-08E1-4A3E-9C40-C2A0B7D1E111"},
        {"link": f"{Q}/new", "guid": "7d4f0a52-08e1-4a3e-9c40-c2a0b7d1e111"},
        id="a UUID",
    ),
]
OTHERS = [
    pytest.param({"link": f"{Q}/aB"}, {"link": f"{Q}/Ab"}, id="case of a path"),
    pytest.param(
        {"link": f"{Q}/1", "guid": "aBcD1"}, {"link": f"{Q}/2", "guid": "AbCd1"}, id="case of a guid"
    ),
    pytest.param({"link": f"{Q}/a?v=1&v=2"}, {"link": f"{Q}/a?v=2&v=1"}, id="one name asked twice"),
    pytest.param({"link": f"{Q}/a?id=1"}, {"link": f"{Q}/a?id=2"}, id="a number"),
    pytest.param({"link": f"{Q}/amp"}, {"link": f"{Q}/"}, id="an article about amps"),
    pytest.param(
        {"link": f"{Q}/l1", "guid": f"{Q}/l#7"},
        {"link": f"{Q}/l2", "guid": f"{Q}/l#8"},
        id="a guid's place",
    ),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_another_spelling_of_its_name_brings_no_article_back(
    first: dict[str, str], second: dict[str, str]
) -> None:
    before, after = (article(rss(item(**fields))).identities for fields in (first, second))

    assert set(before) & set(after)


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_names_that_differ_in_more_are_two_articles(first: dict[str, str], second: dict[str, str]) -> None:
    before, after = (article(rss(item(**fields))).identities for fields in (first, second))

    assert not set(before) & set(after)
