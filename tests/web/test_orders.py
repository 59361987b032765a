"""No order of what readers, operators and providers do leads to a mail to someone who said no.

Everything goes through the doors that stand open: the HTTP application, the webhook with its signatures,
the command line. What may happen is remembered by a clerk who knows nothing of our tables.
"""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from starlette.testclient import TestClient

from digest.transports.sendgrid.rows import REFERENCE_ARG
from digest.web.app import build
from digest.web.hooks import by_sendgrids_key
from digest.web.public.visit import gate_of
from subscribers import people, suppression
from subscribers.audience import audience, suppressed
from subscribers.errors import NotAllowed
from subscribers.model import SuppressionKind
from tests.journeys.desk import AT_SEND, Folder
from tests.web.clerk import Asked, Clerk
from tests.web.newsroom import Open, at_work
from tests.web.public.test_joining import link
from tests.web.public.test_reading import SITE, dump
from tests.web.test_hooks import public_key, signed

LISTS = ("morning", "evening")
STEP = timedelta(minutes=90)
_NUMBERS = count()

LIST = st.sampled_from(LISTS)
BACK = st.integers(0, 3)


class Orders(RuleBasedStateMachine):
    """One reader of a newsroom, at all its doors in any order."""

    opened: Open
    web: TestClient

    @initialize()
    def begin(self) -> None:
        self.address = f"reader{next(_NUMBERS)}@list.example"
        self.clerk = Clerk()
        self.asked: list[Asked] = []
        self.ids: list[str] = []
        self.outbox = set((self.opened.folder.root / "outbox").rglob("*.eml"))

    @property
    def now(self) -> datetime:
        return self.opened.clock()

    def later(self) -> None:
        """Let an hour and a half pass: limits are forgotten, an undo is too late."""
        self.opened.clock.forward(STEP)

    def unsubscribe_path(self, name: str, back: int) -> str | None:
        if not self.ids:
            return None
        who = self.ids[-1 - back % len(self.ids)]
        return f"/u/{self.opened.desk.newsroom.signer.unsubscribe(who, name)}"

    def is_on_record(self, path: str | None, name: str) -> bool:
        """Tell whether the person behind an unsubscribe link is stored with that list."""
        found = people.search(self.opened.desk.newsroom.people, self.address)
        if path is None or not found or found[0].id not in path:
            return False
        shown = people.show(self.opened.desk.newsroom.people, self.address)
        return name in {one.mailing_list for one in shown.subscriptions}

    def collect(self, name: str | None) -> None:
        """Read the mails that came since; every one asks about a sign-up made now."""
        gate_of(self.opened.desk).mailer.settle()
        for path in sorted((self.opened.folder.root / "outbox").rglob("*.eml")):
            if path not in self.outbox:
                self.outbox.add(path)
                mail = _mail(path)
                subject = str(mail["Subject"])
                about = name or next(one for one in LISTS if one in subject.lower())
                assert mail["To"].addresses[0].addr_spec.lower() == self.address
                self.asked.append(Asked(link(mail), about, self.now))
        for found in people.search(self.opened.desk.newsroom.people, self.address):
            if found.id not in self.ids:
                self.ids.append(found.id)

    @rule(name=LIST)
    def signs_up(self, name: str) -> None:
        self.later()
        answer = self.web.post(f"/signup/{name}", data={"email": self.address.upper()})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/signup/{name}/sent")
        self.collect(name)

    @rule(back=BACK)
    def confirms(self, back: int) -> None:
        self.later()
        if not self.asked:
            return
        mail = self.asked[-1 - back % len(self.asked)]
        assert self.web.get(mail.link).status_code in {200, 404}
        if self.web.post(mail.link).status_code == 200 and self.clerk.yes.get(mail.mailing_list) != mail.at:
            self.clerk.yes[mail.mailing_list], self.clerk.confirmed_at[mail.mailing_list] = (
                mail.at,
                self.now,
            )

    @rule(name=LIST, back=BACK, is_one_click=st.booleans())
    def unsubscribes(self, name: str, back: int, is_one_click: bool) -> None:
        self.later()
        path = self.unsubscribe_path(name, back)
        was_there = self.is_on_record(path, name)
        if path is None:
            return
        form = {"List-Unsubscribe": "One-Click"} if is_one_click else {}
        answer = self.web.post(path, data=form)
        assert answer.status_code == (200 if is_one_click else 303)
        if was_there:
            self.clerk.says_no(name, at=self.now)

    @rule(name=LIST, is_late=st.booleans())
    def takes_it_back(self, name: str, is_late: bool) -> None:
        self.unsubscribes(name=name, back=0, is_one_click=False)
        if is_late:
            self.later()
        path = self.unsubscribe_path(name, 0)
        if path is None:
            return
        answer = self.web.post(f"{path}/undo")
        if answer.status_code == 200 and self.clerk.no.get(name) == self.now:
            del self.clerk.no[name]
        assert answer.status_code in ({409} if is_late and not self.clerk.may_get(name) else {200, 409})

    @rule(ticked=st.sets(LIST), back=BACK)
    def chooses(self, ticked: set[str], back: int) -> None:
        """Send the preferences page with some lists ticked and the others not."""
        self.later()
        if not self.ids:
            return
        who = self.ids[-1 - back % len(self.ids)]
        on_record = [n for n in LISTS if self.is_on_record(f"/u/{who}", n)]
        form = {"list": list(LISTS), "on": sorted(ticked), "name": "", "language": "", "timezone": ""}
        topics = {f"topic-{name}": ["port", "rest"] for name in LISTS}
        path = f"/p/{self.opened.desk.newsroom.signer.preferences(who)}"
        answer = self.web.post(path, data={**form, **topics})
        assert answer.status_code in {303, 404}
        if answer.status_code == 303:
            self.clerk.says_no(*(name for name in on_record if name not in ticked), at=self.now)
        self.collect(None)

    @rule(back=BACK)
    def leaves_everything(self, back: int) -> None:
        self.later()
        if not self.ids:
            return
        who = self.ids[-1 - back % len(self.ids)]
        answer = self.web.post(f"/p/{self.opened.desk.newsroom.signer.preferences(who)}/leave")
        if answer.status_code == 200:
            self.clerk.says_no(*LISTS, at=self.now)

    @rule(name=LIST, status=st.sampled_from(["", "", "unsubscribed", "bounced"]))
    def is_imported(self, name: str, status: str) -> None:
        self.later()
        path = self.opened.folder.root / "again.csv"
        path.write_text(f"email,status\n{self.address},{status}\n")
        when = self.now.isoformat()
        assert self.opened.folder("subscribers", "import", str(path), "--list", name, now=when).code == 0
        if status == "unsubscribed":
            self.clerk.says_no(name, at=self.now)
        if status == "bounced":
            self.clerk.is_barred = True
        self.collect(None)

    @rule(name=LIST)
    def is_added_by_an_operator(self, name: str) -> None:
        self.later()
        words = ("--list", name, "--consent", "by phone")
        self.opened.folder("subscribers", "add", self.address, *words, now=self.now.isoformat())
        self.collect(None)

    @rule(kind=st.sampled_from(list(SuppressionKind)))
    def is_lifted_by_an_operator(self, kind: SuppressionKind) -> None:
        self.later()
        database = self.opened.desk.newsroom.people
        try:
            is_lifted = suppression.lift(database, self.address, kind)
        except NotAllowed:
            return
        if is_lifted:
            self.clerk.is_barred = bool(suppression.suppressions_of(database, self.address))

    @rule(
        what=st.sampled_from(["bounce", "spamreport", "unsubscribe"]), back=BACK, repeats=st.integers(1, 2)
    )
    def is_reported(self, what: str, back: int, repeats: int) -> None:
        """Let the provider tell, late and more than once."""
        self.later()
        at = self.now - back * STEP
        event = {"event": what, "sg_event_id": f"e{next(_NUMBERS)}", "timestamp": int(at.timestamp())}
        told = {**event, "email": self.address, "status": "5.1.1", REFERENCE_ARG: "another mail"}
        body = json.dumps([told]).encode()
        for _ in range(repeats):
            headers = signed(body, int(self.now.timestamp()))
            assert self.web.post("/hooks/sendgrid", content=body, headers=headers).status_code == 204
        if what != "unsubscribe":
            self.clerk.is_barred = True
        if what != "bounce":
            self.clerk.says_no(*LISTS, at=at)

    @rule()
    def is_erased(self) -> None:
        self.later()
        when = self.now.isoformat()
        assert self.opened.folder("subscribers", "erase", self.address, "--yes", now=when).code == 0
        self.clerk.says_no(*LISTS, at=self.now)

    @rule(way=st.sampled_from("upcv"), name=LIST, cut=st.integers(1, 30), back=BACK)
    def somebody_tries_links(self, way: str, name: str, cut: int, back: int) -> None:
        """Cut, forge and swap every link there is: nothing may come of it."""
        self.later()
        if not self.ids:
            return
        who, signer = self.ids[-1 - back % len(self.ids)], self.opened.desk.newsroom.signer
        links = [
            signer.unsubscribe(who, name),
            signer.preferences(who),
            signer.view(who, "morning/2026-11-23"),
        ]
        links += [one.link.removeprefix("/c/") for one in self.asked]
        bad = [one[:-cut] for one in links] + [f"{one[:-cut]}{'A' * cut}" for one in links]
        bad += [one for one in links if not one.startswith(way)]
        bad += [f"{way}{one[1:]}" for one in links if not one.startswith(way)]
        before = dump(self.opened.folder)
        for token in bad:
            for rest in ("", "/undo", "/leave"):
                assert self.web.post(f"/{way}/{token}{rest}").status_code in {404, 405}
        assert dump(self.opened.folder) == before

    @invariant()
    def nobody_who_said_no_is_mailed(self) -> None:
        if not hasattr(self, "clerk"):
            return
        with self.opened.desk.newsroom.people.reading() as connection:
            for name in LISTS:
                rows = connection.execute(audience([name], now=self.now)).mappings()
                gets = [row for row in rows if row["canonical"] == self.address]
                assert len(gets) <= 1
                if gets:
                    assert self.clerk.may_get(name), name
                    barred = connection.execute(suppressed([name], now=self.now)).scalars()
                    assert self.address not in set(barred)


def _mail(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


@contextmanager
def doors(folder: Folder) -> Iterator[tuple[Open, TestClient]]:
    with at_work(folder) as opened:
        app = build(opened.desk)
        app.state.hooks = {"sendgrid": by_sendgrids_key(public_key())}
        yield opened, TestClient(app, headers={"accept": "text/html"}, follow_redirects=False)


EVENING = """
[newsletters.evening]
title = "Gazette Evening"
sender = "Quay Gazette <evening@gazette.example>"
lists = ["evening"]
timezone = "Africa/Nairobi"
cutoff = "18:00"
send_at = "18:30"

[[newsletters.evening.sections]]
key = "port"
title = "Port"

[[newsletters.evening.sections]]
key = "rest"
title = "More"

[[newsletters.evening.sources]]
kind = "folder"
path = "articles"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ready(readers=1, more=EVENING)


def test_no_order_at_any_door_mails_someone_who_said_no(folder: Folder) -> None:
    with doors(folder) as (opened, web):
        Orders.opened, Orders.web = opened, web
        run_state_machine_as_test(
            Orders,
            settings=settings(
                deadline=None,
                max_examples=25,
                stateful_step_count=12,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            ),
        )


def test_the_clerk_would_notice(folder: Folder) -> None:
    """The property can fail: a yes that no door gave is found out."""
    with doors(folder) as (opened, web):
        Orders.opened, Orders.web = opened, web
        machine = Orders()
        machine.begin()
        machine.signs_up(name="morning")
        machine.confirms(back=0)
        machine.nobody_who_said_no_is_mailed()
        assert machine.clerk.yes
        machine.clerk.says_no("morning", at=machine.now)
        with pytest.raises(AssertionError):
            machine.nobody_who_said_no_is_mailed()


def test_the_one_click_of_a_real_mail_ends_one_list_of_one_reader_and_its_links_end_nothing(
    folder: Folder,
) -> None:
    rows = "email\nreader0@list.example\nreader1@list.example\n"
    (folder.root / "both.csv").write_text(rows)
    for name in LISTS:
        path = str(folder.root / "both.csv")
        assert folder("subscribers", "import", path, "--list", name).code == 0
    assert folder("run", "morning", now=AT_SEND).code == 0
    mail = next(one for one in folder.mails() if one["To"].addresses[0].username == "reader1")
    written = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    headers = [str(mail[name]) for name in mail if name.lower().startswith("list-")]
    links = set(re.findall(rf"{SITE}(/[^\s\"'<>)]+)", html.unescape(" ".join([*written, *headers]))))
    click = re.fullmatch(rf"<{SITE}(/[^>]+)>", mail["List-Unsubscribe"])
    assert click
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    with doors(folder) as (opened, web):
        opened.clock.now = datetime.fromisoformat(AT_SEND)
        before = dump(folder)
        crawled = {path: web.request(way, path).status_code for path in links for way in ("GET", "HEAD")}
        untouched = dump(folder)
        done = web.post(click[1], data={"List-Unsubscribe": "One-Click"})
        found = {
            (one.address, taken.mailing_list): taken.state.value
            for one in people.search(opened.desk.newsroom.people, "reader")
            for taken in people.show(opened.desk.newsroom.people, one.address).subscriptions
        }

    assert len(crawled) >= 5
    assert untouched == before
    assert done.status_code == 200
    assert found == {
        ("reader0@list.example", "morning"): "active",
        ("reader0@list.example", "evening"): "active",
        ("reader1@list.example", "morning"): "ended",
        ("reader1@list.example", "evening"): "active",
    }
