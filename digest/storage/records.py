"""Nouns to stored text and back, sealed with a hash that is checked when they are read."""

from __future__ import annotations

import hashlib
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from digest.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Hashable

    from digest.model.desk import Change

T = TypeVar("T")


def stored(kind: type[T], value: T) -> bytes:
    """Return `value` as JSON."""
    return _adapter(cast("Hashable", kind)).dump_json(value)


def restored(kind: type[T], content: str | bytes, *, name: str) -> T:
    """Return what `stored` made.

    Raises:
        BadData: the text is not such a value; `name` says which row it was.
    """
    try:
        value: T = _adapter(cast("Hashable", kind)).validate_json(content)
    except ValidationError as problem:
        raise BadData(
            name, "the stored text is damaged", "Restore the database from a backup."
        ) from problem
    return value


def packed(content: bytes) -> bytes:
    """Return stored text in less room; `unpacked` gives it back."""
    return zlib.compress(content)


def unpacked(content: bytes, *, name: str) -> bytes:
    """Return what was packed.

    Raises:
        BadData: the bytes are not what `packed` gave; `name` says which row it was.
    """
    try:
        return zlib.decompress(content)
    except zlib.error as problem:
        raise BadData(
            name, "the stored text is damaged", "Restore the database from a backup."
        ) from problem


def seal(content: bytes) -> str:
    """Return the sha256 hex that goes beside stored bytes."""
    return hashlib.sha256(content).hexdigest()


def unsealed(content: bytes, expected: str, *, name: str) -> bytes:
    """Return `content` where its hash is the stored one.

    Raises:
        BadData: it was changed behind our back; sending it could send anything.
    """
    if seal(content) != expected:
        raise BadData(
            name, "the stored bytes don't match their hash", "Restore the database from a backup."
        )
    return content


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def change_values(edition_id: int, change: Change) -> dict[str, object]:
    """Return the row of a change."""
    return {
        "edition_id": edition_id,
        "revision": change.revision,
        "who": change.who,
        "at": change.at,
        "said": change.said,
        "forward": change.forward,
        "backward": change.backward,
        "state": change.state,
    }
