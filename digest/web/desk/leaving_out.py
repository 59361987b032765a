"""Leaving things out from now on, by kind, tag, source, word or address; and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.day import leaving_out
from digest.errors import BadData
from digest.model import Article, ArticleId, ExclusionOf, LeftOut, Newsletter
from digest.model.desk import Role
from digest.selection import explain
from digest.selection.kinds.telling import kinds_of
from digest.selection.sections import is_under
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.words.speaking import later, say

MOST_SHOWN = 40

_REFUSED = later(
    "Nothing can be left out by this: it has no letters, is too long, is an address with a question mark, "
    "or is no kind or source of this newsletter."
)


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
        longest=leaving_out.LONGEST,
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
        *(Choice(ExclusionOf.URL, start) for start in beginnings(article.url)),
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
    if choice.what is ExclusionOf.URL:
        return is_under(article.url, choice.value)
    return article.source == choice.value


def beginnings(url: str) -> tuple[str, ...]:
    """Return the folder that a page lies in, `/sponsored/`, with the folder above; none where it has none.

    Folders of a day or a number (`/2026/11/`) say nothing of what a page is, and end it.
    """
    folders = list(takewhile(lambda part: not part.isdecimal(), urlsplit(url).path.split("/")[1:-1]))
    return tuple(f"/{'/'.join(folders[:depth])}/" for depth in range(1, min(len(folders), 2) + 1))


def change(ask: Ask) -> Response:
    """Leave something out from now on, or let it in again."""
    ask.require(Role.EDITOR)
    edition = ask.desk.edition(ask.key)
    shelf = ask.desk.newsroom.database
    newsletter = ask.desk.newsletters[edition.key.newsletter]
    if lifted := ask.form.get("lift", ""):
        number = int(lifted) if lifted.isdecimal() and len(lifted) < 10 else 0
        leaving_out.let_in(shelf, newsletter, number, by=ask.user.name, now=ask.now, at_the_desk=edition)
    else:
        leaving_out.leave_out(shelf, newsletter, _wanted(ask, newsletter), at_the_desk=edition)
    return RedirectResponse(f"{address(edition)}/leave-out", 303)


def _wanted(ask: Ask, newsletter: Newsletter) -> LeftOut:
    try:
        what = ExclusionOf(ask.form.get("what", ""))
        value = leaving_out.checked(newsletter, what, ask.form.get("value", ""))
    except (ValueError, BadData) as error:
        raise HTTPException(400, say(_REFUSED)) from error
    return LeftOut(what, value, ask.user.name, ask.now)
