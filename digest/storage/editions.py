"""Drafts, approvals, and what readers were already sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from digest.errors import EditionConflict, UnknownEdition
from digest.model import AlreadySent, Decision, DeliveryState, Edition, EditionKey, EditionState, LeftOut
from digest.model.desk import Change
from digest.model.editions import WEEKLY
from digest.storage.columns import insert_into
from digest.storage.engine import Store
from digest.storage.exclusions import left_out
from digest.storage.records import change_values, packed, restored, seal, stored, unpacked, unsealed
from digest.storage.searching.keeping import keep_edition_words
from digest.storage.tables import changes as desk_changes
from digest.storage.tables import (
    dispatches,
    edition_decisions,
    editions,
    stragglers,
    stretches,
)
from digest.storage.told_articles import already_sent, keep_articles, keep_passed_over

_ORDER = tuple(EditionState)

_STEPS = {
    EditionState.DISPATCHING: {EditionState.APPROVED},
    EditionState.CLOSED: {EditionState.APPROVED, EditionState.DISPATCHING},
}

_REACHED = (DeliveryState.SENT, DeliveryState.HELD)
_OPEN = (DeliveryState.PLANNED, DeliveryState.SENDING, DeliveryState.UNCERTAIN)

_NEWEST = (editions.c.day.desc(), editions.c.slot.desc(), editions.c.newsletter)

_IS_CORRECTION = editions.c.slot.like("%correction-%")
"""Corrections are editions of their own, told from others by their slot: `digest.editions.corrections`."""

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


class SqlEditionStore:
    """The `EditionStore` on SQLite and PostgreSQL."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def load(self, key: EditionKey) -> Edition | None:
        """Return the edition, or None.

        Raises:
            BadData: its stored text was changed behind our back.
        """
        with self._store.reading() as connection:
            row = connection.execute(_by_key(key)).one_or_none()
        return None if row is None else restored_edition(row)

    def left_out(self, newsletter: str) -> tuple[LeftOut, ...]:
        """Return what editors leave out of the newsletter."""
        with self._store.reading() as connection:
            return left_out(connection, newsletter)

    def latest(self, newsletter: str) -> Edition | None:
        """Return the newsletter's newest edition; no correction and no week's best; or None."""
        query = select(editions).where(
            editions.c.newsletter == newsletter, ~_IS_CORRECTION, editions.c.slot != WEEKLY
        )
        with self._store.reading() as connection:
            row = connection.execute(query.order_by(*_NEWEST).limit(1)).one_or_none()
        return None if row is None else restored_edition(row)

    def listed(
        self, newsletter: str | None = None, limit: int = 20, *, after: EditionKey | None = None
    ) -> tuple[Edition, ...]:
        """Return editions, newest first; with `after` only those behind it, be it there or not."""
        query = select(editions).order_by(*_NEWEST)
        if after is not None:
            is_older = and_(editions.c.day == after.day, editions.c.slot < after.slot)
            query = query.where(or_(editions.c.day < after.day, is_older))
        if newsletter is not None:
            query = query.where(editions.c.newsletter == newsletter)
        with self._store.reading() as connection:
            return tuple(restored_edition(row) for row in connection.execute(query.limit(limit)))

    def save_draft(
        self,
        edition: Edition,
        decisions: Sequence[Decision],
        *,
        expected_revision: int,
        now: datetime,
        changes: Sequence[Change] = (),
    ) -> Edition:
        """Store a draft, its decisions and what its history gains; `expected_revision` 0 for a new one.

        Raises:
            EditionConflict: another revision is stored, or the edition is past draft.
        """
        with self._store.writing() as connection:
            kept = write_draft(connection, edition, decisions, expected_revision=expected_revision, now=now)
            if changes:
                edition_id = edition_row(connection, edition.key).id
                connection.execute(
                    insert(desk_changes),
                    [change_values(edition_id, replace(one, revision=kept.revision)) for one in changes],
                )
            return kept

    def approve(
        self,
        key: EditionKey,
        content_hash: str,
        *,
        by: str,
        now: datetime,
        expected_revision: int | None = None,
    ) -> Edition:
        """Bind the approval to the bytes and return the approved edition; repeat is harmless.

        Raises:
            UnknownEdition: there is none.
            EditionConflict: another revision is stored, or it is approved with other bytes.
        """
        with self._store.writing() as connection:
            row = _required(connection, key)
            if expected_revision not in {None, row.revision}:
                raise EditionConflict(
                    str(key), f"revision {row.revision} is stored, not {expected_revision}"
                )
            if row.state != EditionState.DRAFT:
                if row.approved_hash != content_hash:
                    raise EditionConflict(str(key), "it is already approved, with other contents")
                return restored_edition(row)
            _change(
                connection,
                row,
                {
                    "state": EditionState.APPROVED,
                    "approved_hash": content_hash,
                    "approved_by": by,
                    "approved_at": now,
                    "changed_at": now,
                },
            )
            return restored_edition(_required(connection, key))

    def withdraw(self, key: EditionKey, *, now: datetime) -> Edition:
        """Take an approval back: approved → draft; a draft stays one.

        Raises:
            UnknownEdition: there is none.
            EditionConflict: the edition is already dispatching or closed.
        """
        with self._store.writing() as connection:
            row = _required(connection, key)
            if row.state not in {EditionState.DRAFT, EditionState.APPROVED}:
                raise EditionConflict(str(key), f"it is already {row.state}, its approval stands")
            blank = {"approved_hash": "", "approved_by": "", "approved_at": None}
            _change(connection, row, blank | {"state": EditionState.DRAFT, "changed_at": now})
            return restored_edition(_required(connection, key))

    def advance(self, key: EditionKey, to: EditionState, *, now: datetime) -> Edition:
        """Move to dispatching or closed; a state already reached is no error.

        Raises:
            UnknownEdition: there is none.
            EditionConflict: there is no such step, or deliveries are still on their way.
        """
        with self._store.writing() as connection:
            row = _required(connection, key)
            at = EditionState(row.state)
            if _ORDER.index(at) >= _ORDER.index(to):
                return restored_edition(row)
            if at not in _STEPS.get(to, set()):
                raise EditionConflict(str(key), f"it is {at} and can't become {to}")
            values: dict[str, object] = {"state": to, "changed_at": now}
            if to is EditionState.CLOSED:
                values |= {"closed_at": now, "reached_nobody": _reached_nobody(connection, row)}
            _change(connection, row, values)
            return restored_edition(_required(connection, key))

    def decisions(self, key: EditionKey) -> tuple[Decision, ...]:
        """Return the stored decisions, in order.

        Raises:
            UnknownEdition: there is no such edition.
        """
        with self._store.reading() as connection:
            content = connection.scalar(
                select(edition_decisions.c.content).where(
                    edition_decisions.c.edition_id == edition_row(connection, key).id
                )
            )
        name = f"the decisions of {key}"
        return (
            ()
            if content is None
            else restored(tuple[Decision, ...], unpacked(content, name=name), name=name)
        )

    def already_sent(self, newsletter: str, *, before: EditionKey, since: datetime) -> AlreadySent:
        """Return what editions other than `before` itself hold; `recent` reaches back to `since`.

        A draft holds its articles while it may still go out: when its day is `before`'s or a later one.
        An edition that was closed without reaching anybody holds nothing.
        """
        with self._store.reading() as connection:
            return already_sent(connection, newsletter, before=before, since=since)


def write_draft(
    connection: Connection,
    edition: Edition,
    decisions: Sequence[Decision] | None,
    *,
    expected_revision: int,
    now: datetime,
) -> Edition:
    """Write a draft, its decisions and what it holds; return it as stored, one revision on.

    Args:
        decisions: None where they stay as they are stored: of a long day they are most of what is written.

    Raises:
        EditionConflict: another revision is stored, or the edition is past draft.
    """
    key = edition.key
    row = connection.execute(_by_key(key).with_for_update()).one_or_none()
    found = 0 if row is None else row.revision
    if found != expected_revision:
        raise EditionConflict(str(key), f"revision {found} is stored, not {expected_revision}")
    if row is not None and row.state != EditionState.DRAFT:
        raise EditionConflict(str(key), f"it is {row.state}, no longer a draft")
    values = contents(edition) | {
        "revision": found + 1,
        "changed_at": now,
    }
    edition_id = _write(connection, key, values, row, now)
    keep_edition_words(connection, edition_id, str(values["content"]))
    keep_articles(connection, edition_id, edition)
    if decisions is not None:
        _keep_decisions(connection, edition_id, decisions)
        keep_passed_over(connection, edition_id, decisions)
    return restored_edition(connection.execute(_by_key(key)).one())


def _keep_decisions(connection: Connection, edition_id: int, decisions: Sequence[Decision]) -> None:
    content = packed(stored(tuple[Decision, ...], tuple(decisions)))
    connection.execute(delete(edition_decisions).where(edition_decisions.c.edition_id == edition_id))
    connection.execute(insert(edition_decisions).values(edition_id=edition_id, content=content))


def edition_row(connection: Connection, key: EditionKey, *, for_update: bool = False) -> AnyRow:
    """Return the stored row of an edition.

    Raises:
        UnknownEdition: there is none.
    """
    query = _by_key(key)
    row = connection.execute(query.with_for_update() if for_update else query).one_or_none()
    if row is None:
        raise UnknownEdition(str(key))
    return row


AT_PLACE: Final = and_(*(editions.c[name] == bindparam(name) for name in ("newsletter", "day", "slot")))
"""The condition that an edition is the one that a statement's `place` names."""


def place(key: EditionKey) -> dict[str, object]:
    """Return the values of `AT_PLACE`."""
    return {"newsletter": key.newsletter, "day": key.day, "slot": key.slot}


def _required(connection: Connection, key: EditionKey) -> AnyRow:
    return edition_row(connection, key, for_update=True)


def _by_key(key: EditionKey) -> Select[Any]:
    return select(editions).where(
        editions.c.newsletter == key.newsletter, editions.c.day == key.day, editions.c.slot == key.slot
    )


def contents(edition: Edition) -> dict[str, object]:
    """Return the columns that an edition's text fills; its state and revision are columns of their own."""
    content = stored(Edition, edition)
    return {
        "cutoff": edition.window.end,
        "content": content.decode(),
        "content_sha256": seal(content),
    }


def _write(
    connection: Connection, key: EditionKey, values: dict[str, object], row: AnyRow | None, now: datetime
) -> int:
    if row is not None:
        _change(connection, row, values)
        return int(row.id)
    statement = insert_into(editions, connection.dialect.name)
    made = connection.scalar(
        statement.values(
            newsletter=key.newsletter,
            day=key.day,
            slot=key.slot,
            state=EditionState.DRAFT,
            approved_hash="",
            approved_by="",
            created_at=now,
            reached_nobody=False,
            **values,
        )
        .on_conflict_do_nothing()
        .returning(editions.c.id)
    )
    if made is None:
        # On PostgreSQL two first drafts may be written at once: there is no row yet to lock.
        raise EditionConflict(str(key), "another process has just drafted it")
    return int(made)


def _change(connection: Connection, row: AnyRow, values: dict[str, object]) -> None:
    connection.execute(update(editions).where(editions.c.id == row.id).values(values))


def restored_edition(row: AnyRow) -> Edition:
    """Return the edition that a stored row holds.

    Raises:
        BadData: its text was changed behind our back.
    """
    name = f"edition {EditionKey(row.newsletter, row.day, row.slot)}"
    content = unsealed(row.content.encode(), row.content_sha256, name=name)
    edition = restored(Edition, content, name=name)
    return replace(
        edition,
        state=EditionState(row.state),
        revision=row.revision,
        approved_hash=row.approved_hash,
    )


def _reached_nobody(connection: Connection, row: AnyRow) -> bool:
    """Tell whether the edition, about to be closed, was sent to nobody at all."""
    if connection.scalar(select(any_delivery(row.id, _OPEN))):
        key = EditionKey(row.newsletter, row.day, row.slot)
        raise EditionConflict(str(key), "deliveries are still on their way")
    is_frozen = connection.scalar(select(exists().where(dispatches.c.edition_id == row.id)))
    return not (is_frozen and connection.scalar(select(any_delivery(row.id, _REACHED))))


def any_delivery(
    edition_id: int | ColumnElement[int], states: Sequence[DeliveryState]
) -> ColumnElement[bool]:
    """Return the condition that a delivery of an edition is in one of these states."""
    return or_(
        *(
            # Two levels below the editions SQLAlchemy reads them anew otherwise: of whichever edition.
            exists()
            .where(table.c.edition_id == edition_id, table.c.state.in_(states))
            .correlate_except(table)
            for table in (stretches, stragglers)
        )
    )
