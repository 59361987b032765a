"""Settings that come to nothing as the others stand: no run refuses them, and nobody would notice."""

from __future__ import annotations

from collections.abc import Iterator

from digest.rendering.checks.findings import Finding, Level
from digest.settings import kinds
from digest.settings.fields import closest
from digest.settings.schema import Settings
from digest.upkeep.doctor.patient import Examined, Patient


def idle(patient: Patient) -> Examined:
    """Look for settings that change nothing."""
    found = tuple(
        Finding(Level.WARNING, "idle", setting, problem, remedy)
        for setting, problem, remedy in _idle(patient.loaded.settings)
    )
    return Examined("idle", "is no setting: each comes to something", found)


def _idle(settings: Settings) -> Iterator[tuple[str, str, str]]:
    yield from _of_clicks(settings)
    yield from _of_reports(settings)
    yield from _of_newsletters(settings)
    given = settings.alerts
    if given.secret.get_secret_value() and given.url is None:
        yield (
            "alerts.secret",
            "signs nothing, for there is no alerts.url",
            "give alerts.url, or take it out",
        )
    if settings.database.direct_url is not None and not _is_postgres(settings):
        problem = "is never asked: database.url is a file"
        yield "database.direct_url", problem, "take it out, or name the server in database.url"
    for key, hook in settings.webhooks.items():
        if not hook.events:
            remedy = "name events (docs/api.md), or take the webhook out"
            yield f"webhooks.{key}.events", "is empty: it is told nothing", remedy


def _of_clicks(settings: Settings) -> Iterator[tuple[str, str, str]]:
    transport = settings.transport
    by_provider = isinstance(transport, kinds.SendGridSettings) and transport.click_tracking
    if settings.clicks.by_reader and not settings.clicks.count:
        problem = "counts nothing, for clicks.count is not set"
        yield "clicks.by_reader", problem, "set `count = true` beside it, or take it out"
    for key, newsletter in settings.newsletters.items():
        if newsletter.learn_from_clicks and not (settings.clicks.count or by_provider):
            setting = f"newsletters.{key}.learn_from_clicks"
            yield (
                setting,
                "learns nothing, for no clicks are counted",
                "set `clicks.count = true`, or take it out",
            )


def _of_reports(settings: Settings) -> Iterator[tuple[str, str, str]]:
    by_sendgrid = isinstance(settings.transport, kinds.SendGridSettings)
    if by_sendgrid and not settings.desk.sendgrid_key:
        problem = "is not set: bounces and complaints of SendGrid are not heard, and dead addresses stay"
        yield "desk.sendgrid_key", problem, "set up SendGrid's event webhook (docs/sendgrid.md)"
    elif settings.desk.sendgrid_key and not by_sendgrid:
        problem = "waits for posts of SendGrid, by which no mail leaves"
        yield "desk.sendgrid_key", problem, "take it out, unless earlier mails are still reported"


def _of_newsletters(settings: Settings) -> Iterator[tuple[str, str, str]]:
    known = list(settings.newsletters)
    for name in settings.desk.fixed:
        key = (*name.split("."), "")[1]
        if name.startswith("newsletters.") and key not in {*known, "*"}:
            near = closest(key, known)
            problem = f"holds {name} fixed, and there is no newsletter {key!r}{near}"
            yield "desk.fixed", problem, "name a newsletter that is there, or take it out"
    for key, newsletter in settings.newsletters.items():
        if not newsletter.paused and all(one.paused for one in newsletter.sources):
            problem = "are all paused: there is nothing to send"
            remedy = "let one go on, or pause the newsletter itself (`paused = true`)"
            yield f"newsletters.{key}.sources", problem, remedy


def _is_postgres(settings: Settings) -> bool:
    return settings.database.url.get_secret_value().startswith("postgresql")
