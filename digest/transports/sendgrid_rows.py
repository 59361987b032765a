"""One recipient's row in a Mail Send request, written as JSON text.

Nearly every row holds nothing that JSON or HTML would escape; it is joined from ready pieces. All others
take the careful way through orjson, which is the definition: both ways parse to the same.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

import orjson

from digest.model import Delivery, TokenText
from digest.transports import headers
from digest.transports.headers import Unsendable

MAX_SUBSTITUTIONS: Final = 10_000
"""Bytes of one row's substitutions, names included."""

REFERENCE_ARG: Final = "digest_reference"
"""The custom argument that comes back in every event; opaque, never personal."""

Field = tuple[str, str, bool]
"""A place that a value goes to: substitution key, token, whether it is HTML."""

_QUOTE: Final = '"'
_PLAIN: Final = bytes(sign for sign in range(0x20, 0x7F) if sign not in b"\"'<>\\^`{|}")
"""Signs that JSON, HTML and a URL in a header take as they are; the ampersand is seen to."""

_MAX_PLAIN: Final = 1500
"""Characters of a row's values that stay under every limit, even if each became `&amp;` twice."""

_MAX_PLAIN_URL: Final = 900
_TO, _MESSAGE_KEY, _REFERENCE = range(3)
_CELLS: Final = 3


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes the rows of one variant.

    Attributes:
        fields: every place that a value goes to.
        header_tokens: headers whose value differs by recipient.
        domain: right side of Message-ID.
        tokens: every token once.
        urls: indices into `tokens` of those that fill a header as `<url>`.
        pieces: the ready JSON text of a row, an empty place in each gap.
        cells: picks what fills the gaps, in order, from: the three above, raw tokens, escaped tokens.
        is_plain: no header needs more than a URL, so that plain rows may be joined.
    """

    fields: tuple[Field, ...]
    header_tokens: tuple[tuple[str, TokenText], ...]
    domain: str
    tokens: tuple[str, ...]
    urls: tuple[int, ...]
    pieces: tuple[str, ...]
    cells: Callable[[Sequence[str]], tuple[str, ...]]
    is_plain: bool

    @classmethod
    def of(
        cls, fields: tuple[Field, ...], header_tokens: tuple[tuple[str, TokenText], ...], domain: str
    ) -> RowWriter:
        """Return a writer with its pieces cut."""
        wraps = [split for _, split in header_tokens if split.literals == ("<", ">")]
        tokens = tuple(dict.fromkeys([field[1] for field in fields] + [split.names[0] for split in wraps]))
        text: list[str] = []
        order: list[int] = []

        def gap(before: str, cell: int) -> None:
            text.append(before)
            order.append(cell)

        gap('{"to":[', _TO)
        before = '],"headers":{'
        for name, split in header_tokens:
            gap(f'{before}{_json(name)}:"<', _CELLS + tokens.index(split.names[0]) if split in wraps else 0)
            before = '>",'
        gap(f'{before}"Message-ID":"<', _MESSAGE_KEY)
        before = f'@{_json(domain)[1:-1]}>"}},"substitutions":{{'
        for key, token, is_html in fields:
            gap(f'{before}{_json(key)}:"', _CELLS + tokens.index(token) + is_html * len(tokens))
            before = '",'
        end = "" if fields else '"'
        gap(f'{before.removesuffix(",")}{end[1:]}}},"custom_args":{{"{REFERENCE_ARG}":"', _REFERENCE)
        text.append('"}}')
        urls = tuple(dict.fromkeys(tokens.index(split.names[0]) for split in wraps))
        return cls(
            fields,
            header_tokens,
            domain,
            tokens,
            urls,
            tuple(part for piece in text for part in (piece, ""))[:-1],
            itemgetter(*order),
            is_plain=len(wraps) == len(header_tokens),
        )

    def row(self, delivery: Delivery, values: Mapping[str, str]) -> str:
        """Return one personalization.

        Raises:
            Unsendable: a token has no value, the address fits no mail, or the values are too long.
        """
        try:
            found = [values[token] for token in self.tokens]
        except KeyError as error:
            raise Unsendable(f"the token {error} has no value") from error
        address, name = delivery.address, delivery.name
        joined = f"{address} {name} {delivery.reference} {' '.join(found)}"
        if (
            not self.is_plain
            or len(joined) > _MAX_PLAIN
            or not joined.isascii()
            or joined.encode().translate(None, _PLAIN)
            or "%%" in joined
            or "," in name
            or ";" in name
            or not headers.is_plain_address(address)
        ):
            return self.careful(delivery, values)
        for index in self.urls:
            if not found[index] or " " in found[index] or len(found[index]) > _MAX_PLAIN_URL:
                return self.careful(delivery, values)
        name = " ".join(name.split())
        to = f'{{"email":"{address}","name":"{name}"}}' if name else f'{{"email":"{address}"}}'
        escaped = [value.replace("&", "&amp;") for value in found] if "&" in joined else found
        row = list(self.pieces)
        row[1::2] = self.cells([to, delivery.message_key, delivery.reference, *found, *escaped])
        return "".join(row)

    def careful(self, delivery: Delivery, values: Mapping[str, str]) -> str:
        """Return one personalization, whatever its values hold.

        Raises:
            Unsendable: as `row`.
        """
        box = headers.mailbox(delivery.address)
        if box.needs_smtputf8:
            raise Unsendable("SendGrid takes no international addresses")
        to = {"email": box.address}
        name = headers.folded(delivery.name)
        if name:
            # A comma or semicolon bare in a name splits the recipient in two: sendgrid-python issue 578.
            to["name"] = f'"{name.replace(_QUOTE, "")}"' if "," in name or ";" in name else name
        try:
            substitutions = {
                key: _value(html.escape(values[token]) if is_html else values[token])
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


def header_value(name: str, value: str) -> str:
    """Return a header's value, RFC 2047-encoded where it must be, on one line."""
    line = headers.unstructured(name, value).decode("ascii")
    return line.removeprefix(f"{name}: ").replace("\r\n", "").rstrip()


def _json(text: str) -> str:
    return orjson.dumps(text).decode()


def _value(value: str) -> str:
    """Return a value that SendGrid can't take for another token."""
    return headers.tidy(value).replace("%%", "% %")


def _header_value(split: TokenText, values: Mapping[str, str]) -> str:
    if split.literals == ("<", ">"):
        return headers.url_line("", values[split.names[0]]).decode("ascii").removeprefix(": ").rstrip()
    return header_value("", split.join(values))
