"""Sending anew to whoever failed or is held, once what they ended for is mended."""

from __future__ import annotations

import click

from digest.cli.exits import OF_ENDING, Exit
from digest.cli.printing.progress import watching
from digest.cli.printing.report_lines import report_lines, report_values
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.day import interventions
from digest.model import DeliveryState
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
