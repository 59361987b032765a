from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from subscribers import people, preferences, suppression
from subscribers.errors import NotAllowed, UnknownSubscriber
from subscribers.model import Frequency, SubscriptionState, SuppressionKind
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, FORM, HOUR, NOW, SECOND, join, load, mailed, sign_up

ANN = "ann@harbour.example"


def test_choices_are_kept_one_by_one(sqlite_database: SubscriberDatabase) -> None:
    ann = join(sqlite_database, ANN)

    preferences.choose(sqlite_database, ann, "morning", topics=["world", "sport", "world"])
    after = preferences.choose(sqlite_database, ann, "morning", frequency=Frequency.WEEKLY)

    assert (after.topics, after.frequency) == (("sport", "world"), Frequency.WEEKLY)
    assert people.show(sqlite_database, ANN).subscriptions == (after,)
    assert preferences.choose(sqlite_database, ann, "morning", topics=[]).topics == ()


@pytest.mark.parametrize("topics", [["a+b"], [""], ["x" * 300, "y" * 300]])
def test_topics_that_would_not_come_back_are_refused(
    sqlite_database: SubscriberDatabase, topics: list[str]
) -> None:
    ann = join(sqlite_database, ANN)

    with pytest.raises(ValueError, match="section keys"):
        preferences.choose(sqlite_database, ann, "morning", topics=topics)


def test_a_strangers_choices_are_refused(sqlite_database: SubscriberDatabase) -> None:
    with pytest.raises(UnknownSubscriber):
        preferences.choose(sqlite_database, "0", "morning", topics=["sport"])


def test_a_choice_does_not_bring_a_reader_back(sqlite_database: SubscriberDatabase) -> None:
    ann = join(sqlite_database, ANN)
    preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW)

    preferences.choose(sqlite_database, ann, "morning", topics=["sport"], frequency=Frequency.EVERY)
    with pytest.raises(NotAllowed):
        preferences.resume(sqlite_database, ann, "morning")
    with pytest.raises(NotAllowed):
        preferences.pause(sqlite_database, ann, "morning", date(2000, 1, 1))

    assert mailed(sqlite_database, now=NOW + DAY) == set()


def test_a_pause_can_be_ended_early(sqlite_database: SubscriberDatabase) -> None:
    ann = join(sqlite_database, ANN)
    preferences.pause(sqlite_database, ann, "morning", date(2027, 1, 1))

    preferences.resume(sqlite_database, ann, "morning")

    assert mailed(sqlite_database) == {ANN}


def test_unsubscribing_ends_exactly_that_list_of_exactly_that_reader(
    sqlite_database: SubscriberDatabase,
) -> None:
    ann = join(sqlite_database, ANN)
    join(sqlite_database, ANN, "evening")
    join(sqlite_database, "bob@harbour.example")

    assert preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW) is True
    assert preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW + DAY) is False

    assert mailed(sqlite_database, ["morning"]) == {"bob@harbour.example"}
    assert mailed(sqlite_database, ["evening"]) == {ANN}
    assert people.show(sqlite_database, ANN).subscriptions[1].ended_at == NOW


def test_unsubscribing_strangers_is_done_already(sqlite_database: SubscriberDatabase) -> None:
    assert preferences.unsubscribe(sqlite_database, "0", "morning", now=NOW) is False
    assert preferences.unsubscribe_all(sqlite_database, "0", now=NOW) is False


def test_an_unsubscribe_can_be_taken_back_within_the_hour(sqlite_database: SubscriberDatabase) -> None:
    ann = join(sqlite_database, ANN)
    preferences.choose(sqlite_database, ann, "morning", topics=["sport"])
    preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW)

    after = preferences.undo_unsubscribe(sqlite_database, ann, "morning", FORM, now=NOW + HOUR)

    assert (after.state, after.topics, after.ended_at) == (SubscriptionState.ACTIVE, ("sport",), None)
    assert mailed(sqlite_database) == {ANN}
    assert people.show(sqlite_database, ANN).consents[-1].method == "preferences"


@pytest.mark.parametrize("why", ["late", "pending", "by import", "suppressed", "stranger"])
def test_other_ends_cannot_be_taken_back(
    sqlite_database: SubscriberDatabase, why: str, tmp_path: Path
) -> None:
    ann = "0" if why == "stranger" else join(sqlite_database, ANN)
    now = NOW + HOUR
    match why:
        case "late":
            preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW - SECOND)
        case "pending":
            preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW)
            sign_up(sqlite_database, ANN)
        case "by import":
            load(sqlite_database, tmp_path, f"email,status\n{ANN},unsubscribed\n")
        case "suppressed":
            preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW)
            suppression.suppress(sqlite_database, ANN, SuppressionKind.MANUAL, now=NOW)

    with pytest.raises(NotAllowed):
        preferences.undo_unsubscribe(sqlite_database, ann, "morning", FORM, now=now)

    assert mailed(sqlite_database) == set()


def test_unsubscribing_from_all_bars_the_address(sqlite_database: SubscriberDatabase) -> None:
    ann = join(sqlite_database, ANN)
    join(sqlite_database, ANN, "evening")

    assert preferences.unsubscribe_all(sqlite_database, ann, now=NOW) is True

    assert mailed(sqlite_database, ["morning", "evening"]) == set()
    person = people.show(sqlite_database, ANN)
    assert [one.kind for one in person.suppressions] == [SuppressionKind.UNSUBSCRIBED_ALL]
    assert {one.state for one in person.subscriptions} == {SubscriptionState.ENDED}
