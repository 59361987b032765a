"""Nouns that mean somebody or something told before: `the man`, `der 43-Jährige`, `Ministern`, `同船は`.

For each language the article, what follows a noun that is explained right there, and the nouns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definites:
    """How a language takes up what was told.

    Attributes:
        article: definite ones before a noun, or empty where the language has none.
        explained: what comes behind a noun that needs nothing before it (`of`, `who`).
        back: nouns that always take up another word (`the man`, who was a farmer).
        same: nouns that take up only what an earlier sentence told by the same word.
        behind: what must come behind a noun, where form alone tells it from a name or a longer phrase.
        indefinite: what stands before somebody who is new.
    """

    article: str
    back: str
    explained: str = r"(?!)"
    same: str = ""
    behind: str = r"(?![\w-])"
    indefinite: str = r"(?!)"


_SMALL_NEXT = r" (?=[a-z\u00df-\u00ff\u0101-\u017f\u0430-\u044f\u0451-\u045f0-9])"
_TABLE = {
    "en": Definites(
        "the",
        r"(?:(?:young|old|elderly|injured|wounded|dead|married) )?(?:man|woman|boy|girl|men|women|couple|"
        r"toddler|teenager|pensioner|suspects?|defendants?|accused|deceased|attackers?|gunm[ae]n|victims?)|"
        r"\d{1,3}-year-olds?|company|companies|firm|start-?up|retailer|manufacturer|carmaker|"
        r"airline|insurer|"
        r"publisher|charity|club|side|organi[sz]ation|minister|vessel|device|aircraft|craft|vehicle|animal|"
        r"politician|lawmaker|singer|actor|actress|star|striker|midfielder|author|driver|pilot",
        r",? (?:of|who|whom|whose|that|which|where|for|in|at|from|behind|on|with|between|against|near|"
        r"called|named|known|responsible|accused|charged|suspected|involved|concerned)\b",
        indefinite=r"an?|one|two|three|four|five|some|several",
    ),
    "de": Definites(
        "der|die|das|dem|den|des",
        r"(?:(?:junge|alte|verletzte|tote)n? )?(?:mann|frau|junge|mädchen|männer|frauen|paar|"
        r"rentner(?:in)?|"
        r"verdächtigen?|angeklagten?|beschuldigten?|getöteten?|verletzten?|täter(?:in)?|opfer|"
        r"fahrer(?:in)?)|"
        r"\d{1,3}-?jährigen?|unternehmen|firma|konzern|betrieb|verein|club|klub|hersteller|"
        r"minister(?:in)?|ministers|schiff|gerät|fahrzeug|flugzeug|tier|politiker(?:in)?|sänger(?:in)?|"
        r"schauspieler(?:in)?|stürmer(?:in)?|autor(?:in)?|pilot(?:in)?|beamten?|organisation",
        r",| (?:der|die|das|des|von|vom|für|aus|in|im|mit|zum|zur|am|an|auf|bei|namens|hinter|gegen)\b",
        indefinite="eine?[nmrs]?|zwei|drei|vier|fünf|mehrere|einige",
    ),
    "fr": Definites(
        r"l[ea]s?|l['’]|du|des|aux?",
        r"(?:jeune )?(?:hommes?|femmes?|garçon|fille|fillette|couple|victimes?|suspecte?s?|"
        r"accusée?|prévenue?|"
        r"mise? en cause|intéressée?|retraitée?|adolescente?|conduct(?:eur|rice)|pilote)|"
        r"(?:trent|quadrag|quinquag|sexag|septuag|octog)[eé]?naire|entreprise|société|firme|"
        r"groupe|start-up|"
        r"club|fabricant|association|ministre|navire|bateau|appareil|engin|véhicule|animal|élue?|"
        r"chant(?:eur|euse)|act(?:eur|rice)|attaquante?|auteure?|organisation|compagnie",
        r",? (?:d[eu]s?|d['’]|qui|que|qu['’]|dont|où|à|au|aux|en|chargée?|pour|dans|contre|"
        r"avec|accusée?)\b",
        indefinite="une?|deux|trois|quatre|plusieurs|des|certains",
    ),
    "es": Definites(
        "el|la|los|las|al|del",
        r"(?:jov|hombr|muj)[a-z]{1,4}|niñ[oa]s?|pareja|víctimas?|sospechos[oa]s?|acusad[oa]s?|"
        r"detenid[oa]s?|"
        r"imputad[oa]s?|procesad[oa]s?|fallecid[oa]|conductora?|empresa|compañía|firma|sociedad|club|"
        r"fabricante|asociación|ministr[oa]|buque|barco|navío|aparato|dispositivo|vehículo|animal|"
        r"cantante|act(?:or|riz)|delanter[oa]|autora?|organización|mandatari[oa]|polític[oa]",
        r",? (?:del?|que|quien|cuy[oa]s?|donde|en|para|con|contra|encargad[oa]|responsable|acusad[oa])\b"
        r"(?! \d)",
        indefinite="un[oa]?|unos|unas|dos|tres|cuatro|cinco|varios|varias|algunos|algunas",
    ),
    "pt": Definites(
        "o|a|os|as|ao|à|do|da",
        r"(?:jovem|homem|homens|mulher(?:es)?)|menin[oa]|rapaz|rapariga|casal|vítimas?|suspeit[oa]s?|"
        r"acusad[oa]s?|detid[oa]s?|arguid[oa]|condutora?|motorista|empresa|companhia|firma|sociedade|clube|"
        r"fabricante|associação|ministr[oa]|navio|barco|aparelho|dispositivo|veículo|animal|cantora?|"
        r"atriz|ator|avançado|autora?|organização|governante|polític[oa]",
        r",? (?:d[eao]s?|que|quem|cuj[oa]s?|onde|em|n[ao]s?|para|com|contra|responsável|acusad[oa])\b",
        indefinite="uma?|uns|umas|dois|duas|três|quatro|cinco|vários|várias|alguns|algumas",
    ),
    "it": Definites(
        r"il|lo|la|i|gli|le|l['’]|del|dello|della|dell['’]|al|alla|all['’]",
        r"uomo|donna|uomini|donne|ragazz[oaie]|giovane|bambin[oa]|coppia|vittim[ae]|sospettat[oa]|"
        r"accusat[oa]|indagat[oa]|imputat[oa]|arrestat[oa]|conducente|\d{1,3} ?enne|azienda|società|ditta|"
        r"impresa|compagnia|gruppo|club|produttore|associazione|ministr[oa]|nave|imbarcazione|dispositivo|"
        r"veicolo|animale|cantante|att(?:ore|rice)|attaccante|aut(?:ore|rice)|organizzazione",
        r",? (?:di|d['’]|del|dello|della|dell['’]|dei|degli|delle|che|cui|dove|in|nel|nella|"
        r"per|con|contro)\b",
        indefinite=r"un|uno|una|un['’]|due|tre|quattro|cinque|alcuni|alcune|diversi",
    ),
    "nl": Definites(
        "de|het",
        r"(?:jonge |oude )?(?:man|vrouw|jongen|meisje|mannen|vrouwen|stel|echtpaar)|slachtoffers?|"
        r"verdachten?|dader|bestuurder|automobilist|\d{1,3}-jarigen?|bedrijf|onderneming|firma|"
        r"concern|club|"
        r"vereniging|fabrikant|minister|schip|apparaat|toestel|voertuig|dier|zanger(?:es)?|act(?:eur|rice)|"
        r"spits|auteur|organisatie|politic(?:us|a)",
        r",? (?:van|die|dat|wie|waar|voor|in|uit|met|op|bij|tegen|achter|genaamd)\b",
        indefinite="een|twee|drie|vier|vijf|enkele|enige",
    ),
    "af": Definites(
        "die",
        r"man|vrou|seun|meisie|paartjie|verdagte|slagoffer|bestuurder|\d{1,3}-jarige|maatskappy|firma|klub|"
        r"minister|skip|toestel|voertuig",
        r",? (?:van|wat|wie|waar|vir|in|uit|met|op|by|teen|agter)\b",
        indefinite="['’]n|twee|drie|vier",
    ),
    "ca": Definites(
        r"el|la|els|les|l['’]",
        r"home|dona|noi|noia|jove|parella|víctima|sospitós|acusat|detingut|conductor|empresa|companyia|"
        r"societat|club|fabricant|associació|ministr[ea]|vaixell|aparell|vehicle",
        r",? (?:d[ei]l?s?|d['’]|que|qui|on|en|per|amb|contra)\b",
        indefinite="una?|uns|unes|dos|dues|tres",
    ),
    "hu": Definites(
        "az?",
        r"férfi|nő|fiú|lány|pár|gyanúsított|vádlott|áldozat|sofőr|cég|vállalat|társaság|klub|"
        r"egyesület|gyártó|"
        r"miniszter|hajó|készülék|jármű|\d{1,3} éves(?: férfi| nő| fiú| lány)?",
        r",? (?:aki|amely|ami|ahol|akit|amelyik)\b",
        indefinite="egy|két|három|négy",
    ),
    "el": Definites(
        "ο|η|το|οι|τα|του|της|τον|την",
        r"άνδρας|άντρας|γυναίκα|αγόρι|κορίτσι|ζευγάρι|ύποπτος|κατηγορούμεν(?:ος|η)|θύμα|οδηγός|νεαρός|"
        r"\d{1,3}χρον(?:ος|η)|εταιρεία|επιχείρηση|σύλλογος|ομάδα|κατασκευαστής|υπουργός|πλοίο|"
        r"συσκευή|όχημα",
        r",? (?:του|της|των|που|ο οποίος|η οποία|με|για|από|στ[οην]+)\b",
        indefinite="ένας|μία|μια|ένα|δύο|τρεις|τρία",
    ),
    "sv": Definites(
        "",
        r"mannen|kvinnan|pojken|flickan|paret|männen|\d{1,3}-åring(?:en|arna)|den misstänkte|"
        r"den åtalade|offret|"
        r"föraren|företaget|bolaget|firman|koncernen|klubben|tillverkaren|föreningen|ministern|fartyget|"
        r"apparaten|fordonet|djuret|sångaren|skådespelaren|författaren|politikern",
        r",? (?:som|i|på|från|med|av|för|vars|där|till|bakom|mot)\b",
    ),
    "da": Definites(
        "",
        r"manden|kvinden|drengen|pigen|parret|mændene|den \d{1,3}-årige|den sigtede|den tiltalte|ofret|"
        r"føreren|virksomheden|selskabet|firmaet|koncernen|klubben|producenten|foreningen|ministeren|"
        r"skibet|fartøjet|apparatet|køretøjet|dyret|sangeren|skuespilleren|forfatteren|politikeren",
        r",? (?:som|der|i|på|fra|med|af|for|hvis|hvor|til|bag|mod)\b",
    ),
    "nb": Definites(
        "",
        r"mannen|kvinnen|kvinna|gutten|jenta|paret|mennene|\d{1,3}-åring(?:en|ene)|den siktede|"
        r"den tiltalte|"
        r"offeret|sjåføren|bedriften|selskapet|firmaet|konsernet|klubben|produsenten|foreningen|ministeren|"
        r"skipet|fartøyet|apparatet|kjøretøyet|dyret|sangeren|skuespilleren|forfatteren|politikeren",
        r",? (?:som|i|på|fra|med|av|for|der|hvor|til|bak|mot)\b",
    ),
    "ro": Definites(
        "",
        r"bărbatul|femeia|băiatul|fata|cuplul|tânărul|tânăra|suspectul|inculpatul|victima|șoferul|compania|"
        r"firma|societatea|clubul|producătorul|asociația|ministrul|nava|vasul|aparatul|vehiculul",
        r",? (?:d(?:in|e|espre)|care|pentru|cu|al|ale|\w{3,}(?:ului|elor|ilor|ei|ii))\b",
    ),
    "fi": Definites(
        "",
        r"mies|nainen|poika|tyttö|pariskunta|epäilty|syytetty|uhri|kuljettaja|yhtiö|yritys|firma|seura|"
        r"valmistaja|yhdistys|ministeri|alus|laite|ajoneuvo|eläin|joukkue|(?:noin )?\d{1,3}-vuotias",
        behind=_SMALL_NEXT,
    ),
    "tr": Definites(
        "",
        r"adam|kadın|genç|çocuk|çift|şüpheli|zanlı|sanık|kurban|sürücü|şirket|firma|kulüp|takım|üretici|"
        r"dernek|bakan|gemi|cihaz|araç|\d{1,3} yaşındaki (?:adam|kadın|genç|çocuk|şüpheli|zanlı|sürücü)",
        behind=_SMALL_NEXT,
    ),
    "pl": Definites(
        "",
        r"mężczyzna|kobieta|chłopiec|dziewczyna|dziewczynka|para|podejrzan[ya]|oskarżon[ya]|zatrzyman[ya]|"
        r"ofiara|kierowca|\d{1,3}-lat(?:ek|ka|ków)|spółka|firma|koncern|klub|producent|statek|"
        r"pojazd|urządzenie",
        r",? (?:któr\w{1,30}|z|ze|w|we|od|spod|na|do|dla|\w{1,30}(?:ska|cka|owa|owy|ski|cki|owe))\b",
        same="minister|ministra|ministerka|wojewoda|burmistrz|prezydent|premier",
        behind=r" (?=[a-ząćęłńóśźż]{1,30}(?:ł|ła|ło|li|ły|ał|uje|eje|oni)?\b|\d)",
    ),
    "cs": Definites(
        "",
        r"(?:\w{1,30}letý |\w{1,30}letá )?(?:muž|žena|chlapec|dívka|dvojice|podezřel[ýá]|obviněn[ýá]|"
        r"zadržen[ýá]|oběť|"
        r"řidič)|společnost|firma|klub|výrobce|loď|vozidlo|přístroj",
        r",? (?:kter\w{1,30}|z|ze|v|ve|od|na|do|pro|s|se \w{1,30}em)\b",
        same="ministr|ministryně|hejtman|starosta|primátor|prezident|premiér",
        behind=_SMALL_NEXT,
    ),
    "ru": Definites(
        "",
        r"мужчина|женщина|юноша|девушка|мальчик|девочка|пара|подозреваем(?:ый|ая)|обвиняем(?:ый|ая)|"
        r"задержанн(?:ый|ая)|жертва|пострадавш(?:ий|ая)|водитель|\d{1,3}-летн(?:ий|"
        r"яя) \w{1,30}|компания|фирма|"
        r"концерн|клуб|производитель|судно|корабль|аппарат|устройство",
        r",? (?:котор\w{1,30}|из|с|со|в|во|от|на|для|по|чь\w{1,30}|«\w{1,30})\b",
        same="министр|губернатор|мэр|президент|премьер",
        behind=r" (?=[а-яё])",
    ),
    "uk": Definites(
        "",
        r"чоловік|жінка|юнак|дівчина|хлопець|пара|підозрюван(?:ий|а)|обвинувачен(?:ий|а)|затриман(?:ий|а)|"
        r"жертва|потерпіл(?:ий|а)|водій|\d{1,3}-річн(?:ий|а) \w{1,30}|компанія|фірма|концерн|клуб|"
        r"виробник|судно",
        r",? (?:як\w{1,30}|з|із|у|в|від|на|для|по|чи\w{1,30}|«\w{1,30})\b",
        same="міністр|губернатор|мер|президент|прем['’]єр",
        behind=r" (?=[а-яєіїґ])",
    ),
    "hi": Definites(
        "",
        "पुरुष|महिला|युवक|युवती|आरोपी|मृतक|व्यक्ति|कंपनी|क्लब|जहाज|शख्स",
        same="मंत्री|किसान|नेता|खिलाड़ी|चालक|मुख्यमंत्री",
        behind=r" (?=ने |को |का |की |के |से |पर |में |भी |दो |तीन |अब |वहां |पिछले )",
    ),
    "ar": Definites(
        "",
        r"(?:[وف]?\w{2,8} )?[وف]?(?:الرجل|المرأة|الشاب|الشابة|الفتى|الفتاة|الزوجان|المتهمة?|"
        r"المشتبه به|الضحية|"
        r"السائق|الشركة|المؤسسة|النادي|المصنع|الوزيرة?|السفينة|الجهاز|المركبة|الفنانة?|اللاعب)",
        r" (?:الذي|التي|الذين|في|من|ال\w{1,30}|عن|بين)\b",
    ),
    "he": Definites(
        "",
        "האיש|הגבר|האישה|הנער|הנערה|הזוג|החשודה?|הנאשמת?|הקורבן|הנהגת?|החברה|המועדון|השרה?|הספינה|המכשיר",
        r",? (?:של|ש\w{1,30}|אשר|מ\w{1,30}|ב\w{1,30})\b",
    ),
    "vi": Definites(
        "",
        r"người đàn ông|người phụ nữ|nam thanh niên|nạn nhân|nghi phạm|bị cáo|tài xế|"
        r"vị [^\W\d_]+|con tàu|chiếc xe|"
        r"câu lạc bộ|chàng trai|cô gái|thiết bị",
        r" (?:ở|tại|có tên|tên|mà|của|của|đến từ|quê)(?!\w)",
    ),
    "tl": Definites(
        "",
        r"(?:[^,.]{1,60} )?ang (?:lalaki|babae|suspek|biktima|drayber|kompanya|kumpanya|barko|"
        r"kalihim|binata)",
        r" (?:na|ng|sa|mula)\b",
    ),
    "ja": Definites(
        "",
        "男性|女性|男|女|男児|女児|夫婦|容疑者|被告|被害者|運転手|会社|大臣|船|車|球団|クラブ|チーム|装置",
        same="知事|市長|町長|社長|首相|会長|監督|農家",
        behind="(?=[はがもにをの])",
    ),
    "zh": Definites(
        "",
        "男子|女子|男孩|女孩|老人|司机|嫌犯|嫌疑人|死者|受害者|被告|公司|俱乐部|球队|船只|部长|企业",
        same="市长|省长|总统|总理|校长|农民|會長|市長|部長",
        behind="(?![们們的长長号])",
    ),
    "ko": Definites(
        "",
        "남성|여성|남자|여자|부부|용의자|피의자|피해자|피고인|운전자|회사|구단|선박|장치",
        same="장관|시장|지사|대통령|총리|회장|감독|농부",
        behind=r"(?=(?:은|는|이|가|도|의|을|를) )",
    ),
    "id": Definites(
        "",
        r"(?!(?:se)?(?:orang|buah|ekor) )[^\W\d_]{3,30}(?: (?!seorang |sebuah |"
        r"se)[\w-]{1,30}){0,4} (?:itu|tersebut)|"
        r"perusahaan (?=akan |mengatakan |menyebut )",
    ),
    "sw": Definites(
        "",
        r"[^\W\d_]{3,30}(?: [\w-]{1,30}){0,3} (?:huyo|hiyo|hilo|hao|hizo|huo|hicho|hivyo|hayo)",
    ),
}
_SAME = {"no": "nb", "nn": "nb", "sk": "cs", "ms": "id", "fil": "tl", "gl": "pt"}
_OPENING = r"[\"“”„«»'‘’—–\-\s]{0,4}"
_BEFORE = r"(?:[^,.;:!?]{3,60}, |(?:but|and|aber|und|doch|mais|et|pero|y|mas|e|ma|maar|en|men|och|og) )?"


@dataclass(frozen=True, slots=True)
class Reading:
    """The expressions of one language; `back` and `same` find the noun in group 1."""

    back: re.Pattern[str]
    same: re.Pattern[str] | None
    within: re.Pattern[str] | None
    article: re.Pattern[str] | None
    indefinite: re.Pattern[str]


def _reading(given: Definites) -> Reading:
    def expression(nouns: str, before: str) -> re.Pattern[str]:
        articles = _before_noun(given.article)
        behind = given.behind if given.behind.startswith(("(?", " ")) else rf"(?:{given.behind})"
        return re.compile(
            rf"{before}{articles}({nouns}){behind}(?!{given.explained})(?!['’]?\w{0, 30}-)", re.IGNORECASE
        )

    same = given.same or (r"[^\W\d_]{4,30}" if given.article else "")
    return Reading(
        expression(given.back, _OPENING + _BEFORE),
        expression(same, _OPENING) if same else None,
        expression(given.back, r"(?<!\w)") if given.article else None,
        re.compile(rf"(?:{given.article})", re.IGNORECASE) if given.article else None,
        re.compile(rf"(?<!\w)(?:{given.indefinite})(?!\w)", re.IGNORECASE),
    )


def _before_noun(article: str) -> str:
    """Return the article with its space, which one that ends in an apostrophe has not."""
    if not article:
        return ""
    parts = [one if one.endswith("['’]") else rf"{one}\s" for one in article.split("|")]
    return rf"(?:{'|'.join(parts)})"


_READINGS = {language: _reading(given) for language, given in _TABLE.items()}


def reading(language: str) -> Reading | None:
    """Return how a language takes up what was told; None where that is not known.

    Args:
        language: a primary tag.
    """
    return _READINGS.get(_SAME.get(language, language))
