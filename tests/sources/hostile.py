"""Feeds and texts whose lengths once cost their square, their cube or worse; `python -m` reads them all.

Each keeps something good in it: what is written is what was read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from digest.sources.pages import extraction
from digest.sources.pages.cleaning import clean_summary
from digest.sources.pages.metadata import read_metadata
from digest.sources.text import fields
from digest.sources.text.markup import parse_page, read_html
from tests.sources import sites
from tests.sources.feeds import NAIROBI, NOW, URL, articles, item, rss

N = 150_000
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><title>Ferry returns</title>'
    '<link href="https://quay.example/ferry"/><content type="xhtml">{}</content></entry></feed>'
)
FERRY = item()
DECLARED = '<?xml version="1.0"?>'


def _holding(more: str) -> bytes:
    return rss(item(more=more))


FEEDS: dict[str, Callable[[], bytes]] = {
    "an author of digits": lambda: _holding(f"<author>{'1' * N}</author>"),
    "a creator of digits": lambda: _holding(f"<dc:creator>{'1' * N}</dc:creator>"),
    "an author cut by comments": lambda: _holding(f"<author>{('1' * 100 + '<!---->') * 2000}</author>"),
    "a domain without an end": lambda: _holding(f"<author>ada@{'a.' * N}</author>"),
    "an editor of digits": lambda: rss(FERRY, channel=f"<managingEditor>{'1' * N}</managingEditor>"),
    "a webmaster of digits": lambda: rss(FERRY, channel=f"<webMaster>{'1' * N}</webMaster>"),
    "a webmaster closed often": lambda: rss(
        FERRY, channel=f"<webMaster>{'1 ' * N}</webMaster>{'</webMaster>' * 2000}<br>"
    ),
    "categories": lambda: _holding("".join(f"<category>c{n}</category>" for n in range(80_000))),
    "attributes": lambda: _holding("<a " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>"),
    "namespaces": lambda: _holding(
        "<a "
        + " ".join(f'xmlns:a{n}="b{n}"' for n in range(40_000))
        + ' xmlns:z="z">'
        + "<z:a/>" * 40_000
        + "</a>"
    ),
    "blank pieces": lambda: ATOM.format(" <?a?>" * 500_000 + "<p>Back.</p>").encode(),
    "a blank head": lambda: rss(FERRY, head=DECLARED + "\n" * N),
    "a head of comments": lambda: rss(FERRY, head="<!---->" * 60 + "&" + DECLARED),
    "a page's head of comments": lambda: rss(FERRY, head=DECLARED + "<!-- a -->" * 60),
    "a head of encodings": lambda: rss(FERRY, head="<?" + "encoding='" * 6000 + "\n?>"),
    "encodings in UTF-16": lambda: (
        rss(FERRY, head="<?" + "encoding='" * 6000 + "\n?>").decode().encode("utf-16")
    ),
    "a declaration without an end": lambda: rss(FERRY, head="<?xml" + " " * N + "?>"),
    "a number of no character": lambda: rss(item(), "<item><title>&#99999999999;<b></title></item>"),
    "a number without an end": lambda: rss(item(), f"<item><title>&#{'9' * 5000};<b></title></item>"),
    "an encoding of no name": lambda: (
        rss(FERRY, head='<?xml version="1.0" encoding="\xff"?>').decode().encode("latin-1")
    ),
    "a text of dots": lambda: _holding(f"<content:encoded>{sites.LEAD} {'...' * N}x</content:encoded>"),
    "a title for every entry": lambda: rss(
        FERRY, "<item/>" * 5000, channel=f"<title>{'Quay ' * N}</title><language>{'en-' * N}</language>"
    ),
}
TEXTS: dict[str, Callable[[], object]] = {
    "single breaks": lambda: len(read_html(f"<p>{'word<br>' * 60_000}</p>")),
    "a byline of digits": lambda: fields.clean_byline("1" * N),
    "a summary of spaces": lambda: clean_summary("Back." + " " * N + "x")[:5],
    "bylines in bylines": lambda: _byline('<div class="author">' * 200 + "x " * 1_500_000 + "</div>" * 200),
    "JSON-LD of spaces": lambda: _paragraphs(
        f'<script type="application/ld+json">]]>{" " * N}x</script><p>{sites.LEAD}</p>'
    ),
}


def _paragraphs(body: str) -> int:
    found = extraction.extract(
        f"<html><head><title>Ferry</title></head><body>{body}</body></html>", url=URL, zone=NAIROBI, now=NOW
    )
    return len(found.passages)


def _byline(body: str) -> str:
    root = parse_page(f"<html><body>{body}</body></html>")
    return "" if root is None else read_metadata(root, URL).byline


def main() -> None:
    """Write one JSON object of what the kind named on the command line gives."""
    if sys.argv[1] == "feeds":
        found: dict[str, object] = {
            name: [each.title for each in articles(body())][:1] for name, body in FEEDS.items()
        }
    else:
        found = {name: read() for name, read in TEXTS.items()}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
