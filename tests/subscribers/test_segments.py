from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers import feedback, people, preferences
from subscribers.audience import audience, count
from subscribers.segments import (
    AllOf,
    AnyOf,
    ClickedSince,
    HasTag,
    HasTopic,
    InLanguage,
    Not,
    OnList,
    Segment,
    SignedUpSince,
    from_data,
    to_data,
)
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import DAY, NOW, answer, join

_WORDS = st.text(min_size=1, max_size=8)
_MOMENTS = st.integers(0, 10_000).map(lambda days: NOW + timedelta(days=days))
_LEAVES: st.SearchStrategy[Segment] = st.one_of(
    *(_WORDS.map(kind) for kind in (OnList, HasTopic, InLanguage, HasTag)),
    *(_MOMENTS.map(kind) for kind in (SignedUpSince, ClickedSince)),
)
_SEGMENTS = st.recursive(
    _LEAVES,
    lambda parts: st.one_of(
        parts.map(Not), *(st.lists(parts, max_size=3).map(tuple).map(kind) for kind in (AllOf, AnyOf))
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(_SEGMENTS)
def test_a_segment_survives_json(segment: Segment) -> None:
    assert from_data(json.loads(json.dumps(to_data(segment)))) == segment


@pytest.mark.parametrize(
    "data",
    [{}, [], None, "all", {"has_tag": ""}, {"has_tag": 3}, {"nobody": "x"}, {"all_of": "x"},
     {"a": 1, "b": 2}, {"signed_up_since": "yesterday"},
     {"signed_up_since": "2026-11-23T06:00:00"}, {"not": None}],
)  # fmt: skip
def test_a_wrong_segment_is_refused_with_a_sentence(data: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_data(data)


def test_a_segment_nested_without_end_is_refused() -> None:
    data: object = {"has_tag": "x"}
    for _ in range(50):
        data = {"not": data}

    with pytest.raises(ValueError, match="deep"):
        from_data(data)


def test_a_bare_date_is_its_midnight_in_utc() -> None:
    assert from_data({"clicked_since": "2026-11-23"}) == ClickedSince(NOW.replace(hour=0))


def _names(database: SubscriberDatabase, segment: Segment) -> str:
    rows = answer(database, audience(["morning"], now=NOW + 9 * DAY, segment=segment))
    return " ".join(sorted(row["canonical"].partition("@")[0] for row in rows))


def test_every_kind_of_part_takes_whom_it_says(database: SubscriberDatabase) -> None:
    ann = join(database, "ann@harbour.example")
    bob = join(database, "bob@harbour.example", now=NOW + DAY)
    cid = join(database, "cid@harbour.example", now=NOW + 2 * DAY)
    join(database, "ann@harbour.example", "evening")
    preferences.unsubscribe(database, join(database, "cid@harbour.example", "evening"), "evening", now=NOW)
    preferences.choose(database, ann, "morning", topics=["sport"])
    preferences.choose(database, bob, "morning", topics=["sports_page"])
    people.describe(database, ann, language="fr-CA")
    people.describe(database, bob, language="FR")
    people.describe(database, cid, language="frr")
    people.tag(database, bob, ["VIP", "50%"])
    click = feedback.FeedbackEvent(
        "c1", feedback.FeedbackKind.CLICKED, "cid@harbour.example", NOW + 3 * DAY
    )
    feedback.record(database, [click], now=NOW + 9 * DAY)

    segments: dict[str, Segment] = {
        "on list": OnList("evening"),
        "topic": HasTopic("sport"),
        "language": InLanguage("fr"),
        "tag": HasTag("VIP"),
        "like-sign": HasTag("50_"),
        "since": SignedUpSince(NOW + DAY),
        "clicked": ClickedSince(NOW + 3 * DAY),
        "clicked later": ClickedSince(NOW + 4 * DAY),
        "not clicked": Not(ClickedSince(NOW)),
        "all": AllOf((InLanguage("fr"), HasTag("VIP"))),
        "any": AnyOf((HasTag("VIP"), OnList("evening"))),
        "all of none": AllOf(()),
        "any of none": AnyOf(()),
    }

    found = {name: _names(database, segment) for name, segment in segments.items()}

    assert found == {
        "on list": "ann",
        "topic": "ann cid",
        "language": "ann bob",
        "tag": "bob",
        "like-sign": "",
        "since": "bob cid",
        "clicked": "cid",
        "clicked later": "",
        "not clicked": "ann bob",
        "all": "bob",
        "any": "ann bob",
        "all of none": "ann bob cid",
        "any of none": "",
    }


@settings(deadline=None, max_examples=40, derandomize=True)
@given(segment=_SEGMENTS)
def test_any_segment_and_its_opposite_share_the_audience(
    shared_database: SubscriberDatabase, segment: Segment
) -> None:
    for who in ("ann", "bob", "cid"):
        join(shared_database, f"{who}@harbour.example")

    inside = count(shared_database, audience(["morning"], now=NOW, segment=segment))
    outside = count(shared_database, audience(["morning"], now=NOW, segment=Not(segment)))

    assert inside + outside == 3
