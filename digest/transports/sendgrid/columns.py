"""A batch's values by column, escaped for JSON and HTML.

A column is escaped as one string and cut again, which costs a twentieth of escaping a thousand values
one by one; one that holds nothing to escape is known for it at the speed of a memory scan.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from json.encoder import encode_basestring_ascii
from operator import itemgetter
from typing import Any, Final

import orjson

from digest.model import Delivery, message_keys_of
from digest.transports import headers

Values = Mapping[str, str]

_QUOTE: Final = '"'
_HTML_SIGNS: Final = "&<>'"
_MAX_PLAIN_URL: Final = 900
_ADDRESS, _NAME, _SUBSCRIBER, _REFERENCE = map(
    Delivery._fields.index, ("address", "name", "subscriber", "reference")
)


@dataclass(frozen=True, slots=True)
class Column:
    """One token's values.

    Attributes:
        values: as they came.
        raw: as they go into JSON strings.
        page: the same, escaped for HTML; the very same list where nothing needs it.
        longest: the length of the longest value.
        lines: the values in lines where they are all printable ASCII without quotes and backslashes,
            else empty.
        is_even: no value is shorter than the longest.
    """

    values: Sequence[str]
    raw: Sequence[str]
    page: Sequence[str]
    longest: int
    lines: str = ""
    is_even: bool = False

    @property
    def odd_urls(self) -> set[int]:
        """Return the indices of values that don't go into a header as `<url>` just so."""
        lines = self.lines
        if (
            lines
            and self.longest <= _MAX_PLAIN_URL
            and (self.longest if self.is_even else min(map(len, self.values)))
        ):
            has_token = "%" in lines and "%%" in lines
            if not has_token and not any(sign in lines for sign in headers.NOT_IN_URLS):
                return set()
        return {
            index
            for index, url in enumerate(self.values)
            if len(url) > _MAX_PLAIN_URL or "%%" in url or not headers.is_plain_url(url)
        }

    @classmethod
    def of(cls, values: Sequence[str]) -> Column:
        """Return the column with its cells cut."""
        joined = "\n".join(values)
        is_clean = _is_clean(joined, len(values))
        is_even = is_clean and _is_even(joined, len(values), len(values[0]))
        longest = len(values[0]) if is_even else max(map(len, values))
        has_token = "%" in joined and "%%" in joined  # one sign is found ten times faster than two
        if has_token or not (is_clean or _is_printable(joined, len(values))):
            tidy: Sequence[str] = list(map(value, values))
            joined = "\n".join(tidy)
            is_clean = _is_clean(joined, len(values))
        else:
            tidy = values
        lines = joined if is_clean and tidy is values else ""
        has_signs = any(sign in joined for sign in _HTML_SIGNS) or (not is_clean and _QUOTE in joined)
        if is_clean and not has_signs:
            return cls(values, tidy, tidy, longest, lines, is_even)
        if "\\" in joined:
            raw = [encode_basestring_ascii(text)[1:-1] for text in tidy]
            page = [encode_basestring_ascii(html.escape(text))[1:-1] for text in tidy]
            return cls(values, raw, page, longest)
        escaped, end = (joined, "\n") if is_clean else (encode_basestring_ascii(joined)[1:-1], "\\n")
        cells: Sequence[str] = tidy if is_clean else escaped.split(end)
        if not has_signs:
            return cls(values, cells, cells, longest, lines)
        bare = escaped.replace('\\"', _QUOTE) if _QUOTE in joined else escaped
        return cls(values, cells, html.escape(bare).split(end), longest, lines)


@dataclass(frozen=True, slots=True)
class Columns:
    """A batch by columns.

    Attributes:
        cells: the fields of all deliveries in one list: every nth is a column, cut in C.
        tokens: by name; empty where a reader lacks a value that another one has.
    """

    deliveries: Sequence[Delivery]
    values: Sequence[Values]
    cells: Sequence[Any]
    tokens: Mapping[str, Column]

    @classmethod
    def of(cls, deliveries: Sequence[Delivery], values: Sequence[Values]) -> Columns:
        """Return the columns of a batch that is not empty."""
        try:
            tokens = {name: Column.of(list(map(itemgetter(name), values))) for name in values[0]}
        except KeyError:
            tokens = {}
        return cls(deliveries, values, list(chain.from_iterable(deliveries)), tokens)

    @property
    def same_in_html(self) -> frozenset[str]:
        """Return the tokens none of whose values changes when it is escaped for HTML."""
        return frozenset(name for name, column in self.tokens.items() if column.page is column.raw)

    @property
    def addresses(self) -> Sequence[str]:
        """Return the addresses as they came."""
        return self._field(_ADDRESS)

    @property
    def names(self) -> Sequence[str]:
        """Return the display names as they go into JSON strings; empty for none."""
        names: Sequence[str] = self._field(_NAME)
        joined = "\n".join(names)
        if "," in joined or ";" in joined or not _is_folded(joined, len(names)):
            names = list(map(display, names))
            joined = "\n".join(names)
        token = self.tokens.get("name")
        if token and token.values == names and "%" not in joined:
            return token.raw
        return names if _is_clean(joined, len(names)) else _json_cells(names, joined)

    @property
    def message_keys(self) -> list[str]:
        """Return the key of each message."""
        return message_keys_of(self.deliveries[0].edition, self._field(_SUBSCRIBER))

    @property
    def references(self) -> Sequence[str]:
        """Return the references as they go into JSON strings."""
        references = self._field(_REFERENCE)
        joined = "\n".join(references)
        return references if _is_clean(joined, len(references)) else Column.of(references).raw

    def _field(self, at: int) -> Sequence[str]:
        return self.cells[at :: len(Delivery._fields)]


def value(text: str) -> str:
    """Return a value that SendGrid can't take for another token."""
    return headers.tidy(text).replace("%%", "% %")


def display(name: str) -> str:
    """Return a display name that stays one.

    A comma or semicolon bare in it splits the recipient in two: sendgrid-python issue 578.
    """
    name = headers.folded(name)
    return f'"{name.replace(_QUOTE, "")}"' if "," in name or ";" in name else name


def _is_clean(joined: str, count: int) -> bool:
    """Tell whether lines hold only printable ASCII that JSON takes as it is.

    The serializer tells in a tenth of the time of any search: it grew by the quotes around and by one
    sign for each line end, and by nothing else.
    """
    return (
        joined.isascii() and "\x7f" not in joined and len(orjson.dumps(joined)) == len(joined) + count + 1
    )


def _is_even(joined: str, count: int, length: int) -> bool:
    """Tell whether so many lines all have this length: then each end stands where it must."""
    return len(joined) == count * (length + 1) - 1 and joined[length :: length + 1] == "\n" * (count - 1)


def _is_printable(joined: str, count: int) -> bool:
    """Tell whether so many lines are printable, and none of them is really two."""
    return joined.count("\n") == count - 1 and joined.replace("\n", " ").isprintable()


def _is_folded(joined: str, count: int) -> bool:
    """Tell whether every line is printable, with single spaces, and none at its ends."""
    if joined.count("\n") != count - 1:
        return False
    text = f" {joined.replace(chr(10), ' ')} "
    if not text.isprintable():
        return False
    # Where no line is empty, one scan finds them all.
    return "  " not in text or not any(sign in f"\n{joined}\n" for sign in ("  ", " \n", "\n "))


def _json_cells(column: Sequence[str], joined: str) -> Sequence[str]:
    """Return printable values, which `joined` holds in lines, escaped for JSON."""
    if "\\" in joined:
        return [encode_basestring_ascii(text)[1:-1] for text in column]
    if joined.isascii() and _QUOTE not in joined:
        return column
    return encode_basestring_ascii(joined)[1:-1].split("\\n")
