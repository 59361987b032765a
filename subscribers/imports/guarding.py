"""Columns that may say no and that nobody has read: they stop an import until somebody says what they are.

A name is judged by the stems of its words, in English, German, French, Spanish, Portuguese, Swahili,
Arabic, Italian and Dutch, and by the commonest ones of Polish, Russian, Turkish, Swedish, Danish,
Norwegian, Chinese and Japanese; a cell by the words that say no wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from subscribers.errors import MayMeanNo, Suspect
from subscribers.imports.unknowns import Unknown, is_of_something_else
from subscribers.imports.words import (
    FALSE,
    LOUD,
    NEVER,
    TRUE,
    folded_name,
    folded_word,
    has_loud_part,
    is_nothing,
)

_SAMPLES = 3
_SAMPLE_CHARS = 40

_STEMS: Mapping[str, str] = {
    # What a column that holds one most likely is: a proposal to the operator, never a decision.
    "complained": "complain,spam,junk,beschwerde,beschwert,plainte,indesirable,queja,denuncia,reclam,queixa"
    ",segnalazion,klacht,malalamik,barua taka,شكو,مزعج,skarg,жалоб,sikayet,klagomal,klage"
    ",投诉,投訴,苦情,迷惑,abuse,fbl",
    "bounced": "bounc,dead,undeliver,deliverab,invalid,unzustell,zustellb,ruckl"
    ",zuruckgew,rebond,rejet,non distribu,delivrab,invalide,rebot,devuelto,entregab,devolv,rejeit"
    ",rimbalz,respint,recapit,teruggestuurd,onbestel,afleverb,imerudi,haikufika,ufikishaji,مرتد,ارتداد"
    ",مرفوض,التسليم,reject,zugestellt,npai,rechaz,rifiut,geweiger,odbit,odrzuc,dostarcz,доставл,возвра"
    ",geri don,studs,returnert,退信,无法投递,不達,配信エラー",
    "blocked": "do not,don t,dont,nicht,keine,ne pas,no enviar,no contactar,nao enviar"
    ",non inviare,niet,geen"
    ",block,blacklist,blocklist,suppress,quarantin,banned,denied,denylist,exclu,restrict"
    ",do not mail,do not email,do not contact,donotmail,donotemail,donotcontact,dnc"
    ",gesperr,sperr,unterdruck"
    ",blockier,ausgeschl,liste noire,bloqu,supprim,lista negra,suprim,bloccat,lista nera,soppress,esclus"
    ",geblokk,zwarte lijst,onderdruk,uitgeslot,amezuiw,imezuiw,محظور,محجوب,حظر,السوداء"
    ",dnd,no desea,ne plus,usitume,hataki,orodha nyeusi,لا ترسل,لا ترغب,zablokow,czarna lista,nie wysył"
    ",блокир,черн,не отправл,не писать,engel,kara liste,sparra,sperret,blokeret"
    ",deceased,verstorben,decede,fallecid,falecid,decedut,overleden,수신거부,수신 거부,차단,robinson"
    ",werbesperr,reserver,estetty,kielto"
    ",拉黑,黑名单,黑名單,屏蔽,不发送,不發送,配信停止,拒否,ブラックリスト",
    "disabled": "unsub,optout,opt out,opted out,optedout,desubscri,disabl,inactiv"
    ",deactiv,remov,delet,clean,cancel"
    ",archiv,erased,opposition,revok,revoc,withdraw,objection,abmeld,abgemeldet,abbestell,austrag"
    ",ausgetragen,widerruf,widersp,geloscht,loschung,inaktiv,deaktiv,kundig,gekundigt,desabon"
    ",desinscri,resili"
    ",retrait,refus,desactiv,baja,desuscri,eliminad,borrad,inactivo,revocad,descadastr,desinscrit"
    ",cancelad,removid,inativ,nao inscrit,disiscri,cancellat,annullat,revoca,rimoss,disattiv,non iscritt"
    ",afgemeld,afmeld,uitgeschr,uitschrijf,opgezegd,verwijderd,inactief,amejiond,kujiond,amejitoa,kujitoa"
    ",الغاء,الغي,الغى,ملغي,غير مشترك,معطل,austritt,recus,saiu,amekata,amefut,wypis"
    ",rezygn,отпис,отказ,удален,iptal,avregistr,avprenum,avmeldt,afmeldt,opphort,退订,退訂,取消订阅"
    ",取消訂閱,退会,解除"
    ",odhlas,leiratkoz,dezabon,perunut,peruut,відпис,berhenti,구독취소,구독 취소,해지,noemail,nomail"
    ",avanmal,frameld,odjav,одјав,διαγραφ,لغو,הוסר,ביטול,सदस्यता समाप्त,huy dang ky,ยกเลิก,uitgetek"
    ",teken uit,baixa,afskrad"
    ",loobu,atrakst,atsisak,kajito,unfollow",
    "confirmed": "confirm,verif,validated,double opt,doubleopt,bestatig,valide,vahvist,conferm,bevestig"
    ",imethibitish,haijathibitish,uthibitish,مؤكد,تاكيد,potwierdz,подтвержд,dogrula,bekraft,bekreft"
    ",确认,確認,已验证",
    "status": "status,statut,zustand,etat,estado,estatus,situac,stato,toestand,hali,hadhi"
    ",الحاله,الحالة,حالة,حاله,mail preference,communication preference,contact preference"
    ",статус,состояни,durum,状态,狀態,状態,ステータス"
    ",muted,paused,on hold,snoozed,lifecycle,pausiert,상태,κατασταση,وضعیت,סטטוס,מצב,स्थिति,trang thai"
    ",สถานะ"
    ",mail state,account state,user state,member state,contact state,subscriber state,subscription state"
    ",delivery state,delivery mode,mail mode,digest mode,sunset,dormant",
    "subscribed": "allow,mailable,contactable,reachable,eligib,receiv,wants,valid"
    ",consent,permi,optin,opt in,opted in,subscri,gdpr,dsgvo,rgpd,lgpd,marketing,newsletter"
    ",accept,acept,aceit,agree,einwillig,zustimm,erlaub,darf,habilit,enabled,aktivier,activad,ativad"
    ",attivat,geactiveerd,abonn,abonni,anmeld,angemeld,consenti,autoris,autoriz,autorizz"
    ",inscri,suscri,permis,permess,consens,iscri,assinant,toestemm,ingeschrev,ridhaa,idhini,ruhusa"
    ",موافق,اذن,مشترك"
    ",contact me,be contacted,keep informed,keep me,erwunscht,accord,amesajili,zgod,соглас,разреш"
    ",подпис,onay,izin,abonelik,samtyk,samtyc,prenumer,tilmeld,pamel,同意,许可,許可,订阅,訂閱,購読"
    ",lawful,legal basis,rechtsgrund,base legal,base juridi,grondslag,συγκαταθ,συναιν,הסכמ,सहमति,رضایت"
    ",メルマガ,ニュースレター,お知らせ,suhlas,suglas,privol,soglasj,sutikim,piekris,noustamus,onam"
    ",đong y,dong y,ยินยอม"
    ",opted,aktywn,актив,aktif,aktivn,配信,受信,수신,동의,구독,langganan,souhlas,hozzajarul",
}
_FOLDED = {folded_name(stem): field for field, text in _STEMS.items() for stem in text.split(",")}
_PHRASES = {stem: field for stem, field in _FOLDED.items() if " " in stem}
_WORD_STEMS = {stem: field for stem, field in _FOLDED.items() if " " not in stem}
_STARTS = frozenset(
    {
        "nicht",
        "keine",
        "niet",
        "geen",
        "dead",
        "valid",
        "allow",
        "wants",
        "hali",
        "baja",
        "dnc",
        "etat",
        "stato",
        "refus",
        "accept",
        "agree",
        "permi",
        "valide",
        "darf",
        "enabled",
        "exclu",
        "accord",
        "saiu",
        "recus",
        "черн",
        "izin",
        "onay",
        "dnd",
        "studs",
        "klage",
        "keep me",
    }
)
"""Stems that other words have in their middle."""

_OTHERS = frozenset({"deadline", "deadlines", "accordion"})
"""Words that only begin like one."""

_SHORT = re.compile(
    r"\b(?:no|non|can|may|send|ok|ok to|sin|sem|senza|sans|ohne) (?:e ?)?"
    r"(?:mail|email|correo|courriel|newsletter)s?\b|mails? (?:ok|on|off|yes|no|opt)\b"
    r"|\b(?:abo|stop|left|quit|gone|lapsed|churned|died|ended|unwanted|resigned)\b"
    r"|\b(?:aktiv|actif|active|activ[oa]|ativ[oa]|attiv[oa]|actief|hai|(?:un)?gultig|geldig|ongeldig)\b|نشط"
    r"|\b(?:tila|estat|stav|stare|olek|stanje|allapot|busena|statuss|lupa|stopped|expired|ret)\b"
    r"|mailverbot|werbeverbot|verboten|marufuku|ausgeschied|\bno molest|\bnon contatt"
)
"""Short words that mean a no or a yes only by themselves or beside a word for mail."""

_OF_MAIL = re.compile(
    r"mail|newsletter|digest|notif|notic|frequen|haufig|prefer|subscri|contact|kontakt|send|versand|envoi|envio"
    r"|invio|correo|courriel|recipient|mailing|abo\b|boletin|boletim|bulletin|nieuwsbrief|jarida|نشرة|بريد|메일|配信"
)
_OF_DEEDS = re.compile(
    r"\b(?:last|latest|first|opened|opens?|click\w*|sent|viewed|read|letzte\w*|gesendet|geoffnet|dernier\w*|envoye"
    r"|ouvert|ultim\w*|abiert\w*|enviad\w*|apert\w*|inviat\w*|laatste|owner|type|source|id)\b"
)
"""Names that tell what was done with mail: "Last email opened: never"."""

_SURE_CHARS = 6
"""A longer stem is known across spaces, too: `Black list`."""

_WEAK = frozenset({"subscri", "marketing", "newsletter", "accept", "agree", "abonn", "inscri", "iscri"})
_WEAK_BESIDE = frozenset(
    {"id", "ip", "uuid", "key", "hash", "url", "count", "number", "since", "date", "time", "at"}
)
_OTHER_WAYS = frozenset({"sms", "whatsapp", "whats", "push", "telegram", "viber"})
_MOMENTS = frozenset(
    {
        "at",
        "on",
        "date",
        "time",
        "timestamp",
        "reason",
        "am",
        "datum",
        "le",
        "fecha",
        "data",
        "tarehe",
        "تاريخ",
        "motif",
    }
)
_DATED = {
    "disabled": "ended_at",
    "bounced": "bounced_at",
    "complained": "complained_at",
    "blocked": "blocked_at",
}
_YES_OR_NO = TRUE | FALSE


@lru_cache(maxsize=4_096)
def meant_by(column: str) -> str:
    """Return the field that a column's name smells of, where it may say no; empty where it can't.

    What is about text messages says nothing of mail.
    """
    name = folded_name(column)
    words = name.split()
    if is_other_way(column):
        return ""
    found = _field(name, words)
    is_dated = bool(_MOMENTS & set(words)) or any(word.endswith(("datum", "date")) for word in words)
    return _DATED.get(found, found) if is_dated else found


@lru_cache(maxsize=4_096)
def is_of_mail(column: str) -> bool:
    """Tell whether a name speaks of mail, so that a plain "no" or "never" in its column is a no to mail."""
    name = folded_name(column)
    return _OF_MAIL.search(name) is not None and _OF_DEEDS.search(name) is None


def is_other_way(column: str) -> bool:
    """Tell whether a column is about text messages and their like, and not about mail."""
    name = folded_name(column)
    return bool(_OTHER_WAYS & set(name.split())) and "mail" not in name


def _field(name: str, words: Sequence[str]) -> str:
    together = name.replace(" ", "")
    for phrase, meaning in _PHRASES.items():
        if phrase in name or phrase.replace(" ", "") in together:
            return meaning
    for stem, meaning in _WORD_STEMS.items():
        if stem in _STARTS:
            is_in = any(word.startswith(stem) and word not in _OTHERS for word in words)
        else:
            is_in = any(stem in word for word in words) or (len(stem) > _SURE_CHARS and stem in together)
        if is_in and not (stem in _WEAK and _WEAK_BESIDE & set(words)):
            return meaning
    return "status" if _SHORT.search(name) else ""


@dataclass(slots=True)
class _Seen:
    """What stood in one column so far."""

    cells: int = 0
    first: int = 0
    samples: list[str] = field(default_factory=list)


class Watch:
    """Looks at the columns that nobody reads while a file's rows go by."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._seen: dict[str, _Seen] = {}
        self._unknown: dict[str, Unknown] = {}

    def unknown(self, column: str) -> Unknown | None:
        """Return what looks at every cell of a column; None where its name says enough."""
        if meant_by(column) or is_other_way(column) or is_of_something_else(column):
            return None
        return self._unknown.setdefault(column, Unknown(column))

    def expect(self, column: str) -> None:
        """Take a column whose name alone may mean no."""
        self._seen.setdefault(column, _Seen())

    def look(self, column: str, cell: str, line: int, *, is_nameless: bool = False) -> None:
        """Look at a cell of a column that nobody reads.

        Args:
            is_nameless: no header says what it is, so that a mere yes or no is looked at, too. Where the
                name speaks of mail, a no or "never" is.
        """
        word = folded_word(cell)
        is_never = word in NEVER and is_of_mail(column)
        if is_nothing(word) and not (is_never and word == "none"):
            return
        seen = self._seen.get(column)
        if seen is None:
            is_told = word in LOUD or is_never or (is_nameless and word in _YES_OR_NO)
            if not is_told and not has_loud_part(word):
                return
            seen = self._seen[column] = _Seen()
        seen.cells += 1
        seen.first = seen.first or line
        text = "an address" if "@" in cell else " ".join(cell.split())[:_SAMPLE_CHARS]
        if len(seen.samples) < _SAMPLES and text not in seen.samples:
            seen.samples.append(text)

    def suspects(self) -> tuple[Suspect, ...]:
        """Return the columns that may say no, in the order they were met; unknown names last."""
        found = [
            Suspect(column, seen.cells, seen.first, tuple(seen.samples), meant_by(column) or "status")
            for column, seen in self._seen.items()
        ]
        others = (one.suspect() for name, one in self._unknown.items() if name not in self._seen)
        return (*found, *filter(None, others))

    def end(self, file_name: str) -> None:
        """Let the import go on, or stop it.

        Raises:
            MayMeanNo: a column may say no.
        """
        if found := self.suspects():
            raise MayMeanNo(file_name, found)


def has_no(cells: Iterable[str]) -> bool:
    """Tell whether a cell says no whatever its column is called."""
    return any(folded_word(cell) in LOUD or has_loud_part(folded_word(cell)) for cell in cells if cell)
