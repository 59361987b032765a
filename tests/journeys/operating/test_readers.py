"""People from the command line: added, shown, exported, gone, and never mailed against their word."""

from __future__ import annotations

import csv
import io
import re
import shlex

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, Folder

ANA = "ana@list.example"


def test_a_person_added_by_hand_gets_the_mail(folder: Folder) -> None:
    folder.ready(readers=1)

    said = folder(
        "subscribers", "add", ANA, "--list", "morning", "--name", "Ana", "--consent", "at the fair"
    )
    folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.DONE
    assert folder.recipients()[ANA] == 1
    shown = folder("subscribers", "show", ANA, "--json").values
    assert shown["consents"][0]["words"] == "at the fair"


@pytest.mark.parametrize(
    "goodbye",
    [
        pytest.param(["unsubscribe", ANA], id="from all"),
        pytest.param(["unsubscribe", ANA, "--list", "morning"], id="from the list"),
        pytest.param(["suppress", ANA], id="suppressed"),
        pytest.param(["erase", ANA, "--yes"], id="erased"),
    ],
)
def test_no_import_and_no_operator_brings_back_who_is_gone(folder: Folder, goodbye: list[str]) -> None:
    folder.ready(readers=1)
    folder("subscribers", "add", ANA, "--list", "morning", "--consent", "by phone")
    (folder.root / "again.csv").write_text(f"email,name\n{ANA},Ana\n")

    gone = folder("subscribers", *goodbye)
    folder("subscribers", "import", str(folder.root / "again.csv"), "--list", "morning")
    added = folder("subscribers", "add", ANA.upper(), "--list", "morning", "--consent", "again")
    folder("run", "morning", now=AT_SEND)

    assert gone.code == Exit.DONE
    assert added.code == Exit.BAD_DATA
    assert ANA not in added.err.lower()
    assert ANA not in folder.recipients()


def test_a_lifted_suppression_lets_mail_through_again(folder: Folder) -> None:
    folder.ready(readers=1)
    folder("subscribers", "suppress", "reader0@list.example", "--reason", "typo")

    folder("subscribers", "suppress", "reader0@list.example", "--lift")
    folder("run", "morning", now=AT_SEND)

    assert folder.recipients()["reader0@list.example"] == 1


def test_an_export_holds_every_subscription_and_imports_again(folder: Folder) -> None:
    folder.ready(readers=3)

    said = folder("subscribers", "export")

    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {row["email"] for row in rows} == {f"reader{number}@list.example" for number in range(3)}
    assert folder("subscribers", "export", str(folder.root / "all.jsonl")).code == Exit.DONE
    again = folder("subscribers", "import", str(folder.root / "all.jsonl"), "--list", "morning", "--json")
    assert again.values["unchanged"] == 3


def test_an_address_never_seen_is_bad_data(folder: Folder) -> None:
    folder.ready(readers=1)

    said = folder("subscribers", "show", "nobody@list.example")

    assert said.code == Exit.BAD_DATA
    assert "nobody@list.example" not in said.err


def test_an_import_stops_at_a_column_that_may_mean_no_and_takes_what_it_said_to_type(
    folder: Folder,
) -> None:
    folder.ready(readers=1)
    path = folder.root / "people.csv"
    path.write_text("email,Abgemeldet am,Lead status\nann@list.example,,hot\nbob@list.example,gestern,\n")
    call = ("subscribers", "import", str(path), "--list", "morning")

    rehearsed = folder(*call, "--dry-run")
    stopped = folder(*call)
    typed = shlex.split(" ".join(re.findall(r"--column '[^']+'", stopped.err)[:1]))
    done = folder(*call, *typed, "--ignore-column", "Lead status", "--json")
    folder("run", "morning", now=AT_SEND)

    assert (rehearsed.code, stopped.code, done.code) == (Exit.BAD_DATA, Exit.BAD_DATA, Exit.DONE)
    assert typed == ["--column", "Abgemeldet am=ended_at"]
    assert "1 line has something in it, the first is line 3 ('gestern')" in stopped.err
    assert "--ignore-column 'Lead status'" in stopped.err
    assert (done.values["added"], done.values["ended"]) == (1, 1)
    assert set(folder.recipients()) == {"ann@list.example", "reader0@list.example"}


def test_a_column_for_a_field_that_there_is_not_is_a_usage_error(folder: Folder) -> None:
    folder.ready(readers=1)
    path = folder.root / "people.csv"
    path.write_text("email,x\nann@list.example,\n")

    said = folder("subscribers", "import", str(path), "--list", "morning", "--column", "x=soul")

    assert said.code == Exit.USAGE
    assert "ended_at" in said.err


def test_a_row_with_a_cell_too_many_is_refused_by_its_line(folder: Folder) -> None:
    folder.ready(readers=1)
    path = folder.root / "people.csv"
    path.write_text("email,company,name,unsubscribed\nx@list.example,Acme, Inc.,,yes\n")

    said = folder("subscribers", "import", str(path), "--list", "morning")
    folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.BAD_DATA
    assert "people.csv, line 2: It has 5 cells under 4 columns" in said.err
    assert set(folder.recipients()) == {"reader0@list.example"}
