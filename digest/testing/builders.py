"""Small, complete nouns: each builder gives a valid one, and takes what a test cares about."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.model import (
    Article,
    Batch,
    Blurb,
    BlurbSentence,
    CanonicalUrl,
    Delivery,
    Edition,
    EditionKey,
    Item,
    Letterhead,
    Mailbox,
    Newsletter,
    Passage,
    RenderedEdition,
    Schedule,
    Section,
    SectionRule,
    SourceKey,
    Story,
    Variant,
    Window,
)
from digest.testing.fakes import FakePersonalizer

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
"""Half past six in the morning in Nairobi, on the day of `KEY`."""

KEY = EditionKey("morning", date(2026, 11, 23))

_HTML = (
    '<!doctype html><html lang="en"><head><title>Morning</title></head><body><h1>Morning</h1>'
    '<p>Good morning, %%name%%.</p><p><a href="https://harbour.example/ferry">Ferry back in service</a></p>'
    '<p><a href="%%unsubscribe_url%%">Unsubscribe</a> <a href="%%preferences_url%%">Preferences</a> '
    '<a href="%%view_url%%">Read on the site</a></p></body></html>'
)
_TEXT = (
    "Good morning, %%name%%.\n\nFerry back in service\nhttps://harbour.example/ferry\n\n"
    "Unsubscribe: %%unsubscribe_url%%\nPreferences: %%preferences_url%%\nRead on the site: %%view_url%%\n"
)


def an_article(
    title: str = "Ferry back in service",
    *,
    paragraphs: Sequence[str] = (
        "The Likoni ferry was back in service on Monday morning.",
        "Repairs took four days. Engineers replaced both ramps.",
    ),
    source: str = "harbour",
    url: str = "",
    published: datetime | None = NOW - timedelta(hours=3),
    language: str = "en",
    tags: Sequence[str] = (),
    summary: str = "",
) -> Article:
    """Return an article; its URL follows from its title unless given."""
    slug = "-".join(title.lower().split())
    return Article(
        source=SourceKey(source),
        url=CanonicalUrl(url or f"https://harbour.example/{slug}"),
        title=title,
        published=published,
        summary=summary,
        passages=(Passage(tuple(paragraphs)),) if paragraphs else (),
        language=language,
        tags=tuple(tags),
        publisher="Harbour Daily",
    )


def a_story(*articles: Article) -> Story:
    """Return a story led by the first article; one is made where none is given."""
    lead, *others = articles or (an_article(),)
    return Story(lead, tuple(others))


def a_window(now: datetime = NOW) -> Window:
    """Return the day that ends half an hour before `now`."""
    end = now - timedelta(minutes=30)
    return Window(end - timedelta(hours=24), end)


def a_newsletter(key: str = "morning", *, lists: Sequence[str] = ("morning",)) -> Newsletter:
    """Return a newsletter of one section that takes everything."""
    return Newsletter(
        key=key,
        title="Morning edition",
        sender=Mailbox("Harbour Daily", "morning@harbour.example"),
        lists=tuple(lists),
        schedule=Schedule(ZoneInfo("Africa/Nairobi"), cutoff=time(6), send_at=time(6, 30)),
        sections=(SectionRule("news", "News"),),
        minimum_items=1,
        sources=(SourceKey("harbour"),),
    )


def an_edition(*articles: Article, key: EditionKey = KEY) -> Edition:
    """Return a draft whose one section holds the articles; three are made where none is given."""
    chosen = articles or tuple(
        an_article(title) for title in ("Ferry back in service", "Market hall opens", "Rain expected")
    )
    items = tuple(
        Item(
            article=article.id,
            headline=article.title,
            url=article.url,
            blurb=Blurb(tuple(BlurbSentence(text) for text in article.paragraphs[:1])),
            articles=(article.id,),
            identities=article.identities,
            publisher=article.publisher,
            published=article.published,
            language=article.language,
            rank=rank,
        )
        for rank, article in enumerate(chosen)
    )
    return Edition(
        key=key,
        title="Morning edition",
        subject=items[0].headline,
        preheader="And more from the harbor.",
        language="en",
        window=a_window(),
        sections=(Section("news", "News", items),),
    )


def a_rendered(
    *,
    html: str = _HTML,
    text: str = _TEXT,
    subject: str = "Ferry back in service",
    variant: Variant | None = None,
    headers: Mapping[str, str] | None = None,
) -> RenderedEdition:
    """Return a rendering with every token in both parts."""
    headers = dict(headers or {})
    said = "\x1f".join((subject, html, text, repr(sorted(headers.items()))))
    content_hash = hashlib.sha256(said.encode()).hexdigest()
    return RenderedEdition(variant or Variant(), subject, html, text, content_hash, headers=headers)


def a_letterhead(*, categories: Sequence[str] = ("morning",)) -> Letterhead:
    """Return the letterhead of the Harbour Daily."""
    return Letterhead(
        sender=Mailbox("Harbour Daily", "morning@harbour.example"),
        list_id="morning.harbour.example",
        sent_at=NOW,
        domain="harbour.example",
        reply_to=Mailbox("", "desk@harbour.example"),
        archive_url="https://harbour.example/archive",
        help_url="https://harbour.example/help",
        categories=tuple(categories),
    )


def a_delivery(
    number: int = 1,
    *,
    address: str = "",
    name: str = "Ann",
    key: EditionKey = KEY,
    attempt: int = 1,
    variant: Variant | None = None,
) -> Delivery:
    """Return the delivery to subscriber `number`; its reference differs by attempt."""
    return Delivery(
        edition=key,
        subscriber=f"subscriber-{number}",
        address=address or f"reader{number}@readers.example",
        name=name,
        variant=variant or Variant(),
        attempt=attempt,
        reference=hashlib.sha256(f"{key}|{number}|{attempt}".encode()).hexdigest()[:32],
        mailing_list=key.newsletter,
    )


def a_batch(
    *deliveries: Delivery,
    count: int = 3,
    rendered: RenderedEdition | None = None,
    letterhead: Letterhead | None = None,
) -> Batch:
    """Return a batch of the deliveries; `count` are made where none is given."""
    chosen = deliveries or tuple(a_delivery(number) for number in range(1, count + 1))
    personalizer = FakePersonalizer()
    return Batch(
        letterhead=letterhead or a_letterhead(),
        rendered=rendered or a_rendered(),
        deliveries=chosen,
        values=tuple(personalizer.values(delivery) for delivery in chosen),
    )
