"""A newsletter's looks: a few values given, the rest derived, every text legible."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from digest.errors import ConfigurationError, Fault
from digest.rendering.colors import Color, contrast
from digest.rendering.looks import fonts, palettes
from digest.rendering.looks.palettes import LEAST_CONTRAST, Palette
from digest.rendering.looks.values import Given, SocialLink
from digest.rendering.prose import Href

__all__ = ["LEAST_CONTRAST", "NAMES", "Palette", "Theme", "derive", "faults"]

_COLORS = {"accent": "#9b1c31", "paper": "#fffdf9", "ink": "#1b1816"}
_FONTS = {
    "font": "Georgia,'Times New Roman',serif",
    "small_font": "Helvetica,Arial,sans-serif",
}
_CHOICES = {
    "text_lines": ("wrapped", "flowed"),
    "text_links": ("inline", "end"),
    "density": ("usual", "compact", "airy"),
}
"""The first of each is the usual one."""
_AIR = {"usual": 1.0, "compact": 0.7, "airy": 1.3}
_LOGOS = ("logo", "logo_dark", "logo_width", "logo_height")
NAMES = (*_COLORS, "fill", *_FONTS, "web_font", *_LOGOS, "corner", "footer", "social", *_CHOICES)
"""What a `theme` table may hold."""

_USUAL_CORNER = 3


@dataclass(frozen=True, slots=True)
class Theme:
    """What a template needs to know of a newsletter's looks.

    Attributes:
        light: what the mail says; what most readers see.
        dark: for programs that follow `prefers-color-scheme` or mark their dark mode.
        inverted: what a program that turns colours on its own makes of `light`; nothing writes it,
            it is checked.
        is_framed: no text on the fill would survive every inversion, so that in mails it frames buttons
            and bands, whose text stands on the paper.
        frame: what such frames are drawn in; empty where only the text's own color stays seen.
        font, small_font: CSS font stacks, checked; one for headlines and text, one for small print.
        outlook_font: the same as `font` without a web font, for which Outlook would take Times.
        web_font: the rule that fetches a font, for a style block of its own; may be empty.
        logo: stands in the masthead instead of the title where given.
        logo_dark: stands there in dark mode; else the logo gets a light plate.
        logo_height: in pixels; 0 where it is not given.
        corner: the radius of pictures and bands in pixels; 0 where none is given.
        button_corner: of buttons.
        footer: its lines as one; `footer_lines` has them apart.
        social: where else readers find the paper.
        is_flowed: the plain part's lines are joined again by programs that can (RFC 3676).
        has_links_at_end: the plain part numbers its links and lists them at its end.
    """

    light: Palette
    dark: Palette
    inverted: Palette
    is_framed: bool
    frame: str
    font: Markup
    small_font: Markup
    outlook_font: Markup
    web_font: Markup
    logo: Href
    logo_dark: Href
    logo_width: int
    logo_height: int
    corner: int
    button_corner: int
    density: str
    footer_lines: tuple[str, ...]
    social: tuple[SocialLink, ...]
    is_flowed: bool
    has_links_at_end: bool

    @property
    def footer(self) -> str:
        """Return the footer's own lines as one."""
        return " ".join(self.footer_lines)

    @property
    def rounded(self) -> Markup:
        """Return what rounds the corners of a picture or a band, after another declaration."""
        return Markup(f";border-radius:{self.corner}px" if self.corner else "")  # noqa: S704 - a number

    def air(self, pixels: int) -> int:
        """Return a distance between things, as dense as the newsletter wants its mail."""
        return round(pixels * _AIR[self.density])


def derive(table: Mapping[str, str], *, where: str = "theme") -> Theme:
    """Return the whole theme that a newsletter's `theme` table asks for.

    An accent or a fill may be any color: as text the accent's nearest that can be read is taken, and text
    on the fill is what can be read there.

    Args:
        where: the table's dotted name in the settings, for the faults.

    Raises:
        ConfigurationError: an unknown name, no colour, no font, an ink under 4.5:1 in light or
            inverted mode, or a paper on which no color of the accent's hue can be read; the nearest colour
            that passes is proposed. All faults at once.
    """
    return _derived(tuple(table.items()), where)


@functools.lru_cache(maxsize=64)
def _derived(values: tuple[tuple[str, str], ...], where: str) -> Theme:
    """Return the theme of a table's values; settings are checked and mails rendered with the same ones."""
    table = dict(values)
    given = Given(table, where)
    for name in table:
        if name not in NAMES:
            given.wrong(name, f"is not known; a theme may hold {', '.join(NAMES)}")
    colors = {name: given.color(name, usual) for name, usual in _COLORS.items()}
    fill = given.color("fill", str(colors["accent"]))
    stacks = {name: given.fonts(name, usual) for name, usual in _FONTS.items()}
    web_font = given.web_font("web_font", stacks["font"][0])
    chosen = {name: given.choice(name, choices) for name, choices in _CHOICES.items()}
    corner = given.pixels("corner", str(_USUAL_CORNER), 0, 28) if table.get("corner") else None
    light = palettes.light(colors["paper"], colors["ink"], colors["accent"], fill)
    theme = Theme(
        light=light,
        dark=palettes.dark(colors["paper"], colors["accent"], fill),
        inverted=palettes.mirrored(light),
        is_framed=not palettes.text_on(fill, colors["paper"])[1],
        frame=str(fill) if palettes.stays_seen(fill, colors["paper"]) else "",
        font=fonts.written(stacks["font"]),
        small_font=fonts.written(stacks["small_font"]),
        outlook_font=fonts.written(stacks["font"][1:] if web_font else stacks["font"]),
        web_font=web_font,
        logo=given.picture("logo"),
        logo_dark=given.picture("logo_dark"),
        logo_width=given.pixels("logo_width", "240", 16, 600),
        logo_height=given.pixels("logo_height", "0", 16, 600),
        corner=corner or 0,
        button_corner=_USUAL_CORNER if corner is None else corner,
        density=chosen["density"],
        footer_lines=given.lines("footer"),
        social=given.links("social"),
        is_flowed=chosen["text_lines"] == "flowed",
        has_links_at_end=chosen["text_links"] == "end",
    )
    if table.get("logo_dark") and not table.get("logo"):
        given.wrong("logo_dark", "is for dark mode beside a `logo`, and there is none")
    if not given.faults:
        given.faults.extend(_unreadable(colors, where))
    if given.faults:
        raise ConfigurationError(given.faults)
    return theme


def faults(given: Mapping[str, str], where: str) -> tuple[Fault, ...]:
    """Return what keeps `derive` from a theme; nothing where all is well."""
    try:
        derive(given, where=where)
    except ConfigurationError as error:
        return error.faults
    return ()


def _unreadable(colors: Mapping[str, Color], where: str) -> list[Fault]:
    paper, found = colors["paper"], []
    if not palettes.legible_on(paper)(colors["ink"]):
        found.append(_contrast_fault(f"{where}.ink", colors["ink"], paper))
    if palettes.readable(colors["accent"], paper) is None:
        found.append(_contrast_fault(f"{where}.accent", colors["accent"], paper))
    return found


def _contrast_fault(where: str, color: Color, paper: Color) -> Fault:
    proposal = palettes.readable(color, paper)
    remedy = (
        f"the nearest that passes is {proposal}"
        if proposal
        else "no colour of this hue passes: choose a lighter or a darker paper"
    )
    found, mode = contrast(color, paper), ""
    if found >= LEAST_CONTRAST:
        found, mode = contrast(color.inverted, paper.inverted), ", inverted as mail programs do,"
    return Fault(
        where,
        f"{color} on the paper {paper}{mode} has a contrast of {int(found * 100) / 100:.2f}:1, "
        f"and text needs {LEAST_CONTRAST}:1; {remedy}",
    )
