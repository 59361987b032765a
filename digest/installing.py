"""How this installation is called, and an extra added to it: from its checkout, its wheel, or an index.

docs/installing.md is the page; whatever misses an extra says the line of `install_line`.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from collections.abc import Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

PACKAGE = "newsroom-digest"
PAGE = "docs/installing.md"


def install_line(extra: str) -> str:
    """Return the shell line that adds an extra to the environment that runs now.

    Source: PEP 610, `direct_url.json`: what a package was installed from, if not from an index.
    """
    return shlex.join([*_installer(), *_what(f"{PACKAGE}[{extra}]", f"[{extra}]", _origin())])


def program() -> tuple[str, ...]:
    """Return the words that call this very installation from anywhere."""
    beside = Path(sys.executable).parent / "digest"
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "digest")


def as_typed() -> str:
    """Return what calls it from this shell: `digest` where that leads here, else its whole path."""
    words = program()
    found = shutil.which("digest")
    if found is not None and Path(found).absolute() == Path(words[0]):
        return "digest"
    return shlex.join(words)


def _installer() -> list[str]:
    """Return the command that installs here: uv makes environments without pip."""
    if find_spec("pip") is None:
        return ["uv", "pip", "install", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install"]


def _origin() -> dict[str, object]:
    try:
        text = metadata.distribution(PACKAGE).read_text("direct_url.json")
        found = json.loads(text) if text else {}
    except (metadata.PackageNotFoundError, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _what(wanted: str, extra: str, origin: Mapping[str, object]) -> list[str]:
    """Return what is to be installed; a checkout or wheel that is gone is asked for by its name alone."""
    url = str(origin.get("url", ""))
    parts = urlsplit(url)
    repository = origin.get("vcs_info")
    if isinstance(repository, dict):
        return [f"{wanted} @ {repository.get('vcs', 'git')}+{url}@{repository.get('commit_id', 'HEAD')}"]
    if parts.scheme != "file":
        return [f"{wanted} @ {url}" if url else wanted]
    path = Path(unquote(parts.path))
    if not path.exists():
        return [f"./{path.name}{extra}" if path.suffix == ".whl" else f".{extra}"]
    folder = origin.get("dir_info")
    is_editable = isinstance(folder, dict) and bool(folder.get("editable"))
    return [*(["-e"] if is_editable else []), f"{path}{extra}"]
