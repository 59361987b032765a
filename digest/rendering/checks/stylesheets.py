"""Style sheets as mails hold them: rules, media conditions and declarations, read leniently.

A mail's CSS is short and plain; what a mail program would not understand is passed over here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# Strings and url(…) may hold the characters that end a declaration.
_DECLARATION = re.compile(r"""((?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(])+)""")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property with its value, lower case but for strings."""

    name: str
    value: str
    is_important: bool


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
        plain, bang, _ = value.partition("!important")
        found.append(Declaration(name.strip().lower(), " ".join(plain.split()), bool(bang)))
    return tuple(found)


def rules(css: str) -> tuple[Rule, ...]:
    """Return every rule of a style sheet, those within media conditions too, in order."""
    numbered = enumerate(_rules(_COMMENT.sub("", css), ()))
    return tuple(Rule(selectors, said, media, order) for order, (selectors, said, media) in numbered)


def _rules(
    css: str, media: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[Declaration, ...], tuple[str, ...]]]:
    at = 0
    while (opening := css.find("{", at)) >= 0:
        closing = _closing(css, opening)
        prelude = css[at:opening].rpartition(";")[2].strip()
        body = css[opening + 1 : closing]
        at = closing + 1
        if prelude.startswith(("@media", "@supports")):
            yield from _rules(body, (*media, " ".join(prelude.lower().split())))
        elif prelude and not prelude.startswith("@"):
            selectors = tuple(" ".join(one.split()) for one in prelude.split(",") if one.strip())
            yield selectors, declarations(body), media


def _closing(css: str, opening: int) -> int:
    """Return where the brace that opens at `opening` closes; the end where it never does."""
    depth = 0
    for at in range(opening, len(css)):
        depth += (css[at] == "{") - (css[at] == "}")
        if depth == 0:
            return at
    return len(css)
