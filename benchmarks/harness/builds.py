"""Two builds of the product side by side: this one, and one from the history."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BEFORE = "b7b8268"
"""Before writers had a queue, and the ledger wrote ranges."""


@dataclass(frozen=True, slots=True)
class Build:
    """A tree of the product's source, and a Python that has what it needs.

    Attributes:
        environment: beside this process's own.
    """

    name: str
    folder: Path
    python: str = sys.executable

    @property
    def environment(self) -> Mapping[str, str]:
        """Return this process's environment, with this tree before any installed one.

        Modules are compiled once and kept, as an installed package's are, but outside of the tree.
        """
        left_out = ("DIGEST_", "PYTHONDONTWRITEBYTECODE")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
        compiled = str(Path(tempfile.gettempdir()) / f"compiled-for-benchmarks-{os.getuid()}")
        own = {"PYTHONPATH": str(self.folder), "PYTHONSAFEPATH": "1", "PYTHONPYCACHEPREFIX": compiled}
        return {**kept, **own}

    def command(self, *words: str) -> list[str]:
        """Return the words that run one of its commands."""
        return [self.python, "-m", "digest", *words]

    def run(self, *words: str, cwd: Path | None = None) -> str:
        """Run Python with these words and return what it says on stdout.

        Raises:
            CalledProcessError: it failed.
        """
        done = subprocess.run(
            [self.python, *words],
            cwd=cwd,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def check(self) -> None:
        """Return if Python loads the product from this tree.

        Raises:
            SystemExit: it loads another, or can't.
        """
        found = self.run("-c", "import digest; print(digest.__file__)").strip()
        if not Path(found).is_relative_to(self.folder):
            raise SystemExit(f"{self.name}: {self.python} loads {found}")


THIS = Build("this build", ROOT)


@contextmanager
def from_history(commit: str, python: str = sys.executable, *, ours: Sequence[str] = ()) -> Iterator[Build]:
    """Yield the build of a commit, in a folder of its own.

    Args:
        ours: files that it gets from this build, by their paths in the tree: what measures both alike.
        python: of an environment that has what that build depends on; ours where that has not changed.

    Raises:
        SystemExit: there is no such commit here.
    """
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        raise SystemExit(f"the build before can't be had: {packed.stderr.decode().strip()}")
    with tempfile.TemporaryDirectory(prefix="before-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        for name in ours:
            shutil.copy(ROOT / name, Path(folder) / name)
        build = Build(f"build of {commit}", Path(folder), python)
        build.check()
        yield build
