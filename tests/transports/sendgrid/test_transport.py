from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError, TransportUnavailable
from digest.model import Batch, Outcome, Receipt
from digest.testing import a_batch, a_delivery, a_rendered
from digest.transports.sendgrid.request import Options
from digest.transports.sendgrid.transport import SendGridTransport
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import KEY, Mock

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


@pytest.fixture
def mock() -> Iterator[Mock]:
    with sendgrid_mock.running(Mock()) as running:
        yield running


def transport(mock: Mock, **options: object) -> SendGridTransport:
    return SendGridTransport(KEY, api_url=mock.url, clock=lambda: NOW, **options)  # type: ignore[arg-type]


def send(mock: Mock, batch: Batch, **options: object) -> dict[str, Receipt]:
    """Send a batch and return the receipts by address."""
    sender = transport(mock, **options)
    try:
        found = {receipt.reference: receipt for receipt in sender.send(batch)}
    finally:
        sender.close()
    assert len(found) == len(batch.deliveries)
    return {delivery.address: found[delivery.reference] for delivery in batch.deliveries}


def outcomes(receipts: dict[str, Receipt]) -> Counter[Outcome]:
    return Counter(receipt.outcome for receipt in receipts.values())


def test_each_reader_gets_the_own_mail(mock: Mock) -> None:
    ann, eve = a_delivery(1, name="Ann"), a_delivery(2, name='Eve & "<b>"')
    batch = a_batch(ann, eve, rendered=a_rendered(subject="For %%name%%"))

    receipts = send(mock, batch)

    assert outcomes(receipts) == {Outcome.SENT: 2}
    mails = {mail.address: mail for mail in mock.mails}
    for delivery, values in zip(batch.deliveries, batch.values, strict=True):
        mail = mails[delivery.address]
        assert mail.reference == delivery.reference
        assert values["unsubscribe_url"] in mail.text
        assert values["unsubscribe_url"].replace("&", "&amp;") in mail.html
        assert mail.headers["List-Unsubscribe"] == f"<{values['unsubscribe_url']}>"
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "%%" not in mail.text + mail.html + mail.subject
    assert 'Eve & "<b>"' in mails[eve.address].text
    assert mails[eve.address].subject == 'For Eve & "<b>"'
    assert "Eve &amp; &quot;&lt;b&gt;&quot;" in mails[eve.address].html


def test_rows_keep_their_order(mock: Mock) -> None:
    batch = a_batch(count=50)

    send(mock, batch)

    assert mock.addresses == [delivery.address for delivery in batch.deliveries]


def test_a_thousand_readers_are_one_request_on_one_connection(mock: Mock) -> None:
    sender = transport(mock)

    for first in (0, 1000):
        batch = a_batch(*(a_delivery(first + number) for number in range(1000)))
        assert all(receipt.outcome is Outcome.SENT for receipt in sender.send(batch))
    sender.close()

    assert len(mock.requests) == 2
    assert mock.connections == 1


def test_only_the_bad_address_fails(mock: Mock) -> None:
    batch = a_batch(count=40)
    bad = batch.deliveries[17].address
    mock.bad.add(bad)

    receipts = send(mock, batch)

    assert receipts.pop(bad).outcome is Outcome.FAILED
    assert outcomes(receipts) == {Outcome.SENT: 39}
    assert len(mock.requests) == 2


@settings(deadline=None, max_examples=25, derandomize=True)
@given(bad=st.sets(st.integers(0, 19), max_size=20), is_vague=st.booleans())
def test_any_set_of_bad_addresses_harms_nobody_else(bad: set[int], is_vague: bool) -> None:
    batch = a_batch(count=20)
    addresses = [delivery.address for delivery in batch.deliveries]
    with sendgrid_mock.running(Mock(bad={addresses[i] for i in bad}, is_vague=is_vague)) as mock:
        if is_vague and len(bad) == 20:
            with pytest.raises(TransportUnavailable):
                send(mock, batch)
            return

        receipts = send(mock, batch)

    for index, address in enumerate(addresses):
        assert receipts[address].outcome is (Outcome.FAILED if index in bad else Outcome.SENT)
    assert Counter(mock.addresses) == Counter(a for i, a in enumerate(addresses) if i not in bad)


def test_an_address_that_comes_twice_goes_in_two_requests(mock: Mock) -> None:
    twins = (a_delivery(1, address="ann@readers.example"), a_delivery(2, address="Ann@readers.example"))

    receipts = send(mock, a_batch(*twins, a_delivery(3)))

    assert outcomes(receipts) == {Outcome.SENT: 3}
    assert [len(request["personalizations"]) for request in mock.requests] == [2, 1]


def test_a_reason_holds_no_address(mock: Mock) -> None:
    mock.bad.add("reader1@readers.example")

    receipt = send(mock, a_batch(count=2))["reader1@readers.example"]

    assert "reader1" not in receipt.reason
    assert receipt.reason.startswith("400 Does not contain a valid address")


@pytest.mark.parametrize(
    "todo",
    [
        sendgrid_mock.ACCEPT_THEN_DROP,
        sendgrid_mock.ACCEPT_THEN_500,
        sendgrid_mock.ERROR_500,
        sendgrid_mock.GATEWAY_503,
    ],
)
def test_a_lost_answer_is_uncertain_and_never_repeated(mock: Mock, todo: str) -> None:
    mock.script.append(todo)

    receipts = send(mock, a_batch(count=3))

    assert outcomes(receipts) == {Outcome.UNCERTAIN: 3}
    assert mock.calls == ["/v3/mail/send"]


def test_an_answer_that_comes_too_late_is_uncertain(mock: Mock) -> None:
    mock.script.append(sendgrid_mock.SLOW)
    mock.slow_s = 0.5

    receipts = send(mock, a_batch(count=3), answer_timeout_s=0.1)

    assert outcomes(receipts) == {Outcome.UNCERTAIN: 3}


def test_no_connection_is_unavailable(mock: Mock) -> None:
    sender = SendGridTransport(KEY, api_url="http://127.0.0.1:1")

    with pytest.raises(TransportUnavailable, match="no connection"):
        list(sender.send(a_batch()))
    sender.close()


@pytest.mark.parametrize("key", ["SG.wrong", KEY])
def test_a_refused_key_is_unavailable(mock: Mock, key: str) -> None:
    if key == KEY:
        mock.script.append(sendgrid_mock.DENY)
    sender = SendGridTransport(key, api_url=mock.url)

    with pytest.raises(TransportUnavailable, match=r"40[13]") as caught:
        list(sender.send(a_batch()))
    sender.close()

    assert key not in str(caught.value)


def test_a_denial_in_the_middle_leaves_the_rest_to_be_tried_again(mock: Mock) -> None:
    batch = a_batch(count=4)
    mock.bad.add(batch.deliveries[0].address)
    mock.script.extend(["", sendgrid_mock.DENY])

    receipts = send(mock, batch)

    assert outcomes(receipts) == {Outcome.FAILED: 1, Outcome.AGAIN: 3}


def test_a_fault_of_the_mail_itself_fails_no_reader(mock: Mock) -> None:
    sender = transport(mock)

    with pytest.raises(TransportUnavailable, match="subject"):
        list(sender.send(a_batch(count=8, rendered=a_rendered(subject=""))))
    sender.close()

    assert len(mock.requests) == 1


@pytest.mark.parametrize("is_vague", [True, False])
def test_a_fault_of_all_rows_is_found_by_a_few_and_fails_no_reader(mock: Mock, is_vague: bool) -> None:
    """SendGrid names the first row of a thousand; failing it and going on would fail them all."""
    mock.bad_name, mock.is_vague = "custom_args", is_vague
    sender = transport(mock)
    found: list[Receipt] = []

    with pytest.raises(TransportUnavailable, match="400"):
        found.extend(sender.send(a_batch(count=300)))
    sender.close()

    assert found == []
    assert len(mock.requests) < 80


def test_twins_stay_apart_when_many_were_refused_before_them(mock: Mock) -> None:
    mock.is_vague = True
    bad = [a_delivery(number, address=f"bad{number}@readers.example") for number in range(12)]
    mock.bad.update(one.address for one in bad)
    good = [a_delivery(100 + number, address=f"good{number // 2}@readers.example") for number in range(80)]
    sender = transport(mock)

    receipts = list(sender.send(a_batch(*bad, *good)))

    sender.close()
    assert Counter(receipt.outcome for receipt in receipts) == {Outcome.FAILED: 12, Outcome.SENT: 80}
    assert set(Counter(mock.addresses).values()) == {2}


def test_a_row_named_for_something_else_fails_once_others_are_taken(mock: Mock) -> None:
    batch = a_batch(count=6)
    mock.script.append(sendgrid_mock.NAMED_ROW_400)

    receipts = send(mock, batch)

    assert [receipts[one.address].outcome for one in batch.deliveries[:2]] == [Outcome.FAILED, Outcome.SENT]
    assert outcomes(receipts) == {Outcome.SENT: 5, Outcome.FAILED: 1}


def test_an_accepted_request_may_ask_for_a_pause(mock: Mock) -> None:
    """It was the last that the account may make for now."""
    mock.remaining, mock.retry_after = "0", "11"
    receipts = send(mock, a_batch(count=2))
    mock.remaining = "3"
    more = send(mock, a_batch(count=2))

    assert {(one.outcome, one.retry_after_s) for one in receipts.values()} == {(Outcome.SENT, 11.0)}
    assert {(one.outcome, one.retry_after_s) for one in more.values()} == {(Outcome.SENT, 0.0)}


def test_too_large_a_request_is_halved(mock: Mock) -> None:
    mock.script.append(sendgrid_mock.TOO_LARGE)

    receipts = send(mock, a_batch(count=5))

    assert outcomes(receipts) == {Outcome.SENT: 5}
    assert sorted(len(request["personalizations"]) for request in mock.requests) == [2, 3]


def test_values_past_the_byte_limit_fail_alone(mock: Mock) -> None:
    batch = a_batch(a_delivery(1, name="x" * 11_000), a_delivery(2))

    receipts = send(mock, batch)

    assert receipts["reader1@readers.example"].outcome is Outcome.FAILED
    assert "10,000" in receipts["reader1@readers.example"].reason
    assert receipts["reader2@readers.example"].outcome is Outcome.SENT


def test_a_readers_own_links_are_never_rewritten(mock: Mock) -> None:
    page = '<a style="color:red" href="%%unsubscribe_url%%">out</a> <a href="https://harbour.example/1">one</a>'
    rendered = a_rendered(html=page)

    send(mock, a_batch(count=1, rendered=rendered), options=Options(click_tracking=True))
    send(mock, a_batch(count=1, rendered=rendered))

    tracked, plain = (request["content"][1]["value"] for request in mock.requests)
    assert tracked.count('clicktracking="off"') == 1
    assert '<a clicktracking="off" style="color:red" href="%%unsubscribe_url' in tracked
    assert "clicktracking" not in plain


def test_a_subusers_mail_is_sent_on_its_behalf(mock: Mock) -> None:
    send(mock, a_batch(count=1), subuser="harbour")
    send(mock, a_batch(count=1))

    assert mock.on_behalf_of == ["harbour", ""]


def test_options_reach_the_request(mock: Mock) -> None:
    chosen = Options(asm_group=42, sandbox=True, ip_pool="news", categories=("edition",))

    receipts = send(mock, a_batch(count=1), options=chosen)

    assert outcomes(receipts) == {Outcome.SENT: 1}
    (request,) = mock.requests
    assert request["asm"] == {"group_id": 42}
    assert request["mail_settings"] == {"sandbox_mode": {"enable": True}}
    assert request["ip_pool_name"] == "news"
    assert request["categories"] == ["morning", "edition"]
    assert request["tracking_settings"]["click_tracking"] == {"enable": False, "enable_text": False}
    assert request["tracking_settings"]["subscription_tracking"] == {"enable": False}
    assert request["reply_to"] == {"email": "desk@harbour.example"}


def test_a_letterhead_of_no_list_sends_one_mail_that_speaks_of_none(mock: Mock) -> None:
    batch = a_batch(count=1)
    single = replace(batch.letterhead, list_id="", archive_url="", help_url="")

    receipts = send(mock, replace(batch, letterhead=single))

    assert outcomes(receipts) == {Outcome.SENT: 1}
    assert not [name for name in mock.mails[0].headers if name.lower().startswith(("list-", "precedence"))]


def test_custom_arguments_hold_nothing_but_the_reference(mock: Mock) -> None:
    batch = a_batch(count=1)

    send(mock, batch)

    (row,) = mock.requests[0]["personalizations"]
    assert row["custom_args"] == {"digest_reference": batch.deliveries[0].reference}


@pytest.mark.parametrize("todo", ["", sendgrid_mock.ERROR_500, sendgrid_mock.NAMELESS_400])
def test_the_key_is_in_no_log(mock: Mock, todo: str, caplog: pytest.LogCaptureFixture) -> None:
    mock.script.append(todo)

    with caplog.at_level(logging.DEBUG):
        send(mock, a_batch(count=1))

    assert caplog.records
    assert KEY not in caplog.text
    assert "reader1@" not in caplog.text


@pytest.mark.parametrize("key", ["", "SG.a b", "SG.\n", "SG.é"])
def test_an_unusable_key_is_a_fault_that_does_not_show_it(key: str) -> None:
    with pytest.raises(ConfigurationError, match="api_key") as caught:
        SendGridTransport(key)

    assert not key or key not in str(caught.value)


def test_an_unknown_region_is_a_fault() -> None:
    with pytest.raises(ConfigurationError, match="eu, global"):
        SendGridTransport(KEY, region="mars")


@pytest.mark.parametrize(
    ("region", "host"), [("eu", "https://api.eu.sendgrid.com"), ("global", "https://api.sendgrid.com")]
)
def test_a_region_has_its_host(region: str, host: str) -> None:
    sender = SendGridTransport(KEY, region=region)

    assert sender._mail_send.host == host
    sender.close()


@pytest.mark.parametrize("ahead", [60, 72 * 3600])
def test_a_fence_too_near_or_too_far_is_a_fault(ahead: float) -> None:
    with pytest.raises(ConfigurationError, match="fence_ahead_s"):
        SendGridTransport(KEY, fence_ahead_s=ahead)
