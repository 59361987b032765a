"""One newsletter at the desk: its name, times and looks; it is paused, goes on, and is drafted now."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.errors import ConfigurationError, SettingsMoved
from digest.model import EditionKey, Step
from digest.model.desk import Role, Start
from digest.selection.window import edition_day, next_send
from digest.settings.kept.forms import Field, fields_of
from digest.settings.kept.laying import NEWSLETTERS, tables_of
from digest.settings.schema import NewsletterSettings
from digest.web.desk import deeds
from digest.web.desk.newsletters import tables
from digest.web.desk.newsletters.tables import NOTHING, Saved
from digest.web.serving.request import Ask
from digest.words.speaking import say

FIELDS = fields_of(NewsletterSettings, without=("sections", "sources", "paused", "send_times"))
_FIRST = ("title", "sender", "reply_to", "lists", "segment", "language")
_TIMES = ("timezone", "cutoff", "send_at", "deadline", "weekdays", "approval", "late_approval", "clock")


def groups() -> list[tuple[str, tuple[Field, ...]]]:
    """Return the fields by heading; a setting that is new stands under the last."""
    first = tuple(one for one in FIELDS if one.name in _FIRST)
    times = tuple(one for one in FIELDS if one.name in _TIMES)
    looks = tuple(one for one in FIELDS if one.way[0] in {"theme", "template"})
    rest = tuple(one for one in FIELDS if one not in (*first, *times, *looks))
    return [
        (say("Name and readers"), first),
        (say("Times"), times),
        (say("Looks"), looks),
        (say("More"), rest),
    ]


def listing(ask: Ask) -> Response:
    """Show every newsletter, those that rest too."""
    found = [
        (one, len(one.sections), len(one.sources), next_send(one.schedule, ask.now))
        for one in ask.desk.newsletters.values()
    ]
    return ask.page("newsletters/list.html", found=found, zone=ask.desk.zone, may=may(ask))


def newsletter(ask: Ask) -> Response:
    """Show one newsletter with all that makes it."""
    return _page(ask, told=ask.query.get("done", "")[:80])


def save(ask: Ask) -> Response:
    """Keep what was changed."""
    ask.require(Role.MANAGER)
    key = key_of(ask)
    saved = tables.save(ask, (NEWSLETTERS, key), FIELDS, deeds.CHANGED_NEWSLETTER % {"key": key})
    if not saved.is_kept:
        return _page(ask, saved)
    return RedirectResponse(f"{address(key)}?done={'saved' if saved.version else 'nothing+changed'}", 303)


def pause(ask: Ask) -> Response:
    """Let a newsletter rest, or go on."""
    ask.require(Role.MANAGER)
    key, rests = key_of(ask), ask.form.get("rests") == "yes"
    try:
        tables.keep(
            ask,
            {(NEWSLETTERS, key, "paused"): "true" if rests else "false"},
            (deeds.PAUSED_NEWSLETTER if rests else deeds.RESUMED_NEWSLETTER) % {"key": key},
        )
    except ConfigurationError as error:
        return _page(ask, Saved(problems={"": tables.told(error)}))
    except SettingsMoved as error:
        return _page(ask, Saved(problems={"": str(error)}))
    return RedirectResponse(f"{address(key)}?done={_done(rests)}", 303)


def _done(rests: bool) -> str:
    return "paused" if rests else "resumed"


def draft(ask: Ask) -> Response:
    """Begin to collect and draft the day's edition, as a run would."""
    ask.require(Role.MANAGER)
    key = key_of(ask)
    if not ask.desk.starter.may:
        raise HTTPException(409, say("This desk leaves the work to others: a run drafts it."))
    schedule = ask.desk.newsletters[key].schedule
    start = Start(EditionKey(key, edition_day(schedule, ask.now)), Step.DRAFT)
    try:
        ask.desk.starter.ask(start, by="digest desk")
    except OverflowError:
        told = say("Too many editions wait to be started.")
        raise HTTPException(429, told, {"retry-after": "60"}) from None
    ask.desk.note(ask.user.name, "started a draft", detail=str(start.key))
    return RedirectResponse("/desk?begun=" + key, 303)


def key_of(ask: Ask) -> str:
    """Return the newsletter that the address names.

    Raises:
        HTTPException: there is none.
    """
    key = str(ask.request.path_params["newsletter"])
    if key not in ask.desk.newsletters:
        raise HTTPException(404, say("There is no such newsletter."))
    return key


def address(key: str) -> str:
    """Return the newsletter's page."""
    return f"/desk/newsletters/{key}"


def may(ask: Ask) -> bool:
    """Tell whether who asks may change newsletters."""
    return ask.user.may(Role.MANAGER)


def _page(ask: Ask, saved: Saved = NOTHING, *, told: str = "") -> Response:
    key = key_of(ask)
    place = (NEWSLETTERS, key)
    table = tables.table_of(ask.desk.newsroom.loaded.data, place)
    code = 409 if saved.clashes else 422 if saved.problems else 200
    return ask.page(
        "newsletters/one.html",
        code=code,
        newsletter=ask.desk.newsletters[key],
        here=address(key),
        known=ask.desk.newsroom.loaded.kept.version,
        groups=[(name, tables.rows(ask, place, fields, saved)) for name, fields in groups()],
        sections=[(name, one.get("title") or name) for name, one in tables_of(table, "sections")],
        sources=[(name, bool(one.get("paused"))) for name, one in tables_of(table, "sources")],
        problem=saved.problems.get("", ""),
        is_clash=bool(saved.clashes),
        is_wrong=bool(saved.problems),
        may=may(ask),
        can_draft=ask.desk.starter.may,
        told=told,
    )
