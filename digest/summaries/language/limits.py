"""Words that bound, doubt or condition what is told, or join two tellings; of many languages together."""

from __future__ import annotations

_LIMITING = """
least fewer less more most many some several few half about around roughly approximately exactly former
formerly ex acting deputy vice attempted planned proposed possible possibly potential potentially
likely unlikely probable probably apparent apparently supposed so-called fake false would-be near far
mindestens höchstens rund etwa ungefähr knapp fast beinahe nahezu einige einigen viele vielen manche
wenige weniger mehr meisten mehrere mehreren ehemalige ehemaliger ehemaligen ehemals frühere früherer
früheren einstige einstiger einstigen ex-bürgermeister stellvertretende stellvertretender geplante
geplanter möglich mögliche möglicher möglicherweise wahrscheinlich vermutlich offenbar scheinbar wohl
vermeintliche vermeintlicher moins plus environ presque quasi près quelque quelques certains certaines
plusieurs ancien ancienne anciens anciennes probablement éventuel éventuelle peut-être menos más casi
unos unas alrededor cerca algunos algunas varios varias muchos muchas antiguo antigua antiguos exalcalde
expresidente exministro posible posiblemente probablemente quizá quizás eventual meno più circa alcuni
alcune diversi diverse molti possibile possibilmente probabilmente forse eventuale mais quase alguns
algumas vários várias muitos antigo antiga possível possivelmente talvez provável minstens hoogstens
ongeveer bijna sommige enkele veel voormalig voormalige mogelijk mogelijke waarschijnlijk vermoedelijk
minst högst ungefär cirka nästan några många flera förre tidigare möjlig möjligen troligen kanske
minimum maksimum omkring nesten næsten noen nogle mange tidligere muligens måske sannsynligvis najmniej
około prawie niemal niektórzy niektóre wielu były była byłego byłej byłemu byłym byłą byłych byłymi
możliwy prawdopodobnie около почти менее более
некоторые многие бывший бывшая бывшего бывшему бывшим бывшей бывшую бывших бывшими возможно вероятно
karibu takriban angalau baadhi wengi zamani
pengine
"""
_ORDINAL = """
second third fourth fifth sixth seventh eighth ninth tenth zweite zweiter zweiten zweites dritte dritter
dritten vierte vierter vierten deuxième troisième quatrième segundo segunda tercer tercero tercera cuarto
cuarta terceiro terceira secondo seconda terzo terza tweede derde vierde andra tredje fjärde второй вторая
второго третий третья kedua ketiga keempat ikinci üçüncü दूसरा दूसरी तीसरा तीसरी الثاني الثانية
الثالث الثالثة
"""
_UNREAL = """
fail fails failed failing refuse refuses refused refusing reject rejects rejected deny denying try tries
tried trying attempt attempts attempting want wants wanted plan plans planned planning hope hopes hoped
hoping intend intends intended promise promises promised threaten threatens threatened consider
considers considering considered expect expects expected seek seeks sought aim aims urge urges urged
call calls called offer offers offered propose proposes believe believes believed think thinks thought
suspect suspects fear fears feared assume assumes assumed estimate estimates estimated doubt doubts
doubted rumor rumors rumour rumours claim claims claimed accuse accuses accused charge charged charges
prevent prevents prevented avoid avoids avoided stop stops stopped ban bans banned forbid forbids will
wollen wollte wollten möchte möchten plant planen plante planten erwägt erwägen erwog hofft hofften
hoffte versucht versuchte versuchten lehnt lehnte lehnten weigert weigerte weigerten bestreitet bestritt
bestritten dementiert dementierte leugnet leugnete verhindert verhinderte droht drohte drohten
verspricht versprach glaubt glauben glaubte vermutet vermuten vermutete befürchtet befürchten
befürchtete erwartet erwarten erwartete rechnet beschuldigt vorwurf verdacht verdachts wies weist
zurückgewiesen scheitert scheiterte gescheitert veut veulent voulait prévoit prévoient prévoyait
envisage envisagent espère espèrent espérait tente tentent tenté refusé refusent nie nié démenti dément
démentent rejette rejeté empêche empêché menace menacé promet promis croit croient pense pensent craint
craignent soupçonne soupçonné échoué échoue quiere quieren quería planea planean prevé prevén estudia
espera esperan intenta intentó intentan niega negó niegan rechaza rechazó descarta descartó impide
impidió amenaza amenazó promete prometió cree creen piensa teme temen sospecha desmintió desmiente
fracasó vuole vogliono voleva prevede spera tenta tentato nega negato smentisce smentito rifiuta
rifiutato respinge respinto impedisce minaccia promette crede credono sospetta fallito quer querem
queria prevê tentou negou rejeita rejeitou recusa recusou impede ameaça prometeu acredita suspeita
fracassou wil willen wilde hoopt probeert probeerde weigerde ontkent ontkende dreigt belooft gelooft
denkt vreest verwacht vill ville vägrar vägrade förnekar förnekade försöker försökte hoppas hotar lovar
tror befarar väntas chce chcą próbuje próbował zaprzecza zaprzeczył odmówił planuje grozi obiecał wierzy
хочет хотят пытается пытался отрицает отказался планирует намерен угрожает обещал считает опасается
anataka wanataka alijaribu alikana amekana anapanga anatishia aliahidi wanaamini
"""
_CONDITIONS = """
if unless provided wenn falls sofern si moins salvo caso als indien tenzij om ifall hvis jos mikäli
jeśli jeżeli pokud ak ha dacă ako če если якщо eğer jika kalau nếu kama iwapo endapo إذا لو अगर यदि
"""
_JOINING = """
and or but while whereas und oder aber sondern während et ou mais tandis y pero mientras ed mentre enquanto
maar terwijl och eller men medan og mens tai mutta ale oraz lub dan atau tetapi lakini и или но ve veya ama
"""

LIMITS = frozenset((_LIMITING + _ORDINAL + _UNREAL).split())
"""Words that say how many, how sure, whether still; and verbs after which the rest is no fact."""
_CONDITIONS_IN = {
    "": "if unless provided",
    "en": "if unless provided",
    "de": "wenn falls sofern",
    "fr": "si moins sauf",
    "es": "si salvo",
    "pt": "se caso",
    "it": "se salvo qualora",
    "nl": "als indien tenzij mits",
    "sv": "om ifall såvida",
}
WHOLE = frozenset(
    """
    all every each both always entire whole everyone everybody alle allen jeder jede jedes sämtliche immer
    tous toutes chaque toujours todos todas cada siempre ambos sempre tutti tutte ogni altijd elke ieder
    alla varje alltid все всегда каждый semua seluruh setiap selalu tüm bütün her جميع सभी wote
    """.split()  # noqa: SIM905
)
"""Words that make a part the whole: a statement has none that the sentence has not."""
TRIED_ON = frozenset(
    """
    mice mouse rats rodents monkeys animals cells simulation simulations mäusen mäuse ratten zellen
    tierversuch tierversuchen souris rats cellules ratones ratas células ratos camundongos topi ratti
    cellule muizen cellen möss råttor celler мышах крысах tikus fareler चूहों الفئران panya
    """.split()  # noqa: SIM905
)
"""What a finding was made on: it is none about people without it."""
OF_PERSONS = frozenset(
    """
    former formerly ex acting deputy vice ehemalige ehemaliger ehemaligen frühere früherer früheren
    stellvertretende stellvertretender ancien ancienne anciens anciennes antiguo antigua antigo antiga
    voormalig voormalige förre tidigare były byłego byłej byłemu byłym byłą byłych byłymi
    бывший бывшая бывшего бывшему бывшим бывшей бывшую бывших бывшими mantan eski
    колишній колишня колишнього колишньому колишнім колишньої колишню bývalý bývalá bývalého bývalou
    bývalému
    """.split()  # noqa: SIM905
)
"""Words that say of a title that it is no longer, or only half, somebody's."""
JOINING = frozenset(_JOINING.split())
"""Words that join what two say or do."""
JOINING_IN = {
    "es": frozenset({"o", "e", "u"}),
    "it": frozenset({"e", "o", "ma"}),
    "pt": frozenset({"e", "ou", "mas"}),
    "nl": frozenset({"en", "of"}),
    "pl": frozenset({"i", "a"}),
    "cs": frozenset({"a", "i"}),
    "sk": frozenset({"a", "i"}),
    "ru": frozenset({"а"}),
    "uk": frozenset({"та", "й", "і", "а"}),
    "fi": frozenset({"ja"}),
    "sw": frozenset({"na", "au"}),
}
"""The same, where elsewhere they are articles, prepositions or verbs."""
THINKING = frozenset(
    """
    believe believes believed think thinks thought suspect suspects suspected fear fears feared assume
    assumes assumed estimate estimates estimated doubt doubts doubted rumor rumors rumour rumours glaubt
    glauben glaubte glaubten vermutet vermuten vermutete vermuteten befürchtet befürchten befürchtete
    bezweifelt bezweifeln croit croient pense pensent craint craignent soupçonne doute doutent cree
    creen piensa piensan teme temen sospecha duda dudan crede credono pensa pensano temono sospetta
    dubita acredita acreditam pensa suspeita duvida gelooft geloven denkt vermoedt vreest betwijfelt
    tror misstänker befarar tvivlar wierzy sądzi podejrzewa wątpi считает думает опасается сомневается
    wanaamini anaamini
    """.split()  # noqa: SIM905
)
"""Verbs that make what follows somebody's belief."""


def conditions(language: str) -> frozenset[str]:
    """Return the words that open a condition: what hangs on it is not told without it."""
    return frozenset(_CONDITIONS_IN.get(language[:2].lower(), _CONDITIONS).split())
