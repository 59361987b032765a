"""SendGrid: a thousand recipients in one request, each with a receipt of its own."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import chain, repeat
from operator import attrgetter
from threading import Lock
from typing import Final, cast

import httpx

from digest.errors import ConfigurationError, DatabaseUnavailable, Fault, TransportUnavailable
from digest.model import Batch, Delivery, Outcome, Receipt
from digest.transports.building import Doubts, Proof, before_the_first_byte
from digest.transports.sendgrid import request
from digest.transports.sendgrid.answers import Judgement, Verdict, judge, judge_failure
from digest.transports.sendgrid.client import api, pool
from digest.transports.sendgrid.columns import Columns
from digest.transports.sendgrid.fence import MIN_AHEAD_S, Fences, RequestNotes, note_of, read_note
from digest.transports.sendgrid.recipients import (
    Doubtful,
    Row,
    has_twins,
    sorted_out,
    without_twins,
)
from digest.transports.sendgrid.request import MAX_BYTES, MAX_ROWS, Fence, Options, RequestTemplate

log = logging.getLogger(__name__)

_KEPT_TEMPLATES: Final = 64
_MAX_SUSPECTS: Final = 10
"""So many rows refused for no fault of an address, and none taken: the fault may be the mail's."""

_PROBES: Final = 30
"""So many more from all over the batch then, one by one: if none is taken either, it is."""

_REFERENCE: Final = attrgetter("reference")
_made: Final = cast("Callable[[Iterable[object]], Receipt]", partial(tuple.__new__, Receipt))


@dataclass(slots=True)
class _Piece:
    """The recipients of one request.

    Attributes:
        text: what, joined, are their rows; made when the request is.
        rows: one by one; only where the request is refused.
    """

    deliveries: Sequence[Delivery]
    text: Callable[[], list[str]]
    rows: Callable[[], Sequence[Row]]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Piece:
        """Return a piece of ready rows."""
        deliveries, texts = zip(*rows, strict=True)
        return cls(deliveries, lambda: request.separated(texts), lambda: rows)


@dataclass(slots=True)
class _Run:
    """One batch on its way: pieces yet to be posted, and what can't be said of some yet.

    Attributes:
        suspects: rows refused alone by an answer that names no row, or named for something else than
            their address; guilty once another is accepted.
        is_settled: something of the batch has its receipt or was accepted.
        is_probed: rows from all over the batch are tried alone.
    """

    pieces: deque[_Piece] = field(default_factory=deque)
    suspects: list[tuple[Row, str]] = field(default_factory=list)
    is_settled: bool = False
    is_accepted: bool = False
    is_probed: bool = False


class SendGridTransport:
    """Sends by SendGrid's v3 API; see `digest.ports.Transport`.

    A refused request is repaired: the rows it names fail, an unnamed one is found by halving, the
    others go again. A request whose answer is lost is called back where a fence was asked for, and is
    uncertain otherwise.
    """

    name = "sendgrid"
    max_batch = MAX_ROWS
    repeats_are_safe = False

    def __init__(
        self,
        api_key: str,
        *,
        region: str = "global",
        api_url: str = "",
        subuser: str = "",
        options: Options | None = None,
        fence_ahead_s: float = 0.0,
        notes: RequestNotes | None = None,
        connections: int = 4,
        timeout_s: float = 20.0,
        answer_timeout_s: float = 60.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the key; nothing is opened before the first send.

        Args:
            api_key: with the permission "Mail Send"; in no log and no error.
            region: "global" or "eu".
            api_url: instead of the region's.
            subuser: whose mail it is, where the account has several.
            options: sandbox, categories, unsubscribe group, tracking.
            fence_ahead_s: send each request scheduled so far ahead, so that it can be called back when
                its answer is lost; 0 for no fence, else at least 900.
            notes: keeps each request's batch id before the call, so that a successor may call it back.
            connections: open at the same time, at most.
            timeout_s: to connect, and for each write.
            answer_timeout_s: for the answer; longer is safer, its lack makes a batch uncertain.
            clock: for Retry-After dates and the fence.

        Raises:
            ConfigurationError: no usable key, region or fence.
        """
        if not api_key or not api_key.isascii() or not api_key.isprintable() or " " in api_key:
            raise ConfigurationError([Fault("transport.api_key", "it is empty or holds odd characters")])
        self._options = options or Options()
        self._clock = clock
        self._http = pool(timeout_s=timeout_s, answer_timeout_s=answer_timeout_s, connections=connections)
        self._api = api(api_key, self._http, region=region, api_url=api_url, subuser=subuser)
        self._mail_send = self._api.client.mail.send
        self.ahead_s = fence_ahead_s
        self._fences = Fences(self._api.client, ahead_s=fence_ahead_s or MIN_AHEAD_S, clock=clock)
        self._notes = notes
        self._templates: dict[tuple[object, ...], RequestTemplate] = {}
        self._proofs: dict[str, Proof] = {}
        self._lock = Lock()

    def send(self, batch: Batch) -> Iterator[Receipt]:
        """Send the batch; see `digest.ports.Transport`."""
        if not batch.deliveries:
            return
        with before_the_first_byte():
            template, pieces, doubtful = self._begun(batch)
        proof = self._proofs.setdefault(batch.rendered.content_hash, Proof())
        proof.is_given |= bool(pieces)
        doubts = Doubts(proof)
        unsendable = [
            receipt for one, error in doubtful if (receipt := doubts.receipt(one.reference, error))
        ]
        run = _Run(deque(pieces))
        while run.pieces:
            yield from self._post(template, run.pieces.popleft(), run)
            self._probe(run)
        yield from self._judged(run)
        yield from unsendable
        yield from doubts.judged()

    @property
    def notes_calls(self) -> bool:
        """Tell whether every request's batch id is committed before it is made."""
        return bool(self.ahead_s) and self._notes is not None

    def call_back(self, note: str) -> bool:
        """Cancel the request that a note speaks of, whichever process made it.

        True proves that nothing of it goes out, now or later. May be asked again.

        Raises:
            TransportUnavailable: SendGrid can't be asked now, and there is still time to.
        """
        fence = read_note(note)
        return fence is not None and self._fences.call_back(fence)

    def close(self) -> None:
        """Close the pooled connections."""
        self._http.close()

    def _begun(self, batch: Batch) -> tuple[RequestTemplate, list[_Piece], list[Doubtful]]:
        """Return the requests to make, and whoever can't become a row."""
        try:
            columns = Columns.of(batch.deliveries, batch.values)
            template = self._template(batch, columns.same_in_html)
            pieces, doubtful = _pieces(template, columns)
        except Exception:  # noqa: BLE001  # one reader's value may break a whole column: each by itself
            template = self._template(batch, frozenset())
            pieces, doubtful = _apart(
                batch.deliveries, template.rows.one_by_one(batch.deliveries, batch.values)
            )
        return template, pieces, doubtful

    def _template(self, batch: Batch, same_in_html: frozenset[str]) -> RequestTemplate:
        edition, rendered = batch.deliveries[0].edition, batch.rendered
        name = (batch.letterhead, edition, rendered.variant, rendered.content_hash, same_in_html)
        with self._lock:
            found = self._templates.get(name)
            if found is None:
                found = request.build(
                    batch.letterhead, rendered, edition, self._options, same_in_html=same_in_html
                )
                while len(self._templates) >= _KEPT_TEMPLATES:
                    del self._templates[next(iter(self._templates))]
                self._templates[name] = found
        return found

    def _post(self, template: RequestTemplate, piece: _Piece, run: _Run) -> Iterable[Receipt]:
        """Post one piece and return what is known then; what is not goes back into the run."""
        fence = self._fence(piece)
        if isinstance(fence, Judgement):
            return self._put_off(fence, piece, run)
        with before_the_first_byte():
            body = template.body(piece.text(), fence)
        size = sum(map(len, body))
        if size > MAX_BYTES:
            judgement = Judgement(Verdict.BAD_SOMEWHERE, f"the request has {size} bytes")
        else:
            judgement = self._call(body, len(piece.deliveries))
        if judgement.verdict is Verdict.ACCEPTED:
            run.is_settled = run.is_accepted = True
            provider_id = note_of(fence) if fence else judgement.provider_id
            full_s = judgement.retry_after_s
            return _receipts(piece, Outcome.SENT, provider_id=provider_id, wait_s=full_s)
        if judgement.verdict is Verdict.UNSURE:
            run.is_settled = True
            log.warning("sendgrid: %s; %d deliveries", judgement.reason, len(piece.deliveries))
            return self._unsure(piece, judgement, fence)
        if judgement.verdict in (Verdict.LATER, Verdict.DENIED):
            return self._put_off(judgement, piece, run)
        return _repair(judgement, piece.rows(), run)

    def _fence(self, piece: _Piece) -> Fence | Judgement | None:
        """Return the request's fence, noted; or why it can't be made; None where none is asked for."""
        if not self.ahead_s:
            return None
        fence = self._fences.open()
        if isinstance(fence, Fence) and self._notes is not None:
            try:
                kept = self._notes.note([one.reference for one in piece.deliveries], note_of(fence))
            except DatabaseUnavailable as away:
                # Nothing is posted without a note: whoever comes later could not call it back.
                return Judgement(Verdict.LATER, str(away))
            if kept < len(piece.deliveries):
                return Judgement(Verdict.LATER, "others have taken over: the lease had run out")
        return fence

    def _call(self, body: list[bytes], rows: int) -> Judgement:
        try:
            response = self._mail_send.post(request_body=body)
        except httpx.TransportError as error:
            return judge_failure(error)
        return judge(response, rows=rows, now=self._clock())

    def _unsure(self, piece: _Piece, judgement: Judgement, fence: Fence | None) -> Iterable[Receipt]:
        """Call a fenced request back; what is called back was not and will not be sent."""
        if fence is not None and self._is_back(fence):
            return _receipts(piece, Outcome.AGAIN, f"called back: {judgement.reason}")
        note = note_of(fence) if fence is not None else ""
        return _receipts(piece, Outcome.UNCERTAIN, judgement.reason, provider_id=note)

    def _is_back(self, fence: Fence) -> bool:
        """Tell whether a request could be called back at once; the note lets others ask later."""
        try:
            return self._fences.call_back(fence)
        except TransportUnavailable as problem:
            log.warning("sendgrid: %s", problem)
            return False

    def _put_off(self, judgement: Judgement, piece: _Piece, run: _Run) -> Iterable[Receipt]:
        """Give up the batch for now: what has not gone is AGAIN, all of it.

        Raises:
            TransportUnavailable: denied before anything was settled.
        """
        log.warning("sendgrid: %s", judgement.reason)
        if judgement.verdict is Verdict.DENIED and not run.is_settled:
            raise TransportUnavailable(self.name, judgement.reason)
        left = [piece, *run.pieces]
        if run.suspects and not run.is_accepted:
            left.append(_Piece.of([row for row, _ in run.suspects]))
            run.suspects.clear()
        run.pieces.clear()
        again = [
            _receipts(one, Outcome.AGAIN, judgement.reason, wait_s=judgement.retry_after_s) for one in left
        ]
        return chain.from_iterable(again)

    def _probe(self, run: _Run) -> None:
        """Look for a row that is taken, once many were refused: halving on would ask for every row.

        Raises:
            TransportUnavailable: there is none: the fault is the mail's.
        """
        if run.is_accepted or len(run.suspects) < _MAX_SUSPECTS or not run.pieces:
            return
        if run.is_probed:
            if len(run.suspects) >= _MAX_SUSPECTS + _PROBES:
                raise TransportUnavailable(self.name, run.suspects[0][1])
            return
        run.is_probed = True
        rows = [row for piece in run.pieces for row in piece.rows()]
        probes = set(range(0, len(rows), -(-len(rows) // _PROBES)))
        rest = [row for index, row in enumerate(rows) if index not in probes]
        run.pieces = deque(_Piece.of([rows[index]]) for index in sorted(probes))
        run.pieces.extend(map(_Piece.of, without_twins(rest)))

    def _judged(self, run: _Run) -> Iterator[Receipt]:
        """Settle the rows that were refused alone without a name.

        Raises:
            TransportUnavailable: every row was: the fault is not theirs.
        """
        if len(run.suspects) > 1 and not run.is_settled:
            raise TransportUnavailable(self.name, run.suspects[0][1])
        for row, reason in run.suspects:
            yield Receipt(row[0].reference, Outcome.FAILED, reason)


def _pieces(template: RequestTemplate, batch: Columns) -> tuple[list[_Piece], list[Doubtful]]:
    deliveries = batch.deliveries
    if len(deliveries) <= MAX_ROWS and not has_twins(batch.addresses):
        text = template.rows.pieces(batch)
        if text is not None:

            def rows() -> Sequence[Row]:
                return sorted_out(deliveries, template.rows.rows(batch))[0]

            return [_Piece(deliveries, lambda: text, rows)], []
    return _apart(deliveries, template.rows.rows(batch))


def _apart(
    deliveries: Sequence[Delivery], written: Sequence[str | Exception]
) -> tuple[list[_Piece], list[Doubtful]]:
    rows, doubtful = sorted_out(deliveries, written)
    return [_Piece.of(one) for one in without_twins(rows)], doubtful


def _repair(judgement: Judgement, rows: Sequence[Row], run: _Run) -> Iterator[Receipt]:
    """Fail the rows that are named, else halve; the rest is posted again, since all was refused."""
    if judgement.verdict is Verdict.BAD_ROWS:
        run.is_settled |= bool(judgement.rows)
        for index, reason in judgement.rows.items():
            yield Receipt(rows[index][0].reference, Outcome.FAILED, reason)
        run.suspects.extend((rows[index], reason) for index, reason in judgement.doubtful.items())
        known = judgement.rows.keys() | judgement.doubtful.keys()
        rest = [row for index, row in enumerate(rows) if index not in known]
        if rest:
            run.pieces.appendleft(_Piece.of(rest))
    elif len(rows) == 1:
        run.suspects.append((rows[0], judgement.reason))
    else:
        middle = len(rows) // 2
        run.pieces.extendleft((_Piece.of(rows[middle:]), _Piece.of(rows[:middle])))


def _receipts(
    piece: _Piece, outcome: Outcome, reason: str = "", *, provider_id: str = "", wait_s: float = 0.0
) -> Iterable[Receipt]:
    """Return the same word on each delivery; made as tuples, in half the time of a call each."""
    told = zip(
        map(_REFERENCE, piece.deliveries),
        repeat(outcome),
        repeat(reason),
        repeat(provider_id),
        repeat(wait_s),
    )
    return map(_made, told)
