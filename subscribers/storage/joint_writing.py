"""Writers of one process who wait for each other share a transaction, and with it the disk's answer.

Each does its part alone, in its turn, and leaves the transaction open for the next that waits; the last one
commits. Nobody returns before that: what is reported done is on the disk. A part that fails is rolled back
by itself. One writer alone has a transaction of its own, as ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, RootTransaction

from subscribers.errors import DatabaseUnavailable
from subscribers.storage.turns import Turns

_MOST_PARTS: Final = 64
LONGEST_S: Final = 0.02
"""The first of a transaction waits no longer for others' parts, before it waits for the disk."""


class _Transaction:
    """An open transaction, as its parts pass it on."""

    def __init__(self, engine: Engine) -> None:
        """Begin; the file's lock is ours then."""
        raw = engine.connect()
        self.connection: Connection = raw.execution_options(subscribers_write=True)
        try:
            self._root: RootTransaction = self.connection.begin()
        except BaseException:
            raw.close()
            raise
        self.parts = 0
        self._begun_at = time.monotonic()
        self.problem: BaseException | None = None
        self._is_over = threading.Event()

    @property
    def is_whole(self) -> bool:
        """Tell whether it still stands: a full disk makes SQLite roll all of it back."""
        raw = self.connection.connection.dbapi_connection
        return bool(getattr(raw, "in_transaction", False))

    def takes_more(self, longest_s: float) -> bool:
        """Tell whether another part may join."""
        return self.is_whole and 0 < self.parts < _MOST_PARTS and self._age_s < longest_s

    @property
    def _age_s(self) -> float:
        return time.monotonic() - self._begun_at

    @contextmanager
    def part(self) -> Iterator[Connection]:
        """Yield the connection for one part; where that fails, its changes go and the others' stay."""
        if not self.parts:
            yield self.connection
        else:
            with self.connection.begin_nested():
                yield self.connection
        self.parts += 1

    def end(self) -> None:
        """Commit what was done, if anything was and all of it is there, and close."""
        try:
            if self.parts and not self.is_whole:
                self.problem = self.problem or RuntimeError("the transaction was rolled back")
            if self.parts and self.problem is None:
                self._root.commit()
            else:
                self._root.rollback()
        except BaseException as problem:
            self.problem = problem
            # It may still be open, and the next one would get it from the pool.
            self.connection.invalidate()
            raise
        finally:
            self.connection.close()

    def tell(self) -> None:
        """Wake those who wait for the end."""
        self._is_over.set()

    def wait(self) -> BaseException | None:
        """Wait for the end and return why nothing was written, if so."""
        self._is_over.wait()
        return self.problem


class JointWriting:
    """The one way to write a SQLite file; safe to share between threads."""

    def __init__(self, engine: Engine, turns: Turns, *, name: str, longest_s: float = LONGEST_S) -> None:
        """Write by `engine`, whoever else in this process has turns at the file.

        Args:
            name: of the database, for whoever could not write.
            longest_s: a transaction that lasted so long is passed on to nobody.
        """
        self._engine, self._turns, self._name = engine, turns, name
        self._longest_s = longest_s
        self._open: _Transaction | None = None

    @contextmanager
    def writing(self, *, timeout_s: float) -> Iterator[Connection]:
        """Yield a connection that alone may write; return when its changes are on the disk.

        Args:
            timeout_s: for the turn in this process; for other processes the engine has its own.

        Raises:
            DatabaseUnavailable: it stayed locked, or another's part broke all of the transaction.
        """
        if not self._turns.take(timeout_s=timeout_s, who=self, unwanted=self._end):
            raise DatabaseUnavailable(self._name, "database is locked")
        try:
            shared = self._open or _Transaction(self._engine)
        except BaseException:
            self._turns.give()
            raise
        self._open = shared
        try:
            with shared.part() as connection:
                yield connection
        except BaseException:
            self._leave(shared)
            raise
        self._leave(shared)
        problem = shared.wait()
        if problem is not None:
            raise DatabaseUnavailable(self._name, str(problem)) from problem

    def _leave(self, shared: _Transaction) -> None:
        """Pass the transaction on to the next that waits, or end it."""
        if shared.takes_more(self._longest_s) and self._turns.pass_on(self):
            return
        self._end()

    def _end(self) -> None:
        """End the open transaction, if there is one, and the turn."""
        shared, self._open = self._open, None
        try:
            if shared is not None:
                shared.end()
        finally:
            self._turns.give()
            if shared is not None:
                shared.tell()
