"""What an operator says of deliveries that failed or are held."""

from __future__ import annotations

import click

from digest.cli.exits import OF_ENDING, Exit
from digest.cli.printing.progress import watching
from digest.cli.printing.report_lines import report_lines, report_values
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.day import interventions
from digest.day.parts import DayParts
from digest.model import DeliveryState, EditionKey
from digest.model.desk import AuditEntry


def settle(
    session: Session,
    newsletter: str,
    day: str | None,
    state: DeliveryState,
    *,
    reasons: tuple[str, ...],
    subscribers: tuple[str, ...],
    by: str,
) -> int:
    """Plan them anew, send, and answer with how many they were and how the edition stands."""
    with session.newsroom() as newsroom, watching(errors) as progress:
        parts = newsroom.parts(newsletter, progress=progress, clock=session.clock)
        key = session.key(parts, day)
        newsroom.database.audit_log.add(
            AuditEntry(
                session.now,
                by,
                f"has the {state} ones sent anew",
                str(key),
                detail="; ".join([*reasons, *subscribers]) or "all",
            )
        )
        moved, report = interventions.settle(
            parts, key, state, by=by, reasons=reasons, subscribers=subscribers, now=session.now
        )
    session.answer(
        {**report_values(report), "settled": moved},
        f"{key}: {moved} {state} deliveries were planned anew",
        *report_lines(report),
    )
    if not moved:
        click.echo(
            f"digest: no {state} delivery of {key} is the one named; `digest audit {key}` lists them",
            err=True,
        )
        return Exit.BAD_DATA
    return OF_ENDING[report.ending]


def settle_held(
    session: Session,
    parts: DayParts,
    key: EditionKey,
    *,
    to: DeliveryState,
    subscribers: tuple[str, ...],
    by: str,
) -> int:
    """Settle held deliveries and answer with how many, and how the edition stands."""
    moved, report = interventions.settle_held(
        parts, key, to, by=by, subscribers=subscribers, now=session.now
    )
    session.answer(
        {**report_values(report), "settled": moved},
        f"{key}: {moved} held deliveries are settled",
        *report_lines(report),
    )
    missing = len(set(subscribers)) - moved
    if missing > 0:
        click.echo(
            f"digest: {missing} of the subscribers named have no held delivery in {key}; "
            f"`digest audit {key}` lists those that have",
            err=True,
        )
        return Exit.BAD_DATA
    return OF_ENDING[report.ending]
