"""From SQLite to PostgreSQL and back, in the middle of an edition."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, NEXT_DAY, OUTBOX, Folder
from tests.postgres import PostgresServer

AWAY = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"'

TOMORROW = {
    "school": (
        "A school for divers opens",
        "Twelve pupils began their training in the old dry dock today.",
    ),
    "bread": (
        "Bread costs four shillings more",
        "Millers blame the price of wheat, bakers the price of fuel.",
    ),
    "choir": (
        "Choir of dockers wins in Lisbon",
        "Forty voices from the container berth beat eleven others.",
    ),
}


@pytest.fixture
def url(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


def turn_to(folder: Folder, old: str, new: str) -> None:
    config = folder.config.read_text()
    assert old in config
    folder.config.write_text(config.replace(old, new))


@pytest.mark.postgres
def test_a_half_sent_edition_is_finished_on_the_other_database(folder: Folder, url: str) -> None:
    folder.ready(transport=AWAY)
    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE

    copied = folder("copy-database", url, "--json")
    turn_to(folder, "sqlite:///digest.db", url)
    turn_to(folder, AWAY, OUTBOX)
    done = folder("run", "morning", now=AT_SEND)

    assert copied.code == Exit.DONE
    assert copied.values["rows"]["delivery"] == 5
    assert done.code == Exit.DONE
    assert folder.recipients() == {f"reader{number}@list.example": 1 for number in range(5)}
    for name, (title, body) in TOMORROW.items():
        folder.add_article(name, "2026-11-24T05:00:00+03:00", title=title, body=body)
    assert folder("run", "morning", now=NEXT_DAY).code == Exit.DONE
    assert len(folder.mails()) == 10


@pytest.mark.postgres
def test_there_and_back_again_nothing_is_lost(folder: Folder, url: str) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)
    there = folder("copy-database", url, "--json").values["rows"]
    turn_to(folder, "sqlite:///digest.db", url)

    back = folder("copy-database", f"sqlite:///{folder.root}/back.db", "--json")

    assert back.code == Exit.DONE
    assert back.values["rows"] == there
    assert sum(there.values()) > 20


def test_a_database_that_holds_rows_is_not_written_over(folder: Folder) -> None:
    folder.ready()
    other = f"sqlite:///{folder.root}/other.db"
    assert folder("copy-database", other).code == Exit.DONE

    again = folder("copy-database", other)
    itself = folder("copy-database", f"sqlite:///{folder.root}/digest.db")

    assert (again.code, itself.code) == (Exit.BAD_DATA, Exit.BAD_DATA)
    assert "holds rows already" in again.err
    assert "it is this one" in itself.err
