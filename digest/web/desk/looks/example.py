"""An edition to look at where a newsletter has none yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from digest.model import (
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
    Window,
)

_STORIES = (
    (
        "Ferries stop for a third night",
        "The last boat leaves at 20:45. A footbridge opens in the evenings.",
    ),
    ("Council passes a budget nobody asked for", "Both sides say that they will go to court over it."),
    ("Nurses return to work after eleven days", "Night staff get nine more days of leave."),
    ("The old lighthouse gets its lamp back", "It will be lit on Friday, for the first time since 1978."),
    ("Schoolchildren map every well in the hills", "Six classes found 41 wells that no register knew."),
    ("A small bank stops charging", "Transfers under 100 are free from December."),
)


def example(newsletter: Newsletter, site: Site, *, now: datetime) -> Edition:
    """Return six stories under the newsletter's own headings, one with a picture."""
    items = [_item(number, site, now) for number in range(len(_STORIES))]
    items[0] = replace(items[0], image=Image(f"{site.url}/example.jpg", "A ferry at dusk", 1600, 900))
    rules = newsletter.sections[:2]
    parts = tuple(
        Section(rule.key, rule.title, tuple(items[at :: len(rules)])) for at, rule in enumerate(rules)
    )
    return Edition(
        key=EditionKey(newsletter.key, now.astimezone(newsletter.schedule.zone).date()),
        title=newsletter.title,
        subject=_STORIES[0][0],
        preheader=_STORIES[1][0],
        language=newsletter.language,
        window=Window(now - timedelta(days=1), now),
        sections=parts,
    )


def _item(number: int, site: Site, now: datetime) -> Item:
    headline, text = _STORIES[number]
    return Item(
        article=ArticleId(f"{number:016x}"),
        headline=headline,
        url=f"{site.url}/example/{number}",
        blurb=Blurb((BlurbSentence(text),)),
        publisher=site.name,
        published=now - timedelta(hours=3 + number),
        language="en",
        words=300,
        rank=number,
    )
