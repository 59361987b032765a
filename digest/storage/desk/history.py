"""Drafts with their history: every change with what undoes it, sign-offs, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, insert, or_, select, update

from digest.model import Decision, DeliveryState, Edition, EditionKey, EditionState
from digest.model.articles import ArticleId
from digest.model.desk import Change, ChangeState, Correction, SignOff, Step
from digest.storage.desk.tables import corrections, sign_offs, steps
from digest.storage.editions import any_delivery, edition_row, restored_edition, write_draft
from digest.storage.engine import Store
from digest.storage.records import change_values, restored, stored
from digest.storage.searching.keeping import keep_correction_words
from digest.storage.tables import changes, dispatches, editions

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


class SqlHistory:
    """What editors did to drafts, and who said yes to them."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def keep_change(
        self,
        edition: Edition,
        decisions: Sequence[Decision] | None,
        change: Change,
        *,
        expected_revision: int,
        continues: int = 0,
        step: Step | None = None,
    ) -> Edition:
        """Store the changed draft and the change together; what was undone can't be redone any more.

        Args:
            decisions: None where they stay as they are stored.
            step: what it altered, kept with it.
            continues: the number of an earlier change that this one goes on with: one step to undo.

        Raises:
            EditionConflict: another revision is stored, or the edition is past draft.
        """
        with self._store.writing() as connection:
            kept = write_draft(
                connection, edition, decisions, expected_revision=expected_revision, now=change.at
            )
            edition_id = edition_row(connection, edition.key).id
            _keep_step(connection, edition_id, kept.revision, step)
            own = changes.c.edition_id == edition_id
            undone = own & (changes.c.state == ChangeState.UNDONE)
            connection.execute(update(changes).where(undone).values(state=ChangeState.GONE))
            values = {
                "revision": kept.revision,
                "at": change.at,
                "said": change.said,
                "forward": change.forward,
            }
            if continues:
                connection.execute(update(changes).where(own, changes.c.id == continues).values(**values))
                return kept
            done = replace(change, revision=kept.revision, state=ChangeState.DONE)
            connection.execute(insert(changes).values(**change_values(edition_id, done)))
            return kept

    def keep_turn(
        self,
        edition: Edition,
        decisions: Sequence[Decision] | None,
        change: Change,
        *,
        expected_revision: int,
        now: datetime,
        step: Step | None = None,
    ) -> Edition:
        """Store the draft after undoing or redoing `change`, whose state says which.

        Raises:
            EditionConflict: another revision is stored, or the edition is past draft.
        """
        with self._store.writing() as connection:
            kept = write_draft(connection, edition, decisions, expected_revision=expected_revision, now=now)
            _keep_step(connection, edition_row(connection, edition.key).id, kept.revision, step)
            connection.execute(
                update(changes).where(changes.c.id == change.number).values(state=change.state)
            )
            return kept

    def changes(self, key: EditionKey) -> tuple[Change, ...]:
        """Return the edition's changes, the oldest first, those written over left out."""
        with self._store.reading() as connection:
            edition_id = edition_row(connection, key).id
            rows = connection.execute(
                select(changes)
                .where(changes.c.edition_id == edition_id, changes.c.state != ChangeState.GONE)
                .order_by(changes.c.id)
            )
            return tuple(_change(row) for row in rows)

    def steps(self, key: EditionKey, *, after: int) -> tuple[Step, ...]:
        """Return what each later revision altered, the oldest first; none for those that the job made."""
        with self._store.reading() as connection:
            own = steps.c.edition_id == edition_row(connection, key).id
            query = select(steps).where(own, steps.c.revision > after).order_by(steps.c.revision)
            return tuple(
                Step(row.revision, row.who, row.said, row.tab, row.mark or "", _touches(row.touches))
                for row in connection.execute(query)
            )

    def made(self, key: EditionKey, mark: str) -> int:
        """Return the revision that the change of this name made; 0 where it was not made."""
        with self._store.reading() as connection:
            own = steps.c.edition_id == edition_row(connection, key).id
            query = select(steps.c.revision).where(own, steps.c.mark == mark)
            return connection.scalar(query) or 0

    def sign(self, sign_off: SignOff) -> None:
        """Keep one person's yes."""
        edition = sign_off.edition
        with self._store.writing() as connection:
            connection.execute(
                insert(sign_offs).values(
                    edition_id=edition_row(connection, edition.key).id,
                    content_hash=sign_off.content_hash,
                    who=sign_off.who,
                    at=sign_off.at,
                    content=stored(Edition, edition).decode(),
                )
            )

    def sign_offs(self, key: EditionKey) -> tuple[SignOff, ...]:
        """Return every yes that was ever given to the edition, the oldest first."""
        with self._store.reading() as connection:
            edition_id = edition_row(connection, key).id
            query = select(sign_offs).where(sign_offs.c.edition_id == edition_id).order_by(sign_offs.c.id)
            return tuple(
                SignOff(
                    restored(Edition, row.content, name=f"a sign-off of {key}"),
                    row.content_hash,
                    row.who,
                    row.at,
                )
                for row in connection.execute(query)
            )

    def keep_correction(self, correction: Correction) -> None:
        """Keep what was wrong and what is right."""
        told = correction.told_by
        with self._store.writing() as connection:
            edition_id = edition_row(connection, correction.edition).id
            said = correction.headline, correction.text
            keep_correction_words(connection, edition_id, correction.article, *said)
            connection.execute(
                insert(corrections).values(
                    edition_id=edition_id,
                    article=correction.article,
                    headline=correction.headline,
                    text=correction.text,
                    who=correction.who,
                    at=correction.at,
                    told_newsletter=told.newsletter,
                    told_day=told.day,
                    told_slot=told.slot,
                )
            )

    def published(
        self,
        newsletter: str,
        *,
        now: datetime,
        limit: int,
        since: date | None = None,
        until: date | None = None,
        after: EditionKey | None = None,
    ) -> tuple[Edition, ...]:
        """Return the editions that readers may have by now, newest first.

        One that is still held back, or was canceled before its first mail, is nobody's to read.

        Args:
            since, until: the first day, and the first day no more.
            after: only those behind this one, in that order; it need not be there itself.
        """
        query = _newest(select(editions), newsletter, now, limit)
        if since is not None:
            query = query.where(editions.c.day >= since)
        if until is not None:
            query = query.where(editions.c.day < until)
        if after is not None:
            is_older = and_(editions.c.day == after.day, editions.c.slot < after.slot)
            query = query.where(or_(editions.c.day < after.day, is_older))
        with self._store.reading() as connection:
            return tuple(restored_edition(row) for row in connection.execute(query))

    def published_days(self, newsletter: str, *, now: datetime) -> tuple[date, ...]:
        """Return the days of the editions that readers may have by now, newest first."""
        query = (
            select(editions.c.day)
            .where(editions.c.newsletter == newsletter, is_out(now))
            .distinct()
            .order_by(editions.c.day.desc())
        )
        with self._store.reading() as connection:
            return tuple(connection.scalars(query))

    def is_published(self, key: EditionKey, *, now: datetime) -> bool:
        """Tell whether readers may have this edition by now.

        Raises:
            UnknownEdition: there is no such edition.
        """
        with self._store.reading() as connection:
            number = edition_row(connection, key).id
            query = select(editions.c.id).where(editions.c.id == number, is_out(now))
            return connection.scalar(query) is not None

    def corrected(self, newsletter: str) -> dict[EditionKey, tuple[Correction, ...]]:
        """Return every correction of a newsletter by the edition that was wrong, the oldest first."""
        query = (
            select(corrections, editions.c.newsletter, editions.c.day, editions.c.slot)
            .join(editions, editions.c.id == corrections.c.edition_id)
            .where(editions.c.newsletter == newsletter)
            .order_by(corrections.c.id)
        )
        found: dict[EditionKey, tuple[Correction, ...]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(query):
                key = EditionKey(row.newsletter, row.day, row.slot)
                found[key] = (*found.get(key, ()), _correction(key, row))
        return found

    def corrections(self, key: EditionKey) -> tuple[Correction, ...]:
        """Return the corrections of an edition, the oldest first; for its page on the web as well."""
        with self._store.reading() as connection:
            query = (
                select(corrections)
                .where(corrections.c.edition_id == edition_row(connection, key).id)
                .order_by(corrections.c.id)
            )
            return tuple(_correction(key, row) for row in connection.execute(query))


def _keep_step(connection: Connection, edition_id: int, revision: int, step: Step | None) -> None:
    if step is None:
        return
    # A draft that the job made anew counts on; one that was forgotten and made again begins at 1.
    later = (steps.c.edition_id == edition_id) & (steps.c.revision >= revision)
    connection.execute(delete(steps).where(later))
    values = {"who": step.who, "said": step.said, "tab": step.tab, "mark": step.mark or None}
    touches = "\n".join(sorted(step.touches))
    connection.execute(
        insert(steps).values(edition_id=edition_id, revision=revision, touches=touches, **values)
    )


def _touches(text: str) -> frozenset[str]:
    return frozenset(text.split("\n")) if text else frozenset()


def _change(row: AnyRow) -> Change:
    made = Change(row.revision, row.who, row.at, row.said, row.forward, row.backward)
    return replace(made, state=ChangeState(row.state), number=row.id)


def _correction(key: EditionKey, row: AnyRow) -> Correction:
    return Correction(
        edition=key,
        article=ArticleId(row.article),
        headline=row.headline,
        text=row.text,
        who=row.who,
        at=row.at,
        told_by=EditionKey(row.told_newsletter, row.told_day, row.told_slot),
    )


def _newest(query: Select[Any], newsletter: str, now: datetime, limit: int) -> Select[Any]:
    """Return the query for a newsletter's editions that readers may have, newest first."""
    return (
        query.where(editions.c.newsletter == newsletter, is_out(now))
        .order_by(editions.c.day.desc(), editions.c.slot.desc())
        .limit(limit)
    )


def is_out(now: datetime) -> ColumnElement[bool]:
    """Return the condition that readers may have an edition by now."""
    own = dispatches.c.edition_id == editions.c.id
    reached = (DeliveryState.SENT, DeliveryState.HELD, DeliveryState.UNCERTAIN)
    is_leaving = and_(
        or_(dispatches.c.hold_until.is_(None), dispatches.c.hold_until <= now),
        or_(
            dispatches.c.canceled == "",
            any_delivery(editions.c.id, reached),
        ),
    )
    return or_(
        and_(editions.c.state == EditionState.CLOSED, editions.c.reached_nobody.is_(False)),
        and_(editions.c.state == EditionState.DISPATCHING, exists().where(own, is_leaving)),
    )
