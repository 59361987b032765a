"""What is built when it is first asked for: most calls of a day crawl nothing and write no blurb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from digest.model import Blurb, BlurbBudget, Edition, Newsletter, RenderedEdition, Story, Variant
from digest.ports import Source, Summarizer

if TYPE_CHECKING:
    from digest.rendering.renderer import Renderer


class LaterSources(Sequence[Source]):
    """Sources that are built, and their libraries loaded, with the first crawl."""

    def __init__(self, build: Callable[[], Sequence[Source]]) -> None:
        """Build nothing yet."""
        self._build = build

    @cached_property
    def _sources(self) -> Sequence[Source]:
        return self._build()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._sources)

    @overload
    def __getitem__(self, at: int) -> Source: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Source]: ...
    def __getitem__(self, at: int | slice) -> Source | Sequence[Source]:
        """Return one, or several."""
        return self._sources[at]


class LaterSummarizer:
    """A summarizer that is built with the first story."""

    def __init__(self, build: Callable[[], Summarizer]) -> None:
        """Build nothing yet."""
        self._build = build

    @cached_property
    def _summarizer(self) -> Summarizer:
        return self._build()

    def summarize(self, story: Story, budget: BlurbBudget) -> Blurb:
        """Return the story's blurb."""
        return self._summarizer.summarize(story, budget)


class LaterRenderer:
    """A renderer that is built, and Jinja loaded, with the first mail."""

    def __init__(self, build: Callable[[], Renderer]) -> None:
        """Build nothing yet."""
        self._build = build

    @cached_property
    def _renderer(self) -> Renderer:
        return self._build()

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages that the mail's own words are translated into, lower case."""
        return self._renderer.languages

    def render(self, edition: Edition, newsletter: Newsletter, variant: Variant) -> RenderedEdition:
        """Return the mail of one variant, tokens still open."""
        return self._renderer.render(edition, newsletter, variant)
