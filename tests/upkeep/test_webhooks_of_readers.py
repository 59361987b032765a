"""Programs are told what becomes of readers and of alarms, where they ask for it: by ids, once each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.upkeep.alarms.bell import bell_of
from digest.upkeep.lookout import look_after
from digest.upkeep.webhooks import looking as webhooks
from digest.wiring.newsroom import Newsroom
from subscribers import consent, feedback, people, preferences, privacy, suppression
from subscribers.changes import waiting
from subscribers.feedback import FeedbackEvent, FeedbackKind
from subscribers.model import Evidence, Frequency, SuppressionKind
from tests.journeys.desk import AT_SEND, Folder
from tests.upkeep.receiver import Receiver, receiving
from tests.upkeep.stage import SECRET, Stage

SEND = datetime.fromisoformat(AT_SEND)
MINUTE = timedelta(minutes=1)
READERS = (
    'events = ["subscriber.joined", "subscriber.left", "subscriber.address_dead", '
    '"subscriber.complained", "subscriber.changed"]\n'
)
ADDRESS = "zola@readers.example"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver) -> Stage:
    monkeypatch.chdir(tmp_path)
    return Stage(Folder(tmp_path).ready(), receiver)


def hook(stage: Stage, more: str, name: str = "crm") -> None:
    with stage.folder.config.open("a") as config:
        config.write(f'\n[webhooks.{name}]\nurl = "{stage.receiver.url}/{name}"\n')
        config.write(f'secret = "{SECRET}"\n{more}')


def joined(newsroom: Newsroom) -> str:
    evidence = Evidence("Yes, please.", source="a form")
    return people.add(newsroom.people, ADDRESS, "morning", evidence, now=SEND).subscriber


def confirmed(newsroom: Newsroom) -> None:
    evidence = Evidence("Yes, please.", source="a form")
    signed = consent.sign_up(newsroom.people, ADDRESS, "morning", evidence, now=SEND)
    assert signed.requested_at is not None
    consent.confirm(newsroom.people, signed.subscriber, "morning", signed.requested_at, evidence, now=SEND)


def left(newsroom: Newsroom) -> None:
    preferences.unsubscribe(newsroom.people, joined(newsroom), "morning", now=SEND)


def left_all(newsroom: Newsroom) -> None:
    preferences.unsubscribe_all(newsroom.people, joined(newsroom), now=SEND)


def undone(newsroom: Newsroom) -> None:
    reader = joined(newsroom)
    preferences.unsubscribe(newsroom.people, reader, "morning", now=SEND)
    preferences.undo_unsubscribe(newsroom.people, reader, "morning", Evidence("Undo."), now=SEND)


def erased(newsroom: Newsroom) -> None:
    joined(newsroom)
    privacy.erase(newsroom.people, ADDRESS, now=SEND)


def chose(newsroom: Newsroom) -> None:
    reader = joined(newsroom)
    preferences.choose(newsroom.people, reader, "morning", frequency=Frequency.WEEKLY)
    preferences.choose(newsroom.people, reader, "morning", frequency=Frequency.WEEKLY)


def paused(newsroom: Newsroom) -> None:
    preferences.pause(newsroom.people, joined(newsroom), "morning", SEND.date() + timedelta(days=9))


def described(newsroom: Newsroom) -> None:
    people.describe(newsroom.people, joined(newsroom), name="Zola", tags=["patron"])


def reported(newsroom: Newsroom, kind: FeedbackKind, *, is_permanent: bool = False) -> None:
    joined(newsroom)
    for number in range(2):
        event = FeedbackEvent(f"x:{number}", kind, ADDRESS, SEND, is_permanent=is_permanent)
        feedback.record(newsroom.people, [event], now=SEND)


def dead(newsroom: Newsroom) -> None:
    reported(newsroom, FeedbackKind.BOUNCED, is_permanent=True)


def complained(newsroom: Newsroom) -> None:
    reported(newsroom, FeedbackKind.COMPLAINED)


def barred(newsroom: Newsroom) -> None:
    joined(newsroom)
    for _ in range(2):
        suppression.suppress(newsroom.people, ADDRESS, SuppressionKind.MANUAL, now=SEND)


JOINED = ("subscriber.joined", "morning", "operator")
LEFT = ("subscriber.left", "morning", "reader")

CASES = [
    pytest.param(joined, [JOINED], id="an operator adds"),
    pytest.param(confirmed, [("subscriber.joined", "morning", "double_opt_in")], id="the reader confirms"),
    pytest.param(left, [JOINED, LEFT], id="the reader leaves"),
    pytest.param(left_all, [JOINED, LEFT], id="the reader leaves everything"),
    pytest.param(undone, [JOINED, LEFT, ("subscriber.joined", "morning", "preferences")], id="undone"),
    pytest.param(erased, [JOINED, ("subscriber.left", "", "erased")], id="erased"),
    pytest.param(chose, [JOINED, ("subscriber.changed", "morning", "frequency")], id="another frequency"),
    pytest.param(paused, [JOINED, ("subscriber.changed", "morning", "pause")], id="a pause"),
    pytest.param(described, [JOINED, ("subscriber.changed", "", "name+tags")], id="described anew"),
    pytest.param(dead, [JOINED, ("subscriber.address_dead", "", "provider")], id="the address is dead"),
    pytest.param(
        complained,
        [JOINED, ("subscriber.complained", "", "provider"), ("subscriber.left", "morning", "complaint")],
        id="a complaint",
    ),
    pytest.param(barred, [JOINED, ("subscriber.left", "", "operator")], id="suppressed by an operator"),
]


def look(newsroom: Newsroom, now: datetime = SEND) -> None:
    look_after(newsroom, bell_of(newsroom.settings), now=now)


@pytest.mark.parametrize(("act", "told"), CASES)
def test_what_becomes_of_a_reader_is_told_once_without_the_address(
    stage: Stage, receiver: Receiver, act: Callable[[Newsroom], object], told: list[tuple[str, str, str]]
) -> None:
    hook(stage, READERS)
    with stage.newsroom(SEND) as newsroom:
        act(newsroom)
        look(newsroom)
        look(newsroom, SEND + MINUTE)

        assert waiting(newsroom.people, limit=10) == ()
    values = [one.values for one in receiver.got]
    assert [(one["type"], one["data"]["list"], one["data"]["how"]) for one in values] == told
    assert not any(b"@" in one.body or b"zola" in one.body.lower() for one in receiver.got)
    assert len({one.headers["webhook-id"] for one in receiver.got}) == len(told)


def test_an_address_is_told_where_it_is_asked_for_and_kept_nowhere(
    stage: Stage, receiver: Receiver
) -> None:
    hook(stage, READERS + "addresses = true\n")
    with stage.newsroom(SEND) as newsroom:
        joined(newsroom)
        look(newsroom)
        erase_later = newsroom.database.webhooks.listed(limit=5)
        privacy.erase(newsroom.people, ADDRESS, now=SEND)
        newsroom.database.webhooks.replay([one.number for one in erase_later], now=SEND)
        look(newsroom, SEND + MINUTE)

        kept = newsroom.database.webhooks.listed(limit=5)
    told = [(one.values["type"], one.values["data"]["address"]) for one in receiver.got]
    assert told == [("subscriber.joined", ADDRESS), ("subscriber.joined", ""), ("subscriber.left", "")]
    assert not any(b"@" in one.body for one in kept)


def test_where_nobody_asks_nothing_of_readers_is_kept(stage: Stage) -> None:
    hook(stage, "")
    with stage.newsroom(SEND) as newsroom:
        left(newsroom)

        assert waiting(newsroom.people, limit=10) == ()


def test_what_waits_is_forgotten_once_nobody_asks_any_more(stage: Stage) -> None:
    hook(stage, READERS)
    with stage.newsroom(SEND) as newsroom:
        left(newsroom)
    stage.configure(READERS, "")

    with stage.newsroom(SEND) as newsroom:
        before = waiting(newsroom.people, limit=10)
        privacy.retain(newsroom.people, now=SEND)

        assert (len(before), waiting(newsroom.people, limit=10)) == (2, ())


def test_an_alarm_is_told_when_it_is_raised_and_when_all_is_well_again(
    stage: Stage, receiver: Receiver
) -> None:
    hook(stage, 'events = ["alert.opened", "alert.closed"]\n')
    stage.world.used = 99
    for now, used in ((SEND, 99), (SEND + MINUTE, 99), (SEND + 2 * MINUTE, 50), (SEND + 3 * MINUTE, 50)):
        stage.world.used = used
        stage.ring(now)
        with stage.newsroom(now) as newsroom:
            webhooks.look(newsroom, url="", now=now)

    assert receiver.kinds == [("alert.opened", "disk-full"), ("alert.closed", "disk-full")]
    assert receiver.got[0].values["data"]["what_to_do"]


def test_an_alarm_that_was_over_before_a_webhook_came_is_no_news_to_it(
    stage: Stage, receiver: Receiver
) -> None:
    stage.world.used = 99
    stage.ring(SEND)
    stage.world.used = 50
    stage.ring(SEND + MINUTE)
    hook(stage, 'events = ["alert.opened", "alert.closed"]\n')

    with stage.newsroom(SEND + 2 * MINUTE) as newsroom:
        webhooks.look(newsroom, url="", now=SEND + 2 * MINUTE)

    assert receiver.got == []


def test_a_dead_program_keeps_no_other_from_its_news(stage: Stage, receiver: Receiver) -> None:
    hook(stage, READERS)
    with stage.folder.config.open("a") as config:
        config.write(f'\n[webhooks.away]\nurl = "http://127.0.0.1:1/"\nsecret = "{SECRET}"\n{READERS}')
    with stage.newsroom(SEND) as newsroom:
        joined(newsroom)
        look(newsroom)

        away = [one for one in newsroom.database.webhooks.listed(limit=5) if one.hook == "away"]
    assert [one.values["type"] for one in receiver.got] == ["subscriber.joined"]
    assert [(one.tries, one.next_at) for one in away] == [(1, SEND + MINUTE)]
