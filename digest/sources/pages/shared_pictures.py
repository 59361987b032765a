"""Pictures that a source gives to many of its articles, its logo for one: learned over its crawls."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article

FEWEST_ARTICLES = 4
"""So many pages with one picture may be a running story's; more must be a tenth of all that were met."""
SHARE = 10
SURELY = 12
"""So many pages of one picture are no story's, however many others there are."""
MAX_PICTURES = 400


class SharedPictures:
    """Which pages each picture of a source stood on.

    An article that was kept before its picture was known to be everybody's keeps it: it was told so.
    """

    def __init__(self) -> None:
        """Begin with nothing learned."""
        self._met_on: OrderedDict[str, list[str]] = OrderedDict()

    @classmethod
    def read(cls, note: str) -> SharedPictures:
        """Return what `write` kept; nothing where it can't be read."""
        shared = cls()
        try:
            for name, pages in dict(json.loads(note or "{}")).items():
                shared._met_on[str(name)] = [str(page) for page in pages][:SURELY]
        except (ValueError, TypeError, AttributeError):
            return cls()
        return shared

    def write(self) -> str:
        """Return it as a note of the source's memory, bounded in size."""
        return json.dumps(self._met_on, separators=(",", ":")) if self._met_on else ""

    def clean(self, articles: Sequence[Article]) -> list[Article]:
        """Learn from the articles as they came, and return them without pictures that are everybody's."""
        for article in articles:
            if article.image is not None:
                name = _name(article.image.url)
                pages = self._met_on.setdefault(name, [])
                self._met_on.move_to_end(name)
                page = hashlib.sha256(article.page.partition("#")[0].encode()).hexdigest()[:8]
                if page not in pages and len(pages) < SURELY:
                    pages.append(page)
        met = sum(len(pages) for pages in self._met_on.values())
        shared = {name for name, pages in self._met_on.items() if _is_shared(len(pages), met)}
        while len(self._met_on) > MAX_PICTURES:
            self._met_on.popitem(last=False)
        return [
            replace(one, image=None) if one.image is not None and _name(one.image.url) in shared else one
            for one in articles
        ]


def _is_shared(pages: int, met: int) -> bool:
    return pages >= SURELY or (pages >= FEWEST_ARTICLES and pages * SHARE >= met)


def _name(address: str) -> str:
    """Return a picture's name; what its server is asked for behind `?` is its size."""
    return hashlib.sha256(address.partition("?")[0].encode("utf-8", "replace")).hexdigest()[:8]
