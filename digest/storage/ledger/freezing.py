"""The freeze: the bytes and the readers of an edition, fixed in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from digest.errors import EditionConflict
from digest.model import DeliveryState, EditionKey, EditionState, RenderedEdition, Variant
from digest.model.repeats import Repeats
from digest.model.subject_tests import SubjectTest
from digest.model.waves import Wave
from digest.storage.editions import edition_row
from digest.storage.ledger import repeats, settling, subject_tests, waking, waves
from digest.storage.records import seal, stored
from digest.storage.tables import deliveries, dispatches, editions, renderings

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
    frozen = _plan(
        connection, edition.id, variants, audience, hold_ms=hold_ms, planned_waves=planned_waves, test=test
    )
    waves.keep(
        connection, edition.id, planned_waves, hold_ms=hold_ms, undecided_ms=subject_tests.UNDECIDED_MS
    )
    if test is not None and _is_partial(test, variants):
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


def variant_for(
    language: ColumnElement[str],
    topics: ColumnElement[str],
    variants: Sequence[RenderedEdition],
    arm: str = "",
    had: int = 0,
) -> ColumnElement[int]:
    """Return the number of the variant a reader of this A/B arm, who had these stories, gets, as SQL.

    The best there is of: own language and topics, own language, own topics, the default. A regional
    language (`pt-br`) takes its main one (`pt`) where it has none of its own.
    """
    own = variants[0].language.lower()
    spoken = func.lower(language)
    ranked: list[tuple[int, ColumnElement[bool], int]] = []
    for number, one in enumerate(variants[1:], start=1):
        if (one.variant.arm, one.variant.had) != (arm, had) or one.variant == Variant(arm=arm, had=had):
            continue
        name = one.variant.language.lower()
        chosen = "+".join(sorted(one.variant.topics))
        same_topics = topics == chosen
        if name:
            exact, regional = spoken == name, spoken.startswith(name + "-", autoescape=True)
        else:
            exact, regional = spoken.in_(("", own)), spoken.startswith(own + "-", autoescape=True)
        if chosen and name:
            ranked += [(0, and_(exact, same_topics), number), (1, and_(regional, same_topics), number)]
        elif name:
            ranked += [(2, exact, number), (3, regional, number)]
        else:
            ranked += [(0, and_(exact, same_topics), number), (4, same_topics, number)]
    whens = [(condition, number) for _rank, condition, number in sorted(ranked, key=lambda one: one[0])]
    own_default = Variant(arm=arm, had=had)
    default = next((number for number, one in enumerate(variants) if one.variant == own_default), 0)
    return case(*whens, else_=default) if whens else literal_column(str(default), Integer)


def _dealt(
    turn: ColumnElement[int],
    language: ColumnElement[str],
    topics: ColumnElement[str],
    variants: Sequence[RenderedEdition],
    had: int = 0,
) -> ColumnElement[int]:
    """Return the number of the variant a reader gets; the A/B arms take turns."""
    arms = sorted({one.variant.arm for one in variants})
    dealt = [variant_for(language, topics, variants, arm, had) for arm in arms]
    if len(dealt) == 1:
        return dealt[0]
    whens = [(turn % len(arms) == place, number) for place, number in enumerate(dealt[1:], start=1)]
    return case(*whens, else_=dealt[0])


def _by_had(
    had: ColumnElement[int], variants: Sequence[RenderedEdition], make: Callable[[int], ColumnElement[int]]
) -> ColumnElement[int]:
    """Return what `make` gives for the stories a reader had before.

    Who had a set of stories that no variant leaves out gets the one that leaves out most.
    """
    masks = sorted({one.variant.had for one in variants})
    if len(masks) == 1:
        return make(masks[0])
    return case(*((had == mask, make(mask)) for mask in masks[:-1]), else_=make(masks[-1]))


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


def _is_partial(test: SubjectTest, variants: Sequence[RenderedEdition]) -> bool:
    """Tell whether there are two subjects, and readers who wait for the better one."""
    return len({one.variant.arm for one in variants}) > 1 and test.percent < 50


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


def _plan(
    connection: Connection,
    edition_id: int,
    variants: Sequence[RenderedEdition],
    audience: Select[Any],
    *,
    hold_ms: int,
    planned_waves: Sequence[Wave],
    test: SubjectTest | None,
) -> int:
    people: Subquery = audience.subquery("audience")
    reader = people.c
    # Numbers follow the subscriber ids: the widest index then grows at its end.
    turn = func.row_number().over(order_by=reader.subscriber)
    number: ColumnElement[int] = turn
    not_before: ColumnElement[int] = literal(hold_ms, deliveries.c.not_before_ms.type)
    if planned_waves:
        wave = waves.wave_of(reader.timezone, planned_waves)
        # Each wave is a range of numbers.
        number = func.row_number().over(order_by=(wave, reader.subscriber))
        times = {
            place: literal(max(waves.milliseconds(one.not_before), hold_ms), BigInteger())
            for place, one in enumerate(planned_waves)
        }
        not_before = case(times, value=wave)
    had: ColumnElement[int] = reader.had if "had" in reader else literal_column("0", Integer)
    spoken, chosen = reader.language, reader.topics
    # Whom a test takes are spread over the whole list, in the very shares asked for.
    share = 2 * test.percent if test is not None and _is_partial(test, variants) else 100
    tested = turn * share // 100
    variant = _by_had(had, variants, lambda mask: _dealt(tested, spoken, chosen, variants, mask))
    if share < 100:
        is_rest = turn * share % 100 >= share
        arm = min(one.variant.arm for one in variants)
        first = _by_had(had, variants, lambda mask: variant_for(spoken, chosen, variants, arm, mask))
        variant = case((is_rest, first), else_=variant)
        undecided: ColumnElement[int] = literal(subject_tests.UNDECIDED_MS, BigInteger())
        if planned_waves:
            undecided = undecided + waves.wave_of(reader.timezone, planned_waves)
        not_before = case((is_rest, undecided), else_=not_before)
    empty = [number for number, one in enumerate(variants) if one.is_empty]
    state: ColumnElement[str] = literal_column("'planned'")
    reason: ColumnElement[Any] = null()
    if empty:
        state = case((variant.in_(empty), DeliveryState.SKIPPED.value), else_=state)
        old = [number for number in empty if variants[number].variant.had]
        reason = case((variant.in_(old), NOTHING_NEW), (variant.in_(empty), NOTHING_CHOSEN), else_=null())
    columns: dict[str, ColumnElement[Any]] = {
        "edition_id": literal(edition_id, Integer),
        "number": number,
        "subscriber": reader.subscriber,
        "canonical": reader.canonical,
        "address": case((reader.address != reader.canonical, reader.address), else_=null()),
        "name": reader.name,
        "mailing_list": reader.mailing_list,
        "variant": variant,
        "state": state,
        "reason": reason,
        "attempt": literal_column("0"),
        "not_before_ms": not_before,
    }
    # NOTE: SQLite's grammar needs a WHERE between SELECT and ON CONFLICT.
    rows = select(*columns.values()).select_from(people).where(literal_column("1") == literal_column("1"))
    names = list(columns)
    # A reader whom the query gives twice (by id or by address) is planned once: never twice, and the
    # day's mail does not fail for one row.
    is_postgresql = connection.dialect.name == "postgresql"
    statement = postgresql.insert(deliveries) if is_postgresql else sqlite.insert(deliveries)
    connection.execute(statement.from_select(names, rows).on_conflict_do_nothing())
    if is_postgresql:
        # Claims begin before autovacuum has looked; without numbers PostgreSQL plans them badly.
        connection.execute(text("ANALYZE delivery"))
    own = select(func.count()).where(deliveries.c.edition_id == edition_id)
    return int(connection.scalar(own) or 0)
