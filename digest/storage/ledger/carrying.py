"""What sending asks of the ledger at every batch: what to send next, and what became of the last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Unpack

from sqlalchemy import Connection, select

from digest.errors import UnknownEdition
from digest.model import Delivery, Dispatch, EditionKey, Receipt, RenderedEdition
from digest.ports import ClaimTerms, Suppressed
from digest.storage.editions import AT_PLACE, place
from digest.storage.engine import Store
from digest.storage.ledger import claiming, pacing, settling, waves
from digest.storage.ledger.claiming import Frozen, LastLook
from digest.storage.prepared import Prepared
from digest.storage.records import restored
from digest.storage.tables import dispatches, editions, renderings

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


class Carrying:
    """The part of the ledger that claims and settles."""

    _store: Store

    def __init__(self) -> None:
        """Know of no freeze yet."""
        self._frozen: dict[tuple[int, datetime, str], Frozen] = {}
        self._look = LastLook(None)

    def claim(self, key: EditionKey, owner: str, **terms: Unpack[ClaimTerms]) -> tuple[Delivery, ...]:
        """Commit planned → sending for deliveries of one variant, and return them."""
        _ours, claimed = self.settle_and_claim(key, owner, (), **terms)
        return claimed

    def settle(self, key: EditionKey, owner: str, receipts: Iterable[Receipt]) -> int:
        """Write outcomes, each guarded by (owner, reference, sending); return how many were ours."""
        given = list(receipts)
        with self._store.writing() as connection:
            whole = settling.settle_whole(connection, place(key), owner, given)
            return whole or settling.settle(connection, id_of(connection, key), owner, given)

    def settle_and_claim(
        self, key: EditionKey, owner: str, receipts: Iterable[Receipt], **terms: Unpack[ClaimTerms]
    ) -> tuple[int, tuple[Delivery, ...]]:
        """Settle and claim in one transaction; return how many were ours, and what is claimed."""
        look = self._look_by(terms.get("suppressed"))
        given, ours = list(receipts), 0
        claimed: tuple[Delivery, ...] | None = ()
        while claimed == ():
            with self._store.writing() as connection:
                # NOTE: before anything else is locked, as whoever takes a freeze back does.
                dispatch = dispatch_of(connection, key, provider=terms.get("provider", ""))
                if given:
                    whole = settling.settle_whole(connection, place(key), owner, given)
                    ours = whole or settling.settle(connection, dispatch.edition_id, owner, given)
                claimed = None
                if self._is_free(connection, dispatch, terms.get("freeze")):
                    frozen = self._frozen_of(connection, dispatch, key)
                    claimed = claiming.claim(
                        connection, key, dispatch, owner, terms, look=look, frozen=frozen
                    )
            given = []
        return ours, claimed or ()

    def _look_by(self, suppressed: Suppressed | None) -> LastLook:
        """Return the last look of these, drawn up anew only where they are others than the last time."""
        # NOTE: read once: other threads may claim by others.
        look = self._look
        if look.suppressed is not suppressed:
            self._look = look = LastLook(suppressed)
        return look

    def _is_free(self, connection: Connection, dispatch: AnyRow, freeze: Dispatch | None) -> bool:
        """Tell whether anything of a freeze may be claimed now."""
        if (dispatch.left_ms or 0) > 0:
            return False
        if freeze and (dispatch.frozen_at, dispatch.content_hash) != freeze.name:
            return False
        if dispatch.canceled:
            # A delivery may have been planned again since: a late 4xx, an operator's word.
            settling.skip(connection, dispatch.edition_id, dispatch.canceled)
            return False
        return True

    def _frozen_of(self, connection: Connection, row: AnyRow, key: EditionKey) -> Frozen:
        freeze = (row.edition_id, row.frozen_at, row.content_hash)
        if freeze not in self._frozen:
            name = f"a rendering of {key}"
            rows = connection.execute(select(renderings).where(renderings.c.edition_id == row.edition_id))
            variants = {
                one.variant: restored(RenderedEdition, one.content, name=name).variant for one in rows
            }
            self._frozen[freeze] = Frozen(variants, waves.has_any(connection, row.edition_id))
        return self._frozen[freeze]


def id_of(connection: Connection, key: EditionKey) -> int:
    """Return the number of an edition.

    Raises:
        UnknownEdition: there is none.
    """
    edition_id = connection.scalar(_ID, place(key))
    if edition_id is None:
        raise UnknownEdition(str(key))
    return int(edition_id)


def dispatch_of(connection: Connection, key: EditionKey, *, provider: str | None = None) -> AnyRow:
    """Return the edition's run of sending.

    Args:
        provider: the row is locked for a claim, and `left_ms` is how long this one is to be left alone.

    Raises:
        UnknownEdition: it is not frozen.
    """
    if provider is None:
        row = connection.execute(DISPATCH, place(key)).one_or_none()
    else:
        row = _DISPATCH_FOR_CLAIM.one(connection, place(key) | {"provider": provider})
    if row is None:
        raise UnknownEdition(f"{key} (frozen)")
    return row


_ID = select(editions.c.id).where(AT_PLACE)
DISPATCH = select(dispatches).join(editions, editions.c.id == dispatches.c.edition_id).where(AT_PLACE)
# Until the claim is committed nobody can take the freeze back.
_DISPATCH_FOR_CLAIM = Prepared(
    DISPATCH.add_columns(pacing.LEFT_MS.label("left_ms")).with_for_update(
        read=True, key_share=True, of=dispatches
    )
)
