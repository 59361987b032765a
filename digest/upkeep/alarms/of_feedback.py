"""What is wrong with providers' reports: everything that one of them posts is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from digest.model.upkeep import Alert, AlertKind, Trouble
from digest.settings.schema import Settings
from digest.upkeep.hook_posts import PROVIDERS, SENDGRID
from digest.upkeep.proofs import refusals_of
from digest.wiring.newsroom import Newsroom

KINDS = frozenset({AlertKind.FEEDBACK_REFUSED})

LASTS = timedelta(minutes=30)
"""So long every post was refused before that is told: providers try again for a day."""

LEAST = 3
"""Refusals in that time."""

LAPSES_AFTER = timedelta(days=2)
"""Where nothing is posted any more for so long, nothing is refused either."""


def configured(settings: Settings) -> tuple[str, ...]:
    """Return the providers whose posts are taken, by the names of their addresses."""
    hooks = [name for name in PROVIDERS if getattr(settings.hooks, name, None) is not None]
    return (*([SENDGRID] if settings.desk.sendgrid_key else []), *hooks)


def troubles(newsroom: Newsroom, now: datetime) -> Iterator[Trouble]:
    """Yield each provider all of whose posts are refused."""
    for name in configured(newsroom.settings):
        found = refusals_of(newsroom.database.alerts, name)
        if found is None or found.times < LEAST or found.last - found.since < LASTS:
            continue
        if now - found.last > LAPSES_AFTER:
            continue
        called = PROVIDERS[name].name
        setting = "desk.sendgrid_key" if name == SENDGRID else f"[hooks.{name}]"
        yield Trouble(
            AlertKind.FEEDBACK_REFUSED,
            called,
            f"Every post of {called} since {found.since:%Y-%m-%d %H:%M %Z} was refused, the last at "
            f"{found.last:%H:%M %Z}: {found.why} Bounces and complaints are not heard.",
            f"Compare the key or password of {called}'s webhook with {setting}, change it there or here, "
            "and start the desk again: what it posts again within a day is then taken. If all is right, "
            "somebody else posts to that address.",
        )


def well(newsroom: Newsroom, alert: Alert, now: datetime) -> str:
    """Return what became of it; empty where nothing is posted, or taken, any more."""
    for name in configured(newsroom.settings):
        if PROVIDERS[name].name == alert.trouble.about:
            found = refusals_of(newsroom.database.alerts, name)
            is_lapsed = found is not None and now - found.last > LAPSES_AFTER
            return "" if is_lapsed else f"A post of {alert.trouble.about} was taken again."
    return ""
