"""Subscribers and their consent, by the same rules as imports: an opt-out always wins."""

from __future__ import annotations

from digest.web.api.calls import Call
from digest.web.api.schemas import (
    AddressIn,
    Changed,
    SubscribeIn,
    SubscriberLine,
    SubscriberOut,
    SubscriberPage,
    SubscriptionOut,
    SuppressIn,
    UnsubscribeIn,
)
from subscribers import people, preferences, suppression
from subscribers.model import Evidence, SuppressionKind


def listed(call: Call) -> SubscriberPage:
    """Return subscribers by id."""
    limit, after = call.limit(), call.request.query_params.get("after", "")[:64].replace("\0", "")
    found = people.search(call.desk.newsroom.people, after=after, limit=limit)
    items = [
        SubscriberLine(
            id=one.id, address=one.address, name=one.name, language=one.language, created_at=one.created_at
        )
        for one in found
    ]
    return SubscriberPage(items=items, next=found[-1].id if len(found) == limit else "")


def show(call: Call) -> SubscriberOut:
    """Return what is stored of an address."""
    address = call.sent(AddressIn).address
    found = people.show(call.desk.newsroom.people, address)
    who = found.subscriber
    return SubscriberOut(
        id=who.id if who else "",
        address=who.address if who else address,
        name=who.name if who else "",
        language=who.language if who else "",
        created_at=who.created_at if who else None,
        subscriptions=[
            SubscriptionOut(
                list=one.mailing_list, state=one.state, consented_at=one.consented_at, ended_at=one.ended_at
            )
            for one in found.subscriptions
        ],
        suppressed=[one.kind.value for one in found.suppressions],
    )


def subscribe(call: Call) -> SubscriptionOut:
    """Put somebody on a list with the words of their consent; who said no stays out."""
    given = call.sent(SubscribeIn)
    evidence = Evidence(words=given.consent, source=given.source or call.by)
    made = people.add(
        call.desk.newsroom.people,
        given.address,
        given.list,
        evidence,
        now=call.now,
        name=given.name,
        language=given.language,
    )
    call.note("added a reader", detail=f"{made.subscriber} to {given.list}")
    return SubscriptionOut(list=given.list, state=made.state, consented_at=made.consented_at)


def unsubscribe(call: Call) -> Changed:
    """End one subscription, or all, as the reader asked."""
    given = call.sent(UnsubscribeIn)
    database = call.desk.newsroom.people
    who = people.show(database, given.address).subscriber
    changed = False
    if who is not None and given.list:
        changed = preferences.unsubscribe(database, who.id, given.list, now=call.now)
    elif who is not None:
        changed = preferences.unsubscribe_all(database, who.id, now=call.now)
    if changed and who is not None:
        call.note("unsubscribed a reader", detail=f"{who.id} from {given.list or 'all lists'}")
    return Changed(changed=changed)


def suppress(call: Call) -> Changed:
    """Send nothing more to an address, known or not."""
    given = call.sent(SuppressIn)
    database = call.desk.newsroom.people
    kind = SuppressionKind.MANUAL
    changed = suppression.suppress(
        database, given.address, kind, now=call.now, origin="api", reason=given.reason
    )
    if changed:
        call.note("suppressed an address")
    return Changed(changed=changed)
