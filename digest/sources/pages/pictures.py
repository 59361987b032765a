"""Pictures that a mail may show."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Mapping

from digest.model import Image
from digest.sources.text.markup import parse_page, plain
from digest.sources.web.urls import absolute, names_private_host

MIN_PIXELS = 100
"""Smaller ones are icons and tracking pixels."""
MAX_ADDRESS = 2000


def usable_image(address: object, base: str, about: Mapping[str, object] | None = None) -> Image | None:
    """Return a picture that a mail may show, or None: no data URL, private host or tracking pixel.

    Args:
        address: absolute, or relative to `base`.
        base: the page's or feed's address.
        about: `alt`, `width`, `height` and `credit`, raw.
    """
    known = about or {}
    if not isinstance(address, str) or not address.strip():
        return None
    found = absolute(base, entities.unescape(address)).replace(" ", "%20")
    is_web = found.startswith(("http://", "https://")) and len(found) <= MAX_ADDRESS
    if not is_web or names_private_host(found):
        return None
    width, height = _pixels(known.get("width")), _pixels(known.get("height"))
    if any(size is not None and size < MIN_PIXELS for size in (width, height)):
        return None
    return Image(found, _words(known.get("alt")), width, height, _words(known.get("credit")))


def first_picture(texts: Iterable[str], base: str) -> Image | None:
    """Return the first picture in HTML texts that a mail may show.

    Args:
        texts: fragments, in order of preference.
        base: what relative addresses are relative to.
    """
    for text in texts:
        root = parse_page(text) if "<img" in text.lower() else None
        for picture in root.iter("img") if root is not None else ():
            found = usable_image(picture.get("src"), base, dict(picture.items()))
            if found:
                return found
    return None


def _words(value: object) -> str:
    return plain(value) if isinstance(value, str) else ""


def _pixels(value: object) -> int | None:
    if isinstance(value, dict):
        value = value.get("value")
    match = re.fullmatch(r"(\d{1,5})(?:\.\d+)?(?:\s*+px)?", str(value)[:MAX_ADDRESS].strip())
    return int(match.group(1)) if match else None
