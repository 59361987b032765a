from __future__ import annotations

import pytest

from digest.sources.text.fields import split_tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param("Sea, goats; port", ["Sea", "goats", "port"], id="plain"),
        pytest.param('"Bristol, UK", port', ["Bristol, UK", "port"], id="quoted"),
        pytest.param('the "Bell", a pub', ['the "Bell"', "a pub"], id="a quoted word"),
        pytest.param('"open, port', ['"open', "port"], id="never closed"),
        pytest.param(" , ;", [], id="nothing"),
    ],
)
def test_a_tag_in_quotation_marks_is_one(text: str, tags: list[str]) -> None:
    assert split_tags(text) == tags


@pytest.mark.timeout(600)
def test_a_long_text_of_marks_is_read_to_its_end() -> None:
    assert split_tags('","' * 50_000)
