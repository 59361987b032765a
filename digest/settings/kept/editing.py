"""From what was typed into a form to the values that the desk keeps, and where two people's words clash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.settings.kept.forms import Field, normal, shown, value_of

_NOTHING = "null"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed while it was changed here too.

    Attributes:
        theirs, mine: as the field shows them.
    """

    field: Field
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What a form comes to.

    Attributes:
        values: as JSON, by the field's way; None where the file shall count again.
        clashes: nothing of these is in `values`.
    """

    values: Mapping[tuple[str, ...], str | None]
    clashes: tuple[Clash, ...] = ()


def edited(
    fields: Sequence[Field],
    typed: Mapping[str, str],
    *,
    base: Mapping[str, object],
    now: Mapping[str, object],
    file: Mapping[str, object],
) -> Edited:
    """Return what was changed in a form; fields that were left alone are no change.

    Args:
        typed: by field name; a field that is missing was not in the form.
        base: the table as the form showed it.
        now: the table as it is.
        file: the table as the desk finds it, without what it says itself.
    """
    values: dict[tuple[str, ...], str | None] = {}
    clashes = []
    for field in fields:
        if field.name not in typed:
            continue
        mine, was, theirs = normal(field, typed[field.name]), shown(field, base), shown(field, now)
        if mine in (normal(field, was), normal(field, theirs)):
            continue
        if normal(field, was) != normal(field, theirs):
            clashes.append(Clash(field, theirs, mine))
        else:
            values[field.way] = said(field, mine, file)
    return Edited(values, tuple(clashes))


def said(field: Field, text: str, file: Mapping[str, object]) -> str | None:
    """Return what the desk must say so that a field has this text; None where the file says it already."""
    is_given = _is_given(field, file)
    if text == normal(field, shown(field, file)):
        return None
    value = value_of(field, text)
    if value is None or (not is_given and text == normal(field, field.default)):
        return _NOTHING if is_given else None
    return json.dumps(value, ensure_ascii=False)


def _is_given(field: Field, table: Mapping[str, object]) -> bool:
    node: object = table
    for step in field.way:
        if not isinstance(node, Mapping) or step not in node:
            return False
        node = node[step]
    return True
