"""Pictures that a mail may show, and why others may not."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from lxml import etree

from digest.model import Image
from digest.sources.pages.junk_pictures import calls_itself_junk, is_junk, is_of_a_store
from digest.sources.pages.picture_facts import bytes_of, focus_of
from digest.sources.text.markup import Parse, parse_page, plain
from digest.sources.web.urls import absolute, names_private_host, shown

MIN_PIXELS = 100
"""Smaller ones are icons and tracking pixels."""
MAX_ADDRESS = 2000
MAX_SET = 8000
WIDEST = 1600
USUAL_WIDTH = 600
"""In pixels: what a picture without a width counts as."""
MAX_CLIMB = 5
MAX_PICTURES = 20
LAZY_NAMES = (
    *("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-hi-res-src", "data-url"),
    *("data-lazy", "data-large-file", "data-full-url", "data-img-src", "data-image", "data-actualsrc"),
    *("data-echo", "data-fallback-src", "data-original-src", "data-lazyload", "data-img-url"),
)
LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
WEB_TYPES = {"svg": "SVG", "avif": "AVIF", "webp": "WebP", "heic": "HEIC", "jxl": "JPEG XL", "tiff": "TIFF"}
"""What pictures are called that not all mail programs show."""

BACKGROUND_NAMES = (
    "data-bg",
    "data-background",
    "data-background-image",
    "data-bg-src",
    "data-lazy-bg",
    "data-bgset",
)
MAX_BACKED = 400
MAX_BUTTON_WORDS = 60

_TAGS = ("img", "amp-img")
_BACKED = ("figure", "div", "a", "span", "section", "header")
_MAY_HOLD = re.compile(r"<(?:img|amp-img|picture)|background|data-bg", re.IGNORECASE)
_IN_STYLE = re.compile(
    r"background(?:-image)?\s{0,3}:[^;]{0,80}?url\(\s{0,3}([^)]{1,2000})\)", re.IGNORECASE
)
_IN_URL = re.compile(r"^url\([\"']?([^)\"']{1,2000})[\"']?\)$", re.IGNORECASE)
_HERO = re.compile(r"hero|featured|cover|image|thumb|photo|picture|media|lead|poster|teaser", re.IGNORECASE)
_PARTS = re.compile(r"[^\W_]+")
_CODES = (["qr"], ["qr", "code"], ["qrcode"], ["avatar"], ["avatar", "photo"], ["gravatar"])
_BUTTON_TARGET = re.compile(
    r"https?://(?:play\.google\.com/store|apps\.apple\.com/|itunes\.apple\.com/|appgallery\.(?:cloud\.)?huawei\.com/"
    r"|apps\.microsoft\.com/|f-droid\.org/|apps\.rustore\.ru/|(?:t|telegram)\.me/|wa\.me/|api\.whatsapp\.com/send"
    r"|(?:www\.)?whatsapp\.com/channel/|news\.google\.com/publications/|(?:www\.|m\.)?facebook\.com/(?:sharer|dialog/)"
    r"|(?:www\.)?(?:twitter|x)\.com/(?:intent/|share)|(?:www\.)?linkedin\.com/(?:sharing/|sharearticle)"
    r"|(?:www\.)?pinterest\.com/pin/create|(?:www\.)?reddit\.com/submit|line\.me/r/|social-plugins\.line\.me/"
    r"|(?:www\.)?paypal\.(?:com|me)/|(?:www\.)?patreon\.com/|ko-fi\.com/|(?:www\.)?buymeacoffee\.com/"
    r"|flattr\.com/|liberapay\.com/|flipboard\.com/|feedly\.com/|follow\.it/)|^(?:mailto|whatsapp|tg|fb-messenger|viber):",
    re.IGNORECASE,
)
_CANDIDATES = re.compile(r",(?=\s)|(?<=[wx]),")
_SIZE = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)([wx])")
_NOT_OF_MAIL = re.compile(r"\.(svg|avif|webp|ico|bmp|tiff|heic|jxl|mp4|webm)[zf]?$", re.IGNORECASE)
_MADE_INTO = re.compile(
    r"(?:^|[&;?])(?:format|fm|f|output|type)=(webp|avif|svg)\b|[/,](?:f_|format[:/_=])(webp|avif|svg)(?=[/,]|$)",
    re.IGNORECASE,
)
_TINY_STYLE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*[0-3]px", re.IGNORECASE)


def usable_image(address: object, base: str, about: Mapping[str, object] | None = None) -> Image | None:
    """Return a picture that a mail may show, or None: no data URL, private host or tracking pixel.

    Args:
        address: absolute, or relative to `base`.
        base: the page's or feed's address.
        about: `alt`, `width`, `height`, `credit`, its bytes and its point, raw.
    """
    known = about or {}
    found = _absolute(address, base)
    if not found or is_junk(found) or _why_not(found, known) or names_private_host(found):
        return None
    width, height = _pixels(known.get("width")), _pixels(known.get("height"))
    if any(size is not None and size < MIN_PIXELS for size in (width, height)):
        return None
    alt, credit = _words(known.get("alt")), _words(known.get("credit"))
    return Image(found, alt, width, height, credit, focus=focus_of(known), size_bytes=bytes_of(known))


def _absolute(address: object, base: str) -> str:
    """Return a picture's address as a mail would name it; empty where it is none of the web."""
    if not isinstance(address, str) or not address.strip():
        return ""
    found = absolute(base, entities.unescape(address)).replace(" ", "%20")
    return found if found.startswith(("https://", "http://")) and len(found) <= MAX_ADDRESS else ""


def why_left_out(address: object, base: str, about: Mapping[str, object] | None = None) -> str:
    """Return why a picture that is none of junk can't go into a mail as it is; empty where it can.

    Args:
        address: absolute, or relative to `base`.
        base: the page's or feed's address.
        about: `type`, raw, where it is known.
    """
    found = _absolute(address, base)
    return "" if not found or is_junk(found) else _why_not(found, about or {})


def _why_not(found: str, about: Mapping[str, object]) -> str:
    if name := _web_format(found, str(about.get("type") or "")):
        return f"is {name}, which not all mail programs show"
    if not found.startswith("https://"):
        return "has no https address"
    width, height = _pixels(about.get("width")), _pixels(about.get("height"))
    size = Image(found, width=width, height=height, size_bytes=bytes_of(about))
    return "is too large for a mail" if size.is_too_large else ""


def _web_format(address: str, kind: str) -> str:
    path, _, query = address.partition("?")
    named = _NOT_OF_MAIL.search(path)
    made = _MADE_INTO.search(query) or _MADE_INTO.search(path)
    suffix = named[1] if named else (made[1] or made[2]) if made else ""
    if not suffix and kind.lower().startswith("image/"):
        suffix = kind.lower().removeprefix("image/").partition("+")[0].partition(";")[0].strip()
        suffix = suffix if suffix in WEB_TYPES else ""
    return WEB_TYPES.get(suffix.lower(), suffix.upper())


def picture_problem(
    candidates: Iterable[tuple[object, Mapping[str, object]]], base: str, texts: Iterable[str] = ()
) -> str:
    """Return what to tell of a piece with pictures, but none for a mail; empty where it has none at all.

    Args:
        candidates: the addresses that its source names, and what is said about each.
        base: what relative addresses are relative to.
        texts: fragments of HTML, whose pictures count, too.
    """
    named: list[tuple[object, Mapping[str, object]]] = list(candidates)
    for each in islice(_pictures(texts), MAX_PICTURES):
        if not is_icon(each):
            named += [(address, {}) for address in addresses_of(_about(each))]
    for address, about in named:
        if reason := why_left_out(address, base, about):
            return f"its picture {shown(_absolute(address, base))} {reason}; it was left out"
    return ""


def addresses_of(about: Mapping[str, str]) -> Iterator[str]:
    """Yield where an `img` may be found, the likeliest first: lazy ones keep it beside a placeholder."""
    for name in LAZY_NAMES:
        if address := about.get(name):
            yield address
    if address := about.get("background of"):
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
        number = _SIZE.fullmatch(size.strip().partition(" ")[0])  # "600w 400h"
        width = float(number[1]) * (1 if number[2] == "w" else USUAL_WIDTH) if number else USUAL_WIDTH
        if address and not address.startswith("data:"):
            found.append((width if width <= WIDEST else -width, address))
    return max(found)[1] if found else ""


def first_picture(texts: Iterable[str], base: str, parse: Parse = parse_page) -> Image | None:
    """Return the first picture in HTML texts that a mail may show.

    Args:
        texts: fragments, in order of preference.
        base: what relative addresses are relative to.
        parse: gives a text's tree.
    """
    return next((found for each in _pictures(texts, parse) if (found := _shown(each, base))), None)


def of_page(
    root: etree._Element, named: Iterable[tuple[object, Mapping[str, object]]], base: str
) -> Image | None:
    """Return the picture that a page names for its article, else the first in its article.

    Args:
        root: of the page.
        named: addresses in its metadata, and what is said about each.
        base: the page's address.
    """
    for address, about in named:
        if found := usable_image(address, base, about):
            return found
    articles = list(islice(root.iter("article"), 2))
    pictures = islice(articles[0].iter(*_TAGS), MAX_PICTURES) if len(articles) == 1 else ()
    return next((found for each in pictures if (found := _shown(each, base))), None)


def _shown(picture: etree._Element, base: str) -> Image | None:
    """Return the picture of an `img`, wherever it keeps it."""
    about = _about(picture)
    if is_icon(picture) or is_button(picture) or _TINY_STYLE.search(about.get("style") or ""):
        return None
    for address in addresses_of(about):
        if found := usable_image(address, base, about):
            return found
    return _of_sources(picture, base, about)


def _about(picture: etree._Element) -> dict[str, str]:
    about = {str(name): str(value) for name, value in picture.items()}
    if picture.tag in _BACKED:
        about = {"background of": _background_of(picture), "alt": about.get("aria-label", "")}
    return about


def _pictures(texts: Iterable[str], parse: Parse = parse_page) -> Iterator[etree._Element]:
    """Yield the pictures of texts in order; after those of each, its backgrounds that are pictures."""
    for text in texts:
        small = text.lower() if _MAY_HOLD.search(text) else ""
        root = parse(text) if small else None
        if root is None:
            continue
        yield from root.iter(*_TAGS)
        if "source" in small:
            yield from (each for each in islice(root.iter("picture"), MAX_PICTURES) if not _holds_img(each))
        if "background" in small or "data-bg" in small:
            yield from (each for each in islice(root.iter(*_BACKED), MAX_BACKED) if _background_of(each))


def _holds_img(picture: etree._Element) -> bool:
    return next(picture.iter("img"), None) is not None


def _background_of(element: etree._Element) -> str:
    """Return the picture behind an element that is made for one: a figure, a hero, what is loaded late."""
    for name in BACKGROUND_NAMES:
        if address := _IN_URL.sub(r"\1", (element.get(name) or "")[:MAX_ADDRESS].strip()):
            return address
    style = _IN_STYLE.search((element.get("style") or "")[:MAX_SET])
    is_made_for = element.tag == "figure" or element.get("role") == "img"
    if style is None or not (is_made_for or _HERO.search(element.get("class") or "")):
        return ""
    return style[1].strip("\"' ")


def is_icon(picture: etree._Element) -> bool:
    """Tell whether an `img`, or what stands around it, calls itself an icon, a face or a share button."""
    around = islice((picture, *picture.iterancestors()), MAX_CLIMB)
    return any(calls_itself_junk(f"{each.get('class') or ''} {each.get('id') or ''}") for each in around)


def is_button(picture: etree._Element) -> bool:
    """Tell whether an `img` is a badge or button: by its words, or by where it leads."""
    words = _PARTS.findall((picture.get("alt") or "")[:MAX_BUTTON_WORDS].lower())
    if words and (is_of_a_store(words) or words in _CODES):
        return True
    link = next((each for each in islice(picture.iterancestors(), 3) if each.tag == "a"), None)
    if link is None:
        return False
    return link.get("rel") == "author" or bool(_BUTTON_TARGET.match((link.get("href") or "")[:MAX_ADDRESS]))


def _of_sources(picture: etree._Element, base: str, about: Mapping[str, object]) -> Image | None:
    """Return the picture of a `source` beside an `img` that can't be shown."""
    # libxml2 does not know that a source holds nothing, and nests them
    around = (picture, *islice(picture.iterancestors(), MAX_CLIMB))
    holder = next((each for each in around if each.tag == "picture"), None)
    if holder is None:
        return None
    for source in holder.iter("source"):
        for name in LAZY_SETS:
            address = _widest(source.get(name) or "")
            if found := usable_image(address, base, {**about, "type": source.get("type") or ""}):
                return found
    return None


def _words(value: object) -> str:
    return plain(value) if isinstance(value, str) else ""


def _pixels(value: object) -> int | None:
    if isinstance(value, dict):
        value = value.get("value")
    match = re.fullmatch(r"(\d{1,5}|(?=\.\d))(?:\.\d+)?(?:\s*+px)?", str(value)[:MAX_ADDRESS].strip())
    return int(match.group(1) or 0) if match else None
