"""Short changes that many ask for at once are made together, and share one wait for the disk.

Whoever asks first makes the changes of all who ask meanwhile, one after the other in one transaction, and
commits once; then the next one leads. So a burst of clicks takes a few commits, and no thread is woken only
to find that it must wait again. Nobody returns before the commit: what is reported done is on the disk. A
change that fails is rolled back by itself.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine

from subscribers.errors import DatabaseUnavailable
from subscribers.storage.turns import Turns

Result = TypeVar("Result")

_MOST: Final = 64
"""Changes in one transaction: the first of them waits for the last."""


@dataclass(slots=True, eq=False)
class _Asked:
    """A change that somebody waits for.

    Attributes:
        leads: who waits for it is to make it, and others' with it.
        is_known: its result or problem is.
    """

    act: Callable[[Connection], Any]
    leads: bool = False
    is_known: bool = False
    result: Any = None
    problem: BaseException | None = None
    _sleep: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Let whoever sleeps wait for `wake`: a bare lock, which takes a fifth of an event's time."""
        self._sleep.acquire()

    def sleep(self) -> None:
        """Wait for `wake`."""
        self._sleep.acquire()

    def wake(self) -> None:
        """Let it go on; whoever leads makes its own change, and is awake."""
        if self._sleep.locked():
            self._sleep.release()

    def fail(self, problem: BaseException) -> None:
        """Keep why it was not made; the first reason counts."""
        self.problem = self.problem or problem


class JointWriting:
    """Makes changes to one SQLite file; safe to share between threads."""

    def __init__(self, engine: Engine, turns: Turns, *, name: str) -> None:
        """Write by `engine`, in turn with whoever else in this process writes the file.

        Args:
            name: of the database, for whoever could not write.
        """
        self._engine, self._turns, self._name = engine, turns, name
        self._lock = threading.Lock()
        self._asked: deque[_Asked] = deque()
        self._is_led = False

    @property
    def waiting(self) -> int:
        """Return how many changes nobody has begun."""
        return len(self._asked)

    def write(self, act: Callable[[Connection], Result], *, timeout_s: float) -> Result:
        """Make a change and return its result when it is on the disk.

        Args:
            act: short, and run on any thread; what it raises is raised here.
            timeout_s: for others of this process to end; for other processes the engine has its own.

        Raises:
            DatabaseUnavailable: it stayed locked, or broke under another's change; nothing was written.
        """
        mine = _Asked(act)
        with self._lock:
            self._asked.append(mine)
            mine.leads = not self._is_led
            self._is_led = True
        try:
            if not mine.leads:
                mine.sleep()
            if not mine.is_known:
                self._lead(timeout_s)
        except BaseException:
            self._withdraw(mine)
            raise
        if mine.problem is not None:
            raise mine.problem
        return mine.result  # type: ignore[no-any-return]  # of `act`

    def _lead(self, timeout_s: float) -> None:
        """Make what is asked for by now, then let the next one lead."""
        batch: list[_Asked] = []
        try:
            if not self._turns.take(timeout_s=timeout_s):
                batch = self._taken(len(self._asked))
                self._fail(batch, "database is locked")
                return
            try:
                batch = self._taken(_MOST)
                self._transact(batch)
            finally:
                self._turns.give()
        except BaseException as problem:
            why = getattr(problem, "orig", None) or problem  # the driver's own words
            self._fail(batch, str(why) or type(problem).__name__, cause=problem)
            if not isinstance(problem, Exception):
                raise
        finally:
            self._hand_on(batch)

    def _transact(self, batch: list[_Asked]) -> None:
        with self._engine.connect() as raw:
            connection = raw.execution_options(subscribers_write=True)
            transaction = connection.begin()
            try:
                self._act(connection, batch)
                if _is_whole(connection) and any(one.problem is None for one in batch):
                    transaction.commit()
                else:
                    transaction.rollback()
                    self._fail(batch, "the transaction was rolled back")
            except BaseException:
                # The transaction may still be open, and the next one would get it from the pool.
                connection.invalidate()
                raise

    def _act(self, connection: Connection, batch: list[_Asked]) -> None:
        """Make each change by itself; behind one that broke the transaction nothing more is begun."""
        is_alone = len(batch) == 1
        for number, one in enumerate(batch, 1):
            try:
                with nullcontext() if is_alone else _undone_alone(connection):
                    one.result = one.act(connection)
            except Exception as problem:  # noqa: BLE001  # it is raised where it was asked for
                one.fail(problem)
            if not _is_whole(connection):
                self._put_back(batch[number:])
                del batch[number:]

    def _taken(self, most: int) -> list[_Asked]:
        with self._lock:
            return [self._asked.popleft() for _ in range(min(most, len(self._asked)))]

    def _put_back(self, rest: list[_Asked]) -> None:
        with self._lock:
            self._asked.extendleft(reversed(rest))

    def _fail(self, batch: list[_Asked], why: str, *, cause: BaseException | None = None) -> None:
        for one in batch:
            problem = DatabaseUnavailable(self._name, why)
            problem.__cause__ = cause
            one.fail(problem)

    def _hand_on(self, batch: list[_Asked]) -> None:
        """Wake whoever's change is made or failed, and let the next one lead."""
        with self._lock:
            for one in batch:
                one.is_known = True
            following = self._asked[0] if self._asked else None
            self._is_led = following is not None
            if following is not None:
                following.leads = True
        for one in batch:
            one.wake()
        if following is not None:
            following.wake()

    def _withdraw(self, mine: _Asked) -> None:
        """Wait no longer for a change; one that leads hands that on."""
        with self._lock:
            is_waiting = mine in self._asked
            if is_waiting:
                self._asked.remove(mine)
        if is_waiting and mine.leads:
            self._hand_on([])


@contextmanager
def _undone_alone(connection: Connection) -> Iterator[None]:
    """Undo one change where it fails, and none beside it; SQLAlchemy compiles three statements for it."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("SAVEPOINT asked").close()
    try:
        yield
    except BaseException:
        if _is_whole(connection):
            raw.execute("ROLLBACK TO asked").close()
            raw.execute("RELEASE asked").close()
        raise
    raw.execute("RELEASE asked").close()


def _is_whole(connection: Connection) -> bool:
    """Tell whether the transaction still stands: a full disk makes SQLite roll all of it back."""
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))
