"""Pictures that a mail may show."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator, Mapping

from digest.model import Image
from digest.sources.text.markup import parse_page, plain
from digest.sources.web.urls import absolute, names_private_host

MIN_PIXELS = 100
"""Smaller ones are icons and tracking pixels."""
MAX_ADDRESS = 2000
MAX_SET = 8000
WIDEST = 1600
USUAL_WIDTH = 600
"""In pixels: what a picture without a width counts as."""
LAZY_NAMES = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-hi-res-src", "data-url")
LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")

_CANDIDATES = re.compile(r",(?=\s)|(?<=[wx]),")
_SIZE = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)([wx])")
_NOT_OF_MAIL = re.compile(r"\.(?:svgz?|avif|webp|ico|bmp|tiff?|heic|jxl|mp4|webm)$", re.IGNORECASE)
_MADE_INTO = re.compile(r"(?:^|[&;])(?:format|fm|f|output|type)=(?:webp|avif|svg)\b", re.IGNORECASE)
_JUNK_HOST = re.compile(
    r"(?:^|\.)(?:gravatar\.com|s\.w\.org|stats\.wordpress\.com|pixel\.wp\.com|feedburner\.com|doubleclick\.net"
    r"|scorecardresearch\.com|feeds\.feedblitz\.com|abs\.twimg\.com)$",
    re.IGNORECASE,
)
_JUNK_PATH = re.compile(
    r"[/_.-](?:avatars?|gravatar|emojis?|twemoji|smil(?:ies|eys?)|favicon|apple-touch-icon|icons?|sprites?|spacer"
    r"|pixel|blank|transparent|placeholder|clear|1x1|logos?|share|sharing|social|badge|button|counter|tracking"
    r"|beacon|loading|spinner|lazy|default-image|no-?image)(?=[/_.-]|\d*\.|$)",
    re.IGNORECASE,
)
_JUNK_CLASS = re.compile(
    r"(?<![\w])(?:emoji|wp-smiley|avatar|icon|logo|sprite|share|author-photo)(?![\w])", re.IGNORECASE
)


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
    is_web = found.startswith("https://") and len(found) <= MAX_ADDRESS
    if not is_web or names_private_host(found) or is_junk(found) or not is_of_mail(found):
        return None
    width, height = _pixels(known.get("width")), _pixels(known.get("height"))
    if any(size is not None and size < MIN_PIXELS for size in (width, height)):
        return None
    return Image(found, _words(known.get("alt")), width, height, _words(known.get("credit")))


def addresses_of(about: Mapping[str, str]) -> Iterator[str]:
    """Yield where an `img` may be found, the likeliest first: lazy ones keep it beside a placeholder."""
    for name in LAZY_NAMES:
        if address := about.get(name):
            yield address
    source = about.get("src") or ""
    is_placeholder = source.startswith("data:") or is_junk(source)
    sets = [found for name in LAZY_SETS if (found := _widest(about.get(name) or ""))]
    yield from (*sets, source) if is_placeholder or not source else (source, *sets)


def _widest(candidates: str) -> str:
    """Return the widest picture of a `srcset` that is no wider than a mail needs."""
    found: list[tuple[float, str]] = []
    for candidate in _CANDIDATES.split(candidates[:MAX_SET]):
        address, _, size = candidate.strip().partition(" ")
        number = _SIZE.fullmatch(size.strip())
        width = float(number[1]) * (1 if number[2] == "w" else USUAL_WIDTH) if number else USUAL_WIDTH
        if address and not address.startswith("data:"):
            found.append((width if width <= WIDEST else -width, address))
    return max(found)[1] if found else ""


def is_junk(address: str) -> bool:
    """Tell whether an address is that of an icon, face, logo, spacer or counter."""
    host, _, path = address.partition("://")[2].partition("/")
    return bool(_JUNK_HOST.search(host) or _JUNK_PATH.search(f"/{path}" if host else address))


def is_of_mail(address: str) -> bool:
    """Tell whether mail programs show such a picture: none knows SVG and AVIF, many no WebP."""
    path, _, query = address.partition("?")
    return not (_NOT_OF_MAIL.search(path) or _MADE_INTO.search(query))


def first_picture(texts: Iterable[str], base: str) -> Image | None:
    """Return the first picture in HTML texts that a mail may show.

    Args:
        texts: fragments, in order of preference.
        base: what relative addresses are relative to.
    """
    for text in texts:
        root = parse_page(text) if "<img" in text.lower() else None
        for picture in root.iter("img") if root is not None else ():
            if _JUNK_CLASS.search(f"{picture.get('class') or ''} {picture.get('id') or ''}"):
                continue
            about = dict(picture.items())
            for address in addresses_of(about):
                if found := usable_image(address, base, about):
                    return found
    return None


def _words(value: object) -> str:
    return plain(value) if isinstance(value, str) else ""


def _pixels(value: object) -> int | None:
    if isinstance(value, dict):
        value = value.get("value")
    match = re.fullmatch(r"(\d{1,5})(?:\.\d+)?(?:\s*+px)?", str(value)[:MAX_ADDRESS].strip())
    return int(match.group(1)) if match else None
