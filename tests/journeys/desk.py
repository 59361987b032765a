"""A newsroom in a folder, and the command line run upon it."""

from __future__ import annotations

import contextlib
import email
import email.policy
import io
import json
import logging
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from digest.cli.app import LOGGERS, run

CUTOFF = "2026-11-23T06:00:00+03:00"
AT_SEND = "2026-11-23T06:30:00+03:00"
NEXT_DAY = "2026-11-24T06:30:00+03:00"

CONFIG = """\
[site]
name = "Quay Gazette"
url = "https://gazette.example"
postal_address = "7 Rope Walk, Port Merindi"
secret_key = "kv3-Zq81_wTr56yHbn0pLx92mDc74sEfg"

[database]
url = "{database}"

[transport]
{transport}

[newsletters.morning]
title = "Gazette Morning"
sender = "Quay Gazette <morning@gazette.example>"
lists = ["morning"]
timezone = "Africa/Nairobi"
cutoff = "06:00"
send_at = "06:30"
minimum_items = 3
{newsletter}

[[newsletters.morning.sections]]
key = "port"
title = "Port"
match = {{ tags = ["port"] }}

[[newsletters.morning.sections]]
key = "rest"
title = "More"

[[newsletters.morning.sources]]
kind = "folder"
path = "articles"
{more}
"""

FILE = 'url = "sqlite:///digest.db"'
_MADE: list[bytes] = []

OUTBOX = 'kind = "outbox"\npath = "outbox"'

ARTICLES = {
    "pilots": (
        "port",
        "Harbor pilots get a third boat",
        "The harbor authority took delivery of a third pilot boat on Sunday. "
        "It will cut the wait at the outer buoy from two hours to forty minutes, the harbor master said. "
        "Two crews of four have been trained since August.",
    ),
    "ferry": (
        "port",
        "Evening ferry runs until midnight",
        "The last ferry from Sulwe Island now leaves at midnight instead of nine. "
        "The council pays for the extra crossings until March. "
        "Shop owners on the island had asked for them since the bridge closed.",
    ),
    "library": (
        "city",
        "Library lends tools beside books",
        "Readers of the Old Town library can borrow drills, ladders and sewing machines from Monday. "
        "A collection of two hundred tools was given by a hardware shop that is closing. "
        "Loans are free for a week.",
    ),
    "rain": (
        "city",
        "Gauges show the wettest November in thirty years",
        "The five rain gauges of the city have counted 212 millimeters since the first of the month. "
        "No November since 1996 was wetter, the weather office said. "
        "Drains in three districts are being cleared at night.",
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def values(self) -> Any:
        return json.loads(self.out)


class Folder:
    """A newsletter's folder under `root`, ready to run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = root / "digest.toml"

    def write(
        self,
        *,
        readers: int = 5,
        transport: str = OUTBOX,
        newsletter: str = "",
        more: str = "",
        database: str = "sqlite:///digest.db",
    ) -> Folder:
        self.config.write_text(
            CONFIG.format(transport=transport, newsletter=newsletter, more=more, database=database)
        )
        (self.root / "articles").mkdir(exist_ok=True)
        for hour, name in enumerate(ARTICLES, start=1):
            self.add_article(name, f"2026-11-23T0{hour}:00:00+03:00")
        rows = "".join(f"reader{number}@list.example,Reader {number}\n" for number in range(readers))
        (self.root / "people.csv").write_text("email,name\n" + rows)
        return self

    def ready(self, **options: Any) -> Folder:
        """Write everything, migrate and import."""
        self.write(**options)
        self.migrate()
        assert self("subscribers", "import", str(self.root / "people.csv"), "--list", "morning").code == 0
        return self

    def migrate(self) -> None:
        """Make the database; where that is a new file, it is a copy of the first of this process."""
        file = self.root / "digest.db"
        if FILE not in self.config.read_text() or file.exists():
            assert self("migrate").code == 0
            return
        if not _MADE:
            assert self("migrate").code == 0
            assert not (self.root / "digest.db-wal").exists()
            _MADE.append(file.read_bytes())
        file.touch(mode=0o600)
        file.write_bytes(_MADE[0])

    def add_article(self, name: str, published: str, *, title: str = "", body: str = "") -> None:
        tag, known_title, known_body = ARTICLES.get(name, ("city", title, body))
        head = f"title: {title or known_title}\ndate: {published}\ntags: [{tag}]"
        text = f"---\n{head}\n---\n\n{body or known_body}\n"
        (self.root / "articles" / f"{name}.md").write_text(text)

    def __call__(self, *arguments: str, now: str | None = None) -> Said:
        if arguments[0] == "audit":
            # A newsletter's audit asks for the day's edition: the day of the articles, not of the test.
            now = now or AT_SEND
        when = ["--now", now] if now else []
        out, err = io.StringIO(), io.StringIO()
        with _loggers_kept(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([*arguments, "--config", str(self.config), *when])
        return Said(code, out.getvalue(), err.getvalue())

    def mails(self) -> list[EmailMessage]:
        files = sorted((self.root / "outbox").rglob("*.eml"))
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]

    def recipients(self) -> Counter[str]:
        return Counter(mail["To"].addresses[0].addr_spec for mail in self.mails())


@contextlib.contextmanager
def _loggers_kept() -> Iterator[None]:
    """Undo what a command does to the process's loggers."""
    kept = [(logging.getLogger(name), logging.getLogger(name).handlers[:]) for name in LOGGERS]
    try:
        yield
    finally:
        for logger, handlers in kept:
            logger.handlers = handlers
            logger.propagate = True
            logger.setLevel(logging.NOTSET)


def killed_environment() -> dict[str, str]:
    """Return an environment without settings of ours, for processes that will be killed."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_")}
