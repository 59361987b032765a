"""Markup that carries meaning comes out as characters, in feeds' HTML, in pages and in Markdown alike."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.sources.documents import read_document
from digest.sources.pages.extraction import extract
from digest.sources.text.markup import plain, read_html

PROSE = "The harbor master told the council on Monday that all the quays were open to ships again. "
SPELLED = [
    pytest.param("About 10<sup>6</sup> people came", "About 10⁶ people came", id="a power"),
    pytest.param("Nur 10<sup>-6</sup> Gramm", "Nur 10⁻⁶ Gramm", id="a negative power"),
    pytest.param("Una zona de 5 km<sup>2</sup> arde", "Una zona de 5 km² arde", id="a square"),
    pytest.param("Площадь 12 м<sup>2</sup> сгорела", "Площадь 12 м² сгорела", id="a square in Russian"),
    pytest.param("The CO<sub>2</sub> and H<sub>2</sub>O", "The CO₂ and H₂O", id="formulas"),
    pytest.param("Calcium Ca<sup>2+</sup> ions", "Calcium Ca²⁺ ions", id="an ion"),
    pytest.param("Bones with <sup>14</sup>C in them", "Bones with ¹⁴C in them", id="an isotope"),
    pytest.param("About 2<sup>n</sup> ways", "About 2ⁿ ways", id="a letter as power"),
    pytest.param("The 1<sup>st</sup> of May", "The 1st of May", id="an ordinal"),
    pytest.param("Le 2<sup>e</sup> jour", "Le 2e jour", id="a French ordinal"),
    pytest.param("It costs $19<sup>99</sup> now", "It costs $19.99 now", id="cents set high"),
    pytest.param("Nur 19<sup>99</sup> € heute", "Nur 19,99 € heute", id="cents in German"),
    pytest.param("Up 1.5<sup>o</sup>C by then", "Up 1.5°C by then", id="degrees as a letter"),
    pytest.param("कुल 20 किमी<sup>2</sup> है", "कुल 20 किमी² है", id="a square in Hindi"),
    pytest.param("At 5 meters<sup>2</sup> each", "At 5 meters² each", id="a square in words"),
    pytest.param(
        "<math><msup><mn>10</mn><mn>6</mn></msup></math> <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
        "10⁶ 1/2",
        id="formulas as MathML",
    ),
    pytest.param("It grows like e<sup>x</sup> now", "It grows like e^x now", id="a letter raised"),
    pytest.param("As n<sup>1.5</sup> grows", "As n^1.5 grows", id="a power with a point"),
    pytest.param("Etwa 10<sup>4,2</sup> Keime", "Etwa 10^4,2 Keime", id="a power with a comma"),
    pytest.param("The 10<sup>1/3</sup> of it", "The 10^(1/3) of it", id="a root as a power"),
    pytest.param("Add 5<sup>1/2</sup> cups", "Add 5 1/2 cups", id="five and a half"),
    pytest.param("Les x<sup>n+1</sup> cas", "Les xⁿ⁺¹ cas", id="a sum raised"),
    pytest.param("Old<sup>[<i><a href='/x'>citation needed</a></i>]</sup> now", "Old now", id="a demand"),
    pytest.param("Holt 1999. <a href='#r1'>↩</a> Then", "Holt 1999. Then", id="an arrow back"),
    pytest.param(
        "It is <math><msqrt><mn>2</mn></msqrt></math> or <math><mroot><mi>x</mi><mn>3</mn></mroot></math>",
        "It is √2 or ³√x",
        id="roots as MathML",
    ),
    pytest.param(
        "So <math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math> each",
        "So (a+b)/2 each",
        id="a sum in a fraction",
    ),
    pytest.param("Nur <b class='line-through'>20</b> 15 Euro", "Nur 15 Euro", id="struck by a class"),
    pytest.param("It is so.<sup>1</sup> And so", "It is so. And so", id="a note after a period"),
    pytest.param("Known<sup>[2]</sup> here", "Known here", id="a note in brackets"),
    pytest.param("They left<sup>a</sup> at dawn", "They left at dawn", id="a lettered note"),
    pytest.param("Sie gingen<sup>b, c</sup> fort", "Sie gingen fort", id="lettered notes in German"),
    pytest.param("A Prof<sup>a</sup> Ana e a 10<sup>a</sup>", "A Profa Ana e a 10a", id="Portuguese ends"),
    pytest.param("Acme<sup>TM</sup> et Quai<sup>TM</sup>", "Acme™ et Quai™", id="a trade mark"),
    pytest.param("In 2019<sup>4</sup> it", "In 2019 it", id="a note after a year"),
    pytest.param("Votes 12<sup><a href='#f3'>3</a></sup> in", "Votes 12 in", id="a note that links"),
    pytest.param("It costs <s>100</s> 80 now", "It costs 80 now", id="struck out"),
    pytest.param("Der <del>schuldige</del> Mann", "Der Mann", id="deleted"),
    pytest.param("El <strike>culpable</strike> hombre", "El hombre", id="struck out the old way"),
    pytest.param("It costs <ins>80</ins> now", "It costs 80 now", id="inserted"),
    pytest.param("He said <q>we open</q> today", "He said “we open” today", id="a short quotation"),
    pytest.param(
        "He said <q>we <q>may</q> open</q> now", "He said “we ‘may’ open” now", id="one within another"
    ),
    pytest.param("<i lang=fr>Il dit <q>oui</q> ici</i>", "Il dit « oui » ici", id="a French quotation"),
    pytest.param("<i lang=de>Er sagt <q>ja</q> dazu</i>", "Er sagt „ja“ dazu", id="a German quotation"),
    pytest.param("<q>港が開く</q>と述べた", "「港が開く」と述べた", id="a Japanese quotation"),
    pytest.param("The <abbr title='World Bank'>WB</abbr> paid", "The WB paid", id="an abbreviation"),
    pytest.param("<ruby>東京<rp>(</rp><rt>とうきょう</rt></ruby>の港", "東京の港", id="a reading"),
    pytest.param("Open<span class='sr-only'> in a new window</span> now", "Open now", id="sr-only"),
    pytest.param("Open<b class='visually-hidden'> link</b> now", "Open now", id="visually-hidden"),
    pytest.param("Open<span aria-hidden='true'> x</span> now", "Open now", id="aria-hidden"),
    pytest.param("Open<span hidden> x</span> now", "Open now", id="hidden"),
]


@pytest.mark.parametrize(("markup", "text"), SPELLED)
def test_a_feed_s_markup_is_read_as_a_reader_sees_it(markup: str, text: str) -> None:
    assert [block.text for block in read_html(f"<p>{markup}</p>")] == [text]
    assert plain(markup) == text


@pytest.mark.parametrize(("markup", "text"), SPELLED)
def test_a_page_s_markup_is_read_as_a_reader_sees_it(markup: str, text: str) -> None:
    page = (
        f"<html><body><article><h1>Quays open</h1><p>{PROSE * 3}</p><p>{PROSE}{markup}.</p>"
        f"<p>{PROSE * 3}</p></article></body></html>"
    )

    found = extract(
        page,
        url="https://gazette.example/quays",
        zone=ZoneInfo("UTC"),
        now=datetime(2026, 11, 24, tzinfo=UTC),
    )

    told = " ".join(text for passage in found.passages for text in passage.paragraphs)
    assert f"{text}." in told


def test_the_lines_of_a_verse_stay_apart() -> None:
    verse = "<p>Roses are red<br>Violets are blue<br>Ships are at sea,<br>And so are you</p>"

    assert [block.text for block in read_html(verse)] == [
        "Roses are red / Violets are blue / Ships are at sea, And so are you"
    ]


def test_lines_that_a_width_has_broken_are_one_sentence() -> None:
    assert [block.text for block in read_html("<p>The mayor of<br>the old town<br>has left.</p>")] == [
        "The mayor of the old town has left."
    ]


def test_the_items_of_a_list_stay_apart_in_a_field_of_one_line() -> None:
    assert plain("<ul><li>Ferries sail</li><li>The port pays</li></ul>") == "Ferries sail • The port pays"


def test_a_quotation_set_apart_is_one_without_its_markup() -> None:
    markup = (
        f"<p>{PROSE}</p><blockquote><p>The council knew all.</p><p>So be it.</p></blockquote><p>{PROSE}</p>"
    )

    assert [block.text for block in read_html(markup)][1:3] == ["“The council knew all.", "So be it.”"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param(
            "시장은 **“항구가 열린다”**라고 말했다.",
            "시장은 “항구가 열린다”라고 말했다.",
            id="Korean stars",
        ),
        pytest.param("시장은 **항구(港)**를 열었다.", "시장은 항구(港)를 열었다.", id="Korean brackets"),
        pytest.param("한국어는\n띄어쓰기가 있다.", "한국어는 띄어쓰기가 있다.", id="Korean lines"),
        pytest.param("他说**“港口开放”**之后离开。", "他说“港口开放”之后离开。", id="Chinese stars"),
        pytest.param(
            "市長は**「港が開く」**と述べた。", "市長は「港が開く」と述べた。", id="Japanese stars"
        ),
        pytest.param("市长说**“港口开放”**了。", "市长说“港口开放”了。", id="Chinese stars"),
        pytest.param("市は月曜日に\n港を開く。", "市は月曜日に港を開く。", id="a wrapped Japanese line"),
        pytest.param("항구가 다시\n열렸다.", "항구가 다시 열렸다.", id="a wrapped Korean line"),
        pytest.param("The port\nopens.", "The port opens.", id="a wrapped English line"),
        pytest.param("It costs ~~100~~ 80.", "It costs 80.", id="struck out"),
    ],
)
def test_markdown_is_read_in_every_script(text: str, read: str) -> None:
    document = read_document(
        f"# T\n\n{text}\n".encode(),
        "a.md",
        "https://gazette.example",
        zone=ZoneInfo("UTC"),
        now=datetime(2026, 11, 24, tzinfo=UTC),
    )

    assert [block.text for block in document.entry.blocks] == [read]


@pytest.mark.parametrize(
    "title", ["市長　港を開く", "港　再開　月曜日", "市长　港口开放"], ids=["two", "three", "Chinese"]
)
def test_a_headline_s_wide_space_stays(title: str) -> None:
    assert plain(title) == title


@pytest.mark.timeout(600)
def test_a_text_of_many_powers_and_quotations_is_read_to_its_end() -> None:
    assert read_html("<p>" + "10<sup>6</sup> " * 20_000 + "</p>")
    assert read_html("<q>" * 200 + "deep" + "</q>" * 200)


@pytest.mark.parametrize(
    ("language", "told", "marked"),
    [
        pytest.param(
            "en",
            "The mayor took “dirty money”. All knew.",
            "“The mayor took ‘dirty money’. All knew.”",
            id="curly",
        ),
        pytest.param(
            "de",
            "Er nahm „das Geld“. Alle wussten es.",
            "„Er nahm ‚das Geld‘. Alle wussten es.“",
            id="German",
        ),
        pytest.param(
            "en",
            'The mayor took "dirty money". All knew.',
            "“The mayor took ‘dirty money’. All knew.”",
            id="straight",
        ),
    ],
)
def test_a_quotation_set_apart_keeps_its_marks_around_those_within(
    language: str, told: str, marked: str
) -> None:
    page = f"<div lang={language}><p>{PROSE * 2}</p><blockquote>{told}</blockquote></div>"

    assert read_html(page)[-1].text == marked


CITED = {
    "a link's log": (
        "<p><a href='/x'>On the harbor</a>:</p><blockquote>The council knew all. So be it.</blockquote>",
        "“The council knew all. So be it.”",
    ),
    "who said it follows": (
        "<blockquote><p>The council knew all. So be it.</p></blockquote><p>— Dan Kessy</p>",
        "“The council knew all. So be it.”",
    ),
    "a sentence before": (
        "<p>The port is open.</p><blockquote>The council knew all of it. So be it then.</blockquote>",
        "“The council knew all of it. So be it then.”",
    ),
    "a frame of all the text": (
        "<blockquote>The port opened on Monday. The council was glad.</blockquote><p>Read more</p>",
        "The port opened on Monday. The council was glad.",
    ),
}


@pytest.mark.parametrize(("html", "told"), CITED.values(), ids=CITED)
def test_a_quotation_that_is_most_of_a_short_text_is_one_still(html: str, told: str) -> None:
    assert told in [block.text for block in read_html(html)]
