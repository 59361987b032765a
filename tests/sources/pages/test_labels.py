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
