"""A newsletter's colours and fonts: a few given, the rest derived, all of them legible."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from digest.errors import ConfigurationError, Fault
from digest.rendering.colors import Color, Inverter, contrast, inverted, nearest
from digest.rendering.prose import Href, clean, href

LEAST_CONTRAST = 4.5
"""WCAG 2 AA for running text."""

_COLORS = {"accent": "#9b1c31", "paper": "#fffdf9", "ink": "#1b1816"}
_FONTS = {
    "font": "Georgia,'Times New Roman',serif",
    "small_font": "Helvetica,Arial,sans-serif",
}
_CHOICES = {"text_lines": ("wrapped", "flowed"), "text_links": ("inline", "end")}
"""How the plain part is set; the first of each is the usual one."""
NAMES = (*_COLORS, *_FONTS, "logo", "logo_width", "logo_height", "footer", *_CHOICES)
"""What a `theme` table may hold."""

_FONT_STACK = re.compile(r"[A-Za-z0-9 ,'\-]{1,120}")
_MUTED_CONTRAST = 5.2
_SHAPE_CONTRAST = 2.0  # enough to see a button's edges, its text being legible by itself
_LIGHT_PLATE = 0.5
_WARM_HUE, _WARM_SATURATION = 30 / 360, 0.10


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode, as `#rrggbb`.

    Attributes:
        muted: quiet text: the meta line, the footer.
        rule: hairlines, and what stands behind a picture until it loads.
        fill, on_fill: buttons and bands, and the text on them.
        plate: what stands behind a picture that may be transparent, in the dark too.
    """

    paper: str
    ink: str
    muted: str
    accent: str
    rule: str
    fill: str
    on_fill: str
    plate: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What a template needs to know of a newsletter's looks.

    Attributes:
        light: what the mail says; what most readers see.
        dark: for programs that follow `prefers-color-scheme` or mark their dark mode.
        inverted: what a program that turns colours on its own makes of `light`; nothing writes it,
            it is checked.
        font, small_font: CSS font stacks, checked; one for headlines and text, one for small print.
        logo: stands in the masthead instead of the title where given.
        logo_height: in pixels; 0 where it is not given.
        is_flowed: the plain part's lines are joined again by programs that can (RFC 3676).
        has_links_at_end: the plain part numbers its links and lists them at its end.
    """

    light: Palette
    dark: Palette
    inverted: Palette
    font: Markup
    small_font: Markup
    logo: Href
    logo_width: int
    logo_height: int
    footer: str
    is_flowed: bool
    has_links_at_end: bool


def derive(given: Mapping[str, str], *, where: str = "theme") -> Theme:
    """Return the whole theme that a newsletter's `theme` table asks for.

    Args:
        where: the table's dotted name in the settings, for the faults.

    Raises:
        ConfigurationError: an unknown name, no colour, no font, or a contrast under 4.5:1 in light or
            inverted mode; the nearest colour that passes is proposed. All faults at once.
    """
    faults = [
        Fault(f"{where}.{name}", f"is not known; a theme may hold {', '.join(NAMES)}")
        for name in given
        if name not in NAMES
    ]
    colors = {name: _color(name, given, where, faults) for name in _COLORS}
    fonts = {name: _font(name, given, where, faults) for name in _FONTS}
    width = _pixels("logo_width", "240", given, where, faults)
    height = _pixels("logo_height", "0", given, where, faults)
    chosen = {name: _choice(name, given, where, faults) for name in _CHOICES}
    logo = href(given.get("logo", ""))
    if given.get("logo") and not logo.startswith("https:"):
        faults.append(Fault(f"{where}.logo", "is not an https address of a picture"))
    if not faults:
        faults += _unreadable(colors, where)
    if faults:
        raise ConfigurationError(faults)
    paper, ink, accent = colors["paper"], colors["ink"], colors["accent"]
    light = _light(paper, ink, accent)
    return Theme(
        light=light,
        dark=_dark(paper, accent),
        inverted=_inverted(light),
        font=fonts["font"],
        small_font=fonts["small_font"],
        logo=logo,
        logo_width=width,
        logo_height=height,
        footer=clean(given.get("footer", ""), 600),
        is_flowed=chosen["text_lines"] == "flowed",
        has_links_at_end=chosen["text_links"] == "end",
    )


def faults(given: Mapping[str, str], where: str) -> tuple[Fault, ...]:
    """Return what keeps `derive` from a theme; nothing where all is well."""
    try:
        derive(given, where=where)
    except ConfigurationError as error:
        return error.faults
    return ()


def _color(name: str, given: Mapping[str, str], where: str, faults: list[Fault]) -> Color:
    try:
        return Color.parse(given.get(name, _COLORS[name]))
    except ValueError as error:
        faults.append(Fault(f"{where}.{name}", str(error)))
        return Color.parse(_COLORS[name])


def _font(name: str, given: Mapping[str, str], where: str, faults: list[Fault]) -> Markup:
    stack = given.get(name, _FONTS[name]).strip()
    if not _FONT_STACK.fullmatch(stack) or stack.count("'") % 2:
        faults.append(Fault(f"{where}.{name}", f'{stack!r} is not a list of fonts like "{_FONTS["font"]}"'))
    # Checked above to hold nothing that could end a style: an escaped quote would be wrong in one.
    return Markup(stack)  # noqa: S704


def _pixels(name: str, usual: str, given: Mapping[str, str], where: str, faults: list[Fault]) -> int:
    text = str(given.get(name, usual))
    if text == usual or (text.isascii() and text.isdigit() and 16 <= int(text) <= 600):
        return int(text)
    faults.append(Fault(f"{where}.{name}", f"{text!r} is not a size from 16 to 600 pixels"))
    return int(usual)


def _choice(name: str, given: Mapping[str, str], where: str, faults: list[Fault]) -> str:
    choices = _CHOICES[name]
    chosen = given.get(name, choices[0])
    if chosen not in choices:
        faults.append(Fault(f"{where}.{name}", f"{chosen!r} is none of {' and '.join(choices)}"))
    return chosen


def _unreadable(colors: Mapping[str, Color], where: str) -> list[Fault]:
    paper = colors["paper"]
    return [
        _contrast_fault(f"{where}.{name}", colors[name], paper)
        for name in ("ink", "accent")
        if not _legible_on(paper)(colors[name])
    ]


def _legible_on(paper: Color) -> Callable[[Color], bool]:
    def passes(color: Color) -> bool:
        return _least_contrast(color, paper) >= LEAST_CONTRAST

    return passes


def _least_contrast(color: Color, paper: Color) -> float:
    return min(contrast(color, paper), contrast(color.inverted, paper.inverted))


def _contrast_fault(where: str, color: Color, paper: Color) -> Fault:
    proposal = nearest(color, _legible_on(paper))
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


def _light(paper: Color, ink: Color, accent: Color) -> Palette:
    def still_legible(color: Color) -> bool:
        return _least_contrast(color, paper) >= _MUTED_CONTRAST and legible_inverted(color, paper)

    def survives(color: Color) -> bool:
        return _legible_on(paper)(color) and legible_inverted(color, paper)

    return Palette(
        paper=str(paper),
        ink=str(ink),
        muted=str(_quietest(ink, paper, still_legible)),
        accent=str(nearest(accent, survives) or accent),
        rule=str(ink.mixed(paper, 0.84)),
        fill=str(accent),
        on_fill=str(_on_fill(accent, paper)),
        plate=str(paper if paper.luminance > _LIGHT_PLATE else Color.parse("#ffffff")),
    )


def legible_inverted(color: Color, paper: Color) -> bool:
    """Tell whether a text can be read however a mail program turns it and its paper dark."""
    return all(contrast(*inverted(color, paper, how)) >= LEAST_CONTRAST for how in Inverter)


def _on_fill(fill: Color, paper: Color) -> Color:
    """Return the text on a button: the paper's color, or white or black where that is not legible."""

    def passes(color: Color) -> bool:
        return contrast(color, fill) >= LEAST_CONTRAST and all(
            contrast(*inverted(color, fill, how)) >= LEAST_CONTRAST for how in Inverter
        )

    choices = (paper, Color.parse("#ffffff"), Color.parse("#000000"))
    return next((color for color in choices if passes(color)), paper)


def _dark(paper: Color, accent: Color) -> Palette:
    hue, _, saturation = paper.hls
    if saturation < 0.02:
        hue, saturation = _WARM_HUE, _WARM_SATURATION
    saturation = min(saturation, _WARM_SATURATION)
    night = Color.from_hls(hue, 0.082, saturation)
    chalk = Color.from_hls(hue, 0.91, saturation)

    def still_legible(color: Color) -> bool:
        return contrast(color, night) >= _MUTED_CONTRAST

    def stands_out(color: Color) -> bool:
        return contrast(chalk, color) >= _MUTED_CONTRAST and contrast(color, night) >= _SHAPE_CONTRAST

    bright = nearest(accent, still_legible) or chalk
    deep = nearest(accent, stands_out)
    return Palette(
        paper=str(night),
        ink=str(chalk),
        muted=str(_quietest(chalk, night, still_legible)),
        accent=str(bright),
        rule=str(chalk.mixed(night, 0.78)),
        fill=str(deep or bright),
        on_fill=str(chalk if deep else night),
        plate=str(chalk),
    )


def _quietest(ink: Color, paper: Color, passes: Callable[[Color], bool]) -> Color:
    shares = (percent / 100 for percent in range(70, 0, -1))
    return next((mix for share in shares if passes(mix := ink.mixed(paper, share))), ink)


def _inverted(light: Palette) -> Palette:
    def turned(name: str) -> str:
        return str(Color.parse(name).inverted)

    return Palette(
        paper=turned(light.paper),
        ink=turned(light.ink),
        muted=turned(light.muted),
        accent=turned(light.accent),
        rule=turned(light.rule),
        fill=turned(light.fill),
        on_fill=turned(light.on_fill),
        plate=turned(light.plate),
    )
