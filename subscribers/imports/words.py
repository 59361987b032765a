"""The words that files say of a reader, and how spellings of one word are made the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from unicodedata import category, normalize

from subscribers.model import SuppressionKind


class ImportedStatus(StrEnum):
    """What a file says of a row's reader."""

    ACTIVE = "active"
    ENDED = "ended"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    BLOCKED = "blocked"


SUPPRESSING: Mapping[ImportedStatus, SuppressionKind] = {
    ImportedStatus.BOUNCED: SuppressionKind.HARD_BOUNCE,
    ImportedStatus.COMPLAINED: SuppressionKind.COMPLAINT,
    ImportedStatus.BLOCKED: SuppressionKind.MANUAL,
}
STRENGTH: Mapping[ImportedStatus | None, int] = {
    ImportedStatus.ACTIVE: 0,
    None: 1,
    ImportedStatus.ENDED: 2,
    ImportedStatus.BOUNCED: 3,
    ImportedStatus.BLOCKED: 4,
    ImportedStatus.COMPLAINED: 5,
}
"""Of two words on one reader the stronger counts; None is a word that is no clear yes."""

_DROPPED = frozenset({"Mn", "Cf", "Lm"})
_FEMININE = re.compile(r"(?<=\w)(?:\(-?(?:e|a|in)\)|[·•](?:e|a))(?=s?(?:\W|\Z))")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_]+")
_DASHES = re.compile(r"[_\s\u2010-\u2015]+|-(?!\d)|(?<=[^\W\d_])-")
_WHOLE = re.compile(r"(\d+)\.0+\Z")
_ZEROS = re.compile(r"[0\s:./tz-]*\Z")


def _plain(text: str) -> str:
    """Return text without accents and without signs that nobody sees; case kept."""
    if text.isascii():
        return text
    return "".join(sign for sign in normalize("NFKD", text) if category(sign) not in _DROPPED)


@lru_cache(maxsize=4_096)
def folded_name(text: str) -> str:
    """Return a column's name as lower-case words; accents, separators and `camelCase` don't matter."""
    bare = _FEMININE.sub(lambda found: found[0].strip("()-·•"), _plain(text))
    return _SIGNS.sub(" ", _CAMEL.sub(" ", bare).lower()).strip()


@lru_cache(maxsize=4_096)
def folded_word(text: str) -> str:
    """Return a status without what spellings differ in; the sign of a number stays, `1.0` is `1`."""
    bare = _FEMININE.sub(lambda found: found[0].strip("()-·•"), _plain(text).lower())
    word = " ".join(_DASHES.sub(" ", bare.strip().strip("\"'")).split())
    whole = _WHOLE.match(word)
    return whole[1] if whole else word


_WORDS: Mapping[ImportedStatus, str] = {
    ImportedStatus.ACTIVE: "active,subscribed,enabled,confirmed,true,t,yes,y,1,on,free,paid,comped"
    ",opted in,opt in,optin,oui,ja,si,sim,abonne,abonnee,inscrit,inscrite,abonniert,angemeldet,suscrito"
    ",suscrita,inscrito,inscrita,iscritto,iscritta,ingeschreven"
    ",aktiv,aktive,actif,active,activo,activa,ativo,ativa,attivo,attiva,actief,aktywny,aktywna,aktif"
    ",aktivni,aktivan,aktyvus"
    ",aktiivinen,voimassa,activ,aktyvi,активен,активна,активный,активная,подписан,подписана,активний"
    ",підписаний,ενεργος,פעיל"
    ",فعال,نشط,مشترك,सक्रिय,tilmeldt,pameldt,prenumererar,aangemeld,ingeteken,attivata,zapisany"
    ",zapisana,prihlasen,feliratkozott"
    ",abonat,abone,berlangganan,langganan,angemeldete,bestatigt,confirme,confirmee,confirmado"
    ",confirmada,confermato,bevestigd,live,current"
    ",已订阅,已訂閱,订阅,有効,配信中,購読中,구독,구독중,活跃,đang hoạt động,ใช้งาน,amejiunga",
    ImportedStatus.ENDED: "ended,unsubscribed,unsubscribe,unsub,disabled,inactive,removed,optout,opt out"
    ",opted out,optedout,false,f,no,n,0,off,archived,deleted,non,nein,nao,nee,hapana,nonsubscribed"
    ",non subscribed,not subscribed,never subscribed,deactivated,cancelled,canceled,desabonne,desabonnee"
    ",desinscrit,desinscrite,abgemeldet,abbestellt,ausgetragen,baja,dado de baja,dada de baja,no suscrito"
    ",no suscrita,descadastrado,descadastrada,inscricao cancelada,nao inscrito,disiscritto,disiscritta"
    ",iscrizione annullata,non iscritto,afgemeld,uitgeschreven,opgezegd,cancelado,cancelada,cancelou"
    ",cancellato,cancellata,resilie,resiliee"
    ",widerrufen,gekündigt,avanmäld,avregistrerad,avprenumererad,afmeldt,frameldt,avmeldt,peruttu"
    ",peruutettu,wypisany,wypisana"
    ",odhlášen,odhlášený,odhlášená,leiratkozott,dezabonat,dezabonată,отписан,отписана,отписался"
    ",отписалась,відписаний,відписана"
    ",odjavljen,odjavljena,одјављен,διαγραμμένος,διαγράφηκε,uitgeteken,donat de baixa,baixa"
    ",berhenti berlangganan,abonelikten çıktı"
    ",abonelikten çıkmış,pasif,已退订,退订,已取消,退訂,配信停止,解除済み,退会済み,수신거부,구독취소"
    ",구독해지,đã hủy đăng ký,ยกเลิกการสมัคร"
    ",निष्क्रिय,הוסר,הוסרה,לא פעיל,لغو شده,غیرفعال,ملغى,ملغي,الغى الاشتراك,amejitoa,kajitoa,nomail"
    ",no mail,withdrawn,revoked,quit,left"
    ",ملغي الاشتراك,غير مشترك,amejiondoa",
    ImportedStatus.BOUNCED: "bounced,bounce,cleaned,hardbounce,hard bounce,hard bounced,hardbounced"
    ",undeliverable,bounciert,rückläufer,rebotado,rebotada,rebondi,rimbalzato,devolvido,retourné,退信"
    ",mailbox dead,invalid email,invalid email address,unzustellbar",
    ImportedStatus.COMPLAINED: "complained,complaint,spam,abuse,marked as spam,spam complaint"
    ",reported spam"
    ",spam report",
    ImportedStatus.BLOCKED: "blocked,blocklisted,blacklisted,suppressed,banned,manual,unsubscribed all"
    ",erased,spammy,user suppressed,quarantined,do not contact,do not email,gesperrt,blockiert"
    ",imezuiwa,amezuiwa,zablokowany,заблокирован,bloque"
    ",bloquee,bloqueado,bloqueada,bloccato,bloccata,geblokkeerd,محظور",
}  # fmt: skip
STATUSES: Mapping[str, ImportedStatus] = {
    folded_word(word): status for status, words in _WORDS.items() for word in words.split(",")
}
_PENDING = (
    "pending,unconfirmed,unactivated,unverified,not confirmed,awaiting confirmation,waiting,cold"
    ",double opt in pending,validating,non confirme,non confirmee,sin confirmar,nao confirmado"
    ",non confermato,onbevestigd,bestätigung ausstehend,unbestätigt,غير مؤكد,haijathibitishwa"
)
PENDING = frozenset(folded_word(word) for word in _PENDING.split(","))
"""Words that are no yes yet."""
_YES = (
    "true,t,yes,y,1,on,x,oui,ja,si,sim,ndiyo,ndio,نعم,tak,да,так,ano,áno,igen,evet,kyllä,jah,jā,taip"
    ",já,ναι"
    ",כן,بله,آری,ہاں,हाँ,हां,হ্যাঁ,是,はい,예,네,có,ya,iya,ใช่,haa,አዎ,✓,✔,☑,✅,wahr,vrai,verdadero"
    ",verdadeiro,vero,waar"
)
_NO = (
    "false,f,no,n,0,off,non,nein,nao,nee,never,hapana,لا,nie,нет,не,ні,ne,nem,hayır,ei,nē,nej,nei,όχι"
    ",לא,خیر,نہیں"
    ",नहीं,না,否,いいえ,아니오,아니요,không,tidak,ไม่,ไม่ใช่,maya,አይ,አይደለም,✗,✘,☐,❌,falsch,faux,falso,onwaar"
)
TRUE = frozenset(folded_word(word) for word in _YES.split(","))
FALSE = frozenset(folded_word(word) for word in _NO.split(","))
NEVER = FALSE | {"none", "nothing", "nie", "niemals", "jamais", "nunca", "mai", "nooit", "kamwe", "停止"}
"""What a column about mail says where a reader wants none of it."""
_NOTHING = frozenset(
    {"", "null", "none", "nil", "nan", "n/a", "na", "[]", "{}", "\\n", "undefined", "not set", "#n/a", "()"}
)
_HARMLESS = (
    TRUE | FALSE | {"baixa", "left", "quit", "pasif", "manual", "ended", "off", "baja", "bloque", "cleaned"}
)

LOUD = frozenset(
    {
        word
        for word, status in STATUSES.items()
        if status is not ImportedStatus.ACTIVE and word not in _HARMLESS
    }
    | {
        "unconfirmed",
        "unactivated",
        "churned",
        "deceased",
        "verstorben",
        "decede",
        "fallecido",
        "fallecida",
    }
    | {"falecido", "falecida", "deceduto", "deceduta", "overleden", "amefariki", "متوفى", "متوفي"}
)
"""Words that say no wherever they stand: a column of any name that holds one is looked at."""

LOUD_CHARS = 500
"""Characters of a cell that are searched for a no in a sentence or a list."""

_LOUD_PARTS = (
    r"un ?subscri|opt(?:ed)? ?out|do not (?:e ?mail|mail|contact|send|allow|write)",
    r"dont (?:e ?mail|mail|contact)|(?:no longer|doesnt|does not|not) (?:want|wish)|not interested",
    r"remove[ds]? (?:me\b|from)|to be removed|removal request|take (?:me )?off",
    r"stop (?:sending|e ?mail|mail|all)|suppression|suppressed|blacklist|blocklist|black list|block list",
    r"hard ?bounc|bounced\b|marked (?:as )?spam|reported (?:as )?spam|spam complaint",
    r"no (?:more )?(?:e ?mails?|mails?|mailings?|newsletters?)\b",
    r"abgemeld|abbestell|abmeld|ausgetragen|widerruf|widerspr|keine (?:e ?)?(?:mails?|newsletter|werbung)",
    r"nicht (?:mehr )?(?:anschreiben|kontaktieren|schreiben|zusenden)",
    r"desabonn|desinscri|ne (?:plus|pas) (?:envoyer|contacter|ecrire|recevoir|solliciter)",
    r"plus de (?:mails?|newsletters?|courriels?)",
    r"dad[oa] de baja|(?:darse de|darme de|solicit\w* la|pidio la) baja|desuscri",
    r"no (?:enviar|contactar|desea|quiere)|descadastr|nao (?:enviar|contatar|contactar|deseja|quer)",
    r"disiscri|cancellat\w+ dalla|non (?:inviare|contattare|desidera|vuole)",
    r"afgemeld|uitgeschreven|niet (?:meer )?(?:mailen|contact|benader)|geen (?:e ?)?(?:mails?|nieuwsbrief)",
    r"amejiondoa|amejitoa|asitumiwe|usitume|الغاء الاشتراك|الغى الاشتراك|لا ترسل",
    r"wypisan|rezygn|nie (?:wysylac|wysyłac|kontaktowac)|отпис|не (?:отправ|писать|присыл)",
    r"iptal et|abonelikten c|avregistr|avmeldt|afmeldt|odhlas|leiratkoz|dezabon|peruut|відпис",
)
"""Of a remark, a tag or a list's name, folded: `vip, unsubscribed`, `asked to be removed`."""
_LOUD_SIGNS = (
    "退订|退訂|取消订阅|取消訂閱|配信停止|配信不要|退会|수신거부|구독취소|구독 취소|해지|希望しない"
    "|הוסר|διαγραμμεν|διαγραφ|निष्क्रिय|ยกเลิกการ|لغو شده|hủy đăng"
)
_LOUD_PART = re.compile(rf"(?<!\w)(?:{'|'.join(_LOUD_PARTS)})|{_plain(_LOUD_SIGNS)}")


_BEGIN = (
    "abb abg abm abo afg afm ame asi aus avm avr bla blo bou can dad dar des dez dis do doe don geb gee"
    " har int ipt kei lei mar nao ne nic nie niet no non not odh opt out per pid plu rem rep rez sol spa"
    " sto sub sup tak uit un uns usi wid wyp"
)
_BEGINNINGS = frozenset(_BEGIN.split())
"""How a word of each such part begins."""
_APART = str.maketrans(dict.fromkeys("_-.,;:|/()[]{}<>\"'!?#*+&", " "))
_LOUD_AS_WRITTEN = LOUD | {word.replace(" ", sign) for word in LOUD for sign in "-_"}


def may_be_loud(cell: str) -> bool:
    """Tell quickly whether a cell, as it is written, may say no; a million rows are asked."""
    low = cell.lower()
    if not low.isascii() or low.strip() in _LOUD_AS_WRITTEN:
        return True
    return not _BEGINNINGS.isdisjoint([word[:3] for word in low.translate(_APART).split()])


def has_loud_part(word: str) -> bool:
    """Tell whether a folded cell says no somewhere in it, as a remark or a tag does; a link never does."""
    return "://" not in word and _LOUD_PART.search(word[:LOUD_CHARS].replace("'", "")) is not None


FORMULA_SIGNS = ("=", "+", "-", "@")


def unescaped(text: str) -> str:
    """Take off the apostrophe that our export, and MailPoet's, puts before what a spreadsheet would run."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(FORMULA_SIGNS) else text


def is_nothing(word: str) -> bool:
    """Tell whether a folded cell stands for an empty one: `NULL`, `[]`, a date of zeros."""
    return word in _NOTHING or (len(word) > 1 and _ZEROS.match(word) is not None)
