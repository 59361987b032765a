"""Language tags: what is a language of the world, and what only looks like one."""

from __future__ import annotations

import pytest

from digest.locales.naming import is_language_of_the_world

THERE = """
    en en-US EN-us sw pt-BR zh-Hant-TW zh-tw ar-EG es-419 sr-Latn-RS de-1996 en-GB-oxendict iw no sh fil
    tum kmb luo ay ny rw wo yue ceb kea tpi gsw bi ch cr fj ho hz kj kr kv li mh na ng oj sm ty en-UK
"""
NOWHERE = "xx-zz xx qq zz jj en-zz de-QM fr-XQ sw-YY und mul mis zxx qaa qtz qab-US"


@pytest.mark.parametrize("tag", THERE.split())
def test_a_language_that_is_spoken_somewhere_is_one(tag: str) -> None:
    assert is_language_of_the_world(tag)


@pytest.mark.parametrize("tag", [*NOWHERE.split(), "", "-", "9", "en-" + "a" * 9 + "-b"])
def test_a_tag_of_no_language_or_no_place_is_none(tag: str) -> None:
    assert not is_language_of_the_world(tag)
