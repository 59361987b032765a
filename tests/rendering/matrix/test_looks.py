"""Looks that are far from the usual ones, in every template: each text, rule and plate is still seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.rendering.checks.contrast import check
from digest.rendering.checks.document import Document
from digest.rendering.environment import Templates
from digest.rendering.theme import derive
from tests.rendering import editions
from tests.rendering.matrix.contents import pictured
from tests.rendering.test_renderer import RENDERER

LOOKS = {
    "dark-paper": {"paper": "#101418", "ink": "#f0f0f0", "accent": "#7fd1ff"},
    "black-paper": {"paper": "#000000", "ink": "#ffffff"},
    "ink-that-one-inverter-spoils": {"ink": "#0a6aed"},
    "frame-that-one-inverter-hides": {"paper": "#e668db", "accent": "#3008dd"},
    "fill-of-middle-lightness": {"ink": "#4c74a4", "accent": "#533e20", "fill": "#3114a8"},
}


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("template", Templates().names())
def test_all_is_seen_in_light_dark_and_under_every_inverter(template: str, look: str) -> None:
    newsletter = editions.newsletter(template=template, theme=LOOKS[look])

    html = RENDERER.render(pictured().edition, newsletter).html

    assert [str(one) for one in check(Document(html))] == []


def test_words_of_a_transparent_picture_stand_on_its_plate() -> None:
    usual, dark = derive({}).light, derive(LOOKS["dark-paper"]).light

    assert (usual.plate, usual.on_plate) == (usual.paper, usual.ink)
    assert (dark.plate, dark.on_plate) == ("#ffffff", "#000000")


def test_an_ink_is_left_as_it_is_where_every_program_shows_it() -> None:
    given = replace(editions.newsletter(), theme={"ink": "#1a2b3c"})

    assert derive(given.theme).light.ink == "#1a2b3c"
