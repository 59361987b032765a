"""Short forms that the whole world's newspapers write with a period, and short words that are none."""

from __future__ import annotations

import re

_TITLE_WORDS = """
mr mrs ms mx messrs mmes dr drs dra drg drh prof profa profs rev revd fr hon rt gen lt col capt cmdr
cdr comdr cmde maj sgt cpl pvt pfc adm brig insp inspr supt det sen rep reps gov pres amb atty asst
asstt assoc msgr bp abp mdm mme mlle engr archt barr alh alhj adv smt shri kum brgy bgy sta sto ptr
pst pdt cllr clr cnclr bi bw dkt mhe mch const hj hjh thiru tmt tn ny mohd muhd abd md rs kshs ksh
tsh ush shs sh rp php tk usec asec commr lcdr pcol psupt sqn flt wg cde ust tgk jl jln gg kec kab
kel addl dy jt govt distt dist hav lnk pte sdn hz ven rtd retd ing lic arq srta sra ald gng kgg hr
mt ft st ste vol nos jhr mej mnr mev ir nrs qs cmdte cmdt comdt cmdo lcdo lcda mtro mtra pbro fco
fca sgto vda gdor magfco kapt kpt kptn bgm bgmin oberstlt stellv obgm mgst rndr judr mudr mvdr
paeddr phdr thdr rsdr bshk bşk doç yrd opr öğr ustaz tuan pol mga vr alcde gob dip presb cnel brgdr
justc magt mrss princ dn pn puan tpr ybhg yb evang evgl comr surv pharm barrs engrs alhaj brigjen
irjen komjen kombes letjen mayjen jend shri chief otunba comrade dato datin tunku toh thiru selvi
srimati kpg kamp jkt tgk habib gus kyai labg nabg abg str.vors luitn luit ouluitn gen.-maj genmaj
gen.-lt toim.joht luutn ltn maist dipl vors pdg mgr.art gfm hauptm oblt ofw hfw fwm obm rain rab gaz
pandit swami acharya mufti moulvi maulana sir mallam malam alhaja mayor sarjan sargento kanali
sajenti koplo luteni jenerali inspekta kapteni yab yabhg yam ybm pgs.ts gs.ts ts.bs bhg ybhg
brig.-genl brig.-gen ltkol ltgen lt.-kol lt.-genl kur inf kav hajia hajiya oba raadsl burg гл exa osta gsta
parch mnu nksz mnukz uas adv sts npor pprap nrtm joht geo ls bs ths lt.kol il·lm mgfca habil ταξ υπ
th.s thạc ths des dpz vda brgdr kdr kombespol akbp akp iptu ipda
"""
_MAYBE_WORDS = """
arch eng sec dir comm card sub off pat ens kap hen ret bro prov ch mal bhd tbk cif chf snr jnr ph
blk bldg rm em emer
"""
_SPELLED_WORDS = """
ASP DSP CSP ACP DCP CP AIG DIG IGP IG SP SSP SHO HRH HRM QS OC OCPD DCI CNP DPO PPRO ASC DSC YB SAN
MLA MNA MPP MEP MCA QC KC
"""
_CASELESS_WORDS = """
திரு திருமதி செல்வி டாக்டர் முனைவர் பேரா వై డా శ్రీ ಡಾ ಶ್ರೀ ಪ್ರೊ ഡോ ശ്രീ പ്രൊഫ ડૉ શ્રી ડો પ્રો डॉ डा
श्री प्रो पं कु स्व एड ले ডা ড মো মোঃ অধ্যা ডঃ লে ਡਾ ਸ਼੍ਰੀ ਪ੍ਰੋ ଡା ଶ୍ରୀ ڈاکٹر ڈا ڈی پروفیسر مسٹر
محمد ד״ר פרופ עו״ד גב מר גב׳ רח מס אינג ዶ ፕ ሻ ኮ አቶ ወ ዶክ ደ ดร นพ พญ ศ รศ ผศ พล พ ร ต อ ส น ก ว จ ม
"""
_CURRENCY_WORDS = """
rs re kshs ksh tsh ush shs sh tk rp php rm br bs gs lps fr frs fl kz mt le gh frw n ngn zar eur usd
inr pkr lkr npr p q nu kr kč zł
"""
_SHORT_WORDS = """
abril abu act acts adam adel advent ajax alan alba alec alex ali all alma amal amir amy ana andy ann
anna anne asia aung avon baku bali ball bank bari bath bay beck bell ben bern bill bills bird biya
blue boat bob body bond bonn book born boyd brad bret brno bush cain cali cape carl case chad che
chen city clay club coal cook cork court cox cruz cuba cup dale dan dana dar dave day deal deals
dean del dell deng diaz diet dior doha don drew dubai duke duma earl east eddy eden egbe eid ella
ellen elon emma eric erie esau esra eton eva eve ezra fame farm fay fiat fiji finn fire fly ford fox
fred free frog fund funds game gary gate gaza gene george giza glen goa god gold good gore gray greg
guam gulf guy hall hama hand hani hank hans hart hay heck her here high hill him holi holt home homs
hope house hugh hugo hull hunt ian ida idlib ike imam inn iowa ira iran iraq isis it ivan ivy jack
jade jail jan jane java jay jean jeff jen jess jew jill jim jin jing joan jobs joe joel john jon
jose joy juan juba jude judy juil juin juli july june jung juni kabul kano karl kate kay kebo keir
keith ken kent khan kia kiel kiev kim king kirk kiss kobe koch kofi kong kurt kyiv lady lago laos
lau law lee left lego lent leo leon less levi li lily lima lin linz lion lisa liu liz llb loan lodz
lola look lord lot love luca lucy luis luke luna lviv lynn lyon mach mack mai maio maj mali mall mao
mara marc mark mars mary matt may mayo me meat meg mei mia mike mila milo ming moch mona moon more
moro mosul move muse nato navy neil new nick nigel nile nina no noah noel none nora north now oak
obi ohio olga oman omar omdurman oscar oslo otto owen page pam park part paul peru peter phil pia
pine plan pola pole poll pope port post prix qom quay queen quito race raf rafa rail ram ray red
reid reza rhys rice rich rick riga rio road rob rock role rome ron rosa rose ross roth rule ruth
ryan sade sale sam san sara says sea sean sid side siri six sky smith so sofa sofia son song soto
south stan star state sue suez suva syria tate tax team tech ted tel ten tena tesla test thai that
them then theo this tim time tina tito today toga tom tony too tour town troy try tsai tulsa tunis
uae uber uk una united ural us usa utah van vera vic vote vox wade wage wales wall walt wang war
ward web webb week wei west will wolf wong wood work wu xi yale yang yes york you yuma zack zane
zhou zoe zone zoo zulu
"""

TITLES = frozenset(word.rstrip(".") for word in _TITLE_WORDS.split())
"""Never end a sentence where they are written large: `Brgy. San Roque`, `Barr. Eze`."""
MAYBE_TITLES = frozenset(_MAYBE_WORDS.split())
"""End one only before a word that opens a sentence."""
SPELLED_TITLES = frozenset(_SPELLED_WORDS.split())
"""The same, of ranks that stand in large letters: `DCP. Ann Lee`."""
CURRENCIES = frozenset(_CURRENCY_WORDS.split())
"""Never end one before a number: `Rs. 500`."""
CASELESS_TITLES = frozenset(_CASELESS_WORDS.split())
"""Never end a sentence, in scripts that have no large letters."""
_SHORT = frozenset(_SHORT_WORDS.split())
_ONE_LETTER = re.compile(r"[وفبلك]?[\u0590-\u06ff]|[\u0900-\u0dff\u0e00-\u0fff\u1200-\u137f]")
_STOPS = (
    ("\u0590", ""), ("\u0600", "۔"), ("\u0700", ""), ("\u0900", "।॥"), ("\u0b80", ""),
    ("\u1200", "።"), ("\u1380", ""),
)  # fmt: skip
"""From which letter on a script has a stop of its own."""
_LATIN = re.compile(r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f]{1,5}")
_VOWEL = re.compile(r"[aeiouyà-öø-ÿāăąēĕėęěīĭįıōŏőūŭůűų]")
_MIXED = re.compile(r"[A-Z]{2,3}[a-z]{1,4}(?<!s)")
_WITHOUT_VOWEL = re.compile(r"[b-df-hj-np-tv-xzčďłňřśšťžźż]{2,5}")
_VOWELLESS_WORDS = """
zł kč pm psm sqm sqft yrs mths km kg cm mm ml kw mw gw hz khz mhz ghz tb gb mb kb kwh mwh gwh pct
hrs pcs lbs ft yds pts s th nd rd tv gdp pc dj hmm www html pdf dvd smrt prst krk vlk krv vrh trg
vrt srp čtvrt plst brk drn chrt krb škrt trs tvrz vrch hrb brz crv crn grb grm krst prsť zrn vrč
strč brd prv drv mrtv rt žrd grč štvrť krč hlt
"""
_VOWELLESS = frozenset(_VOWELLESS_WORDS.split())
"""Units, and words that need no vowel (`smrt` is death in five languages)."""
_LONGEST = 4
_LONGEST_OF_INITIALS = 8
_NEAR = 1_000


def is_caseless_short(token: str, text: str) -> bool:
    """Tell whether a token of a script without large letters is shortened, and no sentence's last word.

    It is where it is one letter, a title, or where its language has a stop of its own and uses it.
    """
    if not token or token[0] < "\u0590":
        return False
    letters = "".join(letter for letter in token if letter.isalpha())
    if token in CASELESS_TITLES or _ONE_LETTER.fullmatch(letters):
        return True
    if "." in token[1:-1] and len(token) <= _LONGEST_OF_INITIALS:
        return True
    if "\u0590" <= token[0] < "\u0600" and token[1:] in CASELESS_TITLES:
        return True  # Hebrew writes `and`, `to` and their like onto the word
    stops = next((stops for first, stops in reversed(_STOPS) if token[0] >= first), "")
    return any(stop in text for stop in stops)


_GRADED = re.compile(r"(?:[CS]?[PW]O|MCPO|SCPO|SSG|SGT|Cpl|Sgt)\d|[A-Z]{1,2}/[A-Z][a-z]{1,5}")
"""Ranks by grade, and those joined to a service's letter: `SPO2. Lim`, `WO1. Petrus`, `P/Supt. Ramos`."""


_PREFIXED = re.compile(r"[a-z]{1,3}([A-Z][a-z]{1,5})")
"""What a language writes onto a title: Irish `tUas.`, Zulu `noMnu.`."""


def is_rank(token: str) -> bool:
    """Tell whether a token is written as only ranks and degrees are: `PMaj`, `MUDr`, `plk`, `kpt`."""
    prefixed = _PREFIXED.fullmatch(token)
    if prefixed and prefixed[1].lower() in TITLES:
        return True
    if _MIXED.fullmatch(token) or _GRADED.fullmatch(token):
        return True
    return bool(_WITHOUT_VOWEL.fullmatch(token)) and token not in _VOWELLESS


def looks_shortened(token: str, text: str, at: int) -> bool:
    """Tell whether a short large word before a period at `at` is rather an abbreviation than a word.

    One without a vowel is; another where it is no word we know, stands after a small word as a title
    does, and nowhere near without its period.
    """
    if not _LATIN.fullmatch(token) or not token[1:].islower():
        return False
    word = token.lower()
    if not _VOWEL.search(word):
        return True
    if len(token) > _LONGEST or word in _SHORT:
        return False
    begin = at - len(token)
    before = text[max(0, begin - 40) : begin].split()
    if before and before[-1][:1].isupper():
        return False
    near = text[max(0, begin - _NEAR) : begin] + text[at + 1 : at + _NEAR]
    return not any(f"{token}{mark}" in near for mark in (" ", ",", "'", "’", ";"))
