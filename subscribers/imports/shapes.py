"""What the columns of an import file mean: our own names, common ones, and other products' exports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize
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
    ImportedStatus.ACTIVE: "active,subscribed,enabled,confirmed,true,t,yes,y,1,on,free,paid,comped"
    ",opted in,opt in,oui,ja,sí,si,sim,abonné,abonnée,inscrit,inscrite,abonniert,angemeldet,suscrito"
    ",suscrita,inscrito",
    ImportedStatus.ENDED: "ended,unsubscribed,unsubscribe,unsub,disabled,inactive,removed,optout,opt out"
    ",opted out,false,f,no,n,0,off,archived,deleted,non,nein,não,nao,nonsubscribed,non subscribed"
    ",not subscribed,never subscribed,deactivated,cancelled,canceled,désabonné,désabonnée,désinscrit"
    ",désinscrite,abgemeldet,abbestellt,baja,dado de baja,dada de baja,no suscrito,no suscrita",
    ImportedStatus.BOUNCED: "bounced,bounce,cleaned,hardbounce,hard bounce,undeliverable",
    ImportedStatus.COMPLAINED: "complained,complaint,spam,abuse",
    ImportedStatus.BLOCKED: "blocked,blocklisted,blacklisted,suppressed,banned,manual,unsubscribed all"
    ",erased",
}  # fmt: skip
_STATUSES = {word: status for status, words in _WORDS.items() for word in words.split(",")}
_STRENGTH: Mapping[ImportedStatus | None, int] = {
    ImportedStatus.ACTIVE: 0,
    None: 1,
    ImportedStatus.ENDED: 2,
    ImportedStatus.BOUNCED: 3,
    ImportedStatus.BLOCKED: 4,
    ImportedStatus.COMPLAINED: 5,
}

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "email address", "e-mail address", "emailaddress", "email_address", "mail",
              "address", "subscriber", "courriel", "correo", "correo electrónico", "e-mail-adresse"),
    "name": ("name", "full name", "fullname", "full_name", "display name"),
    "first_name": ("first name", "first_name", "firstname", "fname", "given name", "vorname", "prénom"),
    "last_name": ("last name", "last_name", "lastname", "lname", "surname", "family name", "nachname"),
    "language": ("language", "lang", "locale"),
    "timezone": ("timezone", "time zone", "time_zone", "tz"),
    "tags": ("tags", "labels", "tag"),
    "status": ("status", "subscription status", "subscriber status", "email status", "member status",
               "email subscriber status", "marketing status", "email marketing status", "subscribed",
               "is subscribed", "subscribed to emails", "active", "is active", "opted in", "opt in",
               "optin", "accepts marketing", "accepts email marketing", "abonné", "abonnée", "abonné(e)",
               "inscrit", "inscrit(e)", "abonniert", "angemeldet", "suscrito", "suscrita", "inscrito"),
    "state": ("state", "estado"),
    "consented_at": ("consented_at", "confirm_time", "optin_time", "opt-in time", "confirmed_at",
                     "created_at", "signup date", "subscription date", "subscribed at"),
    "ip": ("confirm_ip", "optin_ip", "ip", "ip address"),
    "topics": ("topics", "sections"),
    "frequency": ("frequency",),
    "paused_until": ("paused_until",),
    "disabled": ("email_disabled", "disabled", "opted out", "opt out", "optout", "email opt out",
                 "has opted out of email", "unsubscribed", "unsubscribe", "is unsubscribed",
                 "unsubscribed from all email", "do not email", "do not contact", "désabonné", "désinscrit",
                 "abgemeldet", "abbestellt", "baja", "dado de baja"),
    "bounced": ("bounced", "hard bounced", "is bounced"),
    "complained": ("complained", "marked as spam"),
    "ended_at": ("unsub_time", "unsubscribed_at", "deleted_at"),
    "bounced_at": ("clean_time",),
    "receives": ("receiving emails for",),
}  # fmt: skip
FIELDS = tuple(_ALIASES)
"""What a column may be mapped to."""


def _folded(text: str) -> str:
    """Return a column's name or a status without what spellings differ in: case, `_`, `-`, spaces."""
    return " ".join(normalize("NFC", text).lower().replace("_", " ").replace("-", " ").split())


_FIRST_WINS = {
    _folded(alias): (field, place) for field, names in _ALIASES.items() for place, alias in enumerate(names)
}

_MARKS: Mapping[str, frozenset[str]] = {
    "mailchimp": frozenset({"email address", "leid", "euid"}),
    "substack": frozenset({"email", "active subscription", "email disabled"}),
    "substack (dashboard)": frozenset({"email", "subscription type", "receiving emails for"}),
    "ghost": frozenset({"email", "subscribed to emails", "labels"}),
    "listmonk": frozenset({"uuid", "email", "attributes", "status"}),
}
_FILE_STATUS = (
    ("unsubscribe", ImportedStatus.ENDED),
    ("nonsubscribe", ImportedStatus.ENDED),
    ("non subscribe", ImportedStatus.ENDED),
    ("opted out", ImportedStatus.ENDED),
)
_MAILCHIMP_FILE_STATUS = (*_FILE_STATUS, ("cleaned", ImportedStatus.BOUNCED))
"""Mailchimp alone calls bounced addresses cleaned; with others a cleaned list is a good one."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_FLAGS: Mapping[str, ImportedStatus] = {
    "disabled": ImportedStatus.ENDED,
    "bounced": ImportedStatus.BOUNCED,
    "complained": ImportedStatus.COMPLAINED,
}
_TRUE = frozenset({"true", "t", "yes", "y", "1", "on", "x", "oui", "ja", "sí", "si", "sim"})
_FALSE = frozenset({"false", "f", "no", "n", "0", "off", "non", "nein", "não", "nao", "never"})
_DIGIT = re.compile(r"\d")
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
        columns: for each field, the places of its columns; the first that isn't empty counts, but of
            those that say whether the reader wants mail every one, and a no outweighs a yes.
        has_header: False for a bare list of addresses.
        default_status: of rows that don't say; from names such as `unsubscribed_segment.csv`.
        unused: the names of the columns that say nothing to us.
    """

    name: str
    columns: Mapping[str, tuple[int, ...]]
    has_header: bool = True
    default_status: ImportedStatus = ImportedStatus.ACTIVE
    unused: tuple[str, ...] = ()


def recognize(
    header: Sequence[str], *, mapping: Mapping[str, str] | None = None, file_name: str = ""
) -> Shape | None:
    """Return what the columns mean; None where no column can be the address.

    Args:
        mapping: field name to column name, before any guess; fields are in `FIELDS`.
    """
    names = [_folded(cell) for cell in header]
    wanted = {column.strip().lower(): field for field, column in (mapping or {}).items()}
    found: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        exact = header[index].strip().lower()
        field, place = (wanted[exact], -1) if exact in wanted else _FIRST_WINS.get(name, ("", 0))
        if field and not (place >= 0 and field in (mapping or {})):
            found.setdefault(field, []).append((place, index))
    columns = {field: tuple(index for _, index in sorted(places)) for field, places in found.items()}
    if "email" not in columns:
        return _bare(header, _status_by(file_name))
    shape = next((name for name, marks in _MARKS.items() if marks <= set(names)), "columns")
    used = {index for places in columns.values() for index in places}
    unused = tuple(clean(cell)[:_MAX_TAG] for index, cell in enumerate(header) if index not in used)
    unused = tuple(name for name in unused if name.strip())
    return Shape(shape, columns, default_status=_status_by(file_name, shape), unused=unused)


def understand(shape: Shape, fields: Sequence[str], line: int) -> ImportRow:
    """Return the row's meaning; never raises for what stands in it."""
    cells = _cells(shape, fields)
    value = cells.get
    status, problem = _status(shape, fields, cells)
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
    """Return what a status column says of a reader; None where it is no yes or no."""
    return max((default, ""), _status_of(word, default, is_dated=False), key=_strength)[0]


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


def _status(
    shape: Shape, fields: Sequence[str], cells: Mapping[str, str]
) -> tuple[ImportedStatus | None, str]:
    """Return the row's status; the strongest no anywhere in the row outweighs every yes."""
    default, is_dated = shape.default_status, "paused_until" in cells
    said: list[tuple[ImportedStatus | None, str]] = [(default, "")]
    if "status" in cells:
        words = _all(shape, "status", fields, cells)
        said += [_status_of(word, default, is_dated=is_dated) for word in words]
    if "state" in cells:
        found = _status_of(cells["state"], default, is_dated=is_dated)
        is_place = found[0] is None and "status" in cells  # California, beside a status
        if not is_place:
            said.append(found)
    if "bounced_at" in cells:
        said.append((ImportedStatus.BOUNCED, ""))
    if "ended_at" in cells:
        said.append((ImportedStatus.ENDED, ""))
    if "receives" in shape.columns and "receives" not in cells:
        said.append((None, "The file says that this reader receives no emails."))
    for field, meaning in _FLAGS.items():
        if field not in cells:
            continue
        said += [_flag(text, meaning, default) for text in _all(shape, field, fields, cells)]
    return said[0] if len(said) == 1 else max(said, key=_strength)


def _strength(said: tuple[ImportedStatus | None, str]) -> int:
    return _STRENGTH[said[0]]


def _all(shape: Shape, field: str, fields: Sequence[str], cells: Mapping[str, str]) -> list[str]:
    """Return what stands in every column of a field; empty cells left out."""
    places = shape.columns[field]
    if len(places) == 1:
        return [cells[field]]
    found = (fields[index].strip() for index in places if index < len(fields))
    return [_unescaped(text) if text[0] == "'" else text for text in found if text]


def _flag(text: str, meaning: ImportedStatus, default: ImportedStatus) -> tuple[ImportedStatus | None, str]:
    """Return what a column such as `unsubscribed` says: a true, or a date, is the no itself."""
    word = _folded(text)
    if word in _FALSE:
        return default, ""
    if word in _TRUE or _DIGIT.search(word):
        return meaning, ""
    found = _STATUSES.get(word)
    if found is None or found is ImportedStatus.ACTIVE:
        return None, f"{word[:40]!r} leaves open whether this reader said no: they must sign up themselves."
    return found, ""


@lru_cache(maxsize=4_096)
def _status_of(text: str, default: ImportedStatus, *, is_dated: bool) -> tuple[ImportedStatus | None, str]:
    word = _folded(text)
    if not word or (word == "paused" and is_dated):
        return default, ""
    status = _STATUSES.get(word)
    if status is None:
        return None, f"Status {word[:40]!r} is not a yes: pending and unknown ones must sign up themselves."
    return (default if status is ImportedStatus.ACTIVE else status), ""


def _status_by(file_name: str, shape: str = "") -> ImportedStatus:
    name = _folded(file_name)
    known = _MAILCHIMP_FILE_STATUS if shape == "mailchimp" else _FILE_STATUS
    return next((status for start, status in known if name.startswith(start)), ImportedStatus.ACTIVE)


def _bare(header: Sequence[str], default: ImportedStatus) -> Shape | None:
    """Return the shape of a file that begins with an address instead of a header."""
    for index, cell in enumerate(header):
        if "@" in cell:
            return Shape("addresses", {"email": (index,)}, has_header=False, default_status=default)
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
