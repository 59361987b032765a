"""The two streams as rich sees them: results on one, everything else on the other."""

from __future__ import annotations

from rich.console import Console

errors = Console(stderr=True, highlight=False)
output = Console(highlight=False, soft_wrap=True)
if not output.is_terminal:
    output.width = 180
