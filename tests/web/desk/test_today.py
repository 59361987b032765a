"""Today and Runs: how far each newsletter is, what is wrong first, and what the job's runs came to."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.day import job, readership
from tests.web.newsroom import DRAFTED, KEY, PAGE, SEND_TIME, Open, at_work, written

STEP = re.compile(r'<li class="done"[^>]*>(\w+)')
AT = "2026-11-23T06:30:00+03:00"


def steps(opened: Open) -> list[str]:
    with opened.client() as client:
        return STEP.findall(client.get("/desk").text)


def test_the_steps_follow_the_edition_from_collected_to_closed(opened: Open) -> None:
    parts = opened.desk.parts("morning")
    seen = [steps(opened)]
    job.approve(parts, KEY, by="amina", now=opened.clock())
    seen.append(steps(opened))
    opened.clock.now = SEND_TIME
    opened.desk.courier.look_once()
    seen.append(steps(opened))

    whole = ["Collected", "Drafted", "Checked", "Approved", "Scheduled", "Sending", "Closed"]
    assert seen == [whole[:3], whole[:5], whole]


def test_a_draft_with_errors_is_not_checked_and_stands_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path)
    second = folder.config.read_text().partition("[newsletters.morning]")[2]
    folder.config.write_text(
        folder.config.read_text()
        + "\n[newsletters.evening]"
        + second.replace("newsletters.morning", "newsletters.evening")
        .replace("Gazette Morning", "Gazette Evening")
        .replace("Africa/Nairobi", "Europe/Lisbon")
    )
    with at_work(folder) as opened:
        with opened.client() as client:
            for item in opened.edition.items[2:]:
                client.edit("drop", article=item.article)
            page = html.unescape(client.get("/desk").text)

        assert "1 error blocks the approval. See Checks." in page
        assert STEP.findall(page)[:3] == ["Collected", "Drafted", "Collected"]
        assert page.index("Gazette Morning") < page.index("Gazette Evening")
        # Times are told in one zone, and beside it what the newsletter's own clock shows.
        assert "in Africa/Nairobi" in page
        assert "in Europe/Lisbon)" in page


def test_earlier_editions_are_told_with_how_many_they_went_to(opened: Open) -> None:
    job.approve(opened.desk.parts("morning"), KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    opened.desk.courier.look_once()
    opened.clock.forward(timedelta(days=1))
    with opened.client() as client:
        page = client.get("/desk").text

    assert "5 sent" in page


def test_one_reader_is_one_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with at_work(written(tmp_path, readers=1)) as opened:
        job.approve(opened.desk.parts("morning"), KEY, by="amina", now=opened.clock())
        opened.clock.now = SEND_TIME
        opened.desk.courier.look_once()
        with opened.client() as client:
            page = client.get("/desk").text

    assert "Sent to 1 reader ·" in page


def test_an_open_correction_stands_beside_its_edition_and_a_stopped_one_first(opened: Open) -> None:
    parts = opened.desk.parts("morning")
    job.approve(parts, KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    opened.desk.courier.look_once()
    told = job.correct(
        parts, KEY, opened.edition.items[0].article, "It was two.", subject="Two", by="amina", now=SEND_TIME
    )
    with opened.client() as client:
        approved = client.get("/desk").text
        readers = readership.of(parts, told.key).readers.audience
        parts.ledger.freeze(told.key, job.render(parts, told), readers, now=SEND_TIME)
        parts.ledger.stop(told.key, "too many complaints")
        stopped = client.get("/desk").text
        opened.desk.ledger.cancel(told.key, "canceled by amina")
        job.close(parts, told.key, now=SEND_TIME)
        closed = client.get("/desk").text

    assert "Gazette Morning · correction, Mon 23 Nov" in approved
    assert "Sending is stopped: too many complaints. See Runs." in stopped
    assert stopped.index("· correction") < stopped.index("Sent to 5 readers")
    assert "· correction, Mon" not in closed


def test_every_run_is_kept_with_what_its_crawl_could_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path)
    (tmp_path / "articles" / "broken.md").write_bytes(b"---\ntitle: [\n---\n\nNo end to this.\n")
    codes = [folder("run", "morning", now=AT).code for _ in range(3)]
    with at_work(folder) as opened, opened.client() as client:
        page = html.unescape(client.get("/desk/runs").text)
        (run,) = opened.desk.newsroom.database.runs.listed()

    assert codes == [10, 10, 10]
    assert (run.by, run.edition, run.ending, run.times) == (
        "digest run",
        str(KEY),
        "waiting for approval",
        3,
    )
    assert "broken.md" in page
    assert "1 problem" in page
    assert "3 times until" in page


def test_a_run_that_broke_off_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path, newsletter="")
    (tmp_path / "outbox").write_text("a file stands where the folder should be")
    broken = folder("run", "morning", now=AT)
    with at_work(folder) as opened, opened.client() as client:
        page = html.unescape(client.get("/desk/runs").text)
        (run,) = opened.desk.newsroom.database.runs.listed()

    assert broken.code not in {0, 10}
    assert run.is_failed
    assert run.started_at >= DRAFTED
    assert "transport.path: must name a folder, and it is a file" in run.note
    assert "transport.path" not in page
    assert '<b class="bad">failed</b>' in page
    assert "The settings can’t be used now. Tell whoever runs the desk" in page


def test_a_day_that_went_to_nobody_stands_first_and_is_told_once_by_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path, newsletter='deadline = "10:00"')
    folder.config.write_text(folder.config.read_text() + '\n[desk]\nalerts = ["chief@desk.example"]\n')
    late = [folder("run", "morning", now="2026-11-23T11:00:00+03:00").code for _ in range(2)]
    with at_work(folder) as opened:
        opened.clock.now = SEND_TIME + timedelta(hours=5)
        with opened.client() as client:
            page = html.unescape(client.get("/desk").text)
            runs = html.unescape(client.get("/desk/runs").text)
        (mail,) = folder.mails()

    assert late == [Exit.MISSED, Exit.MISSED]
    assert (
        "Closed, and it reached hardly anybody or nobody: sent 0 of 5; the deadline had passed for 5"
        in page
    )
    assert '<b class="bad">closed, and it reached hardly anybody or nobody</b>' in runs
    assert mail["Subject"] == f"Hardly anybody reached: {KEY}"


def test_an_edition_that_waits_after_a_restore_says_so_before_it_is_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path)
    backup = tmp_path / "kept.tar"
    kept = folder("backup", str(backup), now=AT).code
    folder("approve", "morning", "--date", str(KEY.day), now=AT)
    sent = folder("run", "morning", now=AT).code
    restored = folder("restore", str(backup), "--replace", now=AT).code
    with at_work(folder) as opened, opened.client() as client:
        page = html.unescape(client.get("/desk").text)
        approval = html.unescape(client.get(f"{PAGE}/approve").text)

    assert [kept, sent, restored] == [Exit.DONE] * 3
    for shown in (page, approval):
        assert "Nothing leaves: it began to leave after the backup" in shown
        assert "--after-restore" not in shown


def test_no_readers_and_no_source_that_could_be_read_are_told_on_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path)
    config = folder.config.read_text()
    folder.config.write_text(config.replace('lists = ["morning"]', 'lists = ["renamed"]'))
    with at_work(folder) as opened, opened.client() as client:
        unread = html.unescape(client.get("/desk").text)
        approval = html.unescape(client.get(f"{PAGE}/approve").text)
    folder.config.write_text(config)
    for path in (tmp_path / "articles").iterdir():
        path.unlink()
    (tmp_path / "articles").rmdir()
    down = folder("run", "morning", now="2026-12-23T06:30:00+03:00").code
    with at_work(folder) as opened:
        opened.clock.now = SEND_TIME + timedelta(days=30)
        with opened.client() as client:
            quiet = html.unescape(client.get("/desk").text)

    for page in (unread, approval):
        assert "Nobody to send to: there is no list “renamed” (lists with readers: morning)" in page
    assert down == Exit.SOURCES_DOWN
    assert "No source could be read: the only source failed" in quiet
