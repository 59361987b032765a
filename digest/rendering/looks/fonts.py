"""Font stacks and web fonts, written as style sheets and style attributes can hold them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from markupsafe import Markup

from digest.rendering.prose import href

MOST_NAMES = 16
LONGEST_NAME = 80

_NAME = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]*))\s*(,|\Z)")
_PLAIN = re.compile(r"-?[A-Za-z_][A-Za-z0-9_-]*")
_GENERIC = frozenset(
    {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji", "fangsong"}
    | {"ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded", "-apple-system", "blinkmacsystemfont"}
)
_RESERVED = frozenset({"inherit", "initial", "unset", "revert", "revert-layer", "default", "none"})
_NEVER = frozenset('<>{}();:"\\%@*/=`|^~#$!?')
_FORMATS = {"woff2": "woff2", "woff": "woff", "ttf": "truetype", "otf": "opentype"}
_URL_SIGNS = {
    "'": "%27",
    '"': "%22",
    "(": "%28",
    ")": "%29",
    "<": "%3C",
    ">": "%3E",
    "\\": "%5C",
    " ": "%20",
}


def stack(text: str, *, fallback: str) -> tuple[str, ...]:
    """Return the names of a list of fonts, bare; the last is a generic one.

    Args:
        fallback: the generic name that ends the list where it has none.

    Raises:
        ValueError: it is no list of names, or a name holds what no font's name does.
    """
    names: list[str] = []
    at = 0
    while at <= len(text):
        found = _NAME.match(text, at)
        assert found is not None  # what stands before a comma is matched, whatever it is
        quoted = found[1] if found[1] is not None else found[2]
        names.append(_checked(found[3].strip() if quoted is None else quoted.strip()))
        at = found.end()
        if not found[4]:
            break
    if len(names) > MOST_NAMES:
        raise ValueError(f"has {len(names)} names of at most {MOST_NAMES}")
    return tuple(names) if is_generic(names[-1]) else (*names, fallback)


def is_generic(name: str) -> bool:
    """Tell whether a name stands for whatever font of a kind the reader has."""
    return name.lower() in _GENERIC


def written(names: tuple[str, ...]) -> Markup:
    """Return names as `font-family` wants them: quoted where they are no plain word."""
    # Checked by `stack` to hold nothing that could end a string, a rule or a style attribute.
    return Markup(",".join(_quoted(name) for name in names))  # noqa: S704


def web_font(url: str, name: str) -> Markup:
    """Return what a style block of its own says to fetch a font.

    Args:
        url: of a font file, or of a style sheet that names one.
        name: what the font is called.

    Raises:
        ValueError: no https address.
    """
    safe = str(href(url))
    if not safe.startswith("https://") or "%%" in safe:
        raise ValueError("is not an https address of a font or of its style sheet")
    address = "".join(_URL_SIGNS.get(char, char) for char in safe)
    kind = _FORMATS.get(urlsplit(safe).path.rpartition(".")[2].lower())
    if kind is None:
        return Markup(f"@import url('{address}');")  # noqa: S704 - nothing in it ends the string
    face = f"font-family:{_quoted(name)};src:url('{address}') format('{kind}');font-display:swap"
    return Markup(f"@font-face{{{face}}}")  # noqa: S704 - nor in it


def _checked(name: str) -> str:
    if not name:
        raise ValueError("has a name that is empty")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"has a name of {len(name)} characters")
    if name[0] == "'" or name[-1] == "'":
        raise ValueError("has a quotation mark that nothing closes")
    wrong = next((one for one in name if one in _NEVER or unicodedata.category(one)[0] == "C"), None)
    if wrong is not None:
        raise ValueError(f"has a name with {wrong!r} in it, which no font's name holds")
    return name


def _quoted(name: str) -> str:
    if is_generic(name) or (_PLAIN.fullmatch(name) and name.lower() not in _RESERVED):
        return name
    # An apostrophe by its number: whatever reads the sheet leniently sees no string end there.
    return "'" + " ".join(name.split()).replace("'", "\\27 ") + "'"
