"""Columns whose names nobody knows, judged by what stands in them: only yes and no, or some dates and gaps.

Names are endless, and a list of those that mean no is never whole; but who left, or may be mailed, is
nearly always kept as a mark or as a day. Such a column is asked about, unless its name is known to speak of
something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from subscribers.errors import Suspect
from subscribers.imports.words import FALSE, TRUE, folded_name, folded_word, is_nothing

_MARK_WORDS = (
    "j,o,wahr,falsch,an,aus,vrai,faux,verdadero,falso,verdadeiro,vero,waar,onwaar,aan,uit,sant,falskt"
    ",prawda,fałsz,истина,ложь,tak,nie,да,нет,не,так,ні,ano,ne,áno,igen,nem,da,nu,evet,hayır,var,yok"
    ",nej,nei,kyllä,ei,jah,jā,nē,taip,já,igaz,hamis,pravda,nepravda,ναι,όχι,כן,לא,بله,خیر,آری,ہاں,نہیں"
    ",हाँ,हां,नहीं,হ্যাঁ,না,ஆம்,இல்லை,是,否,对,不,有,無,无,可,不可,はい,いいえ,する,しない,예,네,아니오"
    ",아니요,유,무,có,không,ya,tidak,iya,oo,hindi,opo,ใช่,ไม่,ไม่ใช่,ndio,la,siyo,yebo,cha,ewe,hayi,beeni"
    ",rara,eh,a'a,haa,maya,አዎ,አይ,አይደለም,áiste,bai,ez,ie,nage,po,jo,✓,✔,☑,✅,✗,✘,☐,❌,○,×,◯,●,+,-"
    ",enabled,disabled,verdadera,falsa,tosi,epätosi,doğru,yanlış,benar,salah,đúng,sai,참,거짓,真,假"
)
_MARKS = frozenset(folded_word(word) for word in _MARK_WORDS.split(",")) | TRUE | FALSE
"""What yes and no are called, and drawn as."""

_DAY = re.compile(
    r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))(?!\d)|\d{10}(?:\d{3})?\Z"
    r"|\d{1,2}\.? [^\W\d]{3,12}\.?,? \d{4}\b|[^\W\d]{3,12}\.? \d{1,2},? \d{4}\b|\d{4} ?[年년]"
)
_DAY_CHARS = 40

_OTHERS = (
    "id ip uuid key hash url code comp gift lat lon age sex pol iban bic vat fax car pet html text"
    " format dst dstoff gmt gmtoff cc euid leid alter test dob sum qty num nps utm rfm ltv clv"
)
_OTHER_WORDS = frozenset(_OTHERS.split())
_OTHER_BEGINNINGS = (
    # Whose life, place and trade it is.
    "name,vorname,nachname,gender,geschlecht,genre,genero,genere,geslacht,birth,geburt,naiss,nacim"
    ",nascim"
    ",nascit,geboorte,fodel,fodsel,urodz,рожд,дата рожд,birthday,anniv,zip,city,country,region,phone"
    ",mobile"
    ",telefon,telefono,street,latitude,longitude,timezone,language,sprache,langue,idioma,lingua,taal"
    ",compan,firma,student,teacher,staff,employ,mitarbeit,journalist,press,volunteer,freiwill,child"
    ",kids"
    ",kinder,enfant,hijos,figli,married,household,owner"
    # What was bought or given.
    ",vip,paid,pay,premium,donor,donation,donated,spend,spent,price,amount,betrag,bezahl,zahl,zahlung"
    ",plan,tier"
    ",compliment,trial,invoice,rechnung,order,bestell,purchas,kauf,customer,kunde,client,cliente"
    ",stripe,billing"
    ",refund,revenue,umsatz,renew,coupon,discount,cart"
    # What was done, when.
    ",open,click,visit,login,logged,seen,last,latest,letzte,dernier,ultim,laatste,activity,updat,chang"
    ",modif"
    ",geandert,edit,creat,erstellt,angelegt,added,import,joined,join,signup,sign up,signed up,regist"
    ",enter"
    ",inscription date,start,since,seit,depuis,desde,first,attend,event,referr,source,quelle,sent"
    ",processed"
    ",confirm time,optin time,subscribed at,generated,message,cycle,synced,exported,upload,downloaded"
    ",eintritt,beitritt"
    # Figures.
    ",count,number,anzahl,nombre,numero,total,rating,score,points,punkte,stars,rank,level,percent,rate"
    ",average,tax,html,uniq"
).split(",")
_OTHER_SIGNS = re.compile(
    "生年月日|誕生日|生日|性别|性別|登録日|注册|註冊|ميلاد|جنس|انشاء|созда|возраст|생년|성별|가입"
)
_KEPT_SAMPLES = 3


@lru_cache(maxsize=4_096)
def is_of_something_else(column: str) -> bool:
    """Tell whether a column's name is known to speak of something else than who wants mail."""
    name = folded_name(column)
    words = name.split()
    return (
        not _OTHER_WORDS.isdisjoint(words)
        or any(f" {name}".find(f" {start}") >= 0 for start in _OTHER_BEGINNINGS)
        or _OTHER_SIGNS.search(name) is not None
    )


@dataclass(slots=True)
class Unknown:
    """What stood so far in one column of a name that nobody knows.

    Attributes:
        is_open: no cell has shown yet that it holds something else.
    """

    column: str
    is_open: bool = True
    _cells: int = 0
    _gaps: int = 0
    _first: int = 0
    _are_marks: bool = True
    _are_days: bool = True
    _samples: list[str] = field(default_factory=list)

    def look(self, cell: str, line: int) -> None:
        """Look at one cell, an empty one too."""
        word = folded_word(cell[: _DAY_CHARS * 2]) if cell else ""
        is_gap = is_nothing(word)
        self._gaps += is_gap or word == "0"
        if is_gap:
            return
        self._cells += 1
        self._first = self._first or line
        self._are_marks = self._are_marks and word in _MARKS
        self._are_days = self._are_days and (
            word == "0" or _DAY.match(cell.strip()[:_DAY_CHARS]) is not None
        )
        self.is_open = self._are_marks or self._are_days
        if len(self._samples) < _KEPT_SAMPLES and cell not in self._samples:
            self._samples.append(cell[:_DAY_CHARS])

    def suspect(self) -> Suspect | None:
        """Return the question that this column is; None where it needs none."""
        if not self._cells or not self.is_open or (not self._are_marks and not self._gaps):
            return None
        meaning = "disabled" if self._are_marks else "ended_at"
        return Suspect(
            self.column, self._cells, self._first, tuple(self._samples), meaning, is_guess=self._are_marks
        )
