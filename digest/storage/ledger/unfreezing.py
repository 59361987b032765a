"""The way back from a freeze: as long as nobody was handed anything, an edition can be a draft again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, insert, not_, or_, select, update

from digest.errors import EditionConflict
from digest.model import DeliveryState, Edition, EditionKey, EditionState
from digest.storage.editions import contents, edition_row, restored_edition
from digest.storage.engine import Store
from digest.storage.forgetting import forget_claims
from digest.storage.searching import marks
from digest.storage.tables import (
    IS_OPEN,
    audit_entries,
    claims,
    deliveries,
    dispatches,
    editions,
    mail_events,
    pauses,
    renderings,
    stragglers,
    stretches,
    subject_tests,
    waves,
)

_UNTOUCHED = and_(
    stragglers.c.state.in_((DeliveryState.PLANNED, DeliveryState.SKIPPED)),
    stragglers.c.attempt == 0,
    stragglers.c.claim_id.is_(None),
)
"""Never claimed, or given back by its claim before a byte had left."""


class Unfreezing:
    """The part of the ledger that undoes a freeze."""

    _store: Store

    def has_begun(self, key: EditionKey) -> bool:
        """Tell whether anything of the edition may have left; false before the freeze."""
        with self._store.reading() as connection:
            return _has_begun(connection, edition_row(connection, key).id)

    def take_back(self, key: EditionKey, told: str, *, by: str, now: datetime) -> Edition | None:
        """Make an approved or frozen edition a draft again, as if neither had been.

        Its text and revision stay, `told` stands in it and in the audit log; approval, renderings,
        deliveries, waves and a test of subjects go, all in one transaction. No claim can come between.

        Raises:
            EditionConflict: it was frozen between two looks of ours.

        Returns:
            The draft; None where something may have left, or it is no edition that waits: nothing was done.
        """
        if self.has_begun(key):
            return None
        with self._store.writing() as connection:
            # NOTE: a claim holds this row shared until its end: whoever is first, the other one sees it.
            # The edition comes after it, as for claims: two orders would be a deadlock.
            edition_id = edition_row(connection, key).id
            dispatch = connection.execute(
                select(dispatches).where(dispatches.c.edition_id == edition_id).with_for_update()
            ).one_or_none()
            row = edition_row(connection, key, for_update=True)
            if row.state not in {EditionState.APPROVED, EditionState.DISPATCHING}:
                return None
            if (dispatch is None) != (row.state == EditionState.APPROVED):
                raise EditionConflict(str(key), "it was frozen this very moment", "Cancel it once more.")
            if dispatch is not None and (dispatch.canceled or _has_begun(connection, row.id)):
                return None
            _forget_freeze(connection, row.id)
            edition = replace(restored_edition(row), canceled=told)
            connection.execute(
                update(editions)
                .where(editions.c.id == row.id)
                .values(
                    **contents(replace(edition, approved_hash="")),
                    state=EditionState.DRAFT,
                    approved_hash="",
                    approved_by="",
                    approved_at=None,
                    changed_at=now,
                )
            )
            connection.execute(
                insert(audit_entries).values(
                    at=now,
                    who=by,
                    action="canceled, a draft again",
                    edition=str(key),
                    revision=row.revision,
                    content_hash=row.approved_hash,
                    detail="nothing had left" if dispatch is None else f"{dispatch.frozen} deliveries",
                )
            )
            return restored_edition(edition_row(connection, key))


def _has_begun(connection: Connection, edition_id: int) -> bool:
    begun = or_(
        exists().where(claims.c.edition_id == edition_id, IS_OPEN),
        exists().where(stretches.c.edition_id == edition_id, stretches.c.claim_id.is_not(None)),
        exists().where(stragglers.c.edition_id == edition_id, not_(_UNTOUCHED)),
        exists().where(mail_events.c.edition_id == edition_id),
    )
    return bool(connection.scalar(select(begun)))


def _forget_freeze(connection: Connection, edition_id: int) -> None:
    # In the order in which others lock them.
    marks.drop(connection, edition_id)
    for table in (subject_tests, waves, pauses, stretches):
        connection.execute(delete(table).where(table.c.edition_id == edition_id))
    forget_claims(connection, edition_id)
    for table in (stragglers, deliveries, renderings, dispatches):
        connection.execute(delete(table).where(table.c.edition_id == edition_id))
