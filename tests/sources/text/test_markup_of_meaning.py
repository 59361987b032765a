"""Markup that carries meaning, of a feed and of a page: gone text is gone, exponents stay."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.sources.pages.extraction import extract
from digest.sources.text.widgets import read_body

CASES: list[tuple[str, list[str], list[str]]] = [
    ("<p>The fine is <s>40</s> 60 shillings a day.</p>", ["60 shillings"], ["40"]),
    (
        "<p>The <del datetime='2026'>mayor</del> <ins>deputy mayor</ins> resigned.</p>",
        ["The deputy mayor resigned"],
        ["The mayor"],
    ),
    ("<p>The <strike>mayor</strike> council resigned.</p>", ["The council resigned"], ["mayor"]),
    (
        "<p>The price is <span style='text-decoration: line-through'>90</span> 70 euros.</p>",
        ["70 euros"],
        ["90"],
    ),
    ("<p>About 10<sup>6</sup> cells and 10<sup>-3</sup> mol.</p>", [], ["106", "10-3"]),
    ("<p>CO<sub>2</sub> and H<sub>2</sub>O rose.</p>", [], ["CO 2"]),
    ("<p>It grew 3<sup>rd</sup> in a row.<sup>4</sup> Then it fell.</p>", ["3rd in a row. Then"], []),
    ("<p>He said <q>the port is shut</q> and left.</p>", ["said “the port is shut” and left"], []),
    (
        "<p lang='de'>Er sagte <q>der Hafen ist zu</q> und ging.</p>",
        ["der Hafen ist zu"],
        ["sagte der Hafen"],
    ),
    ("<p>He wrote <q>she said <q>no</q> to me</q> twice.</p>", ["no"], ["said no to"]),
    ("<p>Roses are red<br>Violets are blue<br/>The port is shut</p>", [], ["redViolets", "blueThe"]),
    ("<ul><li>Bread costs 4</li><li>Milk costs 5</li></ul>", [], ["4Milk", "4 Milk costs"]),
    ("<p>The <abbr title='World Health Organization'>WHO</abbr> met.</p>", ["WHO"], []),
    (
        "<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>で会議が開かれた。</p>",
        ["東京で会議"],
        ["とうきょうで"],
    ),
    (
        "<p>Results <span class='sr-only'>opens in a new window</span> came.</p>",
        ["Results came"],
        ["opens"],
    ),
    ("<p>Results <span class='screen-reader-text'>(external link)</span> came.</p>", [], ["external"]),
    ("<p>Results <span class='visually-hidden'>new tab</span> came.</p>", [], ["new tab"]),
    ("<p>Results <span aria-hidden='true'>★</span> came.</p>", ["came"], []),
    (
        "<p>The <mark>bank</mark> shut in <time datetime='2026-05-03'>May</time>.</p>",
        ["The bank shut in May"],
        [],
    ),
    ("<p>The bank shut. <small>Terms apply.</small></p>", ["The bank shut"], []),
    (
        "<details><summary>Why did it shut?</summary><p>The bank ran out of money.</p></details>",
        ["ran out of money"],
        ["shut?The"],
    ),
    ("<p>It is <math><msup><mi>x</mi><mn>2</mn></msup></math> here.</p>", ["x"], ["x2 "]),
    ("<p>Half: <math><mfrac><mn>1</mn><mn>2</mn></mfrac> of it.</math></p>", [], ["12 of"]),
    ("<p>About 5<sup>1</sup>/<sub>2</sub> miles.</p>", [], ["51/2"]),
    ("<p>An area of 40 km<sup>2</sup> and 3 m<sup>3</sup>.</p>", ["km²"], ["km2"]),
    ("<p>He won<sup><a href='#fn1'>[1]</a></sup> the vote.</p>", ["He won the vote"], ["[1]"]),
    (
        "<p>It was 2<sup>nd</sup>; M<sup>me</sup> Petit and n<sup>o</sup> 5; 1<sup>er</sup> mai.</p>",
        ["2nd", "1er mai"],
        [],
    ),
    ("<p>He is <em>not</em> guilty, <b>said</b> the court.</p>", ["is not guilty, said"], []),
    ("<p>The <var>n</var> is 5 &times; 10<sup>&minus;9</sup>.</p>", [], ["10−9"]),
    (
        "<blockquote><p>The mayor took it.</p><cite>Nora Hill</cite></blockquote>",
        ["The mayor took it."],
        [],
    ),
    ("<p>He <!-- not -->paid <template>never</template>it.</p>", ["paid it"], ["never"]),
    ("<p>He paid it<noscript> never</noscript>.</p>", ["paid it"], []),
    ("<p>The sum is 3&nbsp;000 &euro;, <data value='9'>nine</data> times.</p>", ["nine times"], []),
    ("<p>She <span hidden>did not</span> paid.</p>", ["She paid"], ["did not"]),
    ("<p>Cost: <span style='display:none'>99</span>45 euros.</p>", ["45 euros"], ["99"]),
    ("<dl><dt>Price</dt><dd>40 euros</dd><dt>Size</dt><dd>2 rooms</dd></dl>", [], ["Price40", "eurosSize"]),
    (
        "<table><tr><td>Kano</td><td>3</td></tr><tr><td>Jos</td><td>1</td></tr></table>",
        [],
        ["Kano3", "3Jos"],
    ),
    ("<p>wa<wbr>ter and co&shy;op rose.</p>", ["water"], ["wa ter"]),
    ("<p>He <span class='strike'>never</span> <u>always</u> paid.</p>", ["always paid"], []),
    ("<p>The <bdo dir='ltr'>bank</bdo> <bdi>علي</bdi> shut.</p>", ["علي shut"], []),
]
_ABOUT = "<p>" + "The ferry will sail again in May, the council said after the vote. " * 3 + "</p>"


def page(html: str) -> str:
    """Return the text that stands between two paragraphs of a page, with them."""
    whole = (
        "<html><head><title>Council meets in Kano</title></head><body><article>"
        "<h1>Council meets in Kano</h1>"
        f"{_ABOUT}{html}{_ABOUT.replace('ferry', 'bridge')}</article></body></html>"
    )
    found = extract(
        whole, url="https://kano.example/a", zone=ZoneInfo("UTC"), now=datetime(2026, 5, 3, tzinfo=UTC)
    )
    return " ¶ ".join(text for one in found.passages for text in (one.heading, *one.paragraphs))


@pytest.mark.parametrize(("html", "kept", "gone"), CASES)
def test_a_feeds_markup_keeps_its_meaning(html: str, kept: list[str], gone: list[str]) -> None:
    text = " ¶ ".join(block.text for block in read_body(html))

    assert not [words for words in kept if words not in text], text
    assert not [words for words in gone if words in text], text


@pytest.mark.parametrize(("html", "kept", "gone"), CASES)
def test_a_pages_markup_keeps_its_meaning(html: str, kept: list[str], gone: list[str]) -> None:
    text = page(html)

    assert not [words for words in kept if words not in text], text
    assert not [words for words in gone if words in text], text
