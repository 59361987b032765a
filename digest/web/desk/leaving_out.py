"""Leaving things out from now on: more like one article, by kind, tag or source; and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.model import Article, ArticleId, ArticleKind, ExclusionOf, LeftOut
from digest.model.desk import Role
from digest.selection import explain
from digest.selection.kinds.telling import kinds_of
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.words.speaking import say

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that one article has in common with others.

    Attributes:
        shown_by: what shows it; empty where it is plain.
        articles: how many of the edition's candidates have it.
    """

    what: ExclusionOf
    value: str
    shown_by: str = ""
    articles: int = 0


def page(ask: Ask) -> Response:
    """Show what things like an article may be left out by, what is left out, and how much it was."""
    edition = ask.desk.edition(ask.key)
    newsletter = ask.desk.newsletters[ask.key.newsletter]
    seen = ask.desk.articles.load([ArticleId(ask.query.get("article", ""))])
    article = seen[0].article if seen else None
    decisions = ask.desk.editions.decisions(ask.key)
    problems = ask.desk.articles.problems(newsletter.sources)
    return ask.page(
        "leave_out.html",
        edition=edition,
        newsletter=newsletter,
        address=address(edition),
        article=article,
        choices=choices(ask, article) if article else (),
        left_out=ask.desk.editions.left_out(newsletter.key),
        outs=explain.left_out(decisions)[:MOST_SHOWN],
        unused=explain.unused(problems)[:MOST_SHOWN],
        can_edit=ask.user.may(Role.EDITOR),
        zone=newsletter.schedule.zone,
    )


def choices(ask: Ask, article: Article) -> tuple[Choice, ...]:
    """Return what an article has in common with others, its kind first."""
    standing = {(one.what, one.value) for one in ask.desk.editions.left_out(ask.key.newsletter)}
    named = [one.article for one in ask.desk.editions.decisions(ask.key)]
    weighed = [seen.article for seen in ask.desk.articles.load(named)]
    found = [
        *(Choice(ExclusionOf.KIND, kind.value, shown_by) for kind, shown_by in kinds_of(article).items()),
        *(Choice(ExclusionOf.TAG, tag) for tag in article.tags),
        Choice(ExclusionOf.SOURCE, str(article.source)),
    ]
    return tuple(
        Choice(one.what, one.value, one.shown_by, sum(_has(each, one) for each in weighed))
        for one in found
        if (one.what, one.value) not in standing
    )


def _has(article: Article, choice: Choice) -> bool:
    if choice.what is ExclusionOf.KIND:
        return choice.value in {kind.value for kind in kinds_of(article)}
    if choice.what is ExclusionOf.TAG:
        return choice.value.casefold() in {tag.casefold() for tag in article.tags}
    return article.source == choice.value


def change(ask: Ask) -> Response:
    """Leave something out from now on, or let it in again."""
    ask.require(Role.EDITOR)
    edition = ask.desk.edition(ask.key)
    store = ask.desk.newsroom.database.exclusions
    newsletter = edition.key.newsletter
    if lifted := ask.form.get("lift", ""):
        number = int(lifted) if lifted.isdecimal() and len(lifted) < 10 else 0
        one = store.let_in(newsletter, number, by=ask.user.name, now=ask.now)
        if one is not None:
            ask.desk.note(ask.user.name, "lets in again", edition, detail=f"{one.what} {one.value}")
        return RedirectResponse(f"{address(edition)}/leave-out", 303)
    wanted = _wanted(ask)
    if store.leave_out(newsletter, wanted):
        ask.desk.note(
            ask.user.name, "leaves out from now on", edition, detail=f"{wanted.what} {wanted.value}"
        )
    return RedirectResponse(f"{address(edition)}/leave-out", 303)


def _wanted(ask: Ask) -> LeftOut:
    what, value = ask.form.get("what", ""), ask.form.get("value", "").strip()
    newsletter = ask.desk.newsletters[ask.key.newsletter]
    known: dict[str, bool] = {
        ExclusionOf.KIND: value in set(ArticleKind),
        ExclusionOf.TAG: 0 < len(value) <= 80,
        ExclusionOf.SOURCE: value in newsletter.sources,
    }
    if not known.get(what, False):
        raise HTTPException(400, say("There is no such kind, tag or source to leave out."))
    return LeftOut(ExclusionOf(what), value, ask.user.name, ask.now)
