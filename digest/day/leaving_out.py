"""Leaving things out of a newsletter from now on, and letting them in again: judged, kept, and logged."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from digest.errors import BadData
from digest.model import ArticleKind, Edition, ExclusionOf, LeftOut, Newsletter
from digest.model.desk import AuditEntry

LONGEST = 200
"""In characters: of a tag, a word or the beginning of an address."""

DEEDS = ("leaves out from now on", "lets in again")
"""As the log tells them."""


class Exclusions(Protocol):
    """Where is kept what editors and operators leave out."""

    def leave_out(self, newsletter: str, one: LeftOut) -> bool:
        """Keep one; False where the newsletter leaves it out already."""

    def let_in(self, newsletter: str, number: int, *, by: str, now: datetime) -> LeftOut | None:
        """Lift one and return it; None where nothing of that number stands."""


class Log(Protocol):
    """Where is kept who did what."""

    def add(self, entry: AuditEntry) -> None:
        """Keep one line."""


class Shelf(Protocol):
    """A database, as far as leaving out needs it."""

    @property
    def exclusions(self) -> Exclusions:
        """Return what is left out."""

    @property
    def audit_log(self) -> Log:
        """Return who did what."""


def checked(newsletter: Newsletter, what: ExclusionOf, value: str) -> str:
    """Return a value as it is kept, once it can leave something out.

    Raises:
        BadData: a kind or source that is not there, a value of more than `LONGEST` characters, one that
            has no letter or number, or an address that goes on behind its path.
    """
    value = " ".join(value.split())
    known: Collection[str] | None = None
    if what is ExclusionOf.SOURCE:
        known = newsletter.sources
    elif what is ExclusionOf.KIND:
        known = [kind.value for kind in ArticleKind]
    if known is not None and value not in known:
        named = ", ".join(map(str, known))
        raise BadData(
            f"The {what} {value[:40]!r}", f"{newsletter.key} has none of that name", f"It has {named}."
        )
    if what is ExclusionOf.URL and ("?" in value or "#" in value):
        raise BadData(
            f"The {what} {value[:40]!r}", "addresses are compared up to their `?` or `#`", "End it there."
        )
    if not any(sign.isalnum() for sign in value) or len(value) > LONGEST:
        raise BadData(f"The {what} {value[:40]!r}", f"it has no letters, or more than {LONGEST}")
    return value


def leave_out(
    shelf: Shelf, newsletter: Newsletter, one: LeftOut, *, at_the_desk: Edition | None = None
) -> bool:
    """Keep one thing out from the next choice on, and log it; False where it is out already.

    Args:
        at_the_desk: the edition on whose page it was said.

    Raises:
        BadData: see `checked`.
    """
    checked(newsletter, one.what, one.value)
    if not shelf.exclusions.leave_out(newsletter.key, one):
        return False
    shelf.audit_log.add(_entry(DEEDS[0], one, newsletter, at_the_desk, who=one.who, now=one.at))
    return True


def let_in(
    shelf: Shelf,
    newsletter: Newsletter,
    number: int,
    *,
    by: str,
    now: datetime,
    at_the_desk: Edition | None = None,
) -> LeftOut | None:
    """Let one thing in again and log it; None where nothing of that number is out."""
    one = shelf.exclusions.let_in(newsletter.key, number, by=by, now=now)
    if one is not None:
        shelf.audit_log.add(_entry(DEEDS[1], one, newsletter, at_the_desk, who=by, now=now))
    return one


def _entry(
    action: str, one: LeftOut, newsletter: Newsletter, edition: Edition | None, *, who: str, now: datetime
) -> AuditEntry:
    """Return the line of the log: of the edition's, or of the newsletter by name."""
    said = f"{one.what} {one.value}"
    if edition is None:
        return AuditEntry(now, who, action, detail=f"{newsletter.key}: {said}")
    return AuditEntry(
        now,
        who,
        action,
        edition=str(edition.key),
        revision=edition.revision,
        content_hash=edition.approved_hash,
        detail=said,
    )
