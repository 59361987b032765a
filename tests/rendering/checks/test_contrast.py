from __future__ import annotations

import re

import pytest

from tests.rendering.checks.test_checks import FULL, spoilt


@pytest.mark.parametrize(
    ("before", "after", "mode"),
    [
        pytest.param(
            'class="masthead i" style="color:#1b1816',
            'class="masthead i" style="color:#bbbbbb',
            "light",
            id="inline",
        ),
        pytest.param(
            'class="masthead i" style="color:#1b1816',
            'class="masthead i" style="color:rgb(190, 190, 190)',
            "light",
            id="rgb",
        ),
        pytest.param(
            'class="masthead i" style="color:#1b1816',
            'class="masthead i" style="color:silver',
            "light",
            id="named",
        ),
        pytest.param(
            'class="masthead i" style="',
            'class="masthead" style="background:#222 none;',
            "light",
            id="background",
        ),
        pytest.param(".i{color:#ebe8e5!important}", ".i{color:#333!important}", "dark", id="dark"),
        pytest.param(
            'class="masthead i" style="color:#1b1816',
            'class="masthead i" style="color:#0000ff',
            "inverted (mirror)",
            id="mirror",
        ),
        pytest.param(
            'class="masthead i" style="color:#1b1816',
            'class="masthead i" style="color:#9b1c31',
            "inverted (floor)",
            id="floor",
        ),
        pytest.param(
            'class="masthead i" style="color:#1b1816',
            'class="masthead i" style="color:#777777;background:#ffffff',
            "light",
            id="gray-on-white",
        ),
    ],
)
def test_a_text_that_cannot_be_read_is_told_with_its_mode(before: str, after: str, mode: str) -> None:
    html = FULL.html
    if mode == "dark":
        after, before = ".i{color:#333333!important", re.findall(r"\.i\{color:#\w+!important", html)[0]

    found = [one for one in spoilt(before, after) if one.check == "contrast"]

    assert any(f"in {mode} mode" in one.problem for one in found), found
