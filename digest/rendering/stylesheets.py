"""Style sheets as mails hold them: rules, conditions and declarations, read leniently, nothing left out.

A mail's CSS is short and plain. What is nested, or stands in an at-rule, is read as what it is, so that
nobody need guess which rules a mail program, or our own inliner, would pass over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--|-->")
# Strings and url(…) may hold the characters that end a declaration.
_DECLARATION = re.compile(r"""((?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|\([^)]*+(?:\)|\Z)|[^;"'(])++)""")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?", re.DOTALL)
_STOP = re.compile(r"[{};\"']")
_IMPORTANT = re.compile(r"!\s{0,20}important\s*+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property with its value, lower case but for strings."""

    name: str
    value: str
    is_important: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Something with braces around it, as it stands.

    Attributes:
        prelude: the selectors, or the at-rule's own words, comments gone.
        body: between the braces.
        line: of the prelude, from 1.
    """

    prelude: str
    body: str
    line: int

    @property
    def is_at_rule(self) -> bool:
        """Tell whether it is none of selectors and declarations."""
        return self.prelude.startswith("@")


@dataclass(frozen=True, slots=True)
class Rule:
    """Selectors with what they declare.

    Attributes:
        media: the conditions of the at-rules around it, outermost first.
        order: its place in the mail.
    """

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    media: tuple[str, ...]
    order: int

    @property
    def is_dark_only(self) -> bool:
        """Tell whether it speaks only to programs in dark mode."""
        return any("prefers-color-scheme" in one and "dark" in one for one in self.media)

    @property
    def is_conditional(self) -> bool:
        """Tell whether something but dark mode decides whether it applies."""
        return any("prefers-color-scheme" not in one for one in self.media)


def declarations(text: str) -> tuple[Declaration, ...]:
    """Return what a style attribute, or the body of a rule, declares."""
    found = []
    for piece in _DECLARATION.findall(_COMMENT.sub("", text)):
        name, colon, value = piece.partition(":")
        if not colon or not value.strip():
            continue
        bang = _IMPORTANT.search(value) if "!" in value else None
        plain = value[: bang.start()] if bang else value
        found.append(Declaration(name.strip().lower(), " ".join(plain.split()), bang is not None))
    return tuple(found)


def unread(text: str) -> Iterator[str]:
    """Yield what stands in the body of a rule and declares nothing: it has no name, colon and value."""
    for piece in _DECLARATION.findall(_COMMENT.sub("", text)):
        name, _, value = piece.partition(":")
        if piece.strip() and not (name.strip() and value.strip()):
            yield piece.strip()


def without_comments(css: str) -> str:
    """Return the sheet with its comments as spaces, line by line in place."""
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), css)


def rules(css: str) -> tuple[Rule, ...]:
    """Return every rule of a style sheet, those within media conditions too, in order."""
    numbered = enumerate(_rules(css, ()))
    return tuple(Rule(selectors, said, media, order) for order, (selectors, said, media) in numbered)


def blocks(css: str) -> Iterator[Block]:
    """Yield what has braces at the sheet's top level, in order; statements such as @import are left out."""
    css = without_comments(css)
    at = start = 0
    while (stop := _stop(css, at)) is not None:
        if css[stop] == "{":
            closing = _closing(css, stop)
            prelude = css[start:stop]
            line = css.count("\n", 0, start + len(prelude) - len(prelude.lstrip())) + 1
            yield Block(prelude.strip(), css[stop + 1 : closing], line)
            stop = closing
        at = start = stop + 1


def selectors_of(prelude: str) -> tuple[str, ...]:
    """Return the selectors of a list; a comma in brackets parts none."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(prelude):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth <= 0:
            found.append(prelude[start:at])
            start = at + 1
    found.append(prelude[start:])
    return tuple(" ".join(one.split()) for one in found if one.strip())


def _rules(
    css: str, media: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[Declaration, ...], tuple[str, ...]]]:
    for block in blocks(css):
        if block.prelude.startswith(("@media", "@supports")):
            yield from _rules(block.body, (*media, " ".join(block.prelude.lower().split())))
        elif block.prelude and not block.is_at_rule:
            yield selectors_of(block.prelude), declarations(block.body), media


def _stop(css: str, at: int) -> int | None:
    """Return the next brace or semicolon that stands in no string."""
    while (found := _STOP.search(css, at)) is not None:
        if found[0] not in "\"'":
            return found.start()
        string = _STRING.match(css, found.start())
        at = string.end() if string else found.end()
    return None


def _closing(css: str, opening: int) -> int:
    """Return where the brace that opens at `opening` closes; the end where it never does."""
    depth, at = 0, opening
    while (stop := _stop(css, at)) is not None:
        depth += (css[stop] == "{") - (css[stop] == "}")
        if depth == 0:
            return stop
        at = stop + 1
    return len(css)
