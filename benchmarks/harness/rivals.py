"""Senders of others: django-newsletter, and whatever is installed on the machine."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from benchmarks.harness import spending
from benchmarks.harness.smtp_sink import SmtpSink
from benchmarks.harness.spending import Spent

_SCRIPT = Path(__file__).with_name("django_newsletter.py")
_STANDS_STILL_S = 120.0
_LOOKS_EACH_S = 0.02


def django_newsletter(
    python: str, folder: Path, port: int, readers: int, mail: Path
) -> Callable[[], Spent]:
    """Return a lap of django-newsletter; its database is made now."""
    made = folder / "made"
    made.mkdir(parents=True)
    given = [str(port), str(readers), str(mail)]
    subprocess.run([python, str(_SCRIPT), str(made), *given], check=True)

    def lap() -> Spent:
        shutil.rmtree(folder / "lap", ignore_errors=True)
        shutil.copytree(made, folder / "lap")
        return spending.run([python, str(_SCRIPT), str(folder / "lap"), *given, "--send"])

    return lap


@dataclass(frozen=True, slots=True)
class Outsider:
    """A sender that is installed here and begins when it is told to; the sink's count shows its end.

    Attributes:
        pid: whose processor time is told; 0 for nobody's.
    """

    sink: SmtpSink
    mails: int
    url: str
    headers: Sequence[str]
    body: str
    command: str
    pid: int

    @property
    def name(self) -> str:
        """Return what it is called in a report."""
        return self.url or self.command.split()[0]

    def lap(self) -> Spent:
        """Have it send and wait for the last mail.

        Raises:
            SystemExit: the sink gets no more before all are there.
        """
        until = self.sink.taken + self.mails
        began, used = time.perf_counter(), self._cpu_s()
        self._begin()
        seen, moved_at = self.sink.taken, began
        while self.sink.taken < until:
            time.sleep(_LOOKS_EACH_S)
            if self.sink.taken != seen:
                seen, moved_at = self.sink.taken, time.perf_counter()
            elif time.perf_counter() - moved_at > _STANDS_STILL_S:
                raise SystemExit(f"{self.name} stands still, {until - seen:,} mails before the end")
        return Spent(time.perf_counter() - began, self._cpu_s() - used, 0.0)

    def _begin(self) -> None:
        if self.command:
            subprocess.run(self.command.replace("{port}", str(self.sink.port)), shell=True, check=True)
            return
        if not self.url.startswith(("http://", "https://")):
            raise SystemExit(f"{self.url} is no http address")
        headers = dict(line.split(": ", 1) for line in self.headers)
        with urlopen(Request(self.url, self.body.encode(), headers, method="POST"), timeout=60):
            pass

    def _cpu_s(self) -> float:
        return spending.cpu_s_of(self.pid) if self.pid else 0.0
