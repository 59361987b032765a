"""Finished stories, kept for the next variant, the next arm, the editor's next keystroke.

A story's rows follow from the story, the mail's language, the theme and the templates, so that fifty
variants of sixty stories hold sixty different ones and not three thousand. Where a site's own template
looks at more than that, nothing is kept (`Templates.scope`).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from threading import Lock

from digest.rendering.context import StoryContext

MOST_SCOPES = 32
MOST_STORIES = 500
"""Of one scope, of about two thousand bytes each."""

_ITEM = re.compile(
    r"(?P<open><!--item (?P<number>\d+)-->|\x02item (?P<text>\d+)\x03)"
    r"(?P<body>.*?)(?P<close><!--/item-->|\x02/item\x03)",
    re.DOTALL,
)


class Pieces:
    """What was finished lately, by what it follows from; many threads may ask."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._scopes: OrderedDict[Hashable, dict[StoryContext, str]] = OrderedDict()
        self._lock = Lock()

    def of(self, scope: Hashable) -> dict[StoryContext, str]:
        """Return what is kept of a scope; those asked for longest ago are let go."""
        with self._lock:
            kept = self._scopes.setdefault(scope, {})
            self._scopes.move_to_end(scope)
            if len(kept) > MOST_STORIES:
                kept = self._scopes[scope] = {}
            while len(self._scopes) > MOST_SCOPES:
                self._scopes.popitem(last=False)
            return kept


class Page:
    """One rendering's view of the pieces: what a template need not write again, and what it wrote."""

    def __init__(self, pieces: Pieces | None, scope: Hashable, stories: Mapping[int, StoryContext]) -> None:
        """Take stories from `pieces`, and keep new ones there; neither where `scope` is None."""
        self._kept = None if pieces is None or scope is None else pieces.of(scope)
        self._stories = stories
        self._had: dict[int, str] = {}

    def has(self, story: StoryContext) -> bool:
        """Tell whether the story is finished already."""
        if self._kept is None:
            return False
        found = self._kept.get(story)
        if found is not None:
            self._had[story.number] = found
        return found is not None

    def filled(self, page: str) -> str:
        """Return the finished page with the stories that it left out; those that it holds are kept."""
        if self._kept is None:
            return page
        kept = self._kept

        def each(found: re.Match[str]) -> str:
            number = int(found["number"] or found["text"])
            body = self._had.get(number)
            if body is None:
                body = found["body"]
                if (story := self._stories.get(number)) is not None:
                    kept[story] = body
            return f"{found['open']}{body}{found['close']}"

        return _ITEM.sub(each, page)
