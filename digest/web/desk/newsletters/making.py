"""A newsletter made in the browser: what it must say, its first section, and a source that was tried."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from digest.errors import ConfigurationError, SettingsMoved
from digest.model.desk import Role
from digest.model.kept_settings import Place
from digest.settings import names
from digest.settings.kept.forms import Field, normal, value_of
from digest.settings.kept.laying import NEWSLETTERS
from digest.settings.kept.limits import KINDS
from digest.upkeep import trying
from digest.web.desk import deeds
from digest.web.desk.newsletters import tables
from digest.web.desk.newsletters.pages import FIELDS, address, may
from digest.web.desk.newsletters.parts import new_changes, new_fields, trial_of, tried_as
from digest.web.serving.request import Ask
from digest.words.speaking import retold, say

REQUIRED = tuple(one for one in FIELDS if one.is_required or one.name == "language")
SECTION, SOURCE = "section.", "source."


def form(ask: Ask) -> Response:
    """Show the form of a new newsletter."""
    ask.require(Role.MANAGER)
    return _form(ask, {"language": "en", f"{SOURCE}kind": "feed"}, {})


def make(ask: Ask) -> Response:
    """Try the first source, and once that was seen make the newsletter."""
    ask.require(Role.MANAGER)
    given = {name: ask.form[name] for name in _names() if name in ask.form}
    key = given.get("key", "").strip()
    source = _given(new_fields("sources"), given, SOURCE)
    place = (NEWSLETTERS, key)
    named = source["name"] or source["url"]
    if not key or key in ask.desk.newsletters:
        said = say("there is a newsletter of that key already") if key else say("must not be empty")
        return _form(ask, given, {"key": said})
    if missing := _missing(given, named):
        return _form(ask, given, missing)
    changes = _changes(place, given, named)
    is_tried = ask.form.get("tried") == tried_as(source)
    try:
        if not is_tried:
            trial = trial_of(ask, (*place, "sources", named), changes)
            return _form(ask, given, {}, trial, tried_as(source))
        tables.keep(ask, changes, deeds.MADE_NEWSLETTER % {"key": key})
    except ConfigurationError as error:
        return _form(ask, given, _problems(ask, error, place, named, given))
    except SettingsMoved as error:
        return _form(ask, given, {"": str(error)})
    return RedirectResponse(f"{address(key)}?done=made", 303)


def _names() -> tuple[str, ...]:
    parts = ((SECTION, "sections"), (SOURCE, "sources"))
    inner = [f"{prefix}{one.name}" for prefix, listed in parts for one in new_fields(listed)]
    return ("key", *(one.name for one in REQUIRED), *inner)


def _given(fields: tuple[Field, ...], given: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    return {one.name: normal(one, given.get(f"{prefix}{one.name}", "")) for one in fields}


def _missing(given: Mapping[str, str], named: str) -> dict[str, str]:
    found = {}
    if not given.get(f"{SECTION}key", "").strip():
        found[f"{SECTION}key"] = say("must not be empty")
    if not named:
        found[f"{SOURCE}url"] = say("must not be empty")
    return found


def _changes(place: Place, given: Mapping[str, str], named: str) -> dict[Place, str | None]:
    changes: dict[Place, str | None] = {place: "true"}
    for one in REQUIRED:
        text = normal(one, given.get(one.name, ""))
        if text and text != one.default:
            changes[*place, *one.way] = json.dumps(value_of(one, text), ensure_ascii=False)
    section = _given(new_fields("sections"), given, SECTION)
    source = _given(new_fields("sources"), given, SOURCE)
    changes |= new_changes((*place, "sections", section["key"]), new_fields("sections"), section)
    return changes | new_changes((*place, "sources", named), new_fields("sources"), source)


def _problems(
    ask: Ask, error: ConfigurationError, place: Place, named: str, given: Mapping[str, str]
) -> dict[str, str]:
    """Return what is wrong, each with the field that it is about."""
    data = ask.desk.newsroom.loaded.data
    parts: list[tuple[Place, tuple[Field, ...], str]] = [
        ((*place, "sections", given.get(f"{SECTION}key", "")), new_fields("sections"), SECTION),
        ((*place, "sources", named), new_fields("sources"), SOURCE),
        (place, REQUIRED, ""),
    ]
    own = {".".join(place), names.dotted(place)}
    of_key = list(dict.fromkeys(retold(one.problem) for one in error.faults if one.where in own))
    found = {"key": "; ".join(of_key)} if of_key else {}
    left = [one for one in error.faults if one.where not in own]
    for at, fields, prefix in parts:
        told = tables.problems_of(left, data, at, fields, prefix)
        rest = told.pop("", "")
        found |= told
        if prefix == "" and rest:
            unsaid = [
                one for one in left if not any(retold(one.problem) in text for text in found.values())
            ]
            if unsaid:
                rest_told = (f"{one.where.partition('.')[2]}: {retold(one.problem)}" for one in unsaid)
                found[""] = "; ".join(rest_told)
    return found


def _form(
    ask: Ask,
    given: Mapping[str, str],
    problems: Mapping[str, str],
    trial: trying.Tried | None = None,
    tried: str = "",
) -> Response:
    return ask.page(
        "newsletters/new.html",
        code=422 if problems else 200,
        given=given,
        problems=problems,
        required=REQUIRED,
        section=new_fields("sections"),
        source=new_fields("sources"),
        kinds=KINDS,
        trial=trial,
        tried=tried,
        zone=ask.desk.zone,
        may=may(ask),
    )
