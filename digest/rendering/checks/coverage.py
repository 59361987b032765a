"""Whether the plain part says what the HTML says: every headline, every link."""

from __future__ import annotations

from collections.abc import Iterator

from digest.rendering.checks.document import Document, describe, seen
from digest.rendering.checks.findings import Finding, Level


def check(document: Document, text: str) -> Iterator[Finding]:
    """Yield what readers of the plain part would miss."""
    if not text.strip():
        yield Finding(
            Level.ERROR,
            "text",
            "the plain part",
            "is missing or empty; filters distrust that, and some readers see nothing",
            "write the headlines and links into it",
        )
        return
    said = _unspaced(text)
    for heading in document.all("h1", "h2", "h3"):
        words = _unspaced(heading.text_content())
        pieces = [_unspaced(piece).rstrip(":：") for piece in heading.itertext()]
        if words not in said and not all(piece in said for piece in pieces):
            yield Finding(
                Level.ERROR,
                "text",
                describe(heading),
                "is a headline that the plain part lacks",
                "write it there too",
            )
    addresses = set(text.split())
    for link in document.all("a"):
        href = (link.get("href") or "").strip()
        if href.startswith(("http", "%%")) and href not in addresses and href not in text:
            yield Finding(
                Level.ERROR,
                "text",
                describe(link),
                "is a link that the plain part lacks",
                "write its address there too",
            )


def _unspaced(text: str) -> str:
    """Return a text as it is compared: where its lines are parted does not count, nor the list's dot."""
    return "".join(seen(text).casefold().replace("•", "").split())
