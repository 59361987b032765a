"""The desk's pages on a phone, in a language of long words and in one from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.desk.desk_page import tab
from tests.web.desk.letter.full_draft import a_full_draft
from tests.web.desk.test_pages_in_chromium import FULL, OPEN
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_page_is_wider_than_a_phone_in_long_words_or_from_right_to_left(
    chromium: Browser, opened: Open, language: str
) -> None:
    wide = {}
    a_full_draft(opened)
    with tab(chromium, opened, width=320, is_still=True) as desk:
        desk.page.set_extra_http_headers({"accept-language": language})
        for name, path in FULL.items():
            desk.go(path)
            if name == "looks":
                expect(desk.page.locator("#told table")).to_have_count(1)
            desk.page.evaluate(OPEN)
            reach = desk.page.evaluate("() => document.documentElement.scrollWidth")
            if reach > 320:
                wide[name] = reach

    assert wide == {}


TORN = """() => [...document.querySelectorAll('.steps *, nav a, .counts dt, .kicker')].flatMap(cell => {
  const torn = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
    const range = document.createRange();
    range.setStart(walk.currentNode, word.index);
    range.setEnd(walk.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].filter(one => one.width > 1).map(one => one.top)).size > 1)
      torn.push(word[0]);
  }
  return torn;
})"""
SMALL = """() => [...document.querySelectorAll('a[href], button, select, summary, input')]
  .filter(one => one.type !== 'hidden')
  .filter(one => one.checkVisibility({ visibilityProperty: true }))
  .filter(one => !(one.tagName === 'A' && getComputedStyle(one).display === 'inline'))
  .map(one => ['checkbox', 'radio'].includes(one.type) ? one.closest('label') ?? one : one)
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)}: ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("language", ["de", "sw", "ar"])
def test_no_word_is_torn_and_nothing_is_too_small_to_be_hit_on_a_phone(
    chromium: Browser, opened: Open, language: str
) -> None:
    """WCAG 2.5.8: 24 CSS pixels each way, but for links in a line of text."""
    torn: dict[str, list[str]] = {}
    small: dict[str, list[str]] = {}
    a_full_draft(opened)
    with tab(chromium, opened, width=320, is_still=True) as desk:
        desk.page.set_extra_http_headers({"accept-language": language})
        for name, path in FULL.items():
            desk.go(path)
            desk.page.evaluate(OPEN)
            torn |= {name: found} if (found := desk.page.evaluate(TORN)) else {}
            small |= {name: found} if (found := desk.page.evaluate(SMALL)) else {}

    assert torn == {}
    assert small == {}
