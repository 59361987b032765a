"""The pages that only tell: runs, the audit log, settings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.day import interventions
from digest.model import DeliveryState, Dispatch, Edition, EditionState, Tally
from digest.model.desk import Crawled, Role, Timeline
from digest.model.upkeep import Alert
from digest.selection.window import next_send
from digest.settings.origins import Row, rows
from digest.upkeep import heartbeats
from digest.web.desk import deeds
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.web.serving.wording.names import named
from digest.words.speaking import counted, later, number, say

RUNS_PAGE = 40
LOG_PAGE = 60
SETTLED = frozenset({DeliveryState.FAILED.value, DeliveryState.HELD.value})
_UNDER_WAY = {EditionState.DISPATCHING, EditionState.CLOSED}


@dataclass(frozen=True, slots=True)
class Run:
    """One edition's way, as operators see it."""

    edition: Edition
    address: str
    timeline: Timeline
    dispatch: Dispatch | None
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and when it was read."""

    name: str
    newsletter: str
    crawled: Crawled | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked once more before it is done."""

    address: str
    verb: str
    text: str
    yes: str


def runs(ask: Ask, asked: Asked | None = None) -> Response:
    """Show who is at work, what is wrong, the last editions' ways, and when each source was last read."""
    desk = ask.desk
    found = [
        Run(
            edition,
            address(edition),
            desk.results.timeline(edition.key),
            desk.ledger.dispatch(edition.key),
            desk.ledger.tally(edition.key) if edition.state in _UNDER_WAY else None,
        )
        for edition in desk.editions.listed(limit=20)
        if edition.key.newsletter in ask.newsletters
    ]
    crawled = desk.results.crawled()
    sources = [
        SourceRow(str(source), newsletter.title, crawled.get(source))
        for newsletter in ask.newsletters.values()
        for source in newsletter.sources
    ]
    before = ask.query.get("before", "")
    past = desk.newsroom.database.runs.listed(
        before=int(before) if before.isdecimal() else None, limit=RUNS_PAGE + 1
    )
    return ask.page(
        "runs.html",
        asked=asked,
        runs=found,
        sources=sources,
        newsletters=ask.newsletters,
        past=[one for one in past[:RUNS_PAGE] if ask.user.may_see(one.newsletter)],
        at_work=[
            (beat, heartbeats.presence(beat, ask.now)) for beat in heartbeats.known(desk.newsroom, ask.now)
        ],
        alerts=_alerts(ask),
        coming=[(one, next_send(one.schedule, ask.now)) for one in ask.newsletters.values()],
        zone=desk.zone,
        next_before=past[RUNS_PAGE - 1].number if len(past) > RUNS_PAGE else None,
    )


def _alerts(ask: Ask) -> tuple[Alert, ...]:
    """Return what is wrong, as far as the user works on it; what is about no newsletter is everybody's."""
    found = ask.desk.newsroom.database.alerts.opened()
    return tuple(
        one for one in found if not one.trouble.newsletter or ask.user.may_see(one.trouble.newsletter)
    )


def steer(ask: Ask) -> Response:
    """Stop a dispatch, let it go on, or let it pass its canary."""
    verb = ask.request.path_params["verb"]
    if verb not in {"stop", "resume", "canary"}:
        raise HTTPException(404)
    ask.require(Role.OPS)
    edition = ask.desk.edition(ask.key)
    if edition.state is not EditionState.DISPATCHING:
        raise HTTPException(
            409, say("The edition is %(state)s; there is nothing to steer.", state=named(edition.state))
        )
    ledger = ask.desk.ledger
    if verb != "canary" and ask.form.get("sure") != "yes":
        return runs(ask, _foreseen(edition, verb, ledger.tally(edition.key)))
    if verb == "stop":
        ledger.stop(edition.key, deeds.STOPPED % {"who": ask.user.name})
    elif verb == "resume":
        # A pause too is over then.
        ledger.resume(edition.key)
    else:
        ledger.pass_canary(edition.key)
    done = {"stop": later("stopped the dispatch"), "resume": later("resumed the dispatch")}
    ask.desk.note(ask.user.name, done.get(verb, later("let all of it go")), edition)
    ask.desk.courier.wake()
    return RedirectResponse("/desk/runs", 303)


def _foreseen(edition: Edition, verb: str, tally: Tally) -> Asked:
    """Return what stopping or going on would do in this very case."""
    left = tally.frozen - tally.planned - tally.skipped
    count = counted(
        "%(left)s of %(count)s mail of “%(subject)s” has left, or may have.",
        "%(left)s of %(count)s mails of “%(subject)s” have left, or may have.",
        tally.frozen,
        left=number(left),
        subject=edition.subject,
    )
    if verb == "stop":
        more = counted(
            "The other %(count)s waits until somebody lets it go on, or it is too late.",
            "The other %(count)s wait until somebody lets it go on, or it is too late.",
            tally.planned,
        )
        text = f"{count} {more}"
        return Asked(address(edition), verb, text, say("Yes, stop it"))
    more = counted("The other %(count)s leaves now.", "The other %(count)s leave now.", tally.planned)
    text = f"{count} {more}"
    return Asked(address(edition), verb, text, say("Yes, let it go on"))


def settle(ask: Ask) -> Response:
    """Plan anew whoever failed or is held for a reason, or all of them; the courier sends."""
    ask.require(Role.OPS)
    edition = ask.desk.edition(ask.key)
    form = ask.form
    state = DeliveryState(form.get("state", "")) if form.get("state") in SETTLED else None
    if state is None:
        raise HTTPException(400, say("Only what failed or is held can be sent anew."))
    reason = form.get("reason", "")
    parts = ask.desk.parts(edition.key.newsletter)
    moved = interventions.plan_anew(
        parts,
        edition.key,
        state,
        by=ask.user.name,
        reasons=[reason] if reason else [],
        now=ask.now,
    )
    ask.desk.note(
        ask.user.name,
        f"has the {state} ones sent anew",
        edition,
        detail=f"{moved} deliveries{f': {reason}' if reason else ''}",
    )
    ask.desk.courier.wake()
    return RedirectResponse(f"{address(edition)}/results", 303)


def log(ask: Ask) -> Response:
    """Show who did what, the newest first."""
    before = ask.query.get("before", "")
    edition = ask.query.get("edition", "")
    entries = ask.desk.audit_log.entries(
        edition=edition, before=int(before) if before.isdecimal() else None, limit=LOG_PAGE + 1
    )
    shown = entries[:LOG_PAGE]
    days = [(day, list(group)) for day, group in groupby(shown, key=lambda entry: entry.at.date())]
    return ask.page(
        "log.html",
        days=days,
        edition=edition,
        next_before=shown[-1].number if len(entries) > LOG_PAGE else None,
    )


def _told_origin(origin: str) -> str:
    """Return where a setting comes from, in the reader's language."""
    if origin == "default":
        return say("as delivered")
    file, _, line = origin.rpartition(", line ")
    if file and line.isdecimal():
        return say("%(file)s, line %(line)s", file=file, line=line)
    variable = origin.removeprefix("environment variable ")
    if variable != origin:
        return say("environment variable %(name)s", name=variable)
    version, _, who = origin.removeprefix("desk, version ").partition(", ")
    if version.isdecimal() and who:
        return say("the desk, version %(version)s, %(who)s", version=version, who=who)
    return origin


def settings(ask: Ask) -> Response:
    """Show every setting with its origin; secrets are masked, nothing can be changed here."""
    found = rows(ask.desk.loaded.settings, ask.desk.loaded.origins)

    def table(row: Row) -> str:
        return ".".join(row.name.split(".")[: 2 if row.name.startswith("newsletters.") else 1])

    tables = [(name, list(group)) for name, group in groupby(found, key=table)]
    return ask.page("settings.html", tables=tables, origin=_told_origin, users=ask.desk.logins.users())
