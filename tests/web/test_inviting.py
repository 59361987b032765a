"""Invitations by mail: the link goes to the address alone where mail leaves, and is shown where not."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from digest.model.desk import Role
from digest.upkeep.alarms.bell import bell_of
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work

ALERTS = '\n[desk]\nalerts = ["desk@harbour.example"]\n'
DEAD = (
    '\n[alerts.smtp]\nhost = "127.0.0.1"\nport = 1\ntls = "none"\n'
    'sender = "Alarms <alarms@harbour.example>"\nto = ["desk@harbour.example"]\n'
)
OURS = {"sec-fetch-site": "same-origin", "accept": "text/html"}
LINK = re.compile(r"http://\S+/desk/welcome/[\w-]+")


@pytest.fixture(params=[ALERTS])
def mailing(folder: Folder, request: pytest.FixtureRequest) -> Iterator[Open]:
    with folder.config.open("a") as config:
        config.write(request.param)
    with at_work(folder) as opened:
        opened.desk.access = replace(opened.desk.access, bell=bell_of(opened.desk.loaded.settings))
        yield opened


def test_the_mailed_link_lets_in_and_is_shown_to_nobody_else(mailing: Open) -> None:
    with mailing.client() as client:
        page = html.unescape(
            client.post("/desk/team/invite", name="Dara", address=" dara@harbour.example ", whole="1").text
        )
    (mail,) = mailing.folder.mails()
    body = mail.get_body(("plain",))
    assert body is not None
    (link,) = LINK.findall(body.get_content())
    with httpx.Client(timeout=60) as http:
        came = http.post(link, data={"password": "gulls above the ferry"}, headers=OURS)

    assert mail["To"] == "dara@harbour.example"
    assert "The invitation of Dara is on its way to dara@harbour.example." in page
    assert not LINK.search(page)
    assert came.status_code == 303
    assert mailing.desk.newsroom.database.team.address("Dara") == "dara@harbour.example"
    log = " ".join(entry.detail for entry in mailing.desk.audit_log.entries())
    assert "dara@harbour.example" not in log


@pytest.mark.parametrize("mailing", [DEAD], indirect=True)
def test_what_could_not_be_mailed_is_shown_with_the_reason(mailing: Open) -> None:
    with mailing.client() as client:
        page = html.unescape(
            client.post("/desk/team/invite", name="Dara", address="dara@harbour.example").text
        )

    assert "The invitation could not be mailed: 127.0.0.1" in page
    assert LINK.search(page)


def test_without_an_address_or_without_mail_the_link_is_shown(opened: Open) -> None:
    with opened.client() as client:
        plain = client.post("/desk/team/invite", name="Dara").text
        unmailed = html.unescape(
            client.post("/desk/team/invite", name="Efe", address="efe@harbour.example").text
        )

    assert LINK.search(plain)
    assert LINK.search(unmailed)
    assert "could not be mailed: no mail leaves this desk" in unmailed


def test_what_is_no_address_invites_nobody(mailing: Open) -> None:
    with mailing.client() as client:
        answer = client.post("/desk/team/invite", name="Dara", address="dara at harbour")

    assert answer.status_code == 422
    assert mailing.folder.mails() == []
    assert mailing.desk.newsroom.database.team.invitations(now=mailing.clock()) == ()


def test_one_says_where_mail_reaches_oneself_and_ops_says_it_of_others(opened: Open) -> None:
    team = opened.desk.newsroom.database.team
    with opened.client("bo", [Role.EDITOR]) as client:
        page = client.post("/desk/me/address", address="bo@harbour.example").text
        wrong = client.post("/desk/me/address", address="bo")
    before = team.address("bo")
    with opened.client() as client:
        client.post("/desk/team/change", name="bo", do="rights", whole="1", address="else@harbour.example")
        changed = team.address("bo")
        client.post("/desk/team/change", name="bo", do="remove")

    assert "Mail reaches you there from now on." in page
    assert wrong.status_code == 422
    assert (before, changed, team.address("bo")) == ("bo@harbour.example", "else@harbour.example", "")


def test_letters_are_not_sent_without_end(mailing: Open) -> None:
    with mailing.client() as client:
        codes = [
            client.post("/desk/team/invite", name=f"P{number}", address="p@harbour.example").status_code
            for number in range(31)
        ]

    assert codes == [200] * 30 + [429]
