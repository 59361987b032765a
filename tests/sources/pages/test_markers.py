"""Comments and lists of other articles are cut below an article in any language."""

# ruff: noqa: E501  # one line for a few languages
from __future__ import annotations

import pytest

from digest.sources.pages.markers import BY_LANGUAGE, ELSEWHERE
from tests.sources.feeds import article, item, rss

OWN = [
    "The harbor of Tarn opens on Monday after eleven weeks of repairs, the council said.",
    "Ferries will leave twice a day from the northern quay, and the fish market returns to its hall.",
    "Engineers replaced four hundred meters of wall that the winter storm had broken in January.",
]
MARKERS = [
    ("it", "Leggi anche"), ("it", "Lascia un commento"), ("nl", "Lees ook"), ("nl", "Plaats een reactie"),
    ("sv", "Läs också"), ("sv", "Lämna en kommentar"), ("da", "Læs også"), ("nb", "Les også"),
    ("fi", "Lue myös"), ("fi", "Jätä kommentti"), ("pl", "Czytaj także"), ("pl", "Dodaj komentarz"),
    ("cs", "Čtěte také"), ("sk", "Prečítajte si aj"), ("hu", "Kapcsolódó cikkek"), ("ro", "Citește și"),
    ("ro", "Lasă un comentariu"), ("hr", "Povezane vijesti"), ("sl", "Preberite še"), ("sr", "Повезане вести"),
    ("bg", "Свързани статии"), ("ru", "Читайте также"), ("ru", "Комментарии (12)"), ("uk", "Читайте також"),
    ("el", "Διαβάστε επίσης"), ("el", "Αφήστε ένα σχόλιο"), ("tr", "İlgili haberler"), ("tr", "Yorum yap"),
    ("id", "Baca juga"), ("id", "Tulis komentar"), ("ms", "Artikel berkaitan"), ("vi", "Tin liên quan"),
    ("vi", "Bình luận"), ("tl", "Kaugnay na balita"), ("fa", "مطالب مرتبط"), ("fa", "دیدگاهتان را بنویسید"),
    ("ur", "یہ بھی پڑھیں"), ("he", "כתבות נוספות"), ("he", "תגובות"), ("hi", "यह भी पढ़ें"),
    ("hi", "टिप्पणी करें"), ("bn", "আরও পড়ুন"), ("ta", "தொடர்புடைய செய்திகள்"), ("th", "ข่าวที่เกี่ยวข้อง"),
    ("ja", "関連記事"), ("ja", "コメントを書く"), ("zh", "相关阅读"), ("zh", "12 条评论"), ("ko", "관련기사"),
    ("ko", "댓글 쓰기"), ("ca", "Llegeix també"), ("et", "Loe ka"), ("lv", "Lasi arī"), ("lt", "Skaitykite taip pat"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "marker"), MARKERS, ids=str)
@pytest.mark.parametrize("tag", ["h3", "p"])
def test_what_stands_below_a_marker_is_cut(language: str, marker: str, tag: str) -> None:
    below = f"<{tag}>{marker}</{tag}><ul><li>Bakers compete</li><li>King visits mill</li></ul>"
    content = "".join(f"<p>{text}</p>" for text in OWN) + below

    assert language in ELSEWHERE
    assert list(article(rss(item(content=content))).paragraphs) == OWN


def test_a_marker_amid_the_article_costs_its_own_line_only() -> None:
    content = f"<p>{OWN[0]}</p><p>Читайте также</p>" + "".join(f"<p>{text}</p>" for text in OWN[1:])

    assert list(article(rss(item(content=content))).paragraphs) == OWN


def test_more_than_forty_languages_are_read() -> None:
    assert len(BY_LANGUAGE) + len(ELSEWHERE) >= 40
