"""What the desk may never be told: secrets, this machine's files, and what the file holds fixed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from digest.errors import Fault
from digest.model.kept_settings import Place
from digest.settings.fields import MASK, SECRET_NAME, masked_url
from digest.settings.kept.laying import NAMED_BY, NEWSLETTERS, SEGMENTS, held_back, is_held

KINDS: Final = ("feed", "jsonfeed", "wordpress", "sitemap", "push")
"""The kinds of sources that can be made at the desk. The others need a password or a key, or read files
and databases of this machine: whoever runs it names them."""

_MACHINE: Final = frozenset({"path", "query", "host", "port", "username", "folder", "ping"})


def refusals(changes: Mapping[Place, str | None], settings: Mapping[str, object]) -> Iterator[Fault]:
    """Yield why changes may not be kept, whatever their values mean.

    Args:
        changes: values as JSON, by place; None where the file shall count again.
        settings: the layers without what the desk says.
    """
    held = held_back(settings)
    for place, value in changes.items():
        why = _refusal(place, None if value is None else json.loads(value), held)
        if why:
            yield Fault(".".join(place), why)


def _refusal(place: Place, value: object, held: tuple[Place, ...]) -> str:
    if place[0] not in {NEWSLETTERS, SEGMENTS} or len(place) < 2:
        return "is never changed at the desk"
    if value is None:
        return ""
    if is_held(place, held):
        return "is held fixed by desk.fixed: it is changed in digest.toml"
    last = place[-1]
    is_of_source = len(place) > 4 and place[2] == "sources"
    if len(place) > 2 and place[2] not in NAMED_BY and last in _MACHINE:
        return _ELSEWHERE
    if is_of_source and (last in _MACHINE or SECRET_NAME.search(last) or "oauth" in place):
        return _ELSEWHERE
    if is_of_source and last == "kind" and value not in KINDS:
        return f"must be one of {', '.join(KINDS)} at the desk; other sources are named in digest.toml"
    return _of_address(value, is_of_source=is_of_source) if isinstance(value, str) else ""


def _of_address(text: str, *, is_of_source: bool) -> str:
    """Return why the desk can't keep an address; a text without one is kept."""
    masked = masked_url(text) if "://" in text else text
    if masked == text:
        return ""
    if masked == MASK:
        return "is no URL: it can't be read"
    if is_of_source:
        return "holds a password or a key, which the desk never keeps: name this source in digest.toml"
    return "holds a password or a key, which readers would see: take an address without it"


_ELSEWHERE: Final = "is a secret or a place of this machine: it is changed in digest.toml"
