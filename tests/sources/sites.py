"""An article of our own, and pages that dress it in the markup of the wild."""

from __future__ import annotations

import html
from collections.abc import Callable

TITLE = "Island ferry returns to the harbor after three quiet years"
PUBLISHER = "The Quay Courier"
LEAD = (
    "The morning ferry left the harbor again on Monday, three years after its engine was taken out and "
    "its crew was sent home, and it carried two hundred passengers, forty bicycles and one goat."
)
SECTIONS = (
    (
        "A long wait",
        "The ferry stopped running when the shipyard that built it closed, and no other yard on the coast "
        "had the drawings. The council asked twice for money and was refused twice, until a retired "
        "engineer found a copy of the plans in a school library.",
    ),
    (
        "What it costs",
        "A single ticket is sold for two coins, as before, and children under twelve travel free of "
        "charge. The council expects to lose a little on every crossing and says that a road around the "
        "bay would have cost forty times as much.",
    ),
    (
        "Bicycles and goats",
        "Animals travel on the lower deck, where a farmer may stand beside them, and bicycles are hung "
        "from hooks that the crew welded in winter. The captain said that nobody had asked about goats "
        "before, and that he saw no reason to forbid them.",
    ),
    (
        "The years ahead",
        "A second ferry is to follow when the first has paid for its paint, which may take until the "
        "spring after next. Until then the timetable holds six crossings a day, and one more on market "
        "days for those who stay too long.",
    ),
)
CLOSING = (
    "When the whistle blew, the school band began to play on the pier, a little late and a little out of "
    "tune, and the old engineer took off his hat and did not put it on again until the boat was small."
)
ABOUT = (
    "The Quay Courier provides daily updates and comprehensive reports from the coast. Our platform keeps "
    "you connected with your neighbors, and our dedicated reporters ensure timely news. Stay informed, "
    "tune in every day and follow us wherever you read."
)
PARAGRAPHS = (LEAD, *(text for _, text in SECTIONS), CLOSING)
HEADINGS = tuple(heading for heading, _ in SECTIONS)

Shape = Callable[[], str]


def _head(title: str = f"{TITLE} | {PUBLISHER}") -> str:
    return f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title></head>"


def _lines(heading: str = "{}", text: str = "{}", *, close: bool = True) -> list[str]:
    lines = [heading.format(TITLE), heading.format(TITLE), text.format(LEAD)]
    for name, body in SECTIONS:
        lines += [heading.format(name), text.format(body)]
        if name == "A long wait":
            lines.insert(-1, heading.format(name))
    lines.append(text.format(CLOSING))
    if close:
        lines += [
            heading.format("Write a comment"),
            text.format("Your comment will be published within a day."),
        ]
        lines.append(text.format(ABOUT))
    return lines


def semantic() -> str:
    body = "".join(_lines("<h2>{}</h2>", "<p>{}</p>", close=False)[2:])
    header = "<header><nav><a href='/'>Home</a> <a href='/bay'>The bay</a></nav></header>"
    stamp = "<time datetime='2026-03-04T09:00:00+03:00'>4 March</time>"
    top = f"<h1>{TITLE}</h1><p class='byline'>By Ada Kamau</p>{stamp}"
    form = "<section id='comments'><h3>Leave a reply</h3><form><textarea></textarea></form></section>"
    others = "<aside><h3>Most read</h3><ul><li><a href='/x'>Lighthouse to be painted</a></li></ul></aside>"
    main = f"<main><article>{top}{body}</article></main>"
    return f"{_head()}<body>{header}{main}{form}{others}<footer><p>{ABOUT}</p></footer></body></html>"


def plain_divs() -> str:
    return (
        f"{_head()}<body><div>" + "".join(_lines("<div>{}</div>", "<div>{}</div>")) + "</div></body></html>"
    )


def nested_divs() -> str:
    heading, text = (
        "<div class='t'><span>{}</span></div>",
        "<div class='b'><div><span>{}</span></div></div>",
    )
    inner = "".join(_lines(heading, text))
    menu = "<div class='menu'><a href='/'>Home</a><a href='/n'>News</a><a href='/c'>Contact</a></div>"
    return f"{_head()}<body><div class='wrap'>{menu}<div class='content'>{inner}</div></div></body></html>"


def layout_tables() -> str:
    rows = "".join(_lines("<tr><td><b>{}</b></td></tr>", "<tr><td>{}</td></tr>"))
    menu = "<td valign='top'><a href='/'>Home</a><br><a href='/n'>News</a></td>"
    page = f"<table width='900'><tr>{menu}<td><table>{rows}</table></td></tr></table>"
    return f"{_head()}<body>{page}</body></html>"


def double_breaks() -> str:
    return f"{_head(TITLE)}<body><div class='post'>" + "<br><br>".join(_lines()) + "</div></body></html>"


def single_breaks() -> str:
    return f"{_head(TITLE)}<body><div class='post'>" + "<br/>\n".join(_lines()) + "</div></body></html>"


def bold_headings() -> str:
    body = "".join(_lines("<p><strong>{}</strong></p>", "<p>{}</p><p>&nbsp;</p>"))
    return f"{_head()}<body><div class='entry-content'>{body}</div></body></html>"


def shouting_wordpress() -> str:
    body = "".join(_lines("<h4>{}</h4>", "<p>{}</p>", close=False)[2:])
    share = "<div class='s'><p>Share this</p><p>Facebook Twitter WhatsApp</p></div>"
    entry = f"<p>By Ada Kamau</p><p>4 March 2026</p>{share}{body}<p>Advertisement</p>{share}"
    post = f"<div class='post'><h2 class='entry-title'>{TITLE}</h2><div class='entry'>{entry}</div>"
    form = "<form><p>Your email address will not be published.</p></form>"
    respond = f"<div id='respond'><h3>Leave a Reply</h3>{form}</div></div>"
    footer = f"<div id='footer'><div class='widget'>{ABOUT}</div></div>"
    return (
        f"{_head()}<body class='single-post'><div id='content'>{post}{respond}</div>{footer}</body></html>"
    )


def sections_in_sections() -> str:
    body = f"<section><p>{LEAD}</p></section>"
    body += "".join(f"<section><h3>{name}</h3><p>{text}</p></section>" for name, text in SECTIONS)
    top = f"<section><h1>{TITLE}</h1><h1>{TITLE}</h1></section>"
    return f"<html><body>{top}{body}<section><p>{CLOSING}</p></section></body></html>"


def preformatted() -> str:
    return f"{_head(TITLE)}<body><pre>" + html.escape("\n\n".join(_lines())) + "</pre></body></html>"


def nothing_but_paragraphs() -> str:
    return "<html><body>" + "".join(_lines("<p>{}</p>", "<p>{}</p>")) + "</body></html>"


def commented_source() -> str:
    body = "".join(_lines("<h2>{}<!-- t --></h2>", "<p><!-- react -->{}<!-- /react --></p>"))
    return f"{_head()}<body><article>{body.replace('ferry', 'fer<!-- x -->ry')}</article></body></html>"


def layout_font() -> str:
    body = "".join(_lines("<P><FONT SIZE=5><B>{}</B></FONT>", "<P><FONT FACE=Arial>{}</FONT>"))
    head = f"<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD>"
    return f"{head}<BODY BGCOLOR=white><CENTER>{body}</CENTER></BODY></HTML>"


def plain_text_page() -> str:
    return "\n\n".join(_lines()) + "\n"


SHAPES: tuple[Shape, ...] = (
    semantic,
    plain_divs,
    nested_divs,
    layout_tables,
    double_breaks,
    single_breaks,
    bold_headings,
    shouting_wordpress,
    sections_in_sections,
    preformatted,
    nothing_but_paragraphs,
    commented_source,
    layout_font,
)
