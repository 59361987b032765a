"""One batch of an import: its rows judged against what is stored, and written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from subscribers.imports.reading import RowProblem
from subscribers.imports.sorting import CheckedRow
from subscribers.imports.verdicts import Verdict, judge
from subscribers.imports.words import SUPPRESSING, ImportedStatus
from subscribers.model import ConsentMethod, Frequency, SubscriptionState, Suppression, SuppressionKind
from subscribers.storage import import_batches, suppressions
from subscribers.storage.database import Connection, Ids
from subscribers.storage.import_batches import Known
from subscribers.storage.types import millis, moment_of

_EVERY, _WEEKLY = Frequency.EVERY.value, Frequency.WEEKLY.value
_ACTIVE, _ADD = ImportedStatus.ACTIVE.value, Verdict.ADD
_ON, _PAUSED, _ENDED = SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.ENDED
_WORDS = {state: state.value for state in SubscriptionState}


@dataclass(frozen=True, slots=True)
class ImportTerms:
    """What holds for every row of one import.

    Attributes:
        mailing_list: the list's key; made if it is new.
        words: the operator's statement of how the readers consented; kept with each consent.
        source: where the rows come from; empty for the file's name.
        file_name: the name the file came with, where it is kept under another: it may say unsubscribed.
        tags: given to every reader added or found.
        mapping: field to column name, where the columns' names don't say it; the fields are in
            `subscribers.imports.shapes.FIELDS`.
        columns: column name to field, likewise: several columns may be one field.
        ignored: columns that may sound like a no and say nothing about mail.
        is_dry_run: judge every row, write nothing.
        max_problems: how many the report holds.
    """

    mailing_list: str
    now: datetime
    words: str = ""
    source: str = ""
    file_name: str = ""
    tags: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    is_dry_run: bool = False
    max_problems: int = 1_000


class Batch:
    """Some rows of an import in the order of their addresses: a later row sees what an earlier one did."""

    def __init__(self, terms: ImportTerms, rows: Sequence[CheckedRow]) -> None:
        """Take the rows."""
        self._terms = terms
        self._rows = rows
        self._now = millis(terms.now)
        self.verdicts: Counter[Verdict] = Counter()
        self.problems: list[RowProblem] = []
        self._people: list[import_batches.Row] = []
        self._subscriptions: list[import_batches.Row] = []
        self._changed: dict[str, dict[str, Any]] = {}
        self._consents: list[import_batches.Row] = []
        self._tags: list[dict[str, Any]] = []
        self._names: list[dict[str, Any]] = []
        self._suppressions: list[Suppression] = []
        self._known: dict[str, Known] = {}
        self._kinds: dict[str, set[SuppressionKind]] = {}
        self._returning: list[str] = []
        self._salt = b""

    def judge(self, connection: Connection, salt: bytes, ids: Ids, before: Batch | None = None) -> None:
        """Decide every row by what is stored.

        Args:
            before: the batch before, where that was not stored: a dry run's.
        """
        self._salt = salt
        canonicals = {row.canonical for row in self._rows}
        self._known = import_batches.known(connection, canonicals, self._terms.mailing_list)
        self._kinds = self._barred(connection, canonicals)
        if before is not None:
            before.hand_on(self)
        find, bar = self._known.get, self._kinds.get
        for row in self._rows:
            canonical = row.canonical
            known, kinds = find(canonical), bar(canonical)
            if known is None and kinds is None and row.status == _ACTIVE:
                self.verdicts[_ADD] += 1
                self._subscribe(_ADD, row, self._add_person(row, ids))
                continue
            status = ImportedStatus(row.status)
            verdict = judge(
                status,
                None if known is None else known.state,
                has_said_no=known is not None and known.has_said_no,
                kinds=kinds or (),
            )
            self.verdicts[verdict] += 1
            if verdict is Verdict.SAID_NO or verdict is Verdict.IS_SUPPRESSED:
                self._leave(verdict, row, status)
            elif verdict is Verdict.SUPPRESS:
                self._suppress(SUPPRESSING[status], canonical)
            else:
                self._subscribe(verdict, row, known or self._add_person(row, ids))

    def hand_on(self, following: Batch) -> None:
        """Tell the next batch what became of the last address here: its rows may go on there."""
        last = self._rows[-1].canonical
        if last in self._known:
            following._known[last] = self._known[last]
        if last in self._kinds:
            following._kinds[last] = self._kinds[last]

    def store(self, connection: Connection) -> None:
        """Write what was decided."""
        terms = self._terms
        import_batches.add_people(connection, self._people)
        import_batches.add_subscriptions(connection, terms.mailing_list, self._subscriptions)
        ends = [row for row in self._changed.values() if "ended_at" in row]
        yeses = [row for row in self._changed.values() if "ended_at" not in row]
        import_batches.change_subscriptions(connection, terms.mailing_list, ends)
        import_batches.change_subscriptions(connection, terms.mailing_list, yeses)
        if self._consents:
            import_batches.add_consents(
                connection,
                self._consents,
                mailing_list=terms.mailing_list,
                method=ConsentMethod.IMPORT,
                words=terms.words,
                source=terms.source,
            )
        import_batches.add_tags(connection, self._tags)
        import_batches.rename(connection, self._names)
        suppressions.add(connection, self._suppressions)
        for canonical in self._returning:
            suppressions.attach(connection, self._key(canonical), canonical)

    def _barred(self, connection: Connection, canonicals: Iterable[str]) -> dict[str, set[SuppressionKind]]:
        """Return the suppressions by canonical; nothing is hashed where there is none at all."""
        if not suppressions.are_any(connection):
            return {}
        keys = {self._key(canonical): canonical for canonical in canonicals}
        return {keys[key]: kinds for key, kinds in suppressions.kinds_of(connection, keys).items()}

    def _key(self, canonical: str) -> str:
        return suppressions.hashed(self._salt, canonical)

    def _leave(self, verdict: Verdict, row: CheckedRow, status: ImportedStatus) -> None:
        if verdict is Verdict.IS_SUPPRESSED:
            names = ", ".join(sorted(self._kinds[row.canonical]))
            self.problems.append(RowProblem(row.line, f"This address is suppressed ({names}); left so."))
        elif status is ImportedStatus.ACTIVE:
            self.problems.append(RowProblem(row.line, "This reader unsubscribed; left so."))

    def _suppress(self, kind: SuppressionKind, canonical: str) -> None:
        kinds = self._kinds.setdefault(canonical, set())
        is_gone = SuppressionKind.ERASED in kinds and canonical not in self._known
        kinds.add(kind)
        terms, key = self._terms, self._key(canonical)
        shown = (None, "import") if is_gone else (canonical, "import", terms.source)
        self._suppressions.append(Suppression(key, kind, terms.now, *shown))

    def _add_person(self, row: CheckedRow, ids: Ids) -> Known:
        who, canonical = ids.take(), row.canonical
        self._people.append((who, row.address, canonical, row.name, row.language, row.timezone, self._now))
        if canonical in self._kinds:
            self._returning.append(canonical)
        known = self._known[canonical] = Known(who, row.name)
        return known

    def _subscribe(self, verdict: Verdict, row: CheckedRow, known: Known) -> None:
        if verdict is not Verdict.END and (row.tags or self._terms.tags or row.name != known.name):
            self._describe(row, known)
        if verdict is Verdict.KEEP:
            return
        now, who = self._now, known.subscriber
        said_yes, said_no, reason = None, None, ""
        if verdict is Verdict.END:
            state, said_no, reason = _ENDED, now, "import"
            known.has_said_no = True
        else:
            state = _ON if row.paused_until is None else _PAUSED
            said_yes = now if row.said_yes is None else min(row.said_yes, now)
            ip_hash = suppressions.hashed(self._salt, f"ip {row.ip}") if row.ip else ""
            self._consents.append((who, said_yes, ip_hash))
        if known.state is not None:
            change: dict[str, Any] = {"consented_at": moment_of(said_yes)}
            if said_no is not None:
                change = {"ended_at": moment_of(said_no), "end_reason": reason}
            self._changed[who] = {"who": who, "state": state.value, **change}
        else:
            frequency = _WEEKLY if row.frequency.lower() == _WEEKLY else _EVERY
            self._subscriptions.append(
                (
                    who,
                    _WORDS[state],
                    said_yes,
                    said_no,
                    reason,
                    "+".join(sorted(set(row.topics))) if row.topics else "",
                    frequency,
                    row.paused_until,
                )
            )
        known.state = state

    def _describe(self, row: CheckedRow, known: Known) -> None:
        if row.name and not known.name:
            known.name = row.name
            self._names.append({"who": known.subscriber, "what": row.name})
        for tag in (*self._terms.tags, *row.tags):
            self._tags.append({"tag": tag, "subscriber": known.subscriber})
