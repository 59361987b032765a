"""Rows of names and values, as files and databases hold articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from digest.sources.entries import Entry
from digest.sources.pages.pictures import picture_problem, usable_image
from digest.sources.text.blocks import Block, fold, read_plain
from digest.sources.text.fields import split_tags
from digest.sources.text.markup import plain, read_html
from digest.sources.text.titles import read_title


def entry_of(row: Mapping[str, object], where: str, *, base: str) -> Entry:
    """Return the entry that a row holds.

    Names read: id (guid), url (link), title (headline), byline (author, authors), published (date),
    updated (modified), summary (description), text (body, content), html (content_html), passages
    ([{heading, level, paragraphs}]), language (lang), tags (a list, or names and commas), image (a URL or
    {url, alt, width, height, credit, bytes, focus}), the same as image_alt and so on, publisher.
    Lists and objects may also be JSON text, as columns of databases hold them.

    Args:
        where: names the row in problems.
        base: relative addresses are resolved against it; a row without one is at this URL plus its id.
    """
    name = _text(row, "id", "guid")
    address = _text(row, "url", "link")
    picture, about = _told_picture(row)
    image = usable_image(picture, base, about)
    return Entry(
        where=where,
        url=address or name,
        base=base,
        guid=name or address,
        title=read_title(_text(row, "title", "headline")),
        byline=_names(row.get("byline") or row.get("author") or row.get("authors")),
        published=_stamp(row.get("published") or row.get("date")),
        updated=_stamp(row.get("updated") or row.get("modified")),
        summary=plain(_text(row, "summary", "description")),
        blocks=_body(row),
        language=_text(row, "language", "lang"),
        tags=_tags(row.get("tags")),
        image=image,
        picture_problem="" if image else picture_problem([(picture, about)], base),
        publisher=_text(row, "publisher"),
    )


def _stamp(value: object) -> object:
    """Return a stamp as `dates.read` takes it: text or a number."""
    return value.isoformat() if isinstance(value, (datetime, date)) else value or ""


def _body(row: Mapping[str, object]) -> tuple[Block, ...]:
    passages = _structure(row.get("passages"))
    if isinstance(passages, list):
        return tuple(
            block for passage in passages if isinstance(passage, dict) for block in _passage(passage)
        )
    if html := _text(row, "html", "content_html"):
        return read_html(html)
    return read_plain(_text(row, "text", "body", "content"))


def _passage(passage: Mapping[str, object]) -> Iterator[Block]:
    level = passage.get("level")
    if heading := fold(_text(passage, "heading")):
        yield Block(heading, level if isinstance(level, int) and 1 <= level <= 6 else 2)
    paragraphs = passage.get("paragraphs")
    for paragraph in paragraphs if isinstance(paragraphs, list) else ():
        if isinstance(paragraph, str) and (text := fold(paragraph)):
            yield Block(text)


def _names(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(name for each in value if (name := _names(each)))
    if isinstance(value, dict):
        value = value.get("name")
    return fold(value) if isinstance(value, str) else ""


def _tags(value: object) -> list[str]:
    value = _structure(value)
    if isinstance(value, str):
        return split_tags(value)
    return [tag for tag in value if isinstance(tag, str)] if isinstance(value, list) else []


def _told_picture(row: Mapping[str, object]) -> tuple[object, Mapping[str, object]]:
    """Return a picture's address, and what is said about it."""
    value = _structure(row.get("image"))
    told = value if isinstance(value, dict) else {"url": value}
    beside = {
        name: _structure(row.get(f"image_{name}"))
        for name in ("alt", "width", "height", "credit", "bytes", "focus")
        if row.get(f"image_{name}") is not None
    }
    return told.get("url") or told.get("src"), {**told, **beside}


def _structure(value: object) -> object:
    """Return the list or object that a JSON text holds; anything else as it is."""
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _text(row: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = row.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""
