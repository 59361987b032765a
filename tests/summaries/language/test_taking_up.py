"""An opening that takes up what was just told leans on it."""

from __future__ import annotations

import pytest

from digest.summaries.language.dependence import leans_back

TAKING_UP = """
en: The rest died.
en: The 34-year-old was arrested.
en: Asked about it, the mayor left.
fr: Parmi eux, deux enfants.
fr: Une décision qui inquiète les pêcheurs.
fr: L’homme de 34 ans a été arrêté.
fr: S’y ajoutent deux navires.
es: Pese a ello, el puerto abrió.
es: Se trata de dos barcos.
es: Cabe recordar que el puerto cerró.
de: Seitdem ist der Hafen zu.
de: Der 34-Jährige wurde verhaftet.
de: Zwei weitere wurden verletzt.
it: Tra questi, due bambini.
it: Stesso discorso per Bari.
pt: Ainda segundo ele, o porto fechou.
pt: Trata-se de dois navios.
nl: Sindsdien is de haven dicht.
nl: Onder hen twee kinderen.
pl: Dodał, że port jest zamknięty.
pl: Chodzi o dwa statki.
sv: Bland dem två barn.
fi: Heistä kaksi kuoli.
tr: Aralarında iki çocuk var.
tr: Söz konusu gemi battı.
hi: गौरतलब है कि बंदरगाह बंद है।
id: Salah satunya tewas.
id: Pasalnya, pelabuhan ditutup.
ru: Среди них двое детей.
"""
STANDING = """
en: Two of the five suspects were freed on Monday.
en: When asked about the budget, Kessy told the board to wait.
en: The 34-year-old ferry Kilindini sank on Monday.
fr: Un homme est mort à Nice.
de: Zwei Männer wurden in Köln verletzt.
pt: Segundo a polícia, o porto fechou.
pl: Dwóch mężczyzn zginęło w Gdyni.
tr: İzmir'de iki kişi öldü.
id: Dua orang tewas di Jakarta.
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(": ", 1) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "sentence"), rows(TAKING_UP))
def test_what_takes_up_the_sentence_before_leans_on_it(language: str, sentence: str) -> None:
    assert leans_back(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), rows(STANDING))
def test_what_tells_its_own_matter_stands_alone(language: str, sentence: str) -> None:
    assert not leans_back(sentence, language)
