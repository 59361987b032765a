"""What is made once for all threads."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.sources.text.once import once


def test_threads_that_ask_at_once_have_it_made_once() -> None:
    asking, made = threading.Barrier(8), []

    @once
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    def ask(number: int) -> int:
        asking.wait(timeout=10)
        return double(number % 2)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))

    assert found == [0, 2, 0, 2, 0, 2, 0, 2]
    assert sorted(made) == [0, 1]


def test_a_fault_is_not_kept() -> None:
    tries = []

    @once
    def given_at_last() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("no")
        return 3

    with pytest.raises(ValueError, match="no"):
        given_at_last()

    assert given_at_last() == given_at_last() == 3
    assert len(tries) == 2
