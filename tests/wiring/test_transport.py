"""What the settings of a transport become."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.settings.schema import Settings
from digest.testing import a_batch
from digest.transports.sendgrid.transport import SendGridTransport
from digest.wiring.newsroom import rules_of
from digest.wiring.transport import at_once, transport_of
from tests.settings.configurations import GOOD, loaded
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import Mock

GRID = f"""kind = "sendgrid"
api_key = "{sendgrid_mock.KEY}"
api_url = "URL"
subuser = "harbour"
ip_pool = "news"
categories = ["paper", "été"]
unsubscribe_group = 7
click_tracking = true
open_tracking = true
sandbox = true
fence_minutes = 30
"""


class Kept:
    """Notes that nobody has taken over."""

    def note(self, references: object, note: str) -> int:
        return 1


def settings(folder: Path, url: str, grid: str = GRID) -> Settings:
    text = GOOD.replace('kind = "outbox"\npath = "outbox"', grid.replace("URL", url))
    return loaded(folder, text).settings


def test_every_setting_of_sendgrid_reaches_its_requests(tmp_path: Path) -> None:
    with sendgrid_mock.running(Mock()) as mock:
        transport = transport_of(settings(tmp_path, mock.url), Kept())
        (receipt,) = transport.send(a_batch(count=1))
        transport.close()

    (request,) = mock.requests
    assert mock.on_behalf_of == ["harbour"]
    assert request["ip_pool_name"] == "news"
    assert {"paper", "été"} < set(request["categories"])
    assert request["asm"]["group_id"] == 7
    assert request["mail_settings"]["sandbox_mode"]["enable"] is True
    assert request["tracking_settings"]["click_tracking"] == {"enable": True, "enable_text": False}
    assert request["tracking_settings"]["open_tracking"]["enable"] is True
    assert receipt.provider_id.startswith("fence:")
    assert isinstance(transport, SendGridTransport)
    assert (transport.ahead_s, transport.notes_calls) == (1800.0, True)


def test_nobody_is_tracked_unless_it_is_asked_for(tmp_path: Path) -> None:
    plain = f'kind = "sendgrid"\napi_key = "{sendgrid_mock.KEY}"\napi_url = "URL"'
    with sendgrid_mock.running(Mock()) as mock:
        transport = transport_of(settings(tmp_path, mock.url, plain))
        list(transport.send(a_batch(count=1)))
        transport.close()

    (request,) = mock.requests
    assert {name: told["enable"] for name, told in request["tracking_settings"].items()} == {
        "click_tracking": False,
        "open_tracking": False,
        "subscription_tracking": False,
    }
    assert not {"asm", "ip_pool_name", "mail_settings", "batch_id", "send_at"} & request.keys()


@pytest.mark.parametrize("group", [0, 7])
def test_a_mail_of_no_list_waits_behind_no_fence(tmp_path: Path, group: int) -> None:
    grid = GRID.replace("unsubscribe_group = 7", f"unsubscribe_group = {group}")
    with sendgrid_mock.running(Mock()) as mock:
        transport = at_once(settings(tmp_path, mock.url, grid))
        list(transport.send(a_batch(count=1)))
        transport.close()

    assert not {"batch_id", "send_at", "asm"} & mock.requests[0].keys()


def test_one_request_to_sendgrid_is_claimed_and_settled_as_one(tmp_path: Path) -> None:
    rules = rules_of(settings(tmp_path, "http://127.0.0.1:9"))

    assert (rules.batch, rules.settling.group) == (1000, 1000)
    assert rules_of(loaded(tmp_path).settings).settling.group == 100
