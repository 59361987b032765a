"""Bylines, publishers and headlines as the world writes them."""

# what they write, line for line
from __future__ import annotations

import pytest

from digest.sources.pages.headlines import clean_title
from digest.sources.text.feed_titles import publisher_of
from digest.sources.text.fields import MAX_BYLINE, clean_byline

BYLINES = [
    ("Ada Kamau 4 March 2026", "Ada Kamau"),
    ("Ada Kamau March 4", "Ada Kamau"),
    ("Ada Kamau (@adakamau)", "Ada Kamau"),
    ("Ada Kamau @adakamau", "Ada Kamau"),
    ("Ada Kamau [email protected]", "Ada Kamau"),
    ("Ada Kamau;Bo Li;Cy Do", "Ada Kamau, Bo Li, Cy Do"),
    ("Ada Kamau,Bo Li", "Ada Kamau, Bo Li"),
    ("O'Brien, Pat", "O'Brien, Pat"),
    ('{"name":"Ada Kamau","url":"x"}', "Ada Kamau"),
    ("記者 王小明／台北報導", "王小明"),
    ("記者王小明", "王小明"),
    ("文/张三", "张三"),
    *(
        (one, "")
        for one in ("本報記者", "本报记者", "Special Correspondent", "Wire Service", "guest author")
    ),
    *(
        (one, "")
        for one in ("Gastautor", "Guest Contributor", "wpadmin", "site admin", "Super User", "Array")
    ),
    *(
        (one, "")
        for one in ("[email protected]", "@adakamau", "1", "AFP 2026"[4:], "mailto:a@quay.example")
    ),
    ("AFP", "AFP"),
    ("Associated Press", "Associated Press"),
]


@pytest.mark.parametrize(("raw", "wanted"), BYLINES)
def test_a_byline_is_the_names_of_people(raw: str, wanted: str) -> None:
    assert clean_byline(raw) == wanted


@pytest.mark.parametrize("between", [", ", "; ", " and ", " & ", "、", " et ", " и "])
def test_a_long_list_of_names_is_cut_between_two(between: str) -> None:
    found = clean_byline(between.join(f"Name Surname{number}" for number in range(80)))

    assert found.startswith("Name Surname0")
    assert 150 < len(found) <= MAX_BYLINE
    assert found.rpartition("Surname")[2].isdigit()


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Quay.com - RSS Channel", "Quay.com"),
        ("Quay (RSS)", "Quay"),
        ("Quay Atom Feed", "Quay"),
        ("Posts from Quay", "Quay"),
        ("Stories by Ada Kamau on Medium", "Ada Kamau"),
        ("Quay - Medium", "Quay"),
        ("Quay | Substack", "Quay"),
        ('"Quay"', "Quay"),
        ("hafen.de - die Nachrichten-Seite", "hafen.de"),
        ("Quay Kenya News, Business & Sport | Quay", "Quay"),
        ("港新聞オンライン | トップニュース", "港新聞オンライン"),
        ("부두일보 > 정치", "부두일보"),
        ("Medium", "Medium"),
        ("News from Nowhere", "News from Nowhere"),
        ("Quay & Co.", "Quay & Co."),
    ],
)
def test_a_feed_s_title_is_its_publisher(title: str, wanted: str) -> None:
    assert publisher_of(title) == wanted


HEADLINES = [
    *(
        (f"Ferry returns{mark}The Quay", "The Quay", "Ferry returns")
        for mark in (" / ", " ~ ", "—", "|", ": ", " < ")
    ),
    ("Ferry returns (The Quay)", "The Quay", "Ferry returns"),
    ("Ferry returns [The Quay]", "The Quay", "Ferry returns"),
    ("Ferry returns | The Quay | World", "The Quay", "Ferry returns"),
    ("The Quay: Ferry returns", "The Quay", "Ferry returns"),
    ("フェリー再開：港新聞", "港新聞", "フェリー再開"),
    ("フェリー再開|港新聞", "港新聞", "フェリー再開"),
    ("渡轮恢复_国内_码头网", "码头网", "渡轮恢复"),
    ("渡轮恢复--码头网", "码头网", "渡轮恢复"),
    ("여객선 재개 < 정치 < 부두일보", "부두일보", "여객선 재개"),
    ("Tarn: Ferry returns", "Tarn", "Tarn: Ferry returns"),
    ("Ferry returns - Quay Courier asks why", "Quay Courier", "Ferry returns - Quay Courier asks why"),
    ("Ferry returns (again)", "The Quay", "Ferry returns (again)"),
    ("Sale at The Quay", "The Quay", "Sale at The Quay"),
]


@pytest.mark.parametrize(("title", "publisher", "wanted"), HEADLINES)
def test_a_headline_goes_without_its_site(title: str, publisher: str, wanted: str) -> None:
    assert clean_title(title, publisher) == wanted
