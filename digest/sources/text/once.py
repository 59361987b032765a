"""What is made once for all threads: crawls that begin together would each compile the same expressions."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def once(make: Callable[P, T]) -> Callable[P, T]:
    """Return a function that is called once for the same arguments, by one thread at a time.

    What it gave is kept for good, as by `functools.cache`.
    """
    known: dict[object, T] = {}
    turn = threading.RLock()

    @functools.wraps(make)
    def given(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (args, tuple(kwargs.items())) if kwargs else args
        try:
            return known[key]
        except KeyError:
            pass
        with turn:
            if key not in known:
                known[key] = make(*args, **kwargs)
            return known[key]

    return given
