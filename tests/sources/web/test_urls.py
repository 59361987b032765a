from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import BadData
from digest.sources.web.urls import absolute, canonical, names_private_host, shown, shown_link


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        pytest.param("HTTPS://Harbor.Example:443/News", "https://harbor.example/News", id="case and port"),
        pytest.param(
            "http://harbor.example:8080", "http://harbor.example:8080/", id="other port, empty path"
        ),
        pytest.param(
            "https://harbor.example/a?utm_source=rss&id=7&fbclid=x#top",
            "https://harbor.example/a?id=7",
            id="tracking",
        ),
        pytest.param(
            "https://harbor.example/a?at_medium=RSS&at_campaign=K", "https://harbor.example/a", id="BBC's"
        ),
        pytest.param(
            "https://harbor.example/a?b=2&a=1", "https://harbor.example/a?b=2&a=1", id="order stays"
        ),
        pytest.param("https://harbor.example/a?q=", "https://harbor.example/a?q=", id="empty value stays"),
        pytest.param(
            "https://harbor.example/a?ref=rss&ref=42", "https://harbor.example/a?ref=42", id="ref by value"
        ),
        pytest.param(
            "https://harbor.example/%7eada/%e4%b8%ad", "https://harbor.example/~ada/%E4%B8%AD", id="escapes"
        ),
        pytest.param(
            "https://harbor.example/中 文", "https://harbor.example/%E4%B8%AD%20%E6%96%87", id="not ASCII"
        ),
        pytest.param("https://harbor.example/100%", "https://harbor.example/100%25", id="bare percent"),
        pytest.param("https://harbor.example/a/../b/./c", "https://harbor.example/b/c", id="dots"),
        pytest.param("https://harbor.example/a/..", "https://harbor.example/", id="dots to the root"),
        pytest.param(
            "https://harbor.example/a;jsessionid=1F?x=1", "https://harbor.example/a?x=1", id="session"
        ),
        pytest.param("https://bücher.example./x", "https://xn--bcher-kva.example/x", id="IDN and root dot"),
        pytest.param(
            "https://harbor.example/#!/story/7", "https://harbor.example/#!/story/7", id="hashbang"
        ),
        pytest.param("https://ada:word@harbor.example/x", "https://harbor.example/x", id="credentials"),
        pytest.param("https://harbor.example/story/amp/", "https://harbor.example/story/", id="AMP path"),
        pytest.param(
            "https://harbor.example/story?amp=1&x=2", "https://harbor.example/story?x=2", id="AMP query"
        ),
        pytest.param(
            "https://x.cdn.ampproject.org/c/s/harbor.example/story",
            "https://harbor.example/story",
            id="AMP cache",
        ),
        pytest.param(
            "https://www.google.com/amp/s/harbor.example/story",
            "https://harbor.example/story",
            id="AMP viewer",
        ),
        pytest.param(" https://harbor.example/a\n ", "https://harbor.example/a", id="white space around"),
        pytest.param("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x", id="IPv6"),
    ],
)
def test_one_page_has_one_spelling(url: str, wanted: str) -> None:
    assert canonical(url) == wanted


def test_a_relative_address_needs_its_base() -> None:
    assert canonical("../b?x=1", "https://harbor.example/a/c") == "https://harbor.example/b?x=1"
    assert canonical("//other.example/x", "https://harbor.example/") == "https://other.example/x"
    with pytest.raises(BadData):
        canonical("../b")


@pytest.mark.parametrize(
    "url",
    [
        *("", "harbor.example/a", "mailto:ada@harbor.example", "javascript:alert(1)", "data:,x"),
        *("http://", "http:///x", "http://[::1", "http://a:b/"),
    ],
)
def test_what_names_no_page_is_bad_data(url: str) -> None:
    with pytest.raises(BadData):
        canonical(url)


PATHS = st.text(max_size=30)


@given(PATHS, PATHS)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_canonical_is_its_own_canonical(path: str, query: str) -> None:
    try:
        once = canonical(f"https://harbor.example/{path}?{query}")
    except BadData:
        return

    assert canonical(once) == once
    assert once.isascii()
    assert not any(sign in once for sign in ' <>"\n')


def test_what_is_shown_has_no_secret() -> None:
    assert shown("https://ada:word@harbor.example/feed?key=secret#x") == "https://harbor.example/feed?…"


@pytest.mark.parametrize(
    ("url", "is_private"),
    [
        ("http://localhost/x", True),
        ("http://10.1.2.3/x", True),
        ("http://[::1]/x", True),
        ("http://printer/x", True),
        ("http://cms.internal/x", True),
        ("http://127.1/x", True),
        ("http://0x7f.1/x", True),
        ("http://0177.0.0.1/x", True),
        ("http://2130706433/x", True),
        ("http://１２７.0.0.1/x", True),
        ("http://%31%32%37.0.0.1/x", True),
        ("http://127.0.0.1./x", True),
        ("http://localhost./x", True),
        ("http://nas.home.arpa/x", True),
        ("http://[2002:7f00:1::]/x", True),
        ("http://[64:ff9b::7f00:1]/x", True),
        ("http://[::127.0.0.1]/x", True),
        ("http://[::ffff:10.0.0.1]/x", True),
        ("http://[fe80::1%25eth0]/x", True),
        ("http://224.0.0.1/x", True),
        ("http://[ff02::1]/x", True),
        ("http://127.0.0.1\\@harbor.example/x", True),
        ("https://harbor.example/x.jpg", False),
        ("https://harbor.example./x.jpg", False),
        ("https://1.harbor.example/x.jpg", False),
        ("https://münchen.example/x.jpg", False),
        ("https://8.8.8.8/x.jpg", False),
        ("https://[2606:4700::1111]/x.jpg", False),
        ("https://[64:ff9b::808:808]/x.jpg", False),
    ],
)
def test_private_hosts_are_told_by_their_names(url: str, is_private: bool) -> None:
    assert names_private_host(url) is is_private


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        pytest.param("https://h.example/live#entry-3", "https://h.example/live#entry-3", id="an entry"),
        pytest.param(
            "https://h.example/live?utm_source=x#e", "https://h.example/live#e", id="tracking goes"
        ),
        pytest.param(
            "https://h.example/a#xtor=RSS-1", "https://h.example/a", id="tracking in the fragment"
        ),
        pytest.param(
            "https://h.example/a#at=3&utm_medium=x", "https://h.example/a#at=3", id="half tracking"
        ),
        pytest.param("https://h.example/a#:~:text=a=b", "https://h.example/a#:~:text=a=b", id="a text"),
        pytest.param("https://h.example/a#", "https://h.example/a", id="an empty one"),
        pytest.param("https://h.example/a#!page", "https://h.example/a#!page", id="a page of a script"),
        pytest.param("https://h.example/a#für uns", "https://h.example/a#f%C3%BCr%20uns", id="not ASCII"),
        pytest.param("https://h.example/a#%41b", "https://h.example/a#Ab", id="escapes"),
        pytest.param("https://h.example/a", "https://h.example/a", id="none"),
    ],
)
def test_a_readers_link_keeps_the_place_in_the_page(url: str, wanted: str) -> None:
    assert shown_link(url) == wanted
    assert shown_link(wanted) == wanted
    assert canonical(wanted) == canonical(url)


def test_a_relative_link_keeps_its_place() -> None:
    assert shown_link("live#entry-3", "https://h.example/news/") == "https://h.example/news/live#entry-3"


@pytest.mark.parametrize(
    "base", ["https://a.example/b/c?d#e", "http://a.example", "ftp://a.example/", "b/c"]
)
@pytest.mark.parametrize(
    "address",
    [
        "https://news.example",
        "https://news.example/",
        "http://news.example/a/b;c?d=e&f=g#h",
        "https://news.example/a;",
        "https://news.example/a?",
        "https://news.example/a?#",
        "https://news.example/a#",
        "https://news.example/a?b=c#",
        "https://news.example/a?b?c#d?e#f",
        "https://news.example?a=b",
        "https://news.example#a",
        "https://news.example/a/../b/./c",
        "https:///a",
        "https://?a",
        "https:a",
        "https://[::1]/a",
        "https://[half/a",
        "https://news.example/[a]",
        "https://name:word@news.example:8080/a",
        "https://news.example/a b",
        "https://news.example/a\tb",
        "https://news.example/\x00a",
        "https://news.example/\x1f",
        "https://news.example/grün",
        "https://grün.example/",
        "HTTPS://news.example/a",
        "https://news.example\\a",
        "//news.example/a",
        "/a",
        "a",
        "?a",
        "#a",
        "",
    ],
)
def test_an_address_is_joined_as_the_standard_library_joins_it(base: str, address: str) -> None:
    try:
        joined = urljoin(base, address.strip())
    except ValueError:
        joined = ""

    assert absolute(base, address) == joined
