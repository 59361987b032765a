"""What an edition's history tells: the tray, the generated texts, the decisions as editors amended them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.editions.revisions import Drop, Place, Restore, Retitle, RewriteBlurb
from digest.editions.stored_changes import restored
from digest.model import ArticleId, Blurb, Decision, Edition, Item
from digest.model.desk import Change, ChangeState
from digest.words.speaking import lasting

DROPPED, ADDED = "dropped", "added"
"""The rules by which decisions say that an editor had the last word."""

_DROPPED = lasting("An editor dropped it. Before: %(reason)s").partition("%")[0]
_ADDED = lasting("An editor added it. Before: %(reason)s").partition("%")[0]


@dataclass(frozen=True, slots=True)
class Dropped:
    """An item in the tray, and where it stood."""

    item: Item
    place: Place
    who: str


@dataclass(frozen=True, slots=True)
class Generated:
    """What an item said before an editor's first word; None where it still does."""

    headline: str | None = None
    blurb: Blurb | None = None


def tray(changes: Iterable[Change], edition: Edition) -> tuple[Dropped, ...]:
    """Return what editors dropped and did not take back, the last dropped first."""
    held = {item.article for item in edition.items}
    found: dict[ArticleId, Dropped] = {}
    for change in changes:
        if change.state is not ChangeState.DONE:
            continue
        forward, backward = restored(change.forward), restored(change.backward)
        if isinstance(forward, Drop) and isinstance(backward, Restore):
            found.pop(forward.article, None)
            found[forward.article] = Dropped(backward.item, backward.place, change.who)
    return tuple(one for one in reversed(found.values()) if one.item.article not in held)


def generated(changes: Iterable[Change]) -> Mapping[ArticleId, Generated]:
    """Return what each rewritten item said at first."""
    headlines: dict[ArticleId, str] = {}
    blurbs: dict[ArticleId, Blurb] = {}
    for change in changes:
        if change.state is ChangeState.DONE:
            match restored(change.backward):
                case Retitle(article, headline):
                    headlines.setdefault(article, headline)
                case RewriteBlurb(article, blurb):
                    blurbs.setdefault(article, blurb)
                case _:
                    pass
    return {
        article: Generated(headlines.get(article), blurbs.get(article))
        for article in headlines.keys() | blurbs.keys()
    }


def amended(decisions: Sequence[Decision], edition: Edition) -> tuple[Decision, ...]:
    """Return the decisions with the editor's last word on what is in and what is out.

    What an editor dropped counts as weighed and left out: it does not come back tomorrow by itself.
    """
    names = held(edition)
    return tuple(_amended(one, is_in=one.article in names) for one in decisions)


def held(edition: Edition) -> frozenset[ArticleId]:
    """Return every article that an edition tells, the others of its stories too."""
    return frozenset(article for item in edition.items for article in (item.article, *item.articles))


def _amended(decision: Decision, *, is_in: bool) -> Decision:
    if decision.is_in == is_in:
        return decision
    for rule, words in ((DROPPED, _DROPPED), (ADDED, _ADDED)):
        if decision.rule.startswith(f"{rule}:"):
            before = decision.rule.partition(":")[2]
            return _with(decision, before, decision.reason.removeprefix(words), is_in=is_in)
    rule, words = (ADDED, _ADDED) if is_in else (DROPPED, _DROPPED)
    return _with(decision, f"{rule}:{decision.rule}", words + decision.reason, is_in=is_in)


def _with(decision: Decision, rule: str, reason: str, *, is_in: bool) -> Decision:
    return Decision(
        article=decision.article,
        url=decision.url,
        title=decision.title,
        is_in=is_in,
        rule=rule,
        reason=reason,
        numbers=decision.numbers,
        section=decision.section,
    )
