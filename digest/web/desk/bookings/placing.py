"""A changed booking in the drafts that are there already; what is approved or on its way stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from digest.editions.block_changes import BlockChange
from digest.editions.bookings import changes
from digest.editions.revisions import apply, invert
from digest.editions.stored_changes import dumped
from digest.editions.touching import touched
from digest.errors import EditionConflict
from digest.model import Edition, EditionKey, EditionState
from digest.model.blocks import Booking
from digest.model.desk import Change, Step
from digest.web.serving.request import Ask

_TRIES = 8
_LOOKED_AT = 30
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a change in the editions that are there.

    Attributes:
        changed: drafts that have it now.
        left: editions that are approved, or on their way, and stay as they are.
        full: drafts in which no more blocks find room.
    """

    changed: tuple[EditionKey, ...] = ()
    left: tuple[EditionKey, ...] = ()
    full: tuple[EditionKey, ...] = ()


def place(ask: Ask, before: Booking | None, after: Booking, said: str) -> Placed:
    """Change the drafts of a booking's days, those of today and later."""
    found: dict[str, list[EditionKey]] = {"changed": [], "left": [], "full": []}
    for edition in _open(ask, after.newsletter):
        if changes(edition, before, after):
            found[_placed(ask, edition.key, before, after, said)].append(edition.key)
    return Placed(tuple(found["changed"]), tuple(found["left"]), tuple(found["full"]))


def _open(ask: Ask, newsletter: str) -> list[Edition]:
    zone = ask.desk.newsletters[newsletter].schedule.zone
    earliest = ask.now.astimezone(zone).date() - _A_DAY
    return [
        one
        for one in ask.desk.editions.listed(newsletter, limit=_LOOKED_AT)
        if one.key.day >= earliest and one.state is not EditionState.CLOSED
    ]


def _placed(ask: Ask, key: EditionKey, before: Booking | None, after: Booking, said: str) -> str:
    """Make the changes in one draft, and begin again where somebody else was faster by a moment."""
    for _ in range(_TRIES):
        edition = ask.desk.edition(key)
        if edition.state is not EditionState.DRAFT:
            return "left"
        try:
            for change in changes(edition, before, after):
                edition = _made(ask, edition, change, said)
        except EditionConflict:
            if ask.desk.edition(key).revision == edition.revision:
                return "full"
        else:
            return "changed"
    return "left"


def _made(ask: Ask, draft: Edition, revision: BlockChange, said: str) -> Edition:
    """Store one change with its way back; a draft that nobody touched is still the job's to make anew."""
    changed = apply(revision, draft)
    who = ask.user.name
    kept = ask.desk.history.keep_change(
        changed,
        ask.desk.editions.decisions(draft.key),
        Change(changed.revision, who, ask.now, said, dumped(revision), dumped(invert(revision, draft))),
        expected_revision=draft.revision,
        step=Step(0, who, said, touches=touched(revision)),
    )
    ask.desk.note(who, "edited", kept, detail=said)
    return kept
