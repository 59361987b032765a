"""`digest exclude`: what a newsletter leaves out from now on, as editors do at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing.progress import watching
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.day import leaving_out
from digest.day.gathering import gathered_at
from digest.errors import BadData
from digest.model import Article, ArticleKind, ExclusionOf, Exclusions, LeftOut, Newsletter
from digest.selection.kinds.telling import kinds_of


def add_to(group: click.Group) -> None:
    """Add the command of this module."""
    session_command(group, "exclude")(exclude)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options name, as the store keeps it."""

    what: ExclusionOf
    value: str


@click.argument("newsletter")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in ArticleKind]),
    help="A kind of piece.",
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="The source's own category.")
@click.option("--word", "words", multiple=True, metavar="WORD", help="Of title, summary and tags.")
@click.option("--url", "urls", multiple=True, metavar="START", help="How addresses begin: /sponsored/.")
@click.option("--source", "sources", multiple=True, metavar="NAME", help="A whole source.")
@click.option("--like", metavar="URL", help="Say by what an article that was collected could be left out.")
@click.option(
    "--lift", multiple=True, type=click.IntRange(1, 2**31 - 1), metavar="NUMBER", help="Let in again."
)
@click.option("--by", default="operator", show_default=True, help="Who says so; kept in the audit.")
def exclude(
    session: Session,
    *,
    newsletter: str,
    kinds: tuple[str, ...],
    tags: tuple[str, ...],
    words: tuple[str, ...],
    urls: tuple[str, ...],
    sources: tuple[str, ...],
    like: str | None,
    lift: tuple[int, ...],
    by: str,
) -> int:
    """Leave things out of every draft from now on, or let them in again; without options list them.

    An editor's pin is stronger. The draft at hand stays as it is.
    """
    named = {
        ExclusionOf.KIND: kinds,
        ExclusionOf.TAG: tags,
        ExclusionOf.WORD: words,
        ExclusionOf.URL: urls,
        ExclusionOf.SOURCE: sources,
    }
    wanted = [Wanted(what, value.strip()) for what, values in named.items() for value in values]
    with session.newsroom() as newsroom, watching(errors) as progress:
        parts = newsroom.parts(newsletter, progress=progress, clock=session.clock)
        known = parts.newsletter
        _refuse(known, wanted, lift, parts.editions.left_out(newsletter))
        seen = gathered_at(known, like, parts.reading.articles, now=session.now) if like else ()
        article = seen[0].article if seen else None
        if like and article is None:
            raise BadData(
                like,
                f"no source of {newsletter} has given it",
                f"`digest collect {newsletter}` looks again.",
            )
        for one in wanted:
            kept = LeftOut(one.what, one.value, by, session.now)
            leaving_out.leave_out(newsroom.database, known, kept)
        for number in lift:
            leaving_out.let_in(newsroom.database, known, number, by=by, now=session.now)
        standing = parts.editions.left_out(newsletter)
    session.answer(_values(known, standing, article), *_lines(known, standing, article))
    return Exit.DONE


def _refuse(
    newsletter: Newsletter, wanted: list[Wanted], lift: tuple[int, ...], standing: tuple[LeftOut, ...]
) -> None:
    """Refuse what would leave out nothing, before anything is changed.

    Raises:
        BadData: a source or a number that is not there, or a value without a word.
    """
    for one in wanted:
        leaving_out.checked(newsletter, one.what, one.value)
    missing = [number for number in lift if number not in {one.number for one in standing}]
    if missing:
        raise BadData(f"Number {missing[0]}", f"nothing of {newsletter.key} is left out under it")


def _values(
    newsletter: Newsletter, standing: tuple[LeftOut, ...], article: Article | None
) -> dict[str, object]:
    values: dict[str, object] = {
        "newsletter": newsletter.key,
        "left_out": [
            {
                "number": one.number,
                "what": one.what.value,
                "value": one.value,
                "by": one.who,
                "at": one.at.isoformat(),
            }
            for one in standing
        ],
        "settings": _table(newsletter.exclude),
        "sources": {str(key): _table(table) for key, table in newsletter.source_excludes.items()},
    }
    if article is not None:
        values["like"] = [{"what": one.what.value, "value": one.value} for one, _ in _choices(article)]
    return values


def _table(given: Exclusions) -> dict[str, list[str]]:
    named = {
        "kinds": [kind.value for kind in given.kinds],
        "tags": list(given.tags),
        "words": list(given.words),
        "urls": list(given.urls),
    }
    return {name: values for name, values in named.items() if values}


def _lines(newsletter: Newsletter, standing: tuple[LeftOut, ...], article: Article | None) -> Iterator[str]:
    if article is not None:
        yield f"{article.title} could be left out by"
        for one, shown in _choices(article):
            yield f"  --{one.what} {one.value}" + (f" ({shown})" if shown else "")
    yield f"{newsletter.key}: left out from now on"
    for kept in standing:
        yield f"  {kept.number}: {kept.what} {kept.value} ({kept.who}, {kept.at:%Y-%m-%d})"
    if not standing:
        yield "  nothing"
    tables = {"exclude": newsletter.exclude}
    tables |= {f"{key}: exclude": one for key, one in newsletter.source_excludes.items()}
    for name, table in tables.items():
        for what, values in _table(table).items():
            yield f"  by the settings, {name}.{what}: {', '.join(values)}"


def _choices(article: Article) -> Iterator[tuple[Wanted, str]]:
    """Yield what an article has in common with others, each with what shows it."""
    for kind, shown in kinds_of(article).items():
        yield Wanted(ExclusionOf.KIND, kind.value), shown
    for tag in article.tags:
        yield Wanted(ExclusionOf.TAG, tag), ""
    yield Wanted(ExclusionOf.SOURCE, str(article.source)), ""
