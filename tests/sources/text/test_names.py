"""Names of sites and sections are no part of a title, and no byline."""

from __future__ import annotations

import pytest

from digest.sources.pages.headlines import clean_title
from digest.sources.text.fields import clean_byline


@pytest.mark.parametrize(
    "raw",
    [
        *("Politics", "Sports Desk", "Staff Reporter", "Our Correspondent", "Web Desk", "By News Desk"),
        *("Redaktion", "Politik", "Unsere Redaktion", "La rédaction", "Rédaction Sport", "Redacción"),
        *("Deportes", "Redação", "Redazione", "Redactie", "Redakcja", "Редакция", "Mwandishi wetu"),
        *("政治", "スポーツ", "编辑部", "هيئة التحرير", "Uncategorized"),
    ],
)
def test_a_section_s_or_desk_s_name_is_no_byline(raw: str) -> None:
    assert clean_byline(raw) == ""


@pytest.mark.parametrize(
    "raw", ["Ada Kamau", "Max Sport", "Paul World", "Ada Kamau, Politics Editor", "Reuters", "山田太郎"]
)
def test_a_person_s_or_agency_s_name_stays(raw: str) -> None:
    assert clean_byline(raw) == raw


@pytest.mark.parametrize(
    ("title", "publisher", "wanted"),
    [
        ("Harbor opens - Quay Courier", "The Quay Courier", "Harbor opens"),
        ("Harbor opens | The Quay Courier", "Quay Courier", "Harbor opens"),
        ("Harbor opens – quaycourier.example", "Quay Courier", "Harbor opens"),
        ("Harbor opens - QuayCourier", "Quay Courier", "Harbor opens"),
        ("Harbor opens | News | Quay Courier", "Quay Courier", "Harbor opens"),
        ("Harbor opens « Quay Courier", "Quay Courier", "Harbor opens"),
        ("Harbor opens :: Quay Courier", "Quay Courier", "Harbor opens"),
        ("Quay Courier | Harbor opens", "Quay Courier", "Harbor opens"),
        ("Quay - iPad sales fall", "Quay", "iPad sales fall"),
        ("Quay - a city of two rivers", "Quay", "Quay - a city of two rivers"),
        ("Kai – eine Stadt zweier Flüsse", "Kai", "Kai – eine Stadt zweier Flüsse"),
        ("Набережная – город двух рек", "Набережная", "Набережная – город двух рек"),
        ("Hafen öffnet - Politik - Der Kai-Kurier", "Kai Kurier", "Hafen öffnet"),
        ("Le port rouvre | Le Courrier du quai", "Courrier du Quai", "Le port rouvre"),
        ("港が開く｜港新聞", "港新聞", "港が開く"),
        ("Mayor - and rival - speak", "Quay Courier", "Mayor - and rival - speak"),
        ("Harbor opens - Politics", "Quay Courier", "Harbor opens - Politics"),
        ("Quay Courier", "Quay Courier", "Quay Courier"),
    ],
)
def test_a_headline_bears_no_site(title: str, publisher: str, wanted: str) -> None:
    assert clean_title(title, publisher) == wanted
