"""What stands before a real Postfix fails: nobody is written off, and once mended each gets one mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import Folder
from tests.journeys.sending.mail_server import by_smtp
from tests.journeys.sending.test_real_servers import time_passes
from tests.ports import free_port
from tests.transports.smtp.postfix_relay import Relay, running
from tests.transports.smtp.test_postfix_queue import arrived

pytestmark = [pytest.mark.postfix, pytest.mark.slow, pytest.mark.timeout(1800)]

READERS = 200
DEADLINE = 'deadline = "10:00"'
HOURS = [f"2026-11-23T{hour:02}:{minute:02}:00+03:00" for hour in (6, 7, 8, 9) for minute in (30, 45)]
"""Later than each wait between two tries, and earlier than the deadline."""

TROUBLES = {
    "a dead milter": "smtpd_milters = inet:127.0.0.1:{dead}\nmilter_default_action = tempfail",
    "a dead milter that refuses": "smtpd_milters = inet:127.0.0.1:{dead}\nmilter_default_action = reject",
    "a before-queue filter that is down": "smtpd_proxy_filter = 127.0.0.1:{dead}",
}


@pytest.fixture
def home() -> Iterator[Path]:
    # Not below pytest's own folder: another session of it closes that to the readers' boxes.
    with TemporaryDirectory(prefix="postfix-") as home:
        yield Path(home)


def ready(folder: Folder, relay: Relay) -> None:
    """Make the day of so many readers, who all have boxes behind the relay."""
    folder.write(transport=by_smtp(relay.port, "mails_per_connection = 10"), newsletter=DEADLINE)
    rows = "".join(f"reader{number}@readers.example\n" for number in range(READERS))
    (folder.root / "people.csv").write_text("email\n" + rows)
    folder("migrate")
    folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "morning")


def counts(folder: Folder) -> dict[str, int]:
    tally = folder("audit", "morning", "--json").values["tally"]
    return {name: count for name, count in tally.items() if count and name not in {"frozen", "adds_up"}}


def boxes(relay: Relay) -> Counter[str]:
    mails = [message_from_bytes(raw, policy=default) for raw in arrived(relay.readers, READERS)]
    return Counter(str(mail["X-Original-To"]) for mail in mails)


def runs_until_done(folder: Folder) -> list[int]:
    """Run as cron does, until everybody has it or the times are over."""
    codes: list[int] = []
    for now in HOURS:
        time_passes(folder)
        codes.append(folder("run", "morning", now=now).code)
        if codes[-1] == Exit.DONE:
            break
    return codes


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_a_front_that_fails_from_the_first_mail_on_fails_nobody(
    folder: Folder, home: Path, trouble: str
) -> None:
    with running(home) as relay:
        ready(folder, relay)
        relay.have(trouble.format(dead=free_port()))

        first = folder("run", "morning", now=HOURS[0])
        before = counts(folder)
        relay.have(f"smtpd_proxy_filter = 127.0.0.1:{relay.inner}")
        codes = runs_until_done(folder)

        assert first.code in {Exit.UNAVAILABLE, Exit.UNFINISHED}
        assert before == {"planned": READERS}
        assert codes[-1] == Exit.DONE
        assert counts(folder) == {"sent": READERS}
        assert boxes(relay) == {f"reader{number}@readers.example": 1 for number in range(READERS)}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_a_front_that_fails_in_mid_list_fails_nobody(folder: Folder, home: Path, trouble: str) -> None:
    with running(home) as relay, ThreadPoolExecutor(1) as pool:
        ready(folder, relay)

        def fail() -> None:
            arrived(relay.readers, READERS // 4)
            relay.have(trouble.format(dead=free_port()))

        failing = pool.submit(fail)
        first = folder("run", "morning", now=HOURS[0])
        failing.result()
        before = counts(folder)
        relay.have("")
        codes = runs_until_done(folder)

        assert first.code in {Exit.DONE, Exit.UNAVAILABLE, Exit.UNFINISHED}
        assert before.keys() <= {"sent", "planned"}
        assert codes[-1] == Exit.DONE
        assert counts(folder) == {"sent": READERS}
        assert boxes(relay) == {f"reader{number}@readers.example": 1 for number in range(READERS)}


def test_postscreen_that_lets_nobody_in_at_once_costs_nobody_their_mail(folder: Folder, home: Path) -> None:
    with running(home, postscreen=True) as relay:
        ready(folder, relay)

        codes = runs_until_done(folder)

        assert "postscreen" in relay.log.read_text()
        assert set(codes[:-1]) <= {Exit.UNAVAILABLE, Exit.UNFINISHED}
        assert codes[-1] == Exit.DONE
        assert counts(folder) == {"sent": READERS}
        assert boxes(relay) == {f"reader{number}@readers.example": 1 for number in range(READERS)}
