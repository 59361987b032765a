"""Sections and sources of a newsletter: added, changed, moved, taken out; a source is tried first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.errors import ConfigurationError, SettingsMoved
from digest.model.desk import Role
from digest.model.kept_settings import Place
from digest.settings.kept.forms import Field, fields_of, normal, value_of
from digest.settings.kept.laying import NAMED_BY, NEWSLETTERS, tables_of
from digest.settings.kept.limits import KINDS
from digest.settings.kinds import SOURCES
from digest.settings.schema import SectionSettings
from digest.settings.source_kinds import PluginSourceSettings
from digest.upkeep import changing, trying
from digest.web.desk import deeds
from digest.web.desk.newsletters import tables
from digest.web.desk.newsletters.pages import address, key_of, may
from digest.web.desk.newsletters.tables import NOTHING, Saved
from digest.web.serving.limits import refused
from digest.web.serving.request import Ask
from digest.words.speaking import say

SECTION = fields_of(SectionSettings, without=("key",))


def fields_for(listed: str, table: Mapping[str, object]) -> tuple[Field, ...]:
    """Return the fields of a section, or of a source of its kind."""
    if listed == "sections":
        return SECTION
    kind = str(table.get("kind", ""))
    of_machine = ("url", "host", "port", "username", "folder", "oauth")
    without = ("kind", "name", *(() if kind in KINDS else of_machine))
    return fields_of(SOURCES.get(kind, PluginSourceSettings), without=without)


def part(ask: Ask) -> Response:
    """Show one section or source."""
    return _page(ask, told=ask.query.get("done", "")[:80])


def save(ask: Ask) -> Response:
    """Do to one section or source what was pressed: save, try, move, pause, take out."""
    ask.require(Role.MANAGER)
    key, listed, name, table = _named(ask)
    place, act = (NEWSLETTERS, key, listed, name), ask.form.get("act", "save")
    if act == "try" and listed == "sources":
        return _page(ask, trial=_trial(ask, place, {}))
    if act == "take-out":
        return _acted(
            ask,
            {place: "false"},
            deeds.TOOK_PART_OUT[listed] % {"name": name, "key": key},
            address(key),
        )
    if act in {"up", "down"}:
        return _moved(ask, key, listed, name, -1 if act == "up" else 1)
    saved = tables.save(
        ask, place, fields_for(listed, table), deeds.CHANGED_PART % {"name": name, "key": key}
    )
    if not saved.is_kept:
        return _page(ask, saved)
    return RedirectResponse(f"{_of(key, listed, name)}&done=saved", 303)


def add(ask: Ask) -> Response:
    """Add a section, or a source once it has been tried."""
    ask.require(Role.MANAGER)
    key, listed = key_of(ask), _listed(ask)
    fields = new_fields(listed)
    given = {one.name: normal(one, ask.form.get(one.name, "")) for one in fields}
    name = given[NAMED_BY[listed]] or given.get("url", "")
    known = dict(tables_of(tables.table_of(ask.desk.newsroom.loaded.data, (NEWSLETTERS, key)), listed))
    place = (NEWSLETTERS, key, listed, name)
    if not name:
        return _new(ask, Saved(problems={NAMED_BY[listed]: say("must not be empty")}, typed=given))
    if name in known:
        what = say("there is one of that name already")
        return _new(ask, Saved(problems={NAMED_BY[listed]: what}, typed=given))
    changes = new_changes(place, fields, given)
    if listed == "sources" and ask.form.get("tried") != tried_as(given):
        trial = _trial(ask, place, changes)
        wrong = trial if isinstance(trial, Saved) else Saved(typed=given)
        return _new(ask, Saved(problems=wrong.problems, typed=given), trial)
    try:
        tables.keep(
            ask,
            changes,
            deeds.ADDED_PART[listed] % {"name": name, "key": key},
        )
    except ConfigurationError as error:
        data = ask.desk.newsroom.loaded.data
        return _new(ask, Saved(problems=tables.problems_of(error.faults, data, place, fields), typed=given))
    except SettingsMoved as error:
        return _new(ask, Saved(problems={"": str(error)}, typed=given))
    return RedirectResponse(f"{_of(key, listed, name)}&done=added", 303)


def new(ask: Ask) -> Response:
    """Show the form for another section or source."""
    return _new(ask, NOTHING)


def new_fields(listed: str) -> tuple[Field, ...]:
    """Return what a new section or source must say."""
    model = SectionSettings if listed == "sections" else SOURCES["feed"]
    wanted = {"sections": ("key", "title"), "sources": ("kind", "url", "name")}[listed]
    return tuple(one for one in fields_of(model) if one.name in wanted)


def new_changes(
    place: Place, fields: tuple[Field, ...], given: Mapping[str, str]
) -> dict[Place, str | None]:
    """Return the changes that make a section or source."""
    by = NAMED_BY[place[2]]
    changes: dict[Place, str | None] = {place: "true"}
    for one in fields:
        if one.name != by and given[one.name] and not (one.name == "url" and given.get("kind") == "push"):
            changes[*place, one.name] = json.dumps(value_of(one, given[one.name]), ensure_ascii=False)
    return changes


def tried_as(given: Mapping[str, str]) -> str:
    """Return what a source was tried as: another kind or address is another source."""
    return f"{given.get('kind', '')} {given.get('url', '')}"


def trial_of(ask: Ask, place: Place, changes: Mapping[Place, str | None]) -> trying.Tried:
    """Return what a source gives now, within bounds.

    Raises:
        ConfigurationError: its settings are refused.
        HTTPException: too many were tried.
    """
    limit = ask.desk.limits.tries
    if not limit.take(ask.user.name, now=ask.now):
        raise refused(say("Too many sources were tried."), limit.wait(ask.user.name, now=ask.now))
    newsroom = ask.desk.newsroom
    kept = newsroom.loaded.kept
    found = changing.try_out(newsroom.loaded, kept, changes, who=ask.user.name, now=ask.now)
    return trying.tried(newsroom, found.settings, place[1], place[3], now=ask.now)


def _trial(ask: Ask, place: Place, changes: Mapping[Place, str | None]) -> trying.Tried | Saved:
    try:
        return trial_of(ask, place, changes)
    except ConfigurationError as error:
        fields = new_fields("sources")
        data = ask.desk.newsroom.loaded.data
        return Saved(problems=tables.problems_of(error.faults, data, place, fields))


def _moved(ask: Ask, key: str, listed: str, name: str, by: int) -> Response:
    table = tables.table_of(ask.desk.newsroom.loaded.data, (NEWSLETTERS, key))
    order = [one for one, _ in tables_of(table, listed)]
    at = order.index(name)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    said = json.dumps(order, ensure_ascii=False)
    return _acted(
        ask, {(NEWSLETTERS, key, listed): said}, deeds.MOVED_PART % {"name": name, "key": key}, address(key)
    )


def _acted(ask: Ask, changes: Mapping[Place, str | None], said: str, back: str) -> Response:
    try:
        tables.keep(ask, changes, said)
    except ConfigurationError as error:
        return _page(ask, Saved(problems={"": tables.told(error)}))
    except SettingsMoved as error:
        return _page(ask, Saved(problems={"": str(error)}))
    return RedirectResponse(f"{back}?done=saved", 303)


def _listed(ask: Ask) -> str:
    listed = str(ask.request.path_params["listed"])
    if listed not in NAMED_BY:
        raise HTTPException(404)
    return listed


def _named(ask: Ask) -> tuple[str, str, str, Mapping[str, object]]:
    key, listed = key_of(ask), _listed(ask)
    name = ask.query.get("name", "")
    table = tables.table_of(ask.desk.newsroom.loaded.data, (NEWSLETTERS, key, listed, name))
    if not table:
        raise HTTPException(404, say("There is no such part of the newsletter."))
    return key, listed, name, table


def _of(key: str, listed: str, name: str) -> str:
    return f"{address(key)}/{listed}/one?{urlencode({'name': name})}"


def _page(
    ask: Ask, saved: Saved = NOTHING, *, trial: trying.Tried | Saved | None = None, told: str = ""
) -> Response:
    key, listed, name, table = _named(ask)
    if isinstance(trial, Saved):
        saved, trial = trial, None
    place = (NEWSLETTERS, key, listed, name)
    code = 409 if saved.clashes else 422 if saved.problems else 200
    return ask.page(
        "newsletters/part.html",
        code=code,
        newsletter=ask.desk.newsletters[key],
        back=address(key),
        here=_of(key, listed, name),
        name=name,
        kind=table.get("kind", ""),
        title=table.get("title", name),
        is_source=listed == "sources",
        rows=tables.rows(ask, place, fields_for(listed, table), saved),
        known=ask.desk.newsroom.loaded.kept.version,
        problem=saved.problems.get("", ""),
        is_clash=bool(saved.clashes),
        trial=trial,
        zone=ask.desk.newsletters[key].schedule.zone,
        may=may(ask),
        told=told,
    )


def _new(ask: Ask, saved: Saved, trial: trying.Tried | Saved | None = None) -> Response:
    key, listed = key_of(ask), _listed(ask)
    if isinstance(trial, Saved):
        trial = None
    given = saved.typed
    return ask.page(
        "newsletters/new_part.html",
        code=422 if saved.problems else 200,
        newsletter=ask.desk.newsletters[key],
        back=address(key),
        here=f"{address(key)}/{listed}",
        is_source=listed == "sources",
        fields=new_fields(listed),
        kinds=KINDS,
        given=given,
        problems=saved.problems,
        trial=trial,
        tried=tried_as(given) if trial else "",
        zone=ask.desk.newsletters[key].schedule.zone,
        may=may(ask),
    )
