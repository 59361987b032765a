"""Subscribers as CSV or JSON lines, safe to open in a spreadsheet and good to import again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TextIO

import orjson

from subscribers import tagging
from subscribers.model import SubscriptionState, SuppressionKind
from subscribers.storage import audience as queries
from subscribers.storage import listing
from subscribers.storage.audience import AudienceQuery
from subscribers.storage.database import Connection, SubscriberDatabase

COLUMNS = (
    "email",
    "name",
    "language",
    "timezone",
    "tags",
    "list",
    "status",
    "topics",
    "frequency",
    "paused_until",
    "consented_at",
    "unsubscribed_at",
)

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell beginning with one of these is a formula to a spreadsheet. Source: OWASP, CSV injection."""

_WORDS = {
    SuppressionKind.HARD_BOUNCE.value: "bounced",
    SuppressionKind.COMPLAINT.value: "complained",
    SuppressionKind.MANUAL.value: "blocked",
    SuppressionKind.UNSUBSCRIBED_ALL.value: "unsubscribed",
    SuppressionKind.ERASED.value: "blocked",
}
_PAUSED = SubscriptionState.PAUSED.value
_AT_ONCE = 2_000


def export_csv(database: SubscriberDatabase, out: TextIO, *, lists: Sequence[str] = ()) -> int:
    """Write one row for each subscription to `lists` (all where none is named); return how many.

    A suppression shows as the row's status. Cells that a spreadsheet would run get an apostrophe before
    them, which an import takes off again.
    """
    return _written(out, csv_lines(database, lists=lists)) - 1


def export_jsonl(database: SubscriberDatabase, out: TextIO, *, lists: Sequence[str] = ()) -> int:
    """Write one JSON object a line, otherwise as `export_csv`; tags and topics as lists."""
    return _written(out, json_lines(database, lists=lists))


def csv_lines(
    database: SubscriberDatabase, *, lists: Sequence[str] = (), only: Sequence[AudienceQuery] = ()
) -> Iterator[str]:
    """Yield an export's lines, the header first; streamed, as `export_csv` writes them.

    Args:
        only: readers of these queries; everybody where there is none.
    """
    line = _Line()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    yield line.text
    for row in rows(database, lists=lists, only=only):
        writer.writerow([escaped(row[name]) for name in COLUMNS])
        yield line.text


def json_lines(
    database: SubscriberDatabase, *, lists: Sequence[str] = (), only: Sequence[AudienceQuery] = ()
) -> Iterator[str]:
    """Yield an export's lines; streamed, as `export_jsonl` writes them; `only` as for `csv_lines`."""
    for row in rows(database, lists=lists, only=only):
        told: dict[str, object] = dict(row)
        told["tags"] = tagging.split(row["tags"])
        yield orjson.dumps(told).decode() + "\n"


def rows(
    database: SubscriberDatabase, *, lists: Sequence[str] = (), only: Sequence[AudienceQuery] = ()
) -> Iterator[Mapping[str, str]]:
    """Yield the export's rows as texts by column, streamed, all from one state of the database."""
    with database.reading() as connection:
        wanted = {name for query in only for name in queries.ids(connection, query)}
        block = []
        for found in listing.subscriptions_of(connection, lists):
            if only and found["subscriber"] not in wanted:
                continue
            block.append(found)
            if len(block) == _AT_ONCE:
                yield from _told(connection, block)
                block = []
        yield from _told(connection, block)


def escaped(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, and that an import can turn back."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


class _Line:
    """What the csv module wrote last."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _written(out: TextIO, lines: Iterator[str]) -> int:
    count = 0
    for line in lines:
        out.write(line)
        count += 1
    return count


def _told(connection: Connection, block: Sequence[listing.Row]) -> Iterator[Mapping[str, str]]:
    tags = listing.tags_of(connection, [row["subscriber"] for row in block])
    barred = listing.barred(connection, [row["canonical"] for row in block])
    for row in block:
        yield {
            "email": row["address"],
            "name": row["name"],
            "language": row["language"],
            "timezone": row["timezone"],
            "tags": tagging.joined(tags.get(row["subscriber"], ())),
            "list": row["mailing_list"],
            "status": _status(row["state"], barred.get(row["canonical"])),
            "topics": "+".join(row["topics"]),
            "frequency": row["frequency"],
            "paused_until": _iso(row["paused_until"]) if row["state"] == _PAUSED else "",
            "consented_at": _iso(row["consented_at"]),
            "unsubscribed_at": _iso(row["ended_at"]),
        }


def _status(state: str, barred: str | None) -> str:
    if barred is not None:
        return _WORDS[barred]
    return "unsubscribed" if state == SubscriptionState.ENDED.value else state


def _iso(value: date | datetime | None) -> str:
    return "" if value is None else value.isoformat()
