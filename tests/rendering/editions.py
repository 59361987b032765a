"""Editions for these tests: articles of our own about a harbour town, and hostile ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from digest.model import (
    AlsoReported,
    ArticleId,
    Blurb,
    BlurbSentence,
    Edition,
    EditionKey,
    Image,
    Item,
    Mailbox,
    Newsletter,
    Schedule,
    Section,
    SectionRule,
    Site,
    StoryLabel,
    Window,
)

DAY = date(2026, 11, 23)
ZONE = ZoneInfo("Africa/Nairobi")
SITE = Site("Harbour Daily", "https://harbour.example", "1 Quay Street, Mombasa, Kenya")

STORIES: tuple[tuple[str, str, str], ...] = (
    (
        "Ferries stop for a third night as the channel silts up",
        "The county's four ferries will not run after 21:00 until dredgers have cleared the bar at Likoni, "
        "the harbour master said on Sunday. About 300,000 people cross the channel on a working day. "
        "A floating footbridge opens in the evenings from tonight.",
        "Amina Odhiambo",
    ),
    (
        "Council passes a budget nobody asked for",
        "Councillors voted 31 to 24 for a budget that moves money from street lighting to a new car park. "
        "Both sides say they will go to court over it.",
        "Peter Mwangi",
    ),
    (
        "Nurses return to work after eleven days",
        "A deal signed at two in the morning gives night staff a transport allowance and nine more days "
        "of leave. The union puts it to a vote on Thursday.",
        "",
    ),
    (
        "The old lighthouse gets its lamp back",
        "Volunteers spent four years finding the brass parts of the 1912 lamp, some in a restaurant. "
        "It will be lit on Friday, for the first time since 1978.",
        "Grace Achieng",
    ),
    (
        "Rain comes early, and with it the price of onions",
        "A kilo cost 160 shillings on Saturday, twice the price of a month ago. Traders blame the road "
        "from Taveta, which is closed to lorries over ten tonnes.",
        "",
    ),
    (
        "Schoolchildren map every well in the hills",
        "Six classes walked 212 kilometres and found 41 wells that no register knew. The water company has "
        "asked for the map.",
        "Joseph Kilonzo",
    ),
    (
        "Bandari win at home with ten men",
        "A red card before half-time did not stop the league's best defence. The goal came from a corner "
        "in the 88th minute.",
        "Yusuf Ali",
    ),
    (
        "A small bank stops charging for small payments",
        "Transfers under 100 shillings are free from December. Two larger banks are looking at it.",
        "",
    ),
    (
        "Fishers and divers agree on one reef, two days each",
        "The reef at Kanamai is shared from next week after a quarrel that began with a cut net in March.",
        "Amina Odhiambo",
    ),
)
SECTIONS = (
    ("town", "Town and county"),
    ("coast", "On the coast"),
    ("business", "Money"),
    ("sport", "Sport"),
)


def blurb(text: str) -> Blurb:
    """Return a blurb of the text's sentences."""
    sentences = re.split(r"(?<=\.) (?=[A-Z])", text)
    return Blurb(tuple(BlurbSentence(sentence) for sentence in sentences) if text else ())


def item(
    number: int,
    *,
    headline: str = "",
    text: str | None = None,
    url: str = "",
    image: Image | None = None,
    label: StoryLabel = StoryLabel.NONE,
    also: tuple[AlsoReported, ...] = (),
    language: str = "",
    publisher: str = "Harbour Daily",
) -> Item:
    """Return an item with rank `number`, taking from STORIES in turn what is not given."""
    title, body, byline = STORIES[number % len(STORIES)]
    return Item(
        article=ArticleId(f"{number:016x}"),
        headline=headline or title,
        url=url or f"https://harbour.example/2026/11/23/story-{number}",
        blurb=blurb(body if text is None else text),
        publisher=publisher,
        byline=byline,
        published=datetime(2026, 11, 23 if number % 3 else 22, 2, 10 + number % 40, tzinfo=UTC),
        language=language,
        image=image,
        label=label,
        also=also,
        words=180 + 131 * (number % 7),
        rank=number,
    )


def sections(items: tuple[Item, ...], count: int = 4) -> tuple[Section, ...]:
    """Return `items` dealt in turn to the first `count` sections, none empty."""
    dealt = [(key, title, items[place::count]) for place, (key, title) in enumerate(SECTIONS[:count])]
    return tuple(Section(key, title, mine) for key, title, mine in dealt if mine)


def edition(
    parts: tuple[Section, ...],
    *,
    language: str = "en",
    title: str = "Morning edition",
    subject: str = "Ferries stop for a third night",
    preheader: str = "Also: a budget nobody asked for, nurses return, and a lighthouse gets its lamp back.",
) -> Edition:
    """Return the edition of DAY."""
    return Edition(
        key=EditionKey("morning", DAY),
        title=title,
        subject=subject,
        preheader=preheader,
        language=language,
        window=Window(datetime(2026, 11, 22, 3, tzinfo=UTC), datetime(2026, 11, 23, 3, tzinfo=UTC)),
        sections=parts,
    )


def newsletter(
    *, language: str = "en", theme: Mapping[str, str] | None = None, template: str = "broadsheet"
) -> Newsletter:
    """Return the newsletter that the editions belong to."""
    return Newsletter(
        key="morning",
        title="Morning edition",
        sender=Mailbox("Harbour Daily", "morning@harbour.example"),
        lists=("morning",),
        schedule=Schedule(ZONE, time(6), time(6, 30)),
        sections=tuple(SectionRule(key, title) for key, title in SECTIONS),
        language=language,
        template=template,
        theme=theme or {},
    )


def plain_edition(count: int) -> Edition:
    """Return an edition of `count` ordinary items."""
    return edition(sections(tuple(item(number) for number in range(count))))
