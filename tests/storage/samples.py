"""Articles, editions and readers for the tests of storage and dispatch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Column, MetaData, Select, Table, Text, create_engine, insert, literal, select

from digest.model import (
    Article,
    Blurb,
    BlurbSentence,
    CanonicalUrl,
    Edition,
    EditionKey,
    Item,
    Passage,
    Provenance,
    RenderedEdition,
    Section,
    SourceKey,
    Variant,
    Window,
)
from digest.ports import Audience
from digest.storage.database import Database

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
KEY = EditionKey("morning", DAY)
SOURCE = SourceKey("harbour")
HASH = "a" * 64

_tables = MetaData()
readers = Table(
    "test_reader",
    _tables,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("topics", Text, nullable=False),
)
leavers = Table("test_leaver", _tables, Column("canonical", Text, primary_key=True))


@dataclass(frozen=True, slots=True)
class Reader:
    id: str
    address: str = ""
    canonical: str = ""
    name: str = "Ada"
    language: str = ""
    topics: str = ""

    def row(self) -> dict[str, str]:
        address = self.address or f"{self.id}@example.org"
        return {
            "id": self.id,
            "address": address,
            "canonical": self.canonical or address.lower(),
            "name": self.name,
            "language": self.language,
            "topics": self.topics,
        }


def people(count: int) -> list[Reader]:
    return [Reader(f"r{number:05}") for number in range(1, count + 1)]


def add_readers(url: str, who: Iterable[Reader]) -> None:
    """Make the readers' table where it is not there, and put them in."""
    engine = create_engine(url)
    _tables.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(readers), [one.row() for one in who])
    engine.dispose()


def add_leavers(url: str, addresses: Sequence[str]) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(leavers), [{"canonical": address} for address in addresses])
    engine.dispose()


def audience() -> Select[tuple[str, str, str, str, str, str, str, str]]:
    return select(
        readers.c.id.label("subscriber"),
        readers.c.address,
        readers.c.canonical,
        readers.c.name,
        literal("morning").label("mailing_list"),
        readers.c.language,
        literal("").label("timezone"),
        readers.c.topics,
    )


def suppressed(among: Audience) -> Audience:
    assert isinstance(among, Select)
    return select(leavers.c.canonical).where(leavers.c.canonical.in_(among))


def article(number: int = 1, **changes: object) -> Article:
    values: dict[str, object] = {
        "source": SOURCE,
        "url": CanonicalUrl(f"https://harbour.example/{number}"),
        "title": f"Ferry {number} is late",
        "guid": f"g{number}",
        "published": NOW - timedelta(hours=number),
        "passages": (Passage(("The ferry was late.", "Nobody minded.")),),
        "tags": ("harbour",),
    }
    return Article(**(values | changes))  # type: ignore[arg-type] # a test names only what it changes


def item(of: Article) -> Item:
    sentence = BlurbSentence("The ferry was late.", Provenance(of.id, 0, 0, 0, 19))
    return Item(
        article=of.id,
        headline=of.title,
        url=of.url,
        blurb=Blurb((sentence,)),
        articles=(of.id,),
        identities=of.identities,
        published=of.published,
    )


def edition(key: EditionKey = KEY, articles: Sequence[Article] = (), *, cutoff: datetime = NOW) -> Edition:
    items = tuple(item(one) for one in articles or (article(),))
    return Edition(
        key=key,
        title="Morning edition",
        subject="The ferry is late",
        preheader="and nobody minded",
        language="en",
        window=Window(cutoff - timedelta(hours=24), cutoff),
        sections=(Section("harbour", "Harbour", items),),
    )


def rendered(variant: Variant | None = None, *, language: str = "en") -> RenderedEdition:
    variant = variant or Variant()
    text = f"%%name%%, this is {variant.key}: %%unsubscribe_url%%"
    return RenderedEdition(
        variant=variant,
        subject="The ferry is late",
        html=f"<p>{text}</p>",
        text=text,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        language=variant.language or language,
        headers={"X-Variant": variant.key},
    )


def approved(database: Database, key: EditionKey = KEY) -> EditionKey:
    """Store an approved edition."""
    database.editions.save_draft(edition(key), (), expected_revision=0, now=NOW)
    database.editions.approve(key, HASH, by="editor", now=NOW)
    return key


def frozen(database: Database, url: str, who: Sequence[Reader], key: EditionKey = KEY) -> EditionKey:
    """Store an edition that is frozen for these readers."""
    add_readers(url, who)
    approved(database, key)
    assert database.ledger.freeze(key, [rendered()], audience(), now=NOW) == len(who)
    return key
