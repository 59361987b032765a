from __future__ import annotations

from datetime import date

from sqlalchemy import Column, MetaData, String, Table, insert, select

from subscribers import preferences, suppression
from subscribers.audience import audience, count, suppressed
from subscribers.model import Frequency, SuppressionKind
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, NOW, answer, barred, join, mailed, sign_up

_PROMISED = ["subscriber", "address", "canonical", "name", "mailing_list", "language", "timezone", "topics"]


def test_the_columns_are_those_the_ledger_was_promised(database: SubscriberDatabase) -> None:
    ann = join(database, "Ann@Harbour.example")
    preferences.choose(database, ann, "morning", topics=["world", "sport"])

    (row,) = answer(database, audience(["morning"], now=NOW))

    assert list(row) == _PROMISED
    assert row == {
        "subscriber": ann,
        "address": "Ann@harbour.example",
        "canonical": "ann@harbour.example",
        "name": "",
        "mailing_list": "morning",
        "language": "",
        "timezone": "",
        "topics": "sport+world",
    }


def test_a_ledger_on_the_same_database_can_insert_from_it(database: SubscriberDatabase) -> None:
    join(database, "ann@harbour.example")
    deliveries = Table("frozen_delivery", MetaData(), *(Column(name, String(300)) for name in _PROMISED))
    with database.writing() as connection:
        deliveries.create(connection)

        connection.execute(insert(deliveries).from_select(_PROMISED, audience(["morning"], now=NOW)))
        found = connection.execute(select(deliveries.c.canonical)).scalars().all()
        deliveries.drop(connection)

    assert found == ["ann@harbour.example"]


def test_only_active_consented_unsuppressed_readers_get_mail(database: SubscriberDatabase) -> None:
    join(database, "ann@harbour.example")
    sign_up(database, "pending@harbour.example")
    preferences.unsubscribe(database, join(database, "ended@harbour.example"), "morning", now=NOW)
    join(database, "elsewhere@harbour.example", "evening")
    for kind in set(SuppressionKind) - {SuppressionKind.ERASED}:
        join(database, f"{kind}@harbour.example")
        suppression.suppress(database, f"{kind.upper()}@harbour.example", kind, now=NOW)

    assert mailed(database) == {"ann@harbour.example"}


def test_the_last_look_finds_everyone_else(database: SubscriberDatabase) -> None:
    join(database, "ann@harbour.example")
    sign_up(database, "pending@harbour.example")
    preferences.unsubscribe(database, join(database, "ended@harbour.example"), "morning", now=NOW)
    join(database, "bounced@harbour.example")
    suppression.suppress(database, "bounced@harbour.example", SuppressionKind.HARD_BOUNCE, now=NOW)
    suppression.suppress(database, "stranger@harbour.example", SuppressionKind.MANUAL, now=NOW)
    join(database, "elsewhere@harbour.example", "evening")

    out = {f"{who}@harbour.example" for who in ("pending", "ended", "bounced", "stranger", "elsewhere")}
    assert barred(database) == out
    assert barred(database, []) == out - {"elsewhere@harbour.example"}
    assert all(list(row) == ["canonical"] for row in answer(database, suppressed(["morning"], now=NOW)))


def test_a_reader_of_several_lists_gets_it_once_by_the_first_named(database: SubscriberDatabase) -> None:
    join(database, "ann@harbour.example", "evening")
    join(database, "ann@harbour.example", "morning")
    join(database, "bob@harbour.example", "evening")

    rows = answer(database, audience(["morning", "evening", "morning"], now=NOW))
    lists = {row["canonical"]: row["mailing_list"] for row in rows}

    assert len(rows) == 2
    assert lists == {"ann@harbour.example": "morning", "bob@harbour.example": "evening"}


def test_who_left_the_first_list_still_gets_it_by_the_second(database: SubscriberDatabase) -> None:
    ann = join(database, "ann@harbour.example", "morning")
    join(database, "ann@harbour.example", "evening")
    preferences.unsubscribe(database, ann, "morning", now=NOW)

    (row,) = answer(database, audience(["morning", "evening"], now=NOW))

    assert row["mailing_list"] == "evening"


def test_addresses_that_differ_in_case_are_one_reader(database: SubscriberDatabase) -> None:
    first = join(database, "Ann@Harbour.example")

    assert join(database, "ann@HARBOUR.example", "evening") == first
    assert len(answer(database, audience(["morning", "evening"], now=NOW))) == 1


def test_a_pause_ends_by_itself_on_its_day(database: SubscriberDatabase) -> None:
    ann = join(database, "ann@harbour.example")
    preferences.pause(database, ann, "morning", date(2026, 11, 25))

    assert mailed(database, now=NOW + DAY) == set()
    assert barred(database, now=NOW + DAY) == {"ann@harbour.example"}
    assert mailed(database, now=NOW + 2 * DAY) == {"ann@harbour.example"}
    assert barred(database, now=NOW + 2 * DAY) == set()


def test_without_a_moment_the_databases_own_day_counts(database: SubscriberDatabase) -> None:
    preferences.pause(database, join(database, "past@harbour.example"), "morning", date(2000, 1, 1))
    preferences.pause(database, join(database, "future@harbour.example"), "morning", date(9999, 1, 1))

    assert [row["canonical"] for row in answer(database, audience(["morning"]))] == ["past@harbour.example"]
    assert [row["canonical"] for row in answer(database, suppressed(["morning"]))] == [
        "future@harbour.example"
    ]


def test_weekly_readers_get_the_weekly_edition_and_no_other(database: SubscriberDatabase) -> None:
    ann = join(database, "ann@harbour.example")
    join(database, "bob@harbour.example")
    preferences.choose(database, ann, "morning", frequency=Frequency.WEEKLY)

    weekly = answer(database, audience(["morning"], now=NOW, frequency=Frequency.WEEKLY))

    assert mailed(database) == {"bob@harbour.example"}
    assert [row["canonical"] for row in weekly] == ["ann@harbour.example"]


def test_the_audience_of_no_list_is_nobody(database: SubscriberDatabase) -> None:
    join(database, "ann@harbour.example")

    assert count(database, audience([], now=NOW)) == 0
