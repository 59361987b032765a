"""`make soak`: a thousand kill -9 at random moments, on both databases, through every kind of transport.

Each line is one database, number of processes and transport. `lost` counts readers who neither got the
mail nor are shown as held or failed, `doubled` those who got it twice; `held` may be as many as were in
flight at the kills, and never more. Any number but 0 under `lost` or `doubled` ends it with exit code 1.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.dispatch import audit
from digest.model import DeliveryState, EditionKey
from digest.storage.database import Database, migrate, open_database
from tests.dispatch.killing import RULES, kill, start, transport
from tests.postgres import PostgresServer, programs
from tests.storage.samples import DAY, NOW, add_readers, approved, audience, people, rendered
from tests.transports import sendgrid_mock, smtp_server

READERS = 120
PLACES = (("sqlite", 1), ("sqlite", 2), ("postgresql", 1), ("postgresql", 4))
KINDS = ("letters", "wire", "smtp", "sendgrid")
LONGEST_DELAY_S = 0.4


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
    elif kind == "sendgrid":
        with sendgrid_mock.running(sendgrid_mock.Mock()) as mock:
            yield f"sendgrid:{mock.url}", lambda: Counter(mock.addresses)
    else:
        path.mkdir()
        yield kind, transport(kind, path).got


def soak(line: Line, url: str, kills: int, chance: random.Random) -> None:
    """Kill processes that send one edition after the other until so many have died."""
    database = open_database(url)
    add_readers(url, people(READERS))
    place = Path(tempfile.mkdtemp(prefix="soak-"))
    while line.kills < kills:
        line.editions += 1
        slot = f"{line.kind}{line.processes}{line.editions:03}"
        key = approved(database, EditionKey("morning", DAY, slot))
        database.ledger.freeze(key, [rendered()], audience(), now=NOW)
        path = place / f"{line.editions:03}"
        with reached(line.kind, path) as (kind, got):
            harmed = _harm(line, database, url, key, kind, path, kills, chance)
            _end(line, database, key, got(), harmed)
    database.close()
    shutil.rmtree(place)


def _harm(
    line: Line,
    database: Database,
    url: str,
    key: EditionKey,
    kind: str,
    path: Path,
    kills: int,
    chance: random.Random,
) -> int:
    """Kill one of the processes at a time until the edition is out; return how many died."""
    harmed = 0
    while database.ledger.tally(key).open and line.kills < kills:
        running = [start(url, key, kind, path, pause_s=0.002) for _ in range(line.processes)]
        time.sleep(chance.uniform(0.0, LONGEST_DELAY_S))
        victims = chance.sample(running, k=chance.randint(1, line.processes))
        dead = sum(kill(victim) for victim in victims if victim.is_alive())
        line.kills += dead
        harmed += dead
        for process in running:
            process.join()
    process = start(url, key, kind, path)
    process.join()
    return harmed


def _end(line: Line, database: Database, key: EditionKey, got: Counter[str], harmed: int) -> None:
    """Count what became of every reader."""
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


def _databases(stack: ExitStack) -> dict[str, Callable[[], str]]:
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


def main() -> int:
    """Run the whole matrix and print a line for each part of it."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--kind", choices=KINDS, action="append")
    given = parser.parse_args()
    kinds = given.kind or KINDS
    share = -(-given.kills // (len(PLACES) * len(kinds)))
    lines = []
    with ExitStack() as stack:
        databases = _databases(stack)
        for engine, processes in PLACES:
            if engine not in databases:
                sys.stdout.write(f"{engine}: not installed, left out\n")
                continue
            for kind in kinds:
                url = databases[engine]()
                migrate(url)
                line = Line(engine, processes, kind)
                soak(line, url, share, random.Random(f"{given.seed} {engine} {processes} {kind}"))
                lines.append(line)
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
    total = sum(line.kills for line in lines)
    bad = [line for line in lines if not line.is_good]
    sys.stdout.write(f"{total} kills: lost {sum(one.lost for one in lines)}, ")
    sys.stdout.write(f"doubled {sum(one.doubled for one in lines)}\n")
    return 1 if bad or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
