"""Every call we make, judged by Prism: on our own facts, and on SendGrid's description where it is."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from digest.errors import TransportUnavailable
from digest.model import Outcome, Variant
from digest.testing import a_batch, a_delivery, a_rendered
from digest.transports.sendgrid.fence import note_of
from digest.transports.sendgrid.request import Fence, Options
from digest.transports.sendgrid.transport import SendGridTransport
from tests.outside_data import only_with, outside
from tests.ports import free_port
from tests.requiring import needed

HERE = Path(__file__).parent
FACTS = HERE / "facts.json"
OFFICIAL = "contract/sendgrid/oas_v3.json"
PRISM = HERE.parents[1] / "node/node_modules/@stoplight/prism-cli/dist/index.js"

pytestmark = pytest.mark.node

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(FACTS, id="our facts"),
        pytest.param(outside(OFFICIAL), id="SendGrid's description", marks=only_with(OFFICIAL)),
    ],
)
def prism(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run Prism on a description; give its URL."""
    needed(shutil.which("node"), "node is not installed: apt-get install nodejs")
    needed(PRISM.exists(), "@stoplight/prism-cli from npm is not installed: sh tests/servers.sh")
    port = free_port()
    process = subprocess.Popen(
        ["node", str(PRISM), "mock", "--host", "127.0.0.1", "--port", str(port), str(request.param)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(6000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, "Prism ended"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


EVERYTHING = Options(
    asm_group=7,
    sandbox=True,
    ip_pool="news",
    categories=("edition", "été"),
    click_tracking=True,
    open_tracking=True,
)


@pytest.mark.parametrize("options", [Options(), EVERYTHING], ids=["plain", "everything"])
@pytest.mark.parametrize("ahead_s", [0, 900], ids=["now", "fenced"])
def test_a_batch_is_taken_as_described(prism: str, options: Options, ahead_s: float) -> None:
    sender = SendGridTransport("SG.key", api_url=prism, options=options, fence_ahead_s=ahead_s)
    readers = [
        a_delivery(1),
        a_delivery(2, name='Zoë, "Z" & sons'),
        a_delivery(3, name=""),
        a_delivery(4, address="ann@bücher.example"),
    ]
    rendered = a_rendered(
        subject="For %%name%%", variant=Variant("fr", ("sport",), "b"), headers={"X-Edition": "été"}
    )

    receipts = list(sender.send(a_batch(*readers, rendered=rendered)))

    sender.close()
    assert {(receipt.outcome, receipt.reason) for receipt in receipts} == {(Outcome.SENT, "")}


def test_a_thousand_readers_fit_one_request(prism: str) -> None:
    sender = SendGridTransport("SG.key", api_url=prism)

    receipts = list(sender.send(a_batch(count=1000)))

    sender.close()
    assert {receipt.outcome for receipt in receipts} == {Outcome.SENT}


def test_a_request_is_called_back_as_described(prism: str) -> None:
    sender = SendGridTransport("SG.key", api_url=prism, fence_ahead_s=900, clock=lambda: NOW)

    assert sender.call_back(note_of(Fence("YmF0Y2gtaWQ", int(NOW.timestamp()) + 900)))

    sender.close()


def test_what_is_not_described_is_refused(prism: str) -> None:
    """Prism judges at all: without this, the others would prove nothing."""
    sender = SendGridTransport("SG.key", api_url=prism)
    batch = a_batch(rendered=a_rendered(subject=""))

    with pytest.raises(TransportUnavailable, match="400"):
        list(sender.send(batch))

    sender.close()
    request = {"from": {"email": "nobody"}}
    headers = {"Authorization": "Bearer SG.key"}
    assert httpx.post(f"{prism}/v3/mail/send", json=request, headers=headers).status_code == 400
    assert httpx.post(f"{prism}/v3/mail/send", json=request).status_code == 401
