"""What stands within an article's text and is none of it: the text goes on below."""

# ruff: noqa: E501  # a line for each case
from __future__ import annotations

from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.sources.pages.cleaning import clean, is_marker
from digest.sources.pages.extraction import extract
from digest.sources.pages.markers.cards import drop_cards
from digest.sources.text.blocks import Block
from digest.sources.text.markup import parse_page

NOW = datetime(2026, 12, 3, tzinfo=UTC)
TITLE = "Night ferry is kept"
TEXTS = (
    "The council voted on Tuesday to keep the night ferry until the end of the summer season, after long talks.",
    "Mayor Ane Holt said the boats had carried forty thousand people since the spring, more than ever before.",
    "The money comes from a fund that was set up after the bridge was closed for repairs two years ago.",
    "Two boats leave the northern pier every half an hour, and a third waits for the days of the harbor fair.",
    "The bus company will add a late line to the pier, so that nobody has to walk the last two miles home.",
    "A plan for a second pier was put off until the autumn, when the costs of the first winter are known.",
)
FORMS = {
    "a paragraph": "<p>{lead}{mark}<a href='/x/other'>{title}</a></p>",
    "a link": "<p><a href='/x/other'>{lead}{mark}{title}</a></p>",
    "bold": "<p><strong>{lead}{mark}<a href='/x/other'>{title}</a></strong></p>",
    "words": "<p>{lead}{mark}{title}</p>",
    "a list": "<p>{lead}</p><ul><li><a href='/x/other'>{title}</a></li><li><a href='/x/2'>{title} 2</a></li></ul>",
    "a card": (
        "<div class='card'><span>{lead}</span><a href='/x/other'><img src='/a.jpg' alt=''><h4>{title}</h4></a></div>"
    ),
    "a card in one link": "<div><a href='/x/other'><span>{lead}</span><h4>{title}</h4></a></div>",
    "between rules": "<hr><p>{lead}{mark}<a href='/x/other'>{title}</a></p><hr>",
}
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("interruptions.tsv").read_text(encoding="utf-8").splitlines()
]
LEADS = [
    (lead, mark, title, form)
    for (_, lead, mark, title), form in zip(
        (row for row in ROWS if row[0] == "lead"), cycle(FORMS), strict=False
    )
]
OWN_LINE = "Bring a valid ticket, a light jacket and a bottle of water for the whole crossing."
QUESTION = "What do you say to those who think that the ferry costs too much money?"


def told(middle: str, at: int) -> list[str]:
    paragraphs = [f"<p>{text}</p>" for text in TEXTS]
    body = "".join((*paragraphs[:at], middle, *paragraphs[at:]))
    page = (
        f"<html><head><title>{TITLE}</title></head><body><nav><a href='/'>Home</a></nav><main><article>"
        f"<h1>{TITLE}</h1>{body}</article></main><footer><p>© 2026 Harbor Daily</p></footer></body></html>"
    )
    found = extract(page, url="https://a.example/f", zone=ZoneInfo("UTC"), now=NOW, title=TITLE)
    return [
        text
        for passage in found.passages
        for text in (*([passage.heading] if passage.heading else []), *passage.paragraphs)
    ]


@pytest.mark.parametrize(("lead", "mark", "title", "form"), LEADS)
def test_a_pointer_within_a_page_costs_itself_only(lead: str, mark: str, title: str, form: str) -> None:
    middle = FORMS[form].format(lead=lead, mark=mark, title=title)

    assert told(middle, 3) == list(TEXTS)


@pytest.mark.parametrize("line", [row[1] for row in ROWS if row[0] != "lead"])
@pytest.mark.parametrize("wrapped", ["<p>{}</p>", "<div class='box'><p><strong>{}</strong></p></div>"])
def test_an_offer_or_ad_within_a_page_costs_itself_only(line: str, wrapped: str) -> None:
    assert told(wrapped.format(line), 3) == list(TEXTS)


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to the theory that letters are dead, the editor told the fair, and you will be wrong.",
        "Like many of us, X users were surprised by the ferry.",
        "The article continues a long tradition of the paper.",
        "Newsletters from the council now reach nine thousand homes.",
        "The ministry follows our Telegram channel, a spokesman said.",
        "Die Anzeige wurde nach der Werbung im Bahnhof erstattet.",
        "Рассылка писем обошлась городу в миллион рублей.",
        "ニュースレターの発行部数は昨年より減った。",
    ],
)
def test_prose_with_such_words_stays(line: str) -> None:
    assert line in [block.text for block in clean(map(Block, (*TEXTS[:3], line, *TEXTS[3:])), title=TITLE)]


@pytest.mark.parametrize(
    ("body", "line", "times"),
    [
        pytest.param(f"<h3>Monday</h3><ul><li>{OWN_LINE}</li></ul><p>{TEXTS[1]}</p><h3>Tuesday</h3>"
                     f"<ul><li>{OWN_LINE}</li></ul>", OWN_LINE, 2, id="items"),
        pytest.param(f"<ul><li><div>{OWN_LINE}</div></li></ul><p>{TEXTS[1]}</p><ul><li><p>{OWN_LINE}</p></li></ul>",
                     OWN_LINE, 2, id="parts of items"),
        pytest.param(f"<p>• {OWN_LINE}</p><p>{TEXTS[1]}</p><p>• {OWN_LINE}</p>", f"• {OWN_LINE}", 2, id="bullets"),
        pytest.param(f"<p>{QUESTION}</p><p>{TEXTS[1]}</p><p>{QUESTION}</p>", QUESTION, 2, id="questions"),
        pytest.param(f"<p><b>{QUESTION}</b></p><p>{TEXTS[1]}</p><p><b>{QUESTION}</b></p>", QUESTION, 2, id="bold"),
        pytest.param(f"<h2>Day one</h2><h3>Morning</h3><p>{TEXTS[1]}</p><h2>Day two</h2><h3>Morning</h3>",
                     "Morning", 2, id="headings over other texts"),
        pytest.param("<table><tr><td>Monday</td><td>North pier</td></tr><tr><td>Tuesday</td><td>North pier</td></tr>"
                     "</table>", "North pier", 2, id="cells"),
        pytest.param(f"<p>{TEXTS[1]}</p><blockquote>{TEXTS[1]}</blockquote>", TEXTS[1], 1, id="a pulled quote"),
        pytest.param(f"<p>{TEXTS[1]}</p><p>{TEXTS[0]}</p>", TEXTS[0], 1, id="a page's text again"),
    ],
)  # fmt: skip
def test_what_recurs_in_good_faith_stays_and_what_a_page_repeats_goes(
    body: str, line: str, times: int
) -> None:
    page = f"<main><article><h1>{TITLE}</h1><p>{TEXTS[0]}</p>{body}<p>{TEXTS[2]}</p><p>{TEXTS[3]}</p></article></main>"

    found = extract(f"<html><body>{page}</body></html>", zone=ZoneInfo("UTC"), now=NOW, title=TITLE)

    texts = [text for passage in found.passages for text in (passage.heading, *passage.paragraphs)]
    assert texts.count(line) == times


@pytest.mark.parametrize(
    ("card", "stays"),
    [
        ("<div><a href='/hotel'><img src='/a.jpg' alt=''><h3>Harbor Hotel</h3></a></div>", True),
        (
            "<div><b>Read also</b><a href='/x'><img src='/a.jpg' alt=''><h3>Harbor Hotel</h3></a></div>",
            False,
        ),
        (
            "<div><b>Read also</b><a href='/x'><h3>Harbor Hotel</h3></a><p>It has forty rooms.</p></div>",
            True,
        ),
        ("<div><b>Our choice</b><a href='/x'><h3>Harbor Hotel</h3></a></div>", True),
        ("<div><b>Lesen Sie auch</b><h4><a href='/x'>Harbor Hotel</a></h4></div>", False),
    ],
)
def test_a_card_is_a_label_and_links_alone(card: str, stays: bool) -> None:
    root = parse_page(f"<html><body><main>{card}</main></body></html>")
    assert root is not None

    drop_cards(root, is_marker=is_marker)

    assert ("Harbor Hotel" in root.text_content()) is stays
