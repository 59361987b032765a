"""What a newsletter or a source keeps out, as settings."""

from __future__ import annotations

from typing import Annotated

from digest.model import ArticleKind
from digest.settings.fields import Listed, Words
from digest.settings.tables import Table


class ExcludeSettings(Table):
    """What stays out; `digest explain` tells why."""

    kinds: Annotated[tuple[ArticleKind, ...], Listed] | None = None
    """[Kinds of pieces](sources.md#what-stays-out); where not given a newsletter keeps `ad` out."""
    tags: Words = ()
    """The source's own categories; case does not matter."""
    words: Words = ()
    """Whole words of title, summary and tags; case does not matter."""
    urls: Words = ()
    """Beginnings of the article's path on its site, as in /sponsored/."""
