"""Connections that carry batches one after the other, several at a time.

A batch has a share for each connection, taken in the order of the batches. A connection with nobody left of
one goes on with its share of the next without a pause: the next envelope travels behind the last mail, and
its answers prove the one before.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from digest.errors import TransportUnavailable
from digest.transports.envelopes import Session, SessionBroken, Work
from digest.transports.headers import scrubbed
from digest.transports.smtp.connecting import Relay, connect
from digest.transports.smtp.manners import Manners

log = logging.getLogger(__name__)

_MAX_BREAKS: Final = 3
"""So many connections in a row that carried nothing, and the batch gives up."""

_IDLE_S: Final = 20.0
"""A connection idle for longer is closed: servers drop theirs after some minutes, firewalls sooner."""


@dataclass(eq=False, slots=True)
class _Share:
    """What one connection carries of a batch; how much that is shows on the way.

    Attributes:
        lane: that has it, once one has.
    """

    work: Work
    done: asyncio.Future[None]
    lane: asyncio.Task[None] | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether it was carried, or nobody wants it to be any more."""
        return self.done.done()

    def end(self, error: Exception | None = None) -> None:
        """Know that nobody carries it any more."""
        if self.is_over:
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)


class Lanes:
    """The connections to one relay, on one event loop."""

    def __init__(self, relay: Relay, manners: Manners, count: int) -> None:
        """Open nothing yet.

        Args:
            count: so many connections at the same time, at most.
        """
        self._relay, self._manners, self._count = relay, manners, count
        self._waiting: deque[_Share] = deque()
        self._lanes: set[asyncio.Task[None]] = set()
        self._idle: list[tuple[float, Session]] = []
        self._is_closing = False
        self.broke = ""
        """How the last connection that broke did."""

    async def carry(self, work: Work) -> list[BaseException | None]:
        """Let up to all connections work on the batch, and return how that ended for each."""
        loop = asyncio.get_running_loop()
        shares = [_Share(work, loop.create_future()) for _ in range(min(self._count, work.size))]
        self._waiting.extend(shares)
        self._open()
        try:
            return await asyncio.gather(*(share.done for share in shares), return_exceptions=True)
        except asyncio.CancelledError:
            for share in shares:
                self._abandon(share)
            raise

    async def close(self) -> None:
        """Stop whatever is on its way, and say goodbye on every idle connection."""
        self._is_closing = True
        self._waiting.clear()
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)
        idle, self._idle = self._idle, []
        await asyncio.gather(*(session.quit() for _, session in idle))

    def next_share(self) -> _Share | None:
        """Return the first share that is waiting, of a batch with somebody left."""
        while self._waiting:
            share = self._waiting.popleft()
            if share.work.remains and not share.is_over:
                return share
            share.end()
        return None

    def put_back(self, share: _Share) -> None:
        """Let any lane have a share, before all others."""
        self._waiting.appendleft(share)
        self._open()

    def leave(self, lane: asyncio.Task[None]) -> None:
        """Know that a lane has ended; whatever waits gets another one."""
        self._lanes.discard(lane)
        self._open()

    async def session(self) -> Session:
        """Return a connection that can take mails.

        Raises:
            TransportUnavailable: there is none to be had.
        """
        now = asyncio.get_running_loop().time()
        while self._idle:
            since, session = self._idle.pop()
            if session.is_alive and now - since < _IDLE_S:
                return session
            await session.quit()
        if self._manners.problem:
            raise TransportUnavailable("smtp", f"{self._relay.host}: {self._manners.problem}")
        return await connect(self._relay, self._manners)

    def keep(self, session: Session) -> None:
        """Keep a connection for whoever needs one next."""
        if session.is_alive:
            self._idle.append((asyncio.get_running_loop().time(), session))

    def lose(self, session: Session, why: SessionBroken) -> None:
        """Drop a connection that is of no more use."""
        session.abort()
        self.broke = scrubbed(str(why))
        log.info("smtp %s: %s", self._relay.host, self.broke)

    def _open(self) -> None:
        if self._is_closing:
            return
        for _ in range(min(self._count - len(self._lanes), len(self._waiting))):
            task = asyncio.get_running_loop().create_task(_Lane(self).run())
            self._lanes.add(task)

    def _abandon(self, share: _Share) -> None:
        if share in self._waiting:
            self._waiting.remove(share)
        elif share.lane is not None:
            share.lane.cancel()


@dataclass(eq=False, slots=True)
class _Lane:
    """One connection after the other, as long as anything waits.

    Attributes:
        following: the share that is taken already, while the one before is carried to its end.
        session: the connection on which it has begun.
    """

    lanes: Lanes
    following: _Share | None = field(default=None, init=False)
    session: Session | None = field(default=None, init=False)

    async def run(self) -> None:
        """Carry share after share."""
        task = asyncio.current_task()
        assert task is not None
        try:
            while share := self._next():
                share.lane = task
                try:
                    await self._carry(share.work)
                except Exception as error:  # noqa: BLE001  # whoever waits for the batch is told
                    share.end(error)
                else:
                    self._finish(share)
                finally:
                    share.lane = None
        finally:
            if self.following is not None:
                self.lanes.put_back(self.following)
            self.lanes.leave(task)

    def heir(self) -> Work | None:
        """Return the batch that this connection goes on with, if there is one by now."""
        if self.following is None:
            self.following = self.lanes.next_share()
        return self.following.work if self.following else None

    def _next(self) -> _Share | None:
        share, self.following = self.following, None
        if share is not None and share.is_over and self.session is not None:
            self.session.abort()  # its envelope is open, and nobody wants its mail to go
            self.session = None
        return share if share is not None and not share.is_over else self.lanes.next_share()

    def _finish(self, share: _Share) -> None:
        if self.session is not None and share.work.remains:
            self.lanes.put_back(share)  # somebody of it was given back meanwhile
        else:
            share.end()

    async def _carry(self, work: Work) -> None:
        """Carry mails over one connection, opening another one when it breaks."""
        breaks = 0
        while (self.session or work.remains) and breaks < _MAX_BREAKS:
            before = work.decided
            session, self.session = self.session or await self.lanes.session(), None
            try:
                is_under_way = await session.deliver(work, self.heir)
            except SessionBroken as error:
                self.lanes.lose(session, error)
                breaks = breaks + 1 if work.decided == before else 0
            except BaseException:
                session.abort()
                raise
            else:
                if is_under_way:
                    self.session = session
                    return
                self.lanes.keep(session)
