"""What the columns of an import file mean: our own names, common ones, and other products' exports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import available_timezones

from subscribers.model import SuppressionKind


class ImportedStatus(StrEnum):
    """What a file says of a row's reader."""

    ACTIVE = "active"
    ENDED = "ended"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    BLOCKED = "blocked"


SUPPRESSING: Mapping[ImportedStatus, SuppressionKind] = {
    ImportedStatus.BOUNCED: SuppressionKind.HARD_BOUNCE,
    ImportedStatus.COMPLAINED: SuppressionKind.COMPLAINT,
    ImportedStatus.BLOCKED: SuppressionKind.MANUAL,
}

_WORDS: Mapping[ImportedStatus, str] = {
    ImportedStatus.ACTIVE: "active subscribed enabled confirmed true yes y 1 free paid comped",
    ImportedStatus.ENDED: "ended unsubscribed unsubscribe unsub disabled inactive removed optout opt-out"
    " opted-out false no n 0 archived deleted",
    ImportedStatus.BOUNCED: "bounced bounce cleaned hardbounce hard_bounce hard-bounce undeliverable",
    ImportedStatus.COMPLAINED: "complained complaint spam abuse",
    ImportedStatus.BLOCKED: "blocked blocklisted blacklisted suppressed banned manual unsubscribed_all"
    " erased",
}
_STATUSES = {word: status for status, words in _WORDS.items() for word in words.split()}

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "email address", "e-mail address", "emailaddress", "email_address", "mail",
              "address", "subscriber", "courriel", "correo", "correo electrónico", "e-mail-adresse"),
    "name": ("name", "full name", "fullname", "full_name", "display name"),
    "first_name": ("first name", "first_name", "firstname", "fname", "given name", "vorname", "prénom"),
    "last_name": ("last name", "last_name", "lastname", "lname", "surname", "family name", "nachname"),
    "language": ("language", "lang", "locale"),
    "timezone": ("timezone", "time zone", "time_zone", "tz"),
    "tags": ("tags", "labels", "tag"),
    "status": ("status", "state", "subscription status", "subscribed", "subscribed_to_emails"),
    "consented_at": ("consented_at", "confirm_time", "optin_time", "opt-in time", "confirmed_at",
                     "created_at", "signup date", "subscription date", "subscribed at"),
    "ip": ("confirm_ip", "optin_ip", "ip", "ip address"),
    "topics": ("topics", "sections"),
    "frequency": ("frequency",),
    "paused_until": ("paused_until",),
    "disabled": ("email_disabled",),
    "ended_at": ("unsub_time", "unsubscribed_at", "deleted_at"),
    "bounced_at": ("clean_time",),
    "receives": ("receiving emails for",),
}  # fmt: skip
FIELDS = tuple(_ALIASES)
"""What a column may be mapped to."""

_FIRST_WINS = {
    alias: (field, place) for field, names in _ALIASES.items() for place, alias in enumerate(names)
}

_MARKS: Mapping[str, frozenset[str]] = {
    "mailchimp": frozenset({"email address", "leid", "euid"}),
    "substack": frozenset({"email", "active_subscription", "email_disabled"}),
    "substack (dashboard)": frozenset({"email", "subscription type", "receiving emails for"}),
    "ghost": frozenset({"email", "subscribed_to_emails", "labels"}),
    "listmonk": frozenset({"uuid", "email", "attributes", "status"}),
}
_FILE_STATUS = (
    ("unsubscribed", ImportedStatus.ENDED),
    ("nonsubscribed", ImportedStatus.ENDED),
    ("cleaned", ImportedStatus.BOUNCED),
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_TRUE = frozenset({"true", "yes", "y", "1", "t"})
_PLAIN = frozenset({"email", "name", "first_name", "last_name", "consented_at", "status", "language"})
_MAX_NAME = 200
_MAX_TAG = 100
_ZONES = available_timezones()


class ImportRow(NamedTuple):
    """One row, understood but for its address, which is checked by the importer.

    A tuple, not a dataclass: a million of them are made, and it takes a sixth of the time.

    Attributes:
        status: None where the row's reader can't be taken; `problem` says why.
        consented_at: when the reader said yes, by the file.
    """

    line: int
    email: str
    name: str
    status: ImportedStatus | None
    consented_at: datetime | None
    problem: str
    language: str = ""
    timezone: str = ""
    tags: tuple[str, ...] = ()
    ip: str = ""
    topics: tuple[str, ...] = ()
    frequency: str = ""
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A file's columns, understood.

    Attributes:
        name: `mailchimp`, `substack`, `ghost`, `listmonk`, or `columns` for any other.
        columns: for each field, the places of its columns; the first that isn't empty counts.
        has_header: False for a bare list of addresses.
        default_status: of rows that don't say; from names such as `unsubscribed_segment.csv`.
    """

    name: str
    columns: Mapping[str, tuple[int, ...]]
    has_header: bool = True
    default_status: ImportedStatus = ImportedStatus.ACTIVE


def recognize(
    header: Sequence[str], *, mapping: Mapping[str, str] | None = None, file_name: str = ""
) -> Shape | None:
    """Return what the columns mean; None where no column can be the address.

    Args:
        mapping: field name to column name, before any guess; fields are in `FIELDS`.
    """
    names = [" ".join(cell.strip().lower().split()) for cell in header]
    wanted = {column.strip().lower(): field for field, column in (mapping or {}).items()}
    found: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        field, place = (wanted[name], -1) if name in wanted else _FIRST_WINS.get(name, ("", 0))
        if field and not (place >= 0 and field in (mapping or {})):
            found.setdefault(field, []).append((place, index))
    columns = {field: tuple(index for _, index in sorted(places)) for field, places in found.items()}
    if "email" not in columns:
        return _bare(header)
    shape = next((name for name, marks in _MARKS.items() if marks <= set(names)), "columns")
    return Shape(shape, columns, default_status=_status_by(file_name, shape))


def understand(shape: Shape, fields: Sequence[str], line: int) -> ImportRow:
    """Return the row's meaning; never raises for what stands in it."""
    cells = _cells(shape, fields)
    value = cells.get
    status, problem = _status(shape, cells)
    name = clean(value("name") or f"{value('first_name', '')} {value('last_name', '')}".strip())
    said_at = moment(value("consented_at", ""))
    language = value("language", "")
    if language:
        language = language.replace("_", "-") if _LANGUAGE.match(language) else ""
    row = ImportRow(line, value("email", ""), name, status, said_at, problem, language)
    if cells.keys() <= _PLAIN:
        return row
    zone, topics = value("timezone", ""), value("topics", "")
    return row._replace(
        timezone=zone if zone in _ZONES else "",
        tags=_tags(value("tags", "")),
        ip=value("ip", ""),
        topics=tuple(sorted(topics.split("+"))) if topics else (),
        frequency=value("frequency", ""),
        paused_until=_day(value("paused_until", "")),
    )


def clean(name: str) -> str:
    """Return `name` on one line, without control characters, at most 200 signs; empty if it is broken."""
    if "\ufffd" in name:
        return ""
    if not name.isprintable() or "  " in name:
        name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    return name[:_MAX_NAME]


def moment(text: str) -> datetime | None:
    """Return the aware datetime of an ISO text, in UTC where it has no zone; None for anything else."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def is_language(text: str) -> bool:
    """Tell whether a text can be a language's tag."""
    return _LANGUAGE.match(text) is not None


def status_of(word: str, default: ImportedStatus) -> ImportedStatus | None:
    """Return what a status column says of a reader, in lower case; None where it is no yes or no."""
    return _status_of(word, default, is_dated=False)[0]


def _cells(shape: Shape, fields: Sequence[str]) -> dict[str, str]:
    """Return the cells that aren't empty, by field."""
    found = {}
    width = len(fields)
    for field, places in shape.columns.items():
        for index in places:
            if index < width and (text := fields[index].strip()):
                found[field] = _unescaped(text) if text[0] == "'" else text
                break
    return found


def _unescaped(text: str) -> str:
    """Take off the apostrophe that our export puts before what a spreadsheet would run."""
    return text[1:] if text.lstrip("'").startswith(_FORMULA_SIGNS) else text


def _status(shape: Shape, cells: Mapping[str, str]) -> tuple[ImportedStatus | None, str]:
    """Return the row's status; a no anywhere in the row outweighs a yes elsewhere."""
    if "bounced_at" in cells:
        return ImportedStatus.BOUNCED, ""
    if "ended_at" in cells or cells.get("disabled", "").lower() in _TRUE:
        return ImportedStatus.ENDED, ""
    if "receives" in shape.columns and "receives" not in cells:
        return None, "The file says that this reader receives no emails."
    return _status_of(
        cells.get("status", "").lower(), shape.default_status, is_dated="paused_until" in cells
    )


def _status_of(word: str, default: ImportedStatus, *, is_dated: bool) -> tuple[ImportedStatus | None, str]:
    if not word or (word == "paused" and is_dated):
        return default, ""
    status = _STATUSES.get(word)
    if status is None:
        return None, f"Status {word[:40]!r} is not a yes: pending and unknown ones must sign up themselves."
    return (default if status is ImportedStatus.ACTIVE else status), ""


def _status_by(file_name: str, shape: str) -> ImportedStatus:
    if shape == "mailchimp":
        for start, status in _FILE_STATUS:
            if file_name.lower().startswith(start):
                return status
    return ImportedStatus.ACTIVE


def _bare(header: Sequence[str]) -> Shape | None:
    """Return the shape of a file that begins with an address instead of a header."""
    for index, cell in enumerate(header):
        if "@" in cell:
            return Shape("addresses", {"email": (index,)}, has_header=False)
    return None


def _tags(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    parts = (part.strip().strip('"').strip() for part in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(clean(part)[:_MAX_TAG] for part in parts if part))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
