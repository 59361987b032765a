"""Programs from npm, as `sh tests/servers.sh` installs them into tests/node/node_modules."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.requiring import needed

MODULES = Path(__file__).parents[2] / "node" / "node_modules"


def module(name: str) -> Path:
    """Return the folder of a package; skip the test where it is not installed."""
    folder = MODULES / name
    needed(folder.is_dir(), f"{name} from npm is not installed: sh tests/servers.sh")
    return folder


def validated(pages: dict[str, str], rules: dict[str, str], scratch: Path) -> dict[str, set[str]]:
    """Return which rules of html-validate each page breaks, by its name.

    Args:
        rules: severities by rule, besides the recommended ones.
        scratch: a folder for the pages and the report.
    """
    program = module("html-validate") / "bin" / "html-validate.mjs"
    needed(shutil.which("node"), "node is not installed: apt-get install nodejs")
    config, report = scratch / "config.json", scratch / "report.json"
    presets = ["html-validate:recommended", "html-validate:document"]
    config.write_text(json.dumps({"root": True, "extends": presets, "rules": rules}))
    for name, page in pages.items():
        (scratch / f"{name}.html").write_text(page, encoding="utf-8")
    files = [str(scratch / f"{name}.html") for name in pages]
    command = ["node", str(program), "-c", str(config), "-f", f"json={report}", *files]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    answer: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))
    return {
        Path(one["filePath"]).stem: {message["ruleId"] for message in one["messages"]} for one in answer
    }
