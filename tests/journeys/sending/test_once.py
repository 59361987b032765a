"""`per_reader_once`: readers of several newsletters, and the story that more than one of them tells."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.model import EditionKey
from digest.settings.loading import load
from digest.wiring.newsroom import Newsroom
from subscribers import people
from tests.journeys.desk import AT_SEND, Folder

EVENING = """
[newsletters.evening]
title = "Gazette Evening"
sender = "Quay Gazette <evening@gazette.example>"
lists = ["evening"]
timezone = "Africa/Nairobi"
cutoff = "17:00"
send_at = "17:30"
minimum_items = 1

[[newsletters.evening.sections]]
key = "port"
title = "Port"
match = { tags = ["port"] }

[[newsletters.evening.sections]]
key = "rest"
title = "More"

[[newsletters.evening.sources]]
kind = "folder"
path = "articles"
"""
EVENING_AT = "2026-11-23T17:30:00+03:00"
ONCE = ('"7 Rope Walk, Port Merindi"', '"7 Rope Walk, Port Merindi"\nper_reader_once = true')
BOTH, ONLY, TOPIC = "both@list.example", "only@list.example", "topic@list.example"
SHARED = "Library lends tools beside books"
NEW = (
    "Tower clock is repaired after a year",
    "A watchmaker from the hills cut the missing wheel of the clock.",
)


def ready(folder: Folder, *, once: bool = True, database: str = "sqlite:///digest.db") -> Folder:
    folder.write(readers=0, more=EVENING, database=database)
    if once:
        folder.config.write_text(folder.config.read_text().replace(*ONCE))
    folder("migrate")
    lists = {
        "morning": f"email,name,topics\n{BOTH},Bo,\n{TOPIC},Tom,port\n",
        "evening": f"email,name,topics\n{BOTH},Bo,\n{ONLY},Olu,\n{TOPIC},Tom,\n",
    }
    for name, rows in lists.items():
        path = folder.root / f"{name}.csv"
        path.write_text(rows)
        assert folder("subscribers", "import", str(path), "--list", name).code == Exit.DONE
    return folder


def a_day(folder: Folder) -> None:
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    folder.add_article("clock", "2026-11-23T12:00:00+03:00", title=NEW[0], body=NEW[1])
    said = folder("run", "evening", "--json", now=EVENING_AT)
    assert said.code == Exit.DONE, said.err


def text(folder: Folder, address: str, title: str) -> str:
    (mail,) = (
        one
        for one in folder.mails()
        if one["To"].addresses[0].addr_spec == address and title in str(one["From"])
    )
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()) + str(mail["Subject"])


def test_a_reader_of_both_gets_the_story_once_and_one_of_the_second_gets_it_there(folder: Folder) -> None:
    ready(folder)

    a_day(folder)

    assert SHARED in text(folder, BOTH, "morning@")
    assert SHARED not in text(folder, BOTH, "evening@")
    assert NEW[0] in text(folder, BOTH, "evening@")
    assert SHARED in text(folder, ONLY, "evening@")
    audit = folder("audit", "evening", "--json")
    assert audit.code == Exit.DONE
    assert audit.values["tally"]["adds_up"]
    assert audit.values["tally"]["sent"] == 3


def test_who_left_a_topic_out_there_had_none_of_its_stories(folder: Folder) -> None:
    ready(folder)

    a_day(folder)

    assert SHARED not in text(folder, TOPIC, "morning@")
    assert SHARED in text(folder, TOPIC, "evening@")
    assert "Harbor pilots get a third boat" not in text(folder, TOPIC, "evening@")


def test_without_the_setting_each_newsletter_stands_for_itself(folder: Folder) -> None:
    ready(folder, once=False)

    a_day(folder)

    assert SHARED in text(folder, BOTH, "evening@")


def test_a_reader_who_had_every_story_is_skipped_with_the_reason(folder: Folder) -> None:
    ready(folder)
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    said = folder("run", "evening", "--json", now=EVENING_AT)

    assert said.values["tally"]["skipped"] == 1
    assert said.values["tally"]["sent"] == 2
    assert said.values["tally"]["adds_up"]
    assert "has not had" in folder("audit", "evening").out


def test_the_same_day_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bytes_of(name: str) -> str:
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        folder = ready(Folder(tmp_path / name))
        a_day(folder)
        read = sorted(
            re.sub(r"(?<=gazette.example)/[puv]/\S+", "", text(folder, who, sender))
            for who, sender in ((BOTH, "morning@"), (BOTH, "evening@"), (ONLY, "evening@"))
        )
        return hashlib.sha256("".join(read).encode()).hexdigest()

    assert bytes_of("one") == bytes_of("two")


def test_the_ledger_knows_which_mail_each_reader_got(folder: Folder) -> None:
    ready(folder)
    a_day(folder)

    with Newsroom(load(folder.config, environ={})) as newsroom:
        both, only = (people.show(newsroom.people, one).subscriber for one in (BOTH, ONLY))
        assert both
        assert only
        latest = newsroom.database.editions.latest("evening")
        assert latest
        key = EditionKey("evening", latest.key.day)
        variants = [newsroom.database.results.variant_of(key, one.id) for one in (both, only)]

    assert variants[0] != variants[1]
    assert variants[1] is not None
    assert variants[1].had == 0


@pytest.mark.postgres
def test_on_postgresql_too(folder: Folder, postgres_url: str) -> None:
    ready(folder, database=postgres_url)

    a_day(folder)

    assert SHARED not in text(folder, BOTH, "evening@")
    assert SHARED in text(folder, ONLY, "evening@")
