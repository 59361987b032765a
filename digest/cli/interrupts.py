"""Ctrl-C, a service manager's stop and a closed terminal: what is on its way is finished first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from digest.dispatch.shutdown import Stopping


def endings() -> tuple[signal.Signals, ...]:
    """Return the signals that ask for the end: a closed terminal's too, unless nohup says to ignore it."""
    usual = (signal.SIGINT, signal.SIGTERM)
    return usual if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else (*usual, signal.SIGHUP)


@contextmanager
def finishing(stopping: Stopping) -> Iterator[None]:
    """Let the first signal end the sending after its batch, and any other end the command at once.

    Raises from its block:
        KeyboardInterrupt: there was nothing to finish, or it was the second signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        if not stopping.ask():
            raise KeyboardInterrupt
        click.echo("digest: finishing what is on its way; once more ends it at once", err=True)

    signals = endings()
    before = [signal.signal(one, end) for one in signals]
    try:
        yield
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)
        stopping.forget()
