"""Who opened what: providers' reports and our own counts, read by one rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from digest.model import EditionKey, EventKind, MailEvent, RenderedEdition
from digest.model.clicks import Clicks, StoryCount, reader_clicks
from digest.storage.columns import insert_into
from digest.storage.editions import edition_row
from digest.storage.engine import Store
from digest.storage.records import restored
from digest.storage.tables import deliveries, mail_events, renderings, story_clicks

ANY_STORY = ""
"""Stands for a story's address where a reader is counted once for all they opened."""


class SqlClicks:
    """Counts of clicks, with nobody's name in them."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def of(self, key: EditionKey) -> Clicks:
        """Return who opened what of an edition, scanners left out.

        Raises:
            UnknownEdition: there is none.
        """
        with self._store.reading() as connection:
            return clicks(connection, edition_row(connection, key).id)

    def add(self, key: EditionKey, counts: Iterable[StoryCount]) -> None:
        """Add to the counts of an edition's stories.

        Raises:
            UnknownEdition: there is none.
        """
        with self._store.writing() as connection:
            edition_id = edition_row(connection, key).id
            for one in counts:
                row = {
                    "edition_id": edition_id,
                    "url": one.url,
                    "arm": one.arm,
                    "readers": one.readers,
                    "scanners": one.scanners,
                }
                new = insert_into(story_clicks, connection.dialect.name).values(row)
                table = story_clicks.c
                connection.execute(
                    new.on_conflict_do_update(
                        index_elements=[table.edition_id, table.url, table.arm],
                        set_={
                            "readers": table.readers + one.readers,
                            "scanners": table.scanners + one.scanners,
                        },
                    )
                )


def clicks(connection: Connection, edition_id: int) -> Clicks:
    """Return who opened what of an edition, scanners left out."""
    table = mail_events.c
    own = table.edition_id == edition_id
    clicked = select(table.number).where(own, table.kind == EventKind.CLICKED)
    rows = connection.execute(
        select(table.event_id, table.kind, table.reference, table.at, table.url, table.number)
        .where(own, table.kind.in_((EventKind.CLICKED, EventKind.DELIVERED)), table.number.in_(clicked))
        .order_by(table.at, table.event_id)
    ).all()
    events = [
        MailEvent(row.event_id, EventKind(row.kind), row.reference, row.at, url=row.url) for row in rows
    ]
    numbers = {row.reference: row.number for row in rows}
    kept = {(numbers[event.reference], event.url) for event in reader_clicks(events)}
    seen = {(row.number, row.url) for row in rows if row.kind == EventKind.CLICKED and row.url}
    by_url = Counter(url for _number, url in kept)
    readers = {number for number, _url in kept}
    # A report that does not say which link it was is a reader's still.
    unnamed = {row.number for row in rows if row.kind == EventKind.CLICKED and not row.url}
    readers |= unnamed - {number for number, _url in seen}
    by_arm = _by_arm(connection, edition_id, readers)
    scanned = len(seen) - len(kept)
    for row in connection.execute(select(story_clicks).where(story_clicks.c.edition_id == edition_id)):
        scanned += row.scanners
        if row.readers and row.url == ANY_STORY:
            by_arm[row.arm] += row.readers
        elif row.readers:
            by_url[row.url] += row.readers
    return Clicks(dict(by_url), dict(by_arm), scanned)


def _by_arm(connection: Connection, edition_id: int, numbers: set[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    if not numbers:
        return found
    arms = {
        row.variant: restored(RenderedEdition, row.content, name="a rendering").variant.arm
        for row in connection.execute(select(renderings).where(renderings.c.edition_id == edition_id))
    }
    clicked = select(mail_events.c.number).where(
        mail_events.c.edition_id == edition_id, mail_events.c.kind == EventKind.CLICKED
    )
    rows = connection.execute(
        select(deliveries.c.number, deliveries.c.variant).where(
            deliveries.c.edition_id == edition_id, deliveries.c.number.in_(clicked)
        )
    )
    found.update(arms.get(row.variant, "") for row in rows if row.number in numbers)
    return found
