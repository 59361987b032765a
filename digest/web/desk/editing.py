"""The edition's page: the draft on the left, the mail on the right; and what else could be in it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from digest.day import readership
from digest.editions.variants import choose
from digest.locales.locale import parse
from digest.model import Decision, Edition
from digest.web.desk import views
from digest.web.desk.commands import FINAL_RULES
from digest.web.desk.preview import MODES
from digest.web.serving.request import Ask

MOST_CANDIDATES = 60
MOST_GROUPS = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that is not in the edition, and why.

    Attributes:
        is_final: no editor can put it in.
    """

    decision: Decision
    section: str
    is_final: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Readers who chose the same: how many, and what the preview must be asked for to show their mail."""

    readers: int
    said: str
    language: str
    topics: str


def edition(ask: Ask) -> Response:
    """Show the draft with its preview."""
    found = ask.desk.edition(ask.key)
    values = views.context(ask, found)
    return ask.page(
        "edition.html",
        values,
        modes=MODES,
        groups=groups(ask, found),
        languages=sorted((_language(code), code) for code in ask.desk.newsroom.renderer.languages),
        candidates=len(candidates(ask, "")),
    )


def groups(ask: Ask, edition: Edition) -> tuple[Group, ...]:
    """Return the readers of the edition by what they chose, the largest groups first."""
    parts = ask.desk.parts(edition.key.newsletter)
    titles = {rule.key: rule.title for rule in parts.newsletter.sections}
    counted: dict[tuple[str, tuple[str, ...]], int] = {}
    for wanted, readers in parts.ledger.wanted(readership.of(parts, edition.key).readers.audience):
        chosen = choose(edition, parts.newsletter, [(wanted, readers)], parts.renderer.languages)[-1]
        known = chosen.language, tuple(topic for topic in chosen.topics if topic in titles)
        counted[known] = counted.get(known, 0) + readers
    largest = sorted(counted.items(), key=lambda pair: -pair[1])[:MOST_GROUPS]
    return tuple(
        Group(
            readers,
            ", ".join([*([_language(language)] if language else []), *(titles[topic] for topic in topics)])
            or "everything",
            language,
            "+".join(topics),
        )
        for (language, topics), readers in largest
    )


def _language(code: str) -> str:
    return parse(code).english_name or code


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
