"""An editor's few marks: bold, italics, links and paragraphs of Markdown, and nothing else of it.

What is written stays harmless: words are cleaned as all others, an address that no reader may safely
follow leaves its words, and every other mark of Markdown is read as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from digest.locales.seams import FILL, WIDE_SPACE, filled, joint
from digest.rendering.prose import Href, clean, href
from digest.rendering.tokens import disarm

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST_SOURCE = 8_000
"""What is read of one text, in characters."""

_MARKS = ("emphasis", "link", "escape", "newline", "entity")


NOWHERE = Href()


@dataclass(frozen=True, slots=True)
class Span:
    """Words that look alike."""

    words: str
    is_bold: bool = False
    is_italic: bool = False
    url: Href = NOWHERE

    @property
    def html(self) -> Markup:
        """Return the words with their marks, their link not among them."""
        found = Markup.escape(self.words)
        if self.is_italic:
            found = Markup("<em>{}</em>").format(found)
        return Markup("<strong>{}</strong>").format(found) if self.is_bold else found


class Rich(str):
    """A text with marks: as a string its plain form; in HTML paragraphs have an empty line between them."""

    __slots__ = ("markup",)
    markup: Markup

    def __html__(self) -> str:
        """Return it with its marks."""
        return self.markup

    def __eq__(self, other: object) -> bool:
        """Compare with the marks: two texts may differ in nothing else."""
        return isinstance(other, Rich) and str.__eq__(self, other) and self.markup == other.markup

    def __ne__(self, other: object) -> bool:
        """Compare with the marks."""
        return not self == other

    def __hash__(self) -> int:
        """Count the marks in."""
        return hash((str(self), self.markup))


@lru_cache(maxsize=512)
def rich(text: str, limit: int) -> str:
    """Return an editor's text for both parts of a mail; a plain string where it has no marks.

    Args:
        limit: in characters of what is read, marks not counted; a cut shows an ellipsis.
    """
    paragraphs = _cut(_paragraphs(text[:LONGEST_SOURCE]), limit)
    # Marks fall away here: what stood on both sides of one must not become a token together.
    plain = disarm("\n\n".join(_plain(one) for one in paragraphs))
    is_marked = len(paragraphs) > 1 or any(
        span.is_bold or span.is_italic or span.url for one in paragraphs for span in one
    )
    if not is_marked:
        return clean(plain, limit)
    told = Rich(plain)
    told.markup = Markup("<br><br>").join(_html(one) for one in paragraphs)
    return told


def _plain(spans: Iterable[Span]) -> str:
    """Return a paragraph as a plain part tells it: the address behind the words of a whole link."""
    told = []
    for url, linked in groupby(spans, key=lambda span: span.url):
        words = "".join(span.words for span in linked)
        told.append(f"{words} ({url})" if url and url != words else words)
    return "".join(told)


def _html(spans: Iterable[Span]) -> Markup:
    """Return a paragraph with its marks; a link of which some is bold is one all the same."""
    told = []
    for url, linked in groupby(spans, key=lambda span: span.url):
        words = Markup("").join(span.html for span in linked)
        told.append(Markup('<a class="i u" href="{}">{}</a>').format(url, words) if url else words)
    return Markup("").join(told)


def _paragraphs(text: str) -> list[list[Span]]:
    inline = (token for token in _reader().parse(filled(text)) if token.type == "inline")
    found = (_joined(_on_one_line(list(_spans(token.children or ())))) for token in inline)
    return [spans for spans in found if spans]


def linked(text: str) -> list[str]:
    """Return the addresses that an editor's text leads to, as they are written, in its order."""
    inline = (token for token in _reader().parse(text[:LONGEST_SOURCE]) if token.type == "inline")
    tokens = (one for token in inline for one in token.children or () if one.type == "link_open")
    return [str(one.attrGet("href") or "") for one in tokens]


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_cjk_friendly import cjk_friendly

    return MarkdownIt("zero", {"maxNesting": 20}).enable(list(_MARKS)).use(cjk_friendly)


def _spans(tokens: Iterable[Token]) -> Iterable[Span]:
    bold = italic = 0
    url = NOWHERE
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type == "link_open":
            url = href(str(token.attrGet("href") or "").replace(quote(FILL), ""))
        elif token.type == "link_close":
            url = NOWHERE
        else:
            words = "\n" if token.type in {"softbreak", "hardbreak"} else token.content
            yield Span(words.replace(FILL, ""), bold > 0, italic > 0, url)


def _on_one_line(spans: Sequence[Span]) -> Iterable[Span]:
    """Yield the spans with their lines joined as their script joins them."""
    whole = "".join(span.words for span in spans)
    place = 0
    for span in spans:
        place += len(span.words)
        yield span if span.words != "\n" else _with(span, joint(whole[: place - 1], whole[place:], whole))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return the paragraph's spans, cleaned: those alike as one, no space at either end."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last is not None and (last.is_bold, last.is_italic, last.url) == (
            span.is_bold,
            span.is_italic,
            span.url,
        ):
            found[-1] = Span(last.words + span.words, span.is_bold, span.is_italic, span.url)
        else:
            found.append(span)
    whole = [Span(_inner(span.words), span.is_bold, span.is_italic, span.url) for span in found]
    kept = [span for span in whole if span.words]
    if kept:
        kept[0] = _with(kept[0], kept[0].words.lstrip(" "))
        kept[-1] = _with(kept[-1], kept[-1].words.rstrip(" "))
    return [span for span in kept if span.words]


def _inner(words: str) -> str:
    """Return the words cleaned, with the one space that parts them from their neighbors."""
    said = clean(words, LONGEST_SOURCE)
    if not said:
        return _space(words) if words.strip("\u200b") != words or words.isspace() else ""
    ahead = _space(words[: -len(words.lstrip())])
    behind = _space(words[len(words.rstrip()) :])
    return f"{ahead}{said}{behind}"


def _space(run: str) -> str:
    """Return the space for a run of white space: a wide one stays wide."""
    return (WIDE_SPACE if WIDE_SPACE in run else " ") if run else ""


def _with(span: Span, words: str) -> Span:
    return Span(words, span.is_bold, span.is_italic, span.url)


def _cut(paragraphs: list[list[Span]], limit: int) -> list[list[Span]]:
    room = limit
    kept: list[list[Span]] = []
    for spans in paragraphs:
        here: list[Span] = []
        for span in spans:
            if len(span.words) > room:
                here.append(_with(span, span.words[: max(0, room - 1)].rstrip() + "…"))
                return [*kept, here]
            here.append(span)
            room -= len(span.words)
        kept.append(here)
    return kept
