"""Approval, tests and corrections, over HTTP; mails are read from the outbox."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from digest import alarms
from digest.alarms import Bell
from digest.model import EditionState, TokenText, Variant
from digest.model.desk import Role
from digest.web import testsend
from subscribers.address import normalize
from tests.journeys.desk import Folder
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
        bell = Bell("https://desk.example", (chief,), "https://p.example/")
        pings: list[str] = []
        newsroom, now = opened.desk.newsroom, opened.clock()
        rung = [alarms.ring(newsroom, bell, now=now, ping=pings.append) for _ in range(2)]

        assert rung == [1, 0]
        assert pings == ["https://p.example/"]
        (mail,) = opened.folder.mails()
        assert mail["To"] == "chief@desk.example"
        assert mail["Subject"] == f"Not sent: {KEY}"
        assert mail["List-Unsubscribe"] is None
        assert f"https://desk.example/desk/editions/{KEY}" in str(mail)
        assert "deadline has passed" in page
        assert answer.status_code == 409
        assert "nothing went out" in today
        assert opened.edition.state is EditionState.DRAFT


def test_a_run_without_the_desk_tells_of_a_missed_deadline_once_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    late = written(tmp_path, newsletter='approval = "required"\ndeadline = "10:00"')
    late.config.write_text(late.config.read_text() + '\n[desk]\nalerts = ["chief@desk.example"]\n')

    early = late("run", "morning", now="2026-11-23T09:59:00+03:00")
    quiet = late.recipients()
    missed = [late("run", "morning", now=f"2026-11-23T10:0{minute}:00+03:00") for minute in range(2)]
    tried = late("approve", "morning", now="2026-11-23T10:05:00+03:00")

    assert quiet == {}
    assert early.code == 10
    assert [one.code for one in missed] == [10, 10]
    assert "nobody approved it before 2026-11-23 10:00" in missed[0].out
    assert late.recipients() == {"chief@desk.example": 1}
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
        "House",
        "Newsroom",
        "Newsletter",
        "digest.wiring",
        "digest.job",
    }
    assert not any(name.startswith(("subscribers.audience", "subscribers.lists")) for name in names)


def test_a_correction_reaches_those_who_got_it_and_is_logged(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        send(opened)
        got_it = opened.folder.recipients()
        item = opened.edition.items[0]
        page = client.get(f"{PAGE}/correct").text
        answer = client.post(
            f"{PAGE}/correct",
            article=item.article,
            subject="Correction: pilots",
            text="It is the second boat.",
        )
        leaving = client.get(answer.headers["location"]).text
        opened.desk.courier.look_once()
        left = client.get(answer.headers["location"]).text
        results = client.get(f"{PAGE}/results").text
        after = client.get(f"{PAGE}/correct").text

    assert f'<a href="{PAGE}~correction-1/results">5 readers got it</a>' in after
    assert "<b>5</b>" in page
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{PAGE}~correction-1/approve"
    assert "The correction goes to 5 readers now." in leaving
    assert "<b>5</b> readers who got the wrong text" in leaving
    assert f'<a href="{PAGE}/correct">' in leaving
    assert "Take the approval back" in leaving
    assert "The correction went to 5 readers." in left
    assert opened.folder.recipients() == dict.fromkeys(got_it, 2)
    assert "It is the second boat." in results


def test_the_correcting_mail_can_be_seen_before_it_goes_and_seeing_it_sends_nothing(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
        send(opened)
        form = {
            "article": opened.edition.items[0].article,
            "subject": "Fix",
            "text": "It is the second boat.",
        }
        page = client.get(f"{PAGE}/correct").text
        shown = client.post(f"{PAGE}/correct", **form, step="show")
        empty = client.post(f"{PAGE}/correct", **{**form, "text": ""}, step="show")
        opened.desk.courier.look_once()
        seen = opened.desk.history.corrections(KEY)
        client.post(f"{PAGE}/correct", **form)
        opened.desk.courier.look_once()

    assert 'formtarget="mail"' in page
    assert 'name="mail"' in page
    assert (shown.status_code, "It is the second boat." in shown.text) == (200, True)
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
    assert (empty.status_code, "The correction’s text" in empty.text) == (422, True)
    assert seen == ()
    assert set(opened.folder.recipients().values()) == {2}


def test_with_a_hold_a_correction_tells_when_it_goes_and_can_be_canceled_until_then(tmp_path: Path) -> None:
    folder = written(tmp_path, newsletter='approval = "required"\ndeadline = "10:00"')
    config = folder.config.read_text()
    with at_work(folder) as opened, opened.client() as client:
        approve(client)
        send(opened)
        item = opened.edition.items[0]
    folder.config.write_text(f"{config}\n[dispatch]\nhold_minutes = 20\n")
    with at_work(folder) as opened:
        opened.clock.now = SEND_TIME + timedelta(hours=6)
        with opened.client() as client:
            answer = client.post(f"{PAGE}/correct", article=item.article, subject="Fix", text="Right.")
            page = client.get(answer.headers["location"]).text

    at = (SEND_TIME + timedelta(hours=6, minutes=20)).strftime("%H:%M")
    assert f"The correction goes to 5 readers at {at}. Until then it can be canceled here." in page
    assert "the deadline has passed" not in page


def test_a_correction_that_is_submitted_twice_goes_out_once(opened: Open) -> None:
    with opened.client() as client:
        corrected(opened, client, "It is the second boat.")
        item = opened.edition.items[1]
        form = {"article": item.article, "subject": "Again", "text": "It is the second boat. "}
        again = client.post(f"{PAGE}/correct", **form)
        opened.desk.courier.look_once()

    assert again.status_code == 422
    assert f"{KEY}/correction-1: it tells this correction of this story already" in again.text
    assert set(opened.folder.recipients().values()) == {2}
    assert len(opened.desk.history.corrections(KEY)) == 1


def corrected(opened: Open, client: Client, text: str) -> str:
    """Send the edition and correct its second story; return that story's headline."""
    approve(client)
    send(opened)
    item = opened.edition.items[1]
    client.post(f"{PAGE}/correct", article=item.article, subject="Correction: a story", text=text)
    opened.desk.courier.look_once()
    return item.headline


def test_the_web_and_the_feeds_tell_a_correction_and_not_what_was_wrong(opened: Open) -> None:
    wrong = opened.edition.items[1].blurb.text
    with opened.client() as client:
        headline = corrected(opened, client, "It is the <b>second</b> boat & not the third.")
        archived = client.get(f"/archive/morning/{KEY.day}").text
        listed = client.get("/archive/morning").text
        atom = client.get("/archive/morning/feed.xml").text
        feed = client.get("/archive/morning/feed.json").json()
    mail = opened.folder.mails()[0].get_body(("html",))
    assert mail is not None
    view = re.search(r"/v/[^\"]+", mail.get_content())
    assert view
    own = httpx.get(opened.url + view[0]).text

    right = "It is the &lt;b&gt;second&lt;/b&gt; boat &amp; not the third."
    for page in (archived, own):
        assert right in page.replace("&#38;", "&amp;").replace("&#60;", "&lt;").replace("&#62;", "&gt;")
        assert html.escape(wrong) not in page
        assert "Correction" in page
    assert headline in archived
    assert listed.count("· Correction") == 1
    assert f"Correction: {headline}: {right}" in atom
    (entry,) = [one for one in feed["items"] if one["url"].endswith(str(KEY.day))]
    assert entry["date_modified"] > entry["date_published"]
    assert f"{headline} (Correction: It is the <b>second</b> boat" in entry["content_text"]


def test_a_newsletter_by_its_name_means_its_edition_not_the_correction_that_came_after(
    opened: Open,
) -> None:
    with opened.client() as client:
        corrected(opened, client, "It is the second boat.")

    told = opened.folder("audit", "morning")
    correction = opened.folder("audit", f"morning/{KEY.day}/correction-1")

    assert told.out.startswith(f"{KEY}: closed")
    assert correction.out.startswith(f"{KEY}/correction-1: closed")
