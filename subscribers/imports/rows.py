"""The rows of a file, understood one after another; a file whose columns may hide a no stops at its end.

All rows are read before the first is kept, so that a stop changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import orjson

from subscribers import tagging
from subscribers.address import spelled
from subscribers.errors import InvalidAddress, UnreadableFile
from subscribers.imports.batching import ImportTerms
from subscribers.imports.guarding import Watch, has_no, is_of_mail, is_other_way, meant_by
from subscribers.imports.plain_rows import shortcut
from subscribers.imports.reading import RawRow, RowProblem
from subscribers.imports.shapes import SAYS_NO, ImportRow, Shape, exact, label, recognize, understand
from subscribers.imports.sorting import Plain
from subscribers.imports.words import may_be_loud
from subscribers.storage.types import millis

Rows = Iterable[Plain | RowProblem]

_KEPT_SHAPES = 10_000
_DEPTH = 4


def checked(row: ImportRow) -> Plain | RowProblem:
    """Return the row with its address checked, as plain values; a problem where it can't be taken."""
    if row.status is None:
        return RowProblem(row.line, row.problem)
    if not row.email:
        return RowProblem(row.line, "It has no address.")
    try:
        address, canonical = spelled(row.email)
    except InvalidAddress as problem:
        return RowProblem(row.line, str(problem))
    return (
        canonical,
        row.line,
        address,
        row.status.value,
        row.name,
        None if row.consented_at is None else millis(row.consented_at),
        row.language,
        row.timezone,
        row.tags,
        row.ip,
        row.topics,
        row.frequency,
        None if row.paused_until is None else row.paused_until.isoformat(),
    )


def check_columns(terms: ImportTerms, there: Iterable[str], file_name: str) -> None:
    """Hold the terms' columns against those of the file.

    Raises:
        UnreadableFile: one that the terms name is not there.
    """
    known = {exact(column) for column in there}
    named = (*terms.mapping.values(), *terms.columns, *terms.ignored)
    if missing := sorted({column.strip() for column in named if exact(column) not in known}):
        names = ", ".join(missing)
        raise UnreadableFile(file_name, f"it has no column {names}", "Names must match the first line's.")


def table_rows(
    shape: Shape, first: RawRow | None, raw: Iterator[RawRow | RowProblem], file_name: str
) -> Rows:
    """Yield the rows of a table, each checked, or what is wrong with it.

    Args:
        first: the first row, where it is no header.

    Raises:
        MayMeanNo: a column may say who wants no mail, and nobody has said what it is.
    """
    watch = Watch()
    _expect(watch, shape)
    short, look = shortcut(shape) or _no_shortcut, _looker(shape, watch)
    for row in raw if first is None else chain((first,), raw):
        if isinstance(row, RowProblem):
            yield row
            continue
        line, fields = row
        if len(fields) != shape.width and shape.has_header:
            if not any(field.strip() for field in fields):
                continue
            if problem := _misshapen(shape, fields):
                yield RowProblem(line, problem)
                continue
        if look is not None:
            look(fields, line)
        yield short(fields, line) or checked(understand(shape, fields, line))
    watch.end(file_name)


def object_rows(lines: Iterator[tuple[int, str]], terms: ImportTerms, file_name: str) -> Rows:
    """Yield the rows of JSON lines, each checked, or what is wrong with it.

    Raises:
        UnreadableFile: it is one JSON array, or a column that the terms name is in no line.
        MayMeanNo: as for tables; a key inside an object is called `outer.inner`.
    """
    shapes: dict[tuple[str, ...], Shape | None] = {}
    watch, there = Watch(), set[str]()
    for number, line in lines:
        if number == 1 and line.lstrip().startswith("["):
            raise UnreadableFile(file_name, "it is one JSON array", "Write one object a line (JSON lines).")
        found = _object(line)
        if found is None:
            yield RowProblem(number, "It is not a JSON object.")
            continue
        keys = tuple(found)
        if keys not in shapes:
            if len(shapes) >= _KEPT_SHAPES:
                shapes.clear()
            there.update(keys)
            shapes[keys] = _shape_of(keys, terms, file_name, watch)
        shape = shapes[keys]
        if shape is None or not shape.has_header:
            yield RowProblem(number, "It has no address.")
            continue
        cells = list(found.values())
        for index, name in shape.unread.items():
            if not is_other_way(name):
                watch.look(name, cells[index], number)
                if (unknown := watch.unknown(name)) is not None and unknown.is_open:
                    unknown.look(cells[index], number)
        yield checked(understand(shape, cells, number))
    check_columns(terms, there, file_name)
    watch.end(file_name)


def _shape_of(keys: Sequence[str], terms: ImportTerms, file_name: str, watch: Watch) -> Shape | None:
    shape = recognize(
        keys, mapping=terms.mapping, columns=terms.columns, ignored=terms.ignored, file_name=file_name
    )
    if shape is not None:
        _expect(watch, shape)
    return shape


def _expect(watch: Watch, shape: Shape) -> None:
    for index, name in shape.unread.items():
        if index not in shape.nameless and meant_by(name):
            watch.expect(name)


def _misshapen(shape: Shape, fields: Sequence[str]) -> str:
    """Return why a row with more or fewer cells than columns can't be taken; empty where it can.

    A separator too many moves every cell behind it, a no among them; one too few cuts the last ones off.
    """
    count, columns = len(fields), shape.width
    if count > columns:
        is_harmless = shape.last_no < 0 and not any(field.strip() for field in fields[columns:])
        told = f"It has {count} cells under {columns} columns: quote a text with a separator in it."
        return "" if is_harmless else told
    if count <= shape.last_no or (
        shape.last_no >= 0 and has_no(fields[index] for index in _mute(shape, count))
    ):
        return (
            f"It has {count} cells under {columns} columns: one that says who wants no mail may be cut off."
        )
    return ""


def _mute(shape: Shape, count: int) -> Iterator[int]:
    """Yield the places of columns that say nothing about mail."""
    speaking = {index for name in SAYS_NO for index in shape.columns.get(name, ())}
    return (index for index in range(count) if index not in speaking)


def _looker(shape: Shape, watch: Watch) -> Callable[[Sequence[str], int], None] | None:
    """Return what looks at a row's cells that nobody reads; None where each is read."""
    if not shape.has_header:
        return _nameless_looker(shape, watch)
    places = [
        (index, name, index in shape.nameless or bool(meant_by(name)) or is_of_mail(name))
        for index, name in shape.unread.items()
        if not is_other_way(name)
    ]

    others = shape.columns["email"][1:]
    places += [(index, label("", index), True) for index in others]
    named = (
        (index, watch.unknown(name)) for index, name in shape.unread.items() if index not in shape.nameless
    )
    unknown = [(index, found) for index, found in named if found is not None]

    def look(fields: Sequence[str], line: int) -> None:
        width = len(fields)
        for index, name, is_expected in places:
            if index < width and (cell := fields[index]) and (is_expected or may_be_loud(cell)):
                watch.look(name, cell, line, is_nameless=index in shape.nameless or index in others)
        if unknown:
            for index, column in unknown:
                column.look(fields[index] if index < width else "", line)
            if not all(column.is_open for _, column in unknown):
                unknown[:] = [one for one in unknown if one[1].is_open]

    return look if places else None


def _nameless_looker(shape: Shape, watch: Watch) -> Callable[[Sequence[str], int], None]:
    """Return what looks at the cells beside the addresses of a file without a header."""
    used = {index for places in shape.columns.values() for index in places} | shape.aside

    def look(fields: Sequence[str], line: int) -> None:
        if len(fields) > 1:
            for index, cell in enumerate(fields):
                if index not in used:
                    watch.look(label("", index), cell, line, is_nameless=True)

    return look


def _no_shortcut(_fields: Sequence[str], _line: int) -> None:
    return None


def _object(line: str) -> dict[str, str] | None:
    """Return a line's object as texts, what is inside it by `outer.inner`; None where it is none."""
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(found, dict):
        return None
    flat: dict[str, str] = {}
    for key, value in found.items():
        _flatten(key, value, flat, _DEPTH)
    return flat


def _flatten(key: str, value: object, into: dict[str, str], depth: int) -> None:
    inner: Mapping[str, object] = value if isinstance(value, dict) else {}
    if isinstance(value, list) and depth:
        for part in value:
            if isinstance(part, dict):
                _flatten(key, part, into, depth - 1)
    if inner and depth:
        for name, part in inner.items():
            _flatten(f"{key}.{name}", part, into, depth - 1)
        return
    text = _text(value)
    into[key] = f"{into[key]},{text}" if into.get(key) else text


def _text(value: object) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            return tagging.joined(_text(part) for part in value if not isinstance(part, dict))
        case _:
            return ""
