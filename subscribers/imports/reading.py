"""Import files as rows: encodings and separators found out, broken rows reported, the rest kept.

Everything streams; the file is read once to find its encoding and once for its rows.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from subscribers.errors import UnreadableFile

MAX_LINE_CHARS = 1_000_000
"""A longer line is no row of a subscriber list."""

MAX_ROW_LINES = 60
"""How many lines one quoted row may span; an unclosed quote costs at most these many looks ahead."""

_ESCAPED_LINES, _ESCAPED_CHARS = 10, 100_000
"""How far a row with `\\"` in it is looked after: each try reads it anew."""

_SAMPLE_BYTES = 65_536
_BLOCK_BYTES = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BROKEN = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f\udc80-\udcff]")


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """One row that could not be taken.

    Attributes:
        line: where it begins, counted from 1.
        reason: one sentence, without the address.
    """

    line: int
    reason: str


class RawRow(NamedTuple):
    """One row as it stands in the file; `line` is where it begins."""

    line: int
    fields: Sequence[str]


def detect_encoding(path: Path) -> str:
    """Return the codec: by its mark, by its zero bytes, else UTF-8 where that fits, else cp1252.

    A few broken bytes among good UTF-8 leave it UTF-8: they cost their own rows, not everyone's names.

    Raises:
        UnreadableFile: it can't be opened.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_SAMPLE_BYTES)
            for mark, name in _BOMS:
                if start.startswith(mark):
                    return name
            if start.count(0) * 4 > len(start):  # Latin text in UTF-16 is half zeros; a stray one is dirt
                return _wide(start)
            file.seek(0)
            return _narrow(file)
    except OSError as problem:
        raise UnreadableFile(path.name, problem.strerror or str(problem)) from problem


def open_text(path: Path, encoding: str) -> TextIO:
    """Return the opened file; bytes that don't fit become U+FFFD, which no address can hold.

    Raises:
        UnreadableFile: it can't be opened.
    """
    try:
        return path.open(encoding=encoding, errors="replace", newline="")
    except OSError as problem:
        raise UnreadableFile(path.name, problem.strerror or str(problem)) from problem


def detect_delimiter(stream: TextIO) -> str:
    """Return the separator that cuts the first rows most evenly; leaves the stream at its start.

    Excel's first line `sep=;` is believed.
    """
    sample = [line for line in (stream.readline(MAX_LINE_CHARS) for _ in range(20)) if line.strip()]
    stream.seek(0)
    if sample and sample[0].startswith("sep=") and len(sample[0].strip()) == len("sep=;"):
        return sample[0][4]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        header = widths[0] if widths else 1
        return (sum(width == header for width in widths) if header > 1 else 0, header)

    return max(_DELIMITERS, key=evenness)


def csv_rows(stream: TextIO, delimiter: str) -> Iterator[RawRow | RowProblem]:
    """Yield the rows, the header first, and a problem for each that can't be read.

    A quotation mark that is never closed swallows the lines after it; here it costs its own line only.
    Empty lines don't count.
    """
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    while True:
        lines.begin_row()
        first = lines.number + 1
        fields: list[str] | None
        try:
            fields = next(reader)
        except StopIteration:
            return
        except (csv.Error, _RowTooLong):
            fields = None
        if width and (fields is None or len(fields) != width):
            escaped = _with_backslashes(lines, delimiter, width)
            if escaped is None and len(lines.taken) > 1:
                fields = None
            if escaped is not None:
                fields = escaped
                reader = csv.reader(lines, delimiter=delimiter, strict=True)
        if fields is None:
            lines.keep(1)
            fields = _leniently(lines.taken[0], delimiter, width)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        if fields is None:
            yield RowProblem(first, "Its quotation marks don't match, or the line is too long.")
        elif fields and not (first == 1 and fields[0].startswith("sep=")):
            width = width or len(fields)
            yield RawRow(first, fields)


def json_lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, each with its number from 1."""
    lines = _Lines(stream)
    for line in lines:
        lines.begin_row()
        if line.strip():
            yield lines.number, line


class _RowTooLong(Exception):  # never leaves this module
    """A row spans more lines than a row may."""


class _Lines:
    """The lines of a stream, with a way to give back those that a broken row swallowed."""

    def __init__(self, stream: TextIO) -> None:
        self._read = partial(stream.readline, MAX_LINE_CHARS)
        self._again: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_ROW_LINES:
            raise _RowTooLong
        line = self._again.popleft() if self._again else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        if len(line) >= MAX_LINE_CHARS and not line.endswith(("\n", "\r")):
            self._skip_rest()
            raise _RowTooLong
        return line

    def begin_row(self) -> None:
        self.taken.clear()

    def more(self) -> Iterator[str]:
        """Yield further lines of a row, as long as a row may go on."""
        try:
            yield from self
        except _RowTooLong:
            return

    def keep(self, count: int) -> None:
        self._again.extendleft(reversed(self.taken[count:]))
        self.number -= len(self.taken) - count
        del self.taken[count:]

    def _skip_rest(self) -> None:
        while (rest := self._read()) and not rest.endswith(("\n", "\r")):
            pass


def _with_backslashes(lines: _Lines, delimiter: str, width: int) -> list[str] | None:
    r"""Return the fields of a row that writes `\"` for a quotation mark, as MailPoet does; None for none.

    A backslash itself is not escaped there: `\"` before a separator and another quotation mark, or at the
    end of the line, is a backslash and the field's end.

    Source: mailpoet/lib/Subscribers/ImportExport/Export/Export.php.
    """
    known = len(lines.taken)
    if not any('\\"' in line for line in lines.taken):
        return None
    # At a line's end it may be either; the last one ends the row.
    readings = (rf'\\"(?!{re.escape(delimiter)}"|\r?\n?\Z)', rf'\\"(?!{re.escape(delimiter)}")')
    texts = ["", ""]
    for count, line in enumerate(chain(lines.taken[:], islice(lines.more(), _ESCAPED_LINES)), start=1):
        if len(texts[0]) > _ESCAPED_CHARS:
            break
        whole = [text + re.sub(readings[0], '""', line) for text in texts]
        texts = [text + re.sub(inner, '""', line) for text, inner in zip(texts, readings, strict=True)]
        for text in dict.fromkeys((texts[0], *whole)):
            if fields := _strictly(text, delimiter, width):
                lines.keep(count)
                return fields
    lines.keep(known)
    return None


def _strictly(text: str, delimiter: str, width: int) -> list[str] | None:
    """Return the fields of one row; None where a text is no whole row."""
    if text.count('"') % 2:
        return None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 and len(rows[0]) == width else None


def _leniently(line: str, delimiter: str, width: int) -> list[str] | None:
    """Return the fields of a line with stray but paired quotation marks (`"Ann "Annie" Lee"`)."""
    if line.count('"') % 2 or len(line) >= MAX_LINE_CHARS:
        return None
    fields = next(csv.reader([line], delimiter=delimiter), None)
    return fields if fields is not None and len(fields) == width else None


def _wide(start: bytes) -> str:
    """Return which of UTF-16's orders puts the zero bytes of Latin text where they are."""
    return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"


def _narrow(file: BinaryIO) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    broken = foreign = 0
    while block := file.read(_BLOCK_BYTES):
        text = decoder.decode(block)
        if not text.isascii():
            broken += len(_BROKEN.findall(text))
            foreign += len(_FOREIGN.findall(text))
    broken += len(_BROKEN.findall(decoder.decode(b"", final=True)))
    return "cp1252" if broken > foreign else "utf-8"
