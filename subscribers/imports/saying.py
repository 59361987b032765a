"""Whether a row's reader wants mail: every column that says so is judged, and the strongest no counts.

Pure: cells in, a status out. What is no clear yes is None, with the sentence that tells why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from subscribers.imports.products import Words
from subscribers.imports.words import (
    FALSE,
    LOUD,
    LOUD_CHARS,
    NEVER,
    PENDING,
    STATUSES,
    STRENGTH,
    TRUE,
    ImportedStatus,
    folded_name,
    folded_word,
    has_loud_part,
    is_nothing,
    unescaped,
)

Said = tuple[ImportedStatus | None, str]

_YES: Said = (ImportedStatus.ACTIVE, "")
_FLAGS: Mapping[str, ImportedStatus] = {
    "disabled": ImportedStatus.ENDED,
    "bounced": ImportedStatus.BOUNCED,
    "complained": ImportedStatus.COMPLAINED,
    "blocked": ImportedStatus.BLOCKED,
}
_MOMENTS: Mapping[str, ImportedStatus] = {
    "ended_at": ImportedStatus.ENDED,
    "bounced_at": ImportedStatus.BOUNCED,
    "complained_at": ImportedStatus.COMPLAINED,
    "blocked_at": ImportedStatus.BLOCKED,
}
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d")
_BETWEEN = re.compile(r"[\[\]{}()'\",;|]+")
_PARTS_OF_NAMES = (
    (ImportedStatus.COMPLAINED, ("marked as spam", "complaint", "complained")),
    (ImportedStatus.BOUNCED, ("bounced", "hard bounce", "undeliverable")),
    (ImportedStatus.BLOCKED, ("suppress", "blacklist", "blocklist")),
    (
        ImportedStatus.ENDED,
        ("unsubscribe", "nonsubscribe", "non subscribe", "opted out", "opt out", "optout"),
    ),
)
_BOTH = re.compile(r"\b(?:subscribed|subscribers|active|all|and|not|no|without|except|minus)\b")


def status_in(
    columns: Mapping[str, Sequence[int]],
    fields: Sequence[str],
    cells: Mapping[str, str],
    *,
    default: ImportedStatus,
    words: Words,
) -> Said:
    """Return the row's status.

    Args:
        columns: the places of each field's columns.
        cells: the first cell of each field that isn't empty.
        default: of rows that don't say.
        words: what statuses mean in this product's export, before what they mean anywhere.
    """
    said: list[Said] = [(default, "")]
    is_dated = "paused_until" in cells
    told = []
    if "status" in cells:
        told = [_status(word, words, is_dated=is_dated) for word in _all(columns, "status", fields, cells)]
        said += told
    if "state" in cells:
        found = _status(cells["state"], words, is_dated=is_dated)
        is_place = found[1].endswith(_UNKNOWN) and "status" in cells  # California, beside a status
        if not is_place:
            said.append(found)
    if "subscribed" in columns:
        said += _yes_or_not(columns["subscribed"], fields, words, is_said=_YES in told)
    if "confirmed" in columns:
        said += [_confirmed(fields, index) for index in columns["confirmed"]]
    if "receives" in columns and _is_nowhere(cells.get("receives", "")):
        said.append((None, "The file says that this reader receives no emails."))
    for field in cells:
        if (read := _READERS.get(field)) is not None:
            said += [one for text in _all(columns, field, fields, cells) for one in read(field, text)]
    return said[0] if len(said) == 1 else max(said, key=_strength)


def plain_status(text: str, default: ImportedStatus) -> ImportedStatus | None:
    """Return what the one status column of a file says; None where it is no yes or no."""
    return max((default, ""), _status(text, {}, is_dated=False), key=_strength)[0]


def status_by_name(file_name: str, *, is_mailchimp: bool = False) -> ImportedStatus:
    """Return what a file's name says of everybody in it: `unsubscribed_2026.csv`, `news-bounced.csv`.

    Mailchimp alone calls bounced addresses cleaned; with others a cleaned list is a good one. A name that
    speaks of both kinds says nothing, unless it begins with the no.
    """
    name = folded_name(file_name.rpartition(".")[0] or file_name)
    if is_mailchimp and name.startswith("cleaned"):
        return ImportedStatus.BOUNCED
    for status, parts in _PARTS_OF_NAMES:
        if name.startswith(parts):
            return status
    if not _BOTH.search(name):
        for status, parts in _PARTS_OF_NAMES:
            if any(part in name for part in parts):
                return status
    return ImportedStatus.ACTIVE


_UNKNOWN = "pending and unknown ones must sign up themselves."


@lru_cache(maxsize=4_096)
def _common(text: str, *, is_dated: bool) -> Said:
    word = folded_word(text)
    if not word or (word == "paused" and is_dated):
        return _SILENT
    status = STATUSES.get(word)
    if status is not None:
        return status, ""
    if word in TRUE or word in FALSE:
        return (ImportedStatus.ACTIVE if word in TRUE else ImportedStatus.ENDED), ""
    if word in PENDING:
        return None, f"{word[:40]!r} is no yes yet: this reader must sign up."
    return None, f"Status {word[:40]!r} is not a yes: {_UNKNOWN}"


_SILENT: Said = (ImportedStatus.ACTIVE, " ")


def _status(text: str, words: Words, *, is_dated: bool) -> Said:
    """Return what a status says; a cell without a word is no explicit yes."""
    if words and (word := folded_word(text)) in words:
        status = words[word]
        return status, "" if status else f"{word[:40]!r} is no yes: this reader must sign up."
    return _common(text, is_dated=is_dated)


def _yes_or_not(places: Sequence[int], fields: Sequence[str], words: Words, *, is_said: bool) -> list[Said]:
    """Return what columns such as `subscribed` say: a date is a yes, an empty cell is none."""
    said: list[Said] = []
    for index in places:
        text = _cell(fields, index)
        if not is_nothing(folded_word(text)):
            is_date = _DATE.match(text.strip()) is not None
            said.append(_YES if is_date else _status(text, words, is_dated=False))
    if not said and not is_said:
        said.append((None, "The column of those who want mail is empty here: this reader must sign up."))
    return said


def _confirmed(fields: Sequence[str], index: int) -> Said:
    text = _cell(fields, index)
    word = folded_word(text)
    if (word in TRUE or STATUSES.get(word) is ImportedStatus.ACTIVE or _DATE.match(text.strip())) and (
        not is_nothing(word)
    ):
        return _YES
    if (status := STATUSES.get(word)) is not None and word not in FALSE:
        return status, ""
    return None, "This reader never confirmed: they must sign up."


def _flag(field: str, text: str) -> list[Said]:
    """Return what a column such as `unsubscribed` says: a true, or a date, is the no itself."""
    word = folded_word(text)
    if word in FALSE or is_nothing(word):
        return []
    if word in TRUE or _DIGIT.search(word):
        return [(_FLAGS[field], "")]
    found = STATUSES.get(word)
    if found is None or found is ImportedStatus.ACTIVE:
        told = f"{word[:40]!r} leaves open whether this reader said no: they must sign up themselves."
        return [(None, told)]
    return [(found, "")]


def _moment(field: str, text: str) -> list[Said]:
    """Return what a column such as `unsubscribed_at` says: whatever stands in it is the no."""
    word = folded_word(text)
    return [] if word in FALSE or is_nothing(word) else [(_MOMENTS[field], "")]


def _suppressions(_field: str, text: str) -> list[Said]:
    """Return what a list of reasons not to mail says; a reason that is not known still is one."""
    said: list[Said] = []
    for part in _BETWEEN.split(text):
        word = folded_word(part)
        if word in FALSE or is_nothing(word):
            continue
        status = STATUSES.get(word, ImportedStatus.BLOCKED)
        said.append((ImportedStatus.BLOCKED if status is ImportedStatus.ACTIVE else status, ""))
    return said


def _tagged(_field: str, text: str) -> list[Said]:
    """Return what tags say: `unsubscribed` among them is no yes, and no more than that."""
    words = (folded_word(part) for part in _BETWEEN.split(text[:LOUD_CHARS]))
    found = next((word for word in words if word in LOUD or has_loud_part(word)), "")
    return [(None, f"The tag {found[:40]!r} is no yes: this reader must sign up.")] if found else []


def _seldom(_field: str, text: str) -> list[Said]:
    return [(ImportedStatus.ENDED, "")] if folded_word(text) in NEVER else []


def _is_nowhere(text: str) -> bool:
    word = folded_word(text)
    return is_nothing(word) or word in {"no lists", "no list"}


def _strength(said: Said) -> int:
    return STRENGTH[said[0]]


def _cell(fields: Sequence[str], index: int) -> str:
    return unescaped(fields[index].strip()) if index < len(fields) else ""


def _all(
    columns: Mapping[str, Sequence[int]], field: str, fields: Sequence[str], cells: Mapping[str, str]
) -> list[str]:
    """Return what stands in every column of a field; empty cells left out."""
    if field not in cells:
        return []
    places = columns[field]
    if len(places) == 1:
        return [cells[field]]
    return [text for index in places if (text := _cell(fields, index))]


_READERS: Mapping[str, Callable[[str, str], list[Said]]] = {
    **dict.fromkeys(_FLAGS, _flag),
    **dict.fromkeys(_MOMENTS, _moment),
    "suppressions": _suppressions,
    "tags": _tagged,
    "frequency": _seldom,
}
