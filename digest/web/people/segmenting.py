"""Segments: parts of the lists by their readers' traits, counted before anybody relies on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from starlette.responses import Response
from starlette.routing import Route

from digest.web.serving.request import Ask, page
from digest.wiring.segments import counted
from subscribers import lists
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

FIELDS = ("on", "topic", "language", "tag", "since", "clicked")
_MOST_CHARS = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A segment of the settings, counted."""

    name: str
    data: str
    readers: int
    newsletters: tuple[str, ...]


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
    """Show the segments of the settings and a form to try others; counts only, nobody's address."""
    newsroom, known = ask.desk.newsroom, lists.titles(ask.desk.newsroom.people)
    settings = ask.desk.loaded.settings
    named = [
        Named(
            name,
            json.dumps(to_data(segment), ensure_ascii=False),
            counted(newsroom.people, _lists_of(ask, name) or tuple(known), segment, now=ask.now),
            tuple(one.title for one in settings.newsletters.values() if one.segment == name),
        )
        for name, segment in newsroom.segments.items()
    ]
    tried, problem = None, ""
    chosen = (ask.query["list"],) if ask.query.get("list") in known else tuple(known)
    if ask.query.get("try"):
        try:
            segment = _asked(ask.query)
        except ValueError:
            problem = "A day is written as 2026-11-23."
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
        given={name: ask.query.get(name, "") for name in (*FIELDS, "list", "not_clicked")},
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


routes = [Route("/desk/people/segments", page(show), methods=["GET"])]
