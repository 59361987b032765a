"""Ready for approval: said of a revision, told once by mail to those who may approve this newsletter."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest

from digest.model.desk import Role, User
from digest.upkeep.alarms.bell import bell_of
from tests.journeys.desk import Folder
from tests.web.desk.test_approving import approve
from tests.web.newsroom import DRAFTED, KEY, PAGE, Open, at_work

ALERTS = '\n[desk]\nalerts = ["desk@harbour.example"]\n'


@pytest.fixture
def mailing(folder: Folder) -> Iterator[Open]:
    """A desk whose alarms are mailed, and which so mails letters too."""
    with folder.config.open("a") as config:
        config.write(ALERTS)
    with at_work(folder) as opened:
        access = replace(opened.desk.access, bell=bell_of(opened.desk.loaded.settings))
        opened.desk.access = access
        yield opened


def keep(opened: Open, name: str, address: str, *roles: Role, newsletters: str = "") -> None:
    database = opened.desk.newsroom.database
    database.logins.keep_user(User(name, frozenset(roles)), "none", now=DRAFTED)
    database.team.keep_address(name, address)
    if newsletters:
        database.team.keep_newsletters(name, frozenset({newsletters}))


def mails(folder: Folder) -> dict[str, EmailMessage]:
    return {mail["To"].addresses[0].addr_spec: mail for mail in folder.mails()}


def test_those_who_may_approve_this_newsletter_are_told_by_mail_and_nobody_else(mailing: Open) -> None:
    keep(mailing, "cy", "cy@harbour.example", Role.APPROVER)
    keep(mailing, "dana", "dana@harbour.example", Role.APPROVER, newsletters="evening")
    keep(mailing, "efe", "efe@harbour.example", Role.EDITOR)
    keep(mailing, "femi", "", Role.APPROVER)
    with mailing.client("bo", [Role.EDITOR]) as client:
        told = html.unescape(client.post(f"{PAGE}/ready").text)
        again = html.unescape(client.post(f"{PAGE}/ready").text)

    found = mails(mailing.folder)
    assert set(found) == {"cy@harbour.example"}
    mail = found["cy@harbour.example"]
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Ready for approval: " in mail["Subject"]
    assert "bo says that it is ready for approval" in text
    assert mailing.edition.subject in text
    assert f"{mailing.url}{PAGE}/approve" in text
    assert "Told by mail: cy." in told
    assert "No address is known of amina, femi." in told
    assert "said already, and nothing changed since" in again
    entry = mailing.desk.audit_log.entries(edition=str(KEY))[0]
    assert (entry.who, entry.action, entry.detail) == ("bo", "said it is ready for approval", "")


def test_a_change_wants_it_said_anew_and_the_page_says_who_said_it(mailing: Open) -> None:
    with mailing.client("bo", [Role.EDITOR]) as client:
        client.post(f"{PAGE}/ready")
        before = client.get(f"{PAGE}/approve").text
        client.edit("subject", text="Another subject")
        after = client.get(f"{PAGE}/approve").text
        anew = html.unescape(client.post(f"{PAGE}/ready").text)

    assert "bo says that it is ready for approval, Mon 23 Nov, 06:05." in before
    assert "/ready" not in before
    assert "It was changed since." in after
    assert "It is marked as ready." in anew


def test_without_mail_it_is_marked_and_said_whom_to_tell(opened: Open) -> None:
    with opened.client("bo", [Role.EDITOR]) as client:
        told = html.unescape(client.post(f"{PAGE}/ready").text)

    assert "No mail leaves this desk: tell amina, cy yourself." in told
    ready = opened.desk.newsroom.database.talks.ready(KEY)
    assert ready is not None
    assert (ready.who, ready.revision) == ("bo", opened.edition.revision)


def test_a_server_that_is_away_is_told_and_the_mark_stays(folder: Folder) -> None:
    with folder.config.open("a") as config:
        config.write(
            '\n[alerts.smtp]\nhost = "127.0.0.1"\nport = 1\ntls = "none"\n'
            'sender = "Alarms <alarms@harbour.example>"\nto = ["desk@harbour.example"]\n'
        )
    with at_work(folder) as opened:
        opened.desk.access = replace(opened.desk.access, bell=bell_of(opened.desk.loaded.settings))
        keep(opened, "cy", "cy@harbour.example", Role.APPROVER)
        with opened.client("bo", [Role.EDITOR]) as client:
            told = html.unescape(client.post(f"{PAGE}/ready").text)

        assert "Not told, 127.0.0.1" in told
        assert opened.desk.newsroom.database.talks.ready(KEY) is not None


@pytest.mark.parametrize("name", ["cy", "eve"])
def test_only_an_editor_says_it(opened: Open, name: str) -> None:
    roles = {"cy": [Role.APPROVER], "eve": [Role.MANAGER, Role.OPS]}[name]
    with opened.client(name, roles) as client:
        assert client.post(f"{PAGE}/ready").status_code == 403


def test_what_is_approved_waits_for_no_approval(opened: Open) -> None:
    with opened.client() as client:
        approve(client)

        assert client.post(f"{PAGE}/ready").status_code == 409


def test_nothing_of_a_letter_is_taken_for_a_readers_value(mailing: Open) -> None:
    keep(mailing, "cy", "cy@harbour.example", Role.APPROVER)
    with mailing.client("%%unsubscribe%%", [Role.EDITOR]) as client:
        told = html.unescape(client.post(f"{PAGE}/ready").text)

    assert "Told by mail: cy." in told
    assert list(mails(mailing.folder)) == ["cy@harbour.example"]
