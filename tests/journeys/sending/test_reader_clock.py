"""`clock = "reader"`: each reader's own half past six. Times of waves go by the database's clock."""

from __future__ import annotations

from digest.cli.exits import Exit
from tests.journeys.desk import ARTICLES, Folder

PEOPLE = """email,name,timezone
tokyo@list.example,Aiko,Asia/Tokyo
nairobi@list.example,Amina,
lima@list.example,Rosa,America/Lima
"""


def ready(folder: Folder, url: str, year: int, *, more: str = "") -> str:
    """Make the newsroom of a day in that year and return the instant its mail is due."""
    folder.ready(readers=0, database=url, newsletter=f'clock = "reader"\n{more}')
    (folder.root / "zones.csv").write_text(PEOPLE)
    assert folder("subscribers", "import", str(folder.root / "zones.csv"), "--list", "morning").code == 0
    for name in ARTICLES:
        folder.add_article(name, f"{year}-11-24T05:00:00+03:00")
    return f"{year}-11-24T06:30:00+03:00"


def test_readers_whose_time_has_come_get_it(folder: Folder, either_url: str) -> None:
    now = ready(folder, either_url, 2020)

    said = folder("run", "morning", now=now)

    assert said.code == Exit.DONE
    assert sorted(folder.recipients()) == [
        "lima@list.example",
        "nairobi@list.example",
        "tokyo@list.example",
    ]


def test_readers_whose_time_has_not_come_wait(folder: Folder, either_url: str) -> None:
    now = ready(folder, either_url, 2090)

    said = folder("run", "morning", "--json", now=now)

    assert (said.code, said.values["outcome"]) == (Exit.DONE, "not yet time")
    assert said.values["tally"]["planned"] == 3
    assert not folder.mails()


def test_past_their_own_deadline_nobody_gets_it(folder: Folder, either_url: str) -> None:
    now = ready(folder, either_url, 2020, more='deadline = "10:00"')

    said = folder("run", "morning", "--json", now=now)

    assert said.code == Exit.MISSED
    assert said.values["tally"]["skipped"] == said.values["tally"]["late"] == 3
    assert "the deadline of its wave had passed" in folder("audit", "morning").out
    assert not folder.mails()
