"""The memory of a dry run: what the rows before would have changed, in a file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from types import TracebackType

from subscribers.model import SubscriptionState, SuppressionKind
from subscribers.storage.bulk import Known

_AT_ONCE = 500


class Rehearsal:
    """Remembers addresses of a dry run outside the database: no lock is held, no row kept in memory."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")  # a private file that vanishes with the connection
        self._file.execute(
            "CREATE TABLE seen (canonical TEXT PRIMARY KEY, state TEXT, said_no INTEGER, kinds TEXT)"
        )

    def __enter__(self) -> Rehearsal:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget everything."""
        self._file.close()

    def overlay(
        self,
        canonicals: Collection[str],
        people: dict[str, Known],
        kinds: dict[str, set[SuppressionKind]],
    ) -> None:
        """Correct `people` and `kinds` (both by canonical) by what was remembered."""
        wanted = list(canonicals)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            places = ",".join("?" * len(part))
            query = f"SELECT canonical, state, said_no, kinds FROM seen WHERE canonical IN ({places})"  # noqa: S608 only "?"
            for canonical, state, said_no, names in self._file.execute(query, part):
                if state:
                    people[canonical] = Known("", "", SubscriptionState(state), bool(said_no))
                if names:
                    kinds[canonical] = {SuppressionKind(name) for name in names.split()}

    def remember(
        self,
        canonicals: Iterable[str],
        people: dict[str, Known],
        kinds: dict[str, set[SuppressionKind]],
    ) -> None:
        """Keep the state of `canonicals` for the batches to come."""
        rows = []
        for canonical in canonicals:
            known = people.get(canonical)
            state = known.state.value if known is not None and known.state is not None else ""
            said_no = known is not None and known.has_said_no
            rows.append((canonical, state, said_no, " ".join(sorted(kinds.get(canonical, ())))))
        self._file.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", rows)
