"""One edition is started at a time, each once; a broken one costs nobody else its turn."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from digest.errors import UnknownEdition
from digest.model import EditionKey, Step
from digest.web.serving.starting import MOST_WAITING, Start, Starter

FIRST = date(2026, 11, 1)


def start_of(number: int, until: Step = Step.CLOSE) -> Start:
    return Start(EditionKey("morning", FIRST + timedelta(days=number)), until)


def test_a_start_that_waits_is_asked_for_once_and_one_under_way_is_begun_again() -> None:
    has_begun, may_go, is_done = threading.Event(), threading.Event(), threading.Event()
    done: list[tuple[Start, str]] = []

    def act(start: Start, by: str) -> None:
        has_begun.set()
        may_go.wait()
        done.append((start, by))
        if start == start_of(2):
            is_done.set()

    starter = Starter(act, may=True)
    first = starter.ask(start_of(1), by="token a")
    has_begun.wait()
    wanted = (start_of(1, Step.DRAFT), start_of(1), start_of(1), start_of(1, Step.DRAFT), start_of(2))
    told = [starter.ask(one, by="token b") for one in wanted]
    may_go.set()
    is_done.wait()
    starter.stop()

    assert (first, told) == (True, [True, True, False, False, True])
    assert done == [
        (start_of(1), "token a"),
        (start_of(1, Step.DRAFT), "token b"),
        (start_of(1), "token b"),
        (start_of(2), "token b"),
    ]


def test_a_start_that_breaks_leaves_the_next_its_turn() -> None:
    is_done = threading.Event()

    def act(start: Start, _by: str) -> None:
        if start == start_of(1):
            raise UnknownEdition(str(start.key))
        if start == start_of(2):
            raise RuntimeError
        is_done.set()

    starter = Starter(act, may=True)
    for number in (1, 2, 3):
        starter.ask(start_of(number), by="token a")
    is_done.wait()
    starter.stop()


def test_no_more_than_a_few_wait() -> None:
    has_begun, may_go = threading.Event(), threading.Event()

    def act(_start: Start, _by: str) -> None:
        has_begun.set()
        may_go.wait()

    starter = Starter(act, may=True)
    starter.ask(start_of(0), by="token a")
    has_begun.wait()
    for number in range(MOST_WAITING):
        starter.ask(start_of(number), by="token a")

    with pytest.raises(OverflowError):
        starter.ask(start_of(MOST_WAITING), by="token a")

    may_go.set()
    starter.stop()
    with pytest.raises(OverflowError):
        starter.ask(start_of(0, Step.DRAFT), by="token a")
