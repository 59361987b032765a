"""The week's best at the desk: shown, approved and sent like every edition, to its own readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from digest.editions.weekly import weekly_key
from digest.model import EditionState
from subscribers.model import Frequency
from tests.journeys.desk import Folder
from tests.journeys.sending.test_weekly import SATURDAY, WEEKLY, a_week, mailed, ready, sign_up
from tests.web.newsroom import Open, at_work

KEY = weekly_key("morning", datetime.fromisoformat(SATURDAY).date())
PAGE = f"/desk/editions/morning/{KEY.day}~weekly"


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Open]:
    """A week has gone out, and its best waits for an editor."""
    folder = ready(Folder(tmp_path))
    sign_up(folder, WEEKLY, Frequency.WEEKLY)
    a_week(folder)
    config = folder.config.read_text()
    folder.config.write_text(config.replace("weekly_items", 'approval = "required"\nweekly_items'))
    folder("run", "morning", now=SATURDAY)
    with at_work(folder) as desk:
        desk.clock.now = datetime.fromisoformat(SATURDAY)
        yield desk


def test_the_desk_shows_it_and_sends_it_to_its_own_readers_when_approved(waiting: Open) -> None:
    with waiting.client() as client:
        shown, today = client.get(PAGE), client.get("/desk").text
        approval = client.get(f"{PAGE}/approve")
        plan = waiting.desk.editions.load(KEY)
        assert plan is not None
        digest = approval.text.partition('name="hash" value="')[2].partition('"')[0]
        answer = client.post(f"{PAGE}/approve", hash=digest, revision=str(plan.revision), warnings="seen")
        sent = waiting.desk.courier.look_once()
        told = [client.get(f"{PAGE}{room}").text for room in ("", "/results")]

    assert re.search(r"· weekly, \w+ \d+ \w+</p>\s*<h2 dir=\"auto\"><a href=\"" + PAGE, today)
    assert all(f'href="{PAGE}/correct"' in page for page in told)
    assert shown.status_code == 200
    assert approval.status_code == 200
    assert "<b>1</b> reader of" in approval.text
    assert answer.status_code in {200, 303}
    assert sent == 1
    done = waiting.desk.editions.load(KEY)
    assert done is not None
    assert done.state is EditionState.CLOSED
    assert len(mailed(waiting.folder, WEEKLY)) == 1
    assert len(mailed(waiting.folder, "reader0@list.example")) == 5
