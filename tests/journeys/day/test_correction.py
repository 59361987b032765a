"""A correction reaches those who got the wrong text, and nobody else."""

from __future__ import annotations

from datetime import datetime

import pytest

from digest.cli.session import Session
from digest.day import job
from digest.errors import EditionConflict
from digest.model import EditionKey, EditionState, Ending, Outcome
from tests.journeys.desk import AT_SEND, CUTOFF, Folder
from tests.journeys.operating.test_interventions import SMTP_AWAY, held

LATER = datetime.fromisoformat("2026-11-23T18:00:00+03:00")
KEY = EditionKey("morning", datetime.fromisoformat(CUTOFF).date())


def test_a_correction_goes_only_to_those_who_got_the_edition(folder: Folder) -> None:
    folder.ready(newsletter='deadline = "10:00"')
    assert folder("run", "morning", now=AT_SEND).code == 0
    got_it = folder.recipients()
    (folder.root / "late.csv").write_text("email\nlate@list.example\n")
    assert folder("subscribers", "import", str(folder.root / "late.csv"), "--list", "morning").code == 0

    with Session(folder.config, as_json=False, rehearsed_now=LATER).parts("morning") as parts:
        article = job.loaded(parts, KEY).items[0].article
        told = job.correct(
            parts, KEY, article, "It was the second boat.", subject="Correction", by="amina", now=LATER
        )
        report = job.dispatch(parts, told.key, now=LATER)

    assert report.ending is Ending.DONE
    assert report.edition is not None
    assert report.edition.state is EditionState.CLOSED
    assert folder.recipients() == dict.fromkeys(got_it, 2)
    corrections = [mail for mail in folder.mails() if mail["Subject"] == "Correction"]
    assert all("It was the second boat." in mail.get_body(("plain",)).get_content() for mail in corrections)  # type: ignore[union-attr]
    assert len(corrections) == len(got_it)


def test_a_correction_that_was_killed_before_its_freeze_still_reaches_only_those(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == 0
    got_it = folder.recipients()
    (folder.root / "late.csv").write_text("email\nlate@list.example\n")
    assert folder("subscribers", "import", str(folder.root / "late.csv"), "--list", "morning").code == 0
    with Session(folder.config, as_json=False, rehearsed_now=LATER).parts("morning") as parts:
        article = job.loaded(parts, KEY).items[0].article
        job.correct(parts, KEY, article, "It was the second boat.", subject="Fix", by="amina", now=LATER)

    folder("run", "morning", now="2026-11-24T06:30:00+03:00")

    corrected = {mail["To"].addresses[0].addr_spec for mail in folder.mails() if mail["Subject"] == "Fix"}
    assert corrected == set(got_it)


def test_the_command_sends_a_correction_and_keeps_what_was_wrong(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == 0
    got_it = folder.recipients()

    said = folder(
        *("correct", "morning", "--yes", "--text", "Until eleven."),
        *("--story", "Evening ferry runs until midnight"),
        now=LATER.isoformat(),
    )

    assert said.code == 0, said.err
    assert folder.recipients() == dict.fromkeys(got_it, 2)
    with Session(folder.config, as_json=False, rehearsed_now=LATER).newsroom() as newsroom:
        kept = newsroom.database.history.corrections(KEY)
        log = newsroom.database.audit_log.entries(edition=str(KEY))
    assert [(one.headline, one.text) for one in kept] == [
        ("Evening ferry runs until midnight", "Until eleven.")
    ]
    assert log[0].action == "corrected"


def test_the_command_sets_a_headline_right_and_finds_the_story_by_either(folder: Folder) -> None:
    wrong, right = "Evening ferry runs until midnight", "Evening ferry runs until eleven"
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == 0
    with Session(folder.config, as_json=False, rehearsed_now=LATER).parts("morning") as parts:
        said = next(one.blurb.text for one in job.loaded(parts, KEY).items if one.headline == wrong)

    def correct(story: str, *words: str) -> int:
        return folder("correct", "morning", "--yes", "--story", story, *words, now=LATER.isoformat()).code

    refused = [
        correct(wrong, "--text", said),
        correct(wrong, "--text", "Until eleven.", "--headline", "x" * 301),
    ]
    made = [
        correct(wrong, "--text", said, "--headline", right),
        correct(right, "--text", "Until eleven, on weekdays."),
        correct(wrong, "--text", "Until eleven, every day."),
    ]

    assert (refused, made) == ([65, 65], [0, 0, 0])
    assert f"Correction: {right}" in {mail["Subject"] for mail in folder.mails()}
    with Session(folder.config, as_json=False, rehearsed_now=LATER).newsroom() as newsroom:
        assert {one.headline for one in newsroom.database.history.corrections(KEY)} == {right}


def test_a_story_that_was_not_in_it_is_named(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == 0

    said = folder(
        "correct", "morning", "--story", "No such thing", "--text", "Right.", "--yes", now=LATER.isoformat()
    )

    assert said.code == 65
    assert "No such thing" in said.err


def test_an_edition_that_is_half_out_is_corrected_once_the_rest_is_stopped(folder: Folder) -> None:
    got_it = held(folder.ready(transport=SMTP_AWAY), 2, Outcome.SENT)
    words = (
        "correct",
        "morning",
        "--yes",
        "--story",
        "Evening ferry runs until midnight",
        "--text",
        "Ten.",
    )

    refused = folder(*words, now=LATER.isoformat())
    untouched = folder.recipients()
    assert folder("dispatch", "morning", "--cancel", now=LATER.isoformat()).code == 0
    corrected = folder(*words, now=LATER.isoformat())

    assert refused.code == 75
    assert "3 mails of it have not left yet" in refused.err
    assert "`digest dispatch --cancel`" in refused.err
    assert untouched == {}
    assert (corrected.code, sum(folder.recipients().values())) == (0, len(got_it))


def test_a_correction_that_is_given_twice_goes_out_once(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == 0
    got_it = folder.recipients()
    words = ("correct", "morning", "--yes", "--story", "Evening ferry runs until midnight", "--text")
    assert folder(*words, "Until eleven.", now=LATER.isoformat()).code == 0

    again = folder(*words, "Until eleven.", now=LATER.isoformat())
    with Session(folder.config, as_json=False, rehearsed_now=LATER).parts("morning") as parts:
        article = next(item.article for item in job.loaded(parts, KEY).items if "ferry" in item.headline)
        with pytest.raises(EditionConflict, match="correction-1"):
            job.correct(parts, KEY, article, "Until eleven.", subject="Fix", by="amina", now=LATER)

    assert (again.code, folder.recipients()) == (75, dict.fromkeys(got_it, 2))
    assert f"{KEY}/correction-1" in again.err
    assert folder(*words, "Until ten.", now=LATER.isoformat()).code == 0
    assert folder.recipients() == dict.fromkeys(got_it, 3)
