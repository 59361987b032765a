"""Contrast of every text on what stands behind it: in light mode, in dark mode, and under three inverters.

Rules and plates are looked at too: a border with a color of its own stays as it is where a program turns
text and paper alone, and a picture that may be transparent needs something light behind it in the dark.

The cascade is worked out as a browser does it: style blocks by specificity and order, style attributes
above them, `!important` above all. Rules under a width or another condition are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import cast

from cssselect import SelectorError
from cssselect import parse as parse_selector
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from digest.rendering.checks.document import Document, describe, inline, seen
from digest.rendering.checks.findings import Finding, Level
from digest.rendering.colors import Color, Inverter, contrast, inverted
from digest.rendering.looks.palettes import LEAST_OF_A_RULE
from digest.rendering.pictures import may_be_clear
from digest.rendering.stylesheets import Declaration, Rule
from digest.rendering.theme import LEAST_CONTRAST

Styles = dict[HtmlElement, dict[str, str]]
Specificity = tuple[int, int, int]
Weight = tuple[bool, bool, Specificity, int]

_SIDES = ("border", "border-top", "border-bottom", "border-left", "border-right")
_WANTED = frozenset(
    {"color", "background-color", "background", "display", "border-color", *_SIDES}
    | {f"{side}-color" for side in _SIDES[1:]}
)
_LIGHT = 0.4
"""The luminance of a plate on which a picture drawn for light paper is seen."""
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)")
_NAMED = {
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "orange": "#ffa500",
}
"""CSS 2.1's; what else has a name is left unjudged."""


class Mode(StrEnum):
    """How a mail program shows colors that it takes from the mail."""

    LIGHT = "light"
    DARK = "dark"


# What browsers take where the mail says nothing: text, link, paper.
_DEFAULTS = {
    Mode.LIGHT: ("#000000", "#0000ee", "#ffffff"),
    Mode.DARK: ("#ffffff", "#9e9eff", "#121212"),
}


def check(document: Document) -> Iterator[Finding]:
    """Yield each pair of colors under 4.5:1, with the first text that has it; rules and plates, too."""
    light = _styles(document, Mode.LIGHT)
    yield from _unreadable(document, light, Mode.LIGHT)
    for how in Inverter:
        yield from _unreadable(document, light, Mode.LIGHT, how)
    yield from _rules_that_stay(document, light)
    if any(rule.is_dark_only for rule in document.rules):
        dark = _styles(document, Mode.DARK)
        yield from _unreadable(document, dark, Mode.DARK)
        yield from _unplated(document, dark, light)
    else:
        yield Finding(
            Level.NOTE,
            "contrast",
            "the style blocks",
            "say nothing for dark mode, so that programs choose the colors",
            "add @media (prefers-color-scheme:dark)",
        )


def _rules_that_stay(document: Document, styles: Styles) -> Iterator[Finding]:
    """Yield the rules that vanish where a program turns text and paper, and not borders."""
    for element in document.all():
        told = styles.get(element, {})
        for name, value in told.items():
            color = color_of(value) if name.startswith("border") else None
            if color is None or not _is_heavy(value):
                continue
            paper = _paper(element, styles, Mode.LIGHT)
            found = min(contrast(color, inverted(color, paper, how)[1]) for how in Inverter)
            if found < LEAST_OF_A_RULE:
                yield Finding(
                    Level.WARNING,
                    "contrast",
                    describe(element),
                    f"has a rule of {color}, not seen where a program turns text and paper dark",
                    "leave the border without a color: it follows the text's",
                )


def _is_heavy(value: str) -> bool:
    """Tell whether a border is wider than a hairline; of an unknown width it is taken to be."""
    if value.strip().startswith(("0", "none")):
        return False
    width = re.search(r"(\d+(?:\.\d+)?)px", value)
    return width is None or float(width[1]) >= 2


def _unplated(document: Document, styles: Styles, light: Styles) -> Iterator[Finding]:
    """Yield pictures that may be transparent with darkness behind them, but for those drawn for it."""
    for element in document.all("img"):
        if _is_hidden(element, styles) or _is_hidden(element, light):
            continue
        paper = _paper(element, styles, Mode.DARK)
        if may_be_clear(element.get("src") or "") and paper.luminance < _LIGHT:
            yield Finding(
                Level.WARNING,
                "contrast",
                describe(element),
                f"may be transparent, and what is drawn for light paper is lost on {paper} in dark mode",
                "give it a light background-color there",
            )


def color_of(value: str) -> Color | None:
    """Return the color a CSS value begins with or is; None where it is none, or lets others through."""
    for word in re.findall(r"[a-z]+\([^)]*\)|[^\s]+", value.lower()):
        if found := _RGB.fullmatch(word):
            alpha = float(found[4] or 1) / (100 if found[5] else 1)
            return Color(*(int(found[at]) / 255 for at in (1, 2, 3))) if alpha >= 1 else None
        try:
            return Color.parse(_NAMED.get(word, word if word.startswith("#") else ""))
        except ValueError:
            continue
    return None


def _unreadable(
    document: Document, styles: Styles, mode: Mode, how: Inverter | None = None
) -> Iterator[Finding]:
    told: dict[tuple[Color, Color], list[HtmlElement]] = {}
    for element, text in _texts(document):
        if not seen(text) or _is_hidden(element, styles):
            continue
        pair = _ink(element, styles, mode), _paper(element, styles, mode)
        told.setdefault(pair, []).append(element)
    for (ink, paper), elements in told.items():
        shown = inverted(ink, paper, how) if how else (ink, paper)
        found = contrast(*shown)
        if found < LEAST_CONTRAST:
            name = f"inverted ({how})" if how else mode
            yield Finding(
                Level.ERROR,
                "contrast",
                describe(elements[0]),
                f"has {int(found * 100) / 100:.2f}:1 in {name} mode ({shown[0]} on {shown[1]})",
                f"choose colors of at least {LEAST_CONTRAST}:1",
                count=len(elements),
            )


def _texts(document: Document) -> Iterator[tuple[HtmlElement, str]]:
    """Yield every text, and the words of pictures, which stand on the picture's own background."""
    yield from document.texts
    for picture in document.all("img"):
        yield picture, picture.get("alt") or ""


def _styles(document: Document, mode: Mode) -> Styles:
    """Return what each element is told, the winner of each property."""
    winners: dict[HtmlElement, dict[str, tuple[Weight, str]]] = {}

    def tell(element: HtmlElement, said: Declaration, specificity: Specificity, order: int) -> None:
        name = "background-color" if said.name == "background" else said.name
        weight = (said.is_important, order < 0, specificity, order)
        known = winners.setdefault(element, {}).get(name)
        if known is None or weight >= known[0]:
            winners[element][name] = (weight, said.value)

    for rule in document.rules:
        wanted = [said for said in rule.declarations if said.name in _WANTED]
        if not wanted or rule.is_conditional or (rule.is_dark_only and mode is not Mode.DARK):
            continue
        for specificity, element in _matches(document, rule):
            for said in wanted:
                tell(element, said, specificity, rule.order)
    for element in document.all():
        for said in inline(element):
            if said.name in _WANTED:
                tell(element, said, (1, 0, 0), -1)
    return {
        element: {name: value for name, (_, value) in told.items()} for element, told in winners.items()
    }


def _matches(document: Document, rule: Rule) -> Iterator[tuple[Specificity, HtmlElement]]:
    for text in rule.selectors:
        try:
            (selector,) = parse_selector(text)
            found = cast("list[HtmlElement]", CSSSelector(text, translator="html")(document.root))
        except (SelectorError, ValueError):
            continue
        for element in found:
            yield selector.specificity(), element


def _ink(element: HtmlElement, styles: Styles, mode: Mode) -> Color:
    text, link, _ = _DEFAULTS[mode]
    for at in (element, *element.iterancestors()):
        found = color_of(styles.get(at, {}).get("color", ""))
        if found is not None:
            return found
        if at.tag == "a" and at.get("href"):
            return Color.parse(link)
    return Color.parse(text)


def _paper(element: HtmlElement, styles: Styles, mode: Mode) -> Color:
    for at in (element, *element.iterancestors()):
        told: Mapping[str, str] = styles.get(at, {})
        found = color_of(told.get("background-color", at.get("bgcolor") or ""))
        if found is not None:
            return found
    return Color.parse(_DEFAULTS[mode][2])


def _is_hidden(element: HtmlElement, styles: Styles) -> bool:
    return any(
        styles.get(at, {}).get("display") == "none" or at.tag in {"head", "title"}
        for at in (element, *element.iterancestors())
    )
