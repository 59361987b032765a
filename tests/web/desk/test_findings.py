"""The checks page: what `digest check` says of the mail and its sender, each leading to its field."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from digest.model import EditionState
from digest.rendering.checks.records import RecordsUnavailable
from digest.web.serving.sender_records import KEPT_FOR, SenderRecords
from tests.journeys.desk import Folder
from tests.web.newsroom import PAGE, Client, Open, at_work, written

GOOD = {
    "gazette.example": ("v=spf1 mx -all",),
    "_dmarc.gazette.example": ("v=DMARC1; p=reject; rua=mailto:dmarc@gazette.example",),
    "mail._domainkey.gazette.example": ("v=DKIM1; k=rsa; p=" + "A" * 400,),
}
SMTP = 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"'


class Zone:
    """A DNS that knows what a test tells it, and counts the questions."""

    def __init__(self, records: Mapping[str, tuple[str, ...]] | None) -> None:
        self.records, self.asked = records, 0

    def txt(self, name: str) -> tuple[str, ...]:
        self.asked += 1
        if self.records is None:
            raise RecordsUnavailable("no answer")
        return self.records.get(name, ())


def told(client: Client) -> list[tuple[str, str, str]]:
    """Return the findings of the checks page: level, text, field."""
    page = client.get(f"{PAGE}/checks").text
    rows = re.findall(r'<li class="(error|warn)">(.*?)</li>', page, re.DOTALL)
    found = []
    for level, row in rows:
        field = re.search(r'href="[^"#]*#([^"]+)"', row)
        text = html.unescape(re.sub(r"<[^>]+>", " ", row.partition("</span>")[2]))
        found.append((level, " ".join(text.split()), field[1] if field else ""))
    return found


def test_headers_are_checked_and_lead_to_the_subject(opened: Open) -> None:
    with opened.client() as client:
        client.edit("subject", text="PILOTS GET A THIRD BOAT!!")
        found = told(client)

    about = [(level, field) for level, text, field in found if text.startswith("Subject ")]
    assert about == [("warn", "subject"), ("warn", "subject")]


@pytest.fixture
def leaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom whose mail leaves by SMTP."""
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path)
    config = folder.config.read_text()
    folder.config.write_text(re.sub(r'kind = "outbox"\npath = "[^"]*"', SMTP, config))
    return tmp_path


def opened_with(leaving: Path, zone: Zone, opened: Open) -> None:
    """Let the desk ask this DNS."""
    opened.desk.sender_records = SenderRecords(opened.desk.loaded.settings, lambda: zone)


@pytest.mark.parametrize(
    ("records", "words", "blocks"),
    [
        pytest.param(GOOD, "", False, id="all records there"),
        pytest.param(
            GOOD | {"gazette.example": ()}, "SPF of gazette.example is missing", True, id="no SPF"
        ),
        pytest.param(
            {name: record for name, record in GOOD.items() if "_dmarc" not in name},
            "DMARC of gazette.example",
            True,
            id="no DMARC",
        ),
        pytest.param(
            {name: record for name, record in GOOD.items() if "_domainkey" not in name},
            "DKIM of gazette.example",
            False,
            id="no DKIM key found by any usual name",
        ),
        pytest.param(None, "can't be read now", False, id="no answer"),
    ],
)
def test_the_senders_records_count_where_mail_leaves(
    leaving: Path, records: dict[str, tuple[str, ...]] | None, words: str, *, blocks: bool
) -> None:
    with at_work(Folder(leaving)) as opened, opened.client() as client:
        opened_with(leaving, Zone(records), opened)
        found = told(client)
        page = client.get(f"{PAGE}/approve").text
        form = dict(re.findall(r'name="(hash|revision)" value="([^"]*)"', page))
        client.post(f"{PAGE}/approve", **form, warnings="seen")
        state = opened.edition.state

    about = [(level, text) for level, text, _ in found if "of gazette.example" in text]
    assert bool(about) is bool(words)
    assert all(words in text or "of gazette.example" in text for _, text in about)
    assert any(level == "error" for level, _ in about) is blocks
    assert state is (EditionState.DRAFT if blocks else EditionState.APPROVED)


def test_the_dns_is_asked_once_in_ten_minutes(leaving: Path) -> None:
    zone = Zone(GOOD)
    with at_work(Folder(leaving)) as opened, opened.client() as client:
        opened_with(leaving, zone, opened)
        client.get("/desk")
        unasked = zone.asked
        told(client)
        first = zone.asked
        told(client)
        again = zone.asked
        opened.clock.forward(KEPT_FOR + timedelta(seconds=1))
        told(client)

    assert unasked == 0
    assert first == again > 0
    assert zone.asked == 2 * first


def test_an_outbox_asks_no_dns_and_says_so(opened: Open) -> None:
    zone = Zone({})
    opened.desk.sender_records = SenderRecords(opened.desk.loaded.settings, lambda: zone)
    with opened.client() as client:
        page = client.get(f"{PAGE}/checks").text

    assert zone.asked == 0
    assert "does not leave this machine" in page


def test_the_approval_promises_no_clicks_that_nobody_counts(opened: Open) -> None:
    with opened.client() as client:
        client.edit("subject_b", text="Another boat for the pilots")
        page = client.get(f"{PAGE}/approve").text
        checks = client.get(f"{PAGE}/checks").text

    assert "Half of the readers get each" in page
    assert "more readers clicked" not in page
    assert re.search(r'href="[^"]*#subject_b"', checks)
    assert "no clicks are counted" in checks
