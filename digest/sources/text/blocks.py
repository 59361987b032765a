"""Plain text as blocks: what every reader of pages and files hands to cleaning."""

from __future__ import annotations

import functools
import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from digest.locales.seams import join_wrapped
from digest.model import Passage

HEADING_MAX_CHARACTERS = 100
HEADING_MAX_WORDS = 14
WRAPPED_MAX_CHARACTERS = 100
"""Lines of a hard-wrapped file stay under this; a longer line is a paragraph of its own."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_WIDE_SPACE = "\u3000"
_UNPRINTED = ("\x1c", "\x1d", "\x1e", "\x1f", _WIDE_SPACE)
"""What Python takes for white space, and is not folded into a space here."""
WIDE = "\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_WORD = re.compile(r"\w+", re.UNICODE)
_COUNTED = re.compile("[\\w\u0900-\u0963\u0966-\u0dff]+")
"""Words with their vowel signs, where those are no letters: Hindi to Sinhala."""
_HAS_WIDE_WORDS = re.compile("[\u3040-\U0010ffff]")
_SMALL_WORDS = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and (chr(code).isalnum() or code == ord("_")) else 32
    for code in range(256)
)
"""What each byte of ASCII is in a text's words: a small letter or digit, or the space between."""
_APART = "“”‘’–—…«»„\xa0"
"""What else good typography holds, and no word."""
_SENTENCE_END = (".", "!", "…", ":", ";", ",", "。", "！", "؛", "،", "۔", "।")
_LIST_MARK = re.compile(r"^(?:[-*•–—·]|\d{1,3}[.)])\s")
SENTENCE_END = re.compile(r"[.!?…。！？؟]['\"”’»)\]]*$")
"""Of a text that ends as sentences do, quotation marks behind it or not."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or heading, plain and folded.

    Attributes:
        level: 0 for a paragraph, 1 to 6 for a heading as in h1 to h6.
        is_own: it stands in its page just where the article's paragraphs do.
        is_item: it is a list's, or a cell of a row of several.
    """

    text: str
    level: int = 0
    is_own: bool = field(default=False, compare=False)
    is_item: bool = field(default=False, compare=False)

    @property
    def is_heading(self) -> bool:
        """Tell whether this is a heading."""
        return self.level > 0

    @property
    def key(self) -> str:
        """Return what two blocks share that say the same: words only, case folded."""
        return sameness_key(self.text)


def fold(text: str) -> str:
    """Return the text on one line: NFC, white space folded, nothing invisible or bidi-overriding."""
    if "  " not in text and text.isprintable():  # no space but single ones, and nothing invisible
        line = text.strip(" ")
        return line if line.isascii() else unicodedata.normalize("NFC", line)
    line = " ".join(text.split())
    if line.isprintable() and (text.isprintable() or not any(mark in text for mark in _UNPRINTED)):
        return line if line.isascii() else unicodedata.normalize("NFC", line)  # as below, much sooner
    seen = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if _WIDE_SPACE in seen:
        return _SPACE.sub(_one_space, seen).strip()
    return " ".join(seen.split())  # the same as above, a tenth of its time


def _one_space(found: re.Match[str]) -> str:
    """Return the space for a run of white space: a wide one stays wide, it parts Japanese headlines."""
    return _WIDE_SPACE if _WIDE_SPACE in found[0] else " "


def join_lines(lines: Sequence[str]) -> str:
    """Return wrapped lines as one: no space where Japanese or Chinese goes on in the next line."""
    return join_wrapped("\n".join(lines))


@functools.lru_cache(maxsize=8192)
def sameness_key(text: str) -> str:
    """Return the words of the text, case folded and one space apart, free-standing marks gone."""
    if (plainly := _ascii_words(text)) is not None:
        return b" ".join(plainly).decode("ascii")
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not folded.isascii():
        marks = {ord(one): None for one in set(folded) if one >= "\u0300" and unicodedata.combining(one)}
        folded = folded.translate(marks) if marks else folded
    return " ".join(_WORD.findall(folded))


def _ascii_words(text: str) -> list[bytes] | None:
    """Return the words of a text in small letters; None where it holds more than ASCII and typography."""
    if not text.isascii():
        for mark in _APART:
            text = text.replace(mark, " ")
        if not text.isascii():
            return None
    return text.encode("ascii").translate(_SMALL_WORDS).split()


def words(text: str) -> frozenset[str]:
    """Return the words of a table, set in one string to be read easily."""
    return frozenset(text.split())


@functools.lru_cache(maxsize=8192)
def count_words(text: str) -> int:
    """Return the number of words; in scripts without spaces, of characters by two."""
    if (plainly := _ascii_words(text)) is not None:
        return len(plainly)
    found = _COUNTED.findall(text)
    if not _HAS_WIDE_WORDS.search(text):
        return len(found)
    return sum(max(1, len(word) // 2) if word[0] >= "\u3040" else 1 for word in found)


def shorten(text: str, limit: int) -> str:
    """Return the text cut at a word to at most `limit` characters, with an ellipsis where cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,;:–—-") + "…"


def is_listed(text: str) -> bool:
    """Tell whether a line begins with the mark or number of an item."""
    return bool(_LIST_MARK.match(text))


def to_passages(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Group blocks under their headings; a heading without text stays, levels come to 2 to 4."""
    found: list[Passage] = []
    heading, level, paragraphs = "", 2, list[str]()
    for block in blocks:
        if not block.is_heading:
            paragraphs.append(block.text)
            continue
        if heading or paragraphs:
            found.append(Passage(tuple(paragraphs), heading, level))
        heading, level, paragraphs = block.text, min(4, max(2, block.level)), []
    if heading or paragraphs:
        found.append(Passage(tuple(paragraphs), heading, level))
    return tuple(found)


def from_passages(passages: Iterable[Passage]) -> tuple[Block, ...]:
    """Return the blocks that `to_passages` would group like this."""
    blocks: list[Block] = []
    for passage in passages:
        if passage.heading:
            blocks.append(Block(passage.heading, passage.level))
        blocks.extend(Block(text) for text in passage.paragraphs)
    return tuple(blocks)


def read_plain(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text: paragraphs apart by blank lines, headings recognized.

    Hard-wrapped lines are joined; in a file of long lines each line is a paragraph.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    filled = [len(line) for line in lines if line.strip()]
    if not filled:
        return ()
    is_wrapped = max(filled) <= WRAPPED_MAX_CHARACTERS and _has_blank_between(lines)
    chunks = _chunks(lines) if is_wrapped else [[line] for line in lines if line.strip()]
    blocks = [Block(folded) for chunk in chunks if (folded := fold(join_lines(chunk)))]
    return mark_headings(blocks)


def mark_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Make headings of the short lines that stand before a paragraph and end no sentence.

    Nothing changes where headings are marked already.
    """
    if any(block.is_heading for block in blocks):
        return tuple(blocks)
    lengths = [len(block.text) for block in blocks]
    usual = statistics.median(length for length in lengths) if lengths else 0
    marked: list[Block] = []
    for block in reversed(blocks):
        introduces = bool(marked) and (
            marked[-1].is_heading or len(marked[-1].text) > len(block.text) * 1.5
        )
        is_heading = introduces and len(block.text) <= max(usual, 40) and looks_like_heading(block.text)
        marked.append(Block(block.text, 2) if is_heading else block)
    return tuple(reversed(marked))


def looks_like_heading(text: str) -> bool:
    """Tell whether a line is short, starts like a title and ends no sentence."""
    if len(text) > HEADING_MAX_CHARACTERS or count_words(text) > HEADING_MAX_WORDS:
        return False
    if text.endswith(_SENTENCE_END) or _LIST_MARK.match(text) or not _WORD.search(text):
        return False
    first = text.lstrip("\"'“”‘’«»„¿¡([")[:1]
    return bool(first) and not first.islower() and text[0] not in '"“«„'


def _has_blank_between(lines: Sequence[str]) -> bool:
    body = [line.strip() for line in lines]
    first = next((index for index, line in enumerate(body) if line), 0)
    last = max((index for index, line in enumerate(body) if line), default=0)
    return any(not line for line in body[first:last])


def _chunks(lines: Sequence[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            chunks.append([])
        elif _LIST_MARK.match(line.strip()) and chunks[-1]:
            chunks.append([line])
        else:
            chunks[-1].append(line)
    return [chunk for chunk in chunks if chunk]
