"""WordPress's closing line goes in every language, known by its words or by what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.sources.pages.appeared import is_appeared, without_appeared, without_own_end, without_own_line
from digest.sources.text.blocks import Block

LINES = {
    "af": "Die plasing Hawe oop het eerste verskyn op Quay.",
    "be": "Запіс Порт упершыню з'явіўся на Quay.",
    "bs": "Objava Luka otvorena se pojavila prvo na Quay.",
    "ca": "La publicació Port obert ha aparegut primer a Quay.",
    "az": "Liman yazısı ilk dəfə Quay saytında göründü.",
    "gl": "A entrada Porto aparece primeiro en Quay.",
    "hi": "पोस्ट बंदरगाह सबसे पहले Quay पर दिखाई दी।",
    "is": "Færslan Höfn birtist fyrst á Quay.",
    "lt": "Įrašas Uostas pirmiausia pasirodė Quay.",
    "lv": "Raksts Osta vispirms parādījās Quay.",
    "mk": "Објавата Пристаниште најпрвин се појави на Quay.",
    "ms": "Kiriman Pelabuhan muncul dahulu pada Quay.",
    "ms, in another word": "Pos Pelabuhan muncul dulu di Quay.",
    "nn": "Innlegget Hamn dukka først opp på Quay.",
    "sl": "Prispevek Pristanišče se je najprej pojavil na Quay.",
    "sq": "Postimi Porti u duk së pari në Quay.",
    "sr": "Објава Лука појавила се прво на Quay.",
    "sw": "Chapisho Bandari ilionekana kwanza kwenye Quay.",
    "th": "โพสต์ ท่าเรือ ปรากฏครั้งแรกเมื่อ Quay",
    "tl": "Ang post na Pantalan ay unang lumabas sa Quay.",
}


MORE = dict(
    line.split("\t")
    for line in Path(__file__).with_name("appeared.tsv").read_text(encoding="utf-8").splitlines()
)


@pytest.mark.parametrize("line", MORE.values(), ids=MORE)
def test_the_line_is_known_in_every_language(line: str) -> None:
    assert is_appeared(line)
    assert without_appeared(f"The council said so on Monday. {line}") == "The council said so on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "پوسٹ پر حملے سے پہلے دو گاڑیاں گزری تھیں۔",
        "Článek ústavy pochází z roku 1920.",
        "पोस्ट ऑफिस में सबसे पहले महिलाएं पहुंचीं।",
        "La publicación del libro fue un éxito primero en España.",
    ],
)
def test_a_sentence_with_such_words_stays(line: str) -> None:
    assert without_appeared(f"The council said so on Monday. {line}").endswith(line)


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_the_line_is_known_by_its_words(line: str) -> None:
    assert is_appeared(line)
    assert without_appeared(f"The council said so on Monday. {line}") == "The council said so on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "Ymddangosodd y cofnod Harbour opens again yn gyntaf ar The Quay.",
        "La afiŝo Harbour opens again aperis unue ĉe The Quay.",
        "Harbour opens again — The Quay",
        "पोस्ट Harbour opens again पहले The Quay पर दिखाई दिया।",
        "Harbour opens again என்ற இடுகை முதலில் The Quay இல் தோன்றியது.",
        "Harbour opens again yozuvi birinchi bo‘lib The Quay saytida paydo bo‘ldi.",
    ],
)
def test_the_line_is_known_by_what_it_names(line: str) -> None:
    text = Block("The council said so on Monday.")

    assert without_own_end(f"{text.text} {line}", "Harbour opens again", ("The Quay",)) == text.text
    assert without_own_line((text, Block(line)), "Harbour opens again", ("", "The Quay")) == (text,)


@pytest.mark.parametrize(
    "line",
    [
        "Harbour opens again, and nobody knows for how long.",
        "The play “Harbour opens again” is at the theatre by the old quay until Friday, and then goes on.",
        "The Quay is read by many.",
    ],
)
def test_a_last_sentence_of_the_news_stays(line: str) -> None:
    blocks = (Block("The council said so on Monday."), Block(line))

    assert without_own_line(blocks, "Harbour opens again", ("The Quay",)) == blocks
