"""Programs are told what becomes of editions: once each, signed, and again until they have it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.errors import ConfigurationError
from digest.settings.loading import load
from digest.upkeep.alarms.channels import signature
from digest.upkeep.webhooks import telling
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.upkeep.receiver import Receiver, receiving
from tests.upkeep.stage import SECRET

SEND = datetime.fromisoformat(AT_SEND)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver) -> Folder:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready(newsletter='approval = "required"')
    hook(folder, receiver)
    return folder


def hook(folder: Folder, receiver: Receiver, more: str = "") -> None:
    with folder.config.open("a") as config:
        config.write(f'\n[webhooks.cms]\nurl = "{receiver.url}/cms"\nsecret = "{SECRET}"\n{more}')


def run(folder: Folder, now: str | datetime) -> None:
    folder("run", "morning", now=now if isinstance(now, str) else now.isoformat())


def kinds(receiver: Receiver) -> list[str]:
    return [one.values["type"] for one in receiver.got if one.path == "/cms"]


def events(folder: Folder) -> list[dict[str, object]]:
    told: list[dict[str, object]] = folder("webhooks", "list", "--json").values["events"]
    return told


def test_each_step_of_an_edition_is_told_once_and_signed(folder: Folder, receiver: Receiver) -> None:
    run(folder, SEND - 25 * MINUTE)
    folder("approve", "morning", now=(SEND - 20 * MINUTE).isoformat())
    run(folder, SEND)
    run(folder, SEND + MINUTE)

    assert kinds(receiver) == ["edition.drafted", "edition.approved", "edition.sent"]
    sent = receiver.got[-1]
    assert sent.values["data"] | {"content_hash": "", "revision": 0, "subject": ""} == {
        "newsletter": "morning",
        "number": "2026-11-23",
        "state": "closed",
        "subject": "",
        "revision": 0,
        "content_hash": "",
        "frozen": 5,
        "sent": 5,
        "failed": 0,
        "skipped": 0,
        "held": 0,
        "outcome": "done",
    }
    assert b"@" not in sent.body
    name, stamp = sent.headers["webhook-id"], sent.headers["webhook-timestamp"]
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    mac = hmac.new(key, f"{name}.{stamp}.".encode() + sent.body, hashlib.sha256).digest()
    assert sent.headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"


def test_of_earlier_days_than_its_first_look_it_is_told_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready()
    run(folder, SEND)
    hook(folder, receiver)

    for _ in range(2):
        folder("run", "morning", now=NEXT_DAY)

    assert kinds(receiver) == []
    assert [one["next_at"] for one in events(folder)] == [None] * 3


def test_it_is_told_what_it_asks_for_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready()
    hook(folder, receiver, 'events = ["edition.sent"]\n')

    run(folder, SEND)
    run(folder, SEND + MINUTE)

    assert kinds(receiver) == ["edition.sent"]


def test_a_program_that_is_away_is_told_later_with_growing_waits(
    folder: Folder, receiver: Receiver
) -> None:
    run(folder, SEND - 25 * MINUTE)
    receiver.got.clear()
    receiver.status = 503
    folder("approve", "morning", now=(SEND - 20 * MINUTE).isoformat())
    run(folder, SEND - 20 * MINUTE)
    run(folder, SEND - 20 * MINUTE + timedelta(seconds=30))
    early = len(receiver.got)
    run(folder, SEND - 18 * MINUTE)
    tried = len(receiver.got)
    receiver.status = 200
    run(folder, SEND - 12 * MINUTE)

    assert (early, tried) == (1, 2)
    assert len({one.headers["webhook-id"] for one in receiver.got}) == 1
    (event,) = [one for one in events(folder) if one["type"] == "edition.approved"]
    assert (event["tries"], event["next_at"], event["problem"]) == (3, None, "")
    assert event["told_at"] is not None


def test_after_the_last_try_it_waits_for_a_replay(folder: Folder, receiver: Receiver) -> None:
    run(folder, SEND - 25 * MINUTE)
    receiver.got.clear()
    receiver.status = 500
    folder("approve", "morning", now=(SEND - 20 * MINUTE).isoformat())
    at = SEND - 20 * MINUTE
    run(folder, at)
    with_waits = at
    for wait in telling.WAITS:
        with_waits += wait
        run(folder, with_waits)
    given_up = next(one for one in events(folder) if one["type"] == "edition.approved")
    receiver.status = 200
    number = str(given_up["number"])
    replayed = folder("webhooks", "replay", number, now=with_waits.isoformat())
    run(folder, with_waits + MINUTE)

    assert (given_up["next_at"], given_up["tries"]) == (None, len(telling.WAITS) + 1)
    assert "500" in str(given_up["problem"])
    assert replayed.code == Exit.DONE
    told = next(one for one in events(folder) if str(one["number"]) == number)
    assert (told["tries"], told["problem"]) == (1, "")
    assert folder("webhooks", "replay", "999").code != Exit.DONE


def test_a_receiver_that_is_gone_for_good_is_not_asked_again(folder: Folder, receiver: Receiver) -> None:
    run(folder, SEND - 25 * MINUTE)
    receiver.got.clear()
    receiver.status = 410
    folder("approve", "morning", now=(SEND - 20 * MINUTE).isoformat())
    run(folder, SEND - 20 * MINUTE)
    run(folder, SEND - 10 * MINUTE)

    assert len(receiver.got) == 1
    (event,) = [one for one in events(folder) if one["type"] == "edition.approved"]
    assert (event["next_at"], event["tries"]) == (None, 1)
    assert "410" in str(event["problem"])


def test_while_a_secret_is_changed_both_sign() -> None:
    new, old = f"whsec_{'bmV3' * 10}", f"whsec_{'b2xk' * 10}"

    both = signature(f"{new} {old}", "msg_1", "1763868000", b"{}")

    assert both.split() == [signature(one, "msg_1", "1763868000", b"{}") for one in (new, old)]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param('url = "ftp://cms.example"\nsecret = "{secret}"', id="no-web-address"),
        pytest.param('url = "https://cms.example"', id="no-secret"),
        pytest.param('url = "https://cms.example"\nsecret = ""', id="empty-secret"),
        pytest.param('url = "https://cms.example"\nsecret = "whsec_abc"', id="short-secret"),
        pytest.param('url = "https://cms.example"\nsecret = "{secret} whsec_abc"', id="short-old-secret"),
        pytest.param(
            'url = "https://cms.example"\nsecret = "{secret} {secret} {secret} {secret}"', id="many-secrets"
        ),
        pytest.param(
            'url = "https://cms.example"\nsecret = "{secret}"\nevents = ["edition.read"]',
            id="no-such-event",
        ),
    ],
)
def test_a_webhook_that_could_not_be_called_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).ready()
    with folder.config.open("a") as config:
        config.write("\n[webhooks.cms]\n" + wrong.replace("{secret}", SECRET))

    with pytest.raises(ConfigurationError, match=r"webhooks\.cms"):
        load(folder.config, environ={})
