"""More bylines, feeds' titles and headlines of the world: names stay, what stands around them goes."""

from __future__ import annotations

import pytest

from digest.sources.pages.headlines import clean_title
from digest.sources.text.feed_titles import publisher_of
from digest.sources.text.fields import clean_byline

BYLINES: list[tuple[str, tuple[str, ...]]] = [
    ("By Quay News Desk", ("", "Quay News Desk")),
    ("Quay News Desk", ("", "Quay News Desk")),
    ("News Desk", ("",)),
    ("Web Desk", ("",)),
    ("Ann Kamau (mailto:ann@quay.example)", ("Ann Kamau",)),
    ("Ann Kamau <ann@quay.example>", ("Ann Kamau",)),
    ("ann@quay.example (Ann Kamau)", ("Ann Kamau",)),
    ("By Ann Kamau in Nairobi", ("Ann Kamau",)),
    ("By Ann Kamau, Nairobi", ("Ann Kamau", "Ann Kamau, Nairobi")),
    ("By Ann Kamau and staff", ("Ann Kamau",)),
    ("Ann Kamau and agencies", ("Ann Kamau",)),
    ("By ANN KAMAU, Staff Writer", ("ANN KAMAU", "Ann Kamau")),
    ("Ann Kamau, Chief Political Correspondent", ("Ann Kamau",)),
    ("Von Anna Beispiel", ("Anna Beispiel",)),
    ("Von Anna Beispiel, dpa", ("Anna Beispiel, dpa", "Anna Beispiel")),
    ("von Anna Beispiel und Bert Muster", ("Anna Beispiel und Bert Muster", "Anna Beispiel, Bert Muster")),
    ("Par Léa Martin", ("Léa Martin",)),
    ("Par Léa Martin avec AFP", ("Léa Martin", "Léa Martin avec AFP")),
    ("Propos recueillis par Léa Martin", ("Léa Martin",)),
    ("Por Juan Pérez", ("Juan Pérez",)),
    ("Por: Juan Pérez", ("Juan Pérez",)),
    ("De Juan Pérez", ("Juan Pérez", "De Juan Pérez")),
    ("de Ion Popescu", ("Ion Popescu",)),
    ("di Mario Rossi", ("Mario Rossi",)),
    ("a cura di Mario Rossi", ("Mario Rossi",)),
    ("Door Jan Jansen", ("Jan Jansen",)),
    ("Av Kari Nordmann", ("Kari Nordmann",)),
    ("Af Lars Hansen", ("Lars Hansen",)),
    ("Text: Anna Svensson", ("Anna Svensson",)),
    ("Teksti: Matti Virtanen", ("Matti Virtanen",)),
    ("Autor: Jan Kowalski", ("Jan Kowalski",)),
    ("Автор: Иван Петров", ("Иван Петров",)),
    ("Текст: Иван Петров", ("Иван Петров",)),
    ("Yazan: Ayşe Yılmaz", ("Ayşe Yılmaz",)),
    ("Oleh Budi Santoso", ("Budi Santoso",)),
    ("Na Juma Otieno", ("Juma Otieno",)),
    ("Mwandishi: Juma Otieno", ("Juma Otieno",)),
    ("Bởi Nguyễn Văn A", ("Nguyễn Văn A",)),
    ("بقلم أحمد علي", ("أحمد علي",)),
    ("كتب: أحمد علي", ("أحمد علي",)),
    ("מאת דוד כהן", ("דוד כהן",)),
    ("Του Γιώργου Παππά", ("Γιώργου Παππά",)),
    ("김하나 기자", ("김하나",)),
    ("山田花子記者", ("山田花子",)),
    ("文：张三", ("张三",)),
    ("De Gaulle", ("De Gaulle",)),
    ("Von der Leyen", ("Von der Leyen", "von der Leyen")),
    ("Di Canio Paolo", ("Di Canio Paolo",)),
    ("Na Li", ("Na Li",)),
    ("Av Shalom", ("Av Shalom",)),
    ("Por Silva", ("Por Silva", "Silva")),
    ("Ursula von der Leyen", ("Ursula von der Leyen",)),
    ("Par Lindström", ("Par Lindström", "Lindström")),
    ("Reuters Staff", ("Reuters", "", "Reuters Staff")),
    ("AP Staff", ("AP", "", "AP Staff")),
    ("By The Associated Press", ("The Associated Press", "Associated Press")),
    ("dpa", ("dpa",)),
    ("AFP/Ann Kamau", ("AFP/Ann Kamau", "Ann Kamau", "AFP, Ann Kamau")),
    ("Ann Kamau | Reuters", ("Ann Kamau", "Ann Kamau, Reuters", "Ann Kamau | Reuters")),
    ("Redaktion", ("",)),
    ("Die Redaktion", ("",)),
    ("La rédaction", ("",)),
    ("Redacción", ("",)),
    ("Redazione", ("",)),
    ("Redação", ("",)),
    ("Redactie", ("",)),
    ("Redakcja", ("",)),
    ("Редакция", ("",)),
    ("Redaksi", ("",)),
    ("Haber Merkezi", ("",)),
    ("編集部", ("",)),
    ("本报讯", ("",)),
    ("온라인뉴스팀", ("",)),
    ("فريق التحرير", ("",)),
    ("डेस्क", ("",)),
    ("Onlineredaktion", ("",)),
    ("Newsroom", ("",)),
    ("Staff Reporter", ("",)),
    ("Our Correspondent", ("",)),
    ("Editorial Team", ("",)),
    ("Editor", ("",)),
    ("root", ("",)),
    ("Administrator", ("",)),
    ("By Ann Kamau | Published 4 March 2026", ("Ann Kamau",)),
    ("Ann Kamau · 5 min read", ("Ann Kamau",)),
    ("Written by Ann Kamau", ("Ann Kamau",)),
    ("Reporting by Ann Kamau; Editing by Bo Li", ("Ann Kamau", "Ann Kamau, Bo Li", "Ann Kamau; Bo Li")),
    ("Opinion by Ann Kamau", ("Ann Kamau",)),
    ("Words by Ann Kamau, photos by Bo Li", ("Ann Kamau",)),
    ("https://quay.example/author/ann", ("",)),
    ("Ann Kamau https://quay.example/ann", ("Ann Kamau",)),
    ("ANN KAMAU; BO LI", ("ANN KAMAU, BO LI",)),
    ("Ann Kamau  and   Bo Li", ("Ann Kamau and Bo Li", "Ann Kamau, Bo Li")),
]
PUBLISHERS = [
    ("Quay News: Breaking news, politics and sport", "Quay News"),
    ("Quay News - Latest headlines", "Quay News"),
    ("Latest news from Quay News", "Quay News"),
    ("Quay Nachrichten - Aktuelle News aus der Region", "Quay Nachrichten"),
    ("Le Quai : toute l'actualité en continu", "Le Quai"),
    ("Le Quai - Actualités, infos en direct", "Le Quai"),
    ("El Muelle: noticias de última hora", "El Muelle"),
    ("El Muelle | Últimas noticias", "El Muelle"),
    ("Il Molo - Ultime notizie", "Il Molo"),
    ("O Cais - Notícias de hoje", "O Cais"),
    ("De Kade - Laatste nieuws", "De Kade"),
    ("Kajen - Senaste nytt", "Kajen"),
    ("Nabrzeże - najnowsze wiadomości", "Nabrzeże"),
    ("Причал: новости дня", "Причал"),
    ("Причал - последние новости", "Причал"),
    ("Rıhtım - Son Dakika Haberleri", "Rıhtım"),
    ("Dermaga - Berita Terkini", "Dermaga"),
    ("الرصيف - آخر الأخبار", "الرصيف"),
    ("埠頭新聞 - 最新ニュース", "埠頭新聞"),
    ("码头报 - 最新新闻", "码头报"),
    ("부두일보 - 전체기사", "부두일보"),
    ("Google Alert - harbor tarn", ""),
    ("Google Alert – harbor", ""),
    ('"harbor" - Google News', "Google News"),
    ("Top stories - Google News", "Google News"),
    ("Quay » Feed", "Quay"),
    ("Comments on: Quay", "Quay"),
    ("RSS - Quay", "Quay"),
    ("Quay RSS feed", "Quay"),
    ("Feed Quay", "Feed Quay"),
    ("quay.example", "quay.example"),
    ("www.quay.example", "quay.example"),
    ("Quay – Politics", "Quay"),
    ("Politics – Quay", "Quay"),
    ("Quay | World", "Quay"),
    ("World | Quay", "Quay"),
    ("News - The Quay Courier", "The Quay Courier"),
    ("Home - The Quay Courier", "The Quay Courier"),
    ("Startseite | Der Kai", "Der Kai"),
    ("Accueil - Le Quai", "Le Quai"),
    ("Portada // El Muelle", "El Muelle"),
    ("The Quay Courier (@quay)", "The Quay Courier"),
    ("Quay Courier on Medium", "Quay Courier"),
]
TITLES = [
    ("Ferry returns - The Quay Courier", "The Quay Courier", "Ferry returns"),
    ("Ferry returns | QUAY COURIER", "Quay Courier", "Ferry returns"),
    ("Ferry returns – quay courier", "The Quay Courier", "Ferry returns"),
    ("Ferry returns :: Quay Courier", "Quay Courier", "Ferry returns"),
    ("Ferry returns » Quay Courier", "Quay Courier", "Ferry returns"),
    ("Ferry returns · Quay Courier", "Quay Courier", "Ferry returns"),
    ("Quay Courier | Ferry returns", "Quay Courier", "Ferry returns"),
    ("Ferry returns - quay.example", "quay.example", "Ferry returns"),
    ("Ferry returns | Quay.Example", "quay.example", "Ferry returns"),
    ("Ferry returns - Politics - The Quay Courier", "The Quay Courier", "Ferry returns"),
    ("Ferry returns | Sport | The Quay", "The Quay", "Ferry returns"),
    ("Ferry returns - BBC", "BBC", "Ferry returns"),
    ("Ferry returns - taz.de", "taz", "Ferry returns"),
    ("Fähre kehrt zurück | taz", "taz", "Fähre kehrt zurück"),
    ("フェリー再開 - 埠頭新聞", "埠頭新聞", "フェリー再開"),
    ("フェリー再開｜埠頭新聞", "埠頭新聞", "フェリー再開"),
    ("渡轮恢复_码头报", "码头报", "渡轮恢复"),
    ("渡轮恢复-码头报", "码头报", "渡轮恢复"),
    ("Паром вернулся — Причал", "Причал", "Паром вернулся"),
    ("Паром вернулся / Причал", "Причал", "Паром вернулся"),
    ("عودة العبارة | الرصيف", "الرصيف", "عودة العبارة"),
    ("Tarn – Quay: ferry returns", "Quay", "Tarn – Quay: ferry returns"),
    ("Germany - France 2:1", "Quay", "Germany - France 2:1"),
    ("Ferry returns - for now", "Quay", "Ferry returns - for now"),
    ("The mayor of Quay", "Quay", "The mayor of Quay"),
    ("Mayor leaves Quay - Quay", "Quay", "Mayor leaves Quay"),
    ("Interview | The mayor", "The Quay Courier", "Interview | The mayor"),
    ("Ferry strike: BBC - and what next", "BBC", "Ferry strike: BBC - and what next"),
]


@pytest.mark.parametrize(("raw", "wanted"), BYLINES)
def test_a_byline_says_who_wrote_it(raw: str, wanted: tuple[str, ...]) -> None:
    assert clean_byline(raw) in wanted


@pytest.mark.parametrize(("title", "wanted"), PUBLISHERS)
def test_a_feed_s_title_names_its_publisher(title: str, wanted: str) -> None:
    assert publisher_of(title) == wanted


@pytest.mark.parametrize(("title", "publisher", "wanted"), TITLES)
def test_a_headline_loses_its_site_s_name_alone(title: str, publisher: str, wanted: str) -> None:
    assert clean_title(title, publisher) == wanted


@pytest.mark.parametrize("end", [" ― ", "_", " › ", " « ", "｜", " :: ", " // "])
def test_a_sites_name_goes_behind_whatever_parts_it(end: str) -> None:
    assert (
        clean_title(f"Ferry returns to harbor{end}Quay Courier", "Quay Courier")
        == "Ferry returns to harbor"
    )
    assert clean_title(f"Ferry{end}Tarn Post fight", "Quay Courier") == f"Ferry{end}Tarn Post fight"
