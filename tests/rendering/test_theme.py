from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError
from digest.rendering.colors import Color, Inverter, contrast, inverted
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


def test_a_pale_ink_is_refused_with_the_nearest_that_passes() -> None:
    with pytest.raises(ConfigurationError) as caught:
        derive({"ink": "#e8a0a0"}, where="newsletters.morning.theme")

    (fault,) = caught.value.faults
    assert fault.where == "newsletters.morning.theme.ink"
    assert "a contrast of 2.07:1" in fault.problem
    proposal = fault.problem.rpartition("is ")[2]
    assert derive({"ink": proposal}).light.ink == proposal


def test_an_ink_that_fails_only_when_inverted_says_so() -> None:
    # Pure blue is dark on white, and mirrored it stays as it is: too dark on black.
    with pytest.raises(ConfigurationError, match="inverted as mail programs do"):
        derive({"ink": "#0000ff", "paper": "#ffffff"})


def test_a_paper_on_which_nothing_can_be_read_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="choose a lighter or a darker paper"):
        derive({"paper": "#808080"})


@pytest.mark.parametrize("accent", ["#ff8300", "#e64415", "#0000ff", "#ffff00", "#e8a0a0", "#fefefe"])
def test_any_brand_color_fills_as_it_is_and_is_text_in_the_nearest_that_can_be_read(accent: str) -> None:
    theme = derive({"accent": accent, "paper": "#ffffff"})

    light = theme.light
    assert light.fill == accent
    assert contrast(Color.parse(light.on_fill), Color.parse(light.fill)) >= LEAST_CONTRAST
    assert legible(theme)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(fill=HEX, paper=st.sampled_from(["#ffffff", "#fffdf9", "#111111"]))
def test_text_on_a_fill_is_legible_in_every_mode_or_the_fill_frames(fill: str, paper: str) -> None:
    ink = "#eeeeee" if paper == "#111111" else "#1b1816"
    theme = derive({"fill": fill, "paper": paper, "ink": ink, "accent": ink})

    for palette in (theme.light, theme.dark):
        assert contrast(Color.parse(palette.on_fill), Color.parse(palette.fill)) >= LEAST_CONTRAST
    if not theme.is_framed:
        on, under = Color.parse(theme.light.on_fill), Color.parse(fill)
        assert all(contrast(*inverted(on, under, how)) >= LEAST_CONTRAST for how in Inverter)


def test_the_fill_is_the_accent_where_none_is_given() -> None:
    assert derive({"accent": "#0b5563"}).light.fill == "#0b5563"
    assert derive({"accent": "#0b5563", "fill": "#9b1c31"}).light.fill == "#9b1c31"


@pytest.mark.parametrize(
    ("given_stack", "stack"),
    [
        pytest.param("Georgia,serif", "Georgia,serif", id="plain"),
        pytest.param('"Source Serif 4", Georgia', "'Source Serif 4',Georgia,serif", id="generic-added"),
        pytest.param("Söhne Mono,monospace", "'Söhne Mono',monospace", id="not-ascii"),
        pytest.param("游明朝, 'Noto Serif JP'", "'游明朝','Noto Serif JP',serif", id="wide"),
        pytest.param("-apple-system,system-ui", "-apple-system,system-ui", id="system"),
        pytest.param("inherit, serif", "'inherit',serif", id="reserved-word"),
        pytest.param("O'Hara Text, serif", "'O\\27 Hara Text',serif", id="apostrophe"),
        pytest.param("'A, B', serif", "'A, B',serif", id="comma-in-quotes"),
    ],
)
def test_fonts_of_any_name_are_quoted_where_they_need_it(given_stack: str, stack: str) -> None:
    assert derive({"font": given_stack}).font == stack


@pytest.mark.parametrize(
    "font",
    [
        "Georgia;}",
        "a,,b",
        "a,",
        "'a",
        '"a" b',
        "a{b",
        "</style>",
        "%%name%%",
        "a" * 81,
        ",".join("a" * 20),
        "a\\b",
    ],
)
def test_what_is_no_font_is_refused(font: str) -> None:
    with pytest.raises(ConfigurationError, match="not a list of fonts"):
        derive({"font": font})


def test_a_web_font_has_a_name_and_an_https_address() -> None:
    sheet = derive({"font": "Inter", "web_font": "https://fonts.example/css2?family=Inter:wght@400;700"})
    file = derive({"font": "Inter, serif", "web_font": "https://fonts.example/inter.woff2?v=1"})

    assert sheet.web_font == "@import url('https://fonts.example/css2?family=Inter:wght@400;700');"
    assert file.web_font.startswith(
        "@font-face{font-family:Inter;src:url('https://fonts.example/inter.woff2?v=1')"
    )
    assert (file.font, file.outlook_font) == ("Inter,serif", "serif")
    for wrong in (
        {"web_font": "http://fonts.example/a.css", "font": "Inter"},
        {"web_font": "https://a.example/b", "font": "serif"},
    ):
        with pytest.raises(ConfigurationError, match="web_font"):
            derive(wrong)


def test_corner_and_density_change_measures() -> None:
    assert (derive({}).button_corner, derive({}).corner, derive({}).air(20)) == (3, 0, 20)
    assert derive({"corner": "0"}).button_corner == 0
    assert derive({"corner": "12"}).corner == 12
    assert derive({"density": "compact"}).air(20) == 14
    with pytest.raises(ConfigurationError) as caught:
        derive({"corner": "40", "density": "dense", "logo_dark": "https://a.example/b.png"})
    assert {fault.where for fault in caught.value.faults} == {
        "theme.corner",
        "theme.density",
        "theme.logo_dark",
    }


def test_social_links_and_footer_lines_are_one_a_line() -> None:
    theme = derive(
        {"social": "Coast FM https://coast.example\nX https://x.example/h", "footer": "One.\nTwo."}
    )

    assert [(one.name, one.url) for one in theme.social] == [
        ("Coast FM", "https://coast.example"),
        ("X", "https://x.example/h"),
    ]
    assert (theme.footer_lines, theme.footer) == (("One.", "Two."), "One. Two.")
    with pytest.raises(ConfigurationError, match="not a name and a web address"):
        derive({"social": "Mastodon javascript:alert(1)"})


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
