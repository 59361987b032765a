"""What a language's everyday use adds to what a few texts know of rare words, and where it stays out."""

from __future__ import annotations

import pytest

from digest.selection.likeness.everyday import TEXTS, everyday, is_everyday
from digest.selection.likeness.levels import Levels, Strictness, everyday_scale, scale, threshold
from digest.selection.linkage import STEM, vectorize
from digest.selection.tokenizing import words

ENGLISH = (
    "Police in Mombasa said on Tuesday that two men were arrested after a fire at a fuel depot.",
    "The ministry of health has opened a new clinic in Kisumu, where doctors expect a thousand people.",
    "Nakuru beat Gor Mahia 2-1 in the cup on Saturday, their first win this year.",
    "Brgy. San Roque captain Jun Reyes ordered families near the river to leave their homes.",
)
OTHERS = (
    "Die Polizei in Bremen hat am Dienstag zwei Männer nach einem Brand in einem Lager festgenommen.",
    "La policía de Cádiz detuvo el martes a dos hombres tras el incendio de un almacén en el puerto.",
    "La police de Dakar a arrêté mardi deux hommes après un incendie dans un dépôt de carburant.",
    "Polisi mjini Mombasa wamewakamata watu wawili baada ya moto kuzuka katika ghala la mafuta.",
    "Polisi di Surabaya menangkap dua orang setelah kebakaran di sebuah gudang bahan bakar.",
    "De politie in Gent heeft dinsdag twee mannen opgepakt na een brand in een loods.",
    "A polícia de Luanda deteve na terça-feira dois homens depois de um incêndio num armazém.",
    "Politiet i Bergen pågrep tirsdag to menn etter en brann i et lager ved havnen.",
    "Полиция Одессы задержала двух мужчин после пожара на складе.",
    "警方周二在港口逮捕了两名男子。",
    "اعتقلت الشرطة رجلين بعد حريق في مستودع للوقود.",
    "पुलिस ने आग के बाद दो लोगों को गिरफ्तार किया।",
    "",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_known(text: str) -> None:
    assert is_everyday({word[:STEM] for word in words(text)})


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_keep_to_their_collection(text: str) -> None:
    assert not is_everyday({word[:STEM] for word in words(text)})


def test_counts_are_of_so_many_texts() -> None:
    table = everyday()

    assert 0 < min(table.values()) < 1
    assert table["the"] > table["police"] > table["hospital"] > 0
    assert max(table.values()) <= TEXTS


def test_a_shared_name_says_more_than_a_shared_common_word() -> None:
    names = vectorize([words("Kessy spoke after the fire"), words("After the vote Kessy was silent")])
    common = vectorize([words("Police spoke after the fire"), words("After the vote police were silent")])

    assert names.similarity(0, 1) > 1.5 * common.similarity(0, 1)


def test_texts_of_two_languages_are_asked_for_what_suits_each() -> None:
    vectors = vectorize([words(ENGLISH[0]), words(ENGLISH[1]), words(OTHERS[0]), words(OTHERS[1])])
    levels = Levels.of(vectors, Strictness.BALANCED, lambda _: frozenset())
    lengths = vectors.lengths

    assert vectors.are_everyday == (True, True, False, False)
    for pair in ((0, 2), (2, 3)):
        asked = threshold(lengths[pair[0]], lengths[pair[1]], Strictness.BALANCED)
        assert levels.between(*pair) == asked * scale(4, Strictness.BALANCED)
    asked = threshold(lengths[0], lengths[1], Strictness.BALANCED)
    assert levels.between(0, 1) == asked * everyday_scale(4, Strictness.BALANCED)
    assert levels.least <= min(levels.between(0, 2), levels.between(0, 1))


def test_english_beside_a_text_weighs_it_as_before_in_another_language() -> None:
    german = [words(OTHERS[0]), words("In Bremen brannte ein Lager, zwei Männer wurden festgenommen.")]

    alone = vectorize(german)

    assert alone.are_everyday == (False, False)
    assert sum(alone.weights[0].values()) == pytest.approx(
        sum(vectorize([*german], [words(ENGLISH[0])]).weights[0].values()), rel=0.2
    )


def test_more_is_asked_of_few_texts_and_of_many() -> None:
    for strictness in Strictness:
        values = [everyday_scale(size, strictness) for size in (100, 426, 2000, 10_000)]
        assert values == sorted(values)
        assert everyday_scale(7, strictness) == everyday_scale(99, strictness) >= 1
