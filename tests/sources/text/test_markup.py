from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.sources.text.blocks import Block
from digest.sources.text.markup import plain, read_html


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        pytest.param("<p>One <b>bold</b> word.</p><p>Two.</p>", ["One bold word.", "Two."], id="inline"),
        pytest.param("One.<br>Still one.<br/><br/>Two.", ["One. Still one.", "Two."], id="breaks"),
        pytest.param("<div>a<div>b</div>c</div>", ["a", "b", "c"], id="text between blocks"),
        pytest.param("<ul><li>a</li><li>b</li></ul>", ["a", "b"], id="list"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"], id="table"),
        pytest.param("a<script>x()</script>b<style>p{}</style>c", ["abc"], id="script and style"),
        pytest.param("a<!-- not this -->b", ["ab"], id="comment"),
        pytest.param(
            "<p>a</p><figure><img><figcaption>no</figcaption></figure><p>b</p>", ["a", "b"], id="caption"
        ),
        pytest.param(
            "<p>seen</p><p style='display:none'>not</p><p aria-hidden=true>nor</p>", ["seen"], id="hidden"
        ),
        pytest.param("safe <object data=x.swf> text", ["safe text"], id="object left open"),
        pytest.param("<p>unclosed<p>twice", ["unclosed", "twice"], id="unclosed"),
        pytest.param("&amp;lt;b&gt; &nbsp; &eacute;", ["&lt;b> é"], id="entities once"),
        pytest.param("<p>a<span hidden>x</span>b</p>", ["ab"], id="hidden inline"),
        pytest.param("", [], id="nothing"),
        pytest.param("<p></p><div> </div>", [], id="empty blocks"),
        pytest.param('<?xml version="1.0" encoding="latin-1"?><p>é</p>', ["é"], id="XML declaration"),
    ],
)
def test_blocks_are_read(html: str, wanted: list[str]) -> None:
    assert [block.text for block in read_html(html)] == wanted


def test_headings_keep_their_level() -> None:
    assert read_html("<h1>a</h1>t<h3>b <i>c</i></h3>u") == (
        Block("a", 1),
        Block("t"),
        Block("b c", 3),
        Block("u"),
    )


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("<b>Fish</b> <i>&amp;</i> chips", "Fish & chips"),
        ("&lt;b&gt;Fish&lt;/b&gt;", "Fish"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("AT&T", "AT&T"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<script>alert(1)</script>Title", "Title"),
        ("  a\n b ", "a b"),
    ],
)
def test_a_field_becomes_plain_text(raw: str, wanted: str) -> None:
    assert plain(raw) == wanted


TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<br>", "<h2>", "</h2>", "<td>", "<svg>", "text "),
        *("<script>", "</script>", "<!--", "-->", "&lt;", "<![CDATA[", "]]>", "\x00"),
    ]
)


@given(st.lists(st.one_of(TAGS, st.text(max_size=10)), max_size=30).map("".join))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_markup_raises_and_every_block_says_something(html: str) -> None:
    blocks = read_html(html)

    assert all(block.text.strip() == block.text != "" for block in blocks)
    assert all("\n" not in block.text for block in blocks)
    plain(html)
