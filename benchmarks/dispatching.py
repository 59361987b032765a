"""`digest dispatch` from start to end by SMTP, against the build before and against other senders.

    python -m benchmarks.dispatching [--readers 50000] [--rounds 3] [--claims N] [--url URL] [rivals]

The whole command runs in a process of its own: start-up, freeze, claims, the last look at each of them,
signed links, SMTP over four connections, receipts settled, close to the edition's end. All send a mail of
the same size to a sink of one kind, Postfix's smtp-sink. Told are the rate, the processor time a mail
(a database server's and the sink's apart) and its peak memory; ratios are medians of the rounds.

Rivals, each for its name:
  the build before   from this repository's history (`--before COMMIT`; `--no-before` leaves it out;
                     `--before-python` where its dependencies differ)
  smtp-source        Postfix's own, a constant mail, no list and no ledger
  `--django PYTHON`  django-newsletter, fewer readers, by a Python that has it
                     (`pip install django-newsletter sorl-thumbnail`)
  `--rival-url URL`  any sender that is installed here: a POST to URL begins a sending of `--readers` mails
                     to the sink at `--rival-port`; `--rival-header` and `--rival-body` are what it wants
                     to hear, `--rival-pid` whose processor time is told
  `--rival-command`  the same, begun by a command in which {port} is the sink's

`--url` names an empty PostgreSQL server, `{name}` in it for the database: postgresql+psycopg://me@/{name}.
Exit code 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from benchmarks.harness import spending
from benchmarks.harness.builds import BEFORE, THIS, Build, from_history
from benchmarks.harness.newsrooms import NEWSLETTER, Room, make
from benchmarks.harness.rivals import Outsider, django_newsletter
from benchmarks.harness.servers import Databases
from benchmarks.harness.smtp_sink import SmtpSink, sink, source
from benchmarks.harness.spending import Spent
from benchmarks.harness.trials import Trial, report

_CONNECTIONS = 4
_FEWER = 50
"""django-newsletter gets so many times fewer readers."""

_SHIPPED = 32
_WITH_CLAIMS = """
import sys
from digest.transports.smtp.transport import SmtpTransport
SmtpTransport.max_batch = {claims}
from digest.cli import main
main()
"""


class Dispatching:
    """One build with an approved edition, copied for each round."""

    def __init__(
        self, build: Build, folder: Path, *, readers: int, port: int, claims: int, databases: Databases
    ) -> None:
        """Make the newsroom and bring its edition to where only sending is left."""
        self.name, self.readers = build.name, readers
        self._claims, self._databases = claims, databases
        self._port = port
        self._url = databases.create(folder)
        self._room = make(build, folder, readers=readers, url=self._url, transport=_smtp(port))
        self._room.digest("run", NEWSLETTER, "--until", "approve")

    def message(self, folder: Path) -> Path:
        """Return a reader's mail as smtp-source wants it."""
        self._room.digest("preview", NEWSLETTER, "--out", str(folder))
        for kind in ("html", "txt"):
            shutil.copy(next(folder.glob(f"*.{kind}")), folder / f"mail.{kind}")
        found = folder / "message"
        found.write_bytes(next(folder.glob("*.eml")).read_bytes().replace(b"\r\n", b"\n"))
        return found

    def lap(self) -> Spent:
        """Send the edition to every reader, from a fresh copy of the newsroom."""
        with tempfile.TemporaryDirectory(prefix="lap-", dir=self._room.folder.parent) as folder:
            room = self._copy(Path(folder) / "room")
            words = room.words("dispatch", NEWSLETTER)
            if self._claims != _SHIPPED:
                words[1:3] = ["-c", _WITH_CLAIMS.format(claims=self._claims)]
            before_s = self._databases.cpu_s()
            spent = spending.run(words, cwd=room.folder, env=room.build.environment)
            spent = replace(spent, server_s=self._databases.cpu_s() - before_s)
            self._check(room)
        return spent

    def _copy(self, folder: Path) -> Room:
        shutil.copytree(self._room.folder, folder)
        url = self._databases.copy(self._url, folder)
        settings = folder / "digest.toml"
        settings.write_text(settings.read_text("utf-8").replace(self._url, url), "utf-8")
        return Room(self._room.build, folder)

    def _check(self, room: Room) -> None:
        told = room.digest("audit", NEWSLETTER, "--json")
        if '"planned": 0' not in told.replace('"planned":0', '"planned": 0'):
            raise SystemExit(f"{self.name} left some unsent: {told[:500]}")


def _smtp(port: int) -> str:
    return f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\nconnections = {_CONNECTIONS}'


def constant(port: int, message: Path, mails: int) -> Callable[[], Spent]:
    """Return a lap of smtp-source."""
    return lambda: spending.run(source(port, message, mails=mails, connections=_CONNECTIONS))


def contestants(given: argparse.Namespace, stack: ExitStack, folder: Path) -> list[Trial]:
    """Return who races: this build first."""
    target: SmtpSink = stack.enter_context(sink())
    databases = stack.enter_context(Databases(given.url))

    def of(build: Build, name: str) -> Dispatching:
        return Dispatching(
            build,
            folder / name,
            readers=given.readers,
            port=target.port,
            claims=given.claims,
            databases=databases,
        )

    ours = of(THIS, "this")
    message = ours.message(folder / "mail")
    found = [Trial(ours.name, given.readers, ours.lap)]
    if not given.no_before:
        before = of(stack.enter_context(from_history(given.before, given.before_python)), "before")
        found.append(Trial(before.name, given.readers, before.lap, faster=5.0, lighter=5.0))
    lap = constant(target.port, message, given.readers)
    found.append(Trial("Postfix's smtp-source", given.readers, lap, faster=0.85))
    if given.django:
        fewer = max(20, given.readers // _FEWER)
        submit = django_newsletter(given.django, folder / "django", target.port, fewer, message.parent)
        found.append(Trial("django-newsletter", fewer, submit))
    if given.rival_url or given.rival_command:
        counting = stack.enter_context(sink(port=given.rival_port, counts=True))
        outsider = Outsider(
            counting,
            mails=given.readers,
            url=given.rival_url,
            headers=given.rival_header,
            body=given.rival_body,
            command=given.rival_command,
            pid=given.rival_pid,
        )
        found.append(Trial(outsider.name, given.readers, outsider.lap))
    return found


def read(words: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    about = (__doc__ or "").partition("\n\n")[0]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dispatching", description=about)
    parser.add_argument("--readers", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--claims", type=int, default=_SHIPPED, help="mails in a claim; more than ships is a trial"
    )
    parser.add_argument("--url", default="", help="PostgreSQL, {name} for the database; else SQLite")
    parser.add_argument("--before", default=BEFORE, help="the commit of the build before")
    parser.add_argument("--before-python", default=sys.executable, help="with what that build needs")
    parser.add_argument("--no-before", action="store_true")
    parser.add_argument("--django", default="", metavar="PYTHON", help="that has django-newsletter")
    parser.add_argument("--rival-url", default="", help="a POST to it begins the rival's sending")
    parser.add_argument("--rival-header", action="append", default=[], help="as 'Name: value'")
    parser.add_argument("--rival-body", default="", help="of the POST")
    parser.add_argument("--rival-command", default="", help="begins the sending; {port} is the sink's")
    parser.add_argument("--rival-port", type=int, default=0, help="of the sink that the rival sends to")
    parser.add_argument("--rival-pid", type=int, default=0)
    return parser.parse_args(words)


def main() -> int:
    """Race and report."""
    given = read(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="dispatching-") as folder, ExitStack() as stack:
        found = contestants(given, stack, Path(folder))
        size = (Path(folder) / "mail" / "message").stat().st_size
        kind = "PostgreSQL" if given.url else "SQLite"
        print(
            f"digest dispatch, {kind}: {given.readers:,} readers, claims of {given.claims}, {size:,} bytes"
        )
        for _ in range(given.rounds):
            for one in found:
                one.run()
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
