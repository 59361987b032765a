from __future__ import annotations

import pytest

from subscribers import lists, people, preferences, suppression
from subscribers.errors import InvalidListKey, NotAllowed, UnknownList, UnknownSubscriber
from subscribers.model import OWN_NO, ConsentMethod, Evidence, SubscriptionState, SuppressionKind
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, NOW, join, mailed, sign_up

ANN = "ann@harbour.example"
BY_PHONE = Evidence(words="Asked for it on the phone.")


def test_an_operator_adds_a_reader_with_the_proof_given(sqlite_database: SubscriberDatabase) -> None:
    lists.ensure(sqlite_database, "morning", now=NOW)

    people.add(sqlite_database, ANN, "morning", BY_PHONE, now=NOW, name="Ann\n Lee", language="fr")

    person = people.show(sqlite_database, ANN)
    assert mailed(sqlite_database) == {ANN}
    assert person.subscriber is not None
    assert (person.subscriber.name, person.subscriber.language) == ("Ann Lee", "fr")
    assert [(one.method, one.words) for one in person.consents] == [
        (ConsentMethod.OPERATOR, BY_PHONE.words)
    ]
    assert people.get(sqlite_database, person.subscriber.id) == person.subscriber


def test_adding_again_changes_nothing(sqlite_database: SubscriberDatabase) -> None:
    join(sqlite_database, ANN)
    before = people.show(sqlite_database, ANN)

    people.add(sqlite_database, ANN, "morning", BY_PHONE, now=NOW + DAY, name="Other")

    assert people.show(sqlite_database, ANN) == before


@pytest.mark.parametrize(
    "why", ["ended", "asked again", *sorted(set(SuppressionKind) - {SuppressionKind.ERASED})]
)
def test_an_operator_cannot_undo_a_no(sqlite_database: SubscriberDatabase, why: str) -> None:
    ann = join(sqlite_database, ANN)
    if why in set(SuppressionKind):
        suppression.suppress(sqlite_database, ANN, SuppressionKind(why), now=NOW)
    else:
        preferences.unsubscribe(sqlite_database, ann, "morning", now=NOW)
    if why == "asked again":
        sign_up(sqlite_database, ANN, now=NOW + DAY)

    with pytest.raises(NotAllowed) as caught:
        people.add(sqlite_database, ANN, "morning", BY_PHONE, now=NOW + DAY)

    assert ANN not in str(caught.value)
    assert mailed(sqlite_database) == set()


def test_names_languages_and_tags_can_be_changed(sqlite_database: SubscriberDatabase) -> None:
    ann = join(sqlite_database, ANN)

    people.describe(sqlite_database, ann, name="Ann", timezone="Africa/Nairobi")
    people.describe(sqlite_database, ann, language="fr")
    people.tag(sqlite_database, ann, ["b", "a", "b", " ", "\ufffd"])

    found = people.get(sqlite_database, ann)
    assert (found.name, found.timezone, found.language) == ("Ann", "Africa/Nairobi", "fr")
    assert found.tags == ("a", "b")
    people.tag(sqlite_database, ann, [])
    assert people.get(sqlite_database, ann).tags == ()


def test_strangers_are_named_masked(sqlite_database: SubscriberDatabase) -> None:
    with pytest.raises(UnknownSubscriber, match=r"a…@harbour\.example"):
        people.show(sqlite_database, ANN)
    for change in (lambda: people.get(sqlite_database, "0"), lambda: people.tag(sqlite_database, "0", [])):
        with pytest.raises(UnknownSubscriber):
            change()


def test_search_finds_by_address_and_name_a_page_at_a_time(sqlite_database: SubscriberDatabase) -> None:
    ids = sorted(join(sqlite_database, f"r{number}@harbour.example") for number in range(5))
    people.describe(sqlite_database, ids[3], name="Zed 100%")

    first = people.search(sqlite_database, limit=3)
    rest = people.search(sqlite_database, after=first[-1].id, limit=3)

    assert [one.id for one in (*first, *rest)] == ids
    assert [one.id for one in people.search(sqlite_database, "zed")] == [ids[3]]
    assert [one.id for one in people.search(sqlite_database, "0%")] == [ids[3]]
    assert len(people.search(sqlite_database, "R1@HARBOUR")) == 1
    assert people.search(sqlite_database, "r_@") == ()


def test_lists_are_made_once_renamed_and_counted(sqlite_database: SubscriberDatabase) -> None:
    made = lists.ensure(sqlite_database, "morning", now=NOW, title="Morning edition")
    assert lists.ensure(sqlite_database, "morning", now=NOW + DAY, title="Other") == made
    join(sqlite_database, ANN)
    sign_up(sqlite_database, "bob@harbour.example")

    lists.rename(sqlite_database, "morning", "The morning")

    (found,) = lists.listed(sqlite_database)
    assert found.mailing_list.title == "The morning"
    assert found.counts[SubscriptionState.ACTIVE] == found.counts[SubscriptionState.PENDING] == 1
    assert found.counts[SubscriptionState.ENDED] == 0


@pytest.mark.parametrize("key", ["", "Morning", "a b", "-a", "a.b", "é", "x" * 65, "a/b", "a~b"])
def test_keys_that_cannot_stand_in_a_link_are_refused(
    sqlite_database: SubscriberDatabase, key: str
) -> None:
    with pytest.raises(InvalidListKey):
        lists.ensure(sqlite_database, key, now=NOW)


def test_an_unknown_list_is_named(sqlite_database: SubscriberDatabase) -> None:
    with pytest.raises(UnknownList, match="nowhere"):
        lists.rename(sqlite_database, "nowhere", "x")
    with pytest.raises(UnknownList, match="nowhere"):
        people.add(sqlite_database, ANN, "nowhere", BY_PHONE, now=NOW)


def test_an_operator_lifts_what_is_not_the_readers_own_no(sqlite_database: SubscriberDatabase) -> None:
    join(sqlite_database, ANN)
    suppression.suppress(sqlite_database, ANN, SuppressionKind.HARD_BOUNCE, now=NOW)

    assert suppression.lift(sqlite_database, ANN, SuppressionKind.HARD_BOUNCE) is True
    assert suppression.lift(sqlite_database, ANN, SuppressionKind.HARD_BOUNCE) is False

    assert mailed(sqlite_database) == {ANN}
    for kind in OWN_NO:
        with pytest.raises(NotAllowed):
            suppression.lift(sqlite_database, ANN, kind)


def test_a_lifted_complaint_does_not_bring_mail_back_by_itself(sqlite_database: SubscriberDatabase) -> None:
    join(sqlite_database, ANN)
    suppression.suppress(sqlite_database, ANN, SuppressionKind.COMPLAINT, now=NOW)

    suppression.lift(sqlite_database, ANN, SuppressionKind.COMPLAINT)

    assert mailed(sqlite_database) == set()


def test_suppressing_twice_keeps_the_first(sqlite_database: SubscriberDatabase) -> None:
    assert (
        suppression.suppress(sqlite_database, ANN, SuppressionKind.MANUAL, now=NOW, reason="first") is True
    )
    assert (
        suppression.suppress(sqlite_database, ANN, SuppressionKind.MANUAL, now=NOW + DAY, reason="second")
        is False
    )

    (one,) = suppression.suppressions_of(sqlite_database, ANN)
    assert (one.reason, one.at) == ("first", NOW)
    with pytest.raises(ValueError, match="erase"):
        suppression.suppress(sqlite_database, ANN, SuppressionKind.ERASED, now=NOW)
