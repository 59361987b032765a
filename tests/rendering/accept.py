"""Accept the rendered samples as the golden mails: `python -m tests.rendering.accept [SAMPLE …]`.

Open tests/golden/*.html in a browser and read `git diff tests/golden` before committing what it wrote.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.rendering.samples import SAMPLES

GOLDEN = Path(__file__).parent.parent / "golden"


def parts(name: str) -> dict[str, str]:
    """Return the files of one sample: `<name>.html` and `<name>.txt`, the subject as the latter's head."""
    rendered = SAMPLES[name]().render()
    return {f"{name}.html": rendered.html, f"{name}.txt": f"Subject: {rendered.subject}\n\n{rendered.text}"}


def accept(names: list[str]) -> None:
    """Write the golden files of these samples."""
    GOLDEN.mkdir(exist_ok=True)
    for name in names:
        for file, text in parts(name).items():
            (GOLDEN / file).write_bytes(text.encode())


if __name__ == "__main__":
    accept(sys.argv[1:] or sorted(SAMPLES))
