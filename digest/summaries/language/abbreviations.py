"""What a period means in each language: the data the sentence splitter reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from digest.summaries.language.periods_of_more import table_of


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


@dataclass(frozen=True, slots=True)
class Periods:
    """A language's abbreviations, lower case and without their last period.

    Attributes:
        leading: stand before a name or word, so they never end a sentence (`mr`, `z.b`).
        numbered: never end one before a number (`no`, `art`); are ordinary words otherwise.
        ambiguous: end a sentence only before one of `starters` (`inc`, `a.m`).
        starters: words that, capitalized after a period, open a sentence rather than continue a name.
        speaking: verbs that may follow a quoted question's speaker (`"Why?" Otieno asked`).
        tails: ends of compounds that never end a sentence before a number (`Hauptstr. 12`).
        has_ordinals: whether a number with a period is an ordinal (`3. Oktober`).
    """

    leading: frozenset[str]
    numbered: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()
    tails: tuple[str, ...] = ()
    has_ordinals: bool = False


_LATIN_LEADING = _words("mr mrs ms dr prof st vs viz cf e.g i.e gen kol kpt plk ltn ing em dipl")
_LATIN_NUMBERED = _words("no nr p pp art fig vol vols")

_ENGLISH = Periods(
    leading=_words(
        "mr mrs ms mx messrs mmes dr drs prof profs rev revd fr hon rt gen lt col capt cmdr cdr maj sgt",
        "cpl pvt pfc adm brig insp supt det sen rep reps gov pres amb atty asst assoc dep dist ald msgr",
        "mgr br mt mts ft vs v viz cf e.g i.e eg ie approx cont lt.-col lt.-gen maj.-gen lt.col lt.gen",
        "brig.-gen rear-adm fmr n.b incl",
    ),
    numbered=_words(
        "ca c tel",
        "no nos nr p pp para paras art arts fig figs sec secs ch chap vol vols eq n° pts rebs asts yds",
    ),
    ambiguous=_words(
        "pty inc corp co cos ltd llc plc bros jr sr esq etc al ave blvd rd hwy dept univ est bldg a.m",
        "p.m am pm b.c a.d b.c.e c.e u.s u.k u.n e.u u.s.a u.a.e d.c n.y l.a ph.d m.d b.a m.a d.phil jan",
        "feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ala",
        "ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev",
        "n.h n.j n.m n.c n.d okla ore pa r.i s.c s.d tenn tex vt va wash w.va wis wyo ont que st sq ed",
        "eds trans intl assn nat'l int'l gov't mfg mins min secs hrs yrs oz lb lbs kg km cm mm",
    ),
    starters=_words(
        "the a an this that these those it its he she they we i you his her their our my your there",
        "here in on at by for from with as after before during since until while when where why who",
        "what which how if although though but and or so yet however meanwhile then now also still even",
        "once both all some many most few several no not nobody nothing none another other each every",
        "such according did does do is are was were has have had will would can could should may might",
        "must let to about among between despite instead last next earlier later today yesterday",
        "tomorrow under over mr mrs ms police officials investigators experts critics sources one two",
        "three please whether because monday tuesday wednesday thursday friday saturday sunday",
    ),
    speaking=_words(
        "said says asked asks told added adds replied cried wrote writes wondered shouted yelled",
        "quipped joked tweeted demanded answered recalled continued exclaimed declared explained",
    ),
)

_FRENCH = Periods(
    leading=_words(
        "brig cap dir p.-d.g pdg c.-d lieut gouv prés mar sgt",
        "m mm mme mmes mlle mlles dr drs pr prof me mgr st ste sts stes gén gal col cne lt cdt adj p.ex",
        "ex cf c.-à-d c-à-d env éd av bd boul fg vs réf tél apr",
    ),
    numbered=_words("no n n° nos p pp art al chap fig vol t ch inc par"),
    ambiguous=_words(
        "etc cie inc ltd jr s.a s.a.r.l u.e o.n.u é.-u j.-c janv févr avr juil sept oct nov déc h min"
    ),
    starters=_words(
        "le la les l un une des ce cet cette ces il elle ils elles on nous vous je tu son sa ses leur",
        "leurs mon ma mes notre nos votre vos dans en à au aux pour par avec sans sur sous selon depuis",
        "après avant pendant lors mais et ou or donc car si quand lorsque comme alors ainsi aussi enfin",
        "puis cependant toutefois pourtant de du d qui que quoi dont où c j s n plus y",
    ),
    speaking=_words("demande demandait lance lançait dit disait s'interroge s'exclame"),
)

_GERMAN = Periods(
    leading=_words(
        "hr hrn fr dr drs prof med jur phil rer nat habil dipl ing mag st gen z.b z b.z d.h d h u.a u a",
        "v.a i.d.r i.a o.ä s.o s.u vgl ca bzw bzgl evtl ggf inkl exkl sog gem lt zzgl mind max min geb",
        "fa rd gest verh ehem einschl entspr insb insbes jew od resp u.u z.t z.zt m.e u.ä.a abs abschn",
        "em emer iur labg nabg abg nr-abg ra rain str.vors bgm lh stv zus",
    ),
    numbered=_words("az tel nr nrn s abb art bd bde kap tab ziff § aufl jh"),
    ambiguous=_words(
        "usw etc u.ä u.v.m usf str jr sen jun co gmbh ag mio mrd tsd std uhr jan feb febr mrz apr jul",
        "aug sep sept okt nov dez mo di mi do fr sa so v.chr n.chr chr v n kg km",
    ),
    starters=_words(
        "der die das den dem des ein eine einen einem einer eines er sie es wir ihr ich du man dies",
        "diese dieser dieses diesen jener sein seine ihre unser in im an am auf aus bei beim mit nach",
        "von vom vor zu zum zur für über unter um durch gegen ohne seit während wegen trotz wenn als da",
        "weil obwohl doch aber und oder denn auch so nun dann danach dabei damit dazu dafür daher",
        "deshalb dort hier heute gestern morgen jetzt noch schon nur nicht kein keine viele einige alle",
        "mehr laut was wer wie wo warum ob zudem allerdings jedoch außerdem inzwischen zunächst später",
        "früher insgesamt",
    ),
    speaking=_words("fragt fragte sagt sagte ruft rief"),
    tails=("str", "pl", "nr", "abs"),
    has_ordinals=True,
)

_SPANISH = Periods(
    leading=_words(
        "esq sr sra srta sres sras d dª dña dr dra dres prof profa lic ing arq gral gra cnel cap tte sto",
        "sta mons fr hno p.ej ej vs cf aprox avda av c/ pza dpto depto excmo excma ilmo rvdo s.m dir ma",
    ),
    numbered=_words("no nº n.º núm núms pág págs p pp art arts cap fig vol t inc lit s/ bs gs párr apdo"),
    ambiguous=_words(
        "etc cía cia ltda s.a s.l s.a.u jr ee.uu ee uu ud uds vd vds a.m p.m a.c d.c ff.aa cc.oo rr.hh",
        "jj.oo ene feb abr jun jul ago sep sept oct nov dic máx mín tel teléf",
    ),
    starters=_words(
        "el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel él ella ellos",
        "ellas yo tú nosotros usted su sus mi en de del a al con sin por para según desde hasta sobre",
        "tras entre ante durante pero y o si cuando como mientras aunque porque que quien también",
        "además no ya así luego después antes hoy ayer mañana se es son fue era hay más",
    ),
    speaking=_words("preguntó pregunta dijo dice exclamó"),
)

_PORTUGUESE = Periods(
    leading=_words(
        "sr sra srs sras srta d dr dra drs dras prof profª profº profa drª srª eng engº engª exmo",
        "exma gen",
        "cel cap ten maj alm sto sta pe fr vs cf ex p.ex aprox av r rod dir des dep ver exa inc",
    ),
    numbered=_words("no nº n.º n núm pág págs p pp art arts cap fig vol inc al par"),
    ambiguous=_words(
        "etc ltda cia s.a jr a.m p.m a.c d.c e.u.a eua tel jan fev mar abr mai jun jul ago set out nov",
        "dez",
    ),
    starters=_words(
        "o a os as um uma uns umas este esta estes estas esse essa isso isto ele ela eles elas eu nós",
        "você seu sua seus suas no na nos nas em de do da dos das com sem por pelo pela para segundo",
        "desde até sobre após entre durante mas e ou se quando como enquanto embora porque que quem",
        "também além não já assim depois antes hoje ontem amanhã ao à é há",
    ),
    speaking=_words("perguntou pergunta disse diz"),
)

_ITALIAN = Periods(
    leading=_words(
        "card cav comm mons brig mar",
        "sig sigg sig.ra sig.na dott dott.ssa dr prof prof.ssa ing avv arch geom rag on sen gen col cap",
        "app brig mar cap magg ten mons don s ss st p.es es ad vs cf ca c.so v.le p.za p.zza spett",
        "gent egr rev",
    ),
    numbered=_words("co lett n nn nr no pag pagg p pp art artt cap fig vol"),
    ambiguous=_words(
        "ecc etc s.p.a spa s.r.l srl jr a.c d.c u.s.a u.e c.a tel gen feb mar apr mag giu lug ago set",
        "sett ott nov dic",
    ),
    starters=_words(
        "il lo la i gli le l un uno una questo questa questi queste quello quella egli lui lei loro",
        "essi io noi voi suo sua suoi sue in nel nella nei nelle nell a al alla ai alle di del della",
        "dei delle da dal dalla con senza per su sul sulla secondo dopo prima durante tra fra ma e o se",
        "quando come mentre anche perché che chi non così poi oggi ieri domani si è sono era c già",
        "intanto infine inoltre",
    ),
    speaking=_words("chiede chiese dice disse"),
)

_DUTCH = Periods(
    leading=_words(
        "lt ltn maj sgt gen kol z.k.h h.k.h",
        "dhr mevr mw mr mrs dr drs ir ing prof ds st gen kol ltn a.h.w bijv bv b.v.b d.w.z dwz o.a m.n",
        "t.a.v i.p.v i.v.m m.b.t n.a.v o.l.v t.o.v z.g zgn ca evt incl excl vgl max min jhr jkvr",
        "wed luit gen.-maj gen.-lt lt.-kol lt.-gen",
    ),
    numbered=_words("nr nrs blz p pp art afb hfst mln mld"),
    ambiguous=_words(
        "mln mld",
        "enz etc e.d b.v n.v jr sr co jan feb mrt apr jun jul aug sep sept okt nov dec v.chr n.chr v.s",
        "vs km kg",
    ),
    starters=_words(
        "de het een dit dat deze die hij zij ze wij we ik jij je u men er zijn haar hun ons onze in op",
        "aan bij met naar van voor uit over onder om door tegen zonder sinds tijdens volgens na als",
        "toen omdat hoewel maar en of want ook zo nu dan daarna daarbij daarom daar hier vandaag",
        "gisteren morgen nog al niet geen veel sommige alle meer wat wie hoe waar waarom",
    ),
    speaking=_words("vraagt vroeg zegt zei"),
)

_SWAHILI = Periods(
    leading=_words(
        "bw bi bibi dkt dk prof mhe mh mch mwl jen kan kapt st sheikh mf kv taz rej dr mr mrs ms alhaj",
        "ssp acp sacp dcp rc dc dkta meja luteni",
    ),
    numbered=_words("na uk kif ibara juz na.k"),
    ambiguous=_words("n.k nk k.m k.v k.m.v h.k ltd co jr k.k b.k a.m p.m sh ksh tsh"),
    starters=_words(
        "yeye wao sisi mimi hii huo hizo hao huyu hayo hivyo lakini na kwa katika baada kabla pia kama",
        "ikiwa wakati kutokana aidha hata ila bali leo jana kesho alisema walisema alikuwa ni si",
        "hakuna kulingana mbali huku serikali polisi rais waziri",
    ),
    speaking=_words("aliuliza alisema anauliza anasema"),
)

_ARABIC = Periods(
    leading=_words("د أ م ا.د أ.د ت ج س ط ق"),
    numbered=_words("ص ج رقم م"),
    ambiguous=_words("هـ ق.م ش.م.م إلخ الخ كم كلم"),
)

_RUSSIAN = Periods(
    leading=_words(
        "отст канд засл нар",
        "подполк лейт ст.лейт серж вице-адм контр-адм",
        "тов гр проф акад доц канд д-р ген полк майор кап им ул пр-т просп пер пл наб бул обл р-н пос",
        "дер св т.е т.к т.н напр см ср т.ч в.т.ч ок прибл о-в р оз г",
    ),
    numbered=_words("стр с ст п пп рис табл гл № ч т кн кв д корп"),
    ambiguous=_words(
        "т.д т.п др пр гг в вв н.э млн млрд тыс руб коп долл л м см кг км час мин сек янв фев апр авг",
        "сент окт нояб дек",
    ),
    starters=_words(
        "он она оно они мы вы я ты это этот эта эти тот та те его её их наш ваш в во на по с со из от",
        "до для за под над при после перед между без о об у к но а и или если когда как пока хотя",
        "потому что кто где также ещё уже не нет так затем теперь сегодня вчера завтра однако кроме",
    ),
)

_UNSPACED = Periods(leading=_LATIN_LEADING, numbered=_LATIN_NUMBERED)

_BY_LANGUAGE = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "de": _GERMAN,
    "es": _SPANISH,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
    "nl": _DUTCH,
    "sw": _SWAHILI,
    "ar": _ARABIC,
    "ru": _RUSSIAN,
    "zh": _UNSPACED,
    "ja": _UNSPACED,
}

KNOWN = tuple(_BY_LANGUAGE)
"""The primary language tags with a table of their own."""


@lru_cache(maxsize=64)
def periods(language: str) -> Periods:
    """Return the table of a BCP 47 tag; English where the tag is empty."""
    primary = language.lower().replace("_", "-").split("-")[0]
    if not primary:
        return _ENGLISH
    return _BY_LANGUAGE.get(primary) or _shorter(primary)


def _shorter(language: str) -> Periods:
    """Return what is known of a language without a table above, Latin titles and figures included."""
    own = Periods(**table_of(language))
    return replace(
        own, leading=own.leading | _LATIN_LEADING, numbered=own.numbered | _LATIN_NUMBERED | {"n°", "№"}
    )
