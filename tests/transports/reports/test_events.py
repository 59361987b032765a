"""What each provider reports becomes the same events, whatever it calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.errors import BadData
from digest.model import EventKind, MailEvent, Verdict
from digest.transports.reports import brevo, mailgun, postmark, ses
from tests.transports.reports.shapes import (
    NOW,
    READER,
    REFERENCE,
    mailgun_failure,
    notification,
    of_brevo,
    of_mailgun,
    of_postmark,
    of_ses,
    postmark_bounce,
    ses_bounce,
)

GONE = "550 5.1.1 The email account that you tried to reach does not exist"
FULL = "452 4.2.2 The email account that you tried to reach is over quota"
SPAM = "550 5.7.1 Message rejected as spam by our content filter"

Posted = tuple[Callable[..., Any], bytes]


def by_ses(event: object) -> Posted:
    return ses.read_events, json.dumps(notification(event)).encode()


def by_postmark(event: object) -> Posted:
    return postmark.read_events, json.dumps(event).encode()


def by_mailgun(event: object) -> Posted:
    return mailgun.read_events, json.dumps({"signature": {}, "event-data": event}).encode()


def by_brevo(event: object) -> Posted:
    return brevo.read_events, json.dumps(event).encode()


def read(posted: Posted) -> tuple[MailEvent, ...]:
    events, problems = posted[0](posted[1], now=NOW)
    assert problems == ()
    return tuple(events)


DEAD, SOFT, POLICY, OURS, UNKNOWN = (
    Verdict.DEAD,
    Verdict.FULL,
    Verdict.POLICY,
    Verdict.OURS,
    Verdict.UNKNOWN,
)


@pytest.mark.parametrize(
    ("posted", "kind", "verdict"),
    [
        pytest.param(
            by_ses(ses_bounce("Permanent", "General", f"smtp; {GONE}")), "bounced", DEAD, id="ses-dead"
        ),
        pytest.param(
            by_ses(ses_bounce("Permanent", "NoEmail", "smtp; 550 5.1.1 no")), "bounced", DEAD, id="ses-none"
        ),
        pytest.param(
            by_ses(ses_bounce("Transient", "General", f"smtp; {GONE}")), "bounced", UNKNOWN, id="ses-now"
        ),
        pytest.param(
            by_ses(ses_bounce("Transient", "MailboxFull", f"smtp; {FULL}")), "bounced", SOFT, id="ses-full"
        ),
        pytest.param(
            by_ses(ses_bounce("Permanent", "General", f"smtp; {SPAM}")), "bounced", POLICY, id="ses-spam"
        ),
        pytest.param(
            by_ses(ses_bounce("Undetermined", "Undetermined", "")), "bounced", UNKNOWN, id="ses-no-word"
        ),
        pytest.param(
            by_ses(ses_bounce("Permanent", "Suppressed", GONE)), "rejected", UNKNOWN, id="ses-listed"
        ),
        pytest.param(
            by_ses(ses_bounce("Permanent", "OnAccountSuppressionList", GONE)),
            "rejected",
            UNKNOWN,
            id="ses-own-list",
        ),
        pytest.param(
            by_ses(of_ses("Reject", {"reason": "Bad content"})), "rejected", OURS, id="ses-reject"
        ),
        pytest.param(by_ses(of_ses("Send", {})), "accepted", None, id="ses-send"),
        pytest.param(
            by_ses(of_ses("Delivery", {"recipients": [READER]})), "delivered", None, id="ses-delivery"
        ),
        pytest.param(
            by_ses(of_ses("DeliveryDelay", {"delayedRecipients": [{"emailAddress": READER}]})),
            "deferred",
            None,
            id="ses-delay",
        ),
        pytest.param(
            by_ses(of_ses("Complaint", {"complainedRecipients": [{"emailAddress": READER}]})),
            "complained",
            None,
            id="ses-complaint",
        ),
        pytest.param(
            by_ses(of_ses("Complaint", {"complaintFeedbackType": "not-spam"})),
            "unknown",
            None,
            id="ses-no-complaint",
        ),
        pytest.param(
            by_ses(of_ses("Click", {"link": "https://a.example/"})), "clicked", None, id="ses-click"
        ),
        pytest.param(by_ses(of_ses("Something New", {})), "unknown", None, id="ses-new"),
        pytest.param(
            by_postmark(postmark_bounce("HardBounce", f"smtp;{GONE}")), "bounced", DEAD, id="pm-dead"
        ),
        pytest.param(
            by_postmark(postmark_bounce("HardBounce", f"smtp;{SPAM}")), "bounced", POLICY, id="pm-gentler"
        ),
        pytest.param(
            by_postmark(postmark_bounce("SoftBounce", f"smtp;{GONE}")), "bounced", UNKNOWN, id="pm-soft"
        ),
        pytest.param(
            by_postmark(postmark_bounce("SoftBounce", f"smtp;{FULL}")), "bounced", SOFT, id="pm-full"
        ),
        pytest.param(by_postmark(postmark_bounce("Blocked", "")), "bounced", POLICY, id="pm-blocked"),
        pytest.param(by_postmark(postmark_bounce("DMARCPolicy", "")), "bounced", OURS, id="pm-dmarc"),
        pytest.param(by_postmark(postmark_bounce("BadEmailAddress", "")), "rejected", DEAD, id="pm-bad"),
        pytest.param(
            by_postmark(postmark_bounce("ManuallyDeactivated", GONE)), "rejected", OURS, id="pm-off"
        ),
        pytest.param(by_postmark(postmark_bounce("Transient", "")), "deferred", None, id="pm-transient"),
        pytest.param(by_postmark(postmark_bounce("AutoResponder", GONE)), "unknown", None, id="pm-holiday"),
        pytest.param(
            by_postmark(postmark_bounce("SpamComplaint", "")), "complained", None, id="pm-complaint"
        ),
        pytest.param(
            by_postmark(of_postmark("SpamComplaint", Email=READER)), "complained", None, id="pm-spam"
        ),
        pytest.param(
            by_postmark(of_postmark("Delivery", Recipient=READER)), "delivered", None, id="pm-delivery"
        ),
        pytest.param(
            by_postmark(
                of_postmark(
                    "SubscriptionChange",
                    SuppressSending=True,
                    SuppressionReason="ManualSuppression",
                    Origin="Recipient",
                    Recipient=READER,
                )
            ),
            "unsubscribed",
            None,
            id="pm-left",
        ),
        pytest.param(
            by_postmark(
                of_postmark(
                    "SubscriptionChange",
                    SuppressSending=True,
                    SuppressionReason="ManualSuppression",
                    Origin="Customer",
                )
            ),
            "unknown",
            None,
            id="pm-taken-off",
        ),
        pytest.param(
            by_postmark(of_postmark("SubscriptionChange", SuppressSending=False)),
            "unknown",
            None,
            id="pm-back",
        ),
        pytest.param(
            by_mailgun(mailgun_failure("permanent", "bounce", 550, GONE)), "bounced", DEAD, id="mg-dead"
        ),
        pytest.param(
            by_mailgun(mailgun_failure("permanent", "generic", 552, "5.2.2 mailbox is full")),
            "bounced",
            SOFT,
            id="mg-full",
        ),
        pytest.param(
            by_mailgun(mailgun_failure("temporary", "generic", 452, FULL)), "deferred", None, id="mg-now"
        ),
        pytest.param(
            by_mailgun(mailgun_failure("permanent", "suppress-bounce", 605, GONE)),
            "rejected",
            UNKNOWN,
            id="mg-listed",
        ),
        pytest.param(
            by_mailgun(mailgun_failure("permanent", "old", 602, "")), "bounced", OURS, id="mg-old"
        ),
        pytest.param(
            by_mailgun(of_mailgun("rejected", reject={"reason": "x"})), "rejected", OURS, id="mg-reject"
        ),
        pytest.param(by_mailgun(of_mailgun("complained")), "complained", None, id="mg-complaint"),
        pytest.param(by_mailgun(of_mailgun("unsubscribed")), "unsubscribed", None, id="mg-left"),
        pytest.param(by_mailgun(of_mailgun("delivered")), "delivered", None, id="mg-delivery"),
        pytest.param(by_mailgun(of_mailgun("accepted")), "accepted", None, id="mg-accepted"),
        pytest.param(by_brevo(of_brevo("hard_bounce", reason=GONE)), "bounced", DEAD, id="br-dead"),
        pytest.param(by_brevo(of_brevo("hard_bounce", reason=SPAM)), "bounced", POLICY, id="br-gentler"),
        pytest.param(by_brevo(of_brevo("hardBounce")), "bounced", DEAD, id="br-other-spelling"),
        pytest.param(by_brevo(of_brevo("soft_bounce", reason=GONE)), "bounced", UNKNOWN, id="br-soft"),
        pytest.param(by_brevo(of_brevo("soft_bounce", reason=FULL)), "bounced", SOFT, id="br-full"),
        pytest.param(by_brevo(of_brevo("invalid_email")), "rejected", DEAD, id="br-invalid"),
        pytest.param(by_brevo(of_brevo("blocked", reason=GONE)), "rejected", UNKNOWN, id="br-blocked"),
        pytest.param(by_brevo(of_brevo("error", reason=GONE)), "rejected", OURS, id="br-error"),
        pytest.param(by_brevo(of_brevo("deferred", reason=FULL)), "deferred", None, id="br-deferred"),
        pytest.param(by_brevo(of_brevo("spam")), "complained", None, id="br-complaint"),
        pytest.param(by_brevo(of_brevo("unsubscribed")), "unsubscribed", None, id="br-left"),
        pytest.param(
            [of_brevo("delivered")] and by_brevo([of_brevo("delivered")]),
            "delivered",
            None,
            id="br-several",
        ),
        pytest.param(by_brevo(of_brevo("request")), "accepted", None, id="br-request"),
    ],
)
def test_a_report_is_the_event_it_tells(posted: Posted, kind: str, verdict: Verdict | None) -> None:
    (event,) = read(posted)

    assert (event.kind, event.verdict) == (EventKind(kind), verdict)
    assert event.reference == REFERENCE
    assert event.is_permanent == (verdict is DEAD)
    assert READER not in event.reason


@pytest.mark.parametrize(
    ("posted", "said_no"),
    [
        pytest.param(
            by_mailgun(mailgun_failure("permanent", "suppress-unsubscribe", 606, "")),
            "unsubscribed",
            id="mg-left",
        ),
        pytest.param(
            by_mailgun(mailgun_failure("permanent", "suppress-complaint", 607, "")),
            "complained",
            id="mg-complaint",
        ),
        pytest.param(
            by_brevo(of_brevo("blocked", reason="contact unsubscribed")), "unsubscribed", id="br-left"
        ),
        pytest.param(
            by_ses(of_ses("Complaint", {"complaintSubType": "OnAccountSuppressionList"})),
            "complained",
            id="ses",
        ),
    ],
)
def test_what_a_reader_had_said_before_is_told(posted: Posted, said_no: str) -> None:
    (event,) = read(posted)

    assert (event.kind, event.said_no) == (EventKind.REJECTED, EventKind(said_no))


@pytest.mark.parametrize(
    "posted",
    [
        pytest.param(by_ses(of_ses("Bounce", {}, reference="")), id="ses"),
        pytest.param(
            by_ses("Successfully validated SNS topic for Amazon SES event publishing."), id="ses-try"
        ),
        pytest.param(by_ses(json.dumps("words")), id="ses-words"),
        pytest.param(by_ses(of_ses("Open", {})), id="ses-open"),
        pytest.param(by_postmark({**postmark_bounce("HardBounce", GONE), "Metadata": {}}), id="postmark"),
        pytest.param(by_postmark(of_postmark("Open")), id="postmark-open"),
        pytest.param(by_mailgun({**of_mailgun("failed"), "user-variables": []}), id="mailgun"),
        pytest.param(by_mailgun("words"), id="mailgun-words"),
        pytest.param(by_mailgun(of_mailgun("opened")), id="mailgun-open"),
        pytest.param(by_brevo(of_brevo("spam") | {"X-Mailin-custom": None}), id="brevo"),
        pytest.param(by_brevo(of_brevo("unique_opened")), id="brevo-open"),
        pytest.param(by_brevo(of_brevo("proxy_open")), id="brevo-proxy"),
    ],
)
def test_mails_of_others_and_opens_are_left_out(posted: Posted) -> None:
    assert read(posted) == ()


def test_a_notification_without_headers_says_what_to_switch_on() -> None:
    event = of_ses("Bounce", {})
    del event["mail"]["headers"]

    events, (problem,) = ses.read_events(by_ses(event)[1], now=NOW)

    assert events == ()
    assert "original headers" in problem.what


@pytest.mark.parametrize(
    "posted",
    [
        pytest.param(by_ses(ses_bounce("Permanent", "General", GONE)), id="ses"),
        pytest.param(by_postmark(postmark_bounce("HardBounce", GONE)), id="postmark"),
        pytest.param(by_mailgun(of_mailgun("delivered")), id="mailgun"),
        pytest.param(by_brevo(of_brevo("delivered")), id="brevo"),
    ],
)
def test_a_repeat_is_the_same_event_at_its_own_time(posted: Posted) -> None:
    first, second = read(posted), read(posted)

    assert first == second
    assert abs((first[0].at - datetime(2026, 11, 23, 3, 31, 5, tzinfo=UTC)).total_seconds()) < 1


@pytest.mark.parametrize(
    "read_events", [ses.read_events, postmark.read_events, mailgun.read_events, brevo.read_events]
)
@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"7", b"null", b'"a"', b"[" * 5_000], ids=repr)
def test_what_is_no_event_is_bad_data(read_events: Callable[..., Any], body: bytes) -> None:
    with pytest.raises(BadData):
        read_events(body, now=NOW)


WRONG: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    "",
    "x" * 3_000,
    [],
    [[]],
    {},
    {"a": [None]},
    "\ud83d\ude00\x00",
)


def _swapped(value: Any, wrong: Any) -> list[Any]:
    """Return the value with each of its parts, at any depth, replaced in turn."""
    found = [wrong]
    if isinstance(value, dict):
        found += [{**value, key: other} for key in value for other in _swapped(value[key], wrong)]
    if isinstance(value, list):
        for place, each in enumerate(value):
            found += [[*value[:place], other, *value[place + 1 :]] for other in _swapped(each, wrong)]
    return found


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize(
    ("make", "event"),
    [
        pytest.param(by_ses, ses_bounce("Permanent", "General", GONE), id="ses"),
        pytest.param(by_postmark, postmark_bounce("HardBounce", GONE), id="postmark"),
        pytest.param(by_mailgun, mailgun_failure("permanent", "bounce", 550, GONE), id="mailgun"),
        pytest.param(by_brevo, of_brevo("hard_bounce", reason=GONE), id="brevo"),
    ],
)
def test_no_value_of_a_wrong_type_breaks_the_reading(
    make: Callable[[object], Posted], event: dict[str, Any], wrong: Any
) -> None:
    for changed in _swapped(event, wrong):
        reader, body = make(changed)
        try:
            events, _ = reader(body, now=NOW)
        except BadData:
            continue
        assert all(isinstance(one.event_id, str) and one.at <= NOW for one in events)


def test_an_event_nested_beyond_reason_is_read_without_its_raw_words() -> None:
    deep: Any = "end"
    for _ in range(400):
        deep = [deep]

    (event,) = read(by_postmark(of_postmark("Delivery", Recipient=READER, Extra=deep)))

    assert (event.kind, event.raw) == (EventKind.DELIVERED, "")
