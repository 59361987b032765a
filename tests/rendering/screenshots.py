"""Write pictures of samples, phone and desktop, light and dark.

`python -m tests.rendering.screenshots [FOLDER [SAMPLE …]]`
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from tests.rendering.browser import browser, opened
from tests.rendering.samples import SAMPLES

WIDTHS = {"phone": 375, "desktop": 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def write(folder: Path, names: list[str]) -> None:
    """Write `<sample>-<phone|desktop>-<light|dark>.png` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        for name in names:
            html = SAMPLES[name]().render().html
            for device, width in WIDTHS.items():
                for scheme in SCHEMES:
                    with opened(chromium, html, width=width, scheme=scheme) as page:
                        page.screenshot(path=folder / f"{name}-{device}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    target, *wanted = sys.argv[1:] or ["docs/screenshots"]
    write(Path(target), wanted or ["full"])
