from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.rendering.colors import Color, contrast, nearest

COLORS = st.builds(Color.parse, st.from_regex(r"\A#[0-9a-f]{6}\Z"))


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_a_color_is_written_as_it_was_read(text: str) -> None:
    assert str(Color.parse(text)) == text


def test_three_digits_stand_for_six() -> None:
    assert str(Color.parse("#a1C")) == "#aa11cc"


@pytest.mark.parametrize("text", ["red", "#12", "#1234567", "", "rgb(1,2,3)", "#ggg"])
def test_what_is_no_color_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour like"):
        Color.parse(text)


def test_contrast_is_that_of_the_standard() -> None:
    black, white, gray = (Color.parse(text) for text in ("#000", "#fff", "#767676"))

    assert contrast(black, white) == pytest.approx(21)
    assert contrast(gray, white) == pytest.approx(4.54, abs=0.01)
    assert contrast(white, white) == 1


@settings(deadline=None, max_examples=100, derandomize=True)
@given(COLORS)
def test_inverting_mirrors_the_lightness_and_keeps_the_hue(color: Color) -> None:
    hue, lightness, saturation = color.hls
    turned_hue, turned, _ = color.inverted.hls

    assert turned == pytest.approx(1 - lightness, abs=0.01)
    if saturation > 0.3 and 0.2 < lightness < 0.8:
        assert min(abs(hue - turned_hue), 1 - abs(hue - turned_hue)) < 0.02


def test_the_nearest_color_is_the_closest_in_lightness_that_passes() -> None:
    white, pale = Color.parse("#ffffff"), Color.parse("#e8a0a0")

    found = nearest(pale, lambda color: contrast(color, white) >= 4.5)

    assert found is not None
    assert 4.5 <= contrast(found, white) < 4.7
    assert found.hls[0] == pytest.approx(pale.hls[0], abs=0.01)


def test_where_no_color_passes_there_is_none() -> None:
    assert nearest(Color.parse("#123456"), lambda _: False) is None
