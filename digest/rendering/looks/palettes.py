"""The colors of one mode, derived from the few that a newsletter gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from digest.rendering.colors import Color, Inverter, contrast, inverted, nearest

LEAST_CONTRAST = 4.5
"""WCAG 2 AA for running text."""

_MUTED_CONTRAST = 5.2
_SHAPE_CONTRAST = 2.0  # enough to see a button's edges, its text being legible by itself
LEAST_OF_A_RULE = 1.5
"""What a rule of two pixels and more needs to be seen at all."""
_LIGHT_PLATE = 0.5
_WARM_HUE, _WARM_SATURATION = 30 / 360, 0.10
_WHITE, _BLACK = Color.parse("#ffffff"), Color.parse("#000000")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode, as `#rrggbb`.

    Attributes:
        muted: quiet text: the meta line, the footer.
        accent: kickers and what leads on, as text: the brand's own where it can be read.
        rule: hairlines, and what stands behind a picture until it loads.
        fill, on_fill: buttons and bands, and the text on them.
        plate: what stands behind a picture that may be transparent, in the dark too.
        on_plate: the picture's words there, until it loads.
    """

    paper: str
    ink: str
    muted: str
    accent: str
    rule: str
    fill: str
    on_fill: str
    plate: str
    on_plate: str


def legible_on(paper: Color) -> Callable[[Color], bool]:
    """Return what tells whether a text can be read on this paper, and when both are mirrored."""

    def passes(color: Color) -> bool:
        return least_contrast(color, paper) >= LEAST_CONTRAST

    return passes


def least_contrast(color: Color, paper: Color) -> float:
    """Return the contrast as written or mirrored, whichever is less."""
    return min(contrast(color, paper), contrast(color.inverted, paper.inverted))


def legible_inverted(color: Color, paper: Color) -> bool:
    """Tell whether a text can be read however a mail program turns it and its paper dark."""
    return all(contrast(*inverted(color, paper, how)) >= LEAST_CONTRAST for how in Inverter)


def readable(color: Color, paper: Color) -> Color | None:
    """Return a color as text: itself, or the nearest of its hue that can be read in every mode."""
    passes = legible_on(paper)
    if passes(color) and legible_inverted(color, paper):
        return color
    return nearest(color, lambda one: passes(one) and legible_inverted(one, paper)) or nearest(
        color, passes
    )


def stays_seen(rule: Color, paper: Color) -> bool:
    """Tell whether a rule that keeps its color is seen where a program turns the paper alone."""
    return all(contrast(rule, inverted(rule, paper, how)[1]) >= LEAST_OF_A_RULE for how in Inverter)


def text_on(fill: Color, paper: Color) -> tuple[Color, bool]:
    """Return the text on a fill, and whether it can be read however programs turn both dark.

    The paper's own color, or white or black. On a color of middle lightness, which inverting leaves as it
    is, no text survives: then the one that is read best as written.
    """

    def survives(color: Color) -> bool:
        return contrast(color, fill) >= LEAST_CONTRAST and legible_inverted(color, fill)

    choices = (paper, _WHITE, _BLACK)
    found = next((color for color in choices if survives(color)), None)
    return (found, True) if found else (max(choices, key=lambda color: contrast(color, fill)), False)


def light(paper: Color, ink: Color, accent: Color, fill: Color) -> Palette:
    """Return what the mail says; ink and accent are read on the paper where any color of their hue is."""

    def still_legible(color: Color) -> bool:
        return least_contrast(color, paper) >= _MUTED_CONTRAST and legible_inverted(color, paper)

    ink = readable(ink, paper) or ink
    return Palette(
        paper=str(paper),
        ink=str(ink),
        muted=str(_quietest(ink, paper, still_legible)),
        accent=str(readable(accent, paper) or accent),
        rule=str(ink.mixed(paper, 0.84)),
        fill=str(fill),
        on_fill=str(text_on(fill, paper)[0]),
        plate=str(paper if paper.luminance > _LIGHT_PLATE else _WHITE),
        on_plate=str(ink if paper.luminance > _LIGHT_PLATE else _BLACK),
    )


def dark(paper: Color, accent: Color, fill: Color) -> Palette:
    """Return what programs show that follow `prefers-color-scheme`, or mark their dark mode."""
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
    deep = nearest(fill, stands_out)
    return Palette(
        paper=str(night),
        ink=str(chalk),
        muted=str(_quietest(chalk, night, still_legible)),
        accent=str(bright),
        rule=str(chalk.mixed(night, 0.78)),
        fill=str(deep or bright),
        on_fill=str(chalk if deep else night),
        plate=str(chalk),
        on_plate=str(night),
    )


def mirrored(palette: Palette) -> Palette:
    """Return what a program that turns colors on its own makes of a palette."""
    turned = (str(Color.parse(getattr(palette, one.name)).inverted) for one in fields(palette))
    return Palette(*turned)


def _quietest(ink: Color, paper: Color, passes: Callable[[Color], bool]) -> Color:
    shares = (percent / 100 for percent in range(70, 0, -1))
    return next((mix for share in shares if passes(mix := ink.mixed(paper, share))), ink)
