"""From a change at the desk to its preview, on two builds in turn: each the real command, in one Chromium.

`python -m benchmarks.web.desk_preview --before COMMIT` calls it.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.harness.builds import THIS, Build, from_history
from benchmarks.harness.newsrooms import NEWSLETTER, make
from benchmarks.harness.smtp_sink import free_port, wait_for
from tests.rendering.browser import browser

EDITION = f"/desk/editions/{NEWSLETTER}/2026-11-23"
MOST_MS, MOST_OF_SIXTY_MS, MOST_RATIO = 250.0, 500.0, 0.4

_CHANGED = """async ([kind, text]) => {
  const shown = () => Number(document.querySelector('iframe.shown').dataset.revision ?? 0);
  const before = shown(), start = performance.now();
  if (kind === 'type') {
    const field = document.getElementById('subject');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  } else document.querySelector(`[id^=${text}-]:not(:disabled)`).click();
  await new Promise((done) => {
    const look = () => (shown() > before ? done() : requestAnimationFrame(look));
    look();
  });
  return performance.now() - start;
}"""


@dataclass(slots=True)
class Tab:
    """An edition's page on one build, and what was measured there.

    Attributes:
        waits_ms: of each kind of change, from the key or the click to the new mail in the frame.
        spent_ms: processor time of that build's desk for all changes of a kind.
    """

    name: str
    page: Page
    process: int
    waits_ms: dict[str, list[float]] = field(default_factory=lambda: {"type": [], "move": []})
    spent_ms: dict[str, float] = field(default_factory=lambda: {"type": 0.0, "move": 0.0})

    def change(self, kind: str, text: str, *, counts: bool = True) -> None:
        """Make a change and wait for its preview."""
        began = _spent_ms(self.process)
        wait = self.page.evaluate(_CHANGED, [kind, text])
        if counts:
            self.waits_ms[kind].append(wait)
            self.spent_ms[kind] += _spent_ms(self.process) - began


def _spent_ms(process: int) -> float:
    """Return a process's processor time so far."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK") * 1000


@contextmanager
def opened(build: Build, folder: Path, chromium: Browser, stories: int, others: int) -> Iterator[Tab]:
    """Run a build's desk over a draft of its own, and open the draft's page."""
    room = make(build, folder, readers=10, stories=stories, others=others)
    room.digest("collect", NEWSLETTER)
    room.digest("draft", NEWSLETTER)
    port = free_port()
    words = build.command("desk", "--port", str(port), "--no-send", "--link")
    process = subprocess.Popen(words, cwd=room.folder, env=build.environment, stdout=subprocess.PIPE)
    try:
        wait_for(port, process)
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page = context.new_page()
        page.goto(_link(process))
        page.locator("button.main, main button").first.click()
        page.wait_for_load_state()
        page.goto(f"http://127.0.0.1:{port}{EDITION}")
        page.wait_for_function(
            "() => document.querySelector('iframe.shown')?.contentDocument?.body?.textContent"
        )
        yield Tab(build.name, page, process.pid)
        context.close()
    finally:
        process.terminate()
        process.communicate()


def _link(process: subprocess.Popen[bytes]) -> str:
    """Return the one-time link that a desk prints within its first lines.

    Raises:
        SystemExit: it printed none.
    """
    assert process.stdout
    for _ in range(20):
        if found := re.search(r"http://\S+/enter/[\w-]+", process.stdout.readline().decode()):
            return found[0]
    raise SystemExit("the desk printed no link")


def race(commit: str, python: str, *, stories: int, others: int, changes: int) -> bool:
    """Measure both builds in turn and print them; tell whether this one keeps its bounds."""
    with (
        from_history(commit, python) as before,
        tempfile.TemporaryDirectory(prefix="desks-") as folder,
        browser() as chromium,
        ExitStack() as stack,
    ):
        ours, theirs = (
            stack.enter_context(opened(build, Path(folder) / name, chromium, stories, others))
            for name, build in (("this", THIS), ("before", before))
        )
        count = ours.page.locator(".item").count()
        print(f"{count} stories of {stories + others} articles, {changes} changes each, in turn")
        for tab in (ours, theirs):
            tab.change("type", "Warm", counts=False)
        for number in range(changes):
            for tab in (ours, theirs) if number % 2 else (theirs, ours):
                tab.change("type", f"A subject of the desk, written anew for the {number}th time")
                tab.change("move", "up" if number % 2 else "down")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return report(ours, theirs, MOST_OF_SIXTY_MS if stories > 20 else MOST_MS)


def report(ours: Tab, theirs: Tab, most_ms: float) -> bool:
    """Print every figure with its ratio; tell whether the bounds hold."""
    holds = True
    for kind in ours.waits_ms:
        found = {}
        for tab in (ours, theirs):
            waits = sorted(tab.waits_ms[kind])
            p95 = statistics.quantiles(waits, n=20, method="inclusive")[-1]
            found[tab.name] = statistics.median(waits), p95, tab.spent_ms[kind] / len(waits)
            row = "  p50 {:5.0f} ms  p95 {:5.0f} ms  processor {:4.0f} ms".format(*found[tab.name])
            print(f"{kind:5} {tab.name:20}{row}")
        ratios = [one / other for one, other in zip(*found.values(), strict=True)]
        print("      {:20}  p50 {:5.2f}     p95 {:5.2f}     processor {:4.2f}".format("ratio", *ratios))
        holds = holds and found[ours.name][1] <= most_ms and ratios[1] <= MOST_RATIO
    print(f"bounds: p95 {most_ms:.0f} ms, {MOST_RATIO:.1f}x: {'met' if holds else 'MISSED'}")
    return holds
