"""Who is dealt which rendering, and who is planned for no mail at all."""

from __future__ import annotations

from dataclasses import replace

from digest.model import DeliveryState, Tally, Variant
from digest.storage.database import Database
from tests.storage.samples import KEY, NOW, Reader, add_readers, approved, audience, people, rendered


def test_a_ledger_knows_what_its_readers_ask_for_most_first(database: Database, database_url: str) -> None:
    add_readers(
        database_url,
        [
            Reader("a", language="fr"),
            Reader("b", language="fr", topics="sport+world"),
            Reader("c", language="fr"),
            Reader("d"),
        ],
    )

    wanted = database.ledger.wanted(audience())

    assert wanted[0] == (Variant("fr"), 2)
    assert set(wanted[1:]) == {
        (Variant(Reader("d").language), 1),
        (Variant("fr", ("sport", "world")), 1),
    }


def test_readers_of_an_empty_rendering_are_skipped_with_the_reason(
    database: Database, database_url: str
) -> None:
    add_readers(database_url, [Reader("a", topics="sport"), Reader("b")])
    approved(database)
    empty = replace(rendered(Variant(topics=("sport",))), is_empty=True)

    database.ledger.freeze(KEY, [rendered(), empty], audience(), now=NOW)

    assert database.ledger.tally(KEY) == Tally(frozen=2, planned=1, skipped=1)
    (told,) = database.ledger.records(KEY, [DeliveryState.SKIPPED])
    assert told.subscriber == "a"
    assert "topics" in told.reason
    assert [one.subscriber for one in database.ledger.claim(KEY, "me", limit=9, lease_s=9)] == ["b"]


def test_the_arms_of_a_test_take_turns_within_each_variant(database: Database, database_url: str) -> None:
    readers = [replace(one, language="fr" if at < 4 else "") for at, one in enumerate(people(10))]
    add_readers(database_url, readers)
    approved(database)
    variants = [rendered(Variant(language, arm=arm)) for language in ("", "fr") for arm in ("", "b")]

    database.ledger.freeze(KEY, variants, audience(), now=NOW)

    counts: dict[str, int] = {}
    while claimed := database.ledger.claim(KEY, "me", limit=20, lease_s=60):
        for one in claimed:
            counts[one.variant.key] = counts.get(one.variant.key, 0) + 1
    assert counts == {"default": 3, "#b": 3, "fr": 2, "fr#b": 2}
