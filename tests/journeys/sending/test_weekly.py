"""Readers who chose one mail a week, from their choice to the week's best."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from digest.cli.exits import Exit
from subscribers import consent, people, preferences
from subscribers.model import Evidence, Frequency
from subscribers.storage.database import open_database
from tests.journeys.desk import Folder

SATURDAY = "2026-11-28T06:30:00+03:00"
SIGNED_UP = datetime(2026, 11, 20, tzinfo=UTC)
WEEKLY = "weekly@list.example"
SWITCHED = "switched@list.example"
SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "ze"]


def made_up(story: int, count: int) -> list[str]:
    """Return words of no language, other ones for each story: no two stories are alike."""
    rng = random.Random(story)
    return ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(count)]


def titles(day: int) -> list[str]:
    return [" ".join(made_up(3 * day + number, 4)).capitalize() for number in range(3)]


def sign_up(folder: Folder, address: str, frequency: Frequency) -> str:
    """Sign up, confirm and choose as a reader would."""
    database = open_database(f"sqlite:///{folder.root / 'digest.db'}")
    try:
        asked = consent.sign_up(database, address, "morning", Evidence(), now=SIGNED_UP)
        assert asked.requested_at
        requested_at = asked.requested_at
        consent.confirm(database, asked.subscriber, "morning", requested_at, Evidence(), now=SIGNED_UP)
        preferences.choose(database, asked.subscriber, "morning", topics=(), frequency=frequency)
        return asked.subscriber
    finally:
        database.close()


def choose(folder: Folder, address: str, frequency: Frequency) -> None:
    database = open_database(f"sqlite:///{folder.root / 'digest.db'}")
    try:
        who = people.show(database, address).subscriber
        assert who
        preferences.choose(database, who.id, "morning", topics=(), frequency=frequency)
    finally:
        database.close()


def publish(folder: Folder, day: int) -> None:
    for number, title in enumerate(titles(day)):
        published = f"2026-11-{23 + day}T0{number + 2}:00:00+03:00"
        body = " ".join(made_up(3 * day + number, 40)[4:]).capitalize() + "."
        folder.add_article(f"d{day}n{number}", published, title=title, body=body)


def a_week(folder: Folder, days: int = 5) -> None:
    """Run every weekday from Monday the 23rd."""
    for day in range(days):
        publish(folder, day)
        said = folder("run", "morning", "--json", now=f"2026-11-{23 + day}T06:30:00+03:00")
        assert said.code == Exit.DONE, said.err


def ready(folder: Folder, newsletter: str = "weekly_items = 5") -> Folder:
    folder.ready(readers=2, newsletter=newsletter)
    for path in (folder.root / "articles").iterdir():
        path.unlink()
    return folder


def mailed(folder: Folder, address: str) -> list[str]:
    """Return the plain text of each mail to the address, in the order of dates."""
    mails = [mail for mail in folder.mails() if mail["To"].addresses[0].addr_spec == address]
    found = []
    for mail in sorted(mails, key=lambda one: one["Date"].datetime):
        part = mail.get_body(("plain",))
        assert part is not None
        found.append(str(part.get_content()))
    return found


def test_one_mail_a_week_tells_the_best_stories_and_a_rerun_sends_nothing(folder: Folder) -> None:
    ready(folder)
    sign_up(folder, WEEKLY, Frequency.WEEKLY)
    a_week(folder)
    assert mailed(folder, WEEKLY) == []

    said = folder("run", "morning", "--json", now=SATURDAY)
    again = folder("run", "morning", "--json", now="2026-11-28T07:00:00+03:00")

    assert said.code == Exit.NOTHING_TO_SEND
    assert said.values["weekly"]["outcome"] == "done"
    assert said.values["weekly"]["tally"]["sent"] == 1
    assert again.values["weekly"]["outcome"] == "already sent"
    (mail,) = mailed(folder, WEEKLY)
    assert "The best of the week" in mail
    firsts = [title for day in range(5) for title in titles(day) if title in mail]
    assert len(firsts) == 5
    assert {day for day in range(5) for title in titles(day) if title in mail} == set(range(5))
    audit = folder("audit", "morning/2026-11-28/weekly", "--json")
    assert audit.code == Exit.DONE
    assert audit.values["tally"]["adds_up"]
    assert "number 1 of" in folder("explain", "morning/2026-11-28/weekly").out


def test_readers_of_every_edition_get_no_weekly_one(folder: Folder) -> None:
    ready(folder)
    sign_up(folder, WEEKLY, Frequency.WEEKLY)
    a_week(folder)

    folder("run", "morning", now=SATURDAY)

    assert len(mailed(folder, "reader0@list.example")) == 5


def test_a_reader_who_changed_to_weekly_gets_only_what_they_had_not(folder: Folder) -> None:
    ready(folder, "weekly_items = 15")
    sign_up(folder, WEEKLY, Frequency.WEEKLY)
    sign_up(folder, SWITCHED, Frequency.EVERY)
    a_week(folder, 2)
    choose(folder, SWITCHED, Frequency.WEEKLY)
    for day in range(2, 5):
        publish(folder, day)
        folder("run", "morning", now=f"2026-11-{23 + day}T06:30:00+03:00")

    folder("run", "morning", now=SATURDAY)

    *daily, weekly = mailed(folder, SWITCHED)
    (whole,) = mailed(folder, WEEKLY)
    assert len(daily) == 2
    for day in range(5):
        for title in titles(day):
            assert whole.count(title) == 1
            assert sum(text.count(title) for text in (*daily, weekly)) == 1


def test_two_weeks_tell_no_story_twice(folder: Folder) -> None:
    ready(folder, "weekly_items = 15")
    sign_up(folder, WEEKLY, Frequency.WEEKLY)
    a_week(folder)
    folder("run", "morning", now=SATURDAY)
    publish(folder, 7)
    folder("run", "morning", now="2026-11-30T06:30:00+03:00")

    folder("run", "morning", now="2026-12-05T06:30:00+03:00")

    first, second = mailed(folder, WEEKLY)
    assert all(second.count(title) == 1 for title in titles(7))
    for day in range(5):
        for title in titles(day):
            assert first.count(title) + second.count(title) == 1


def test_where_nobody_chose_weekly_there_is_no_weekly_edition(folder: Folder) -> None:
    ready(folder)
    a_week(folder)

    said = folder("run", "morning", "--json", now=SATURDAY)

    assert "weekly" not in said.values


def test_a_weekly_edition_waits_for_approval_as_every_edition_does(folder: Folder) -> None:
    ready(folder)
    sign_up(folder, WEEKLY, Frequency.WEEKLY)
    a_week(folder)
    config = folder.config.read_text()
    folder.config.write_text(config.replace("weekly_items", 'approval = "required"\nweekly_items'))

    waits = folder("run", "morning", "--json", now=SATURDAY)
    before = mailed(folder, WEEKLY)
    folder("approve", "morning", "--date", "2026-11-28/weekly", now=SATURDAY)
    folder("dispatch", "morning", "--date", "2026-11-28/weekly", now=SATURDAY)

    assert waits.code == Exit.WAITING_FOR_APPROVAL
    assert waits.values["weekly"]["note"] == "digest approve morning --date 2026-11-28/weekly"
    assert before == []
    assert len(mailed(folder, WEEKLY)) == 1


def test_a_weekly_edition_past_its_deadline_goes_to_nobody(folder: Folder) -> None:
    ready(folder, 'weekly_items = 5\ndeadline = "10:00"')
    sign_up(folder, WEEKLY, Frequency.WEEKLY)
    a_week(folder)

    said = folder("run", "morning", "--json", now="2026-11-28T10:30:00+03:00")

    assert said.values["weekly"]["tally"]["sent"] == 0
    assert said.values["weekly"]["tally"]["adds_up"]
    assert mailed(folder, WEEKLY) == []
