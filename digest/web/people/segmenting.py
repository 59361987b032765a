"""Segments: parts of the lists by their readers' traits, counted before anybody relies on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from digest.errors import ConfigurationError, SettingsMoved
from digest.model.desk import Role
from digest.model.kept_settings import Place
from digest.settings.fields import KEY
from digest.settings.kept.laying import SEGMENTS
from digest.upkeep import changing
from digest.web.serving.request import Ask, page
from digest.wiring.segments import counted
from digest.words.speaking import lasting, retold, say
from subscribers import address as addresses
from subscribers import lists
from subscribers.audience import audience, some
from subscribers.model import Frequency, Subscriber
from subscribers.segments import (
    AllOf,
    ClickedSince,
    HasTag,
    HasTopic,
    InLanguage,
    Not,
    OnList,
    Segment,
    SignedUpSince,
    to_data,
)
from subscribers.storage.audience import AudienceQuery

FIELDS = ("on", "topic", "language", "tag", "since", "clicked")
MOST_SHOWN = 25
_MOST_CHARS = 100
_MOST_NAME = 40


@dataclass(frozen=True, slots=True)
class Named:
    """A segment with a name, counted.

    Attributes:
        is_saved: at the desk; the others are the file's.
    """

    name: str
    data: str
    readers: int
    newsletters: tuple[str, ...]
    is_saved: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """A segment of the form, counted.

    Attributes:
        data: how digest.toml would have it.
        whole: how many readers the lists have.
    """

    data: str
    readers: int
    whole: int


def show(ask: Ask) -> Response:
    """Show the segments with a name and a form to try others; counts only, nobody's address."""
    return _page(ask, ask.query)


def save(ask: Ask) -> Response:
    """Give a segment a name, under which newsletters and exports know it."""
    ask.require(Role.OPS)
    name = ask.form.get("name", "").strip()
    if not KEY.fullmatch(name) or len(name) > _MOST_NAME:
        problem = say("Its name is a short one of lower-case letters and digits, words joined by - or _.")
        return _page(ask, ask.form, problem=problem)
    if name in ask.desk.newsroom.segments:
        return _page(
            ask,
            ask.form,
            problem=say("There is a segment named %(name)s already. Choose another name.", name=name),
        )
    try:
        data = json.dumps(to_data(_asked(ask.form)), ensure_ascii=False)
    except ValueError:
        return _page(ask, ask.form, problem=say("A day is written as 2026-11-23."))
    return _kept(ask, {(SEGMENTS, name): data}, lasting("saved the segment “%(name)s”") % {"name": name})


def forget(ask: Ask) -> Response:
    """Take a saved segment away; one that a newsletter goes to stays."""
    ask.require(Role.OPS)
    name = _name(ask)
    return _kept(
        ask, {(SEGMENTS, name): None}, lasting("took the segment “%(name)s” away") % {"name": name}
    )


def readers(ask: Ask) -> Response:
    """Show some of the readers of a segment; that somebody looked is written in the log."""
    ask.require(Role.OPS)
    name = _name(ask)
    ask.desk.note(ask.user.name, "looked readers up", detail=f"segment {name}")
    query = queries_of(ask, name)[0]
    found = some(ask.desk.newsroom.people, query, limit=MOST_SHOWN)
    return _page(ask, ask.query, looked_at=name, found=found)


def queries_of(ask: Ask, name: str) -> tuple[AudienceQuery, ...]:
    """Return the queries of a segment's readers, those of the week's best too.

    Raises:
        HTTPException: there is no such segment.
    """
    segment = ask.desk.newsroom.segments.get(name)
    if segment is None:
        raise HTTPException(404, say("There is no such segment."))
    wanted = _lists_of(ask, name) or tuple(lists.titles(ask.desk.newsroom.people))
    return tuple(audience(wanted, now=ask.now, frequency=often, segment=segment) for often in Frequency)


def _name(ask: Ask) -> str:
    name = str(ask.request.path_params["name"])
    if name not in ask.desk.newsroom.segments:
        raise HTTPException(404, say("There is no such segment."))
    return name


def _kept(ask: Ask, changes: Mapping[Place, str | None], said: str) -> Response:
    try:
        changing.change(ask.desk.newsroom, changes, who=ask.user.name, said=said, now=ask.now)
    except ConfigurationError as error:
        return _page(ask, ask.form, problem="; ".join(retold(one.problem) for one in error.faults))
    except SettingsMoved as error:
        return _page(ask, ask.form, problem=str(error))
    ask.desk.refresh()
    return RedirectResponse("/desk/people/segments", 303)


def _page(
    ask: Ask,
    query: Mapping[str, str],
    *,
    problem: str = "",
    looked_at: str = "",
    found: tuple[Subscriber, ...] = (),
) -> Response:
    newsroom, known = ask.desk.newsroom, lists.titles(ask.desk.newsroom.people)
    settings = ask.desk.loaded.settings
    named = [
        Named(
            name,
            json.dumps(to_data(segment), ensure_ascii=False),
            counted(newsroom.people, _lists_of(ask, name) or tuple(known), segment, now=ask.now),
            tuple(one.title for one in settings.newsletters.values() if one.segment == name),
            (SEGMENTS, name) in newsroom.loaded.kept.values,
        )
        for name, segment in newsroom.segments.items()
    ]
    tried = None
    chosen = (query["list"],) if query.get("list") in known else tuple(known)
    if query.get("try") and not problem:
        try:
            segment = _asked(query)
        except ValueError:
            problem = say("A day is written as 2026-11-23.")
        else:
            tried = Tried(
                _toml(to_data(segment)),
                counted(newsroom.people, chosen, segment, now=ask.now),
                counted(newsroom.people, chosen, None, now=ask.now),
            )
    sections = {rule.key: rule.title for one in ask.desk.newsletters.values() for rule in one.sections}
    return ask.page(
        "people/segments.html",
        code=422 if problem else 200,
        named=named,
        tried=tried,
        problem=problem,
        lists=known,
        sections=sections,
        given={name: query.get(name, "") for name in (*FIELDS, "list", "not_clicked", "name")},
        looked_at=looked_at,
        found=found,
        masked=addresses.masked,
    )


def _lists_of(ask: Ask, segment: str) -> tuple[str, ...]:
    """Return the lists of the newsletters that go to a segment."""
    newsletters = ask.desk.loaded.settings.newsletters.values()
    return tuple(dict.fromkeys(key for one in newsletters if one.segment == segment for key in one.lists))


def _asked(query: Mapping[str, str]) -> Segment:
    """Return the segment that the form describes: everything that is filled in, together.

    Raises:
        ValueError: a day is none.
    """
    given = {name: query.get(name, "").strip()[:_MOST_CHARS] for name in FIELDS}
    parts: list[Segment] = []
    for name, kind in (("on", OnList), ("topic", HasTopic), ("language", InLanguage), ("tag", HasTag)):
        if given[name]:
            parts.append(kind(given[name]))
    if given["since"]:
        parts.append(SignedUpSince(_midnight(given["since"])))
    if given["clicked"]:
        clicked = ClickedSince(_midnight(given["clicked"]))
        parts.append(Not(clicked) if query.get("not_clicked") else clicked)
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _midnight(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(), UTC)


def _toml(value: object) -> str:
    """Return a segment as TOML writes a value."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(part)}" for name, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)


GET, POST = ["GET"], ["POST"]

routes = [
    Route("/desk/people/segments", page(show), methods=GET),
    Route("/desk/people/segments", page(save), methods=POST),
    Route("/desk/people/segments/{name}/forget", page(forget), methods=POST),
    Route("/desk/people/segments/{name}/readers", page(readers), methods=POST),
]
