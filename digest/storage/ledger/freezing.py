"""The freeze: the bytes and the readers of an edition, fixed in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    func,
    insert,
    select,
    update,
)

from digest.errors import EditionConflict
from digest.model import EditionKey, EditionState, RenderedEdition, Variant
from digest.model.repeats import Repeats
from digest.model.subject_tests import SubjectTest
from digest.model.waves import Wave
from digest.storage.editions import edition_row
from digest.storage.ledger import planning, repeats, settling, subject_tests, waking, waves
from digest.storage.records import seal, stored
from digest.storage.searching import marks
from digest.storage.tables import dispatches, editions, renderings

NOTHING_CHOSEN = "no story today in the topics this reader chose"
NOTHING_NEW = "no story today that this reader has not had"


def freeze(
    connection: Connection,
    key: EditionKey,
    rendered: Sequence[RenderedEdition],
    audience: Select[Any],
    *,
    now: datetime,
    content_hash: str,
    hold_until: datetime | None,
    canary: int,
    canceled: str,
    stopped: str = "",
    planned_waves: Sequence[Wave] = (),
    test: SubjectTest | None = None,
    repeated: Repeats | None = None,
) -> int:
    """Write renderings, deliveries, dispatch and the state dispatching; find them if they are there."""
    edition = edition_row(connection, key, for_update=True)
    found = connection.scalar(select(dispatches.c.frozen).where(dispatches.c.edition_id == edition.id))
    if found is not None:
        return int(found)
    if edition.state not in {EditionState.APPROVED, EditionState.DISPATCHING}:
        raise EditionConflict(str(key), f"it is {edition.state}, not approved: it can't be sent")
    if content_hash and content_hash != edition.approved_hash:
        raise EditionConflict(str(key), "other contents were approved than the ones to be sent")
    if repeated is not None and not repeats.confirm(connection, repeated):
        raise EditionConflict(str(key), "another edition with stories of this one was frozen meanwhile")
    audience = repeats.with_had(audience, repeated)
    variants = _numbered(rendered)
    _keep(connection, edition.id, variants)
    hold_ms = waves.milliseconds(hold_until)
    plan = planning.Plan(
        edition.id, variants, hold_ms=hold_ms, waves=planned_waves, test=test, canary=canary
    )
    ranges = plan.write(connection, audience)
    frozen = sum(one.size for one in ranges)
    marks.keep(connection, edition.id, frozen)
    waves.keep(connection, edition.id, planned_waves, ranges, hold_ms=hold_ms)
    if test is not None and planning.is_partial(test, variants):
        subject_tests.keep(connection, edition.id, subject_tests.ends(test, hold_until))
    connection.execute(
        insert(dispatches).values(
            edition_id=edition.id,
            frozen=frozen,
            frozen_at=now,
            content_hash=content_hash,
            hold_until=hold_until,
            canary=canary,
            is_canary_passed=not 0 < canary < frozen,
            stopped=stopped,
            canceled=canceled,
        )
    )
    if canceled:
        settling.skip(connection, edition.id, canceled)
    else:
        waking.wake(connection, key, frozen, at=hold_until)
    connection.execute(
        update(editions)
        .where(editions.c.id == edition.id)
        .values(state=EditionState.DISPATCHING, changed_at=now)
    )
    return frozen


def wanted(
    connection: Connection, audience: Select[Any], repeated: Repeats | None = None
) -> tuple[tuple[Variant, int], ...]:
    """Return what readers ask for, and had before, with how many do, most first."""
    reader = repeats.with_had(audience, repeated).subquery("audience").c
    readers = func.count().label("readers")
    names = [reader.language, reader.topics, *([reader.had] if "had" in reader else [])]
    rows = connection.execute(
        select(*names, readers).group_by(*names).order_by(readers.desc(), *names)
    ).mappings()
    return tuple(
        (
            Variant(
                row["language"],
                tuple(row["topics"].split("+")) if row["topics"] else (),
                had=row.get("had", 0),
            ),
            row["readers"],
        )
        for row in rows
    )


def zones(connection: Connection, audience: Select[Any]) -> tuple[str, ...]:
    """Return the time zones readers have, each once; empty among them where some have none."""
    reader = audience.subquery("audience").c
    return tuple(connection.scalars(select(reader.timezone).distinct().order_by(reader.timezone)))


def _numbered(rendered: Sequence[RenderedEdition]) -> list[RenderedEdition]:
    """Return the renderings with the default first: a rendering's place is its number."""
    by_variant = {one.variant: one for one in rendered}
    default = by_variant.pop(Variant(), None)
    if default is None or len(by_variant) + 1 != len(rendered):
        raise ValueError("a freeze needs the default variant, and each variant once")
    return [default, *(by_variant[variant] for variant in sorted(by_variant))]


def _keep(connection: Connection, edition_id: int, variants: Sequence[RenderedEdition]) -> None:
    rows = []
    for number, one in enumerate(variants):
        content = stored(RenderedEdition, one)
        rows.append(
            {
                "edition_id": edition_id,
                "variant": number,
                "name": one.variant.key,
                "content": content,
                "content_sha256": seal(content),
            }
        )
    connection.execute(insert(renderings), rows)
