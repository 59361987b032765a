"""A sentence whose speaker only an earlier one names leans on that one."""

from __future__ import annotations

import pytest

from digest.summaries.language.dependence import leans_back

LEANING = [
    ("en", "The council knew for years, he added."),
    ("en", "“The council knew for years,” they say."),
    ("de", "Der Rat wusste alles, sagte er."),
    ("de", "Der Rat habe davon gewusst."),
    ("de", "Das Geld sei weg und werde nicht wiederkommen."),
    ("fr", "Le conseil savait tout, a-t-il ajouté."),
    ("es", "El concejo lo sabía todo, agregó."),
    ("es", "«Todo está probado», dijo."),
    ("pt", "“Tudo está provado”, disse."),
    ("it", "«Tutto è provato», ha detto."),
    ("pl", "„Wszystko jest jasne” – dodał."),
    ("ru", "«Всё доказано», — добавил он."),
    ("tr", "“Her şey ortada” diye konuştu."),
    ("id", "“Dewan tahu semuanya,” ujarnya."),
    ("sw", "“Baraza lilijua yote,” alisema."),
    ("ja", "「議会は知っていた」と述べた。"),
    ("ko", '"의회는 알고 있었다"고 말했다.'),
    ("zh", "“议会一直知道，”他说。"),
]
STANDING = [
    ("en", "The council knew for years, Kessy added."),
    ("en", "The bridge is shut, reports say."),
    ("en", "Kessy spoke of a “massacre” he said began in May."),
    ("de", "Der Rat habe davon gewusst, sagte Kessy."),
    ("de", "Kessy zufolge sei das Geld weg."),
    ("fr", "Le conseil savait tout, affirme Kessy."),
    ("es", "El concejo lo sabía todo, agregó Kessy."),
    ("tr", "Kessy “Her şey ortada” diye konuştu."),
    ("ja", "「議会は知っていた」とケシー氏は述べた。"),
]


@pytest.mark.parametrize(("language", "sentence"), LEANING)
def test_words_whose_speaker_is_named_before_lean(language: str, sentence: str) -> None:
    assert leans_back(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), STANDING)
def test_words_with_their_speaker_stand_alone(language: str, sentence: str) -> None:
    assert not leans_back(sentence, language)
