"""People from the command line: added, shown, exported, gone, and never mailed against their word."""

from __future__ import annotations

import csv
import io

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
