"""A page as the tags and texts it is written of, and what style sheets say to each kind of tag."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

# Quoted values may hold a `>`; possessive, so that a broken tag costs one look.
TAG = re.compile(
    r"<!--.*?-->|<(?P<raw>style|script|title|textarea)\b[^>]*+>.*?</(?P=raw)\s*>"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?P<rest>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]++)\s*+(?:=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?")
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag.

    Attributes:
        name: lower case.
        attributes: by name, in order, entities read.
    """

    name: str
    attributes: dict[str, str]

    @property
    def classes(self) -> frozenset[str]:
        """Return its classes."""
        return frozenset(self.attributes.get("class", "").split())


def read(name: str, rest: str) -> Tag:
    """Return the start tag of this name, `rest` being what follows it."""
    attributes: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(rest):
        attributes.setdefault(key.lower(), unescape(next((one for one in values if one), "")))
    return Tag(name.lower(), attributes)


def rewritten(html: str, write: Callable[[re.Match[str]], str]) -> str:
    """Return the page with each start tag as `write` gives it; comments, styles and titles stay."""

    def each(found: re.Match[str]) -> str:
        return write(found) if found["name"] and not found["close"] else found[0]

    return TAG.sub(each, html)
