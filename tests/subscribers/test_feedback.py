from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers import feedback, lists, people, preferences, privacy, suppression
from subscribers.errors import UnknownSubscriber
from subscribers.feedback import FeedbackEvent, FeedbackKind, SoftBounceRule, dead_since
from subscribers.model import SubscriptionState, SuppressionKind
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, HOUR, NOW, join, load, mailed, sign_up

ANN = "ann@harbour.example"
LATER = NOW + 20 * DAY


def _event(kind: FeedbackKind, day: float = 1, *, name: str = "", **more: str | bool) -> FeedbackEvent:
    at = NOW + timedelta(days=day)
    return FeedbackEvent(name or f"{kind}-{day}", kind, ANN, at, **more)  # type: ignore[arg-type] # per field


def _record(database: SubscriberDatabase, *events: FeedbackEvent) -> feedback.FeedbackReport:
    return feedback.record(database, events, now=LATER)


def _kinds(database: SubscriberDatabase) -> list[SuppressionKind]:
    return [one.kind for one in suppression.suppressions_of(database, ANN)]


HARD = _event(FeedbackKind.BOUNCED, 1, name="hard", is_permanent=True)
COMPLAINT = _event(FeedbackKind.COMPLAINED)
SOFT = [_event(FeedbackKind.BOUNCED, day) for day in (1, 2, 3, 4, 5)]


def test_a_hard_bounce_suppresses(database: SubscriberDatabase) -> None:
    join(database, ANN)

    report = _record(database, HARD)

    assert report == feedback.FeedbackReport(new=1, repeated=0, unusable=0)
    assert _kinds(database) == [SuppressionKind.HARD_BOUNCE]
    assert mailed(database) == set()


def test_a_complaint_suppresses_at_once_and_ends(database: SubscriberDatabase) -> None:
    join(database, ANN)

    _record(database, COMPLAINT)

    assert _kinds(database) == [SuppressionKind.COMPLAINT]
    assert people.show(database, ANN).subscriptions[0].state is SubscriptionState.ENDED


def test_a_repeated_event_changes_nothing(database: SubscriberDatabase) -> None:
    join(database, ANN)
    _record(database, HARD, COMPLAINT)
    before = privacy.everything(database, ANN)

    report = _record(database, COMPLAINT, HARD, HARD)

    assert (report.new, report.repeated) == (0, 3)
    assert privacy.everything(database, ANN) == before


def test_a_few_soft_bounces_are_forgiven_and_many_are_not(database: SubscriberDatabase) -> None:
    join(database, ANN)

    _record(database, *SOFT[:4])
    assert mailed(database) == {ANN}
    _record(database, SOFT[4])

    (one,) = suppression.suppressions_of(database, ANN)
    assert (one.kind, one.origin) == (SuppressionKind.HARD_BOUNCE, "soft bounces")
    assert mailed(database) == set()


def test_a_delivery_in_between_begins_the_count_anew_in_any_order(database: SubscriberDatabase) -> None:
    delivered = _event(FeedbackKind.DELIVERED, 3.5)
    join(database, ANN)

    _record(database, *SOFT)
    assert mailed(database) == set()
    _record(database, delivered)

    assert mailed(database) == {ANN}


def test_a_hard_bounce_stands_though_mail_was_delivered_once(database: SubscriberDatabase) -> None:
    join(database, ANN)

    _record(database, *SOFT, HARD, _event(FeedbackKind.DELIVERED, 9))

    (one,) = suppression.suppressions_of(database, ANN)
    assert one.origin == "provider"


@pytest.mark.parametrize(
    ("days", "is_dead"),
    [
        pytest.param([0, 1, 2, 3], False, id="too few"),
        pytest.param([0, 0.1, 0.2, 0.3, 0.4], False, id="one bad day"),
        pytest.param([0, 0.1, 1, 1.1, 1.2], False, id="two days"),
        pytest.param([0, 0.1, 1, 1.1, 2], True, id="three days"),
        pytest.param([0, 10, 20, 29, 30], True, id="just within"),
        pytest.param([0, 10, 20, 29, 30.1], False, id="too far apart"),
        pytest.param([0, 31, 32, 33, 34, 35], True, id="the later ones"),
    ],
)
def test_soft_bounces_count_by_number_and_age(days: Sequence[float], is_dead: bool) -> None:
    times = [NOW.replace(hour=0) + timedelta(days=day) for day in days]

    assert (dead_since(times, SoftBounceRule()) is not None) is is_dead


def test_events_after_a_lift_begin_anew(database: SubscriberDatabase) -> None:
    join(database, ANN)
    _record(database, HARD, *SOFT)
    suppression.lift(database, ANN, SuppressionKind.HARD_BOUNCE)

    _record(database, _event(FeedbackKind.BOUNCED, 6), HARD)

    assert mailed(database) == {ANN}


def test_a_providers_unsubscribe_ends_the_list_it_names(database: SubscriberDatabase) -> None:
    join(database, ANN)
    join(database, ANN, "evening")

    _record(database, _event(FeedbackKind.UNSUBSCRIBED, mailing_list="morning"))

    assert mailed(database, ["morning"]) == set()
    assert mailed(database, ["evening"]) == {ANN}
    assert _kinds(database) == []


@pytest.mark.parametrize("mailing_list", ["", "a list we never had"])
def test_a_providers_unsubscribe_without_a_list_of_ours_is_from_all(
    database: SubscriberDatabase, mailing_list: str
) -> None:
    join(database, ANN)
    join(database, ANN, "evening")

    _record(database, _event(FeedbackKind.UNSUBSCRIBED, mailing_list=mailing_list))

    assert mailed(database, ["morning", "evening"]) == set()
    assert _kinds(database) == [SuppressionKind.UNSUBSCRIBED_ALL]


@pytest.mark.parametrize("mailing_list", ["", "morning"])
def test_an_unsubscribe_that_arrives_late_does_not_undo_a_later_yes(
    database: SubscriberDatabase, mailing_list: str
) -> None:
    join(database, ANN)
    join(database, ANN, "evening")
    preferences.unsubscribe(database, people.search(database)[0].id, "morning", now=NOW + HOUR)
    join(database, ANN, now=NOW + 5 * DAY)

    _record(database, _event(FeedbackKind.UNSUBSCRIBED, 2, mailing_list=mailing_list))

    assert mailed(database, ["morning"], now=LATER) == {ANN}
    assert mailed(database, ["evening"], now=LATER) == ({ANN} if mailing_list else set())


def test_an_unsubscribe_from_before_a_waiting_sign_up_leaves_it_waiting(
    database: SubscriberDatabase,
) -> None:
    sign_up(database, ANN, now=NOW + 5 * DAY)

    _record(database, _event(FeedbackKind.UNSUBSCRIBED, 2, mailing_list="morning"))

    (one,) = people.show(database, ANN).subscriptions
    assert one.state is SubscriptionState.PENDING
    assert one.ended_at == NOW + 2 * DAY


def test_an_unsubscribe_of_a_stranger_outlasts_an_import(
    database: SubscriberDatabase, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lists.ensure(database, "morning", now=NOW)
    _record(database, _event(FeedbackKind.UNSUBSCRIBED, mailing_list="morning"))

    load(database, tmp_path_factory.mktemp("list"), f"email\n{ANN}\n", now=LATER)

    assert mailed(database, now=LATER) == set()


def test_events_do_not_bring_an_erased_address_back(database: SubscriberDatabase) -> None:
    join(database, ANN)
    privacy.erase(database, ANN, now=NOW, grace=timedelta(0))
    privacy.retain(database, now=NOW + DAY)

    _record(
        database,
        _event(FeedbackKind.UNSUBSCRIBED, 1, mailing_list="morning", reason=f"{ANN} asked"),
        _event(FeedbackKind.BOUNCED, 1, name="b", is_permanent=True, reason=f"{ANN} unknown"),
        _event(FeedbackKind.COMPLAINED, 1, reason=f"{ANN} complained"),
        _event(FeedbackKind.CLICKED, 1),
    )

    assert "harbour" not in str(privacy.everything(database, ANN))
    assert people.search(database) == ()


def test_clicks_and_deliveries_only_move_forward(database: SubscriberDatabase) -> None:
    ann = join(database, ANN)

    _record(database, _event(FeedbackKind.CLICKED, 5), _event(FeedbackKind.CLICKED, 3))
    _record(database, _event(FeedbackKind.DELIVERED, 7), _event(FeedbackKind.DELIVERED, 6))

    found = people.get(database, ann)
    assert (found.clicked_at, found.delivered_at) == (NOW + 5 * DAY, NOW + 7 * DAY)


def test_an_event_of_the_future_is_one_of_now(database: SubscriberDatabase) -> None:
    ann = join(database, ANN)

    _record(database, _event(FeedbackKind.DELIVERED, 900))

    assert people.get(database, ann).delivered_at == LATER


def test_events_about_no_address_are_counted_and_passed_over(database: SubscriberDatabase) -> None:
    odd = FeedbackEvent("x", FeedbackKind.BOUNCED, "nobody", NOW, is_permanent=True)

    assert _record(database, odd, HARD) == feedback.FeedbackReport(new=1, repeated=0, unusable=1)


def test_a_click_of_a_stranger_stores_nothing(database: SubscriberDatabase) -> None:
    _record(database, _event(FeedbackKind.CLICKED))

    with pytest.raises(UnknownSubscriber):
        people.show(database, ANN)


_NUMBERS = count()
_PARTS = [
    *SOFT,
    _event(FeedbackKind.DELIVERED, 2.5),
    _event(FeedbackKind.UNSUBSCRIBED, 3, mailing_list="morning"),
]


def test_three_reports_mean_the_same_in_all_orders(sqlite_database: SubscriberDatabase) -> None:
    parts = [_event(FeedbackKind.UNSUBSCRIBED, 3), COMPLAINT, HARD]
    found = set()
    for number, order in enumerate(permutations(parts)):
        who = f"r{number}@harbour.example"
        join(sqlite_database, who)
        events = [
            FeedbackEvent(f"{number} {one.event_id}", one.kind, who, one.at, is_permanent=one.is_permanent)
            for one in order
        ]
        for event in events:
            feedback.record(sqlite_database, [event, event], now=LATER)
        found.add(frozenset(one.kind for one in suppression.suppressions_of(sqlite_database, who)))

    assert found == {
        frozenset(
            {SuppressionKind.UNSUBSCRIBED_ALL, SuppressionKind.COMPLAINT, SuppressionKind.HARD_BOUNCE}
        )
    }


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.permutations(_PARTS))
def test_soft_bounces_and_deliveries_mean_the_same_in_any_order(
    shared_database: SubscriberDatabase, order: list[FeedbackEvent]
) -> None:
    number = next(_NUMBERS)
    for who, events in ((f"a{number}@x.example", _PARTS), (f"b{number}@x.example", order)):
        join(shared_database, who)
        for one in events:
            event = FeedbackEvent(f"{who} {one.event_id}", one.kind, who, one.at, one.mailing_list)
            feedback.record(shared_database, [event], now=LATER)

    first, second = (people.show(shared_database, f"{letter}{number}@x.example") for letter in "ab")
    assert [each.kind for each in first.suppressions] == [each.kind for each in second.suppressions]
    assert first.subscriptions[0].state is second.subscriptions[0].state is SubscriptionState.ENDED


def test_a_hard_bounce_that_is_taken_back_frees_the_address_and_may_come_again(
    database: SubscriberDatabase,
) -> None:
    join(database, ANN)
    _record(database, HARD)

    assert feedback.take_back(database, ["hard", "another"]) == 1

    assert _kinds(database) == []
    assert mailed(database) == {ANN}
    assert _record(database, HARD).new == 1
    assert _kinds(database) == [SuppressionKind.HARD_BOUNCE]


def test_taking_one_hard_bounce_back_leaves_what_others_prove(database: SubscriberDatabase) -> None:
    join(database, ANN)
    other = _event(FeedbackKind.BOUNCED, 2, name="other", is_permanent=True)
    _record(database, HARD, other, COMPLAINT)

    assert feedback.take_back(database, ["hard"]) == 0
    assert set(_kinds(database)) == {SuppressionKind.HARD_BOUNCE, SuppressionKind.COMPLAINT}
    assert feedback.take_back(database, ["other"]) == 1
    assert _kinds(database) == [SuppressionKind.COMPLAINT]


def test_soft_bounces_still_count_where_a_hard_one_is_taken_back(database: SubscriberDatabase) -> None:
    join(database, ANN)
    _record(database, *SOFT, HARD)

    assert feedback.take_back(database, ["hard"]) == 0
    assert _kinds(database) == [SuppressionKind.HARD_BOUNCE]


def test_what_an_operator_lifted_is_not_taken_in_again_after_a_doubt(database: SubscriberDatabase) -> None:
    join(database, ANN)
    _record(database, HARD)
    suppression.lift(database, ANN, SuppressionKind.HARD_BOUNCE)

    assert feedback.take_back(database, ["hard"]) == 0
    assert _record(database, HARD).new == 0
    assert _kinds(database) == []


def test_an_address_an_operator_suppressed_stays_so_when_bounces_are_taken_back(
    database: SubscriberDatabase,
) -> None:
    join(database, ANN)
    _record(database, HARD)
    suppression.suppress(database, ANN, SuppressionKind.MANUAL, now=LATER)

    feedback.take_back(database, ["hard"])

    assert _kinds(database) == [SuppressionKind.MANUAL]
