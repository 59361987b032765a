"""From a change at the desk to its preview, in Chromium: typing, moving, and the first look at an edition.

    python -m benchmarks.web.desk_preview [--changes 40] [--stories 20] [--candidates 0]
        [--before COMMIT [--before-python PYTHON]]

A change counts from the key or the click to the moment the new mail stands in the frame: the pause that
ends a word, saving, rendering, checking and loading are all in it. The first preview counts from the
click on the edition's address to the mail in its frame, on a desk that has shown an edition before.
It ends with 1 where a bound is passed. With `--candidates` so many articles are weighed beside them.

With `--before`, this build and the one of that commit take turns, each the real command on a database of
its own; `--before-python` is of an environment with what that build depends on
(`uv venv`, `uv pip install` of its pyproject.toml).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from playwright.sync_api import Page

from benchmarks.web.desk_builds import race
from tests.rendering.browser import browser
from tests.web.desk.desk_page import DeskPage, logged_in
from tests.web.newsroom import PAGE, STORIES, Open, at_work, written

MORE = (
    "Orchestra plays at noon for parents with prams",
    "Stairs to the fort open after forty years",
    "Lost property office thanks honest finders",
    "Airfield marks a meadow for kites",
    "Bakers of Lime Street bake together",
    "Canal lamps shine without a flicker",
)
"""Titles besides the tests' own fourteen."""

MOST_MS, MOST_FIRST_MS = 400.0, 1_000.0

CHANGED = """async ([act, id, text]) => {
  const shown = () => Number(document.querySelector('iframe.shown').dataset.revision ?? 0);
  const before = shown(), start = performance.now();
  const element = document.getElementById(id);
  if (act === 'type') {
    element.value = text;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  } else element.click();
  await new Promise((done) => {
    const look = () => (shown() > before ? done() : requestAnimationFrame(look));
    look();
  });
  return performance.now() - start;
}"""
FIRST = """() => new Promise((done) => {
  const frame = document.querySelector('iframe.shown');
  const tell = () => done(performance.now());
  const page = frame.contentDocument;
  if (page?.readyState === 'complete' && page.body.textContent.trim()) tell();
  else frame.addEventListener('load', tell, { once: true });
})"""


def telling(count: int, candidates: int) -> dict[str, list[str]]:
    """Return titles for both sections, `count` of them to be shown and the others weighed."""
    titles = [*STORIES["port"], *STORIES["city"], *MORE]
    dice = Random(count)
    while len(titles) < count + candidates:
        titles.append(" ".join(["".join(dice.choices("aeioubdfgklmnprst", k=7)).title() for _ in range(5)]))
    titles = titles[: count + candidates]
    return {"port": titles[::2], "city": titles[1::2]}


def p95(values: Sequence[float]) -> float:
    """Return the value that one in twenty passes."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def told(name: str, values: Sequence[float], bound: float) -> bool:
    """Print a row; tell whether it holds."""
    found = p95(values)
    row = f"{name:28} n {len(values):3}  p50 {statistics.median(values):4.0f} ms"
    print(f"{row}  p95 {found:4.0f} ms  worst {max(values):4.0f} ms  bound {bound:.0f} ms")
    return found <= bound


def changes(page: Page, opened: Open, count: int) -> tuple[list[float], list[float]]:
    """Return how long typing and moving took to show."""
    typed, moved = [], []
    item = opened.edition.sections[0].items[0].article
    page.evaluate(CHANGED, ["type", "subject", "Warm"])
    for number in range(count):
        text = f"A subject of the desk, written anew for the {number}th time"
        typed.append(page.evaluate(CHANGED, ["type", "subject", text]))
        way = "down" if number % 2 == 0 else "up"
        moved.append(page.evaluate(CHANGED, ["click", f"{way}-{item}", ""]))
    return typed, moved


def main() -> int:
    """Measure and hold the figures to their bounds."""
    asked = argparse.ArgumentParser(description="From a change at the desk to its preview.")
    asked.add_argument("--changes", type=int, default=40)
    asked.add_argument("--stories", type=int, default=20, choices=range(4, 61), metavar="4..60")
    asked.add_argument("--candidates", type=int, default=0)
    asked.add_argument("--before", default="", help="a commit whose build takes turns with this one")
    asked.add_argument("--before-python", default=sys.executable, help="with what that build needs")
    given = asked.parse_args()
    if given.before:
        is_met = race(
            given.before,
            given.before_python,
            stories=given.stories,
            others=given.candidates,
            changes=given.changes,
        )
        return 0 if is_met else 1
    stories = telling(given.stories, given.candidates)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with (
            at_work(written(Path(folder), stories=stories, most=max(12, given.stories // 2))) as opened,
            browser() as chromium,
        ):
            context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            logged_in(context, opened)
            desk = DeskPage(context.new_page(), opened)
            first = []
            for _ in range(11):
                desk.page.goto(opened.url + PAGE, wait_until="commit")
                desk.page.wait_for_selector("iframe.shown", state="attached")
                first.append(desk.page.evaluate(FIRST))
            desk.go()
            typed, moved = changes(desk.page, opened, given.changes)
            context.close()
            load = os.getloadavg()[0]
            print(f"{len(opened.edition.items)} stories, {os.cpu_count()} cores, load {load:.1f}")
    holds = [
        told("first preview, warm", first[1:], MOST_FIRST_MS),
        told("typing to its preview", typed, MOST_MS),
        told("moving to its preview", moved, MOST_MS),
    ]
    print(f"{'first preview, cold':28} {first[0]:4.0f} ms")
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
