"""A site's own templates, tried with all that a mail may hold, before a day's mail is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from digest.errors import Fault, TemplateFault
from digest.model import (
    AlsoReported,
    ArticleId,
    Blurb,
    BlurbSentence,
    Edition,
    EditionKey,
    Image,
    Item,
    Newsletter,
    Section,
    Site,
    StoryLabel,
    Window,
)
from digest.model.blocks import Block, BlockId, BlockKind, Spot
from digest.model.editions import WEEKLY
from digest.rendering.renderer import Renderer, template_of

_DAY = date(2026, 11, 23)
_NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
_PAGE = "https://example.org"


def faults(newsletters: Sequence[Newsletter], site: Site, overrides: Path | None) -> tuple[Fault, ...]:
    """Return why a mail could not be made of the site's own templates, as the settings name them.

    Built-in ones are not tried: tests see to them.

    Args:
        overrides: the site's own templates; None where it has none.

    Raises:
        TemplateFault: `overrides` is no folder.
        ConfigurationError: a newsletter's theme has faults.
    """
    if overrides is None:
        return ()
    renderer = Renderer(site, overrides=overrides)
    found = (fault for newsletter in newsletters for fault in _of(newsletter, renderer))
    return tuple(dict.fromkeys(found))


def _of(newsletter: Newsletter, renderer: Renderer) -> Iterator[Fault]:
    for edition in samples(newsletter):
        try:
            renderer.render(edition, newsletter)
        except TemplateFault as error:
            is_weekly = template_of(edition, newsletter) != newsletter.template
            name = "weekly_template" if is_weekly else "template"
            yield Fault(f"newsletters.{newsletter.key}.{name}", str(error).rstrip("."))


def samples(newsletter: Newsletter) -> Iterator[Edition]:
    """Yield a full edition, one of a single bare story, one of none, and a week's best."""
    rules = newsletter.sections
    full = tuple(
        Section(rule.key, rule.title, (_whole(2 * at), _bare(2 * at + 1)), intro="In short: a sample.")
        for at, rule in enumerate(rules)
    )
    key = EditionKey(newsletter.key, _DAY)
    yield _edition(newsletter, key, full, tuple(_blocks(rules[0].key)))
    yield _edition(newsletter, key, (Section(rules[0].key, rules[0].title, (_bare(0),)),))
    yield _edition(newsletter, key, ())
    yield _edition(newsletter, EditionKey(newsletter.key, _DAY, WEEKLY), full)


def _edition(
    newsletter: Newsletter, key: EditionKey, sections: tuple[Section, ...], blocks: tuple[Block, ...] = ()
) -> Edition:
    return Edition(
        key=key,
        title=newsletter.title,
        subject="Ferries stop for a third night",
        preheader="And a sample of everything else.",
        language=newsletter.language,
        window=Window(_NOW - timedelta(days=1), _NOW),
        sections=sections,
        blocks=blocks,
    )


def _bare(number: int) -> Item:
    """Return a story of which nothing is known but its headline."""
    return Item(
        article=ArticleId(f"{number:016x}"),
        headline="A footbridge opens in the evenings",
        url=f"{_PAGE}/{number}",
        blurb=Blurb(),
        rank=number,
    )


def _whole(number: int) -> Item:
    """Return a story of which all is known that a template may ask for."""
    return Item(
        article=ArticleId(f"{number:016x}"),
        headline="Ferries stop for a third night",
        url=f"{_PAGE}/{number}",
        blurb=Blurb((BlurbSentence("The last boat leaves at 20:45."), BlurbSentence("It will be full."))),
        publisher="A sample's publisher",
        byline="A. Sample",
        published=_NOW - timedelta(hours=3),
        language="en",
        image=Image(f"{_PAGE}/{number}.jpg", "A ferry at dusk", 1600, 900),
        label=list(StoryLabel)[number // 2 % len(StoryLabel)],
        also=(AlsoReported("Boats stay in", f"{_PAGE}/also", "Another publisher"),),
        words=900,
        rank=number,
    )


def _blocks(section: str) -> Iterator[Block]:
    """Yield a block of each kind, and one at each spot."""
    spots = list(Spot)
    for number, kind in enumerate(BlockKind):
        spot = spots[number % len(spots)]
        yield Block(
            id=BlockId(f"sample-{number}"),
            kind=kind,
            spot=spot,
            section=section if spot is Spot.SECTION else "",
            title="A sample",
            text="A sample, **bold**, with [a link](https://example.org/).",
            source="A sample's source",
            url=f"{_PAGE}/block",
            label="See it",
            answers=f"Yes {_PAGE}/yes\nNo {_PAGE}/no" if kind is BlockKind.POLL else "",
            picture=Image(f"{_PAGE}/block.jpg", "A sample", 600, 300),
        )
