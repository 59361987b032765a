"""A day, done once before the first fork (`tests/forking.py`): who is forked has met all of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from digest.dispatch import crashpoints
from tests.journeys.desk import AT_SEND, Folder

with tempfile.TemporaryDirectory(prefix="digest-forked-") as _place:
    Folder(Path(_place)).ready(readers=1)("run", "morning", now=AT_SEND)

# Who is forked counts its own steps.
crashpoints.POINTS.passed = 0
