"""Every language of the desk says everything, with the same places and marks, in words for a newsroom."""

from __future__ import annotations

import re

import pytest

from digest.words.tongues import NAMES, builtin
from tests.web.wording.catalogs import LOCALES, extracted, read
from tests.web.wording.forbidden import forbidden_in

OTHERS = sorted(path.stem for path in LOCALES.glob("*.po"))
_PLACE = re.compile(r"%\(\w+\)s")
_MARK = re.compile(r"</?\w+>")


def forms(said: object) -> list[str]:
    """Return the forms of a message or of its translation."""
    return [str(one) for one in said] if isinstance(said, tuple | list) else [str(said)]


def test_every_language_of_the_desk_has_a_catalog_and_no_other_lies_there() -> None:
    assert set(OTHERS) == set(NAMES) - {"en"}
    assert set(builtin().names) == set(NAMES)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_says_everything_with_the_same_places_and_marks(language: str) -> None:
    catalog, wrong = read(LOCALES / f"{language}.po"), []

    for message in (message for message in extracted() if message.id):
        found = catalog.get(message.id)
        said = forms(found.string) if found is not None else [""]
        english = forms(message.id)
        wanted = set(_PLACE.findall(english[-1]))
        if not all(said) or len(said) != (catalog.num_plurals if message.pluralizable else 1):
            wrong.append((english[0], "is not said"))
        elif any(not set(_PLACE.findall(form)) <= wanted for form in said):
            wrong.append((english[0], "has another place"))
        elif set(_PLACE.findall(said[-1])) != wanted or _PLACE.sub("", said[-1]).count("%") != (
            _PLACE.sub("", english[-1]).count("%")
        ):
            wrong.append((english[0], "lacks a place"))
        elif any(sorted(_MARK.findall(form)) != sorted(_MARK.findall(english[-1])) for form in said):
            wrong.append((english[0], "has other marks"))
        elif any('"' in form and '"' not in english[-1] for form in said):
            wrong.append((english[0], "would end an attribute: write other quotation marks"))

    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_holds_nothing_that_is_not_said(language: str) -> None:
    known = {message.id for message in extracted()}

    assert [message.id for message in read(LOCALES / f"{language}.po") if message.id not in known] == []


def test_no_message_has_a_word_that_belongs_to_those_who_run_it() -> None:
    found = [(word, form) for one in extracted() for form in forms(one.id) for word in forbidden_in(form)]

    assert found == []
