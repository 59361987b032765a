"""Which pictures a mail shows, and in which frame, so that a blocked one keeps its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.model import Image
from digest.rendering.prose import Href, clean, href

COLUMN = 600
"""The widest a picture is shown, in CSS pixels."""
TALLEST = 400
"""The tallest it is shown where the program can crop."""
THUMBNAIL = 168
"""The widest and the tallest a small one is shown, beside its headline."""
TALLEST_WHOLE = 480
"""The tallest it is shown where the program can't: then it is narrower."""
LEAST_PIXELS = 64
"""On either side; smaller ones are icons and tracking pixels."""
ALMOST_FULL = 480
USUAL = (16, 9)
LIMITS = {"alt": 300, "credit": 120}

_UNSHOWN = re.compile(r"\.(svgz?|webp|avif|heic|heif|tiff?|jxl|bmp|ico|mp4|webm)$", re.IGNORECASE)
_MADE_INTO = re.compile(
    r"(?:^|[&;?])(?:format|fm|f|output|type)=(?:webp|avif|svg)\b|[/,](?:f_|format[:/_=])(?:webp|avif|svg)(?=[/,]|$)",
    re.IGNORECASE,
)
_MAY_BE_CLEAR = re.compile(r"\.(png|gif|apng)$", re.IGNORECASE)
_SAID = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PictureContext:
    """A picture, and the frame it is shown in, in CSS pixels.

    Attributes:
        alt: empty where the headline beside it says the same, for both are one link.
        width, height: for Outlook, which follows them: the whole picture.
        is_full: it fills the column.
        is_cropped: it is too tall for the column; programs that can, cut it down about `focus`.
        focus: where its point is, as CSS says it: `50% 30%`.
        is_known: its own size is; else the frame is a usual one.
        may_be_clear: its kind can be transparent, so that it needs a light plate in the dark.
    """

    url: Href
    alt: str
    width: int
    height: int
    credit: str
    is_full: bool
    is_cropped: bool
    focus: str
    is_known: bool
    may_be_clear: bool

    @property
    def small(self) -> tuple[int, int]:
        """Return the width and height of the whole picture as a small one, for programs that can't crop."""
        share = min(1.0, THUMBNAIL / self.width, THUMBNAIL / self.height)
        return max(1, round(self.width * share)), max(1, round(self.height * share))


def picture(image: Image | None, headline: str) -> PictureContext | None:
    """Return how a picture is shown; None where a mail should not show it."""
    if image is None or why_unshown(image.url) or is_out_of_bounds(image):
        return None
    width, height = image.width or 0, image.height or 0
    is_known = width > 0 and height > 0
    if not is_known:
        width, height = COLUMN, COLUMN * USUAL[1] // USUAL[0]
    full_height = round(COLUMN * height / width)
    is_full = width >= ALMOST_FULL
    is_cropped = is_full and (full_height > TALLEST or not is_known)
    shown = min(width, COLUMN if is_full else width, max(1, TALLEST_WHOLE * width // height))
    if is_full and shown >= ALMOST_FULL:
        shown = COLUMN
    alt = clean(image.alt, LIMITS["alt"])
    return PictureContext(
        url=href(image.url),
        alt="" if _says(alt, headline) else alt,
        width=shown,
        height=max(1, round(shown * height / width)),
        credit=clean(image.credit, LIMITS["credit"]),
        is_full=is_full,
        is_cropped=is_cropped,
        focus=" ".join(f"{round(min(1.0, max(0.0, part)) * 100)}%" for part in image.focus),
        is_known=is_known,
        may_be_clear=may_be_clear(image.url),
    )


def why_unshown(url: str) -> str:
    """Return why mail programs would not show what lies at `url`; empty where they do."""
    safe = href(url)
    if not safe.startswith("https://"):
        return (
            "is fetched without encryption, and blocked by some programs"
            if safe.startswith("http")
            else ("has no address that a mail program can fetch")
        )
    parts = urlsplit(safe)
    if _UNSHOWN.search(parts.path) or _MADE_INTO.search(parts.query) or _MADE_INTO.search(parts.path):
        return "is of a kind that some mail programs do not show"
    return ""


def may_be_clear(url: str) -> bool:
    """Tell whether a picture's kind can be transparent, as far as its address says."""
    try:
        return bool(_MAY_BE_CLEAR.search(urlsplit(url).path))
    except ValueError:
        return False


def is_out_of_bounds(image: Image) -> bool:
    """Tell whether a picture is too small to be one, or too large to be loaded beside a mail."""
    sides = (side for side in (image.width, image.height) if side is not None)
    return image.is_too_large or any(side < LEAST_PIXELS for side in sides)


def _says(alt: str, headline: str) -> bool:
    """Tell whether words beside a headline only say it again."""
    one, other = (_SAID.sub(" ", text).strip().casefold() for text in (alt, headline))
    return not one or one == other or (len(one) > 20 and (one in other or other in one))
