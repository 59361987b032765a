"""A theme while it is tried: its fields, as the schema has them, what can be read, and its TOML lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args, get_origin

from digest.rendering.colors import Color, Inverter, contrast, inverted
from digest.rendering.looks.palettes import LEAST_CONTRAST, Palette
from digest.rendering.theme import Theme
from digest.settings import fields as kinds
from digest.settings.looks.theme import ThemeSettings
from digest.words.speaking import say

_VERY_GOOD = 7.0
_LISTS = ("footer", "social")
NUMBERS = frozenset({"logo_width", "logo_height", "corner"})
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the form.

    Attributes:
        choices: where it is one of some words; the first is the usual one.
        is_lines: it has one entry on each line.
    """

    name: str
    label: str
    help: str
    value: str
    choices: tuple[str, ...]
    is_lines: bool
    is_color: bool


@dataclass(frozen=True, slots=True)
class Legibility:
    """How well one text can be read.

    Attributes:
        worst: the least contrast over the ways in which programs turn a light mail dark.
    """

    what: str
    where: str
    ink: str
    paper: str
    ratio: str
    worst: str
    word: str


def label(name: str) -> str:
    """Return what a look is called, in the reader's language."""
    return say(name.replace("_", " ").capitalize())


def fields(given: Mapping[str, str]) -> list[Field]:
    """Return the form's fields in the order of the schema, with their values."""
    return [
        Field(
            name=name,
            label=label(name),
            help=(info.description or "").replace("`", ""),
            value=given.get(name, ""),
            choices=get_args(info.annotation) if get_origin(info.annotation) is Literal else (),
            is_lines=name in _LISTS,
            is_color=info.annotation == kinds.Color | None,
        )
        for name, info in ThemeSettings.model_fields.items()
    ]


def table(form: Mapping[str, str]) -> dict[str, str]:
    """Return what a form says of looks, by name; what is the usual is not said."""
    found = {}
    for name, info in ThemeSettings.model_fields.items():
        text = form.get(name, "")[:_LONGEST].replace("\r\n", "\n").strip()
        if text and text != info.default:
            found[name] = text
    return found


def legibility(theme: Theme) -> Iterator[Legibility]:
    """Yield each kind of text, in light mode and in the mail's own dark mode."""
    for where, palette in (("light", theme.light), ("dark", theme.dark)):
        for what, ink, paper in _texts(palette, is_framed=theme.is_framed):
            found = contrast(Color.parse(ink), Color.parse(paper))
            worst = (
                min(contrast(*inverted(Color.parse(ink), Color.parse(paper), how)) for how in Inverter)
                if where == "light"
                else found
            )
            yield Legibility(
                what, where, ink, paper, f"{found:.1f}", f"{worst:.1f}", _word(min(found, worst))
            )


def notes(theme: Theme, given: Mapping[str, str]) -> Iterator[str]:
    """Yield what became of a color that could not be taken as it is."""
    accent = given.get("accent", theme.light.accent)
    if Color.parse(accent) != Color.parse(theme.light.accent):
        yield say(
            "%(accent)s as text is %(nearest)s, the nearest that can be read everywhere.",
            accent=accent,
            nearest=theme.light.accent,
        )
    if theme.is_framed:
        yield (
            say(
                "%(fill)s frames buttons and bands: where a program turns a mail dark, no text on it "
                "could be read.",
                fill=theme.light.fill,
            )
        )


def as_toml(key: str, template: str, given: Mapping[str, str]) -> str:
    """Return the lines of digest.toml that say the same."""
    lines = [f"[newsletters.{key}]", f"template = {_quoted(template)}"]
    if given:
        lines += ["", f"[newsletters.{key}.theme]"]
        lines += [f"{name} = {_value(name, text)}" for name, text in given.items()]
    return "\n".join(lines)


def _texts(palette: Palette, *, is_framed: bool) -> tuple[tuple[str, str, str], ...]:
    button = (palette.ink, palette.paper) if is_framed else (palette.on_fill, palette.fill)
    return (
        (say("Text"), palette.ink, palette.paper),
        (say("Small print"), palette.muted, palette.paper),
        (say("Kickers and Read on"), palette.accent, palette.paper),
        (say("Buttons and bands"), *button),
    )


def _word(ratio: float) -> str:
    if ratio >= _VERY_GOOD:
        return say("reads very well")
    return say("reads well") if ratio >= LEAST_CONTRAST else say("can’t be read")


def _value(name: str, text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if name == "social":
        pairs = (line.rpartition(" ") for line in lines)
        return "{ " + ", ".join(f"{_quoted(name)} = {_quoted(url)}" for name, _, url in pairs) + " }"
    if name == "footer" and len(lines) > 1:
        return "[" + ", ".join(_quoted(line) for line in lines) + "]"
    return text if text.isascii() and text.isdigit() else _quoted(" ".join(lines))


def _quoted(text: str) -> str:
    """Return a basic string of TOML, which JSON's are but for the character 127."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
