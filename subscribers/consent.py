"""Double opt-in: a sign-up waits until a link that went to the address is used.

The answer to a sign-up may be shown to nobody: a page says the same whatever the outcome, so that it
tells no one who is on a list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from subscribers.address import normalize
from subscribers.errors import ConfirmationStale, NotAllowed
from subscribers.lists import required
from subscribers.model import (
    OWN_NO,
    ConsentMethod,
    Evidence,
    Subscription,
    SubscriptionState,
)
from subscribers.people import accept, keep_consent, stored
from subscribers.preferences import close_other_lists
from subscribers.storage import people as rows
from subscribers.storage import subscriptions, suppressions
from subscribers.storage.database import SubscriberDatabase


class SignUpOutcome(StrEnum):
    """What a sign-up led to.

    CONFIRM: send the confirmation mail. ALREADY: on the list. ASKED: a mail went a short while ago.
    REFUSED: no mail may go to this address, not even this one.
    """

    CONFIRM = "confirm"
    ALREADY = "already"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SignUp:
    """A sign-up as stored.

    Attributes:
        subscriber: empty where REFUSED.
        requested_at: for the confirmation's token; None where there is nothing to confirm.
    """

    outcome: SignUpOutcome
    mailing_list: str
    address: str
    subscriber: str = ""
    requested_at: datetime | None = None


def sign_up(
    database: SubscriberDatabase,
    address: str,
    mailing_list: str,
    evidence: Evidence,
    *,
    now: datetime,
    name: str = "",
    language: str = "",
    again_after: timedelta = timedelta(hours=1),
) -> SignUp:
    """Store a sign-up that waits for confirmation, whatever was before.

    A reader's earlier no (unsubscribed, erased) stands until the confirmation; bounces, complaints and
    an operator's suppression refuse the sign-up.

    Args:
        again_after: a second mail goes no sooner, so that nobody can be flooded through the form.

    Raises:
        InvalidAddress: the address can't be used.
        UnknownList: there is no such list.
    """
    found = normalize(address)
    with database.writing() as connection:
        required(connection, mailing_list)
        salt = database.salt(connection)
        key = suppressions.hashed(salt, found.canonical)
        if {one.kind for one in suppressions.of_key(connection, key)} - OWN_NO:
            return SignUp(SignUpOutcome.REFUSED, mailing_list, found.address)
        person = stored(connection, key, found, now=now, name=name, language=language)
        before = subscriptions.find(connection, person.id, mailing_list)
        before = before or Subscription(person.id, mailing_list, SubscriptionState.ENDED)
        outcome = _outcome(before, now, again_after)
        if outcome is SignUpOutcome.CONFIRM:
            waiting = replace(before, state=SubscriptionState.PENDING, requested_at=_to_millisecond(now))
            waiting = replace(waiting, paused_until=None)
            subscriptions.save(connection, waiting)
            keep_consent(connection, salt, waiting, method=ConsentMethod.FORM, evidence=evidence, at=now)
            before = waiting
        return SignUp(outcome, mailing_list, person.address, person.id, before.requested_at)


def confirm(
    database: SubscriberDatabase,
    subscriber: str,
    mailing_list: str,
    requested_at: datetime,
    evidence: Evidence,
    *,
    now: datetime,
) -> Subscription:
    """Make the sign-up of `requested_at` active; a second time changes nothing.

    This lifts the reader's own earlier no to everything: the sign-up came after it, and the mail reached
    the address. To every other list there is that no stays, as an ended subscription.

    Raises:
        ConfirmationStale: that sign-up was ended, erased or repeated since.
        NotAllowed: the address was suppressed since, by a bounce, a complaint or an operator.
    """
    with database.writing() as connection:
        before = subscriptions.find(connection, subscriber, mailing_list)
        person = rows.by_id(connection, subscriber)
        if before is None or person is None or before.requested_at != requested_at:
            raise ConfirmationStale
        if before.state in {SubscriptionState.ACTIVE, SubscriptionState.PAUSED}:
            return before
        if before.state is SubscriptionState.ENDED:
            raise ConfirmationStale
        salt = database.salt(connection)
        key = suppressions.hashed(salt, person.canonical)
        barred = suppressions.of_key(connection, key)
        if {one.kind for one in barred} - OWN_NO:
            raise NotAllowed(subscriber, "no mail may go to this address")
        if any(one.at > requested_at for one in barred):
            raise ConfirmationStale
        if barred:
            suppressions.remove(connection, key, OWN_NO)
            close_other_lists(connection, subscriber, at=max(one.at for one in barred))
        return accept(
            connection, salt, before, method=ConsentMethod.DOUBLE_OPT_IN, evidence=evidence, now=now
        )


def _outcome(before: Subscription, now: datetime, again_after: timedelta) -> SignUpOutcome:
    if before.state in {SubscriptionState.ACTIVE, SubscriptionState.PAUSED}:
        return SignUpOutcome.ALREADY
    is_waiting = before.state is SubscriptionState.PENDING and before.requested_at is not None
    if is_waiting and before.requested_at and now - before.requested_at < again_after:
        return SignUpOutcome.ASKED
    return SignUpOutcome.CONFIRM


def _to_millisecond(moment: datetime) -> datetime:
    """Return the moment as the database keeps it, so that a token made from it is equal."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
