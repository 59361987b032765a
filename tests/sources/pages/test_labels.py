"""An advertisement that says so is known by its label, and keeps it."""

# ruff: noqa: E501  # labels as they are
from __future__ import annotations

import pytest

from digest.sources.pages.labels import label_of
from tests.sources.feeds import article, item, rss

LABELS = [
    *("Anzeige.", "Advertisement.", "Sponsored", "Werbung", "Publirreportaje", "مادة إعلانية", "Publicité"),
    *("Sponsored content", "Paid post", "Contenu sponsorisé", "Contenido patrocinado", "Advertentie", "広告"),
    *("На правах рекламы", "Pubblicità", "Conteúdo patrocinado", "Reklam"),
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_a_label_at_the_head_marks_the_text(label: str) -> None:
    found = article(rss(item(title="New shoes", content=f"<p>{label}</p><p>Shoes are cheap now.</p>")))

    assert found.label
    assert found.title == f"{found.label}: New shoes"


@pytest.mark.parametrize(
    "title", ["Anzeige: Neue Schuhe", "[Sponsored] New shoes", "Publicidad | Zapatos", "【PR】新しい靴"]
)
def test_a_label_in_the_title_stays_there(title: str) -> None:
    found = article(rss(item(title=title)))

    assert found.label
    assert found.title == title


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement spending fell by a third, the association said.",
        "Die Anzeige wurde am Montag erstattet, sagte die Polizei.",
        "La publicidad engañosa cuesta millones.",
        "The ad shows a dog.",
    ],
)
def test_a_text_about_advertisements_is_none(text: str) -> None:
    assert label_of("Spending falls", [text]) == ""


PAID = [
    "Gesponserter Beitrag",
    "Bezahlte Partnerschaft",
    "Contenu sponsorisé",
    "Article sponsorisé",
    "Contenido patrocinado",
    "Publicitat",
    "Contenuto promozionale",
    "Messaggio promozionale",
    "Informe publicitário",
    "Reclame",
    "Betaalde inhoud",
    "Treść reklamowa",
    "Materiał partnerski",
    "Sponsrat innehåll",
    "Reklame",
    "Sponset innhold",
    "Maksettu kumppanuus",
    "Inzercia",
    "Reklamný článok",
    "Reklám",
    "Szponzorált tartalom",
    "Conținut sponsorizat",
    "Партнёрский материал",
    "Спонсорский материал",
    "Партнерський матеріал",
    "Платено съдържание",
    "Διαφημιστικό περιεχόμενο",
    "Tanıtım",
    "Sponsorlu içerik",
    "رپرتاژ آگهی",
    "تبلیغات",
    "اشتہار",
    "স্পনসর্ড কনটেন্ট",
    "品牌內容",
    "유료 광고",
    "스폰서 콘텐츠",
    "Konten berbayar",
    "ประชาสัมพันธ์",
    "Nội dung tài trợ",
    "Maudhui yaliyodhaminiwa",
    "Sponzorirana vsebina",
    "Спонзорисани садржај",
    "Advertensie",
    "Geborgde inhoud",
    "Reklaam",
    "Reklāma",
    "Užsakomasis turinys",
    "Auglýsing",
    "Reklamë",
    "რეკლამა",
    "Գովազդ",
    "Жарнама",
]


@pytest.mark.parametrize("label", PAID)
def test_what_is_paid_for_is_known_by_its_name_in_many_languages(label: str) -> None:
    assert label_of("A bank opens", (label, "A new bank opened on Monday.")) == label
    assert label_of(f"[{label}] A bank opens", ()) == label
    assert label_of(f"A bank opens ({label})", ()) == label


@pytest.mark.parametrize(
    "label", ["Advertorial", "На правах рекламы", "Sponsored content", "Szponzorált tartalom"]
)
def test_a_label_below_a_source_s_own_text_marks_it(label: str) -> None:
    texts = ("A new bank opened on Monday.", "It has two rooms.", "One is blue.", "One is red.", label)

    assert label_of("A bank opens", texts, asks_foot=True) == label
    assert label_of("A bank opens", texts) == "", "on a page it stands over others' advertisements"


def test_the_place_of_an_advertisement_below_a_text_marks_nothing() -> None:
    texts = ("A new bank opened on Monday.", "It has two rooms.", "One is blue.", "One is red.", "Anzeige")

    assert label_of("A bank opens", texts, asks_foot=True) == ""


@pytest.mark.parametrize(
    ("line", "label"),
    [("(X)", "Hirdetés"), ("(P)", "Publicitate"), ("Реклама. ООО «Причал». erid: 2VtzqxKy1a", "Реклама")],
)
def test_signs_that_laws_ask_for_mark_an_advertisement(line: str, label: str) -> None:
    assert label_of("A bank opens", ("A new bank opened on Monday.", line), asks_foot=True) == label


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Anzeige: Bürgermeister wehrt sich", "Ein Anwalt hat am Montag Anzeige gegen den Bürgermeister erstattet, sagte er."),
        ("Partenariat : la ville signe", "La ville a signé mardi un accord avec le port pour dix ans."),
        ("Council ends ads on buses – Advertising", "The council will end advertising on its buses from June, it said."),
        ("Mayor: I will not run (exclusive)", "The mayor told this paper on Monday that she would not run again."),
    ],
)  # fmt: skip
def test_a_story_whose_title_has_such_a_word_is_none(title: str, text: str) -> None:
    assert label_of(title, (text,)) == ""
