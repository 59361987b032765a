"""Who gets which variant at what time: the deliveries of a freeze, and the stretches they lie in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    text,
)

from digest.model import DeliveryState, RenderedEdition, Variant
from digest.model.subject_tests import SubjectTest
from digest.model.waves import Wave
from digest.storage.ledger import waves as wave_ranges
from digest.storage.stretches import NEVER_MS, Stretch
from digest.storage.tables import deliveries, stretches

NOTHING_CHOSEN = "no story today in the topics this reader chose"
NOTHING_NEW = "no story today that this reader has not had"

_PIECES, _PIECE = 16, 1_000
"""Into so many pieces a stretch is cut for several processes, none smaller than this."""

_NONE = literal_column("0", Integer)

_FOR_ONE_LARGE_QUERY = (text("SET LOCAL work_mem = '64MB'"), text("SET LOCAL jit = off"))
"""Readers are joined and sorted in memory, as far as it goes; to compile the query would take longer."""


_TO_KNOW_ITS_SIZE = (
    text("SET LOCAL default_statistics_target = 10"),
    text("ANALYZE delivery (edition_id, number)"),
)
"""3,000 rows tell how many an edition has; the 30,000 of the default took a tenth of a freeze."""


class Plan:
    """The deliveries of one freeze.

    Numbers follow wave, canary, wait for a decision and variant, then the subscriber ids: each part that
    stands alike is a range of them, and the canary is the first ones.
    """

    def __init__(
        self,
        edition_id: int,
        variants: Sequence[RenderedEdition],
        *,
        hold_ms: int,
        waves: Sequence[Wave],
        test: SubjectTest | None,
        canary: int,
    ) -> None:
        """Take the variants by their numbers."""
        self._edition_id, self._variants = edition_id, variants
        self._hold_ms, self._waves, self._canary = hold_ms, waves, canary
        self._sorts_bytes = False
        # Whom a test takes are spread over the whole list, in the very shares asked for.
        self._share = 2 * test.percent if test is not None and is_partial(test, variants) else 100

    def write(self, connection: Connection, audience: Select[Any]) -> list[Stretch]:
        """Write deliveries and stretches, and return the stretches; each reader is in one of them, once."""
        self._sorts_bytes = connection.dialect.name == "postgresql"
        if connection.dialect.name == "postgresql":
            for setting in _FOR_ONE_LARGE_QUERY:
                connection.execute(setting)
        ranges = self._write(connection, audience)
        if self._has_doubles(connection):
            own = deliveries.c.edition_id == self._edition_id
            connection.execute(deliveries.delete().where(own))
            ranges = self._write(connection, _once(audience))
        if connection.dialect.name == "postgresql":
            # Claims begin before autovacuum has looked; without statistics PostgreSQL plans them badly.
            for statement in _TO_KNOW_ITS_SIZE:
                connection.execute(statement)
            pieces = [piece for one in ranges for piece in _pieces(one)]
        else:
            pieces = ranges
        if pieces:
            connection.execute(insert(stretches), [asdict(one) for one in pieces])
        return ranges

    def _write(self, connection: Connection, audience: Select[Any]) -> list[Stretch]:
        if self._is_plain:
            people = audience.subquery("audience")
            turn = func.row_number().over(order_by=self._place(people.c.subscriber))
            rows = _rows(people, self._edition_id, turn, _NONE)
            connection.execute(insert(deliveries).from_select(list(rows), select(*rows.values())))
            own = deliveries.c.edition_id == self._edition_id
            last = connection.scalar(select(func.max(deliveries.c.number)).where(own))
            return self._ranges([(0, 0, 0, 0, last or 0)])
        parts = self._parts(audience).cte("part")
        key = [parts.c.wave, parts.c.is_rest, parts.c.undecided, parts.c.variant]
        number = func.row_number().over(order_by=[*key, self._place(parts.c.subscriber)])
        rows = _rows(parts, self._edition_id, number, parts.c.variant)
        made = insert(deliveries).from_select(list(rows), select(*rows.values()))
        counts = select(*key, func.count()).group_by(*key).order_by(*key)
        if connection.dialect.name == "postgresql":
            # One statement: another might see who came or left meanwhile.
            counts = counts.add_cte(made.cte("made"))
        else:
            connection.execute(made)
        return self._ranges([tuple(row) for row in connection.execute(counts)])

    @property
    def _is_plain(self) -> bool:
        return len(self._variants) == 1 and not self._waves and self._share == 100

    def _place(self, subscriber: ColumnElement[str]) -> ColumnElement[str]:
        """Return what sorts ids by their bytes, as SQLite does, and not by a language's rules."""
        return subscriber.collate("C") if self._sorts_bytes else subscriber

    def _parts(self, audience: Select[Any]) -> Select[Any]:
        """Return each reader with the part of the edition they are in."""
        people = audience.subquery("audience")
        reader = people.c
        wave = wave_ranges.wave_of(reader.timezone, self._waves) if self._waves else _NONE
        turns = select(
            *reader,
            wave.label("wave"),
            func.row_number().over(order_by=self._place(reader.subscriber)).label("turn"),
            (
                func.row_number().over(order_by=[wave, self._place(reader.subscriber)])
                if self._waves
                else func.row_number().over(order_by=self._place(reader.subscriber))
            ).label("place"),
        ).subquery("turns")
        turn = turns.c
        is_rest = case((turn.place > self._canary, 1), else_=0) if self._canary else _NONE
        variant, undecided = self._variant(turn)
        return select(
            turn.subscriber,
            turn.canonical,
            turn.address,
            turn.name,
            turn.mailing_list,
            turn.wave,
            is_rest.label("is_rest"),
            undecided.label("undecided"),
            variant.label("variant"),
        )

    def _variant(self, turn: Any) -> tuple[ColumnElement[int], ColumnElement[int]]:
        """Return each reader's variant, and whether it waits for the better subject."""
        variants, share = self._variants, self._share
        had: ColumnElement[int] = turn.had if "had" in turn else _NONE
        spoken, chosen = turn.language, turn.topics
        tested = turn.turn * share // 100
        variant = _by_had(had, variants, lambda mask: _dealt(tested, spoken, chosen, variants, mask))
        if share >= 100:
            return variant, _NONE
        is_waiting = turn.turn * share % 100 >= share
        arm = min(one.variant.arm for one in variants)
        first = _by_had(had, variants, lambda mask: variant_for(spoken, chosen, variants, arm, mask))
        return case((is_waiting, first), else_=variant), case((is_waiting, 1), else_=0)

    def _ranges(self, counts: Sequence[tuple[Any, ...]]) -> list[Stretch]:
        """Return the stretches of parts of these sizes, in the order of their numbers."""
        found, first = [], 1
        for wave, _is_rest, undecided, variant, count in counts:
            if not count:
                continue
            whole = Stretch(self._edition_id, first, first + count - 1, variant)
            first += count
            whole = replace(whole, not_before_ms=self._not_before_ms(wave, undecided))
            rendered = self._variants[variant]
            if rendered.is_empty:
                reason = NOTHING_NEW if rendered.variant.had else NOTHING_CHOSEN
                whole = replace(whole, state=DeliveryState.SKIPPED, reason=reason)
            found += _cut_at(whole, self._canary)
        return found

    def _not_before_ms(self, wave: int, undecided: int) -> int:
        if undecided:
            return NEVER_MS + (wave if self._waves else 0)
        if self._waves:
            return max(wave_ranges.milliseconds(self._waves[wave].not_before), self._hold_ms)
        return self._hold_ms

    def _has_doubles(self, connection: Connection) -> bool:
        """Tell whether the query gave an address twice."""
        own = deliveries.c.edition_id == self._edition_id
        if connection.dialect.name == "postgresql":
            # A fifth of the time that whole addresses take; only where two hashes are one, those are asked.
            each = func.hashtextextended(deliveries.c.canonical, 0, type_=BigInteger)
            if not connection.scalar(select(func.count() - func.count(each.distinct())).where(own)):
                return False
        twice = (
            select(deliveries.c.canonical)
            .where(own)
            .group_by(deliveries.c.edition_id, deliveries.c.canonical)
            .having(func.count() > 1)
            .limit(1)
        )
        return connection.execute(twice).first() is not None


def is_partial(test: SubjectTest, variants: Sequence[RenderedEdition]) -> bool:
    """Tell whether there are two subjects, and readers who wait for the better one."""
    return len({one.variant.arm for one in variants}) > 1 and test.percent < 50


def _rows(
    people: FromClause, edition_id: int, number: ColumnElement[int], variant: ColumnElement[int]
) -> dict[str, ColumnElement[Any]]:
    reader = people.c
    return {
        "edition_id": literal(edition_id, Integer),
        "number": number,
        "subscriber": reader.subscriber,
        "canonical": reader.canonical,
        "address": case((reader.address != reader.canonical, reader.address), else_=null()),
        "name": reader.name,
        "mailing_list": reader.mailing_list,
        "variant": variant,
    }


def _once(audience: Select[Any]) -> Select[Any]:
    """Return the audience with each reader once, by address and by id: the first of the ids."""
    every = audience.subquery("every")
    ranked = select(
        *every.c,
        func.row_number()
        .over(partition_by=every.c.canonical, order_by=every.c.subscriber)
        .label("of_address"),
        func.row_number()
        .over(partition_by=every.c.subscriber, order_by=every.c.canonical)
        .label("of_reader"),
    ).subquery("ranked")
    names = [ranked.c[one.name] for one in every.c]
    return select(*names).where(ranked.c.of_address == 1, ranked.c.of_reader == 1)


def _cut_at(whole: Stretch, number: int) -> list[Stretch]:
    if not whole.first_number <= number < whole.last_number:
        return [whole]
    return [whole.cut(whole.first_number, number), whole.cut(number + 1, whole.last_number)]


def _pieces(whole: Stretch) -> list[Stretch]:
    """Return the pieces that several processes may take from at once."""
    size = max(_PIECE, -(-whole.size // _PIECES))
    return [
        whole.cut(first, min(first + size - 1, whole.last_number))
        for first in range(whole.first_number, whole.last_number + 1, size)
    ]


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
