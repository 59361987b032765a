"""Words that a page keeps from readers' eyes are none of the article's, whatever a framework calls them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.sources.pages.extraction import extract
from digest.sources.text.markup import plain

NAMES = (
    "sr-only", "icon sr-only-focusable", "is-sr-only", "srOnly", "sr_only", "MuiBox-srOnly", "sr", "vh",
    "visually-hidden", "visuallyhidden", "visuallyHidden", "VisuallyHidden_root__x1", "u-hiddenVisually",
    "govuk-visually-hidden", "cdk-visually-hidden", "css-1a2b-VisuallyHidden e1", "hide-visually",
    "uk-hidden-visually", "screen-reader-text", "screen-reader-only", "screenreader", "for-screen-readers",
    "element-invisible", "assistive-text", "slds-assistive-text", "text-assistive", "a11y-text",
    "accessibly-hidden", "accessibility-hidden", "offscreen", "off-screen", "invisible", "hidden", "d-none",
    "audible", "wai-hidden", "skip-link", "reader-only",
)  # fmt: skip
STYLES = (
    "display:none", "color:red; DISPLAY : NONE !important", "visibility: hidden", "font-size: 0",
    "position:absolute; clip: rect(0 0 0 0); width:1px", "position:absolute;left:-9999px",
    "clip-path: inset(50%)", "text-indent: -999em",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_words_under_a_name_for_screen_readers_go(name: str) -> None:
    assert plain(f"It <span class='{name}'>opens a window</span> stays") == "It stays"


@pytest.mark.parametrize("style", STYLES)
def test_words_that_a_style_hides_go(style: str) -> None:
    assert plain(f"It <span style='{style}'>opens a window</span> stays") == "It stays"


@pytest.mark.parametrize(
    "name",
    ["not-sr-only", "sm:sr-only", "hidden md:inline", "d-none d-md-inline", "members-only", "highlight"],
)
def test_words_that_some_or_all_see_stay(name: str) -> None:
    assert plain(f"It <span class='{name}'>was not</span> so") == "It was not so"


def test_a_paragraph_that_a_script_shows_stays() -> None:
    assert plain("<p>One.</p><p class='hidden'>The rest of it.</p>") == "One. The rest of it."


@pytest.mark.parametrize(
    "said",
    [
        "<span class='dropcap' aria-hidden='true'>T</span>he boat",
        "<span aria-hidden='true'>The boat</span><span class='sr-only'>The boat, spoken</span>",
        "<span class='sr-only'>The boat, spoken</span><span aria-hidden='true'>The boat</span>",
    ],
    ids=["an initial", "told to ears after", "told to ears before"],
)
def test_what_eyes_read_is_kept_where_ears_are_told_it_otherwise(said: str) -> None:
    assert plain(f"<p>{said} left.</p>") == "The boat left."


@pytest.mark.parametrize(
    ("open_", "close"), [("<template>", "</template>"), ("<TEMPLATE id='x'>", "</TEMPLATE>")]
)
def test_what_waits_for_a_script_goes_from_a_page(open_: str, close: str) -> None:
    body = f"<h1>Pier opens</h1><p>{SHOWN}</p>{open_}<p>{WAITING}</p>{close}<p>{LATER}</p>"
    page = f"<html><body><article>{body}</article></body></html>"

    found = extract(page, zone=ZoneInfo("UTC"), now=datetime(2026, 11, 24, tzinfo=UTC))

    assert WAITING not in " ".join(text for one in found.passages for text in one.paragraphs)


SHOWN = "The harbour of Barrow opens a new pier for ferries on Sunday morning."
LATER = "The port expects about 40 ferries on the first day of operation."
WAITING = "The mayor was arrested on Monday in Barrow."
