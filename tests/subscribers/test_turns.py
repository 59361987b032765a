from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from subscribers.storage.turns import Turns, turns_of
from tests.subscribers.interrupting import interrupt_soon

SOON_S = 30.0


def waits(turns: Turns, count: int) -> bool:
    """Return when so many wait for a turn."""
    ticking = threading.Event()
    return any(turns.waiting == count or ticking.wait(0.01) for _ in range(60_000))


def test_turns_come_in_the_order_they_were_asked_for() -> None:
    turns, order = Turns(), list[int]()
    turns.take(timeout_s=SOON_S)

    def work(number: int) -> None:
        turns.take(timeout_s=SOON_S)
        order.append(number)
        turns.give()

    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(work, number)
            assert waits(turns, number + 1)
        turns.give()

    assert order == list(range(8))


def test_whoever_waits_too_long_leaves_the_queue() -> None:
    turns = Turns()
    turns.take(timeout_s=SOON_S)

    assert not turns.take(timeout_s=0.01)
    assert turns.waiting == 0

    turns.give()
    assert turns.take(timeout_s=0.01)


def test_never_do_two_have_a_turn_however_often_some_give_up() -> None:
    turns, inside, most = Turns(), [0], [0]

    def work(patience_s: float) -> int:
        got = 0
        for _ in range(300):
            if turns.take(timeout_s=patience_s):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1
                got += 1
                turns.give()
        return got

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(work, [SOON_S, SOON_S, SOON_S, 0.0001, 0.0001, 0.0]))

    assert found[:3] == [300, 300, 300]
    assert most == [1]
    assert turns.take(timeout_s=0), "the last one gave it back"


def test_whoever_is_interrupted_leaves_the_queue() -> None:
    turns = Turns()
    turns.take(timeout_s=SOON_S)
    interrupt_soon()

    with pytest.raises(KeyboardInterrupt):
        turns.take(timeout_s=SOON_S)

    assert turns.waiting == 0


def test_a_file_has_one_queue_however_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    ours = turns_of(str(tmp_path / "one.db"))

    assert turns_of(str(tmp_path / "folder" / ".." / "one.db")) is ours
    assert turns_of(str(tmp_path / "two.db")) is not ours
