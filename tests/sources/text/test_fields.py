from __future__ import annotations

import pytest

from digest.sources.pages.pictures import first_picture, usable_image
from digest.sources.text.feed_titles import publisher_of
from digest.sources.text.fields import clean_byline, language_tag, unique_tags


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Ada Kamau", "Ada Kamau"),
        ("By Ada Kamau", "Ada Kamau"),
        ("ada@quay.example (Ada Kamau)", "Ada Kamau"),
        ("Ada Kamau <ada@quay.example>", "Ada Kamau"),
        ("ada@quay.example", ""),
        ("https://quay.example/ada", ""),
        ("admin", ""),
        ("Ada Kamau | 4 March 2026", "Ada Kamau"),
        ("ADA KAMAU MARCH 4, 2026 10:30", "ADA KAMAU"),
        ("<a href='/ada'>Ada</a> &amp; Ben", "Ada & Ben"),
        ("Por Ada Kamau", "Ada Kamau"),
        ("Ada Kamau (mailto:ada@quay.example)", "Ada Kamau"),
        ("Ada Kamau [mailto:ada@quay.example]", "Ada Kamau"),
        ("mailto:ada@quay.example", ""),
        ("Ada Kamau (https://quay.example/ada)", "Ada Kamau"),
        ("Ada Kamau (Reuters)", "Ada Kamau (Reuters)"),
        ("(Ada Kamau)", "Ada Kamau"),
        ("Ada Kamau ada@quay.example +49 30 1234", "Ada Kamau"),
        ("Ada Kamau <ada@quay.example>, Bo Li", "Ada Kamau, Bo Li"),
        ("作者:山田太郎", "山田太郎"),
        ("文/山田太郎", "山田太郎"),
        ("Автор: Иван Иванов", "Иван Иванов"),
        ("Escrito por Ana Díaz", "Ana Díaz"),
        ("Texte : Jean Dupont", "Jean Dupont"),
        ("Penulis: Siti", "Siti"),
        ("بقلم: أحمد علي", "أحمد علي"),
        ("9:39AM BST 05 Oct 2026", ""),
        ("17.30 Uhr", ""),
        ("Ada Kamau Tuesday, Aug. 17, 2026", "Ada Kamau"),
        ("Ada Kamau Dienstag, 4. März 2026", "Ada Kamau"),
        ("Ada Sonntag", "Ada Sonntag"),
        ("undefined", ""),
        ("N/A", ""),
        ("x" * 300, ""),
        ("", ""),
    ],
)
def test_a_byline_is_names_only(raw: str, wanted: str) -> None:
    assert clean_byline(raw) == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        *(("en", "en"), ("EN_us", "en-us"), ("pt-BR", "pt-br"), ("en_US.UTF-8", "en-us"), ("de, en", "de")),
        *(("english", ""), ("", ""), ("und", ""), ("e", ""), ("x-klingon", "")),
    ],
)
def test_a_language_is_a_tag_or_nothing(raw: str, wanted: str) -> None:
    assert language_tag(raw) == wanted


def test_tags_come_once() -> None:
    assert unique_tags(["Sea", "sea", " ", "Fish &amp; chips", "x" * 100]) == ("Sea", "Fish & chips")


@pytest.mark.parametrize(
    "address",
    [
        *("", " ", "data:image/gif;base64,x", "javascript:1", "ftp://x.example/a.jpg", "http://[::1"),
        *(
            "http://127.0.0.1/a.jpg",
            "http://192.168.1.1/a.jpg",
            "http://localhost/a.jpg",
            "http://cms/a.jpg",
        ),
        *(None, 7, ["x"], "https://x.example/" + "a" * 3000),
    ],
)
def test_what_a_mail_can_not_show_is_no_picture(address: object) -> None:
    assert usable_image(address, "https://quay.example/") is None


@pytest.mark.parametrize("about", [{"width": "1"}, {"height": 2}, {"width": "80px", "height": "500"}])
def test_pixels_and_icons_are_no_pictures(about: dict[str, object]) -> None:
    assert usable_image("/a.jpg", "https://quay.example/", about) is None


def test_a_picture_keeps_what_is_known_of_it() -> None:
    found = usable_image(
        "a b.jpg?x=1&amp;y=2", "https://quay.example/x/", {"alt": "A <b>boat</b>", "width": "640.0 px"}
    )

    assert found is not None
    assert (found.url, found.alt, found.width) == (
        "https://quay.example/x/a%20b.jpg?x=1&y=2",
        "A boat",
        640,
    )


def test_the_first_picture_that_can_be_shown_is_taken() -> None:
    texts = ["<p>none</p>", "<img src='/p.gif' width=1><img src='/a.jpg' alt='A'>"]

    found = first_picture(texts, "https://quay.example/")

    assert found is not None
    assert found.url == "https://quay.example/a.jpg"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("BBC News - World", "BBC News"),
        ("NYT > Top Stories", "NYT"),
        ("RSS - Harbour Daily", "Harbour Daily"),
        ("Latest news from Harbour Daily", "Harbour Daily"),
        ("Harbour Daily: Home", "Harbour Daily"),
        ("Hafenblatt – Schlagzeilen", "Hafenblatt"),
        ("Le Quai » À la une", "Le Quai"),
        ("El Muelle | Últimas noticias", "El Muelle"),
        ("Новости - РБК", "РБК"),
        ("港新聞:トップ・注目ニュース", "港新聞"),
        ("Sport", ""),
        ("News: World", ""),
        ("Spider-Man Weekly", "Spider-Man Weekly"),
        ("東京・中日新聞", "東京・中日新聞"),
        ("Politico: Congress", "Politico: Congress"),
    ],
)
def test_a_feed_s_title_names_its_publisher(title: str, wanted: str) -> None:
    assert publisher_of(title) == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Ada Kamau - March 4, 2026", "Ada Kamau"),
        ('["Ada Kamau","John Otieno"]', "Ada Kamau, John Otieno"),
        ("文／王小明", "王小明"),
        ("取材・文＝山田太郎", "山田太郎"),
        ("Von unserem Korrespondenten", ""),
    ],
)
def test_names_are_read_out_of_what_systems_write(raw: str, wanted: str) -> None:
    assert clean_byline(raw) == wanted
