"""Openings that seem to point back and count from the reader's day (`This week`, `Cette année`).

One phrase between bars; an underscore is a space that ends a word which may be there.
"""

from __future__ import annotations

import re

from digest.summaries.language.openers.phrases import opening

_DAYS_AND_SEASONS = {
    "en": r"""
        (this|next|last|later this|earlier this|late this|early this|by this) (week|weekend|month|year|
        morning|afternoon|evening|spring|summer|autumn|fall|winter|season|term|quarter|century|decade|
        monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|
        july|august|september|october|november|december)|(later|earlier) (today|on (mon|tues|wednes|thurs|
        fri|satur|sun)day)
    """,
    "de": r"""
        (in_|seit_|bis_|ab_)?diese[rmns]? (jahr|monat|woche|wochenende|sommer|winter|herbst|frühjahr|
        frühling|saison|jahrhundert|morgen|abend|tage|tagen|montag|dienstag|mittwoch|donnerstag|freitag|
        samstag|sonnabend|sonntag)e?s?\b|(ihre|seine) (majestät|exzellenz|hoheit|königliche)
    """,
    "fr": r"""
        (de_|depuis_|dès_|à partir de_)?c(e|et|ette|es) (année|an|mois|semaine|week-end|matin|après-midi|
        soir|nuit|été|hiver|printemps|automne|saison|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|
        jours-ci|\d)\w*|(sa|son|leurs) (majesté|altesse|excellence|sainteté)
    """,
    "es": r"""
        (en_|de_|desde_)?est[eao]s? (año|mes|semana|fin de semana|mañana|tarde|noche|madrugada|verano|
        invierno|otoño|primavera|temporada|siglo|lunes|martes|miércoles|jueves|viernes|sábado|domingo|días|
        \d)|primero de \w+|s[ue] (majestad|santidad|alteza)
    """,
    "pt": r"""
        (n|d|desde_)?est[ea]s? (ano|mês|semana|fim de semana|manhã|tarde|noite|madrugada|verão|inverno|
        outono|primavera|temporada|século|segunda|terça|quarta|quinta|sexta|sábado|domingo|dias)|(sua|seu)
        (majestade|santidad\w*|alteza)
    """,
    "it": r"""
        (in_|da_|di_)?quest['’]?[oaie]? ?(anno|mese|settimana|weekend|fine settimana|mattina|pomeriggio|
        sera|notte|estate|inverno|autunno|primavera|stagione|secolo|lunedì|martedì|mercoledì|giovedì|
        venerdì|sabato|domenica|giorni)|ci (sono|sarà|saranno|vuole|vogliono|saremo)|c['’](è|era|erano|
        sarà)
    """,
    "nl": r"""
        (in_|sinds_)?(dit|deze) (jaar|maand|week|weekend|weekeinde|ochtend|middag|avond|nacht|zomer|
        winter|herfst|lente|voorjaar|najaar|seizoen|eeuw|maandag|dinsdag|woensdag|donderdag|vrijdag|
        zaterdag|zondag)|zo['’]n \d
    """,
    "sv": r"""
        (i_|under_)?(denna|detta|den här|det här) (vecka|veckan|år|året|månad|månaden|helg|helgen|sommar|
        sommaren|vinter|säsong|säsongen)
    """,
    "da": r"""
        (i_|under_)?(denne|dette) (uge|år|måned|weekend|sommer|vinter|sæson|morgen|aften)
    """,
    "nb": r"""
        (i_|under_)?(denne|dette) (uken|uka|året|år|måneden|helgen|helga|sommeren|vinteren|sesongen|
        morgenen|kvelden)
    """,
    "fi": r"""
        (tänä|tällä|tässä) (vuonna|viikolla|kuussa|kesänä|talvena|syksynä|keväänä|viikonloppuna|aamuna|
        iltana|kaudella)
    """,
    "pl": r"""
        (w_|od_)?(tym|tego|ten|te|tej) (roku|rok|tygodniu|tydzień|tygodnia|miesiącu|miesiąc|weekend|
        sezonie|sezon|lata|poniedziałek|wtorek|czwartek|piątek|sobotę|niedzielę|jesieni|zimy|wiosny)|w tę
        (środę|sobotę|niedzielę)
    """,
    "cs": r"""
        (v_|od_)?t(ento|omto|uto|éto|oto) (rok|roce|týden|týdnu|měsíc|měsíci|víkend|pondělí|úterý|středu|
        čtvrtek|pátek|sobotu|neděli|léto|zimu|jaro|podzim|sezon[ěu])
    """,
    "sk": r"""
        (v_|od_)?t(ento|omto|úto|ejto|oto) (rok|roku|týždeň|týždni|mesiac|mesiaci|víkend|pondelok|utorok|
        stredu|štvrtok|piatok|sobotu|nedeľu|leto|zimu|jar|jeseň|sezóne)
    """,
    "hu": r"""
        (ezen a|ebben az?|ez|e) (héten|hónapban|évben|év|évi|hétvégén|nyáron|télen|tavasszal|ősszel|
        szezonban|hét)
    """,
    "ro": r"""
        (în_|din_|de_)?ac(est|eastă|este) (an|săptămână|lună|weekend|vară|iarnă|toamnă|primăvară|sezon|
        dimineață|seară|luni|marți|miercuri|joi|vineri|sâmbătă|duminică|zile)
    """,
    "sr": r"""
        ov(aj|og|e|u|om|i|a) (tjedan|tjedna|godine|godinu|vikend|vikenda|mjesec|mjeseca|nedelje|nedelju|
        meseca|mesec|ljeto|ljeta|zime|zimu|jutro|jutros|sezone|sezonu|sedmice|sedmicu)|ов(ај|ог|е|у|ом)
        (недеље|недељу|године|годину|викенд|викенда|месеца|месец|лета|зиме|седмице|сезоне)
    """,
    "sl": r"""
        t(a|ega|o|em) (teden|tedna|leto|letu|vikend|mesec|meseca|mesecu|poletje|sezono)
    """,
    "ru": r"""
        ((в|на|до|с|к)_)?эт(ом|ой|у|от|им|о|их|ого) (году|год|года|неделе|неделю|недели|месяце|месяц|
        выходные|лето|летом|зиму|зимой|осенью|весной|сезоне|утром|утро|понедельник|вторник|среду|четверг|
        пятницу|субботу|воскресенье|дни)
    """,
    "uk": r"""
        (в_|у_|на_|до_)?ц(ього|ьому|ей|ього|ієї|ій|і|ими) (року|році|тижня|тижні|місяця|місяці|вихідні|
        вихідних|літа|зими|осені|весни|сезону|ранку|понеділка|вівторка|середи|четверга|п['’]ятниці|суботи|
        неділі|дні|дня)
    """,
    "bg": r"""
        (през_|от_)?т(ази|ова|ози|ези) (година|седмица|месец|уикенд|лято|зима|есен|пролет|сутрин|сезон|
        дни)
    """,
    "tr": r"""
        bu (yıl|yılın|yılki|hafta|haftanın|ay|ayın|sabah|akşam|gece|yaz|kış|sezon|pazartesi|salı|çarşamba|
        perşembe|cuma|cumartesi|pazar|bayram)
    """,
    "az": r"""
        bu (il|həftə|ay|səhər|axşam|gün|yay|qış)
    """,
    "id": r"""
        (pertama kali|sementara ini|ini dia)
    """,
    "ms": r"""
        (pertama kali|sementara ini)
    """,
    "hi": r"""
        इस (साल|वर्ष|सप्ताह|हफ्ते|महीने|माह|बार|समय|रविवार|सोमवार|मौसम|गर्मी|सर्दी|सत्र)|इन दिनों
    """,
    "ur": r"""
        اس (سال|ہفتے|ماہ|مہینے|بار|وقت|موسم)|ان دنوں
    """,
    "bn": r"""
        এ(ই)? (বছর|সপ্তাহে|সপ্তাহ|মাসে|মাস|বার|সময়|মৌসুমে|গ্রীষ্মে)|এবার
    """,
    "ta": r"""
        இந்த (ஆண்டு|வாரம்|மாதம்|முறை)
    """,
    "ar": r"""
        (في_|خلال_|منذ_)?هذ[اهـ]ه? (العام|الأسبوع|الشهر|الصباح|الصيف|الشتاء|المساء|اليوم|السنة|الليلة|
        الموسم|الأيام)|بعد (يوم|يومين|أسبوع|أسبوعين|شهر|شهرين|عام|عامين|سنة|سنتين|أيام|ساعات|أشهر|أسابيع|
        سنوات) (من|على)
    """,
    "fa": r"""
        (در_)?این (هفته|ماه|سال|روزها|فصل|تابستان|زمستان|بار)
    """,
    "he": r"""
        (ב)?(השבוע|השנה|החודש|הקיץ|החורף|סוף השבוע) (הזה|הזאת|הזו)
    """,
    "el": r"""
        αυτ(ή|ό|όν) (την?|το|τον) (εβδομάδα|χρονιά|μήνα|καλοκαίρι|χειμώνα|σαββατοκύριακο|κυριακή|περίοδο)
    """,
    "sw": r"""
        (wiki|mwaka|mwezi|msimu) hii|kwanza (?!,)(ya|kwa)
    """,
    "vi": r"""
        (tuần|năm|tháng|mùa|sáng|chiều|tối) (này|nay)
    """,
    "af": r"""
        hierdie (jaar|week|maand|naweek|somer|winter|seisoen|oggend)|sy majesteit
    """,
    "ca": r"""
        aquest[a]? (any|setmana|mes|cap de setmana|matí|tarda|nit|estiu|hivern|primavera|tardor|dilluns|
        dimarts|dimecres|dijous|divendres|dissabte|diumenge|temporada)
    """,
    "gl": r"""
        (n|d)?est[ea] (ano|semana|mes|fin de semana|mañá|tarde|noite|verán|inverno|luns|martes|mércores|
        xoves|venres|sábado|domingo)
    """,
    "et": r"""
        (sel|sellel|tänavu|käesoleval) (aastal|nädalal|kuul|suvel|talvel|sügisel|kevadel|hooajal|
        nädalavahetusel)
    """,
    "lt": r"""
        š(iais|į|ią|io|ios) (metais|mėnesį|savaitę|savaitgalį|rytą|vasarą|žiemą|rudenį|pavasarį|sezono|
        sezoną)
    """,
    "lv": r"""
        š(ogad|ajā|īs|onedēļ|omēnes) ?(gadā|nedēļā|mēnesī|vasarā|ziemā|rudenī|pavasarī|sezonā)?
    """,
    "ko": r"""
        이번 (주|달|주말|여름|겨울|가을|봄|시즌|학기|분기|정기국회|회기|설|추석)|이달
    """,
}
_UNSPACED = re.compile(
    r"(?:这|這|本)(?:个|個)?(?:周末?|週末?|星期|月|夏天|冬天|春天|秋天|季度|学期|赛季)|此次|この(?:夏|春|秋|冬|週末|先|ほど|たび|日曜|土曜)"
    r"|他(?:県|社|国|校|人|方面)|一方(?:通行|的|当事)"
)
_SAME = {"no": "nb", "nn": "nb", "bs": "sr", "hr": "sr", "iw": "he"}


_BY_LANGUAGE = {language: opening(phrases, space=" ") for language, phrases in _DAYS_AND_SEASONS.items()}


def counts_from_today(sentence: str, at: int, language: str) -> bool:
    """Tell whether the sentence opens so at `at`, after its marks.

    Args:
        language: a primary tag.
    """
    if _UNSPACED.match(sentence, at):
        return True
    known = _BY_LANGUAGE.get(_SAME.get(language, language))
    return known is not None and known.match(sentence, at) is not None
