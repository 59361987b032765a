"""A mail server for journeys: every answer scripted, every recipient counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.transports.smtp.server import ScriptedServer, running


@dataclass
class Refusing(ScriptedServer):
    """Refuses as told: by a text for each stage, after so many mails, or faster than so many in a while.

    Attributes:
        hello: the answer to EHLO and HELO.
        limit: takes so many mails, and answers `over` to RCPT then; None for no limit.
        burst: takes so many mails in `window_s` seconds, and answers `over` to RCPT until they are over.
    """

    hello: str = ""
    limit: int | None = None
    burst: int | None = None
    window_s: float = 2.0
    over: str = "550 5.4.5 Daily sending quota exceeded"
    asked: Counter[str] = field(default_factory=Counter)
    hello_names: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    mails_from: list[list[str]] = field(default_factory=list)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any
    ) -> Any:
        self.hello_names.add(hostname)
        if self.hello:
            return [self.hello]
        return await super().handle_EHLO(server, session, envelope, hostname, responses)

    async def handle_HELO(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str
    ) -> str:
        return self.hello or "250 here"

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.mails_from.append(list(options))
        return await super().handle_MAIL(server, session, envelope, address, options)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.asked[address] += 1
        if self._is_over():
            return self.over
        answer = await super().handle_RCPT(server, session, envelope, address, options)
        if answer.startswith("2"):
            self.times.append(time.monotonic())
        return answer

    def _is_over(self) -> bool:
        if self.limit is not None:
            return len(self.times) >= self.limit
        if self.burst is None:
            return False
        since = time.monotonic() - self.window_s
        return sum(at > since for at in self.times) >= self.burst

    @property
    def got(self) -> Counter[str]:
        return Counter(mail.recipient for mail in self.arrived)

    def mend(self) -> None:
        """Take everything from now on."""
        self.hello, self.limit, self.burst = "", None, None
        self.on_mail = self.on_rcpt = self.on_data = lambda _: ""


@contextmanager
def serving(server: Refusing, **options: Any) -> Iterator[Refusing]:
    with running(server, **options) as started:
        assert isinstance(started, Refusing)
        yield started


def by_smtp(port: int, more: str = "") -> str:
    return f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n{more}'


def always(answer: str) -> Callable[[str], str]:
    return lambda _: answer
