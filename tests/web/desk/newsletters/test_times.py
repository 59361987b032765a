"""One edition's own sending time, moved at the desk: who may, when no more, and who goes by it."""

from __future__ import annotations

import html
import json
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from digest.cli.exits import Exit
from digest.model import EditionState
from digest.model.desk import Role
from digest.model.upkeep import AlertKind
from digest.selection.window import deadline, send_time
from digest.upkeep.alarms import of_editions
from tests.web.desk.test_approving import approve
from tests.web.desk.test_holding import freeze
from tests.web.newsroom import DRAFTED, KEY, PAGE, SEND_TIME, Open, at_work, written

SCHEDULE = 'approval = "required"\ndeadline = "10:00"'
LATER = SEND_TIME + timedelta(hours=1, minutes=45)


@pytest.fixture(scope="module")
def timed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("timed"), newsletter=SCHEDULE).root


@pytest.fixture
def newsroom_folder(timed_folder: Path) -> Path:
    return timed_folder


def move(
    opened: Open, at: str, name: str = "bo", roles: tuple[Role, ...] = (Role.EDITOR,)
) -> httpx.Response:
    with opened.client(name, list(roles)) as client:
        return client.post(f"{PAGE}/time", at=at)


def kept(opened: Open) -> dict[str, str]:
    values = opened.desk.newsroom.database.kept_settings.read().values
    return {".".join(place): json.loads(one.json) for place, one in values.items()}


def schedule_now(opened: Open) -> tuple[str, str]:
    schedule = opened.desk.newsletters["morning"].schedule
    ends = deadline(schedule, KEY.day)
    assert ends is not None
    return f"{send_time(schedule, KEY.day):%H:%M}", f"{ends:%H:%M}"


def test_an_editor_moves_it_and_all_who_ask_go_by_it(opened: Open) -> None:
    answer = move(opened, "08:15")
    with opened.client() as client:
        page = client.get(f"{PAGE}/approve").text
        today = html.unescape(client.get("/desk").text)

    assert answer.status_code == 303
    assert schedule_now(opened) == ("05:15", "08:45")
    assert kept(opened) == {"newsletters.morning.send_times.2026-11-23": "08:15"}
    assert "Mon 23 Nov, 08:15" in page
    assert "its usual time is 06:30" in page
    assert "Mon 23 Nov, 08:15" in today
    assert "moved from 06:30" in today
    entry = next(one for one in opened.desk.audit_log.entries() if one.action == "moved the time")
    assert (entry.who, entry.edition, entry.detail) == ("bo", str(KEY), "06:30 → 08:15")
    # Another process reads the same settings: `status --expect` waits as long.
    usual = opened.folder("status", "--expect", "morning", now=f"{SEND_TIME:%Y-%m-%dT%H:%M:%S%z}")
    assert usual.code == Exit.DONE, usual.out
    late = opened.folder("status", "--expect", "morning", now=f"{LATER:%Y-%m-%dT%H:%M:%S%z}")
    assert late.code == Exit.WAITING_FOR_APPROVAL, late.out


def test_the_alarm_before_the_deadline_rings_later(opened: Open) -> None:
    usual_alarm, moved_alarm = DRAFTED.replace(hour=9, minute=40), DRAFTED.replace(hour=11, minute=20)
    move(opened, "08:15")
    opened.desk.refresh()

    def found(now: datetime) -> list[AlertKind]:
        newsroom, rules = opened.desk.newsroom, opened.desk.newsroom.settings.alerts
        return [one.kind for one in of_editions.troubles(newsroom, rules, now)]

    assert found(usual_alarm) == []
    assert found(moved_alarm) == [AlertKind.UNAPPROVED]


def test_what_is_approved_leaves_at_its_moved_time(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    move(opened, "08:15", "cy", (Role.APPROVER,))

    opened.clock.now = SEND_TIME
    early = opened.desk.courier.look_once()
    opened.clock.now = LATER
    opened.desk.courier.look_once()

    assert early == 0
    assert len(opened.folder.recipients()) == 5
    assert opened.edition.state is EditionState.CLOSED


def test_of_what_is_approved_only_an_approver_moves_the_time(opened: Open) -> None:
    with opened.client() as client:
        approve(client)

    by_editor = move(opened, "08:15")
    by_approver = move(opened, "08:15", "cy", (Role.APPROVER,))

    assert (by_editor.status_code, by_approver.status_code) == (403, 303)
    assert opened.edition.state is EditionState.APPROVED, "its bytes are the same, so its approval stands"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        pytest.param("05:30", "its day ends at 2026-11-23 06:00", id="before its day ends"),
        pytest.param("06:05", "has passed already", id="the present moment"),
        pytest.param("06:02", "has passed already", id="a minute ago"),
        pytest.param("24:00", "none between 00:00 and 23:59", id="no time"),
        pytest.param("", "none between 00:00 and 23:59", id="nothing"),
        pytest.param("8:15", "none between 00:00 and 23:59", id="half a time"),
        pytest.param("06:30" * 500, "none between 00:00 and 23:59", id="too much"),
    ],
)
def test_a_time_that_can_not_be_is_refused_in_words(opened: Open, at: str, told: str) -> None:
    answer = move(opened, at)

    assert answer.status_code == 422
    assert told in html.unescape(answer.text)
    assert kept(opened) == {}


def test_who_may_only_look_moves_nothing(opened: Open) -> None:
    assert move(opened, "08:15", "eve", (Role.MANAGER, Role.OPS)).status_code == 403
    assert kept(opened) == {}


def test_what_is_on_its_way_keeps_its_time(opened: Open) -> None:
    with opened.client() as client:
        approve(client)
    freeze(opened, hold=timedelta(hours=1))

    answer = move(opened, "23:00", "cy", (Role.APPROVER,))

    assert answer.status_code == 422
    assert "it is on its way already" in html.unescape(answer.text)
    assert kept(opened) == {}


def test_past_the_deadline_it_is_not_brought_back_by_another_time(opened: Open) -> None:
    opened.clock.now = DRAFTED.replace(hour=10, minute=1)

    answer = move(opened, "12:00")

    assert answer.status_code == 422
    assert "nothing of it goes out any more" in html.unescape(answer.text)


def test_the_usual_time_again_leaves_nothing_behind(opened: Open) -> None:
    move(opened, "08:15")
    with opened.client("bo", [Role.EDITOR]) as client:
        answer = client.post(f"{PAGE}/time", do="usual")

    assert answer.status_code == 303
    assert schedule_now(opened) == ("03:30", "07:00")
    assert kept(opened) == {}


def test_an_approval_for_the_old_time_is_not_taken(opened: Open) -> None:
    with opened.client() as client:
        before = SEND_TIME.isoformat()
        move(opened, "08:15")
        answer = approve(client, at=before)

    assert "Its time was moved" in html.unescape(answer)
    assert opened.edition.state is EditionState.DRAFT


def test_what_the_file_holds_fixed_is_not_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, newsletter=SCHEDULE)
    monkeypatch.chdir(tmp_path)
    with folder.config.open("a") as config:
        config.write('\n[desk]\nfixed = ["newsletters.morning.send_times"]\n')
    with at_work(folder) as opened:
        answer = move(opened, "08:15")

    assert answer.status_code == 409
    assert "whoever runs the desk changes it" in html.unescape(answer.text)


def test_days_long_past_are_said_no_more(opened: Open) -> None:
    store = opened.desk.newsroom.database.kept_settings
    place = ("newsletters", "morning", "send_times", "2026-11-01")
    store.keep({place: '"09:00"'}, based_on=0, who="amina", said="before", now=opened.clock())

    move(opened, "08:15")

    assert kept(opened) == {"newsletters.morning.send_times.2026-11-23": "08:15"}
