"""What a reader sees, measured in a real browser."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from digest.rendering.colors import Color, contrast
from digest.rendering.renderer import Renderer
from digest.rendering.theme import derive
from tests.rendering import editions
from tests.rendering.browser import opened
from tests.rendering.samples import SAMPLES

pytestmark = pytest.mark.chromium

WIDTHS = (320, 375, 600, 800)
_STYLES = re.compile(r"(?<!</xml>)<style>.*?</style>", re.DOTALL)

# Every visible text with its colour, the colour behind it and its size.
TEXTS = """() => {
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (color !== 'rgba(0, 0, 0, 0)') return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    const style = getComputedStyle(element);
    if (text && element.offsetParent !== null)
      found.push({text, color: style.color, paper: behind(element), size: parseFloat(style.fontSize)});
  }
  return found;
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """() => [...document.querySelectorAll('td, p, h1, h2, h3')].filter(
  element => element.offsetParent !== null && element.scrollWidth > element.clientWidth + 1
).map(element => element.className)"""


def html_of(name: str) -> str:
    return SAMPLES[name]().render().html


def color(css: str) -> Color:
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", css)[:3])
    return Color(red, green, blue)


def texts(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(TEXTS)
    assert found
    return found


def overflows(page: Page) -> dict[int, int]:
    """Return by how many pixels the page is too wide, at the widths where it is."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(OVERFLOW)
    return {width: extra for width, extra in found.items() if extra > 0}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_nothing_scrolls_sideways(chromium: Browser, name: str) -> None:
    with opened(chromium, html_of(name), width=800) as page:
        assert overflows(page) == {}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_without_its_style_blocks_it_still_fits_and_says_the_same(chromium: Browser, name: str) -> None:
    html = html_of(name)
    bare = _STYLES.sub("", html)
    assert bare != html

    with opened(chromium, bare, width=800) as page:
        assert overflows(page) == {}
        said = page.inner_text("body")
    with opened(chromium, html, width=800) as page:
        assert page.inner_text("body") == said


@pytest.mark.parametrize(
    "name",
    [
        "full",
        "arabic",
        "japanese",
        "german",
        "hostile",
        "brief",
        "brief-hostile",
        "bulletin",
        "bulletin-arabic",
        "gallery",
        "gallery-hostile",
        "letter",
        "weekly",
    ],
)
def test_at_twice_the_text_size_nothing_is_lost(chromium: Browser, name: str) -> None:
    with opened(chromium, html_of(name), width=375, text_scale=2) as page:
        assert page.evaluate(CUT_OFF) == []
        assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize(
    "name",
    [
        "full",
        "arabic",
        "long",
        "brief",
        "bulletin",
        "bulletin-logo",
        "gallery",
        "gallery-bare",
        "letter",
        "weekly",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_legible(chromium: Browser, name: str, scheme: Literal["light", "dark"]) -> None:
    with opened(chromium, html_of(name), width=375, scheme=scheme) as page:
        for found in texts(page):
            ink, paper = color(found["color"]), color(found["paper"])

            assert contrast(ink, paper) >= 4.5, found
            if scheme == "light":
                assert contrast(ink.inverted, paper.inverted) >= 4.5, found


@pytest.mark.parametrize("name", ["full", "brief", "bulletin", "gallery", "letter", "weekly"])
def test_dark_is_really_dark(chromium: Browser, name: str) -> None:
    dark = derive({}).dark

    with opened(chromium, html_of(name), width=375, scheme="dark") as page:
        found = [text for text in texts(page) if str(color(text["paper"])) != dark.fill]

    assert {str(color(text["paper"])) for text in found} == {dark.paper}
    assert {str(color(text["color"])) for text in found} == {dark.ink, dark.muted, dark.accent}
    assert Color.parse(dark.paper).luminance < 0.02


def test_the_button_turns_with_the_rest(chromium: Browser) -> None:
    html = Renderer(editions.SITE).render(editions.plain_edition(200), editions.newsletter()).html

    with opened(chromium, html, width=375, scheme="dark") as page:
        (button,) = [found for found in texts(page) if "more stories" in found["text"]]

    assert str(color(button["paper"])) == derive({}).dark.fill
    assert contrast(color(button["color"]), color(button["paper"])) >= 4.5


@pytest.mark.parametrize(
    "name", ["full", "brief", "bulletin", "gallery", "gallery-bare", "letter", "weekly"]
)
def test_outlooks_own_dark_mode_is_dark_too(chromium: Browser, name: str) -> None:
    html = html_of(name).replace("<body ", "<body data-ogsc='' data-ogsb='' ", 1)
    inside = html.replace('<div class="p" ', '<div data-ogsc="" data-ogsb=""><div class="p" ', 1)

    with opened(chromium, inside, width=375) as page:
        found = texts(page)

    assert {str(color(text["color"])) for text in found} <= {
        derive({}).dark.ink,
        derive({}).dark.muted,
        derive({}).dark.accent,
        derive({}).dark.on_fill,
    }


@pytest.mark.parametrize(
    ("name", "desktop", "phone"),
    [
        ("full", {34, 28, 20, 17, 13}, {34, 28, 24, 20, 17, 13}),
        ("brief", {28, 20, 17, 13}, {24, 20, 17, 13}),
        ("bulletin", {34, 20, 17, 13}, {28, 20, 17, 13}),
    ],
)
def test_few_sizes_with_big_steps(chromium: Browser, name: str, desktop: set[int], phone: set[int]) -> None:
    with opened(chromium, html_of(name), width=800) as page:
        assert {found["size"] for found in texts(page)} == desktop
    with opened(chromium, html_of(name), width=375) as page:
        assert {found["size"] for found in texts(page)} == phone


def test_all_of_a_button_can_be_pressed_and_outlook_pads_its_cell(chromium: Browser) -> None:
    html = html_of("bulletin")

    with opened(chromium, html, width=375) as page:
        cell, link = (
            page.eval_on_selector(f".button{inner}", "one => [one.offsetWidth, one.offsetHeight]")
            for inner in ("", " a")
        )

    assert cell == link
    assert link[1] >= 44
    assert "mso-padding-alt:13px 24px" in html


def test_the_preheader_is_not_seen(chromium: Browser) -> None:
    sample = SAMPLES["full"]()

    with opened(chromium, sample.render().html, width=375) as page:
        assert sample.edition.preheader in page.content()
        assert sample.edition.preheader not in page.inner_text("body")


def test_pictures_fill_the_column_and_never_more(chromium: Browser) -> None:
    with opened(chromium, html_of("full"), width=800) as page:
        widths = page.eval_on_selector_all("img", "all => all.map(one => one.clientWidth)")
        page.set_viewport_size({"width": 375, "height": 900})
        narrow = page.eval_on_selector_all("img", "all => all.map(one => one.clientWidth)")

    assert widths == [600, 600]
    assert narrow == [335, 335]


@pytest.mark.parametrize("name", ["full", "logo", "bulletin", "bulletin-logo", "gallery", "gallery-brand"])
def test_with_pictures_off_their_words_stand_in(chromium: Browser, name: str) -> None:
    with opened(chromium, html_of(name), width=375, images=False) as page:
        assert overflows(page) == {}
        alts = page.eval_on_selector_all("img", "all => all.map(one => one.alt)")

    assert alts
    assert all(alts)


def test_a_logo_stays_legible_in_the_dark(chromium: Browser) -> None:
    with opened(chromium, html_of("logo"), width=375, scheme="dark") as page:
        plate = page.eval_on_selector(".logo", "one => getComputedStyle(one).backgroundColor")

    assert str(color(plate)) == derive({}).light.paper
