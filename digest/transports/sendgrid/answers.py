"""What an answer of SendGrid, or its lack, proves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Final

import httpx
import orjson

from digest.transports.headers import scrubbed

MAX_WAIT_S: Final = 3600.0
"""A longer Retry-After is not believed: it would outlast any deadline."""

UNTOLD_WAIT_S: Final = 30.0
"""After a 429 that does not say when to come back."""

_ROW: Final = re.compile(r"personalizations[.\[](\d+)")
_ADDRESS: Final = re.compile(r"personalizations[.\[]\d+\]?\.(to|cc|bcc)\b")


class Verdict(Enum):
    """What is known of a request."""

    ACCEPTED = auto()
    """All of it is queued."""
    BAD_ROWS = auto()
    """Refused; the rows at fault are named."""
    BAD_SOMEWHERE = auto()
    """Refused, too large or for an unnamed row: halves may pass."""
    LATER = auto()
    """Refused for now."""
    DENIED = auto()
    """Refused whatever the rows: the key, the sender, the mail itself, or no connection."""
    UNSURE = auto()
    """It may have been queued."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason.

    Attributes:
        rows: for BAD_ROWS, the reason by the row's index in the request: its address is at fault.
        doubtful: the same for rows named for something else, which may be the fault of all.
        retry_after_s: for LATER, how long to wait; for ACCEPTED, how long until more may come.
        provider_id: SendGrid's own id of the request.
    """

    verdict: Verdict
    reason: str = ""
    rows: Mapping[int, str] = field(default_factory=dict)
    doubtful: Mapping[int, str] = field(default_factory=dict)
    retry_after_s: float = 0.0
    provider_id: str = ""


def judge(response: httpx.Response, *, rows: int, now: datetime) -> Judgement:
    """Return what an answer proves of a request with so many rows.

    A 503 is a refusal only where it says when to come back: without that it may be a gateway's word
    on an answer it lost, as any other 5xx.
    """
    status = response.status_code
    if status in (200, 202):  # 200 is the sandbox's
        provider_id = response.headers.get("X-Message-Id", "")
        return Judgement(
            Verdict.ACCEPTED, retry_after_s=_full_for(response.headers, now), provider_id=provider_id
        )
    wait = _wait(response.headers, now)
    reason = f"{status} {_said(response)}".strip()
    if status in (408, 429) or (status == 503 and wait is not None):
        untold = UNTOLD_WAIT_S if status == 429 else 0.0
        return Judgement(Verdict.LATER, reason, retry_after_s=untold if wait is None else wait)
    if status == 413:
        return Judgement(Verdict.BAD_SOMEWHERE, reason)
    if status == 400:
        return _judge_refusal(response, reason, rows)
    if 400 <= status < 500 or 300 <= status < 400:
        return Judgement(Verdict.DENIED, reason)
    return Judgement(Verdict.UNSURE, reason)


def judge_failure(error: httpx.TransportError) -> Judgement:
    """Return what the lack of an answer proves; the error's own text may hold the key and is left out."""
    reason = type(error).__name__
    if isinstance(
        error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError | httpx.UnsupportedProtocol
    ):
        return Judgement(Verdict.DENIED, f"no connection ({reason})")
    if isinstance(error, httpx.LocalProtocolError):
        return Judgement(Verdict.DENIED, f"the request can't be made ({reason})")
    if isinstance(error, httpx.PoolTimeout | httpx.WriteTimeout):
        return Judgement(Verdict.LATER, f"the request did not leave ({reason})")
    return Judgement(Verdict.UNSURE, f"no answer ({reason})")


def _judge_refusal(response: httpx.Response, reason: str, rows: int) -> Judgement:
    """Sort a 400 by the fields it names."""
    named: dict[int, str] = {}
    doubtful: dict[int, str] = {}
    is_envelope = False
    for fieldname, message in _errors(response):
        row = _ROW.match(fieldname) or (
            None if fieldname not in {"", "personalizations"} else _ROW.search(message)
        )
        if row and int(row[1]) < rows:
            is_address = _ADDRESS.match(fieldname) or not fieldname.startswith("personalizations.")
            (named if is_address else doubtful)[int(row[1])] = f"400 {scrubbed(message)}"
        elif fieldname and not fieldname.startswith("personalizations"):
            is_envelope = True
    if is_envelope:
        return Judgement(Verdict.DENIED, reason)
    if named or doubtful:
        unnamed = {index: why for index, why in doubtful.items() if index not in named}
        return Judgement(Verdict.BAD_ROWS, reason, rows=named, doubtful=unnamed)
    return Judgement(Verdict.BAD_SOMEWHERE, reason)


def _errors(response: httpx.Response) -> Iterator[tuple[str, str]]:
    """Yield (field, message) of each error in an answer; nothing where it is no JSON of theirs."""
    try:
        said = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return
    errors = said.get("errors") if isinstance(said, dict) else None
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, dict):
            yield str(error.get("field") or ""), str(error.get("message") or "")


def _said(response: httpx.Response) -> str:
    parts = [f"{name}: {message}" if name else message for name, message in _errors(response)]
    return scrubbed("; ".join(parts))


def _full_for(headers: httpx.Headers, now: datetime) -> float:
    """Return how long no further request will be taken, in seconds, as an accepted one tells."""
    return (_wait(headers, now) or 0.0) if headers.get("X-RateLimit-Remaining", "").strip() == "0" else 0.0


def _wait(headers: httpx.Headers, now: datetime) -> float | None:
    """Return how long to wait, in seconds, or None where the answer does not say."""
    after = headers.get("Retry-After", "").strip()
    reset = headers.get("X-RateLimit-Reset", "").strip()
    seconds: float | None = None
    if after.isdigit():
        seconds = float(after)
    elif after:
        try:
            moment = parsedate_to_datetime(after)
        except ValueError:
            return None
        seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    elif reset.isdigit():
        seconds = float(reset) - now.timestamp()
    return None if seconds is None else min(max(seconds, 0.0), MAX_WAIT_S)
