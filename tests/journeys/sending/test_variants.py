"""Readers who chose a language or topics, from their row in the list to their mail."""

from __future__ import annotations

from email.message import EmailMessage

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, Folder

TWO_MORE = """
[[newsletters.morning.sections]]
key = "sport"
title = "Sport"
match = { tags = ["sport"] }
"""
ROWS = """email,name,language,topics
all@list.example,All,,
french@list.example,Aimée,fr-CA,
port@list.example,Poppy,,port
sport@list.example,Sam,,sport
stale@list.example,Stella,,gardening
"""


def body(mails: dict[str, EmailMessage], name: str, kind: str) -> str:
    part = mails[f"{name}@list.example"].get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_every_reader_gets_the_language_and_the_topics_they_chose(folder: Folder) -> None:
    folder.write(more=TWO_MORE)
    (folder.root / "people.csv").write_text(ROWS)
    folder("migrate")
    folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "morning")

    said = folder("run", "morning", "--json", now=AT_SEND)

    assert said.code == Exit.DONE
    assert said.values["tally"]["sent"] == 4
    assert said.values["tally"]["skipped"] == 1
    assert said.values["tally"]["adds_up"]
    mails = {mail["To"].addresses[0].addr_spec: mail for mail in folder.mails()}
    assert "sport@list.example" not in mails
    assert "Se désabonner" in body(mails, "french", "html") + body(mails, "french", "plain")
    assert "Library lends tools" in body(mails, "all", "plain")
    assert "Library lends tools" not in body(mails, "port", "plain") + body(mails, "port", "html")
    assert "pilots get a third boat" in body(mails, "port", "plain")
    assert body(mails, "stale", "plain").count("Library lends tools") == 1
    assert "chose" in folder("audit", "morning").out


def test_a_reader_who_signs_up_after_the_approval_takes_nothing_back(folder: Folder) -> None:
    folder.ready(newsletter='approval = "required"')
    assert folder("run", "morning", now=AT_SEND).code == Exit.WAITING_FOR_APPROVAL
    assert folder("approve", "morning", now=AT_SEND).code == Exit.DONE
    (folder.root / "late.csv").write_text("email,name,language,topics\nlate@list.example,Late,sw,port\n")
    folder("subscribers", "import", str(folder.root / "late.csv"), "--list", "morning")

    said = folder("run", "morning", "--json", now=AT_SEND)

    assert said.code == Exit.DONE
    assert said.values["tally"]["sent"] == 6


def test_a_preview_is_what_that_reader_will_get(folder: Folder) -> None:
    folder.write(more=TWO_MORE)
    (folder.root / "people.csv").write_text(ROWS)
    folder("migrate")
    folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "morning")

    def text(*reader: str) -> str:
        said = folder("preview", "morning", *reader, "--out", str(folder.root / "look"), now=AT_SEND)
        assert said.code == Exit.DONE
        return (folder.root / "look" / "morning-2026-11-23.txt").read_text()

    assert "Library lends tools" in text()
    assert "Library lends tools" not in text("--as", "port@list.example")
    assert "Se désabonner" in text("--as", "french@list.example")
