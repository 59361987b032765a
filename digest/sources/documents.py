"""Article files: Markdown with front matter, HTML and plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from digest.errors import BadData
from digest.locales.seams import FILL, filled
from digest.sources.entries import Entry
from digest.sources.pages.cleaning import is_byline
from digest.sources.pages.datelines import is_dateline
from digest.sources.pages.extraction import Extracted, decode, extract
from digest.sources.pages.pictures import picture_problem, usable_image
from digest.sources.text.blocks import Block, fold, from_passages, looks_like_heading, read_plain
from digest.sources.text.fields import split_tags
from digest.sources.text.markup import plain, read_html
from digest.sources.text.titles import read_title

_FRONT_MATTER = re.compile(
    r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE
)
_DATED_NAME = re.compile(r"^(\d{4}-\d{2}-\d{2})[-_ ]+(.+)$")
MAX_TITLE_LINE = 200
MAGIC_BYTES = 4096
"""No text has a NUL among its first bytes, but for UTF-16, which says so itself."""
MAX_FRONT_MATTER = 50_000
"""In characters."""
HEAD_LINES = 4
"""Among so many lines of a plain text stand its title, byline and date."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read; what it lacks is filled from its name.

    Attributes:
        is_draft: its front matter says it is not for readers yet.
    """

    entry: Entry
    is_draft: bool = False
    problems: tuple[str, ...] = ()


class _RawLoader(yaml.SafeLoader):
    """Reads YAML without its own ideas of dates, numbers and yes/no: our parsers see the raw text."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose a node; an alias is refused: a few nested ones grow to gigabytes."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # PyYAML has no types
            raise yaml.composer.ComposerError(None, None, "it uses a YAML alias, which is not read", mark)
        return super().compose_node(parent, index)


_RawLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_document(content: bytes, path: str, base_url: str, *, zone: ZoneInfo, now: datetime) -> Document:
    """Read a file's bytes.

    Args:
        content: the file's bytes, of any of the charsets that `extraction.decode` knows.
        path: relative to the folder, with forward slashes; its ending says the format.
        base_url: what the page's address is made from where the file gives none.
        zone: for stamps that name none.
        now: bounds the dates that can be believed.

    Raises:
        BadData: it is no text, or the front matter can't be read.
    """
    if b"\0" in content[:MAGIC_BYTES] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadData(path, "it is no text", "Move it out of the folder.")
    text = decode(content)
    stem, _, ending = path.rpartition(".")
    front: Mapping[str, Any] = {}
    if match := _FRONT_MATTER.match(text):
        front, text = _front_matter(match.group(1), path), text[match.end() :]
    if ending.lower() in {"html", "htm"}:
        found = extract(text, url=base_url, zone=zone, now=now, title=_text(front, "title"))
        front, blocks = {**_told(found), **front}, from_passages(found.passages)
        title, blocks = _title(front, blocks, stem)
        entry = _entry(front, path, base_url, title, blocks)
        entry = replace(entry, image=entry.image or found.image, form=found.form)
        return Document(entry, _is_draft(front), found.problems)
    if ending.lower() in {"md", "markdown"}:
        blocks = _markdown(text)
    else:
        head, text = _head(text)
        front, blocks = _filled(front, head), read_plain(text)
    title, blocks = _title(front, blocks, stem)
    return Document(_entry(front, path, base_url, title, blocks), _is_draft(front))


def _told(found: Extracted) -> Mapping[str, Any]:
    """Return what an HTML page says about itself, under the names of front matter."""
    published = found.published.at or found.published.on
    return {
        "title": found.title,
        "url": found.canonical,
        "byline": found.byline,
        "date": str(published or ""),
        "updated": str(found.updated.at or ""),
        "summary": found.summary,
        "language": found.language,
        "tags": list(found.tags),
        "publisher": found.publisher,
    }


def _front_matter(text: str, path: str) -> Mapping[str, Any]:
    if len(text) > MAX_FRONT_MATTER:
        raise BadData(path, "its front matter is too long", "Close it with a line of three hyphens.")
    try:
        found = yaml.load(text, Loader=_RawLoader)  # noqa: S506 - a SafeLoader with fewer types
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}: " if mark is not None else ""
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise BadData(path, f"its front matter can't be read ({line}{problem})", "Correct it.") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadData(path, "its front matter is no list of names and values", "Write `title: …` lines.")
    return {str(name).strip().lower(): value for name, value in found.items()}


def _head(text: str) -> tuple[Mapping[str, str], str]:
    """Take a byline and a date that stand on lines of their own out of a plain text's first lines."""
    told: dict[str, str] = {}
    lines = text.split("\n")
    spoken = [index for index, line in enumerate(lines) if line.strip()][:HEAD_LINES]
    for place, index in enumerate(spoken):
        line = fold(lines[index])
        if len(line) > MAX_TITLE_LINE:
            break
        block = Block(line)
        for name, is_this in (("byline", is_byline), ("date", is_dateline)):
            is_title = place == 0 and name == "byline"  # "By popular demand"
            if name not in told and not is_title and is_this(block):
                told[name], lines[index] = line, ""
                break
    return told, "\n".join(lines)


def _filled(front: Mapping[str, Any], head: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the front matter with what it does not say itself."""
    other_names = {"byline": ("author", "authors"), "date": ("published",)}
    missing = {
        name: line for name, line in head.items() if not any(front.get(one) for one in other_names[name])
    }
    return {**missing, **front}


def _markdown(text: str) -> tuple[Block, ...]:
    """Render CommonMark with HTML allowed, then read it like any other HTML."""
    from markdown_it import MarkdownIt
    from mdit_py_cjk_friendly import cjk_friendly

    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(cjk_friendly)
    reader.add_render_rule("softbreak", lambda *_: "\n")  # what reads the HTML knows Korean as well
    return read_html(reader.render(filled(text)).replace(FILL, ""))


def _title(front: Mapping[str, Any], blocks: tuple[Block, ...], stem: str) -> tuple[str, tuple[Block, ...]]:
    """Return the title: named, else the first heading, else a first line like one, else the file's name."""
    if named := read_title(_text(front, "title")):
        return named, blocks
    if blocks:
        first = blocks[0]
        if first.is_heading or (len(first.text) <= MAX_TITLE_LINE and looks_like_heading(first.text)):
            return first.text, blocks[1:]
    return _from_name(stem)[1], blocks


def _from_name(stem: str) -> tuple[str, str]:
    """Return the date and the title that a file's name tells: `2026-03-04-harbor-opens`."""
    name = stem.rpartition("/")[2]
    match = _DATED_NAME.match(name)
    date, words = (match.group(1), match.group(2)) if match else ("", name)
    title = fold(re.sub(r"[-_]+", " ", words))
    return date, title[:1].upper() + title[1:]


def _entry(
    front: Mapping[str, Any], path: str, base_url: str, title: str, blocks: tuple[Block, ...]
) -> Entry:
    stem = path.rpartition(".")[0]
    base = base_url.rstrip("/") + "/"
    address = (
        _text(front, "url")
        or _text(front, "link")
        or _text(front, "permalink")
        or _text(front, "canonical")
    )
    shown_at, about = _told_picture(front.get("image") or front.get("cover"), front)
    image = usable_image(shown_at, base, about)
    return Entry(
        where=path,
        url=address.lstrip("/")
        if address and not address.startswith(("http:", "https:", "//"))
        else address or stem,
        base=base,
        guid=_text(front, "id") or _text(front, "guid") or path,
        title=title,
        byline=_names(front.get("byline") or front.get("author") or front.get("authors")),
        published=_text(front, "date") or _text(front, "published") or _from_name(stem)[0],
        updated=_text(front, "updated") or _text(front, "lastmod") or _text(front, "modified"),
        summary=plain(_text(front, "summary") or _text(front, "description") or _text(front, "excerpt")),
        blocks=blocks,
        language=_text(front, "language") or _text(front, "lang"),
        tags=_list(front.get("tags")) + _list(front.get("categories")) + _list(front.get("category")),
        image=image,
        picture_problem="" if image else picture_problem([(shown_at, about)], base),
        publisher=_text(front, "publisher"),
    )


def _told_picture(picture: object, front: Mapping[str, Any]) -> tuple[object, Mapping[str, object]]:
    """Return a picture's address, and what is said about it."""
    if isinstance(picture, dict):
        about = {str(name).lower(): value for name, value in picture.items()}
        return about.get("url") or about.get("src"), about
    about = {name: front.get(f"image_{name}") for name in ("width", "height", "credit", "bytes", "focus")}
    return picture, {**about, "alt": front.get("image_alt") or front.get("alt")}


def _is_draft(front: Mapping[str, Any]) -> bool:
    no_longer = _text(front, "published").lower() in {"false", "no"}
    return (
        no_longer
        or _text(front, "draft").lower() in {"true", "yes", "1"}
        or _text(front, "status").lower() == "draft"
    )


def _names(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(name for each in value if (name := _names(each)))
    if isinstance(value, dict):
        value = value.get("name")
    return fold(value) if isinstance(value, str) else ""


def _list(value: object) -> list[str]:
    if isinstance(value, str):
        return split_tags(value)
    return [str(each) for each in value if isinstance(each, (str, int))] if isinstance(value, list) else []


def _text(front: Mapping[str, Any], name: str) -> str:
    value = front.get(name)
    return value.strip() if isinstance(value, str) else ""
