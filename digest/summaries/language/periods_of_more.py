"""What a period means in languages that fewer of our newspapers write: shorter tables of the same kind.

Months and days come from the Unicode CLDR; its lists of sentence suppressions cover ten
languages only, none of those that need them most, so the rest is written here.
"""

from __future__ import annotations

from typing import Any

from digest.locales.locale import UnknownLocale, parse

_LEADING = {
    "id": "bpk bp sdr sdri tn ny nn dr drs dra prof ir hj kh ust jl jln gg kec kab kel prov ds kp "
    "hal a.n u.p s.d d.a pt cv ud pd irjen brigjen komjen jenderal letjen mayjen kombes kompol ipda iptu "
    "aipda bripka briptu bripda akbp akp kol letkol may serka serda s.sos s.h s.e s.pd s.kom s.ag s.ip "
    "m.si m.h m.pd rs rsud yth alm almh",
    "ms": "en pn cik sri dato datuk dr prof hj hjh ir ust ustz jln lrg kg sdn no dato tn yb y.b",
    "tl": "g gng bb dr dra atty engr sen rep gov brgy sta sto kgg kap hen",
    "tr": "dr prof doç yrd av alb sn bkz örn hz müh mim op uzm gör cad sok mah apt tel cum bşk gnl tuğg "
    "tümg korg org ütğm tğm ütgm müsteşar fak ünv blv bul bulv kaym",
    "af": "lt.kol lt kol genl kapt maj mnr mev me mej dr prof ds adv kol genl sers lt kapt m.a.w "
    "d.w.s bv o.a n.a bl asb",
    "pl": "zw nadzw med dr prof hab inż mgr ks św płk gen por kpt mjr ul al pl "
    "os im np tzn tj m.in ok zob red "
    "woj pow gm tzw bryg dyw dypl mec asp mł sierż podkom nadkom kom insp ppłk płk ppor ppor plut chor rej "
    "red bp abp kard rotm wiceprem min wicemin med hum zool jur farm",
    "cs": "npor por kpt plk p pí sl ing mgr mudr judr phdr rndr bc doc prof gen plk mjr kpt por "
    "sv ul nám tř např "
    "tzv tj resp popř příp mj ppor npor pplk rtm prap čet des akad arch dipl pprap",
    "sk": "npor por kpt plk p pí sl ing mgr mudr judr phdr rndr bc doc prof gen plk mjr kpt por "
    "sv ul nám tr napr "
    "tzv tj resp",
    "ro": "dl d-l dna d-na dr prof ing av gen col cpt sf str bd op ex univ lect conf mun jud com șos cal "
    "lt mr plt adj slt prof-univ acad arh ec pr aprox",
    "hu": "habil ny özv ifj id dr prof ifj id özv gr br szt ún pl kb ill vö ld",
    "sv": "jur dir adv em civ.ing överste-lt hr fr dr prof ing kpt kapt milj mdr maj övlt s.k "
    "t.ex bl.a d.v.s "
    "dvs ca tf fd resp avd jfr",
    "da": "dir jur cand adv hr fr dr prof ing bl.a f.eks d.v.s dvs ca skt sct jf pga",
    "nb": "dir jur cand adv hr fr dr prof ing bl.a f.eks d.v.s dvs ca st jf pga",
    "fi": "joht evp tri maist hra rva nti tri kenr kapt maj evp dr prof ns ev luutn toim.joht ltn "
    "ylil evl esim ent ks vrt mm",
    "el": "ταξ υπ καθ π αντ στρ κ κα κκ κος δρ υπ στρ καθ αγ π.χ δηλ βλ λ.χ οδ πλ",
    "uk": "підполк лейт кап серж тов гр проф акад доц ген полк ім вул просп пл бул обл р-н м с смт "
    "т.зв напр див св буд корп",
    "bg": "г-н г-жа д-р проф акад доц инж ген полк ул бул гр св т.нар напр вж",
    "sr": "ген пук кап мај пуков gen puk kap г гђа др проф инж св ул бр тзв нпр тј g gđa dr prof ing "
    "sv ul br tzv npr tj",
    "hr": "gen puk bojn kap por g gđa gđe gđu gđica dr prof sc ing mr sv ul br tzv npr tj odn",
    "sl": "g ga gdč dr prof ing mag sv ul št t.i npr oz tj",
    "lt": "p dr prof inž gen plk šv g pr pvz t.y vad",
    "lv": "dr prof inž ģen plkv sv piem t.i",
    "et": "kol kpt ltn hr pr dr prof ins nt st s.o",
    "ca": "il·lm excm mgfca mgfc sr sra dr dra st sta fra p.ex av pl núm",
    "vi": "ls bs ths ts gs q p ts ths gs pgs bs ks tp đt clb hlv ubnd cty sgd nxb đh",
    "hi": "डॉ श्री श्रीमती प्रो पं मो डा",
    "mr": "डॉ श्री श्रीमती प्रा पं",
    "bn": "ডা ড মো প্রফ মোঃ",
    "ur": "ڈاکٹر",
    "fa": "دکتر",
    "he": "ד״ר פרופ עו״ד מר גב גב׳ רח מס",
    "az": "dos akad",
    "sq": "av prof z znj",
}
_NUMBERED = {
    "pl": "nr art ust pkt poz s str t godz", "cs": "č čl odst s str", "sk": "č čl ods s str",
    "ro": "cca nr art pct alin lit p", "hu": "sz u út hsz em", "sv": "nr s kap kl",
    "da": "nr s kl", "nb": "nr s kl",
    "tr": "no s c", "id": "no hal", "ms": "no", "af": "nr s bl", "fi": "nro s klo", "el": "αρ σελ",
    "lv": "apm",
    "bg": "ок",
    "uk": "бл",
    "ca": "aprox pàg",
    "gl": "páx aprox",
    "cy": "tud",
    "ga": "lch",
    "lt": "apie str",
}  # fmt: skip
_AMBIGUOUS = {
    "id": "dll dst dsb tsb tbk", "tr": "vb vs m.ö m.s a.ş ltd şti", "af": "ens e.d.m nm vm v.c n.c",
    "pl": "itd itp r w p.n.e n.e gr tys mln mld", "cs": "atd apod n.l kč tis mil mld",
    "sk": "atď n.l tis mil mld", "ro": "etc ș.a.m.d î.hr d.hr", "hu": "stb i.e i.sz kft bt zrt nyrt",
    "sv": "osv milj mdr m.m m.fl etc e.kr f.kr", "da": "osv m.m m.v mio mia kr",
    "nb": "osv m.m m.v mill mrd kr",
    "fi": "jne yms ym eaa jaa", "el": "κ.λπ κ.ά κτλ π.μ μ.μ δισ εκατ χιλ", "uk": "р рр ст тис млн млрд грн",
}  # fmt: skip
_STARTERS = {
    "id": "dia ia mereka kami kita saya ini itu para di ke dari pada dalam untuk dengan oleh namun "
    "tetapi tapi dan atau jika kalau ketika saat setelah sebelum sementara selain karena "
    "sebab maka juga menurut sebuah seorang banyak semua tidak bukan akan telah sudah yang "
    "presiden polisi pemerintah",
    "ms": "dia ia mereka kami kita saya ini itu para di ke dari pada dalam untuk dengan oleh namun "
    "tetapi dan atau jika apabila ketika selepas sebelum sementara selain kerana maka juga "
    "menurut sebuah seorang tidak bukan polis",
    "tl": "ang si sina sa ng mga ito iyan siya sila kami tayo nang kung dahil ngunit pero at ayon "
    "sinabi hindi wala may mayroon noong ngayon bukod nasa para",
    "tr": "bu şu o bir ve ama ancak fakat çünkü ise için gibi daha en çok biz siz onlar ben her "
    "bazı hiç ne nasıl neden polis başkan cumhurbaşkanı ayrıca böylece sonra önce dün bugün",
    "af": "die dit hierdie daardie hy sy ons hulle jy ek dat maar en of want toe nou ook in op aan "
    "by met na van vir uit oor onder as omdat wanneer terwyl volgens nie geen 'n",
    "pl": "ten ta to te ci on ona oni one my wy ja w we z ze na do od po za przed przez dla bez pod "
    "nad przy a i ale lecz jednak więc gdy kiedy jeśli jak że który nie tak też już jeszcze "
    "według dziś wczoraj policja są jest był",
    "cs": "ten ta to ti on ona oni my vy já v ve z ze na do od po za před pro bez pod nad o u při a "
    "i ale však tak když pokud jak že který ne také už ještě podle dnes včera policie je jsou "
    "byl se",
    "sk": "ten tá to tí on ona oni my vy ja v vo z zo na do od po za pred pre bez pod nad o u pri a "
    "i ale však tak keď ak ako že ktorý nie aj už ešte podľa dnes včera polícia je sú bol sa",
    "ro": "el ea ei ele noi voi eu acest această aceste acești un o în la de pe cu din prin pentru "
    "fără după înainte și dar însă iar sau dacă când cum că care nu mai potrivit astăzi ieri "
    "poliția este sunt",
    "hu": "a az ez ezek azok ő ők mi ti én egy és de ha amikor mert hogy mint nem is már még csak "
    "szerint ma tegnap",
    "sv": "han hon den det de vi ni jag du en ett i på av till från för med utan om efter före "
    "under över vid och men eller så när då där här som att inte också nu enligt detta denna "
    "dessa polisen är var",
    "da": "han hun den det de vi i jeg du en et på af til fra for med uden om efter før under over "
    "ved og men eller så da når der her som at ikke også nu ifølge dette denne disse politiet "
    "er var",
    "nb": "han hun den det de vi i jeg du en et på av til fra for med uten om etter før under over "
    "ved og men eller så da når der her som at ikke også nå ifølge dette denne disse politiet "
    "er var",
    "fi": "hän he se ne me te minä sinä tämä nämä ja mutta tai kun jos koska että joka ei myös nyt "
    "sitten poliisi on oli",
    "el": "ο η το οι τα τον την του της των αυτός αυτή αυτό και αλλά ή αν όταν πως ότι που δεν να "
    "θα με σε στο στη από για σύμφωνα σήμερα χθες είναι ήταν",
    "uk": "він вона воно вони ми ви я ти це цей ця ці той та ті його її їх наш у в на по з із зі "
    "від до для за під над при після перед між без про і й але або якщо коли як поки хоча "
    "тому що хто де також ще вже не ні так потім тепер сьогодні вчора однак",
    "bg": "той тя то те ние вие аз това този тази тези в във на по с със от до за под над при след "
    "преди между без и но или ако когато как че който не също вече още според днес вчера "
    "полицията е са",
    "hr": "on ona ono oni mi vi ja to taj ta ti u na po s sa iz od do za pod nad pri nakon prije "
    "između bez i ali ili ako kada kako da koji ne također već još prema danas jučer policija "
    "je su",
    "ca": "el la els les un una aquest aquesta ell ella ells nosaltres el seu la seva a al de del "
    "en per amb sense segons i però o si quan com que no també ja avui ahir és són",
    "vi": "ông bà anh chị họ tôi chúng đây đó này các những một trong ngoài tại ở từ đến với và "
    "nhưng hoặc nếu khi sau trước theo vì không cũng đã đang sẽ",
    "hi": "यह वह ये वे हम मैं इस उस इन उन में पर से के की का को ने और लेकिन या अगर जब तब क्योंकि भी नहीं है हैं था थे एक",
}
_ORDINALS = "tr pl cs sk hu da nb fi sr hr sl lt lv et"
_WITH_ORDINALS = frozenset(_ORDINALS.split())
_SAME = {"no": "nb", "nn": "nb", "fil": "tl", "bs": "hr", "in": "id", "iw": "he"}


def table_of(language: str) -> dict[str, Any]:
    """Return the words of a primary language tag, as the fields of `Periods`; few where we know few."""
    known = _SAME.get(language, language)
    return {
        "leading": frozenset(_LEADING.get(known, "").split()),
        "numbered": frozenset(_NUMBERED.get(known, "").split()),
        "ambiguous": frozenset(_AMBIGUOUS.get(known, "").split()) | _calendar(known),
        "starters": frozenset(_STARTERS.get(known, "").split()),
        "has_ordinals": known in _WITH_ORDINALS,
    }


LANGUAGES = tuple(_STARTERS)
"""Those whose commonest words are here."""


def _calendar(language: str) -> frozenset[str]:
    """Return the abbreviated months and days that the CLDR writes with a period."""
    try:
        locale = parse(language)
    except UnknownLocale:
        return frozenset()
    names = [*locale.months("format abbreviated"), *locale.days("format abbreviated")]
    return frozenset(name.rstrip(".").lower() for name in names if name.endswith("."))
