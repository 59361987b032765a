"""`make soak`: a thousand kill -9 at random moments, or a crash at every single step (`--steps`).

On both databases, with one process and several, through every kind of transport. Each line is one
database, number of processes and transport. `lost` counts readers who neither got the mail nor are shown
as held or failed, `doubled` those who got it twice; `held` may be as many as were in flight at the kills,
and never more. Any number but 0 under `lost` or `doubled` ends it with exit code 1.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from digest.model import EditionKey
from digest.storage.database import Database, migrate, open_database
from tests.dispatch.killing import kill, start
from tests.soak.lines import KINDS, PLACES, Line, count, databases, reached
from tests.soak.stepping import LONGEST, step_through
from tests.storage.samples import DAY, NOW, add_readers, approved, audience, people, rendered

READERS = 120
LONGEST_DELAY_S = 0.4


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
            count(line, database, key, got(), harmed)
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


def main() -> int:
    """Run the whole matrix and print a line for each part of it."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--steps", action="store_true", help="a crash at every single step instead")
    parser.add_argument("--every", type=int, default=1, help="of --steps: only each so manieth")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--engine", choices=sorted({engine for engine, _ in PLACES}), help="only this one")
    parser.add_argument("--processes", type=int, help="only with so many")
    given = parser.parse_args()
    kinds = given.kind or KINDS
    places = [
        (engine, processes)
        for engine, processes in PLACES
        if given.engine in {None, engine} and given.processes in {None, processes}
    ]
    share = -(-given.kills // max(1, len(places) * len(kinds)))
    lines = []
    with ExitStack() as stack:
        made = databases(stack)
        for engine, processes in places:
            if engine not in made:
                sys.stdout.write(f"{engine}: not installed, left out\n")
                continue
            for kind in kinds:
                url = made[engine]()
                migrate(url)
                line = Line(engine, processes, kind)
                note = ""
                if given.steps:
                    steps = range(1, LONGEST, given.every)
                    last = step_through(line, url, steps=steps, told=print)
                    note = f"  last step {last}"
                else:
                    soak(line, url, share, random.Random(f"{given.seed} {engine} {processes} {kind}"))
                lines.append(line)
                sys.stdout.write(f"{line}{note}\n")
                sys.stdout.flush()
    total = sum(line.kills for line in lines)
    bad = [line for line in lines if not line.is_good]
    sys.stdout.write(f"{total} kills: lost {sum(one.lost for one in lines)}, ")
    sys.stdout.write(f"doubled {sum(one.doubled for one in lines)}\n")
    return 1 if bad or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
