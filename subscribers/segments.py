"""Segments: parts of an audience, as data that compiles to one query and can be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OnList:
    """Readers who are on another list as well."""

    mailing_list: str


@dataclass(frozen=True, slots=True)
class HasTopic:
    """Readers who get this topic: they chose it, or chose none and get all."""

    topic: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Readers of a language; `fr` takes `fr-CA` too."""

    language: str


@dataclass(frozen=True, slots=True)
class HasTag:
    """Readers with a tag."""

    tag: str


@dataclass(frozen=True, slots=True)
class SignedUpSince:
    """Readers first stored at or after a moment."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ClickedSince:
    """Readers who clicked a link at or after a moment; nobody while click counting is off."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AllOf:
    """Readers whom every part takes; all readers where there is no part."""

    parts: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Readers whom at least one part takes; nobody where there is no part."""

    parts: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Readers whom the part leaves."""

    part: Segment


Segment = OnList | HasTopic | InLanguage | HasTag | SignedUpSince | ClickedSince | AllOf | AnyOf | Not
"""A part of an audience."""

_TEXTS: Mapping[str, type[OnList | HasTopic | InLanguage | HasTag]] = {
    "on_list": OnList,
    "has_topic": HasTopic,
    "in_language": InLanguage,
    "has_tag": HasTag,
}
_MOMENTS: Mapping[str, type[SignedUpSince | ClickedSince]] = {
    "signed_up_since": SignedUpSince,
    "clicked_since": ClickedSince,
}
_GROUPS: Mapping[str, type[AllOf | AnyOf]] = {"all_of": AllOf, "any_of": AnyOf}
_NAMES = {kind: name for table in (_TEXTS, _MOMENTS, _GROUPS) for name, kind in table.items()}
_MAX_DEPTH = 20


def to_data(segment: Segment) -> dict[str, object]:
    """Return the segment as JSON can hold it: one name, one value, parts nested."""
    match segment:
        case AllOf(parts) | AnyOf(parts):
            return {_NAMES[type(segment)]: [to_data(part) for part in parts]}
        case Not(part):
            return {"not": to_data(part)}
        case SignedUpSince(at) | ClickedSince(at):
            return {_NAMES[type(segment)]: at.isoformat()}
        case OnList(text) | HasTopic(text) | InLanguage(text) | HasTag(text):
            return {_NAMES[type(segment)]: text}


def from_data(data: object, *, depth: int = 0) -> Segment:
    """Return the segment that `to_data` made, or that someone wrote by hand.

    Raises:
        ValueError: it is none; the sentence names the part that is wrong.
    """
    if not isinstance(data, dict) or len(data) != 1 or depth > _MAX_DEPTH:
        raise ValueError("A segment is an object with one name and its value, at most 20 deep.")
    ((name, value),) = data.items()
    if name == "not":
        return Not(from_data(value, depth=depth + 1))
    if name in _GROUPS and isinstance(value, list):
        return _GROUPS[name](tuple(from_data(part, depth=depth + 1) for part in value))
    if name in _TEXTS and isinstance(value, str) and value:
        return _TEXTS[name](value)
    if name in _MOMENTS and isinstance(value, str):
        at = _moment(value)
        return _MOMENTS[name](at)
    known = ", ".join(sorted([*_TEXTS, *_MOMENTS, *_GROUPS, "not"]))
    raise ValueError(f"Segment part {name!r} is unknown or has a wrong value; there are {known}.")


def _moment(value: str) -> datetime:
    """Return an aware datetime; a bare date is its midnight in UTC."""
    if len(value) == len("2026-11-23"):
        value = f"{date.fromisoformat(value).isoformat()}T00:00:00+00:00"
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError(f"{value!r} has no zone: write it as 2026-11-23T06:00:00+00:00.")
    return at
