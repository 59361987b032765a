"""Short forms that the whole world's newspapers write with a period, and short words that are none."""

from __future__ import annotations

import re

_TITLE_WORDS = """
mr mrs ms mx messrs mmes dr drs dra drg drh prof profa profs rev revd fr hon rt gen lt col capt cmdr cdr
comdr cmde maj sgt cpl pvt pfc adm brig insp supt det sen rep reps gov pres amb atty asst asstt assoc
msgr bp abp mdm mme mlle engr archt barr alh alhj adv smt shri kum brgy bgy sta sto ptr pst pdt cllr clr
cnclr bi bw dkt mhe mch const hj hjh thiru tmt tn ny mohd muhd abd md rs kshs ksh tsh ush shs sh rp php
tk usec asec commr lcdr pcol psupt sqn flt wg cde ust tgk jl jln gg kec kab kel addl dy jt govt distt
dist hav lnk pte sdn hz ven rtd retd ing lic arq srta sra ald gng kgg hr mt ft st ste vol nos jhr mej
mnr mev ir no. eng. nrs qs
"""
_MAYBE_WORDS = """
arch eng sec dir comm card sub off pat ens kap hen ret bro prov ch sep mal bhd tbk cif chf snr jnr ph
blk bldg rm
"""
_CURRENCY_WORDS = """
rs re kshs ksh tsh ush shs sh tk rp php rm br bs gs lps fr frs fl kz mt le gh frw n ngn zar eur usd inr
pkr lkr npr p q nu kr kč zł
"""
_SHORT_WORDS = """
abu adam adel ajax alan alba alec alex ali alma amal amir amy ana andy ann anna anne asia aung avon baku
bali ball bank bari bath bay beck ben bell bern bill bird biya blue boat bob body bond bonn book born
boyd brad bret brno bush cain cali cape carl case chad che chen city clay club coal cook cork cox cruz
cuba dale dan dana dar dave day dean deal del dell deng diaz dior doha don drew dubai duke earl east
eden eddy egbe ella ellen elon emma eric erie esau esra eton eva eve ezra fame farm fay fiat fiji finn
fire ford fox fred free gary gate gaza gene george giza glen goa god gold good gore gray greg guam gulf
guy hall hama hand hani hans hank hart hay hill holt home homs hope hugh hugo hull hunt ian ida idlib
ike imam inn iowa ira iran iraq isis ivan ivy jack jade jail jane jan java jay jean jeff jen jess jew
jill jim jin jing joan jobs joe joel john jon jose joy juan juba jude judy jung kabul kano karl kate kay
kebo keir keith ken kent khan kia kiel kiev kim king kirk kiss kobe koch kofi kong kurt kyiv lady lago
laos lau law lee left lego leo leon levi li lily lima lin linz lion lisa liu liz llb loan lodz lola lord
lot love luca lucy luis luke luna lviv lynn lyon mach mack mali mall mao mara marc mark mars mary matt
may mayo meat meg mei mia mike mila milo ming mona moon moro mosul muse nato navy neil new nick nigel
nile nina noah nora north oak obi ohio olga oman omar omdurman oscar oslo otto owen page pam park part
paul peru peter phil pia pine pola pole pope port post prix qom quay queen quito rafa raf rail ram ray
red reid reza rhys rice rich rick riga rio road rob rock rome ron rosa rose ross roth ruth ryan sade sam
san sara sea sean sid siri six sky smith sofa sofia son song soto south stan star state sue suez suva
syria tate ted tel tena tech ten test tesla thai theo tim tina tito today toga tom tony town troy tsai
tulsa tunis uber uk una united uae ural usa utah van vera vic vote vox wade wales wall walt wang war
ward webb wei west will wolf wong wood wu xi yale yang york yuma zack zane zhou zoe zoo zone zulu house
high week plan time team side game cup court yes no it us me him her them you so too here now then that
this all none
"""

TITLES = frozenset(word.rstrip(".") for word in _TITLE_WORDS.split())
"""Never end a sentence where they are written large: `Brgy. San Roque`, `Barr. Eze`."""
MAYBE_TITLES = frozenset(_MAYBE_WORDS.split())
"""End one only before a word that opens a sentence."""
CURRENCIES = frozenset(_CURRENCY_WORDS.split())
"""Never end one before a number: `Rs. 500`."""
_SHORT = frozenset(_SHORT_WORDS.split())
_LATIN = re.compile(r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f]{1,5}")
_VOWEL = re.compile(r"[aeiouyà-öø-ÿāăąēĕėęěīĭįıōŏőūŭůűų]")
_LONGEST = 4
_BEFORE = 2_000


def looks_shortened(token: str, text: str, at: int) -> bool:
    """Tell whether a short large word before a period at `at` is rather an abbreviation than a word.

    One without a vowel is; another where it is no word we know, stands after a small word as a title
    does, and nowhere before without its period.
    """
    if not _LATIN.fullmatch(token) or token.isupper():
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
    earlier = text[max(0, begin - _BEFORE) : begin]
    return not any(f"{token}{mark}" in earlier for mark in (" ", ",", "'", "’", ";"))
