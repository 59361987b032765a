"""No order of events leads to a mail to someone who said no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subscribers import consent, feedback, lists, people, preferences, privacy, suppression
from subscribers.audience import audience
from subscribers.errors import ConfirmationStale, NotAllowed
from subscribers.feedback import FeedbackEvent, FeedbackKind
from subscribers.model import Evidence, SuppressionKind
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import FORM, NOW, answer, barred, load

LISTS = ("morning", "evening")
_NUMBERS = count()
_STEP = timedelta(minutes=90)

_NAMES = (
    *("sign up", "confirm") * 3,
    *("unsubscribe", "undo", "unsubscribe all", "pause", "erase", "retention"),
    *("import", "import", "import as unsubscribed", "import as bounced", "operator adds", "operator lifts"),
    *("provider unsubscribes", "provider unsubscribes from all", "soft bounce", "hard bounce", "complaint"),
)
_OPS = st.tuples(st.sampled_from(_NAMES), st.sampled_from(LISTS), st.integers(0, 3))


@dataclass
class Reader:
    """One address as an honest clerk remembers it: who said what when, and nothing of our tables.

    Attributes:
        no: when the reader last said no to a list.
        yes: when the sign-up was made that the reader last confirmed.
        paused: the first day with mail again, as the reader last wished.
    """

    address: str
    database: SubscriberDatabase
    folder: Path
    now: datetime = NOW
    no: dict[str, datetime] = field(default_factory=dict)
    yes: dict[str, datetime] = field(default_factory=dict)
    confirmed_at: dict[str, datetime] = field(default_factory=dict)
    paused: dict[str, date] = field(default_factory=dict)
    is_barred: bool = False
    sign_ups: list[consent.SignUp] = field(default_factory=list)
    ids: list[str] = field(default_factory=lambda: ["0"])

    def says_no(self, *names: str, at: datetime | None = None) -> None:
        for name in names:
            when = at or self.now
            if self.confirmed_at.get(name, NOW - timedelta(days=1)) <= when:
                self.no[name] = max(when, self.no.get(name, when))

    def may_get(self, name: str) -> bool:
        if self.is_barred or self.now.date() < self.paused.get(name, self.now.date()):
            return False
        said_no = self.no.get(name)
        return said_no is None or (name in self.yes and self.yes[name] > said_no)

    def act(self, op: str, name: str, pick: int) -> None:
        self.now += _STEP
        getattr(self, "_" + op.replace(" ", "_"))(name, pick)
        for found in people.search(self.database, self.address):
            if found.id not in self.ids:
                self.ids.append(found.id)

    def _sign_up(self, name: str, _pick: int) -> None:
        found = consent.sign_up(self.database, self.address.upper(), name, FORM, now=self.now)
        if found.outcome is consent.SignUpOutcome.CONFIRM:
            self.sign_ups.append(found)

    def _confirm(self, _name: str, pick: int) -> None:
        """Click the link of a sign-up mail, the newest or an old one."""
        if not self.sign_ups:
            return
        asked = self.sign_ups[-1 - pick % len(self.sign_ups)]
        assert asked.requested_at is not None
        name = asked.mailing_list
        try:
            consent.confirm(self.database, asked.subscriber, name, asked.requested_at, FORM, now=self.now)
        except (ConfirmationStale, NotAllowed):
            return
        if self.yes.get(name) != asked.requested_at:
            self.yes[name], self.confirmed_at[name] = asked.requested_at, self.now
            self.paused.pop(name, None)

    def _unsubscribe(self, name: str, pick: int) -> None:
        who = self.ids[-1 - pick % len(self.ids)]
        found = [person for person in people.search(self.database, self.address) if person.id == who]
        is_known = found and any(
            one.mailing_list == name for one in people.show(self.database, self.address).subscriptions
        )
        preferences.unsubscribe(self.database, who, name, now=self.now)
        if is_known:
            self.says_no(name)

    def _undo(self, name: str, _pick: int) -> None:
        """Unsubscribe by mistake and take it back at once."""
        self._unsubscribe(name, 0)
        try:
            preferences.undo_unsubscribe(self.database, self.ids[-1], name, FORM, now=self.now)
        except NotAllowed:
            return
        if self.no.get(name) == self.now:
            del self.no[name]

    def _unsubscribe_all(self, _name: str, pick: int) -> None:
        if preferences.unsubscribe_all(self.database, self.ids[-1 - pick % len(self.ids)], now=self.now):
            self.says_no(*LISTS)

    def _import(self, name: str, _pick: int, status: str = "") -> None:
        load(self.database, self.folder, f"email,status\n{self.address},{status}\n", name, now=self.now)

    def _import_as_unsubscribed(self, name: str, pick: int) -> None:
        self._import(name, pick, "unsubscribed")
        self.says_no(name)

    def _import_as_bounced(self, name: str, pick: int) -> None:
        self._import(name, pick, "bounced")
        self.is_barred = True

    def _operator_adds(self, name: str, _pick: int) -> None:
        try:
            people.add(self.database, self.address, name, Evidence(words="by phone"), now=self.now)
        except NotAllowed:
            return

    def _provider_unsubscribes(self, name: str, pick: int) -> None:
        at = self.now - pick * _STEP
        self._report(FeedbackKind.UNSUBSCRIBED, at, mailing_list=name)
        self.says_no(name, at=at)

    def _provider_unsubscribes_from_all(self, _name: str, pick: int) -> None:
        at = self.now - pick * _STEP
        self._report(FeedbackKind.UNSUBSCRIBED, at)
        self.says_no(*LISTS, at=at)

    def _soft_bounce(self, _name: str, _pick: int) -> None:
        self._report(FeedbackKind.BOUNCED, self.now)

    def _hard_bounce(self, _name: str, _pick: int) -> None:
        self._report(FeedbackKind.BOUNCED, self.now, is_permanent=True)
        self.is_barred = True

    def _complaint(self, _name: str, _pick: int) -> None:
        self._report(FeedbackKind.COMPLAINED, self.now)
        self.is_barred = True
        self.says_no(*LISTS)

    def _erase(self, _name: str, _pick: int) -> None:
        privacy.erase(self.database, self.address, now=self.now)
        self.says_no(*LISTS)

    def _retention(self, _name: str, _pick: int) -> None:
        self.now += timedelta(days=31)
        privacy.retain(self.database, now=self.now)

    def _pause(self, name: str, pick: int) -> None:
        until = self.now.date() + timedelta(days=pick)
        try:
            preferences.pause(self.database, self.ids[-1], name, until)
        except (NotAllowed, LookupError):
            return
        self.paused[name] = until

    def _operator_lifts(self, _name: str, pick: int) -> None:
        """Operators lift bounces and their own suppressions; a reader's no is out of their reach."""
        kind = list(SuppressionKind)[pick]
        try:
            is_lifted = suppression.lift(self.database, self.address, kind)
        except NotAllowed:
            return
        if is_lifted:
            self.is_barred = bool(suppression.suppressions_of(self.database, self.address))

    def _report(
        self, kind: FeedbackKind, at: datetime, *, mailing_list: str = "", is_permanent: bool = False
    ) -> None:
        event = FeedbackEvent(f"e{next(_NUMBERS)}", kind, self.address, at, mailing_list, is_permanent)
        feedback.record(self.database, [event, event], now=self.now)


def _play(database: SubscriberDatabase, folder: Path, story: Sequence[tuple[str, str, int]]) -> None:
    reader = Reader(f"reader{next(_NUMBERS)}@harbour.example", database, folder)
    for name in LISTS:
        lists.ensure(database, name, now=NOW)
    for op in story:
        reader.act(*op)
        for name in LISTS:
            rows = answer(database, audience([name], now=reader.now))
            gets = [row for row in rows if row["canonical"] == reader.address]
            assert len(gets) <= 1
            if gets:
                assert reader.may_get(name), (op, name)
                assert reader.address not in barred(database, [name], now=reader.now)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(_OPS, max_size=14))
def test_no_order_mails_someone_who_said_no(
    shared_database: SubscriberDatabase,
    shared_folder: Path,
    story: list[tuple[str, str, int]],
) -> None:
    _play(shared_database, shared_folder, story)


@pytest.mark.postgres
@settings(
    deadline=None,
    max_examples=10,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_OPS, max_size=10))
def test_no_order_mails_someone_who_said_no_on_postgresql(
    postgres_database: SubscriberDatabase, shared_folder: Path, story: list[tuple[str, str, int]]
) -> None:
    _play(postgres_database, shared_folder, story)


@pytest.mark.parametrize(
    "story",
    [
        ["import", "unsubscribe", "import"],
        ["sign up", "confirm", "unsubscribe", "sign up", "import"],
        ["sign up", "confirm", "unsubscribe all", "confirm"],
        ["sign up", "erase", "confirm", "import"],
        ["import", "erase", "retention", "import", "operator adds"],
        ["complaint", "erase", "retention", "sign up", "confirm"],
        ["provider unsubscribes", "import"],
        ["sign up", "confirm", "unsubscribe", "sign up", "retention", "import"],
        ["sign up", "confirm", "erase", "sign up", "retention", "import"],
    ],
    ids=", ".join,
)
def test_the_stories_that_went_wrong_elsewhere_end_without_mail(
    sqlite_database: SubscriberDatabase, tmp_path: Path, story: list[str]
) -> None:
    _play(sqlite_database, tmp_path, [(op, "morning", 0) for op in story])

    assert answer(sqlite_database, audience(["morning"], now=NOW + timedelta(days=90))) == []


@pytest.mark.parametrize(
    "story",
    [["undo"], ["undo", "undo"], ["import", "undo", "import"]],
    ids=", ".join,
)
def test_a_pause_goes_on_after_an_unsubscribe_that_was_undone(
    sqlite_database: SubscriberDatabase, tmp_path: Path, story: list[str]
) -> None:
    before = [("sign up", "morning", 0), ("confirm", "morning", 0), ("pause", "morning", 3)]

    _play(sqlite_database, tmp_path, [*before, *((op, "morning", 0) for op in story)])

    until = NOW + timedelta(days=3)
    assert answer(sqlite_database, audience(["morning"], now=until - timedelta(days=1))) == []
    assert len(answer(sqlite_database, audience(["morning"], now=until))) == 1


def test_a_pause_is_over_when_the_reader_signs_up_anew(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    story = ["sign up", "confirm", "pause", "unsubscribe", "sign up", "confirm"]

    _play(sqlite_database, tmp_path, [(op, "morning", 3 if op == "pause" else 0) for op in story])

    assert len(answer(sqlite_database, audience(["morning"], now=NOW + timedelta(days=1)))) == 1


def test_a_yes_after_everything_is_still_possible(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    story = ["import", "unsubscribe", "sign up", "confirm", "erase", "retention", "sign up", "confirm"]

    _play(sqlite_database, tmp_path, [(op, "morning", 0) for op in story])

    assert len(answer(sqlite_database, audience(["morning"], now=NOW + timedelta(days=90)))) == 1


def test_a_no_to_everything_outlasts_a_yes_to_one_list(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    story = [
        ("sign up", "morning", 0), ("confirm", "morning", 0), ("unsubscribe all", "", 0),
        ("sign up", "morning", 0), ("confirm", "morning", 0), ("import", "evening", 0),
    ]  # fmt: skip

    _play(sqlite_database, tmp_path, story)

    assert answer(sqlite_database, audience(["evening"], now=NOW)) == []
    assert len(answer(sqlite_database, audience(["morning"], now=NOW))) == 1
