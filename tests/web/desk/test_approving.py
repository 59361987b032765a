"""Approval and test sends, over HTTP; mails are read from the outbox."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest

from digest.model import EditionState, TokenText, Variant
from digest.model.desk import Role
from digest.upkeep.alarms.bell import Bell, TransportChannel
from digest.upkeep.alarms.channels import PingChannel
from digest.upkeep.alarms.ringing import ring
from digest.web.desk import testsend
from subscribers.address import normalize
from tests.journeys.desk import Folder
from tests.upkeep.receiver import receiving
from tests.web.newsroom import KEY, PAGE, SEND_TIME, Client, Open, at_work, written


def approve(client: Client, **more: str) -> str:
    """Approve what the page shows now; return the page that came of it."""
    page = client.get(f"{PAGE}/approve").text
    form = dict(re.findall(r'name="(hash|revision)" value="([^"]*)"', page))
    answer = client.post(f"{PAGE}/approve", **form, warnings="seen", **more)
    return client.get(f"{PAGE}/approve").text if answer.status_code == 303 else answer.text


def send(opened: Open) -> None:
    """Let the send time come, and the courier look."""
    opened.clock.now = max(opened.clock.now, SEND_TIME)
    opened.desk.courier.look_once()


def test_an_approval_tells_the_exact_count_and_binds_the_bytes(opened: Open) -> None:
    with opened.client() as client:
        page = client.get(f"{PAGE}/approve").text
        approve(client)

    assert "<b>5</b> readers of morning" in page
    assert opened.edition.state is EditionState.APPROVED
    entry = opened.desk.audit_log.entries()[0]
    assert (entry.who, entry.action, entry.content_hash) == (
        "amina",
        "approved",
        opened.edition.approved_hash,
    )


def test_an_approved_edition_goes_out_at_its_time_to_everybody_once(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    opened.desk.courier.look_once()
    early = opened.folder.recipients()

    send(opened)
    opened.desk.courier.look_once()

    assert early == {}
    assert opened.edition.state is EditionState.CLOSED
    assert opened.folder.recipients() == {f"reader{number}@list.example": 1 for number in range(5)}


def test_the_preview_shows_the_bytes_that_were_sent_but_for_tokens_and_pictures(opened: Open) -> None:
    with opened.client() as client:
        final = client.get(f"{PAGE}/final").text
        shown = client.get(f"{PAGE}/preview", mode="desktop").text
        text = client.get(f"{PAGE}/final", part="text").text
        approve(client)
    send(opened)

    sent = opened.desk.ledger.rendered(KEY, Variant())
    assert (sent.html, sent.text) == (final, text)
    plain = re.sub(r"@media not all|@media \(prefers-color-scheme: ?dark\)", "@", shown)
    for literal in TokenText.split(final).literals:
        told = re.sub(r"@media \(prefers-color-scheme: ?dark\)", "@", literal)
        told = re.sub(r'<meta name="(?:supported-)?color-schemes?"[^>]*>', "", told)
        assert told.replace("color-scheme:light dark", "color-scheme:light") in plain


def test_an_edit_after_the_approval_sends_nothing(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        client.edit("subject", text="Changed after all")
    send(opened)

    assert opened.edition.state is EditionState.DRAFT
    assert opened.folder.recipients() == {}


def test_a_page_that_lay_open_while_the_edition_changed_approves_nothing(opened: Open) -> None:
    with opened.client() as client:
        page = client.get(f"{PAGE}/approve").text
        form = dict(re.findall(r'name="(hash|revision)" value="([^"]*)"', page))
        client.edit("subject", text="Changed meanwhile")
        answer = client.post(f"{PAGE}/approve", **form)

    assert answer.status_code == 409
    assert "changed since you opened this page" in html.unescape(answer.text)
    assert opened.edition.state is EditionState.DRAFT


@pytest.mark.parametrize("verb", ["approve", "withdraw", "cancel", "correct"])
def test_the_wrong_role_is_refused(opened: Open, verb: str) -> None:
    with opened.client("bo", [Role.EDITOR]) as client:
        answer = client.post(f"{PAGE}/{verb}", hash="x", revision="1")

    assert answer.status_code == 403
    assert "role approver" in answer.text
    assert opened.edition.state is EditionState.DRAFT


def test_past_the_deadline_nothing_goes_out_and_somebody_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    late = written(tmp_path, newsletter='approval = "required"\ndeadline = "10:00"')
    with at_work(late) as opened:
        opened.clock.now = SEND_TIME + timedelta(hours=4)
        with opened.client() as client:
            page = client.get(f"{PAGE}/approve").text
            form = dict(re.findall(r'name="(hash|revision)" value="([^"]*)"', page))
            answer = client.post(f"{PAGE}/approve", **form)
            today = client.get("/desk").text
        send(opened)

        chief = normalize("chief@desk.example")
        newsroom, now = opened.desk.newsroom, opened.clock()
        with receiving() as monitor:
            by_mail = TransportChannel(newsroom.settings, (chief,))
            bell = Bell("https://desk.example", (by_mail, PingChannel(f"{monitor.url}/check")))
            rung = [ring(newsroom, bell, now=now) for _ in range(2)]

        assert rung == [1, 0]
        assert monitor.paths == ["/check"]
        (mail,) = opened.folder.mails()
        assert mail["To"] == "chief@desk.example"
        assert mail["Subject"] == f"Not sent: {KEY}"
        assert mail["List-Unsubscribe"] is None
        assert f"https://desk.example/desk/editions/{KEY}" in str(mail)
        assert "deadline has passed" in page
        assert answer.status_code == 409
        assert "nothing went out" in today
        assert opened.edition.state is EditionState.DRAFT


def test_a_run_without_the_desk_tells_before_and_after_a_missed_deadline_once_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    late = written(tmp_path, newsletter='approval = "required"\ndeadline = "10:00"')
    late.config.write_text(late.config.read_text() + '\n[desk]\nalerts = ["chief@desk.example"]\n')

    early = late("run", "morning", now="2026-11-23T09:59:00+03:00")
    quiet = late.recipients()
    missed = [late("run", "morning", now=f"2026-11-23T10:0{minute}:00+03:00") for minute in range(2)]
    tried = late("approve", "morning", now="2026-11-23T10:05:00+03:00")

    assert quiet == {"chief@desk.example": 1}
    assert early.code == 10
    assert [one.code for one in missed] == [10, 10]
    assert "nobody approved it before 2026-11-23 10:00" in missed[0].out
    assert sorted(mail["Subject"] for mail in late.mails()) == [
        f"Not approved yet: {KEY}",
        f"Not sent: {KEY}",
    ]
    assert tried.code == 65
    assert "Nothing goes out" in tried.err


@pytest.mark.parametrize(("policy", "is_sent"), [("send", True), ("ask", False), ("skip", False)])
def test_a_late_approval_follows_the_newsletters_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: str, *, is_sent: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = f'approval = "required"\ndeadline = "10:00"\nlate_approval = "{policy}"'
    with at_work(written(tmp_path, newsletter=lines)) as opened:
        opened.clock.now = SEND_TIME + timedelta(hours=1)
        with opened.client() as client:
            page = html.unescape(approve(client))
            meant = html.unescape(approve(client, late="meant")) if policy == "ask" else page
        send(opened)

        assert bool(opened.folder.recipients()) is (is_sent or policy == "ask")
        assert ("Approved by amina" in page) is is_sent
        assert ("Tick that it is to go out late" in page) is (policy == "ask")
        assert ("Approved by amina" in meant) is (policy != "skip")
        assert ("The deadline has passed" in page) is (policy == "skip")


def test_the_command_line_keeps_to_the_policy_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path, newsletter='approval = "required"\nlate_approval = "ask"')

    refused = folder("approve", "morning", now="2026-11-23T07:00:00+03:00")
    meant = folder("approve", "morning", "--late", now="2026-11-23T07:00:00+03:00")

    assert (refused.code, meant.code) == (65, 0)
    assert "--late" in refused.err


def test_two_people_are_needed_where_the_settings_say_so(folder: Folder) -> None:
    with at_work(folder, signatures=2) as opened:
        with opened.client("amina") as amina:
            first = approve(amina)
            again = approve(amina)
        state = opened.edition.state
        with opened.client("cy", [Role.APPROVER]) as cy:
            approve(cy)

        assert "Approved so far by amina" in first
        assert "1 more person needed" in again
        assert state is EditionState.DRAFT
        assert opened.edition.state is EditionState.APPROVED
        assert opened.desk.results.timeline(KEY).approved_by == "amina, cy"


def test_what_changed_since_the_last_approval_is_shown(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        client.edit("subject", text="Pilots get a fourth boat")
        page = client.get(f"{PAGE}/approve").text

    assert "<ins>" in page
    assert "fourth" in page


def test_a_test_goes_to_the_typed_addresses_and_to_no_list(opened: Open) -> None:
    with opened.client("bo", [Role.EDITOR]) as client:
        answer = client.post(f"{PAGE}/test", addresses="one@desk.example, Two@desk.example")

    assert answer.status_code == 303
    assert opened.folder.recipients() == {"one@desk.example": 1, "Two@desk.example": 1}
    assert opened.edition.state is EditionState.DRAFT
    assert opened.desk.ledger.dispatch(KEY) is None
    entry = opened.desk.audit_log.entries()[0]
    assert entry.action == "sent a test"
    assert "one@desk.example" not in entry.detail


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param(" ".join(f"t{number}@desk.example" for number in range(6)), id="six"),
        pytest.param("morning", id="the name of a list"),
        pytest.param("one@desk.example\r\nBcc: all@desk.example", id="a header"),
    ],
)
def test_a_test_takes_one_to_five_addresses_and_nothing_else(opened: Open, typed: str) -> None:
    with opened.client() as client:
        answer = client.post(f"{PAGE}/test", addresses=typed, list="morning")

    assert answer.status_code == 422
    assert opened.folder.recipients() == {}


def test_the_module_of_test_sends_knows_no_list_and_no_ledger() -> None:
    """What it could name to reach one: nothing of it is imported there."""
    source = Path(testsend.__file__).read_text()

    imported = re.findall(r"^(?:from|import) (\S+)(?: import (.+))?", source, re.MULTILINE)

    names = {name for module, some in imported for name in (module, *re.split(r",\s*", some or ""))}
    assert not names & {
        "Audience",
        "Ledger",
        "DayParts",
        "Newsroom",
        "Newsletter",
        "digest.wiring.newsroom",
        "digest.day.job",
    }
    assert not any(name.startswith(("subscribers.audience", "subscribers.lists")) for name in names)
