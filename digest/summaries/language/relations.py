"""Small words that tell who does what to whom, and whether it is so at all; of many languages together."""

from __future__ import annotations

from functools import lru_cache

from digest.summaries.language.limits import LIMITS
from digest.summaries.language.limits_elsewhere import BINDING_TIMES, LIMITS_ELSEWHERE

_ENGLISH = """
by from to for with without against of in on at into onto over under after before since until during
between
unlike besides contrary
among than about through via behind toward towards via inside outside above below beneath beyond near
despite within throughout per as
"""
_ELSEWHERE = """
von vom durch anders statt gegen für mit ohne nach vor seit
bis aus bei zu zum zur über unter zwischen wegen trotz um
an am auf im
den dem des einen einem eines einer ihm ihn ihnen
par pour avec sans contre de du des vers chez depuis avant après entre sous sur dans à au aux
por para con sin contra desde hasta hacia entre sobre tras ante según a al del
com sem até sob após ao à pelo pela do da dos das
da dal dalla dai di del della dei per con senza contro tra fra su sul sulla a al alla
door van voor met zonder tegen naar uit bij onder tussen aan
av från till för med utan mot efter före sedan hos genom
"""
_PLACES_AND_TIMES = """
in on at after before during since until nach vor seit bei im am après avant depuis dans à en desde tras
antes durante em após na no dopo prima nel op sinds efter före i på
"""
_AUXILIARIES = """
be is are was were been being am wird wurde wurden werden worden ist sind war waren est sont était
étaient été
fut furent es son fue fueron sido está foi foram era eram è sono stato stata stati wordt werd werden
blev blir
"""
_BINDING = """
not no never none nobody nothing neither nor without unless except only hardly barely if whether may
might could
would should must alleged allegedly reportedly suspected presumed denied denies cannot can't won't
didn't doesn't
isn't wasn't aren't weren't hasn't haven't hadn't wouldn't couldn't shouldn't don't nearly almost
nicht kein keine keinen keinem keiner nie niemals nur ohne falls ob könnte würde soll sollen angeblich
mutmaßlich kaum
ne pas jamais aucun aucune sans si peut pourrait aurait serait présumé prétendu seulement
no nunca jamás ningún ninguna sin solo sólo podría habría sería presunto presunta supuesto tampoco
não nunca sem só apenas poderia teria seria suposto suposta
non mai senza solo potrebbe avrebbe sarebbe presunto nessuno
niet geen nooit zonder alleen zou kan vermeend
inte aldrig ingen utan bara skulle kan misstänkt
не ни никогда без только если бы может якобы
si sio hapana bila tu huenda labda kamwe
لا لم لن ليس غير دون فقط ربما قد
değil yok asla sadece ancak tidak bukan hanya tanpa belum नहीं बिना केवल
"""
_TIMES = """
monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow january february march
april
may june july august september october november december montag dienstag mittwoch donnerstag freitag
samstag
sonntag heute gestern lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
viernes
sábado domingo hoy ayer segunda-feira hoje ontem lunedì martedì mercoledì giovedì venerdì sabato
domenica oggi
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag gisteren måndag tisdag onsdag torsdag
fredag lördag söndag idag igår segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre
octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
diciembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro gennaio febbraio
aprile maggio giugno luglio settembre ottobre dicembre januari februari maart mei augusti augustus
понедельник вторник среду четверг пятницу субботу воскресенье senin selasa rabu kamis jumat sabtu minggu
सोमवार मंगलवार बुधवार
गुरुवार शुक्रवार शनिवार रविवार pazartesi salı çarşamba perşembe cuma cumartesi pazar الاثنين الثلاثاء الأربعاء
الخميس الجمعة السبت الأحد early late jahr year année año jaar år
"""
_RELATIVES = """
that who which whose whom qui que dont lequel quien cuyo cual quem cujo che cui dat wat som joka jotka
który która które který która který яка який яке который которая которые yang ambaye ambayo ambao الذي
التي जो जिसने
"""

_PARTITIVES = "of von der unter de des di dei delle dos das los les van av af из z kati ihrer seiner"
PARTITIVES = frozenset(_PARTITIVES.split())
"""Words between a part and its number (`three of the ten sailors`)."""
RELATIVES = frozenset(_RELATIVES.split())
"""Words that begin a clause about the one before: what stands in it is done by that one."""
OF_PLACE_AND_TIME = frozenset(_PLACES_AND_TIMES.split())
_EVERYWHERE = frozenset((_ENGLISH + _ELSEWHERE).split()) | OF_PLACE_AND_TIME | BINDING_TIMES
_NONE_THERE = {"fr": frozenset({"a", "door", "on"}), "it": frozenset({"door"}), "de": frozenset({"a"})}
AGAINST = frozenset(
    [
        "to",
        "against",
        "zu",
        "gegen",
        "à",
        "contre",
        "a",
        "contra",
        "contro",
        "tegen",
        "mot",
        "till",
        "do",
        "против",
    ]
)
"""Words between the two numbers of a vote or a result."""
COMPARISONS = frozenset(
    [
        "than",
        "als",
        "dan",
        "än",
        "чем",
        "niż",
        "než",
        "kuin",
        "daripada",
        "más",
        "menos",
        "plus",
        "moins",
        "mais",
        "più",
        "meno",
        "mayor",
        "menor",
        "mejor",
        "peor",
    ]
)
"""Words that show that two are compared."""
COMPARING = frozenset(
    ["than", "als", "dan", "wie", "än", "чем", "niż", "než", "kuin", "daripada", "kuliko"]
)
ARTICLES = {
    "en": frozenset(["a", "an", "the", "its", "his", "her", "their"]),
    "de": frozenset(
        ["der", "die", "das", "den", "dem", "ein", "eine", "einen", "seine", "seinen", "ihre", "ihren"]
    ),
    "fr": frozenset(["le", "la", "les", "l", "un", "une", "sa", "son", "ses", "leur", "leurs"]),
    "es": frozenset(["el", "la", "los", "las", "un", "una", "su", "sus"]),
    "pt": frozenset(["o", "a", "os", "as", "um", "uma", "seu", "sua"]),
    "it": frozenset(["il", "lo", "la", "i", "gli", "le", "un", "una"]),
    "nl": frozenset(["de", "het", "een", "zijn", "haar", "hun"]),
    "sv": frozenset(["en", "ett", "den", "det", "de", "sin", "sitt", "sina"]),
    "da": frozenset(["en", "et", "den", "det", "de", "sin", "sit", "sine"]),
    "nb": frozenset(["en", "et", "den", "det", "de", "sin", "sitt", "sine"]),
}
"""What stands between a verb and its object."""
PERFECT = frozenset(
    [
        "hat",
        "haben",
        "hatte",
        "hatten",
        "har",
        "hade",
        "heeft",
        "hebben",
        "had",
        "ha",
        "han",
        "hanno",
        "a",
        "ont",
    ]
)
"""What stands with a participle, at another place in each kind of clause."""
TELLING = frozenset(
    """
    police officials experts critics investigators sources last next earlier later other another same
    früher später polisen polisi pemerintah presiden polis başkan cumhurbaşkanı down up off out above below
    """.split()  # noqa: SIM905
)
"""Words that often open a sentence, and yet tell who, when or which way."""
COMPLEMENTS = frozenset(
    """
    dass daß att at että że že hogy da bahwa kwamba что що che que أن إن कि että ότι că dat ki rằng
    """.split()  # noqa: SIM905
)
"""Words that open what somebody says, wants or proposes."""
AUXILIARIES = frozenset(_AUXILIARIES.split())
"""Forms that turn a doer into a sufferer."""
BINDING = frozenset(_BINDING.split()) | LIMITS | LIMITS_ELSEWHERE
"""Words that deny, limit, hedge or condition what they stand with."""
TIMES = frozenset(_TIMES.split()) - BINDING


@lru_cache(maxsize=64)
def prepositions(language: str) -> frozenset[str]:
    """Return the words that say who does it and to whom, with German articles, for they tell the case."""
    short = language[:2].lower()
    if short in {"", "en"}:
        return frozenset(_ENGLISH.split())
    return _EVERYWHERE - _NONE_THERE.get(short, frozenset())
