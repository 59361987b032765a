"""Every template in every content: rendered once, then looked at by all that looks at mails."""

from __future__ import annotations

import re

import pytest
from lxml import html as parser
from playwright.sync_api import Browser

from digest.rendering.checks.findings import Level
from digest.rendering.checks.mail import check_message
from digest.rendering.environment import Templates
from digest.rendering.phrases import direction
from tests.rendering.browser import CHROMIUM
from tests.rendering.checks.test_by_others import sent
from tests.rendering.matrix.contents import CONTENTS, TEXTS
from tests.rendering.wording.test_languages import ENGLISH, SHARED
from tests.requiring import needed

TEMPLATES = Templates().names()
MOST_BYTES_OF_SIXTY = 55_000
MOST_STYLE = 8_191
PLACES = """() => [...document.images].filter(one => one.getClientRects().length).map(one => ({
  asked: one.height ? one.getAttribute('width') / one.getAttribute('height') : 0,
  given: one.clientHeight ? one.clientWidth / one.clientHeight : 0,
  cropped: one.parentElement.className === 'crop' || getComputedStyle(one).objectFit === 'cover',
}))"""
CUT_OFF = """() => [...document.querySelectorAll('td, p, h1, h2, h3')].filter(
  one => one.offsetParent !== null && one.scrollWidth > one.clientWidth + 1
).map(one => one.className)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("content", list(CONTENTS))
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_passes_every_check_with_every_content(template: str, content: str) -> None:
    mail = CONTENTS[content](template).render()
    page = parser.document_fromstring(mail.html)

    found = check_message(sent(mail), with_spam=False)

    assert [str(one) for one in found if one.level is not Level.NOTE] == []
    assert all(len(block.text or "") <= MOST_STYLE for block in page.iter("style"))
    assert "\u200b" not in mail.html + mail.text
    for picture in page.iter("img"):
        assert picture.get("width"), picture.attrib
        assert picture.get("height"), picture.attrib
        assert picture.get("alt") is not None
        assert str(picture.get("src")).startswith("https://")
    if content in TEXTS:
        assert (page.get("lang"), page.get("dir")) == (content, direction(content))
        body = re.sub(r"<[^>]*>|The Wire", " ", mail.html.partition("<body")[2])
        assert {word.casefold() for word in ENGLISH.findall(body)} <= SHARED.get(content, set())
        assert 'lang="en"' not in mail.html
        assert all(headline in mail.text.replace("\n", " ") for headline, _ in TEXTS[content][1:])
    if content == "sixty":
        assert len(mail.html.encode()) <= MOST_BYTES_OF_SIXTY


@pytest.mark.parametrize("template", TEMPLATES)
def test_pictures_are_cropped_at_their_point_and_say_nothing_twice(template: str) -> None:
    html = CONTENTS["pictures"](template).render().html

    shown = set(re.findall(r"/(\d)\.\w+", " ".join(re.findall(r'<img[^>]* src="([^"]*)"', html))))
    assert shown.isdisjoint("56")
    if "1" in shown:
        assert re.search(r"<img[^>]*1\.jpg[^>]*object-position:50% 10%", html)
    if "4" in shown:
        assert re.search(r'<img[^>]*4\.gif" alt=""', html)


@pytest.mark.chromium
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_first_paint_without_pictures_is_whole(chromium: Browser, template: str) -> None:
    """Narrow, pictures blocked: nothing sideways, nothing cut off, every picture's place kept."""
    needed(CHROMIUM.exists(), f"{CHROMIUM} is not installed: apt-get install chromium")
    context = chromium.new_context(viewport={"width": 320, "height": 900}, offline=True)
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())

    for content, sample in CONTENTS.items():
        page.set_content(sample(template).render().html, wait_until="load")

        assert page.evaluate(OVERFLOW) <= 0, content
        assert page.evaluate(CUT_OFF) == [], content
        assert page.inner_text("body").strip(), content
        for place in page.evaluate(PLACES):
            assert place["given"] > 0, (content, place)
            if not place["cropped"]:
                assert place["given"] == pytest.approx(place["asked"], rel=0.1), (content, place)
    context.close()
