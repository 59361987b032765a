"""Lighthouse on the desk's pages: performance, accessibility and best practices, each held to a floor.

    (cd benchmarks/node && npm ci)
    python -m benchmarks.web.lighthouse [PAGE …]

It opens a desk of its own with an edition of fourteen stories, drafted and then sent, logs in, and lets
Lighthouse look at every page with Debian's Chromium. It fails where a page is under a floor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from digest.day import job
from tests.web.desk.test_pages_in_chromium import PAGES
from tests.web.newsroom import KEY, SEND_TIME, Open, at_work, written

CHROMIUM = Path("/usr/bin/chromium")
PROGRAM = Path(__file__).parent.parent / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
FLOORS = {"performance": 0.98, "accessibility": 1.0, "best-practices": 1.0}
REFUSED = {"error", "no reader"}
"""Pages that say no: Lighthouse looks at none that is answered with 404."""
DRAFT = {"login": "/desk/login"} | {name: path for name, path in PAGES.items() if name not in REFUSED}
SENT = {f"sent {name}": PAGES[name] for name in ("today", "edition", "results", "correct", "runs", "log")}


def scores(url: str, cookie: str, report: Path) -> dict[str, Any]:
    """Return Lighthouse's report of a page; an empty cookie for nobody's login."""
    command = [
        "node",
        str(PROGRAM),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(FLOORS)}",
        "--preset=desktop",
        "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic",
    ]
    if cookie:
        command.append(f"--extra-headers={json.dumps({'Cookie': f'desk={cookie}'})}")
    environ = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    subprocess.run(command, check=True, env=environ, timeout=240)
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def look(opened: Open, pages: dict[str, str], wanted: set[str]) -> bool:
    """Print each page's scores and what costs it some; tell whether all floors hold."""
    holds = True
    for name, path in pages.items():
        if wanted and name not in wanted:
            continue
        cookie = "" if name == "login" else opened.cookie()
        with tempfile.TemporaryDirectory() as scratch:
            report = scores(opened.url + path, cookie, Path(scratch) / "report.json")
        got = {key: report["categories"][key]["score"] for key in FLOORS}
        is_good = all((got[key] or 0.0) >= floor for key, floor in FLOORS.items())
        holds = holds and is_good
        print(f"{name:18}", "  ".join(f"{key} {score}" for key, score in got.items()), flush=True)
        if not is_good:
            for audit in report["audits"].values():
                if (
                    audit["score"] is not None
                    and audit["score"] < 0.9
                    and audit["scoreDisplayMode"] != "informative"
                ):
                    print(f"    {audit['id']}: {audit['score']} {audit.get('displayValue', '')}")
    return holds


def main() -> int:
    """Look at the pages named, or at all of them."""
    if not PROGRAM.is_file() or not CHROMIUM.is_file():
        print("Lighthouse or Chromium is missing: (cd benchmarks/node && npm ci); apt-get install chromium")
        return 69
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with at_work(written(Path(folder))) as opened:
            holds = look(opened, DRAFT, wanted)
            job.approve(opened.desk.parts("morning"), KEY, by="amina", now=opened.clock())
            opened.clock.now = SEND_TIME
            opened.desk.courier.look_once()
            holds = look(opened, SENT, wanted) and holds
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
