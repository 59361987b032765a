"""Openings that point back in thirty languages more, and sentences of those that stand alone."""

from __future__ import annotations

import pytest

from digest.summaries.language.dependence import leans_back

LEANING = """
is: Þetta kostaði borgina mikið.
is: Hann neitaði því.
is: Þess vegna lokaði höfnin.
is: Auk þess hækkaði skatturinn.
is: Sá síðarnefndi borgar helminginn.
is: Hins vegar féll verðið.
et: See läks linnale kalliks maksma.
et: Seetõttu suleti sadam.
et: Lisaks tõusis maks.
et: Ta eitas seda.
et: Mõlemad said viga.
et: Viimane maksab poole.
lv: Tas pilsētai maksāja dārgi.
lv: Tāpēc osta tika slēgta.
lv: Turklāt pieauga nodoklis.
lv: Viņš to noliedza.
lv: Abi tika ievainoti.
lv: Tomēr naudas nav.
lt: Tai miestui brangiai kainavo.
lt: Todėl uostas uždarytas.
lt: Be to, padidėjo mokestis.
lt: Jis tai neigė.
lt: Abu buvo sužeisti.
lt: Tačiau pinigų nėra.
sl: To je mesto drago stalo.
sl: Zato so pristanišče zaprli.
sl: Poleg tega se je zvišal davek.
sl: On to zanika.
sl: Oba sta bila ranjena.
sl: Vendar denarja ni.
mk: Тоа го чинеше градот многу.
mk: Затоа пристаништето се затвори.
mk: Освен тоа, данокот порасна.
mk: Тој го негира тоа.
mk: Двајцата беа повредени.
mk: Сепак, пари нема.
be: Гэта каштавала гораду шмат.
be: Таму порт закрыўся.
be: Акрамя таго, вырас падатак.
be: Ён гэта адмаўляе.
be: Абодва былі параненыя.
be: Аднак грошай няма.
az: Bu şəhərə baha başa gəldi.
az: Buna görə liman bağlandı.
az: Bundan əlavə, vergi artdı.
az: O bunu inkar etdi.
az: Hər ikisi yaralandı.
az: Lakin pul yoxdur.
kk: Бұл қалаға қымбатқа түсті.
kk: Сондықтан порт жабылды.
kk: Сонымен қатар салық өсті.
kk: Ол мұны жоққа шығарды.
kk: Екеуі де жараланды.
kk: Алайда ақша жоқ.
uz: Bu shaharga qimmatga tushdi.
uz: Shuning uchun port yopildi.
uz: Bundan tashqari, soliq oshdi.
uz: U buni rad etdi.
uz: Ikkalasi ham yaralandi.
uz: Biroq pul yoʻq.
ka: ეს ქალაქს ძვირი დაუჯდა.
ka: ამიტომ პორტი დაიხურა.
ka: გარდა ამისა, გადასახადი გაიზარდა.
ka: მან ეს უარყო.
ka: ორივე დაშავდა.
ka: თუმცა ფული არ არის.
hy: Դա քաղաքի վրա թանկ նստեց։
hy: Ուստի նավահանգիստը փակվեց։
hy: Բացի այդ, հարկն աճեց։
hy: Նա դա հերքեց։
hy: Երկուսն էլ վիրավորվեցին։
hy: Սակայն փող չկա։
sq: Kjo i kushtoi shumë qytetit.
sq: Prandaj porti u mbyll.
sq: Përveç kësaj, taksa u rrit.
sq: Ai e mohoi.
sq: Të dy u plagosën.
sq: Megjithatë, para nuk ka.
eu: Horrek asko kostatu zion hiriari.
eu: Horregatik itxi zuten portua.
eu: Gainera, zerga igo zen.
eu: Hark ukatu egin zuen.
eu: Biak zauritu ziren.
eu: Hala ere, dirurik ez dago.
gl: Iso custoulle moito á cidade.
gl: Por iso pechou o porto.
gl: Ademais, subiu o imposto.
gl: El negouno.
gl: Ambos resultaron feridos.
gl: Porén, non hai cartos.
cy: Costiodd hyn lawer i'r ddinas.
cy: Felly caeodd y porthladd.
cy: Yn ogystal, cododd y dreth.
cy: Gwadodd ef hynny.
cy: Anafwyd y ddau.
cy: Fodd bynnag, nid oes arian.
ga: Chosain sé seo go leor.
ga: Dá bhrí sin, dúnadh an calafort.
ga: Ina theannta sin, d'ardaigh an cháin.
ga: Shéan sé é sin.
ga: Gortaíodh an bheirt acu.
ga: Ach níl aon airgead ann.
ne: यसले सहरलाई धेरै खर्च भयो।
ne: त्यसैले बन्दरगाह बन्द भयो।
ne: यसबाहेक कर बढ्यो।
ne: उनले यो अस्वीकार गरे।
ne: दुवै घाइते भए।
ne: तर पैसा छैन।
mr: यामुळे शहराला मोठा खर्च आला.
mr: त्यामुळे बंदर बंद झाले.
mr: याशिवाय कर वाढला.
mr: त्यांनी हे नाकारले.
mr: दोघेही जखमी झाले.
mr: मात्र पैसे नाहीत.
gu: આનાથી શહેરને ઘણો ખર્ચ થયો.
gu: તેથી બંદર બંધ થયું.
gu: આ ઉપરાંત કર વધ્યો.
gu: તેમણે આનો ઇનકાર કર્યો.
gu: બંને ઘાયલ થયા.
gu: જોકે પૈસા નથી.
te: దీనివల్ల నగరానికి చాలా ఖర్చయింది.
te: అందువల్ల ఓడరేవు మూతపడింది.
te: అంతేకాకుండా పన్ను పెరిగింది.
te: ఆయన దీన్ని ఖండించారు.
te: ఇద్దరూ గాయపడ్డారు.
te: అయితే డబ్బు లేదు.
th: เขาปฏิเสธเรื่องนี้
th: ดังนั้นท่าเรือจึงปิด
th: นอกจากนี้ ภาษียังเพิ่มขึ้น
th: ทั้งสองได้รับบาดเจ็บ
th: อย่างไรก็ตาม ไม่มีเงิน
th: เรื่องนี้ทำให้เมืองเสียเงินมาก
am: ይህ ከተማዋን ብዙ አስወጣት።
am: ስለዚህ ወደቡ ተዘጋ።
am: በተጨማሪም ግብሩ ጨመረ።
am: እሱ ይህን አስተባበለ።
am: ሁለቱም ቆሰሉ።
am: ሆኖም ገንዘብ የለም።
so: Taasi waxay ku kacday lacag badan.
so: Sidaas darteed dekedda waa la xiray.
so: Intaa waxaa dheer, canshuurtu way kordhay.
so: Isagu wuu beeniyay.
so: Labaduba way dhaawacmeen.
so: Hase yeeshee lacag ma jirto.
ha: Wannan ya ci wa birnin kuɗi mai yawa.
ha: Saboda haka aka rufe tashar.
ha: Bugu da ƙari, haraji ya ƙaru.
ha: Shi ya musanta hakan.
ha: Dukansu biyu sun ji rauni.
ha: Amma babu kuɗi.
yo: Èyí ná ìlú náà lówó púpọ̀.
yo: Nítorí náà wọ́n ti èbúté náà.
yo: Ní àfikún, owó orí pọ̀ sí i.
yo: Ó sẹ́ ẹ.
yo: Àwọn méjèèjì fara pa.
yo: Ṣùgbọ́n kò sí owó.
zu: Lokhu kubize idolobha imali eningi.
zu: Ngakho-ke itheku livaliwe.
zu: Ngaphezu kwalokho, intela ikhuphukile.
zu: Yena uyakuphika lokho.
zu: Bobabili balimele.
zu: Kodwa ayikho imali.
mt: Dan sewa ħafna flus lill-belt.
mt: Għalhekk il-port ingħalaq.
mt: Barra minn hekk, it-taxxa żdiedet.
mt: Hu ċaħad dan.
mt: It-tnejn indarbu.
mt: Madankollu, m'hemmx flus.
lb: Dat huet d'Stad vill kascht.
lb: Dofir gouf den Hafe zougemaach.
lb: Ausserdeem ass d'Steier geklommen.
lb: Hien huet dat dementéiert.
lb: Béid goufe blesséiert.
lb: Allerdéngs feelt d'Geld.
si: මෙය නගරයට මිල අධික විය.
si: එබැවින් වරාය වසා දැමීය.
si: ඊට අමතරව බදු ඉහළ ගියේය.
si: ඔහු එය ප්‍රතික්ෂේප කළේය.
si: දෙදෙනාම තුවාල ලැබූහ.
si: කෙසේ වෙතත් මුදල් නැත.
"""
STANDING = """
is: Höfnin í Reykjavík lokaði á mánudag.
et: Tallinna sadam suleti esmaspäeval.
lv: Rīgas osta pirmdien tika slēgta.
lt: Klaipėdos uostas pirmadienį uždarytas.
sl: Pristanišče v Kopru so zaprli v ponedeljek.
kk: Ақтау порты дүйсенбіде жабылды.
uz: Termiz porti dushanba kuni yopildi.
cy: Caeodd porthladd Caergybi ddydd Llun.
ga: Dúnadh calafort Chorcaí Dé Luain.
so: Dekedda Berbera ayaa la xiray Isniintii.
ha: Gwamnatin Kano ta rufe tashar a ranar Litinin.
yo: Ìjọba Èkó ti èbúté ní ọjọ́ Ajé.
zu: Itheku laseThekwini livaliwe ngoMsombuluko.
mt: Il-port ta' Malta ngħalaq nhar it-Tnejn.
lb: Den Hafe vu Mäertert gouf e Méindeg zougemaach.
si: කොළඹ වරාය සඳුදා වසා දැමීය.
mr: मुंबई बंदर सोमवारी बंद झाले.
gu: મુંદ્રા બંદર સોમવારે બંધ થયું.
te: విశాఖ ఓడరేవు సోమవారం మూతపడింది.
ka: ფოთის პორტი ორშაბათს დაიხურა.
hy: Երևանի կամուրջը փակվեց երկուշաբթի։
sq: Porti i Durrësit u mbyll të hënën.
eu: Bilboko portua astelehenean itxi zuten.
gl: O porto de Vigo pechou o luns.
be: Порт у Гомелі закрыўся ў панядзелак.
mk: Пристаништето во Охрид се затвори во понеделник.
az: Bakı limanı bazar ertəsi bağlandı.
ne: वीरगन्ज बन्दरगाह सोमबार बन्द भयो।
am: የምጽዋ ወደብ ሰኞ ተዘጋ።
th: ท่าเรือกรุงเทพปิดเมื่อวันจันทร์
"""


def lines(text: str) -> list[tuple[str, str]]:
    return [(line[:2], line[4:]) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("language", "sentence"), lines(LEANING))
def test_an_opening_that_points_back_leans(language: str, sentence: str) -> None:
    assert leans_back(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), lines(STANDING))
def test_a_sentence_that_names_its_own_stands(language: str, sentence: str) -> None:
    assert not leans_back(sentence, language)
