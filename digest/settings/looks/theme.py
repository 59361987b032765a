"""A newsletter's `theme` table: its schema, and how the rendering takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from digest.settings.fields import Color, FullText, Text, WebUrl, Whole
from digest.settings.tables import Table


def _alone_or_listed(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


class ThemeSettings(Table):
    """Looks; the template's own where not given."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    accent: Color | None = None
    """The brand's color: of buttons and bands, and of kickers in the nearest shade that can be read."""
    fill: Color | None = None
    """The color of buttons and bands, where it is another; the text on it is chosen to be read."""
    paper: Color | None = None
    """The background."""
    ink: Color | None = None
    """The text; too little contrast to the paper is refused."""
    font: Text = ""
    """The font stack of headlines and text; names may be any, and are quoted where they need it."""
    small_font: Text = ""
    """The font stack of small print; of some templates' headlines, too."""
    web_font: WebUrl | None = None
    """A font file or a style sheet over https for the first name of `font`; readers' programs fetch it."""
    logo: WebUrl | None = None
    """A picture that stands in the masthead instead of the title."""
    logo_dark: WebUrl | None = None
    """The logo for dark mode; else the one logo stands on a light plate there."""
    logo_width: Annotated[Whole, Field(ge=16, le=600)] | None = None
    """The logo's width in pixels."""
    logo_height: Annotated[Whole, Field(ge=16, le=600)] | None = None
    """The logo's height in pixels, so that its place is kept where pictures are blocked."""
    corner: Annotated[Whole, Field(ge=0, le=28)] | None = None
    """The radius of buttons, bands and pictures in pixels; else buttons alone have a small one."""
    density: Literal["usual", "compact", "airy"] = "usual"
    """How much air there is between stories."""
    text_lines: Literal["wrapped", "flowed"] = "wrapped"
    """The plain part's lines: wrapped at 72 columns, or joined again by programs that can (RFC 3676)."""
    text_links: Literal["inline", "end"] = "inline"
    """Where the plain part has its links: below each story, or numbered and listed at its end."""
    footer: Annotated[tuple[Text, ...], BeforeValidator(_alone_or_listed)] = ()
    """A line for the footer, or a list of lines."""
    social: Mapping[FullText, WebUrl] = Field(default_factory=dict)
    """Where else readers find you, by name: `{ Mastodon = "https://…" }`; words in the footer."""


def flat(table: Mapping[str, object]) -> dict[str, str]:
    """Return the looks that are given, by name.

    A list has one entry on each line, a table of addresses one `Name https://…`; what is empty was not
    given, and what is of no known type is passed over, for others tell it.
    """
    written = {name: _text(value) for name, value in table.items()}
    return {name: text for name, text in written.items() if text}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "\n".join(f"{name} {url}" for name, url in value.items() if isinstance(url, str))
    if isinstance(value, list | tuple):
        return "\n".join(one for one in value if isinstance(one, str))
    return ""
