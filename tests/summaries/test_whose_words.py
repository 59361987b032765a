"""Somebody's words in twenty-six forms are never the paper's own: with their speaker, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.summaries.candidates import candidates
from tests.summaries.newsroom import article

SPEAKERS = ("Hill", "Petit", "Gil", "Хилл", "Ek", "هيل", "ヒル", "希尔", "judgment", "He sang")
FORMS: list[tuple[str, str, list[str], list[str]]] = [
    (
        "testimony",
        "en",
        [
            "The trial went on in Leeds on Monday before a full court.",
            "Nora Hill, a nurse, told the court: “I came to the ward at six. The lights were out.",
            "“The doctor had left the keys. The cupboard was open to all.",
            "“I called the police at seven. The money had gone.”",
            "The judge will rule in May.",
        ],
        ["cupboard was open", "doctor had left", "money had gone", "lights were out"],
    ),
    (
        "testimony fr",
        "fr",
        [
            "Le procès a repris lundi à Lyon devant une salle pleine.",
            "« Je suis arrivée à six heures, a dit Nora Petit. La lumière était éteinte.",
            "» Le médecin avait laissé les clés. Le placard était ouvert à tous.",
            "» La police est venue à sept heures. »",
            "Le juge rendra sa décision en mai.",
        ],
        ["placard était ouvert", "médecin avait laissé", "lumière était"],
    ),
    (
        "testimony de",
        "de",
        [
            "Der Prozess ging am Montag in Bonn weiter.",
            "„Ich kam um sechs“, sagte Nora Hill. „Das Licht war aus.",
            "„Der Arzt hatte die Schlüssel dagelassen. Der Schrank stand offen.",
            "„Die Polizei kam um sieben.“",
            "Das Gericht urteilt im Mai.",
        ],
        ["Schrank stand offen", "Arzt hatte", "Licht war aus"],
    ),
    (
        "dialogue en dash",
        "en",
        [
            "The council met on Monday in the old town hall of Kano.",
            "– The mayor took the money from the port.",
            "– The council has known it for years.",
            "The meeting ended at nine in the evening.",
        ],
        ["mayor took", "council has known"],
    ),
    (
        "qa",
        "en",
        [
            "The minister spoke to the paper on Monday about the port of Kano.",
            "Q: Who took the money from the port?",
            "A: The mayor took it. The bank knew of it for years.",
            "Q: What will the court do in May?",
            "A: The court will jail the mayor.",
        ],
        ["mayor took it", "bank knew", "will jail"],
    ),
    (
        "names",
        "en",
        [
            "The two candidates met in Leeds on Monday for a debate.",
            "Hill: The mayor has emptied the fund. The council slept for years.",
            "Reed: The fund is full. The bank has proof of it.",
        ],
        ["emptied", "council slept", "fund is full", "bank has proof"],
    ),
    (
        "verdict",
        "en",
        [
            "The court in Leeds freed the banker on Monday.",
            "The judgment reads: “The witness lied. The bank hid the files. The mayor paid for it.”",
            "The state may appeal until May.",
        ],
        ["bank hid", "mayor paid", "witness lied"],
    ),
    (
        "lyrics",
        "en",
        [
            "The singer Max Dorn opened his tour in Rome on Monday.",
            "He sang: “The king has sold the town / the bishop took the gold / the harbor burned.”",
            "The tour ends in May in Bern.",
        ],
        ["bishop took", "king has sold"],
    ),
    (
        "nested",
        "en",
        [
            "The trial went on in Leeds on Monday before a full court.",
            "“He told me, ‘The mayor took it. The bank knew,’ and left. The guard saw all,” said Hill.",
        ],
        ["The bank knew", "guard saw all,”"],
    ),
    (
        "inches",
        "en",
        [
            "The shelf of 6' 2\" by 3' 4\" fell on the mayor in Leeds on Monday.",
            "“The council took the money. The bank knew all,” said Nora Hill.",
            "The mayor will be in hospital until May.",
        ],
        ["bank knew all"],
    ),
    (
        "straight apostrophes",
        "en",
        [
            "The mayors' fund in Leeds was shut on Monday by the state.",
            "'The council took the money. The bank's men knew all of it. That's proved,' said Nora Hill.",
            "The dogs' home will stay open until May.",
        ],
        ["men knew all"],
    ),
    (
        "mixed",
        "en",
        [
            "The fund in Leeds was shut on Monday by the state.",
            '"The council took the money. The bank knew all of it. It is proved”, said Nora Hill.',
            "The home will stay open until May.",
        ],
        ["bank knew all"],
    ),
    (
        "mixed2",
        "en",
        [
            "The fund in Leeds was shut on Monday by the state.",
            '“The council took the money. The bank knew all of it. It is proved", said Nora Hill.',
            "The home will stay open until May.",
        ],
        ["bank knew all"],
    ),
    (
        "missing close",
        "en",
        [
            "The fund in Leeds was shut on Monday by the state.",
            "Nora Hill said: “The council took the money. The bank knew all of it.",
            "The home will stay open until May.",
        ],
        ["bank knew all"],
    ),
    (
        "missing open",
        "en",
        [
            "The fund in Leeds was shut on Monday by the state.",
            "The council took the money. The bank knew all of it,” said Nora Hill.",
            "The home will stay open until May.",
        ],
        ["council took"],
    ),
    (
        "tweet",
        "en",
        [
            "The fund in Leeds was shut on Monday by the state.",
            "The mayor has taken the money. The bank knew all of it. #leeds",
            "— Nora Hill (@norahill) May 3, 2026",
            "The home will stay open until May.",
        ],
        ["mayor has taken", "bank knew"],
    ),
    (
        "wrote",
        "en",
        [
            "The fund in Leeds was shut on Monday by the state.",
            "Nora Hill wrote on X:",
            "The mayor has taken the money. The bank knew all of it.",
            "The home will stay open until May.",
        ],
        ["mayor has taken", "bank knew"],
    ),
    (
        "ja",
        "ja",
        [
            "リーズの基金は月曜日に州によって閉鎖された。",
            "「市長が金を取った。銀行はすべて知っていた。証拠がある」とヒル氏は述べた。",
        ],
        ["銀行はすべて知っていた"],
    ),
    (
        "zh",
        "zh",
        ["利兹的基金会周一被州政府关闭。", "“市长拿走了钱。银行知道一切。已经证实，”希尔说。"],
        ["银行知道一切"],
    ),
    (
        "ar",
        "ar",
        [
            "أغلقت الدولة الصندوق في المدينة يوم الاثنين.",
            "قالت نورا هيل: «أخذ العمدة المال. علم البنك بكل شيء. هذا مثبت».",
            "سيبقى البيت مفتوحا حتى مايو.",
        ],
        ["علم البنك"],
    ),
    (
        "pl dash",
        "pl",
        [
            "Fundusz w Łodzi zamknięto w poniedziałek decyzją państwa.",
            "– Burmistrz zabrał pieniądze. Bank wiedział o wszystkim od lat – powiedziała Nora Hill.",
            "Dom pozostanie otwarty do maja.",
        ],
        ["Bank wiedział o wszystkim od lat.", "Burmistrz zabrał pieniądze."],
    ),
    (
        "es raya",
        "es",
        [
            "El fondo de Vigo fue cerrado el lunes por el Estado.",
            "—El alcalde tomó el dinero —dijo Nora Gil—. El banco lo sabía todo desde hace años.",
            "La casa seguirá abierta hasta mayo.",
        ],
        ["El banco lo sabía todo"],
    ),
    (
        "ru dash",
        "ru",
        [
            "Фонд в Омске закрыли в понедельник по решению суда.",
            "— Мэр взял деньги, — сказала Нора Хилл. — Банк знал обо всём много лет.",
            "Дом будет открыт до мая.",
        ],
        ["Банк знал обо всём"],
    ),
    (
        "sv dash",
        "sv",
        [
            "Fonden i Lund stängdes på måndagen av staten.",
            "– Borgmästaren tog pengarna. Banken visste allt i flera år, säger Nora Ek.",
            "Hemmet är öppet till maj.",
        ],
        ["Borgmästaren tog pengarna."],
    ),
    (
        "fr tiret",
        "fr",
        [
            "Le fonds de Lyon a été fermé lundi par l’État.",
            "— Le maire a pris l’argent. La banque savait tout depuis des années, lance Nora Petit.",
            "La maison restera ouverte jusqu’en mai.",
        ],
        ["Le maire a pris l’argent."],
    ),
    (
        "heading quote",
        "en",
        ["“The mayor took the money”", "The fund in Leeds was shut on Monday by the state."],
        ["mayor took"],
    ),
]


@pytest.mark.parametrize(
    ("language", "paragraphs", "spoken"), [form[1:] for form in FORMS], ids=[form[0] for form in FORMS]
)
def test_somebodys_words_have_their_speaker(
    language: str, paragraphs: list[str], spoken: list[str]
) -> None:
    found = [one.text for one in candidates(replace(article(*paragraphs), language=language))]

    alone = [text for text in found if not any(name in text for name in SPEAKERS)]
    assert not [text for text in alone for words in spoken if words in text]


@pytest.mark.parametrize(
    ("language", "paragraphs"), [form[1:3] for form in FORMS[:-1]], ids=[form[0] for form in FORMS[:-1]]
)
def test_the_papers_own_words_stay(language: str, paragraphs: list[str]) -> None:
    found = candidates(replace(article(*paragraphs), language=language))

    assert paragraphs[0] in [one.text for one in found]
