from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError
from digest.rendering.colors import Color, contrast
from digest.rendering.theme import LEAST_CONTRAST, NAMES, Palette, Theme, derive

HEX = st.from_regex(r"\A#[0-9a-f]{6}\Z")


def least_contrast(palette: Palette) -> float:
    paper = Color.parse(palette.paper)
    return min(contrast(Color.parse(text), paper) for text in (palette.ink, palette.muted, palette.accent))


def legible(theme: Theme) -> bool:
    return all(
        least_contrast(palette) >= LEAST_CONTRAST for palette in (theme.light, theme.dark, theme.inverted)
    )


def test_the_theme_of_a_newsletter_that_asks_for_nothing_is_legible_in_three_modes() -> None:
    assert legible(derive({}))


def test_the_dark_paper_is_a_warm_near_black() -> None:
    paper = Color.parse(derive({}).dark.paper)

    assert paper.luminance < 0.02
    assert paper.red > paper.blue


def test_a_white_paper_gets_the_same_warm_night() -> None:
    paper = Color.parse(derive({"paper": "#ffffff"}).dark.paper)

    assert paper.red > paper.blue


@settings(deadline=None, max_examples=100, derandomize=True)
@given(accent=HEX, paper=HEX, ink=HEX)
def test_colors_are_legible_or_refused_and_a_proposal_is_accepted(
    accent: str, paper: str, ink: str
) -> None:
    given_colors = {"accent": accent, "paper": paper, "ink": ink}
    try:
        theme = derive(given_colors)
    except ConfigurationError as error:
        proposals = {
            fault.where.rpartition(".")[2]: fault.problem.rpartition(" ")[2] for fault in error.faults
        }
        if all(proposal.startswith("#") for proposal in proposals.values()):
            assert legible(derive(given_colors | proposals))
    else:
        assert legible(theme)


def test_a_pale_accent_is_refused_with_the_nearest_that_passes() -> None:
    with pytest.raises(ConfigurationError) as caught:
        derive({"accent": "#e8a0a0"}, where="newsletters.morning.theme")

    (fault,) = caught.value.faults
    assert fault.where == "newsletters.morning.theme.accent"
    assert "a contrast of 2.07:1" in fault.problem
    proposal = fault.problem.rpartition("is ")[2]
    assert derive({"accent": proposal}).light.fill == proposal


def test_an_accent_that_fails_only_when_inverted_says_so() -> None:
    # Pure blue is dark on white, and mirrored it stays as it is: too dark on black.
    with pytest.raises(ConfigurationError, match="inverted as mail programs do"):
        derive({"accent": "#0000ff", "paper": "#ffffff"})


def test_all_faults_come_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        derive(
            {
                "acent": "#000",
                "paper": "white",
                "font": "Georgia;}</style>",
                "logo": "http://a.example/x.png",
                "logo_width": "wide",
            }
        )

    assert {fault.where for fault in caught.value.faults} == {
        "theme.acent",
        "theme.paper",
        "theme.font",
        "theme.logo",
        "theme.logo_width",
    }
    assert ", ".join(NAMES) in str(caught.value)


def test_what_a_newsletter_gives_is_taken() -> None:
    theme = derive(
        {
            "accent": "#0b5563",
            "font": "'Source Serif 4',Georgia,serif",
            "logo": "https://harbour.example/logo.png",
            "logo_width": "180",
            "footer": "Printed on no paper at all.",
        }
    )

    assert theme.light.accent == "#0b5563"
    assert theme.font == "'Source Serif 4',Georgia,serif"
    assert (theme.logo, theme.logo_width) == ("https://harbour.example/logo.png", 180)
    assert theme.footer == "Printed on no paper at all."
