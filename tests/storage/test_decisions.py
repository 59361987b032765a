"""Why each article is in an edition, or out of it, as it is kept."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from digest.errors import BadData
from digest.storage.database import Database
from tests.storage.samples import KEY, NOW, edition
from tests.storage.test_editions import decision


def test_decisions_take_a_fifth_of_their_text(database: Database, database_url: str) -> None:
    many = tuple(decision(number) for number in range(2000))
    database.editions.save_draft(edition(), many, expected_revision=0, now=NOW)

    engine = create_engine(database_url)
    with engine.connect() as connection:
        taken = connection.scalar(text("SELECT length(content) FROM edition_decisions"))
    engine.dispose()

    assert database.editions.decisions(KEY) == many
    assert taken * 5 < len(repr(many))


def test_damaged_decisions_say_what_to_do(database: Database, database_url: str) -> None:
    database.editions.save_draft(edition(), [decision(1)], expected_revision=0, now=NOW)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE edition_decisions SET content = :bad"), {"bad": b"not packed"})
    engine.dispose()

    with pytest.raises(BadData, match="backup"):
        database.editions.decisions(KEY)
