"""The recipients' rows of a Mail Send request, written as JSON text.

Rows are joined from ready pieces and the cells of `sendgrid_columns`. What does not fit that way (an odd
address, a value too long) is written by itself by `careful`, which is the definition: both ways parse to
the same.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from typing import Final

import orjson

from digest.model import Delivery, TokenText
from digest.transports import headers
from digest.transports.headers import BadAddress, Unsendable
from digest.transports.sendgrid.columns import Columns, Values, display, value

MAX_SUBSTITUTIONS: Final = 10_000
"""Bytes of one row's substitutions, names included."""

REFERENCE_ARG: Final = "digest_reference"
"""The custom argument that comes back in every event; opaque, never personal."""

Field = tuple[str, str, bool]
"""A place that a value goes to: substitution key, token, whether it is HTML."""

_TO, _NAME, _MESSAGE_KEY, _REFERENCE = range(4)
_CELLS: Final = 4
_BEFORE_NAME: Final = 1
"""Where in the pattern the member begins that a reader without a name lacks."""

_OPENING: Final = '{"to":[{"email":"'
_CLOSING: Final = '"}}'


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes the rows of one variant.

    Attributes:
        fields: every place that a value goes to.
        header_tokens: headers whose value differs by recipient.
        domain: right side of Message-ID.
        tokens: every token once.
        urls: those of them that fill a header as `<url>`.
        pattern: a row's JSON text from behind its opening: a place for each cell, and what follows it,
            after the last one the next row's opening.
        cells: picks the columns for those places, from: the four above, raw tokens, escaped tokens.
        is_plain: no header needs more than a URL, so that the pattern will do.
    """

    fields: tuple[Field, ...]
    header_tokens: tuple[tuple[str, TokenText], ...]
    domain: str
    tokens: tuple[str, ...]
    urls: tuple[str, ...]
    pattern: tuple[str, ...]
    cells: Callable[[Sequence[Sequence[str]]], tuple[Sequence[str], ...]]
    is_plain: bool

    @classmethod
    def of(
        cls, fields: tuple[Field, ...], header_tokens: tuple[tuple[str, TokenText], ...], domain: str
    ) -> RowWriter:
        """Return a writer with its pattern drawn up."""
        wraps = [(name, split.names[0]) for name, split in header_tokens if split.literals == ("<", ">")]
        tokens = tuple(dict.fromkeys([field[1] for field in fields] + [token for _, token in wraps]))
        order = [_TO, _NAME]
        form = ['","name":"']
        before = '"}],"headers":{'
        for name, token in wraps:
            form.append(f'{before}{_literal(name)}:"<')
            order.append(_CELLS + tokens.index(token))
            before = '>",'
        form.append(f'{before}"Message-ID":"<')
        order.append(_MESSAGE_KEY)
        before = f'@{_literal(domain)[1:-1]}>"}},"substitutions":{{'
        for key, token, is_html in fields:
            form.append(f'{before}{_literal(key)}:"')
            order.append(_CELLS + tokens.index(token) + is_html * len(tokens))
            before = '",'
        form.append(f'{before[:-1] if fields else before}}},"custom_args":{{"{REFERENCE_ARG}":"')
        order.append(_REFERENCE)
        form.append(f"{_CLOSING},{_OPENING}")
        urls = tuple(dict.fromkeys(token for _, token in wraps))
        pattern = tuple(chain.from_iterable(zip(repeat(""), form)))
        is_plain = len(wraps) == len(header_tokens)
        return cls(fields, header_tokens, domain, tokens, urls, pattern, itemgetter(*order), is_plain)

    def pieces(self, batch: Columns) -> list[str] | None:
        """Return what, joined, are the personalizations of all; None where a row needs care."""
        if not self._is_regular(batch) or self._odd(batch):
            return None
        pieces = self._filled(batch)
        pieces[0] = _OPENING + pieces[0]
        pieces[-1] = _CLOSING
        return pieces

    def rows(self, batch: Columns) -> list[str | Exception]:
        """Return a personalization for each delivery, or why there can be none."""
        if not self._is_regular(batch):
            return self.one_by_one(batch.deliveries, batch.values)
        pieces = self._filled(batch)
        width = len(self.pattern)
        rows: list[str | Exception] = [
            "".join([_OPENING, *pieces[at : at + width - 1], _CLOSING])
            for at in range(0, len(pieces), width)
        ]
        for index in self._odd(batch):
            rows[index] = self._attempt(batch.deliveries[index], batch.values[index])
        return rows

    def _filled(self, batch: Columns) -> list[str]:
        """Return the pattern once for each delivery, its cells filled in.

        Cut in by columns, since that is done in C: joining a row at a time costs twice as much.
        """
        columns = [batch.tokens[token] for token in self.tokens]
        names = batch.names
        picked = self.cells(
            [
                batch.addresses,
                names,
                batch.message_keys,
                batch.references,
                *(column.raw for column in columns),
                *(column.page for column in columns),
            ]
        )
        width = len(self.pattern)
        pieces = list(self.pattern) * len(batch.deliveries)
        for at, cells in enumerate(picked):
            pieces[2 * at :: width] = cells
        if "" in names:
            for row, name in enumerate(names):
                if not name:
                    pieces[row * width + _BEFORE_NAME] = ""
        return pieces

    def _odd(self, batch: Columns) -> set[int]:
        """Return the indices of rows that need care."""
        odd = headers.odd_addresses(batch.addresses)
        return odd.union(*(batch.tokens[url].odd_urls for url in self.urls))

    def _is_regular(self, batch: Columns) -> bool:
        """Tell whether the pattern will do for most rows."""
        return self.is_plain and self._fits(batch)

    def careful(self, delivery: Delivery, values: Values) -> str:
        """Return one personalization, whatever its values hold.

        Raises:
            Unsendable: a token has no value, the address fits no mail, or the values are too long.
        """
        box = headers.wire_address(delivery.address)
        if box.needs_smtputf8:
            raise BadAddress("SendGrid takes no international addresses")
        to = {"email": box.address}
        name = display(delivery.name)
        if name:
            to["name"] = name
        try:
            substitutions = {
                key: value(html.escape(values[token]) if is_html else values[token])
                for key, token, is_html in self.fields
            }
            own = {name: _header_value(split, values) for name, split in self.header_tokens}
        except KeyError as error:
            raise Unsendable(f"the token {error} has no value") from error
        own["Message-ID"] = f"<{delivery.message_key}@{self.domain}>"
        substitution_bytes = orjson.dumps(substitutions)
        if len(substitution_bytes) > MAX_SUBSTITUTIONS:
            raise Unsendable(f"its values have {len(substitution_bytes)} bytes; SendGrid takes 10,000")
        return orjson.dumps(
            {
                "to": [to],
                "headers": own,
                "substitutions": orjson.Fragment(substitution_bytes),
                "custom_args": {REFERENCE_ARG: delivery.reference},
            }
        ).decode()

    def one_by_one(self, deliveries: Sequence[Delivery], values: Sequence[Values]) -> list[str | Exception]:
        """Return a personalization for each delivery, or why there can be none, whatever that is."""
        return [self._attempt(*pair) for pair in zip(deliveries, values, strict=True)]

    def _attempt(self, delivery: Delivery, values: Values) -> str | Exception:
        try:
            return self.careful(delivery, values)
        except Exception as error:  # noqa: BLE001  # whose fault it is shows when the batch is through
            return error

    def _fits(self, batch: Columns) -> bool:
        """Tell whether every token is there and no row can pass the limit.

        One sign becomes six at most, `&#x27;`.
        """
        if not batch.tokens.keys() >= set(self.tokens):
            return False
        longest = {token: batch.tokens[token].longest for token in self.tokens}
        return sum(len(key) + 6 + 6 * longest[token] for key, token, _ in self.fields) <= MAX_SUBSTITUTIONS


def header_value(name: str, text: str) -> str:
    """Return a header's value, RFC 2047-encoded where it must be, on one line."""
    return headers.value_of(name, headers.unstructured(name, text))


def _literal(text: str) -> str:
    return orjson.dumps(text).decode()


def _header_value(split: TokenText, values: Values) -> str:
    if split.literals == ("<", ">"):
        return headers.url_line("", values[split.names[0]]).decode("ascii").removeprefix(": ").rstrip()
    return header_value("", split.join(values))
