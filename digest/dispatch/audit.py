"""The account of an edition: where every frozen delivery ended, and whether that adds up."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from digest.dispatch.failures import FailureGroup, grouped
from digest.model import DeliveryRecord, DeliveryState, Dispatch, EditionKey, Ending, Tally

TOLD_STATES = (DeliveryState.UNCERTAIN, DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.SKIPPED)
"""The states that an audit lists one by one."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One delivery that did not simply arrive; its address is masked."""

    subscriber: str
    address: str
    state: DeliveryState
    reason: str
    attempt: int
    reference: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The account.

    Attributes:
        is_settled: nothing is on its way any more.
        lines: the deliveries that did not simply arrive, held ones first.
        failures: those that failed or are held, by reason.
        paused: what a server said of everybody, and until when nobody is asked again.
    """

    edition: EditionKey
    tally: Tally
    lines: tuple[AuditLine, ...]
    stopped: str = ""
    canceled: str = ""
    paused: str = ""
    failures: tuple[FailureGroup, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Tell whether every frozen delivery is in exactly one state."""
        return self.tally.adds_up

    @property
    def is_settled(self) -> bool:
        """Tell whether frozen = sent + failed + skipped + held."""
        return self.adds_up and self.tally.open == 0

    def summary(self) -> list[str]:
        """Return the sums as text, a line each."""
        tally = self.tally
        ended = (
            f"frozen {tally.frozen} = sent {tally.sent} + failed {tally.failed}"
            f" + skipped {tally.skipped} + held {tally.held}"
        )
        if tally.open:
            ended += f" + planned {tally.planned} + sending {tally.sending} + uncertain {tally.uncertain}"
        text = [f"{self.edition}: {ended}"]
        if not self.adds_up:
            counted = tally.open + tally.sent + tally.failed + tally.skipped + tally.held
            text.append(
                f"This does not add up: {tally.frozen} were frozen, {counted} are in the ledger. "
                "Compare the database with its last backup before sending anything more."
            )
        if self.stopped:
            text.append(f"Stopped: {self.stopped}")
        if self.canceled:
            text.append(f"Canceled: {self.canceled}")
        if self.paused and self.tally.open:
            text.append(self.paused)
        return text

    def reasons(self) -> list[str]:
        """Return why deliveries failed or are held as text, the remedy under each reason."""
        text = []
        for group in self.failures:
            text.append(f"{group.count} {group.state}: {group.reason}")
            if group.example not in {"", group.reason}:
                text.append(f"    such as: {group.example}")
            if group.remedy:
                text.append(f"    {group.remedy}")
            if group.state is DeliveryState.FAILED:
                text.append(f"    Once that is mended: {self.way_back(group)}")
        return text

    def way_back(self, group: FailureGroup) -> str:
        """Return the command that plans a group anew."""
        key = self.edition
        day = str(key).partition("/")[2]
        quoted = shlex.quote(group.reason)
        return f"digest dispatch {key.newsletter} --date {day} --settle {group.state} --reason {quoted}"

    def details(self) -> list[str]:
        """Return the deliveries that did not simply arrive as text, a line each."""
        return [
            f"{line.state:9} {line.address}  {line.reason or 'no reason given'}"
            f" (subscriber {line.subscriber}, attempt {line.attempt})"
            for line in self.lines
        ]


def report(
    tally: Tally,
    records: Iterable[DeliveryRecord] = (),
    *,
    edition: EditionKey,
    dispatch: Dispatch | None = None,
    remedy: Callable[[str], str] = lambda _reason: "",
) -> Audit:
    """Return the account of an edition from its counts and from the records of `TOLD_STATES`.

    Args:
        remedy: what is to be done about a reason, a sentence.
    """
    records = tuple(records)
    failures = grouped(records, remedy)
    order: Sequence[DeliveryState] = TOLD_STATES
    lines = [
        AuditLine(
            subscriber=record.subscriber,
            address=masked(record.address),
            state=record.state,
            reason=record.reason,
            attempt=record.attempt,
            reference=record.reference,
        )
        for record in sorted(
            (record for record in records if record.state in order), key=lambda one: order.index(one.state)
        )
    ]
    if dispatch is None:
        return Audit(edition, tally, tuple(lines), failures=failures)
    return Audit(
        edition,
        tally,
        tuple(lines),
        stopped=dispatch.stopped,
        canceled=dispatch.canceled,
        paused=told_pause(edition, dispatch),
        failures=failures,
    )


def told_pause(key: EditionKey, dispatch: Dispatch) -> str:
    """Return that sending pauses, why, and how it goes on at once; empty where it does not."""
    if dispatch.paused_until is None:
        return ""
    return (
        f"Sending pauses until {dispatch.paused_until:%Y-%m-%d %H:%M %Z}: {dispatch.paused} "
        f"`digest dispatch {key.newsletter} --date {str(key).partition('/')[2]} --resume` tries at once."
    )


def standing(key: EditionKey, tally: Tally, dispatch: Dispatch) -> tuple[Ending, str]:
    """Return how a frozen edition stands, and the sentence that says so and what to do."""
    on_their_way = f"{tally.open} of {tally.frozen} deliveries are still on their way"
    told = f"sent {tally.sent} of {tally.frozen}"
    missed = {"failed": tally.failed, "held": tally.held, "skipped": tally.skipped}
    if any(missed.values()):
        counts = ", ".join(f"{count} {state}" for state, count in missed.items() if count)
        told += f"; {counts}: digest audit {key}"
        told += f" (the deadline had passed for {tally.late})" if tally.late else ""
    if dispatch.canceled:
        if tally.open:
            return Ending.UNFINISHED, f"{dispatch.canceled}; {on_their_way}: run again"
        return Ending.CANCELED, f"{dispatch.canceled}; {told}"
    if tally.open and dispatch.stopped:
        again = f"digest dispatch {key.newsletter} --date {str(key).partition('/')[2]}"
        return Ending.STOPPED, f"{dispatch.stopped}; {told}: {again} --resume, or --cancel"
    if tally.open and tally.open == tally.waiting:
        return Ending.NOT_YET, f"{tally.waiting} of {tally.frozen} deliveries wait for their time"
    if tally.open:
        return Ending.UNFINISHED, f"{on_their_way}; run again"
    if not tally.frozen and dispatch.stopped:
        return Ending.MISSED, f"{told}; {dispatch.stopped}"
    return _closed(tally), told


def _closed(tally: Tally) -> Ending:
    """Return how an edition ended of which nothing is on its way any more.

    Whoever chose topics that have no story today, or had every story, misses nothing: only deliveries
    that were too late, or whose reader is gone, count as not served.
    """
    reached, wanted = tally.sent + tally.held, tally.frozen - tally.skipped + tally.late
    has_left_nobody = not reached and (tally.late or (tally.gone and not tally.failed))
    if has_left_nobody or tally.late * 2 > wanted:
        return Ending.MISSED
    if tally.failed + tally.held:
        return Ending.CLOSED_WITH_FAULTS
    return Ending.LATE_FOR_SOME if tally.late else Ending.DONE


def masked(address: str) -> str:
    """Return an address that a person who knows it recognizes: `a***@example.org`."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***{at}{domain}" if at else "***"
