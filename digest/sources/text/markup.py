"""HTML of unknown origin to plain blocks. Nothing of the markup survives: article text is data."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree
from lxml import html as lxml_html

from digest.locales.seams import join_wrapped
from digest.sources.text.blocks import WRAPPED_MAX_CHARACTERS, Block, fold, join_lines, words
from digest.sources.text.patience import check
from digest.sources.text.spelling_out import spell_out
from digest.sources.text.unshown import is_hidden

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
DROPPED = words(
    "script style noscript template iframe svg math canvas audio video form button select "
    "textarea input nav head title figcaption dialog map progress meter"
)
BLOCKS = words(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figure footer "
    "header hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul"
)
BREAK = "\n"
_SOFT_BREAK = "\x0c"
"""A line's end in the source, which means a space, or nothing between letters of Japanese and Chinese."""
_SOFT_BREAKS = re.compile(r"(?<![ \t\r])[ \t\r]*+\x0c[ \t\r\x0c]*+")
MIN_BROKEN_PARAGRAPH = 60
"""A line that ends a sentence and is at least so long ends its paragraph at a single br, too."""

_LOOKS_LIKE_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{2,31});")
_HTML_ELEMENTS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)
"""lxml.html's own lookup runs Python for each element touched, to tell forms and inputs from others."""
_ITEM_DEPTH = 8
_PAUSES = re.compile(r"[.!?…,;:。！？、،؛—–-][\"'”’»)\]]*\s*$")
_FEWEST_VERSES = 3
_VERSE_CHARACTERS = 60
_VERSE_SHARE = 0.8
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_UNPARSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SENTENCE_END_CHARACTERS = 8
"""A sentence's mark and the quotation marks and brackets after it."""
_SENTENCE_ENDS = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")


Parse = Callable[[str], lxml_html.HtmlElement | None]
"""What gives the tree of a text that several look into and none changes."""


def parse_page(text: str, base_url: str = "") -> lxml_html.HtmlElement | None:
    """Return the root element of a whole page or fragment, or None where nothing is in it."""
    check()
    source = re.sub(rb"^<\?xml[^>]*\?>", b"", _parsable(text))
    if not source:
        return None
    parser = etree.HTMLParser(  # extractors lose what follows a comment
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )
    parser.set_element_class_lookup(_HTML_ELEMENTS)
    try:
        root = lxml_html.document_fromstring(source, parser=parser, base_url=base_url or None)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    spell_out(root, source)
    return root


def _parsable(text: str) -> bytes:
    """Return the text in UTF-8, without white space around it and without what no parser takes."""
    try:
        source = text.strip().encode("utf-8")
    except UnicodeEncodeError:  # halves of a pair
        return _UNPARSABLE.sub(" ", text).strip().encode("utf-8")
    if len(source.translate(None, _CONTROLS)) == len(source) and not _holds_no_character(source):
        return source
    return _UNPARSABLE.sub(" ", text).strip().encode("utf-8")


def _holds_no_character(source: bytes) -> bool:
    return b"\xef" in source and (b"\xef\xbf\xbe" in source or b"\xef\xbf\xbf" in source)


def read_html(text: str) -> tuple[Block, ...]:
    """Return the readable blocks of an HTML fragment or page, in order; hidden parts are left out."""
    root = parse_page(text)
    return () if root is None else read_element(root)


def read_element(root: etree._Element) -> tuple[Block, ...]:
    """Return the readable blocks below an element."""
    return tuple(block for block, _ in _Walk(root).found)


def read_placed(root: etree._Element) -> tuple[tuple[Block, etree._Element], ...]:
    """Return the readable blocks below an element, each with the innermost element that it begins in."""
    return tuple(_Walk(root).found)


def plain(text: str, parse: Parse = parse_page) -> str:
    """Return one line of plain text from a field that may hold markup or entities, even doubled ones.

    Args:
        text: as its source gave it.
        parse: gives the tree of a text that others look into as well.
    """
    for _ in range(2):
        if not _LOOKS_LIKE_MARKUP.search(text):
            break
        text = _joined(text, parse) if "<" in text else entities.unescape(text)
    return fold(text)


def _joined(text: str, parse: Parse) -> str:
    """Return the blocks of a field in one line, the items of a list kept apart."""
    root = parse(text)
    blocks = [] if root is None else [block.text for block in read_element(root)]
    if "<li" not in text.lower():
        return join_lines(blocks)
    parts = [text if _SENTENCE_ENDS.search(text) else f"{text} •" for text in blocks]
    return " ".join(parts).removesuffix(" •")


def holds_markup(text: str) -> bool:
    """Tell whether a field holds tags or entities."""
    return bool(_LOOKS_LIKE_MARKUP.search(text))


def _is_item(element: etree._Element) -> bool:
    """Tell whether a block that begins in the element is a list's, or a cell of a row of several."""
    each: etree._Element | None = element
    for _ in range(_ITEM_DEPTH):
        if each is None or str(each.tag) in {"li", "dt", "dd"}:
            return each is not None
        if str(each.tag) in {"td", "th"}:
            row = each.getparent()
            return row is not None and len(row) > 1
        if str(each.tag) in BLOCKS and str(each.tag) != "p":
            return False
        each = each.getparent()
    return False


class _Walk:
    """Collects text between block borders; iterative, so depth costs no stack.

    Attributes:
        found: the blocks, each with the innermost element that it begins in.
    """

    def __init__(self, root: etree._Element) -> None:
        self.found: list[tuple[Block, etree._Element]] = []
        self._pieces: list[str] = []
        self._level = 0
        self._skipped: etree._Element | None = None
        self._place: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                if self._skipped is None:
                    self._start(element)
            elif event == "end":
                self._end(element, root)
            elif self._skipped is None:
                self._add(element.tail, element.getparent())
        self._flush()

    def _start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in DROPPED or is_hidden(element):
            self._skipped = element
            if tag in BLOCKS:
                self._flush()
            return
        if tag == "br":
            self._pieces.append(BREAK)
        elif tag in HEADINGS:
            self._flush()
            self._level = HEADINGS[tag]
        elif tag in BLOCKS:
            self._flush()
        if text := element.text:
            self._add(text, element)

    def _end(self, element: etree._Element, root: etree._Element) -> None:
        if self._skipped is not None:
            if self._skipped is not element:
                return
            self._skipped = None
        else:
            tag = str(element.tag)
            if tag in HEADINGS:
                self._flush()
                self._level = 0
            elif tag in BLOCKS:
                self._flush()
        if element is not root and (text := element.tail):
            self._add(text, element.getparent())

    def _add(self, text: str | None, element: etree._Element | None) -> None:
        if text:
            self._pieces.append(text.replace(BREAK, _SOFT_BREAK) if BREAK in text else text)
            if self._place is None and not text.isspace():
                self._place = element

    def _flush(self) -> None:
        if not self._pieces:
            return
        text, place = "".join(self._pieces), self._place
        self._pieces.clear()
        self._place = None
        if _SOFT_BREAK in text:
            text = join_wrapped(text, _SOFT_BREAKS)
        if place is None or text.isspace():
            return
        if self._level:
            if folded := fold(text):
                self.found.append((Block(folded, self._level), place))
            return
        is_item = _is_item(place)
        for paragraph in _split_at_breaks(text) if BREAK in text else (text,):
            if folded := fold(paragraph):
                self.found.append((Block(folded, is_item=is_item), place))


def _split_at_breaks(text: str) -> Iterator[str]:
    """Split at two breaks in a row; at each one where lines are long, or end a sentence after a while."""
    for run in re.split(r"(?<!\s)\s*\n\s*\n\s*", text):
        lines = run.split(BREAK)
        if _is_verse(lines):
            yield " ".join(
                line if _PAUSES.search(line) else f"{line.strip()} /" for line in lines
            ).removesuffix(" /")
            continue
        if max(len(line) for line in lines) > WRAPPED_MAX_CHARACTERS and len(lines) > 2:
            yield from lines
            continue
        open_lines: list[str] = []
        length, end = 0, ""
        for line in lines:
            open_lines.append(line)
            length += len(line) + 1
            end = line.strip()[-_SENTENCE_END_CHARACTERS:] or end
            if length > MIN_BROKEN_PARAGRAPH and _SENTENCE_ENDS.search(end):
                yield join_lines(open_lines).strip()
                open_lines, length = [], 0
        yield join_lines(open_lines)


def _is_verse(lines: Sequence[str]) -> bool:
    """Tell whether lines are short ones that each begin anew, unlike those that a width has broken."""
    told = [line.strip() for line in lines if line.strip()]
    if len(told) < _FEWEST_VERSES or max(map(len, told)) > _VERSE_CHARACTERS:
        return False
    begins = sum(line.lstrip("\"'“‘„«¿¡—–-")[:1].isupper() for line in told)
    return begins >= _VERSE_SHARE * len(told) and any(not _PAUSES.search(line) for line in told[:-1])
