"""The ledger: one delivery for each reader of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Select, func, select, update

from digest.errors import UnknownEdition
from digest.model import (
    DeliveryRecord,
    DeliveryState,
    Dispatch,
    EditionKey,
    Feedback,
    MailEvent,
    RenderedEdition,
    Tally,
    Variant,
)
from digest.model.repeats import Repeats
from digest.model.subject_tests import ArmResult, SubjectTest
from digest.model.waves import Wave
from digest.ports import Audience
from digest.storage.editions import AT_PLACE, place
from digest.storage.engine import Store
from digest.storage.ledger import (
    accounts,
    feedback,
    freezing,
    leases,
    pacing,
    repeats,
    settling,
    subject_tests,
)
from digest.storage.ledger.carrying import DISPATCH, Carrying, dispatch_of, id_of
from digest.storage.ledger.fencing import Fencing
from digest.storage.ledger.pausing import Pausing, pause_of
from digest.storage.ledger.unfreezing import Unfreezing
from digest.storage.records import restored, unsealed
from digest.storage.tables import dispatches, editions, renderings

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


class SqlLedger(Carrying, Fencing, Pausing, Unfreezing):
    """The `Ledger` on SQLite and PostgreSQL: every method is one transaction."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        super().__init__()
        self._store = store

    def freeze(
        self,
        key: EditionKey,
        rendered: Sequence[RenderedEdition],
        audience: Audience,
        *,
        now: datetime,
        content_hash: str = "",
        hold_until: datetime | None = None,
        canary: int = 0,
        canceled: str = "",
        stopped: str = "",
        waves: Sequence[Wave] = (),
        test: SubjectTest | None = None,
        repeats: Repeats | None = None,
    ) -> int:
        """Keep bytes, deliveries and the state dispatching; return how many deliveries are frozen."""
        with self._store.writing() as connection:
            return freezing.freeze(
                connection,
                key,
                rendered,
                _select(audience),
                now=now,
                content_hash=content_hash,
                hold_until=hold_until,
                canary=canary,
                canceled=canceled,
                stopped=stopped,
                planned_waves=waves,
                test=test,
                repeated=repeats,
            )

    def frozen_at(self, key: EditionKey) -> datetime:
        """Return the `now` of the edition's freeze."""
        with self._store.reading() as connection:
            frozen_at: datetime = dispatch_of(connection, key).frozen_at
        return frozen_at

    def count(self, audience: Audience) -> int:
        """Return how many readers the query gives."""
        query = select(func.count()).select_from(_select(audience).subquery("audience"))
        with self._store.reading() as connection:
            return connection.scalar(query) or 0

    def wanted(self, audience: Audience, repeats: Repeats | None = None) -> tuple[tuple[Variant, int], ...]:
        """Return what readers ask for, and had before, with how many do, most first."""
        with self._store.reading() as connection:
            return freezing.wanted(connection, _select(audience), repeats)

    def repeats(self, key: EditionKey, newsletters: Sequence[str], *, since: datetime) -> Repeats:
        """Return which editions frozen since then bear stories of this one."""
        with self._store.reading() as connection:
            return repeats.find(connection, key, newsletters, since)

    def subject_test(self, key: EditionKey) -> SubjectTest | None:
        """Return the edition's test of two subjects; None where there is none."""
        with self._store.reading() as connection:
            return subject_tests.load(connection, id_of(connection, key))

    def subject_results(self, key: EditionKey) -> tuple[ArmResult, ...]:
        """Return how each subject did so far, the first one's first."""
        with self._store.reading() as connection:
            return subject_tests.results(connection, id_of(connection, key))

    def choose_subject(self, key: EditionKey, arm: str, *, by: str) -> int:
        """End the test of subjects, once; return how many deliveries that frees."""
        with self._store.writing() as connection:
            return subject_tests.choose(connection, id_of(connection, key), arm, by)

    def zones(self, audience: Audience) -> tuple[str, ...]:
        """Return the time zones readers have, each once; empty among them where some have none."""
        with self._store.reading() as connection:
            return freezing.zones(connection, _select(audience))

    def rendered(self, key: EditionKey, variant: Variant) -> RenderedEdition:
        """Return the frozen bytes of one variant.

        Raises:
            UnknownEdition: the edition is not frozen, or has no such variant.
            BadData: the bytes were changed behind our back.
        """
        name = f"the rendering {variant.key} of {key}"
        query = (
            select(renderings)
            .join(editions, editions.c.id == renderings.c.edition_id)
            .where(AT_PLACE, renderings.c.name == variant.key)
        )
        with self._store.reading() as connection:
            row = connection.execute(query, place(key)).one_or_none()
        if row is None:
            raise UnknownEdition(name)
        return restored(RenderedEdition, unsealed(row.content, row.content_sha256, name=name), name=name)

    def renew(self, key: EditionKey, owner: str, *, lease_s: float) -> int:
        """Lengthen the owner's leases that have not run out; return how many."""
        with self._store.writing() as connection:
            return leases.renew(connection, id_of(connection, key), owner, lease_s=lease_s)

    def release(self, key: EditionKey, owner: str, references: Sequence[str]) -> int:
        """Take a claim back before anything left; return how many deliveries were ours."""
        with self._store.writing() as connection:
            return settling.release(connection, id_of(connection, key), owner, references)

    def due_in(self, key: EditionKey) -> float | None:
        """Return in how many seconds there is something to do again; None for nothing ever."""
        with self._store.reading() as connection:
            return leases.due_in(connection, dispatch_of(connection, key))

    def owners(self, key: EditionKey) -> tuple[str, ...]:
        """Return who holds leases on deliveries of the edition, each once."""
        with self._store.reading() as connection:
            return leases.owners(connection, id_of(connection, key))

    def expire(self, key: EditionKey, *, owner: str | None = None) -> int:
        """Turn sending deliveries whose lease ran out into uncertain; return how many."""
        with self._store.writing() as connection:
            return leases.expire(connection, id_of(connection, key), owner=owner)

    def settle_held(
        self, key: EditionKey, to: DeliveryState, reason: str, *, subscribers: Sequence[str] = ()
    ) -> int:
        """Move held deliveries to sent, failed or planned on an operator's word; return how many.

        Where some are planned again, a closed edition is dispatching again.
        """
        with self._store.writing() as connection:
            edition_id = id_of(connection, key)
            return settling.settle_held(connection, edition_id, to, reason, subscribers=subscribers)

    def skip(self, key: EditionKey, reason: str) -> int:
        """Turn planned deliveries into skipped; return how many."""
        with self._store.writing() as connection:
            return settling.skip(connection, id_of(connection, key), reason)

    def dispatch(self, key: EditionKey) -> Dispatch | None:
        """Return the run of sending, None before the freeze."""
        with self._store.reading() as connection:
            row = connection.execute(DISPATCH, place(key)).one_or_none()
            paused = None if row is None else pause_of(connection, row.edition_id)
        if row is None:
            return None
        return Dispatch(
            edition=key,
            frozen=row.frozen,
            frozen_at=row.frozen_at,
            content_hash=row.content_hash,
            hold_until=row.hold_until,
            canary=row.canary,
            canary_out_at=row.canary_out_at,
            is_canary_passed=row.is_canary_passed,
            stopped=row.stopped,
            canceled=row.canceled,
            paused="" if paused is None else paused.reason,
            paused_until=None if paused is None else paused.until,
            pauses=0 if paused is None else paused.times,
        )

    def canary_out(self, key: EditionKey, *, now: datetime) -> bool:
        """Note when the whole canary slice was out; tell whether it is."""
        with self._store.writing() as connection:
            row = dispatch_of(connection, key)
            if row.canary_out_at is None and leases.is_canary_out(connection, row):
                self._change(connection, row, canary_out_at=now)
                return True
            return row.canary_out_at is not None

    def pass_canary(self, key: EditionKey) -> None:
        """Let the rest go out."""
        with self._store.writing() as connection:
            self._change(connection, dispatch_of(connection, key), is_canary_passed=True)

    def stop(self, key: EditionKey, reason: str) -> None:
        """Let nobody claim any more until `resume`."""
        with self._store.writing() as connection:
            self._change(connection, dispatch_of(connection, key), stopped=reason or "stopped")

    def resume(self, key: EditionKey) -> None:
        """Undo `stop`, and forget pauses."""
        with self._store.writing() as connection:
            self._change(connection, dispatch_of(connection, key), stopped="")
        self.go_on(key)

    def book(self, provider: str, count: int, *, per_s: float) -> float:
        """Book `count` mails with a provider; return in how many seconds they may go."""
        if not per_s:
            with self._store.reading() as connection:
                return pacing.left_s(connection, provider)
        with self._store.writing() as connection:
            return pacing.book(connection, provider, count, per_s=per_s)

    def pause(self, provider: str, seconds: float) -> None:
        """Let nobody send by a provider for so long from now on."""
        with self._store.writing() as connection:
            pacing.pause(connection, provider, seconds)

    def cancel(self, key: EditionKey, reason: str) -> int:
        """Skip what is planned, now and whenever something is planned again; return how many."""
        reason = reason or "canceled"
        with self._store.writing() as connection:
            dispatch = dispatch_of(connection, key)
            self._change(connection, dispatch, canceled=reason)
            return settling.skip(connection, dispatch.edition_id, reason)

    def tally(self, key: EditionKey) -> Tally:
        """Return the counts by state; all 0 before the freeze."""
        with self._store.reading() as connection:
            row = connection.execute(DISPATCH, place(key)).one_or_none()
            if row is None:
                return Tally()
            return accounts.tally(connection, row)

    def records(
        self, key: EditionKey, states: Sequence[DeliveryState], *, limit: int | None = None
    ) -> tuple[DeliveryRecord, ...]:
        """Return the deliveries in these states, in the order of the freeze."""
        with self._store.reading() as connection:
            edition_id = id_of(connection, key)
            found = accounts.standing(connection, edition_id, states, limit=limit)
            return tuple(map(accounts.record, found))

    def record_events(self, events: Iterable[MailEvent]) -> int:
        """Keep provider events, each event id once, and return how many were new."""
        with self._store.writing() as connection:
            return feedback.record_events(connection, events)

    def readers_of(self, references: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return whom references of ours mean: (canonical address, mailing list) by reference."""
        with self._store.reading() as connection:
            return feedback.readers_of(connection, references)

    def feedback(self, key: EditionKey) -> Feedback:
        """Return what became of the mails so far."""
        with self._store.reading() as connection:
            return feedback.feedback(connection, id_of(connection, key))

    @staticmethod
    def _change(connection: Connection, dispatch: AnyRow, **values: object) -> None:
        connection.execute(
            update(dispatches).where(dispatches.c.edition_id == dispatch.edition_id).values(values)
        )


def _select(audience: Audience) -> Select[Any]:
    if not isinstance(audience, Select):
        raise TypeError("this ledger takes an audience as a SQLAlchemy Select")
    return cast("Select[Any]", audience)
