"""The fence: a request scheduled ahead can be called back when its answer is lost.

Source: docs.sendgrid.com, "Cancel Scheduled Sends": a scheduled batch may be canceled until 10 minutes
before its time; 10 cancellations may wait at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Final

import httpx
import orjson
from python_http_client.client import Client

from digest.errors import ConfigurationError, Fault
from digest.transports.sendgrid_answers import Judgement, Verdict, judge, judge_failure
from digest.transports.sendgrid_request import Fence

log = logging.getLogger(__name__)

MIN_AHEAD_S: Final = 900.0
MAX_AHEAD_S: Final = 72 * 3600.0

_CANCEL_BEFORE_S: Final = 600.0
_MAX_CANCELED: Final = 10


class Fences:
    """Opens fences and calls fenced requests back; safe from several threads."""

    def __init__(self, client: Client, *, ahead_s: float, clock: Callable[[], datetime]) -> None:
        """Take the package's client.

        Raises:
            ConfigurationError: `ahead_s` is not between 15 minutes and 72 hours.
        """
        if not MIN_AHEAD_S <= ahead_s < MAX_AHEAD_S:
            raise ConfigurationError(
                [
                    Fault(
                        "transport.fence_ahead_s",
                        f"{ahead_s:g} is not from {MIN_AHEAD_S:g} to {MAX_AHEAD_S:g}",
                    )
                ]
            )
        self._batch = client.mail.batch
        self._scheduled = client.user.scheduled_sends
        self._ahead_s = ahead_s
        self._clock = clock
        self._canceled: list[int] = []
        self._lock = Lock()

    def open(self) -> Fence | Judgement:
        """Return a new fence, or why there is none; nothing was sent then."""
        now = self._clock()
        try:
            response = self._batch.post()
        except httpx.TransportError as error:
            failed = judge_failure(error)
            verdict = Verdict.LATER if failed.verdict is Verdict.UNSURE else failed.verdict
            return Judgement(verdict, f"no batch id: {failed.reason}")
        if response.status_code == 201:
            try:
                batch_id = orjson.loads(response.content)["batch_id"]
            except (orjson.JSONDecodeError, KeyError, TypeError):
                return Judgement(Verdict.LATER, "no batch id in SendGrid's answer")
            return Fence(str(batch_id), int(now.timestamp() + self._ahead_s))
        judged = judge(response, rows=0, now=now)
        verdict = Verdict.DENIED if judged.verdict is Verdict.DENIED else Verdict.LATER
        return Judgement(verdict, f"no batch id: {judged.reason}", retry_after_s=judged.retry_after_s)

    def call_back(self, fence: Fence) -> bool:
        """Cancel a scheduled request; True proves that none of it goes out.

        False where it is too late, too many wait already, or SendGrid does not confirm.
        """
        now = self._clock().timestamp()
        with self._lock:
            self._canceled = [at for at in self._canceled if at > now]
            if len(self._canceled) >= _MAX_CANCELED or fence.send_at - now <= _CANCEL_BEFORE_S:
                return False
            self._canceled.append(fence.send_at)
        try:
            response = self._scheduled.post(request_body={"batch_id": fence.batch_id, "status": "cancel"})
        except httpx.TransportError as error:
            log.warning("sendgrid: batch not called back (%s)", type(error).__name__)
            return False
        if response.status_code != 201:
            log.warning("sendgrid: batch not called back (%d)", response.status_code)
            return False
        return self._clock().timestamp() < fence.send_at - _CANCEL_BEFORE_S
