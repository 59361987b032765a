"""Write pictures of samples, phone and desktop, light and dark.

`python -m tests.rendering.screenshots [FOLDER [SAMPLE …]]`; without a sample, those of the documentation.
Without a folder, all of the documentation's pictures; any of `screenshots`, `blocks`, `languages` and
`clients` makes those alone.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from digest.rendering.environment import Templates
from tests.rendering.browser import browser, opened
from tests.rendering.checks.test_by_others import sent
from tests.rendering.clients import sheets
from tests.rendering.samples import SAMPLES

WIDTHS = {"phone": 375, "desktop": 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SHOWN = {
    "full": "broadsheet",
    **{name: name for name in ("brief", "bulletin", "gallery", "letter", "weekly", "arabic")},
}
PARTS = ("screenshots", "blocks", "languages", "clients")
"""The folders of the documentation's pictures."""
TALLEST = 1100
QUALITY = 72


def write(folder: Path, names: dict[str, str], tallest: int | None = None) -> None:
    """Write `<name>-<phone|desktop>-<light|dark>.webp` into `folder`.

    Args:
        names: what each sample's pictures are called.
        tallest: in CSS pixels; longer mails are cut off there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        for sample, name in names.items():
            html = sheets.filled(SAMPLES[sample]().render().html)
            for device, width in WIDTHS.items():
                for scheme in SCHEMES:
                    with opened(chromium, html, width=width, scheme=scheme) as page:
                        picture = photographed(page, width, tallest)
                    (folder / f"{name}-{device}-{scheme}.webp").write_bytes(picture)


def photographed(page: Page, width: int, tallest: int | None) -> bytes:
    """Return the page as WebP; Playwright itself knows only PNG and JPEG, which are four times larger."""
    height = page.evaluate("() => document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, tallest or height), "scale": 1}
    session = page.context.new_cdp_session(page)
    answer = session.send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip},
    )
    return base64.b64decode(answer["data"])


def write_documentation(folder: Path, parts: Iterable[str] = PARTS) -> None:
    """Write what the documentation shows: samples, blocks, sheets of all languages, other programs."""
    wanted = set(parts)
    if "screenshots" in wanted:
        write(folder / "screenshots", SHOWN, TALLEST)
    with browser() as chromium:
        if "blocks" in wanted:
            sheets.blocks(chromium, folder / "blocks")
        if "languages" in wanted:
            sheets.contact_sheets(chromium, folder / "languages")
        if "clients" in wanted:
            mails = {name: sheets.mail_in(name) for name in Templates().names()}
            shown = ((name, mail.html, sent(mail)) for name, mail in mails.items())
            sheets.others(chromium, folder / "clients", shown)


if __name__ == "__main__":
    if sys.argv[1:] and set(sys.argv[1:]) <= set(PARTS):
        write_documentation(Path("docs"), sys.argv[1:])
    elif sys.argv[1:]:
        target, *wanted = sys.argv[1:]
        write(Path(target), {name: name for name in wanted} or SHOWN, None if wanted else TALLEST)
    else:
        write_documentation(Path("docs"))
