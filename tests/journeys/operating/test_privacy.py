"""A person's rights, from the command line: to see everything, to be forgotten, by request and by time."""

from __future__ import annotations

import json
import sqlite3

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder

WHO = "reader1@list.example"
FOUR_MONTHS = "2027-03-24T06:30:00+03:00"
LONG_AFTER = "2028-01-24T06:30:00+03:00"


def words(folder: Folder) -> str:
    """Return every text of every table."""
    with sqlite3.connect(folder.root / "digest.db") as database:
        names = [
            name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = [row for name in names for row in database.execute(f'SELECT * FROM "{name}"')]
    database.close()
    return repr(rows)


def test_all_that_is_stored_of_a_person_includes_their_deliveries(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)

    told = folder("subscribers", "show", WHO, "--json").values

    (delivery,) = told["deliveries"]
    assert (delivery["edition"], delivery["state"]) == ("morning/2026-11-23", "sent")
    assert delivery["address"] == WHO
    assert len(told["consents"]) == 1
    assert json.dumps(told).count("reader0@") == 0


def test_an_erased_person_is_in_no_table_once_the_grace_is_over(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)
    before = folder("audit", "morning", "--json").values["tally"]

    erased = folder("subscribers", "erase", WHO, "--yes", now=AT_SEND)
    shown = folder("subscribers", "show", WHO, "--json")
    folder("run", "morning", now="2026-11-27T06:30:00+03:00")

    assert erased.code == Exit.DONE
    assert "deliveries" not in shown.out or shown.values["deliveries"] == []
    assert "reader1" not in words(folder)
    audit = folder("audit", "morning/2026-11-23", "--json")
    assert audit.code == Exit.DONE
    assert audit.values["tally"] == before
    again = folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "morning", "--json")
    assert again.values["added"] == 0
    assert "reader1" not in words(folder)


def test_runs_take_names_away_when_their_time_is_over(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)
    before = folder("audit", "morning", "--json").values["tally"]

    folder("run", "morning", now=FOUR_MONTHS)
    young = folder("subscribers", "show", WHO, "--json").values["deliveries"]
    folder("run", "morning", now=LONG_AFTER)
    old = folder("subscribers", "show", WHO, "--json").values["deliveries"]

    assert len(young) == 1
    assert old == []
    audit = folder("audit", "morning/2026-11-23", "--json")
    assert audit.code == Exit.DONE
    assert audit.values["tally"] == before
    assert audit.values["tally"]["adds_up"]


def test_how_long_names_are_kept_is_a_setting(folder: Folder) -> None:
    folder.ready(more="[privacy]\ndeliveries_days = 30\n")
    folder("run", "morning", now=AT_SEND)

    folder("run", "morning", now=FOUR_MONTHS)

    assert folder("subscribers", "show", WHO, "--json").values["deliveries"] == []


def test_the_sweep_takes_no_mail_from_the_next_day(folder: Folder) -> None:
    folder.ready()
    folder("run", "morning", now=AT_SEND)
    for name in ("one", "two", "three"):
        words_of = {"one": "Lamps at the quay", "two": "Bread costs less", "three": "A choir for sailors"}
        body = f"{words_of[name]}. Nobody had asked for it in {name} years."
        folder.add_article(name, "2026-11-23T15:00:00+03:00", title=words_of[name], body=body)

    said = folder("run", "morning", "--json", now=NEXT_DAY)

    assert said.values["tally"]["sent"] == 5
