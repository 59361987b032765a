"""Openings that point back, in forty languages, and names that only look like them."""

from __future__ import annotations

import pytest

from digest.summaries.candidates import candidates
from digest.summaries.language.dependence import leans_back
from tests.summaries.newsroom import article

LEANING = """
en: Hence the harbor stayed shut until Monday.
en: Neither came to the hearing on Monday.
en: The two had met in Kano the week before.
en: The pair were arrested on Monday night.
en: That is why the port stayed shut.
en: Doing so would cost the town a million.
en: Instead, the council voted to wait.
en: In other words, the port is broke.
en: For its part, the union refused the offer.
en: Part of the reason is the price of fuel.
en: The move came after weeks of protest.
en: The decision follows a long dispute.
en: Only then did the port reopen.
en: Among them was a girl of twelve.
en: On the contrary, the fund grew.
en: Two of them were released on bail.
en: Yes, the port will reopen.
en: Nor did the council vote.
en: Likewise the fishermen kept away.
en: Three others were hurt.
en: Another was found in the river.
en: Others said the port was safe.
fr: D’où la colère des pêcheurs lundi.
fr: L’un d’eux a été blessé au bras.
fr: Qu’importe, le port a rouvert lundi.
fr: Ce faisant, le maire a perdu son siège.
fr: Raison pour laquelle le port ferme.
fr: Tous deux ont été libérés lundi.
fr: Autrement dit, le port est en faillite.
fr: À l’inverse, le syndicat refuse.
fr: Faute de quoi le port fermera.
fr: Idem pour les pêcheurs de Kano.
fr: Quand bien même le port rouvrirait, la ville perd.
de: Dadurch stieg der Preis um zehn Prozent.
de: Hinzu kommt der Preis für Diesel.
de: Dessen Sohn leitet den Hafen.
de: Grund dafür ist der Preis für Diesel.
de: Letzterer leitet den Hafen seit 2010.
de: Zugleich stieg der Preis um zehn Prozent.
de: Ihm zufolge ist der Hafen pleite.
de: Stattdessen stimmte der Rat für den Bau.
de: Im Übrigen ist der Hafen pleite.
de: Nur so bleibe der Hafen offen.
de: Währenddessen stieg das Wasser.
de: Einer von ihnen wurde verletzt.
es: De ahí la rabia de los pescadores.
es: Dicha medida entra en vigor el lunes.
es: Por otro lado, el sindicato rechaza la oferta.
es: Es decir, el puerto está en quiebra.
es: Ahora bien, el puerto reabrió.
es: Aquel acuerdo duró diez años.
es: Le pidió que dejara el puerto.
es: Ante esto, el alcalde renunció.
es: Otro de ellos murió el lunes.
es: Con todo, el puerto reabrió.
pt: Daí a raiva dos pescadores.
pt: Já o sindicato recusa a oferta.
pt: Ou seja, o porto faliu.
pt: Dessa forma, o porto reabriu.
pt: Tal medida entra em vigor na segunda.
it: Quest’ultimo guida il porto dal 2010.
it: Di conseguenza il porto resta chiuso.
it: Ecco perché il porto resta chiuso.
it: Nonostante ciò, il porto ha riaperto.
it: L’altro è stato ferito al braccio.
it: Gli ha chiesto di lasciare il porto.
it: Ne ha parlato il sindaco lunedì.
nl: Desondanks ging de haven open.
nl: Zij vroegen om meer geld.
nl: Een van hen raakte gewond.
nl: Vandaar de woede van de vissers.
nl: Volgens hem is de haven failliet.
pl: Obaj zostali zwolnieni w poniedziałek.
pl: W rezultacie port pozostał zamknięty.
pl: Jeden z nich został ranny.
pl: Co więcej, port jest bankrutem.
pl: Jej zdaniem port jest bankrutem.
sv: Enligt honom är hamnen konkurs.
sv: En av dem skadades.
sv: Detta gör att hamnen stängs.
sv: Dessutom steg priset med tio procent.
sv: Samtidigt steg priset.
fi: Hänen mukaansa satama on konkurssissa.
fi: Yksi heistä loukkaantui.
fi: Toisaalta hinta nousi.
fi: Näin satama pysyi kiinni.
tr: Ona göre liman iflas etti.
tr: Bunlardan biri yaralandı.
tr: Bu yüzden liman kapalı kaldı.
tr: Böylelikle liman açıldı.
tr: Öte yandan fiyatlar arttı.
hi: इसलिए बंदरगाह बंद रहा।
hi: उनके अनुसार बंदरगाह दिवालिया है।
hi: इसके अलावा कीमत बढ़ी।
hi: हालाँकि बंदरगाह सोमवार को खुला।
hi: वहीं मछुआरों ने विरोध किया।
id: Akibatnya pelabuhan tetap tutup.
id: Menurut dia, pelabuhan bangkrut.
id: Salah satu dari mereka terluka.
id: Sebaliknya, harga naik.
id: Dengan demikian pelabuhan dibuka.
ms: Menurut beliau, pelabuhan muflis.
ms: Sehubungan itu, pelabuhan ditutup.
tl: Dahil dito, isinara ang pantalan.
tl: Samantala, tumaas ang presyo.
tl: Isa sa kanila ang nasugatan.
sw: Hivyo bandari ilibaki imefungwa.
sw: Mmoja wao alijeruhiwa.
sw: Kwa mujibu wake, bandari imefilisika.
sw: Badala yake, baraza lilipiga kura.
ru: Один из них был ранен.
ru: По его словам, порт обанкротился.
ru: В результате порт остался закрыт.
ru: Таким образом порт открылся.
ru: Вместо этого совет проголосовал.
uk: За його словами, порт збанкрутував.
uk: Один із них був поранений.
uk: Таким чином порт відкрився.
ar: ونتيجة لذلك بقي الميناء مغلقا.
ar: وبحسبه فإن الميناء مفلس.
ar: أحدهم أصيب في ذراعه.
ar: ومع ذلك فتح الميناء.
ar: من ناحية أخرى ارتفعت الأسعار.
fa: او گفت بندر ورشکسته است.
fa: با این حال بندر باز شد.
fa: به گفته وی بندر بسته است.
ur: انہوں نے کہا کہ بندرگاہ بند ہے۔
ur: اس کے علاوہ قیمت بڑھ گئی۔
he: הוא אמר שהנמל נסגר.
he: לכן הנמל נשאר סגור.
he: לדבריו הנמל נסגר.
bn: তিনি বলেন বন্দর বন্ধ।
bn: তবে বন্দর সোমবার খুলেছে।
bn: এছাড়া দাম বেড়েছে।
ta: அவர் துறைமுகம் மூடப்பட்டது என்றார்.
el: Ωστόσο το λιμάνι άνοιξε.
el: Ένας από αυτούς τραυματίστηκε.
el: Σύμφωνα με τον ίδιο, το λιμάνι έκλεισε.
cs: Podle něj je přístav v úpadku.
cs: Jeden z nich byl zraněn.
hu: Szerinte a kikötő csődbe ment.
hu: Egyikük megsérült.
ro: Potrivit acestuia, portul este falimentar.
ro: Unul dintre ei a fost rănit.
da: En af dem blev såret.
nb: Ifølge ham er havnen konkurs.
vi: Theo ông, cảng đã phá sản.
vi: Vì vậy cảng vẫn đóng cửa.
ko: 이에 따라 항구는 닫혀 있었다.
ko: 그의 아들이 항구를 운영한다.
ja: そのため港は閉まったままだった。
ja: 一方、港は月曜日に開いた。
ja: さらに価格が上がった。
ja: ところが港は開かなかった。
ja: 同氏によると港は破産した。
zh: 因此港口仍然关闭。
zh: 不过港口星期一开放。
zh: 另外，价格上涨。
zh: 对此，市长拒绝评论。
zh: 其中一人受伤。
zh: 两人均被释放。
th: เขากล่าวว่าท่าเรือปิด
en: “The port stays shut until the pier is mended,” he said on Monday.
en: 'The port stays shut until the pier is mended,' she told reporters.
de: „Der Hafen bleibt zu, bis die Brücke steht.“ sagte er am Montag.
sv: ”Hamnen förblir stängd till våren.” sa hon i går.
pt: “O porto fica fechado até segunda.” disse ele na câmara.
ru: «Порт закрыт до понедельника,» сказал он журналистам.
"""
ALONE = """
en: “The port stays shut until the pier is mended,” the harbor master said on Monday.
en: Kessy opened the port of Kano, and “the pier is mended,” the mayor said.
en: The port reopened on Monday after a week.
en: First Lady Rachel Kessy opened the port.
en: Second World War bombs were found in Kano.
en: Two of the five suspects were freed on Monday.
en: In this year's budget the port gets a million.
de: Das Wasser im Hafen stieg am Montag.
de: Die Stadt öffnet den Hafen am Montag.
zh: 港口星期一早上重新开放。
ja: 港は月曜日の朝に再び開いた。
es: Lo Pagán celebra su feria el lunes.
it: La città apre il porto lunedì.
"""


def rows(table: str) -> list[tuple[str, str]]:
    found = [line.split(": ", 1) for line in table.strip().splitlines()]
    return [(language, sentence) for language, sentence in found]


@pytest.mark.parametrize(("language", "sentence"), rows(LEANING))
def test_an_opening_that_points_back_is_known(language: str, sentence: str) -> None:
    assert leans_back(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), rows(ALONE))
def test_a_sentence_that_needs_no_other_is_known(language: str, sentence: str) -> None:
    assert not leans_back(sentence, language)


def test_they_are_of_many_languages() -> None:
    assert len({language for language, _ in rows(LEANING)}) >= 30


def test_a_wrong_language_of_the_page_changes_nothing() -> None:
    told = article(
        "Der Hafen von Kiel wurde am Montag nach einer Woche wieder geöffnet, teilte die Stadt mit.",
        "Stattdessen stimmte der Rat für den Bau der neuen Brücke über die Förde und den Fluss.",
        title="",
        language="en",
    )

    assert [one.leans for one in candidates(told)] == [False, True]
