"""Data of others that lies outside of the project: tests that look at it are skipped where it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def outside(path: str) -> Path:
    """Return where a file or folder of the data lies, or would lie.

    Args:
        path: in the folder that DIGEST_TEST_DATA names, else in `shared` beside the project.
    """
    return Path(os.environ.get("DIGEST_TEST_DATA") or ROOT.parent / "shared") / path


def only_with(path: str) -> pytest.MarkDecorator:
    """Return the mark of a test that needs this part of the data."""
    return pytest.mark.skipif(
        not outside(path).exists(),
        reason=f"no {path} among other people's data: DIGEST_TEST_DATA names their folder",
    )
