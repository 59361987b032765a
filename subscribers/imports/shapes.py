"""What the columns of an import file mean: our own names, common ones, and other products' exports.

Whose export has which columns, and where that was read, stands in `subscribers.imports.products`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import available_timezones

from subscribers import tagging
from subscribers.imports.products import Product, Words, product_of
from subscribers.imports.saying import status_by_name, status_in
from subscribers.imports.words import ImportedStatus, folded_name, unescaped

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "email address", "e-mail address", "emailaddress", "email_address", "mail",
              "address", "subscriber", "courriel", "correo", "correo electrónico", "e-mail-adresse",
              "email adresse"),
    "name": ("name", "full name", "fullname", "full_name", "display name"),
    "first_name": ("first name", "first_name", "firstname", "fname", "given name", "vorname", "prénom"),
    "last_name": ("last name", "last_name", "lastname", "lname", "surname", "family name", "nachname"),
    "language": ("language", "lang", "locale"),
    "timezone": ("timezone", "time zone", "time_zone", "tz"),
    "tags": ("tags", "labels", "tag"),
    "status": ("status", "subscription status", "subscriber status", "email status", "member status",
               "email subscriber status", "marketing status", "email marketing status"),
    "subscribed": ("subscribed", "is subscribed", "subscribed to emails", "active", "is active", "opted in",
                   "opt in", "optin", "accepts marketing", "accepts email marketing", "abonné", "abonnée",
                   "inscrit", "inscrite", "abonniert", "angemeldet", "suscrito", "suscrita", "inscrito"),
    "confirmed": (),
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
    "blocked": (),
    "suppressions": (),
    "ended_at": ("unsub_time", "unsubscribed_at", "deleted_at"),
    "bounced_at": ("clean_time",),
    "complained_at": (),
    "blocked_at": (),
    "receives": ("receiving emails for",),
}  # fmt: skip
FIELDS = tuple(_ALIASES)
"""What a column may be mapped to."""


SAYS_NO = frozenset(
    {"status", "subscribed", "confirmed", "state", "disabled", "bounced", "complained", "blocked"}
    | {"suppressions", "ended_at", "bounced_at", "complained_at", "blocked_at", "receives"}
)
"""Fields that say whether a reader wants mail: each of their columns is judged, and none may be cut off."""

_FIRST_WINS = {
    folded_name(alias): (field, place)
    for field, names in _ALIASES.items()
    for place, alias in enumerate(names)
}
_OTHER_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d|(?P<first>\d\d-\d\d-\d{4}))"
    r"(?:[ T](?P<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?P<zone>[+-]\d{4})?(?: UTC)?)?"
)
_NUMBERED = re.compile(r"column (\d{1,4})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
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
        name: a product of `subscribers.imports.products`, or `columns` for any other.
        columns: for each field, the places of its columns; the first that isn't empty counts, but of
            those that say whether the reader wants mail every one, and a no outweighs a yes.
        has_header: False for a bare list of addresses.
        default_status: of rows that don't say; from names such as `unsubscribed_segment.csv`.
        unused: the names of the columns that say nothing to us.
        unread: the places of those columns that nobody set aside, with their names: one may say no.
        nameless: the places of those without a name.
        words: what statuses mean in this product's export.
        width: how many columns there are.
        aside: of a file without a header, the places that somebody set aside.
    """

    name: str
    columns: Mapping[str, tuple[int, ...]]
    has_header: bool = True
    default_status: ImportedStatus = ImportedStatus.ACTIVE
    unused: tuple[str, ...] = ()
    unread: Mapping[int, str] = field(default_factory=dict)
    nameless: frozenset[int] = frozenset()
    words: Words = field(default_factory=dict)
    width: int = 0
    aside: frozenset[int] = frozenset()

    @property
    def last_no(self) -> int:
        """Return the place of the last column that says who wants mail; -1 where there is none."""
        return max((index for name in SAYS_NO for index in self.columns.get(name, ())), default=-1)


def recognize(
    header: Sequence[str],
    *,
    mapping: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    ignored: Collection[str] = (),
    file_name: str = "",
) -> Shape | None:
    """Return what the columns mean; None where no column can be the address.

    Args:
        mapping: field name to column name, before any guess; fields are in `FIELDS`.
        columns: column name to field name, likewise; several columns may be one field.
        ignored: names of columns that say nothing about mail.
    """
    given = {exact(column): field for field, column in (mapping or {}).items()}
    given |= {exact(column): field for column, field in (columns or {}).items()}
    aside = {exact(column) for column in ignored}
    is_bare = _is_bare(header, given)
    names = [] if is_bare else [folded_name(cell) for cell in header]
    product = None if is_bare else product_of(frozenset(names))
    found: dict[str, list[tuple[int, int]]] = {}
    for index, cell in enumerate(header):
        own = exact(label(cell, index) if not is_bare else label("", index))
        field, place = ("", 0) if own in aside else _meaning(own, names[index : index + 1], given, product)
        if field and not (place >= 0 and field in given.values() and field not in SAYS_NO):
            found.setdefault(field, []).append((place, index))
    places = {field: tuple(index for _, index in sorted(ones)) for field, ones in found.items()}
    if "email" not in places:
        bare = next((index for index, cell in enumerate(header) if "@" in cell), None) if is_bare else None
        if bare is None:
            return None
        places["email"] = (bare,)
    used = {index for ones in places.values() for index in ones}
    unread = {
        index: label("" if is_bare else cell, index)
        for index, cell in enumerate(header)
        if index not in used
    }
    quiet = product.quiet if product else ()
    return Shape(
        "addresses" if is_bare else product.name if product else "columns",
        places,
        has_header=not is_bare,
        default_status=status_by_name(
            file_name, is_mailchimp=product is not None and product.name == "mailchimp"
        ),
        unused=tuple(
            name for index in unread if not is_bare and (name := clean(header[index])[:_MAX_TAG]).strip()
        ),
        unread={
            index: name
            for index, name in unread.items()
            if exact(name) not in aside and not (names and names[index] in quiet)
        },
        nameless=frozenset(index for index in unread if is_bare or not header[index].strip()),
        words=product.words if product else {},
        width=0 if is_bare else len(header),
        aside=_numbered(aside) if is_bare else frozenset(),
    )


def _numbered(names: Collection[str]) -> frozenset[int]:
    """Return the places that names such as `column 3` mean."""
    found = (_NUMBERED.fullmatch(name) for name in names)
    return frozenset(int(one[1]) - 1 for one in found if one)


def label(cell: str, index: int) -> str:
    """Return what a column is called: by its name, or by its place where it has none."""
    return " ".join(clean(cell).split())[:_MAX_TAG] or f"column {index + 1}"


def exact(column: str) -> str:
    """Return a column's name as an operator's own words are compared with it."""
    return " ".join(clean(column).split())[:_MAX_TAG].casefold()


def _is_bare(header: Sequence[str], given: Mapping[str, str]) -> bool:
    """Tell whether a file begins with an address instead of a header."""
    return any("@" in cell for cell in header) and not any(
        exact(cell) in given or _FIRST_WINS.get(folded_name(cell), ("",))[0] == "email" for cell in header
    )


def _meaning(
    own: str, folded: Sequence[str], given: Mapping[str, str], product: Product | None
) -> tuple[str, int]:
    """Return a column's field, and how good a guess that is: below zero for no guess."""
    if own in given:
        return given[own], -1
    name = folded[0] if folded else ""
    if product is not None and (field := product.field_of(name)):
        return field, 0
    return _FIRST_WINS.get(name, ("", 0))


def understand(shape: Shape, fields: Sequence[str], line: int) -> ImportRow:
    """Return the row's meaning; never raises for what stands in it."""
    cells = _cells(shape, fields)
    value = cells.get
    status, problem = status_in(
        shape.columns, fields, cells, default=shape.default_status, words=shape.words
    )
    name = clean(value("name") or f"{value('first_name', '')} {value('last_name', '')}".strip())
    said_at = moment(value("consented_at", "")) or moment(value("subscribed", ""))
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
    """Return the aware datetime of a text, in UTC where it has no zone; None for anything else.

    Besides ISO 8601 the ways of Go (`2024-05-06 07:08:09.1 +0000 UTC`), beehiiv, Constant Contact and
    Brevo (`16-12-2025`, the day first).
    """
    if not text:
        return None
    if found := _OTHER_MOMENT.fullmatch(text):
        day, time, zone = found["day"], found["time"] or "", found["zone"] or ""
        if found["first"]:
            day = "-".join(reversed(day.split("-")))
        text = f"{day}T{time[:15]}{zone}" if time else day
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def is_language(text: str) -> bool:
    """Tell whether a text can be a language's tag."""
    return _LANGUAGE.match(text) is not None


def _cells(shape: Shape, fields: Sequence[str]) -> dict[str, str]:
    """Return the cells that aren't empty, by field."""
    found = {}
    width = len(fields)
    for name, places in shape.columns.items():
        for index in places:
            if index < width and (text := fields[index].strip()):
                found[name] = unescaped(text) if text[0] == "'" else text
                break
    return found


def _tags(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(dict.fromkeys(tag for part in tagging.split(text) if (tag := clean(part)[:_MAX_TAG])))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
