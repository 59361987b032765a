from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from digest.errors import BadData, UnknownEdition
from digest.model import EditionState, Tally, Variant
from digest.storage.database import Database
from tests.storage.samples import (
    KEY,
    NOW,
    Reader,
    add_readers,
    approved,
    audience,
    frozen,
    people,
    rendered,
)


def test_a_freeze_plans_one_delivery_for_each_reader(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))

    assert database.ledger.tally(KEY) == Tally(frozen=3, planned=3)
    assert database.ledger.frozen_at(KEY) == NOW
    edition = database.editions.load(KEY)
    assert edition is not None
    assert edition.state is EditionState.DISPATCHING


def test_numbers_follow_the_bytes_of_the_ids_on_either_database(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, [Reader(name) for name in ("b", "a-2", "C", "a1", "é", "Z", "10", "9")])

    claimed = database.ledger.claim(KEY, "me", limit=32, lease_s=60)

    ids = [one.subscriber for one in claimed]
    assert ids == sorted(ids) == ["10", "9", "C", "Z", "a-2", "a1", "b", "é"]


def test_a_second_freeze_finds_the_first_and_changes_nothing(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    add_readers(database_url, [Reader("newcomer")])
    before = database.ledger.rendered(KEY, Variant())

    again = database.ledger.freeze(KEY, [rendered()], audience(), now=NOW + timedelta(hours=1))

    assert again == 3
    assert database.ledger.frozen_at(KEY) == NOW
    assert database.ledger.tally(KEY) == Tally(frozen=3, planned=3)
    assert database.ledger.rendered(KEY, Variant()) == before


def test_readers_who_share_an_address_get_one_mail(database: Database, database_url: str) -> None:
    add_readers(
        database_url,
        [
            Reader("a", address="Ada@example.org"),
            Reader("b", address="ada@example.org"),
            Reader("c", address="bob@example.org"),
        ],
    )
    approved(database)

    assert database.ledger.freeze(KEY, [rendered()], audience(), now=NOW) == 2

    claimed = database.ledger.claim(KEY, "me", limit=10, lease_s=60)
    assert [(one.subscriber, one.address) for one in claimed] == [
        ("a", "Ada@example.org"),
        ("c", "bob@example.org"),
    ]


def test_an_audience_of_nobody_can_be_frozen_and_closed(database: Database, database_url: str) -> None:
    add_readers(database_url, people(1))
    approved(database)

    assert database.ledger.freeze(KEY, [rendered()], audience().where(text("1 = 0")), now=NOW) == 0
    assert database.ledger.tally(KEY) == Tally()
    assert database.editions.advance(KEY, EditionState.CLOSED, now=NOW).state is EditionState.CLOSED


def test_the_audience_can_be_counted_beforehand(database: Database, database_url: str) -> None:
    add_readers(database_url, people(4))

    assert database.ledger.count(audience()) == 4


def test_frozen_bytes_come_back_as_they_were(database: Database, database_url: str) -> None:
    add_readers(database_url, people(1))
    approved(database)
    variants = [rendered(), rendered(Variant("fr")), rendered(Variant(topics=("sport", "world")))]

    database.ledger.freeze(KEY, variants, audience(), now=NOW)

    assert [database.ledger.rendered(KEY, one.variant) for one in variants] == variants
    with pytest.raises(UnknownEdition, match="rendering de"):
        database.ledger.rendered(KEY, Variant("de"))


def test_frozen_bytes_changed_behind_our_back_are_refused(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE rendering SET content = :evil"),
            {"evil": b'{"subject": "Buy this"}'},
        )
    engine.dispose()

    with pytest.raises(BadData, match="hash"):
        database.ledger.rendered(KEY, Variant())


@pytest.mark.parametrize(
    ("language", "topics", "expected"),
    [
        pytest.param("", "", "default", id="nothing chosen"),
        pytest.param("en", "", "default", id="the newsletter's own language by name"),
        pytest.param("fr", "", "fr", id="another language"),
        pytest.param("FR", "", "fr", id="in capitals"),
        pytest.param("fr-ca", "", "fr", id="a region takes the language"),
        pytest.param("pt-br", "", "pt-br", id="or its own"),
        pytest.param("pt", "", "default", id="a region is not the language"),
        pytest.param("de", "", "default", id="not rendered"),
        pytest.param("", "sport+world", "~sport+world", id="topics"),
        pytest.param("en", "sport+world", "~sport+world", id="topics in the own language"),
        pytest.param("fr", "sport+world", "fr~sport+world", id="both"),
        pytest.param("fr-ca", "sport+world", "fr~sport+world", id="both, with a region"),
        pytest.param("fr", "sport", "fr", id="language before topics"),
        pytest.param("de", "sport+world", "~sport+world", id="topics where the language is missing"),
        pytest.param("f%", "", "default", id="no wildcard"),
    ],
)
def test_a_reader_gets_the_best_variant_there_is(
    database: Database, database_url: str, language: str, topics: str, expected: str
) -> None:
    add_readers(database_url, [Reader("a", language=language, topics=topics)])
    approved(database)
    both = ("sport", "world")
    variants = [
        rendered(Variant("fr", both)),
        rendered(Variant("pt-br")),
        rendered(),
        rendered(Variant("", both)),
        rendered(Variant("fr")),
    ]

    database.ledger.freeze(KEY, variants, audience(), now=NOW)

    (delivery,) = database.ledger.claim(KEY, "me", limit=1, lease_s=60)
    assert delivery.variant.key == expected


def test_a_freeze_without_the_default_variant_is_a_mistake(database: Database, database_url: str) -> None:
    add_readers(database_url, people(1))
    approved(database)

    for variants in ([rendered(Variant("fr"))], [rendered(), rendered()], []):
        with pytest.raises(ValueError, match="default variant"):
            database.ledger.freeze(KEY, variants, audience(), now=NOW)
    assert database.ledger.tally(KEY) == Tally()
    assert database.ledger.dispatch(KEY) is None


def test_what_is_not_frozen_is_named(database: Database) -> None:
    approved(database)

    with pytest.raises(UnknownEdition, match="frozen"):
        database.ledger.frozen_at(KEY)
    with pytest.raises(UnknownEdition, match="frozen"):
        database.ledger.claim(KEY, "me", limit=1, lease_s=60)
