"""The edition's page: the draft on the left, the mail on the right; and what else could be in it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from digest.model import Decision, Variant
from digest.web import views
from digest.web.asking import Ask
from digest.web.commands import FINAL_RULES
from digest.web.preview import MODES

MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that is not in the edition, and why.

    Attributes:
        is_final: no editor can put it in.
    """

    decision: Decision
    section: str
    is_final: bool


def edition(ask: Ask) -> Response:
    """Show the draft with its preview."""
    found = ask.desk.edition(ask.key)
    values = views.context(ask, found)
    return ask.page(
        "edition.html",
        values,
        modes=MODES,
        variants=[Variant(topics=(section.key,)) for section in found.sections],
        candidates=len(candidates(ask, "")),
    )


def others(ask: Ask) -> Response:
    """Show the articles that are not in the edition, each with its reason, as a piece of the page."""
    found = ask.desk.edition(ask.key)
    sought = ask.query.get("q", "").strip()
    shown = candidates(ask, sought)
    return ask.page(
        "edition/candidates.html",
        views.context(ask, found),
        shown=shown[:MOST_CANDIDATES],
        count=len(shown),
        sought=sought,
    )


def candidates(ask: Ask, sought: str) -> list[Candidate]:
    """Return what was weighed and left out, near misses first as selection tells them."""
    newsletter = ask.desk.newsletters[ask.key.newsletter]
    edition = ask.desk.edition(ask.key)
    titles = {rule.key: rule.title for rule in newsletter.sections}
    held = {name for item in edition.items for name in (item.article, *item.articles)}
    words = sought.casefold().split()
    return [
        Candidate(
            decision,
            titles.get(decision.section, ""),
            decision.rule.rpartition(":")[2] in FINAL_RULES,
        )
        for decision in ask.desk.editions.decisions(ask.key)
        if decision.article not in held
        and all(word in f"{decision.title} {decision.url}".casefold() for word in words)
    ]
