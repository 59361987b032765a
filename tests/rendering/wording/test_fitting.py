from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.rendering.fitting import SOFT_HYPHEN, fitted

COMPOUND = "Donaudampfschifffahrtsgesellschaftskapitän"


def headline(text: str, *, language: str = "de", size: int = 34) -> str:
    """Return what becomes of a text in a heading of this size."""
    page = (
        f'<div lang="{language}"><table><tr><td style="padding:0 20px"><h2 style="font-size:{size}px">'
        f"{text}</h2></td></tr></table></div>"
    )
    return fitted(page).partition('px">')[2].partition('px">')[2].partition("</h2>")[0]


def test_a_compound_that_cannot_fit_is_hyphenated_by_its_dictionary() -> None:
    found = headline(COMPOUND)

    assert found.replace(SOFT_HYPHEN, "") == COMPOUND
    assert [len(piece) < 20 for piece in found.split(SOFT_HYPHEN)] == [True] * 4


@pytest.mark.parametrize(
    ("text", "size"),
    [
        pytest.param("Der Hafenkapitän spricht", 34, id="short-words"),
        pytest.param("Bundesverfassungsgericht", 17, id="fits-at-its-size"),
        pytest.param("Nord-Ostsee-Kanal-Verwaltung", 34, id="hyphens-break-by-themselves"),
        pytest.param("土砂で水路が浅くなりフェリーは三日続けて夜間運休となりました", 34, id="ja"),
        pytest.param("👩‍👩‍👧‍👦" * 20, 34, id="emoji"),
    ],
)
def test_what_fits_or_breaks_by_itself_is_left_alone(text: str, size: int) -> None:
    assert headline(text, size=size) == text


@pytest.mark.parametrize(
    ("text", "language", "mark"),
    [
        pytest.param("https://harbour.example/2026/11/23/ferries-stop", "en", "<wbr>", id="address"),
        pytest.param("ا" * 60, "ar", "<wbr>", id="arabic-has-no-hyphen"),
        pytest.param("Lentokonesuihkuturbiinimoottori", "fi", SOFT_HYPHEN, id="no-dictionary"),
    ],
)
def test_what_no_dictionary_knows_is_parted_as_its_script_allows(
    text: str, language: str, mark: str
) -> None:
    found = headline(text, language=language)

    assert mark in found
    assert found.replace(mark, "") == text


def test_what_is_hidden_is_left_alone() -> None:
    page = f'<div style="display:none">{COMPOUND * 3}</div>'

    assert fitted(page) == page


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&%"), max_size=120))
def test_no_letter_is_lost_or_changed(text: str) -> None:
    assert headline(text).replace("<wbr>", "").replace(SOFT_HYPHEN, "") == text.replace(SOFT_HYPHEN, "")


def test_a_letter_keeps_its_accents() -> None:
    pieces = re.split("<wbr>|\u00ad", headline("e\u0301" * 40))

    assert len(pieces) > 1
    assert all(piece.startswith("e") for piece in pieces)


@pytest.mark.parametrize(
    ("language", "text", "most"),
    [
        pytest.param("ml", "ആശുപത്രിഅധികൃതരുടെഅനാസ്ഥക്കെതിരെ", 7, id="malayalam"),
        pytest.param("ta", "செயற்கைநுண்ணறிவுத்தொழில்நுட்பவல்லுநர்கள்", 7, id="tamil"),
        pytest.param("am", "ኢትዮጵያዊነትንሙሉበሙሉ" * 2, 9, id="ethiopic"),
        pytest.param("ar", "ﷺ" * 9, 1, id="sentences-in-one-letter"),
    ],
)
def test_letters_of_wide_scripts_are_known_to_be_wide(language: str, text: str, most: int) -> None:
    pieces = headline(text, language=language).split("<wbr>")

    letters = [sum(unicodedata.category(char)[0] != "M" for char in piece) for piece in pieces]
    assert max(letters) <= most
