"""Openings that take up what was told just before: a part of a number, a person by age, a case alike."""

from __future__ import annotations

from digest.summaries.language.openers.phrases import opening

_PHRASES = {
    "en": r"""
        the (?:\d\d-year-old (?:was|is|has|had|will|said|told)|rest|duo|trio)\b|what followed|again,|
        (?:when )?asked (?:why,|about (?:it|this|that|these|those|him|her|them))|add to (?:that|this)|
        (?:several|each|both|most|many|half|two|three|four|five|six) of (?:them|these|those)|
        all (?:two|three|four|five|six)\b|enter the
    """,
    "fr": r"""
        parmi (?:eux| elles| ceux-ci| celles-ci)| (?:un| une| deux| trois| quatre) autres?\b| une
        (?:décision| mesure| annonce| information| situation| nouvelle| initiative| première) (?:qui|
        que| dont)| un (?:choix| geste| chiffre| phénomène) (?:qui| que| dont)| reste (?:que| à)| même
        (?:chose| constat| son)| pour rappel| depuis,| à (?:cette| ses| leurs) (?:occasion| côtés)|
        d['’]autant| preuve| s['’]y| l['’](?:homme| intéressée?| individu| accusée?) (?:de \d\d ans| a|
        est| avait| était)\b| l[ea] (?:suspecte?| victime| trentenaire| quadragénaire| quinquagénaire|
        sexagénaire| jeune (?:homme| femme)) (?:a| est| avait| était)\b| les (?:deux| trois| quatre)
        (?:hommes| femmes| enfants| suspects)
    """,
    "es": r"""
        por su (?:lado| cuenta)| mientras,| de (?:allí| aquí| ser así)| cabe (?:recordar| señalar|
        destacar| mencionar)| se trata| ambas| fue (?:entonces| allí| ahí| así)| pese a (?:ello| eso|
        esto| todo)| (?:otr[oa]s?| dos| tres) más\b| entre (?:ellos| ellas)| el (?:detenido| acusado|
        sospechoso| imputado| joven| hombre) (?:fue| es| ha| había| tiene)\b| l[oa]s (?:dos| tres)
        (?:hombres| mujeres| detenidos)| recordó que| agregó que| añadió que| señaló que
    """,
    "de": r"""
        der sprecherin? zufolge| dem sprecher zufolge| seitdem| seither| damals| ebenfalls| umgekehrt|
        mit dabei| d(?:er| ie) \d\d-jährige| wie (?:er| sie| es)\b| gleichwohl| nach eigenen angaben|
        (?:ein| eine| zwei| drei| vier) weitere[rsn]?\b| nun\b| mehr noch| auch (?:er| sie| dort| hier|
        in diesem)| unter ihnen| (?:die| den) (?:beiden| dreien| übrigen| anderen)\b| im anschluss| kurz
        darauf| wenig später| am selben| in der folge| der (?:mann| täter| verdächtige| fahrer)
        (?:wurde| ist| war| hatte)\b
    """,
    "it": r"""
        ed? è| eppure| tra (?:quest[ei]| loro| di loro)| fra (?:quest[ei]| loro)| (?:un| altri| altre)
        (?:altr[oa]| due| tre)\b| a quel punto| stess[oa] (?:discorso| cosa| sorte)| motivo per| il
        che\b| idem| d['’]ora| allora| (?:il| la) \d\d ?enne| l['’](?:uomo| indagato| arrestato) (?:è|
        ha| era| aveva)\b| proprio per| dopodiché| subito dopo| poco dopo
    """,
    "pt": r"""
        trata-se| ainda (?:segundo| de acordo com) (?:el[ea]s?| o mesmo| a mesma)| nel[ea]s?\b| à época|
        na época| foi (?:então| assim| aí| lá)| só que| enquanto isso| por lá| ambas| sendo assim| tudo
        isso| mesmo (?:que| com isso)| (?:outr[oa]s?| dois| duas| três| mais) (?:dois| duas| três|
        outr[oa]s)\b| entre el[ea]s| o (?:suspeito| acusado| jovem| homem) (?:foi| é| tem| tinha)\b|
        vale lembrar
    """,
    "nl": r"""
        sindsdien| laatstgenoemde| eerstgenoemde| (?:een| twee| drie| vier) ander(?:e| en)?\b| destijds|
        wel\b| onder hen| [ée]{2}n van de (?:twee| drie)| verder| reden (?:daarvoor| hiervoor)|
        inmiddels| zelf\b| d(?:e| ie) \d\d-jarige| de (?:man| vrouw| verdachte) (?:is| werd| had|
        heeft)\b| kort daarna| even later
    """,
    "pl": r"""
        chodzi o| jak (?:dodał| podkreślił| zaznaczył| powiedział| wyjaśnił| mówił| stwierdził)a?\b|
        wśród nich| tak (?:było| jest| samo)| właśnie (?:dlatego| wtedy| tam)| (?:dodał| zaznaczył|
        podkreślił| stwierdził| wyjaśnił)a?, że| zginęło tam| (?:dwaj| dwie| dwoje| troje| trzej) inni|
        \d\d-latk?a?\b| po chwili| chwilę później
    """,
    "cs": r"""
        jde o| jak (?:dodal| uvedl| řekl)a?\b| mezi nimi| právě proto| dodal(?:a)?, že| (?:dva| dvě|
        tři) další| \d\d-?letý\b| krátce poté| vzápětí
    """,
    "sv": r"""
        även (?:han| hon| de| där| här)| bland dem| (?:en| ett| två| tre) (?:annan| annat| andra|
        till)\b| själv| likadant| hittills| vidare| orsaken (?:är| var)| istället| den \d\d-åri?ge?|
        mannen (?:är| har| hade| greps)\b| kort därefter| det (?:rör| handlar)
    """,
    "da": r"""
        også (?:han| hun| de| der| her)| blandt dem| (?:en| et| to| tre) (?:anden| andet| andre)\b|
        selv\b| ligesådan| hidtil| årsagen (?:er| var)| i stedet| den \d\d-årige| kort efter| det drejer
    """,
    "nb": r"""
        også (?:han| hun| de| der| her)| blant dem| (?:en| ett| to| tre) (?:annen| annet| andre)\b|
        selv\b| hittil| årsaken (?:er| var)| i stedet| den \d\d år gamle| \d\d-åringen| kort tid etter|
        det dreier
    """,
    "fi": r"""
        kyse (?:on| oli)| samoin| jälkimmäinen| edellinen| (?:yksi| kaksi| kolme) muuta?\b| heistä|
        niistä| heidän| asiasta| pian sen| \d\d-vuotias\b
    """,
    "tr": r"""
        aralarında| aynı (?:şekilde| gün| zamanda| kişi)| ardından| söz konusu| (?:olayda| kazada|
        saldırıda| yangında)\b| yaralılardan| konuyla| olayla| (?:bir| iki| üç) kişi daha| diğer (?:iki|
        üç)| bunların| onların| kısa süre sonra
    """,
    "hi": r"""
        उधर| इधर| बता दें| गौरतलब| जहां| जहाँ| वहीं| इसी (?:तरह| बीच)| उनमें| जिनमें| घटना (?:के| में)|
        दोनों| तीनों
    """,
    "id": r"""
        salah (?:satu| seorang)nya| pasalnya| lebih (?:lanjut| jauh)| sebab\b| pihaknya| korban lain|
        pelaku (?:ditangkap| kini| telah| sudah)| hal senada| senada| menanggapi| terpisah| tak lama|
        tidak lama| (?:dua| tiga| satu) (?:orang )?lainnya| ditambahkan| di antara mereka| diketahui
    """,
    "ms": r"""
        salah (?:satu| seorang)nya| terdahulu| sementara itu| mengulas| antara (?:mereka| yang)|
        difahamkan| jelas beliau| (?:dua| tiga| seorang) (?:lagi| yang lain)
    """,
    "sw": r"""
        kati yao| miongoni mwao| wawili hao| watatu hao| mtuhumiwa (?:huyo| alik)| akizungumza|
        aliongeza| muda mfupi
    """,
    "ro": r"""
        este vorba| printre (?:ei| ele)| (?:alți| alte) (?:doi| două| trei)| la scurt timp| tot (?:el|
        ea)| bărbatul (?:a| este)\b| tocmai de aceea
    """,
    "vi": r"""
        trong số (?:đó| họ| này)| theo đó| cụ thể| (?:hai| ba| một) người (?:khác| còn lại)| cùng ngày|
        đối tượng này| vụ việc
    """,
    "ru": r"""
        речь идет| речь идёт| среди них| (?:еще| ещё) (?:один| одна| двое| трое)| позже| ранее| он[аи]?
        же| как (?:он| она| они)| \d\d-летн(?:ий| яя)| мужчина (?:был| погиб| задержан)| добавил(?:а)?,
        что| отметил(?:а)?, что
    """,
    "uk": r"""
        йдеться| серед них| ще (?:один| одна| двоє| троє)| пізніше| раніше| як (?:він| вона| вони)|
        \d\d-річн(?:ий| а)| додав(?:ла)?, що| зазначив(?:ла)?, що
    """,
}
_SAME = {"no": "nb", "nn": "nb", "sk": "cs", "fil": "tl"}


_BY_LANGUAGE = {language: opening(phrases) for language, phrases in _PHRASES.items()}


def takes_up(sentence: str, at: int, language: str) -> bool:
    """Tell whether the sentence opens so at `at`, after its marks.

    Args:
        language: a primary tag.
    """
    known = _BY_LANGUAGE.get(_SAME.get(language, language))
    return known is not None and known.match(sentence, at) is not None
