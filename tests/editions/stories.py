"""A small newsroom's day for the edition tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from digest.model import (
    Article,
    ArticleId,
    Blurb,
    BlurbSentence,
    CanonicalUrl,
    Decision,
    EditionKey,
    Mailbox,
    Newsletter,
    Passage,
    Schedule,
    SelectedSection,
    Selection,
    SourceKey,
    Story,
    Window,
)

KEY = EditionKey("morning", date(2026, 11, 23))
WINDOW = Window(datetime(2026, 11, 22, 3, tzinfo=UTC), datetime(2026, 11, 23, 3, tzinfo=UTC))


def newsletter(**changes: object) -> Newsletter:
    facts: dict[str, object] = {
        "key": "morning",
        "title": "Morning edition",
        "sender": Mailbox("Harbour Daily", "morning@harbour.example"),
        "lists": ("morning",),
        "schedule": Schedule(ZoneInfo("Africa/Nairobi"), time(6), time(6, 30)),
        "sections": (),
        "minimum_items": 1,
    }
    return Newsletter(**{**facts, **changes})  # type: ignore[arg-type]  # a test's shorthand


def article(name: str, title: str, **changes: object) -> Article:
    facts: dict[str, object] = {
        "source": SourceKey("wire"),
        "url": CanonicalUrl(f"https://harbour.example/{name}"),
        "title": title,
        "passages": (Passage((f"The body of {name} has seven words.", "And a second paragraph.")),),
        "language": "en",
        "publisher": "Harbour Daily",
    }
    return Article(**{**facts, **changes})  # type: ignore[arg-type]  # a test's shorthand


def story(name: str, title: str, *others: Article, score: float = 1.0, **changes: object) -> Story:
    return Story(article(name, title, **changes), tuple(others), score=score)


def selection(*sections: tuple[str, list[Story]], pins: tuple[ArticleId, ...] = ()) -> Selection:
    decisions = tuple(
        Decision(pin, "https://harbour.example/", "", is_in=True, rule="pinned", reason="Pinned.")
        for pin in pins
    )
    selected = tuple(SelectedSection(key, key.title(), tuple(stories)) for key, stories in sections)
    return Selection(WINDOW, selected, decisions)


def blurb(text: str) -> Blurb:
    return Blurb((BlurbSentence(text),))


FERRY = "Ferry service to Likoni resumes at dawn"
BUDGET = "Parliament passes the county budget"
MARATHON = "Wanjiru wins the Lake marathon in record time"
REEF = "Coral reef off Malindi shows signs of recovery"
