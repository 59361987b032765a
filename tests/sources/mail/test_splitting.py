"""A letter of many headed items is as many articles, however it sets its headings."""

# ruff: noqa: E501  # a line for each form
from __future__ import annotations

from pathlib import Path

import pytest

from digest.ports import Memory
from tests.sources.mail.letters import NOW, a_maildir, a_source, html_letter, letter

ITEMS = (
    ("Night ferry stays", "The council voted on Tuesday to keep the night ferry until the end of the summer, after long talks about money."),
    ("Bridge closed until May", "Mayor Ane Holt said the boats had carried forty thousand people since the spring, more than ever in one season."),
    ("Port gets new cranes", "The money comes from a fund that was set up after the bridge was closed for repairs two years ago by the port."),
)  # fmt: skip
HTML = {
    "headings": "<h2>{title}</h2><p>{text}</p>",
    "small headings": "<h3>{title}</h3><p>{text}</p>",
    "linked headings": "<h2><a href='https://h.example/{number}'>{title}</a></h2><p>{text}</p>",
    "a table each": "<table><tr><td><h2>{title}</h2><p>{text}</p></td></tr></table>",
    "bold lines": "<p><strong>{title}</strong></p><p>{text}</p>",
    "bold lines within paragraphs": "<p><b>{title}</b><br>{text}</p>",
    "bold items": "<ul><li><strong>{title}</strong> {text}</li></ul>",
    "large cells": "<table><tr><td><span style='font-size:22px'>{title}</span></td></tr><tr><td>{text}</td></tr></table>",
    "bold cells": "<table><tr><td><b>{title}</b></td></tr><tr><td>{text}</td></tr></table>",
    "large spans": "<p><span style='font-size:20px;font-weight:bold'>{title}</span></p><p>{text}</p>",
    "terms": "<dl><dt>{title}</dt><dd>{text}</dd></dl>",
    "read more": "<h2>{title}</h2><p>{text}</p><p><a href='https://h.example/n/{number}'>Read more</a></p>",
}
TEXTS = {
    "lines": "{title}\n\n{text}\n\n",
    "addresses": "{title}\nhttps://h.example/{number}\n{text}\n\n",
    "numbers": "{number}. {title}\n\n{text}\n\n",
    "double rules": "{title}\n======\n{text}\n\n",
    "single rules": "{title}\n------\n\n{text}\n\n",
    "marks": "## {title}\n\n{text}\n\n",
    "stars": "*** {title} ***\n\n{text}\n\n",
    "brackets": "[{title}]\n\n{text}\n\n",
}


def said(form: str) -> str:
    items = enumerate(ITEMS, start=1)
    return "".join(form.format(number=number, title=title, text=text) for number, (title, text) in items)


def split(path: Path, mail: bytes) -> list[tuple[str, str]]:
    source = a_source(a_maildir(path / "box", mail), is_split=True)
    return [(one.title, one.text) for one in source.collect(Memory(), now=NOW).articles]


@pytest.mark.parametrize("form", HTML.values(), ids=HTML)
def test_each_headed_item_of_a_page_is_an_article(tmp_path: Path, form: str) -> None:
    found = split(tmp_path, html_letter(f"<html><body>{said(form)}</body></html>"))

    assert found == list(ITEMS)


@pytest.mark.parametrize("form", TEXTS.values(), ids=TEXTS)
def test_each_headed_item_of_a_text_is_an_article(tmp_path: Path, form: str) -> None:
    found = split(tmp_path, letter(said(form)))

    assert [text.removeprefix("https://h.example/")[-60:] for _, text in found] == [
        text[-60:] for _, text in ITEMS
    ]
    assert all(title in shown for (shown, _), (title, _) in zip(found, ITEMS, strict=True))


def test_one_bold_beginning_makes_no_article(tmp_path: Path) -> None:
    html = f"<p><b>Please note well</b><br>{ITEMS[0][1]}</p><p>{ITEMS[1][1]}</p>"

    assert len(split(tmp_path, html_letter(html))) == 1
