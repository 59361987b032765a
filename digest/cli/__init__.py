"""The command line: thin faces over the job; results on stdout, everything else on stderr."""

from __future__ import annotations

from digest.cli.app import main

__all__ = ["main"]
