"""Colours as numbers: contrast, mixing, and how mail programs invert them."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_STEPS = 256


@dataclass(frozen=True, slots=True)
class Color:
    """An sRGB colour; each part from 0 to 1."""

    red: float
    green: float
    blue: float

    @classmethod
    def parse(cls, text: str) -> Color:
        """Return the colour that `#rgb` or `#rrggbb` names.

        Raises:
            ValueError: it is neither.
        """
        found = _HEX.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text!r} is not a colour like #9b1c31")
        digits = found.group(1)
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
        return cls(red, green, blue)

    @classmethod
    def from_hls(cls, hue: float, lightness: float, saturation: float) -> Color:
        """Return the colour with these parts, each from 0 to 1, as its hex name rounds it."""
        return cls.parse(str(cls(*colorsys.hls_to_rgb(hue, lightness, saturation))))

    @property
    def hls(self) -> tuple[float, float, float]:
        """Return hue, lightness and saturation, each from 0 to 1."""
        return colorsys.rgb_to_hls(self.red, self.green, self.blue)

    @property
    def luminance(self) -> float:
        """Return the relative luminance, 0 to 1 (WCAG 2)."""

        def linear(part: float) -> float:
            return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

        return 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)

    @property
    def inverted(self) -> Color:
        """Return what a mail program that turns light mails dark makes of it: lightness mirrored."""
        hue, lightness, saturation = self.hls
        return Color.from_hls(hue, 1 - lightness, saturation)

    def __str__(self) -> str:
        """Return `#rrggbb`."""
        return "#" + "".join(f"{round(part * 255):02x}" for part in (self.red, self.green, self.blue))

    def mixed(self, other: Color, share: float) -> Color:
        """Return this colour with `share` (0 to 1) of `other`."""
        pairs = ((self.red, other.red), (self.green, other.green), (self.blue, other.blue))
        red, green, blue = (mine + (theirs - mine) * share for mine, theirs in pairs)
        return Color.parse(str(Color(red, green, blue)))


class Inverter(StrEnum):
    """How a mail program makes a light mail dark on its own."""

    MIRROR = "mirror"
    """Every lightness is mirrored."""
    FLOOR = "floor"
    """The same, but no background gets darker than the program's own."""
    PARTIAL = "partial"
    """Light backgrounds and dark texts are mirrored; dark backgrounds and light texts stay."""


FLOOR = 0.12
"""The lightness of the darkest background that programs with a floor show (about #1f1f1f)."""


def inverted(ink: Color, paper: Color, how: Inverter) -> tuple[Color, Color]:
    """Return what becomes of a text and of what stands behind it."""
    if how is Inverter.PARTIAL:
        return (
            ink.inverted if ink.hls[1] < 0.5 else ink,
            paper.inverted if paper.hls[1] >= 0.5 else paper,
        )
    turned = paper.inverted
    if how is Inverter.FLOOR:
        hue, lightness, saturation = turned.hls
        turned = Color.from_hls(hue, max(FLOOR, lightness), saturation)
    return ink.inverted, turned


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def nearest(color: Color, passes: Callable[[Color], bool]) -> Color | None:
    """Return the colour of the same hue, closest in lightness, that `passes`; None where none does."""
    hue, lightness, saturation = color.hls
    by_distance = sorted(
        (step / (_STEPS - 1) for step in range(_STEPS)), key=lambda step: (abs(step - lightness), step)
    )
    candidates = (Color.from_hls(hue, step, saturation) for step in by_distance)
    return next((candidate for candidate in candidates if passes(candidate)), None)
