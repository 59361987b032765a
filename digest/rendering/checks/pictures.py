"""Pictures: words in their place, a width that Outlook reads, an address that can be fetched."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from digest.rendering.checks.document import Document, describe
from digest.rendering.checks.findings import Finding, Level
from digest.rendering.checks.links import is_private
from digest.rendering.pictures import why_unshown


def check(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with pictures."""
    for picture in document.all("img"):
        yield from _words(picture)
        yield from _width(picture)
        yield from _address(picture)


def _words(picture: HtmlElement) -> Iterator[Finding]:
    if picture.get("alt") is None:
        yield Finding(
            Level.ERROR,
            "alt",
            describe(picture),
            "has no alt text, which most readers see first: pictures are off by default in many programs",
            'say what it shows, or write alt="" where it only decorates',
        )
        return
    linked = next((one for one in picture.iterancestors("a")), None)
    if not picture.get("alt") and linked is not None and not linked.text_content().strip():
        yield Finding(
            Level.ERROR,
            "alt",
            describe(picture),
            "is all there is of a link, and has an empty alt text",
            "say where the link leads",
        )


def _width(picture: HtmlElement) -> Iterator[Finding]:
    width = picture.get("width") or ""
    if not width.isdigit():
        yield Finding(
            Level.WARNING,
            "pictures",
            describe(picture),
            "has no width in pixels as an attribute, so that Outlook shows it at its full size",
            'add width="600", or how wide it is shown',
        )
    if not (picture.get("height") or "").isdigit():
        yield Finding(
            Level.NOTE,
            "pictures",
            describe(picture),
            "has no height in pixels as an attribute, so that the page jumps when it is loaded",
            "add its height beside its width",
        )


def _address(picture: HtmlElement) -> Iterator[Finding]:
    src = (picture.get("src") or "").strip()
    try:
        parts = urlsplit(src)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme == "cid":
        return
    if parts.scheme not in {"http", "https"} or not host:
        problem = "has no address that a mail program can fetch"
        yield Finding(Level.ERROR, "pictures", describe(picture), problem, "give it an https address")
    elif is_private(host):
        problem = f"is on {host}, which readers can't reach"
        yield Finding(Level.ERROR, "pictures", describe(picture), problem, "put it on a public host")
    elif problem := why_unshown(src):
        remedy = "use https" if parts.scheme == "http" else "use JPEG, PNG or GIF"
        yield Finding(Level.WARNING, "pictures", describe(picture), problem, remedy)
