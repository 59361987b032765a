"""What `make screenshots` writes besides: other programs' pictures, blocks, and sheets of all languages."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from digest.model import RenderedEdition, TokenText
from digest.rendering.environment import BLOCKS, Templates
from digest.rendering.phrases import languages
from digest.rendering.renderer import Renderer
from tests.rendering import editions
from tests.rendering.browser import opened
from tests.rendering.checks.test_by_others import VALUES as READER
from tests.rendering.clients.programs import installed
from tests.rendering.matrix.contents import translated
from tests.rendering.samples import SAMPLES

QUALITY = 60
SHEET_QUALITY = 35
SMALL = 330
CELL, CELL_HEIGHT = 200, 430
MARK = '<tr><td id="{0}"></td></tr>\n'
BETWEEN = """([from, to]) => {
  const [top, bottom] = [from, to].map(name => document.getElementById(name).getBoundingClientRect());
  return {x: 0, y: Math.max(0, top.bottom - 10), width: innerWidth, height: bottom.top - top.bottom + 20};
}"""


def webp(page: Page, clip: dict[str, float], *, scale: float = 1, quality: int = QUALITY) -> bytes:
    """Return part of the page, in CSS pixels, as WebP."""
    session = page.context.new_cdp_session(page)
    asked = {"format": "webp", "quality": quality, "captureBeyondViewport": True}
    answer = session.send("Page.captureScreenshot", {**asked, "clip": {**clip, "scale": scale}})
    return base64.b64decode(answer["data"])


def filled(html: str) -> str:
    """Return a page as one reader has it: no picture shows a token."""
    tokens = TokenText.split(html)
    return tokens.join({name: READER.get(name, "") for name in tokens.names})


def mail_in(template: str, overrides: Path | None = None) -> RenderedEdition:
    """Return the full sample in a template."""
    sample = SAMPLES["full"]()
    newsletter = replace(sample.newsletter, template=template)
    return Renderer(editions.SITE, overrides=overrides).render(sample.edition, newsletter)


def blocks(chromium: Browser, folder: Path) -> None:
    """Write a small picture of each block of each template: `<template>-<block>.webp`."""
    folder.mkdir(parents=True, exist_ok=True)
    for template in Templates().names():
        with TemporaryDirectory() as site:
            _mark(Path(site), template)
            html = filled(mail_in(template, Path(site)).html)
        with opened(chromium, html, width=640) as page:
            for block in BLOCKS:
                clip = page.evaluate(BETWEEN, [block, f"{block}-end"])
                picture = webp(page, {**clip, "height": min(clip["height"], 900)}, scale=0.5)
                (folder / f"{template}-{block}.webp").write_bytes(picture)


def _mark(site: Path, template: str) -> None:
    """Write an override that stands a mark before and after each block, and else changes nothing."""
    marked = "".join(
        f"{{% block {block} %}}{MARK.format(block)}{{{{ super() }}}}"
        f"{MARK.format(f'{block}-end')}{{% endblock %}}\n"
        for block in BLOCKS
    )
    (site / f"{template}.html").write_text(f'{{% extends "builtin/{template}.html" %}}\n{marked}')


def others(chromium: Browser, folder: Path, write_mail: Iterator[tuple[str, str, bytes]]) -> None:
    """Write what each installed program shows of each template: `<template>-<program>.webp` or `.txt`.

    Args:
        write_mail: the templates' names, each with its HTML part and the whole mail.
    """
    folder.mkdir(parents=True, exist_ok=True)
    programs = list(installed())
    for template, html, raw in write_mail:
        for program in programs:
            with TemporaryDirectory() as place:
                (Path(place) / "mail.html").write_text(filled(html), encoding="utf-8")
                (Path(place) / "mail.eml").write_bytes(raw)
                shown = Path(place) / f"shown.{program.ending}"
                program.show(Path(place), shown)
                target = folder / f"{template}-{program.name}"
                if program.ending == "txt":
                    target.with_suffix(".txt").write_bytes(shown.read_bytes())
                else:
                    target.with_suffix(".webp").write_bytes(shrunk(chromium, shown.read_bytes()))


def shrunk(chromium: Browser, png: bytes) -> bytes:
    """Return a picture narrow, as WebP."""
    source = base64.b64encode(png).decode()
    context = chromium.new_context(viewport={"width": SMALL, "height": 700}, device_scale_factor=1)
    try:
        page = context.new_page()
        page.set_content(
            "<style>body{margin:0}img{width:100%;display:block}</style>"
            f'<img src="data:image/png;base64,{source}">'
        )
        height = page.evaluate("() => document.querySelector('img').getBoundingClientRect().height")
        return webp(page, {"x": 0, "y": 0, "width": SMALL, "height": height})
    finally:
        context.close()


def contact_sheets(chromium: Browser, folder: Path) -> None:
    """Write one picture for each template, in which its mail stands small in every language."""
    folder.mkdir(parents=True, exist_ok=True)
    for template in Templates().names():
        cells = "".join(_cell(chromium, template, language) for language in sorted(languages()))
        context = chromium.new_context(viewport={"width": 1320, "height": 900}, device_scale_factor=1)
        page = context.new_page()
        page.set_content(
            "<style>body{margin:10px;font:14px sans-serif;display:flex;flex-wrap:wrap;gap:14px}"
            f"figure{{margin:0}}img{{width:{CELL}px;height:{CELL_HEIGHT}px;border:1px solid #bbb}}</style>"
            + cells
        )
        size = page.evaluate("() => document.documentElement.scrollHeight")
        whole: dict[str, float] = {"x": 0, "y": 0, "width": 1320, "height": size}
        picture = webp(page, whole, quality=SHEET_QUALITY)
        (folder / f"{template}.webp").write_bytes(picture)
        context.close()


def _cell(chromium: Browser, template: str, language: str) -> str:
    html = filled(translated(language, template).render().html)
    with opened(chromium, html, width=375) as page:
        height = CELL_HEIGHT * 375 / CELL
        small = webp(page, {"x": 0, "y": 0, "width": 375, "height": height}, scale=CELL / 375)
    source = base64.b64encode(small).decode()
    image = f'<img src="data:image/webp;base64,{source}">'
    return f"<figure><figcaption>{escape(language)}</figcaption>{image}</figure>"
