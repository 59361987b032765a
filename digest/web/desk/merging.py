"""Two editors on one draft: a change made on an older revision is merged where nobody touched the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from digest.editions.display_width import one_line, paragraphs, several_lines
from digest.model import Edition, EditionState
from digest.model.desk import Step
from digest.web.desk import deeds
from digest.web.serving.request import Ask

LONGEST_TAB, LONGEST_MARK = 40, 60
_FOLDS = (one_line, paragraphs, several_lines)
"""What a typed text may become before it is stored."""

ANEW = Step(0, "", deeds.ANEW)
"""What is told of revisions that no editor made."""


APPROVED = Step(0, "", deeds.APPROVED)
"""What is told where a change would take back an approval that its page knew nothing of."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change comes from.

    Attributes:
        base: the revision it was made on; -1 where that was not said.
        seen: the revision that its page shows now: what changed since must be shown anew.
        tab: the browser's tab, whose own changes never stand against it.
        mark: its own name in that tab; sent twice, it is made once.
        was: what its field said; None where that is not told.
        is_draft: its page showed a draft that nobody had approved.
    """

    base: int
    seen: int
    tab: str = ""
    mark: str = ""
    was: str | None = None
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Clash(Exception):
    """Somebody else touched the same since.

    Attributes:
        since: what they did.
    """

    edition: Edition
    since: tuple[Step, ...] = ()


def origin_of(sent: Mapping[str, Any]) -> Origin:
    """Return where a change comes from, as the page tells it."""
    base = _revision(sent.get("revision"))
    seen = _revision(sent.get("seen"))
    was = sent.get("was")
    return Origin(
        base=base,
        seen=base if seen < 0 else seen,
        tab=_name(sent.get("tab"), LONGEST_TAB),
        mark=_name(sent.get("mark"), LONGEST_MARK),
        was=was if isinstance(was, str) else None,
        is_draft=sent.get("state") == "draft",
    )


def others(ask: Ask, edition: Edition, origin: Origin) -> tuple[Step, ...]:
    """Return what was done to the edition since, but for what the same tab did.

    Raises:
        Clash: the change was made on no revision that this edition had.
    """
    if not 0 <= origin.base <= edition.revision:
        raise Clash(edition)
    if origin.base == edition.revision:
        return ()
    found = ask.desk.history.steps(edition.key, after=origin.base)
    is_complete = len(found) == edition.revision - origin.base
    theirs = tuple(step for step in found if not origin.tab or step.tab != origin.tab)
    return theirs if is_complete else (*theirs, ANEW)


def check(
    edition: Edition,
    origin: Origin,
    since: Iterable[Step],
    clashes: frozenset[str],
    *,
    stored: str | None = None,
    text: object = None,
) -> None:
    """Pass where nobody else touched what a change needs as it was.

    Args:
        stored: what its field says now, of a change of one text.
        text: what it shall say.

    Raises:
        Clash: somebody did.
    """
    theirs = tuple(since)
    if edition.state is EditionState.APPROVED and (theirs or origin.is_draft):
        raise Clash(edition, theirs or (APPROVED,))
    if stored is not None and stored in {*(fold(str(text)) for fold in _FOLDS), origin.was}:
        return
    clashing = tuple(step for step in theirs if step is ANEW or step.touches & clashes)
    if clashing:
        raise Clash(edition, clashing)


def about(since: Iterable[Step], article: object) -> tuple[Step, ...]:
    """Return what was done to one story."""
    return tuple(
        step for step in since if step is ANEW or any(name.endswith(f" {article}") for name in step.touches)
    )


def _revision(told: object) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) else -1


def _name(told: object, most: int) -> str:
    return told if isinstance(told, str) and len(told) <= most else ""
