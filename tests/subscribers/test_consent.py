from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from subscribers import consent, people, preferences, privacy, suppression
from subscribers.consent import SignUpOutcome
from subscribers.errors import ConfirmationStale, InvalidAddress, NotAllowed, UnknownList
from subscribers.model import ConsentMethod, Evidence, SubscriptionState, SuppressionKind
from subscribers.signed_links import Purpose, Signer
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, FORM, HOUR, NOW, SECOND, join, mailed, sign_up

ANN = "ann@harbour.example"


def _confirm(database: SubscriberDatabase, asked: consent.SignUp, now: datetime = NOW + SECOND) -> None:
    assert asked.requested_at is not None
    consent.confirm(database, asked.subscriber, asked.mailing_list, asked.requested_at, FORM, now=now)


def test_a_sign_up_gets_no_mail_before_it_is_confirmed(database: SubscriberDatabase) -> None:
    asked = sign_up(database, ANN)

    assert asked.outcome is SignUpOutcome.CONFIRM
    assert mailed(database) == set()
    _confirm(database, asked)
    assert mailed(database) == {ANN}


def test_both_yeses_are_kept_as_proof_and_the_ip_only_as_a_hash(database: SubscriberDatabase) -> None:
    join(database, ANN)

    form, confirmed = people.show(database, ANN).consents

    assert (form.method, confirmed.method) == (ConsentMethod.FORM, ConsentMethod.DOUBLE_OPT_IN)
    assert (form.at, confirmed.at) == (NOW, NOW + SECOND)
    assert form.words == FORM.words
    assert form.ip_hash == confirmed.ip_hash != ""
    assert FORM.ip not in str(privacy.everything(database, ANN))


def test_a_token_carries_the_sign_up_through_a_mail(database: SubscriberDatabase) -> None:
    signer = Signer("a secret of the harbour site")
    now = NOW + timedelta(microseconds=123_456)
    asked = sign_up(database, ANN, now=now)
    assert asked.requested_at is not None
    token = signer.confirm(asked.subscriber, "morning", requested_at=asked.requested_at, now=now)

    claim = signer.read(token, Purpose.CONFIRM, now=now + HOUR)

    assert claim.requested_at is not None
    consent.confirm(
        database, claim.subscriber, claim.mailing_list, claim.requested_at, FORM, now=now + HOUR
    )
    assert mailed(database) == {ANN}


def test_confirming_twice_changes_nothing(database: SubscriberDatabase) -> None:
    asked = sign_up(database, ANN)
    _confirm(database, asked)
    before = privacy.everything(database, ANN)

    _confirm(database, asked, now=NOW + DAY)

    assert privacy.everything(database, ANN) == before


@pytest.mark.parametrize("said_no", ["unsubscribe", "unsubscribe_all", "erase", "complaint"])
def test_an_old_confirmation_never_undoes_a_later_no(database: SubscriberDatabase, said_no: str) -> None:
    asked = sign_up(database, ANN)
    _confirm(database, asked)
    match said_no:
        case "unsubscribe":
            preferences.unsubscribe(database, asked.subscriber, "morning", now=NOW + HOUR)
        case "unsubscribe_all":
            preferences.unsubscribe_all(database, asked.subscriber, now=NOW + HOUR)
        case "erase":
            privacy.erase(database, ANN, now=NOW + HOUR)
        case _:
            suppression.suppress(database, ANN, SuppressionKind.COMPLAINT, now=NOW + HOUR)

    with pytest.raises((ConfirmationStale, NotAllowed)):
        _confirm(database, asked, now=NOW + DAY)

    assert mailed(database, now=NOW + DAY) == set()


def test_a_reader_can_come_back_by_a_new_confirmed_sign_up(database: SubscriberDatabase) -> None:
    preferences.unsubscribe_all(database, join(database, ANN), now=NOW + HOUR)

    asked = sign_up(database, ANN, now=NOW + DAY)

    assert mailed(database, now=NOW + DAY) == set()
    _confirm(database, asked, now=NOW + DAY + SECOND)
    assert mailed(database, now=NOW + DAY) == {ANN}
    assert suppression.suppressions_of(database, ANN) == ()


def test_an_erased_reader_can_come_back_as_someone_new(database: SubscriberDatabase) -> None:
    old = join(database, ANN)
    privacy.erase(database, ANN, now=NOW + HOUR)
    privacy.retain(database, now=NOW + 9 * DAY)

    asked = sign_up(database, ANN, now=NOW + 10 * DAY)

    assert asked.subscriber != old
    assert mailed(database, now=NOW + 10 * DAY) == set()
    _confirm(database, asked, now=NOW + 10 * DAY + SECOND)
    assert mailed(database, now=NOW + 10 * DAY) == {ANN}


def test_coming_back_to_one_list_does_not_bring_back_the_others(database: SubscriberDatabase) -> None:
    ann = join(database, ANN)
    join(database, ANN, "evening")
    preferences.unsubscribe_all(database, ann, now=NOW + HOUR)

    join(database, ANN, "evening", now=NOW + DAY)

    assert mailed(database, ["morning"], now=NOW + 2 * DAY) == set()
    assert mailed(database, ["evening"], now=NOW + 2 * DAY) == {ANN}


@pytest.mark.parametrize(
    "kind", [SuppressionKind.HARD_BOUNCE, SuppressionKind.COMPLAINT, SuppressionKind.MANUAL]
)
def test_no_confirmation_mail_goes_to_a_suppressed_address(
    database: SubscriberDatabase, kind: SuppressionKind
) -> None:
    suppression.suppress(database, ANN, kind, now=NOW)

    asked = sign_up(database, ANN)

    assert (asked.outcome, asked.subscriber) == (SignUpOutcome.REFUSED, "")
    assert people.show(database, ANN).subscriber is None


def test_a_complaint_erased_still_refuses_a_sign_up(database: SubscriberDatabase) -> None:
    join(database, ANN)
    suppression.suppress(database, ANN, SuppressionKind.COMPLAINT, now=NOW)
    privacy.erase(database, ANN, now=NOW)
    privacy.retain(database, now=NOW + 9 * DAY)

    assert sign_up(database, ANN, now=NOW + 10 * DAY).outcome is SignUpOutcome.REFUSED


def test_a_bounce_between_sign_up_and_confirmation_stands(database: SubscriberDatabase) -> None:
    asked = sign_up(database, ANN)
    suppression.suppress(database, ANN, SuppressionKind.MANUAL, now=NOW)

    with pytest.raises(NotAllowed):
        _confirm(database, asked)


def test_nobody_is_flooded_through_the_form(database: SubscriberDatabase) -> None:
    first = sign_up(database, ANN)

    assert sign_up(database, ANN, now=NOW + HOUR - SECOND).outcome is SignUpOutcome.ASKED
    again = sign_up(database, ANN, now=NOW + HOUR)
    assert again.outcome is SignUpOutcome.CONFIRM
    with pytest.raises(ConfirmationStale):
        _confirm(database, first, now=NOW + 2 * HOUR)
    _confirm(database, again, now=NOW + 2 * HOUR)


def test_a_reader_on_the_list_stays_as_is(database: SubscriberDatabase) -> None:
    ann = join(database, ANN)

    asked = sign_up(database, ANN.upper(), now=NOW + DAY)

    assert (asked.outcome, asked.subscriber) == (SignUpOutcome.ALREADY, ann)
    assert mailed(database) == {ANN}


def test_the_database_keeps_the_sign_up_pending(database: SubscriberDatabase) -> None:
    sign_up(database, ANN)

    (one,) = people.show(database, ANN).subscriptions

    assert one.state is SubscriptionState.PENDING
    assert one.consented_at is None


def test_what_cannot_be_signed_up_is_refused(database: SubscriberDatabase) -> None:
    with pytest.raises(UnknownList, match="nowhere"):
        consent.sign_up(database, ANN, "nowhere", Evidence(), now=NOW)
    with pytest.raises(InvalidAddress):
        sign_up(database, "nobody")
    with pytest.raises(ConfirmationStale):
        consent.confirm(database, "0", "morning", NOW, FORM, now=NOW)
