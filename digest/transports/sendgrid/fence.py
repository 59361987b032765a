"""The fence: a request scheduled ahead can be called back when its answer is lost.

The batch id is made before the call and noted beside the deliveries, so that whoever comes after a killed
process can call its request back too. A batch holds one request: canceling it cancels nothing accepted.

Source: docs.sendgrid.com, "Cancel Scheduled Sends": a scheduled batch may be canceled until 10 minutes
before its time; 10 cancellations may wait at once.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from typing import Final, Protocol

import httpx
import orjson

from digest.errors import ConfigurationError, Fault, TransportUnavailable
from digest.model import FENCE_NOTE
from digest.transports.sendgrid.answers import Judgement, Verdict, judge, judge_failure
from digest.transports.sendgrid.package import Client
from digest.transports.sendgrid.request import Fence

log = logging.getLogger(__name__)

MIN_AHEAD_S: Final = 900.0
MAX_AHEAD_S: Final = 72 * 3600.0

_CANCEL_BEFORE_S: Final = 600.0
_MAX_CANCELED: Final = 10
_SECONDS: Final = re.compile("[0-9]{1,12}")


class RequestNotes(Protocol):
    """Where a transport writes down what a successor needs, should this process die during a call.

    A ledger is one.
    """

    def note(self, references: Sequence[str], note: str) -> int:
        """Commit `note` beside these attempts where they are still sending; return how many were.

        Fewer than asked for means that others have taken over: the call is not made then.
        """
        ...


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
        self._canceled: dict[str, int] = {}
        self._lock = Lock()

    def open(self) -> Fence | Judgement:
        """Return a new fence, or why there is none; nothing was sent then."""
        now = self._clock()
        try:
            response = self._batch.post()
        except httpx.RequestError as error:
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

        False where it is too late, too many wait already, or SendGrid refuses.

        Raises:
            TransportUnavailable: SendGrid can't be asked now, and there is still time to.
        """
        now = self._clock().timestamp()
        if fence.send_at - now <= _CANCEL_BEFORE_S:
            return False
        with self._lock:
            self._canceled = {name: at for name, at in self._canceled.items() if at > now}
            waiting = self._waiting() | self._canceled.keys()
            if fence.batch_id not in waiting:
                if len(waiting) >= _MAX_CANCELED:
                    log.warning("sendgrid: %d cancellations wait already", len(waiting))
                    return False
                if not self._cancel(fence):
                    return False
            self._canceled[fence.batch_id] = fence.send_at
        return self._clock().timestamp() < fence.send_at - _CANCEL_BEFORE_S

    def _waiting(self) -> set[str]:
        """Return the batches that anyone has canceled; none where SendGrid does not say."""
        try:
            response = self._scheduled.get()
            said = orjson.loads(response.content) if response.status_code == 200 else []
        except (httpx.RequestError, orjson.JSONDecodeError) as error:
            log.warning("sendgrid: cancellations not known (%s)", type(error).__name__)
            return set()
        return {
            str(one["batch_id"])
            for one in (said if isinstance(said, list) else ())
            if isinstance(one, dict) and one.get("status") == "cancel" and "batch_id" in one
        }

    def _cancel(self, fence: Fence) -> bool:
        try:
            response = self._scheduled.post(request_body={"batch_id": fence.batch_id, "status": "cancel"})
        except httpx.RequestError as error:
            raise TransportUnavailable("sendgrid", f"no cancellation ({type(error).__name__})") from error
        status = response.status_code
        if status in (408, 429) or status >= 500:
            raise TransportUnavailable("sendgrid", f"no cancellation ({status})")
        if status != 201:
            log.warning("sendgrid: batch not called back (%d)", status)
        return bool(status == 201)


def note_of(fence: Fence) -> str:
    """Return what is noted beside the deliveries of a fenced request."""
    return f"{FENCE_NOTE}{fence.send_at}:{fence.batch_id}"


def read_note(note: str) -> Fence | None:
    """Return the fence that a note speaks of, or None where it speaks of none."""
    send_at, colon, batch_id = note.removeprefix(FENCE_NOTE).partition(":")
    if not note.startswith(FENCE_NOTE) or not colon or not batch_id or not _SECONDS.fullmatch(send_at):
        return None
    return Fence(batch_id, int(send_at))
