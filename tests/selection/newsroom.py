"""A small newsroom to select from: articles, newsletters and editions, made in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.model import (
    AlreadySent,
    Article,
    CanonicalUrl,
    EditionKey,
    Mailbox,
    Newsletter,
    Passage,
    Schedule,
    SectionRule,
    SeenArticle,
    SentArticle,
    SourceKey,
    Window,
)

NAIROBI = ZoneInfo("Africa/Nairobi")
MONDAY = date(2026, 11, 23)
YESTERDAY = EditionKey("morning", date(2026, 11, 22))
END = datetime(2026, 11, 23, 3, tzinfo=UTC)
DAY = Window(END - timedelta(hours=24), END)


def schedule(
    zone: str = "Africa/Nairobi", cutoff: str = "06:00", send_at: str = "06:30", **more: object
) -> Schedule:
    known = Schedule(ZoneInfo(zone), time.fromisoformat(cutoff), time.fromisoformat(send_at))
    return Schedule(known.zone, known.cutoff, known.send_at, **more)  # type: ignore[arg-type]


def newsletter(*sections: SectionRule, **more: object) -> Newsletter:
    return Newsletter(
        key="morning",
        title="Morning edition",
        sender=Mailbox("Harbour Daily", "morning@harbour.example"),
        lists=("morning",),
        schedule=schedule(),
        sections=sections,
        **more,  # type: ignore[arg-type]
    )


def article(
    name: str,
    title: str = "",
    text: str = "",
    *,
    source: str = "harbour",
    published: datetime | None = None,
    tags: Sequence[str] = (),
    **more: object,
) -> Article:
    url = str(more.pop("url", f"https://{source}.example/{name}"))
    return Article(
        source=SourceKey(source),
        url=CanonicalUrl(url),
        title=title,
        published=published,
        passages=(Passage(tuple(text.split("\n\n"))),) if text else (),
        tags=tuple(tags),
        **more,  # type: ignore[arg-type]
    )


def seen(
    one: Article, *, first_seen: datetime | None = None, changed_at: datetime | None = None, **more: object
) -> SeenArticle:
    met = first_seen or one.published or END - timedelta(hours=1)
    return SeenArticle(one, met, changed_at or met, **more)  # type: ignore[arg-type]


def told(name: str, title: str = "", text: str = "", *, hours: float = 2, **more: object) -> SeenArticle:
    """Return an article published so many hours before the cutoff, and seen at once."""
    published = END - timedelta(hours=hours)
    return seen(article(name, title, text, published=published, **more))  # type: ignore[arg-type]


def already(
    *held: SeenArticle, edition: EditionKey = YESTERDAY, last_cutoff: datetime = DAY.start
) -> AlreadySent:
    """Return the ledger after an edition that held these articles as they are."""
    identities = {name: edition for one in held for name in one.article.identities}
    recent = tuple(SentArticle(one, edition, one.article.content_hash) for one in held)
    return AlreadySent(identities, recent, last_cutoff)


NOTHING_SENT = AlreadySent({})
