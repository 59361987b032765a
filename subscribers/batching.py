"""One batch of an import: its rows checked, judged against what is stored, and written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from subscribers.address import EmailAddress, normalize
from subscribers.errors import InvalidAddress
from subscribers.model import ConsentMethod, Frequency, SubscriptionState, Suppression, SuppressionKind
from subscribers.reading import RowProblem
from subscribers.shapes import SUPPRESSING, ImportedStatus, ImportRow
from subscribers.storage import bulk, suppressions
from subscribers.storage.bulk import Known
from subscribers.storage.database import Connection, Ids
from subscribers.storage.rehearsal import Rehearsal
from subscribers.verdicts import Verdict, judge

_EVERY, _WEEKLY = Frequency.EVERY.value, Frequency.WEEKLY.value


@dataclass(frozen=True, slots=True)
class ImportTerms:
    """What holds for every row of one import.

    Attributes:
        mailing_list: the list's key; made if it is new.
        words: the operator's statement of how the readers consented; kept with each consent.
        source: where the rows come from; empty for the file's name.
        tags: given to every reader added or found.
        mapping: field to column name, where the columns' names don't say it; the fields are in
            `subscribers.shapes.FIELDS`.
        is_dry_run: judge every row, write nothing.
        max_problems: how many the report holds.
    """

    mailing_list: str
    now: datetime
    words: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    is_dry_run: bool = False
    max_problems: int = 1_000


class Batch:
    """Some rows of an import, judged in their order: a later row sees what an earlier one did."""

    def __init__(self, terms: ImportTerms) -> None:
        """Begin empty."""
        self._terms = terms
        self._rows: list[tuple[ImportRow, ImportedStatus, EmailAddress]] = []
        self.verdicts: Counter[Verdict] = Counter()
        self.problems: list[RowProblem] = []
        self.bad = 0
        self._people: list[bulk.Row] = []
        self._subscriptions: list[bulk.Row] = []
        self._changed: dict[str, dict[str, Any]] = {}
        self._consents: list[bulk.Row] = []
        self._tags: list[dict[str, Any]] = []
        self._names: list[dict[str, Any]] = []
        self._suppressions: list[Suppression] = []
        self._keys: dict[str, str] = {}
        self._known: dict[str, Known] = {}
        self._kinds: dict[str, set[SuppressionKind]] = {}
        self._returning: list[str] = []
        self._salt = b""

    @classmethod
    def of(cls, terms: ImportTerms, rows: Iterable[ImportRow | RowProblem]) -> Batch | None:
        """Return the rows as a batch, addresses checked; None where there are none."""
        batch = cls(terms)
        for row in rows:
            if isinstance(row, RowProblem):
                batch._refuse(row)
            elif row.status is None:
                batch._refuse(RowProblem(row.line, row.problem))
            elif not row.email:
                batch._refuse(RowProblem(row.line, "It has no address."))
            else:
                try:
                    address = normalize(row.email)
                except InvalidAddress as problem:
                    batch._refuse(RowProblem(row.line, str(problem)))
                else:
                    batch._rows.append((row, row.status, address))
        return batch if batch._rows or batch.bad else None

    def judge(
        self, connection: Connection, salt: bytes, ids: Ids, rehearsal: Rehearsal | None = None
    ) -> None:
        """Decide every row by what is stored, and by what a dry run remembers."""
        self._salt = salt
        keys = {one.canonical: suppressions.hashed(salt, one.canonical) for _, _, one in self._rows}
        self._keys = keys
        self._known = bulk.known(connection, keys, self._terms.mailing_list)
        kinds = suppressions.kinds_of(connection, keys.values())
        self._kinds = {canonical: kinds[key] for canonical, key in keys.items() if key in kinds}
        if rehearsal is not None:
            rehearsal.overlay(keys, self._known, self._kinds)
        for row, status, address in self._rows:
            known = self._known.get(address.canonical)
            verdict = judge(
                status,
                None if known is None else known.state,
                has_said_no=known is not None and known.has_said_no,
                kinds=self._kinds.get(address.canonical, ()),
            )
            self.verdicts[verdict] += 1
            if verdict is Verdict.SAID_NO or verdict is Verdict.IS_SUPPRESSED:
                self._leave(verdict, row, status, address.canonical)
            elif verdict is Verdict.SUPPRESS:
                self._suppress(SUPPRESSING[status], address.canonical)
            else:
                if known is None:
                    known = self._add_person(row, address, ids)
                self._subscribe(verdict, row, known)
        if rehearsal is not None:
            rehearsal.remember(keys, self._known, self._kinds)

    def store(self, connection: Connection) -> None:
        """Write what was decided."""
        terms = self._terms
        bulk.add_people(connection, self._people)
        bulk.add_subscriptions(connection, terms.mailing_list, self._subscriptions)
        ends = [row for row in self._changed.values() if "ended_at" in row]
        yeses = [row for row in self._changed.values() if "ended_at" not in row]
        bulk.change_subscriptions(connection, terms.mailing_list, ends)
        bulk.change_subscriptions(connection, terms.mailing_list, yeses)
        if self._consents:
            bulk.add_consents(
                connection,
                self._consents,
                mailing_list=terms.mailing_list,
                method=ConsentMethod.IMPORT,
                words=terms.words,
                source=terms.source,
            )
        bulk.add_tags(connection, self._tags)
        bulk.rename(connection, self._names)
        suppressions.add(connection, self._suppressions)
        for canonical in self._returning:
            suppressions.attach(connection, self._keys[canonical], canonical)

    def _refuse(self, problem: RowProblem) -> None:
        self.bad += 1
        self.problems.append(problem)

    def _leave(self, verdict: Verdict, row: ImportRow, status: ImportedStatus, canonical: str) -> None:
        if verdict is Verdict.IS_SUPPRESSED:
            names = ", ".join(sorted(self._kinds[canonical]))
            self.problems.append(RowProblem(row.line, f"This address is suppressed ({names}); left so."))
        elif status is ImportedStatus.ACTIVE:
            self.problems.append(RowProblem(row.line, "This reader unsubscribed; left so."))

    def _suppress(self, kind: SuppressionKind, canonical: str) -> None:
        self._kinds.setdefault(canonical, set()).add(kind)
        terms = self._terms
        self._suppressions.append(
            Suppression(self._keys[canonical], kind, terms.now, canonical, "import", terms.source)
        )

    def _add_person(self, row: ImportRow, address: EmailAddress, ids: Ids) -> Known:
        who = ids.take()
        self._people.append(
            (
                who,
                address.address,
                address.canonical,
                row.name,
                row.language,
                row.timezone,
                self._terms.now,
            )
        )
        if address.canonical in self._kinds:
            self._returning.append(address.canonical)
        known = self._known[address.canonical] = Known(who, row.name)
        return known

    def _subscribe(self, verdict: Verdict, row: ImportRow, known: Known) -> None:
        if verdict is not Verdict.END:
            self._describe(row, known)
        if verdict is Verdict.KEEP:
            return
        now, who = self._terms.now, known.subscriber
        if verdict is Verdict.END:
            state, said_yes, said_no, reason = SubscriptionState.ENDED, None, now, "import"
            known.has_said_no = True
        else:
            state, said_no, reason = SubscriptionState.ACTIVE, None, ""
            if row.paused_until is not None:
                state = SubscriptionState.PAUSED
            said_yes = min(row.consented_at, now) if row.consented_at else now
            ip_hash = suppressions.hashed(self._salt, f"ip {row.ip}") if row.ip else ""
            self._consents.append((who, said_yes, ip_hash))
        if known.state is not None:
            change = {"ended_at": said_no, "end_reason": reason} if said_no else {"consented_at": said_yes}
            self._changed[who] = {"who": who, "state": state.value, **change}
        else:
            frequency = _WEEKLY if row.frequency.lower() == _WEEKLY else _EVERY
            self._subscriptions.append(
                (who, state.value, said_yes, said_no, reason, row.topics, frequency, row.paused_until)
            )
        known.state = state

    def _describe(self, row: ImportRow, known: Known) -> None:
        if row.name and not known.name:
            known.name = row.name
            self._names.append({"who": known.subscriber, "what": row.name})
        if not (row.tags or self._terms.tags):
            return
        for tag in (*self._terms.tags, *row.tags):
            self._tags.append({"tag": tag, "subscriber": known.subscriber})
