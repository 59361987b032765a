"""A line to another article between paragraphs goes, and the article goes on below it."""

# lines as they are
from __future__ import annotations

import pytest

from digest.sources.pages.cleaning import clean
from digest.sources.pages.markers.inlines import points_elsewhere
from digest.sources.text.blocks import Block
from tests.sources import sites

LINES = (
    "READ MORE | Bakery burns down",
    "More on health: Bakery burns down",
    "READ ALSO: Bakery burns down",
    "Related: Bakery burns down",
    "See also – Bakery burns down",
    "Recommended: Bakery burns down",
    "Also read | Bakery burns down",
    "You may also like: Bakery burns down",
    "Go deeper: Bakery burns down",
    "Don’t miss: Bakery burns down",
    "Editor's picks: Bakery burns down",
    "Keep reading: Bakery burns down",
    ">> Bakery burns down",
    "Lesen Sie auch: Bäckerei abgebrannt",
    "Mehr zum Thema: Bäckerei abgebrannt",
    "LESEN SIE HIER: Bäckerei abgebrannt",
    "Auch interessant: Bäckerei abgebrannt",
    "Mehr dazu | Bäckerei abgebrannt",
    "Weiterlesen: Bäckerei abgebrannt",
    "À LIRE AUSSI | La boulangerie brûle",
    "Lire aussi : La boulangerie brûle",
    "À lire aussi >> La boulangerie brûle",
    "Notre article : La boulangerie brûle",
    "Sur le même sujet : La boulangerie brûle",
    "À voir aussi – La boulangerie brûle",
    "LEA TAMBIÉN | Arde la panadería",
    "Lee también: Arde la panadería",
    "Te puede interesar: Arde la panadería",
    "Más información: Arde la panadería",
    "Le puede interesar: Arde la panadería",
    "Lea además: Arde la panadería",
    "Mirá también: Arde la panadería",
    "LEIA TAMBÉM: Padaria pega fogo",
    "Leia mais | Padaria pega fogo",
    "Veja também: Padaria pega fogo",
    "Saiba mais: Padaria pega fogo",
    "Ler também: Padaria pega fogo",
    "LEGGI ANCHE > Brucia il forno",
    "Leggi anche: Brucia il forno",
    "Potrebbe interessarti: Brucia il forno",
    "Per approfondire: Brucia il forno",
    "Lees ook: Bakkerij afgebrand",
    "LEES OOK | Bakkerij afgebrand",
    "Meer over dit onderwerp: Bakkerij afgebrand",
    "Lees verder: Bakkerij afgebrand",
    "Czytaj także: Spłonęła piekarnia",
    "Zobacz też: Spłonęła piekarnia",
    "CZYTAJ WIĘCEJ: Spłonęła piekarnia",
    "Przeczytaj również: Spłonęła piekarnia",
    "Läs också: Bageri brann",
    "LÄS MER: Bageri brann",
    "Läs även: Bageri brann",
    "Læs også: Bageri brændte",
    "LÆS MERE: Bageri brændte",
    "Les også: Bakeri brant",
    "Les mer: Bakeri brant",
    "Lue myös: Leipomo paloi",
    "Lue lisää: Leipomo paloi",
    "Čtěte také: Pekárna shořela",
    "Přečtěte si také: Pekárna shořela",
    "Čtěte více: Pekárna shořela",
    "Ayrıca okuyun: Fırın yandı",
    "İlgili haber: Fırın yandı",
    "Bunu da okuyun: Fırın yandı",
    "Читайте также: Сгорела пекарня",
    "Подробнее: Сгорела пекарня",
    "Смотрите также: Сгорела пекарня",
    "По теме: Сгорела пекарня",
    "Читайте також: Згоріла пекарня",
    "Детальніше: Згоріла пекарня",
    "Διαβάστε επίσης: Κάηκε φούρνος",
    "Διαβάστε ακόμα: Κάηκε φούρνος",
    "Olvassa el: Leégett a pékség",
    "Kapcsolódó: Leégett a pékség",
    "Citește și: A ars brutăria",
    "Vezi și: A ars brutăria",
    "اقرأ أيضا: احتراق مخبز",
    "اقرأ المزيد: احتراق مخبز",
    "طالع أيضا: احتراق مخبز",
    "بیشتر بخوانید: نانوایی سوخت",
    "קראו גם: המאפייה נשרפה",
    "עוד בנושא: המאפייה נשרפה",
    "関連記事：パン屋が全焼",
    "あわせて読みたい：パン屋が全焼",
    "【関連】パン屋が全焼",
    "こちらも読まれています：パン屋が全焼",
    "相关阅读：面包店起火",
    "延伸閱讀：麵包店起火",
    "推荐阅读：面包店起火",
    "관련기사: 빵집 화재",
    "함께 읽기: 빵집 화재",
    "Baca juga: Toko roti terbakar",
    "Simak juga: Toko roti terbakar",
    "Baca lagi: Kedai roti terbakar",
    "Đọc thêm: Tiệm bánh cháy",
    "Xem thêm: Tiệm bánh cháy",
    "อ่านเพิ่มเติม: ร้านขนมปังไฟไหม้",
    "อ่านต่อ: ร้านขนมปังไฟไหม้",
    "यह भी पढ़ें: बेकरी जली",
    "ये भी पढ़ें: बेकरी जली",
    "আরও পড়ুন: বেকারি পুড়ল",
    "Soma pia: Duka la mikate lateketea",
    "Soma zaidi: Duka la mikate lateketea",
    "Pročitajte i: Izgorjela pekara",
    "Прочитајте још: Изгорела пекара",
    "Вижте още: Изгоря пекарна",
    "Čítajte tiež: Pekáreň zhorela",
    "Preberite tudi: Pekarna pogorela",
    "Llegiu també: Crema el forn",
    "Lees ook: Bakkery brand af",
)
STAY = (
    "The council voted: nobody was against it",
    "Mayor: We shall not pay for the pier",
    "What comes next: a vote in June",
    "Score - Harbor 2 Quay 1 after extra time",
)


def cleaned(*blocks: Block) -> list[str]:
    first, *rest = sites.PARAGRAPHS
    return [block.text for block in clean((Block(first), *blocks, *map(Block, rest)), title=sites.TITLE)]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("level", [0, 3], ids=["a line", "a heading"])
def test_a_line_to_another_article_costs_itself_only(line: str, level: int) -> None:
    assert cleaned(Block(line, level)) == list(sites.PARAGRAPHS)


@pytest.mark.parametrize("line", STAY)
def test_a_line_of_the_article_stays(line: str) -> None:
    assert line in cleaned(Block(line))


@pytest.mark.parametrize(
    "line",
    [
        "Read also: Why did the bakery burn?",
        "Lesen Sie auch: Warum brannte die Bäckerei?",
        "Lire aussi : Qui paiera ?",
    ],
)
def test_a_question_behind_such_words_goes_too(line: str) -> None:
    assert cleaned(Block(line)) == list(sites.PARAGRAPHS)


def test_an_item_of_a_list_is_no_line_to_another_article() -> None:
    item = Block("Read: 300 pages of the new plan", is_item=True)

    assert item.text in cleaned(item)


def test_keep_reading_with_a_title_is_no_offer() -> None:
    assert points_elsewhere("Keep reading: Bakery burns down")
