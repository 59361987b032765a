"""`digest webhooks`: what programs were told, and telling it again."""

from __future__ import annotations

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.session import Session
from digest.errors import BadData
from digest.model.upkeep import WebhookEvent


def add_to(group: click.Group) -> None:
    """Add the group of this module."""
    webhooks = click.Group("webhooks", help="List what programs were told, and tell it again.")
    session_command(webhooks, "list")(list_)
    session_command(webhooks, "replay")(replay)
    group.add_command(webhooks)


@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="The latest so many."
)
def list_(session: Session, limit: int) -> int:
    """List the latest events: to which webhook, of what, and whether it has them."""
    with session.newsroom() as newsroom:
        found = newsroom.database.webhooks.listed(limit=limit)
    told = [
        {
            "number": one.number,
            "webhook": one.hook,
            "id": one.name,
            "type": one.kind,
            "about": one.about,
            "made_at": one.made_at.isoformat(),
            "told_at": one.told_at.isoformat() if one.told_at else None,
            "next_at": one.next_at.isoformat() if one.next_at else None,
            "tries": one.tries,
            "problem": one.problem,
        }
        for one in found
    ]
    session.answer({"events": told}, *([_line(one) for one in found] or ["no events"]))
    return Exit.DONE


@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1, 2**31 - 1), metavar="NUMBER...")
def replay(session: Session, numbers: tuple[int, ...]) -> int:
    """Tell events again, by the numbers that `list` shows, at the next look of desk, worker or run."""
    with session.newsroom() as newsroom:
        found = newsroom.database.webhooks.replay(numbers, now=session.now)
    missing = sorted(set(numbers) - found)
    session.answer(
        {"replayed": sorted(found), "missing": missing}, f"{len(found)} will be told at the next look"
    )
    if missing:
        raise BadData(f"Event {missing[0]}", "there is none of that number")
    return Exit.DONE


def _line(one: WebhookEvent) -> str:
    if one.told_at:
        how = f"told {one.told_at:%Y-%m-%d %H:%M} UTC"
    elif one.next_at:
        how = f"waits until {one.next_at:%Y-%m-%d %H:%M} UTC"
    else:
        how = "given up" if one.tries else "from before"
    why = f": {one.problem}" if one.problem else ""
    return f"{one.number} {one.hook} {one.kind} {one.about}: {how}{why}"
