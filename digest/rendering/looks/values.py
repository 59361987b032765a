"""The single values of a `theme` table, each checked, its faults told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from digest.errors import Fault
from digest.rendering.colors import Color
from digest.rendering.looks import fonts
from digest.rendering.prose import Href, clean, href

MOST_LINES = 8
MOST_LINKS = 12


@dataclass(frozen=True, slots=True)
class SocialLink:
    """Where else readers find the paper: a name, and an address."""

    name: str
    url: Href


@dataclass(frozen=True, slots=True)
class Given:
    """A table as it was given, and what is wrong with it.

    Attributes:
        table: values by name; what has several parts has one on each line.
        where: the table's dotted name in the settings.
    """

    table: Mapping[str, str]
    where: str
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, name: str, problem: str) -> None:
        """Note a fault of one value."""
        self.faults.append(Fault(f"{self.where}.{name}", problem))

    def color(self, name: str, usual: str) -> Color:
        """Return a color; the usual one where it is none."""
        try:
            return Color.parse(self.table.get(name) or usual)
        except ValueError as error:
            self.wrong(name, str(error))
            return Color.parse(usual)

    def fonts(self, name: str, usual: str) -> tuple[str, ...]:
        """Return a font stack's names, ending in a generic one like the usual stack's."""
        fallback = usual.rpartition(",")[2]
        text = self.table.get(name, "").strip() or usual
        try:
            return fonts.stack(text, fallback=fallback)
        except ValueError as error:
            self.wrong(name, f'{text!r} is not a list of fonts like "{usual}": it {error}')
            return fonts.stack(usual, fallback=fallback)

    def web_font(self, name: str, family: str) -> Markup:
        """Return the rule that fetches a font; empty where none is wanted."""
        url = self.table.get(name, "").strip()
        if not url:
            return Markup()
        if fonts.is_generic(family):
            self.wrong(name, f"has no name: write the font's own first in `font`, before {family}")
            return Markup()
        try:
            return fonts.web_font(url, family)
        except ValueError as error:
            self.wrong(name, str(error))
            return Markup()

    def picture(self, name: str) -> Href:
        """Return a picture's address; empty where none is given."""
        url = href(self.table.get(name, ""))
        if self.table.get(name) and not url.startswith("https:"):
            self.wrong(name, "is not an https address of a picture")
            return Href("")
        return url

    def pixels(self, name: str, usual: str, least: int, most: int) -> int:
        """Return a measure in pixels."""
        text = str(self.table.get(name, usual))
        if text == usual or (
            text.isascii() and text.isdigit() and len(text) < 5 and least <= int(text) <= most
        ):
            return int(text)
        self.wrong(name, f"{text!r} is not a size from {least} to {most} pixels")
        return int(usual)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """Return one of some words; the first is the usual one."""
        chosen = self.table.get(name, choices[0])
        if chosen not in choices:
            self.wrong(name, f"{chosen!r} is none of {', '.join(choices[:-1])} and {choices[-1]}")
        return chosen

    def lines(self, name: str) -> tuple[str, ...]:
        """Return lines of text, none empty."""
        found = [clean(line, 600) for line in self.table.get(name, "").split("\n")]
        kept = tuple(line for line in found if line)
        if len(kept) > MOST_LINES:
            self.wrong(name, f"has {len(kept)} lines of at most {MOST_LINES}")
        return kept[:MOST_LINES]

    def links(self, name: str) -> tuple[SocialLink, ...]:
        """Return links, written as `Name https://…`, one on each line."""
        found = []
        for line in self.table.get(name, "").split("\n"):
            words, _, url = line.strip().rpartition(" ")
            if not line.strip():
                continue
            link = SocialLink(clean(words, 40), href(url))
            if not link.name or not link.url.startswith(("https:", "http:")):
                self.wrong(name, f"{line.strip()!r} is not a name and a web address")
            found.append(link)
        if len(found) > MOST_LINKS:
            self.wrong(name, f"has {len(found)} links of at most {MOST_LINKS}")
        return tuple(found[:MOST_LINKS])
