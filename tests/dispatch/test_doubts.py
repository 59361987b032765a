from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.dispatch.doubts import FEW, SOME, Doubts, Judged, Standing
from digest.dispatch.pausing import FIRST_S, LONGEST_S, SHORTEST_S, wait_s
from digest.model import Blame, Outcome, Receipt
from digest.testing import a_delivery

SENT, FAILED, AGAIN = Outcome.SENT, Outcome.FAILED, Outcome.AGAIN

Told = tuple[Outcome, Blame | None]


def judged(told: Iterable[Told], standing: Standing, *, attempt: int = 1, first: int = 1) -> list[Judged]:
    """Return what became of a batch, what a taken reader cleared first."""
    told = list(told)
    doubts, cleared = Doubts(standing, len(told)), Judged()
    for number, (outcome, blame) in enumerate(told, start=first):
        delivery = a_delivery(number)._replace(attempt=attempt)
        receipt = Receipt(delivery.reference, outcome, f"550 {blame}", blame=blame)
        if outcome is SENT:
            cleared.ended.extend(doubts.cleared(receipt))
        else:
            assert doubts.holds(receipt, delivery)
    return [cleared, doubts.judged()]


def failed(found: list[Judged]) -> int:
    return sum(receipt.outcome is FAILED for one in found for receipt in one.ended)


@pytest.mark.parametrize("blame", [one for one in Blame if one is not Blame.RATE])
def test_where_nobody_is_taken_nobody_fails_and_sending_pauses(blame: Blame) -> None:
    found = judged([(FAILED, blame)] * 5, Standing(frozen=5))

    assert failed(found) == 0
    assert found[1].cause is not None
    assert len(found[1].released) + len(found[1].soon) == 5


@pytest.mark.parametrize(
    "blame", [one for one in Blame if one is not Blame.RATE and not one.is_never_the_readers]
)
def test_whoever_is_refused_before_another_is_taken_fails(blame: Blame) -> None:
    found = judged([(FAILED, blame), (SENT, None)] * 9, Standing(frozen=18))

    assert failed(found) == 9
    assert found[1].cause is None


@pytest.mark.parametrize("blame", [one for one in Blame if one.is_never_the_readers])
def test_some_words_fail_nobody_whoever_is_taken(blame: Blame) -> None:
    assert failed(judged([(FAILED, blame), (SENT, None)] * 9, Standing(frozen=18))) == 0


@pytest.mark.parametrize(
    ("blame", "count", "attempt", "ends"),
    [
        pytest.param(Blame.READER, SOME, 1, True, id="mailboxes, as many as may be"),
        pytest.param(Blame.READER, SOME + 1, 1, False, id="mailboxes, one more"),
        pytest.param(Blame.UNKNOWN, 1, 1, True, id="one alone"),
        pytest.param(Blame.MESSAGE, 1, 1, True, id="one alone whose server dislikes the mail"),
        pytest.param(Blame.MESSAGE, 3, 1, True, id="a few whose servers dislike what others took"),
        pytest.param(Blame.MESSAGE, FEW, 1, False, id="one more"),
        pytest.param(Blame.UNKNOWN, 2, 1, False, id="two, asked once"),
        pytest.param(Blame.UNKNOWN, 2, 3, True, id="two, asked three times"),
        pytest.param(Blame.UNKNOWN, SOME + 1, 3, False, id="too many, however often"),
        pytest.param(Blame.RELAY, 1, 9, False, id="never the reader's"),
    ],
)
def test_at_the_end_of_an_edition_a_few_are_given_up(
    blame: Blame, count: int, attempt: int, ends: bool
) -> None:
    found = judged([(FAILED, blame)] * count, Standing(frozen=100, taken=50), attempt=attempt)

    assert failed(found) == (count if ends else 0)
    if not ends and count >= FEW:
        assert found[1].cause is not None


def test_who_was_asked_earlier_clears_nobody_though_they_answer_later() -> None:
    standing, doubts = Standing(frozen=9), None
    doubts = Doubts(standing, 9)
    refused, taken = a_delivery(1), a_delivery(2)
    doubts.holds(Receipt(refused.reference, FAILED, "550", blame=Blame.READER, order=5), refused)

    assert doubts.cleared(Receipt(taken.reference, SENT, order=5)) == []
    assert len(doubts.cleared(Receipt(taken.reference, SENT, order=6))) == 1


def test_whoever_is_refused_again_after_others_were_taken_fails() -> None:
    standing = Standing(frozen=100, taken=50)
    first = judged([(FAILED, Blame.UNKNOWN)] * 2, standing)
    judged([(SENT, None)] * 3, standing, first=50)
    again = judged([(FAILED, Blame.UNKNOWN)] * 2, standing)

    assert (failed(first), failed(again)) == (0, 2)


FOR_NOW = [Blame.UNKNOWN, Blame.READER]
"""What a refusal for the moment may blame, without a word of what is ours."""


@pytest.mark.parametrize("blame", FOR_NOW)
@pytest.mark.parametrize(
    ("count", "frozen", "taken", "is_cause"),
    [
        pytest.param(5, 5, 0, True, id="all of a few"),
        pytest.param(FEW, 60, 0, True, id="the first few of many"),
        pytest.param(FEW - 1, 60, 0, False, id="one less"),
        pytest.param(1, 1, 0, False, id="the only reader"),
        pytest.param(2, 2, 0, True, id="both"),
        pytest.param(SOME + 1, 60, 20, True, id="too many of the rest"),
        pytest.param(SOME, 60, 20, False, id="some of the rest"),
    ],
)
def test_what_everybody_is_told_for_the_moment_pauses(
    blame: Blame, count: int, frozen: int, taken: int, is_cause: bool
) -> None:
    found = judged([(AGAIN, blame)] * count, Standing(frozen=frozen, taken=taken))[1]

    assert (found.cause is not None) == is_cause
    assert len(found.postponed if is_cause else found.ended) == count
    assert not found.released


@pytest.mark.parametrize("blame", FOR_NOW)
def test_a_refusal_for_the_moment_between_others_is_its_own(blame: Blame) -> None:
    found = judged([(SENT, None), (AGAIN, blame)] * 30 + [(SENT, None)], Standing(frozen=61))[1]

    assert found.cause is None
    assert len(found.ended) == 30


def test_strangers_are_asked_again_before_all_others_wait() -> None:
    standing = Standing(frozen=9)
    delivery = a_delivery(1)
    stranger = Receipt(delivery.reference, AGAIN, "451 greylisted", blame=Blame.STRANGER)

    assert not Doubts(standing, 1).holds(stranger, delivery)
    assert not Doubts(standing, 1).holds(stranger, delivery._replace(attempt=2))
    assert Doubts(standing, 1).holds(stranger, delivery._replace(attempt=3))


def test_one_that_is_asked_alone_does_not_speak_for_many() -> None:
    standing = Standing(frozen=60)
    found = [judged([(FAILED, Blame.READER)], standing, first=number)[1] for number in range(1, FEW + 1)]

    assert [one.cause is not None for one in found] == [False] * (FEW - 1) + [True]


def test_a_rate_gives_all_back_and_names_itself() -> None:
    found = judged([(SENT, None), (AGAIN, Blame.RATE), (AGAIN, Blame.RATE)], Standing(frozen=9))[1]

    assert len(found.released) == 2
    assert found.too_fast is not None
    assert found.cause is None


RECEIPTS = st.lists(
    st.one_of(
        st.just((SENT, None)),
        st.tuples(
            st.sampled_from([FAILED, AGAIN]), st.sampled_from([one for one in Blame if one.is_of_everybody])
        ),
        st.just((FAILED, Blame.UNKNOWN)),
        st.just((FAILED, Blame.READER)),
        st.just((AGAIN, Blame.READER)),
        st.just((AGAIN, Blame.UNKNOWN)),
    ),
    max_size=40,
)


@given(told=RECEIPTS, taken=st.integers(0, 3))
def test_every_refusal_is_accounted_for_once(told: list[Told], taken: int) -> None:
    found = judged(told, Standing(frozen=50, taken=taken))

    names = [receipt.reference for one in found for receipt in (*one.ended, *one.soon, *one.postponed)]
    names += [reference for one in found for reference in one.released]
    refused = [number for number, (outcome, _) in enumerate(told, start=1) if outcome is not SENT]
    assert sorted(names) == sorted(a_delivery(number).reference for number in refused)


def test_the_waits_double_up_to_an_hour_and_end_before_the_deadline() -> None:
    waits = [wait_s(pauses, left_s=None) for pauses in range(2000)]

    assert waits[0] == FIRST_S
    assert all(later == min(2 * earlier, LONGEST_S) for earlier, later in itertools.pairwise(waits))
    now, deadline = datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC)
    for pauses in range(50):
        if now >= deadline:
            break
        now += timedelta(seconds=wait_s(pauses, left_s=(deadline - now).total_seconds()))
    assert now - deadline < timedelta(seconds=SHORTEST_S)
