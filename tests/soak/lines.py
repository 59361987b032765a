"""What a soak counts, where it runs, and how mail is reached: shared by random kills and single steps."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.dispatch import audit
from digest.model import DeliveryState, EditionKey
from digest.storage.database import Database
from tests.dispatch.killing import RULES, transport
from tests.postgres import PostgresServer, programs
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.smtp import server as smtp_server

PLACES = (("sqlite", 1), ("sqlite", 4), ("postgresql", 1), ("postgresql", 4))
KINDS = ("letters", "wire", "outbox", "smtp", "sendgrid", "fenced")


@dataclass
class Line:
    """What one database, number of processes and transport came to."""

    engine: str
    processes: int
    kind: str
    kills: int = 0
    editions: int = 0
    frozen: int = 0
    sent: int = 0
    held: int = 0
    lost: int = 0
    doubled: int = 0
    too_many_held: int = 0
    wrong_sums: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.too_many_held or self.wrong_sums)

    def __str__(self) -> str:
        return (
            f"{self.engine:10} {self.processes} x {self.kind:8} kills {self.kills:4}"
            f"  editions {self.editions:3}  frozen {self.frozen:5} = sent {self.sent:5}"
            f" + held {self.held:4}"
            f"  lost {self.lost}  doubled {self.doubled}  {'good' if self.is_good else 'BAD'}"
        )


Got = Callable[[], Counter[str]]


@contextmanager
def reached(kind: str, path: Path) -> Iterator[tuple[str, Got]]:
    """Yield what the processes are told to send by, and what tells who got a mail how often."""
    if kind == "smtp":
        with smtp_server.running(smtp_server.ScriptedServer()) as server:
            yield f"smtp:{server.port}", lambda: Counter(one.recipient for one in server.arrived)
    elif kind in {"sendgrid", "fenced"}:
        with sendgrid_mock.running(sendgrid_mock.Mock()) as mock:

            def got() -> Counter[str]:
                mock.release()
                return Counter(mock.addresses)

            yield f"{kind}:{mock.url}", got
    else:
        path.mkdir()
        yield kind, transport(kind, path).got


def count(line: Line, database: Database, key: EditionKey, got: Counter[str], harmed: int) -> None:
    """Count what became of every reader of an edition whose processes died so often."""
    tally = database.ledger.tally(key)
    told = database.ledger.records(key, [DeliveryState.HELD, DeliveryState.FAILED])
    sent = {one.address for one in database.ledger.records(key, [DeliveryState.SENT])}
    line.frozen += tally.frozen
    line.sent += tally.sent
    line.held += tally.held
    line.doubled += sum(count > 1 for count in got.values())
    line.lost += tally.frozen - len(set(got) | {one.address for one in told}) + len(sent - set(got))
    line.too_many_held += max(0, tally.held - harmed * RULES.batch)
    line.wrong_sums += not audit.report(tally, edition=key).is_settled


def databases(stack: ExitStack) -> dict[str, Callable[[], str]]:
    """Return what makes a new, migrated database, by engine."""
    made: dict[str, Callable[[], str]] = {}

    def sqlite() -> str:
        return f"sqlite:///{tempfile.mkdtemp(prefix='soak-')}/digest.db"

    made["sqlite"] = sqlite
    found = programs()
    if found is not None:
        server = PostgresServer(found)
        stack.callback(server.stop)
        made["postgresql"] = lambda: server.url(server.create())
    return made
