"""Advertisements that say so: a label at the head of a text is a signal, not furniture."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from digest.sources.pages.markers.advertisements import AMBIGUOUS, SLOTS, is_called_paid, sign_in
from digest.sources.text.blocks import Block, count_words, sameness_key

HEAD_BLOCKS = 3
FOOT_BLOCKS = 2
MAX_LABEL = 60
"""In characters."""

_LABELS = (
    r"(?:paid |sponsored |partner |promoted |branded )(?:content|post|story|article|feature|partnership|program)"
    r"|advertisement|advertorial|sponsored(?: (?:by|content|post)\b.{0,40})?|ad|promoted(?: by .{1,40})?|paid post"
    r"|(?:presented|brought to you|paid for) by .{1,40}|advertisement feature|promotion|partner content|paid partnership"
    r"|anzeige|werbung|anzeigensonderveröffentlichung|gesponsert(?: von .{1,40})?|bezahlter inhalt|advertorial"
    r"|sponsored post|dieser (?:artikel|beitrag) (?:enthält werbung|ist gesponsert)|entgeltliche einschaltung|sonderveröffentlichung"
    r"|publicité|publi ?(?:rédactionnel|reportage|communiqué)|contenu (?:sponsorisé|partenaire)|sponsorisé|communiqué sponsorisé"
    r"|publicidad|publi ?rreportaje|contenido (?:patrocinado|de marca|promocionado)|patrocinado(?: por .{1,40})?|remitido|espacio patrocinado"
    r"|publicidade|publi ?(?:editorial|post)|conteúdo (?:patrocinado|de marca)|informe publicitário|publieditorial"
    r"|pubblicità|contenuto sponsorizzato|sponsorizzato|informazione pubblicitaria|messaggio promozionale|publiredazionale"
    r"|advertentie|gesponsord(?: door .{1,40})?|partnerbijdrage|annons|annonse|annonce|annoncørbetalt|annonsørinnhold|sponsrat|ilmoitus|mainos"
    r"|kaupallinen yhteistyö|materiał sponsorowany|artykuł sponsorowany|reklama|tekst sponsorowany|komerční sdělení|inzerce|hirdetés|szponzorált tartalom"
    r"|реклама|на правах рекламы|партнерский материал|спецпроект|рекламний матеріал|реклам|на правах реклами"
    r"|reklam|advertorial|sponsorlu içerik|iklan|pariwara|advertorial|tangazo|tangazo la biashara|patalastas"
    r"|إعلان|اعلان|مادة إعلانية|مادة اعلانية|محتوى (?:إعلاني|برعاية|مدفوع)|برعاية|رپورتاژ آگهی|آگهی|תוכן (?:שיווקי|ממומן)|פרסומת"
    r"|विज्ञापन|प्रायोजित|বিজ্ঞাপন|広告|ＰＲ|pr|pr記事|スポンサー記事|提供|広告特集|タイアップ|广告|廣告|推广|贊助內容|赞助内容|광고|협찬|διαφήμιση|quảng cáo|โฆษณา"
)
_LABEL = re.compile(rf"(?:{_LABELS})")
_MORE = """
    native advertising|native ad|brand studio|brandvoice|brand voice|commercial feature|commercial content|paid promotion|paid content|sponsored feature|sponsor content|promoted content|promoted post|this is a paid post|ad feature|advertiser content|affiliate content|paid advertisement|paid advertising|special advertising section|promo
    verlagsspecial|verlagssonderveröffentlichung|partnerinhalt|bezahlte anzeige|bezahlte werbung|bezahlte partnerschaft|werbebeitrag|werbeinhalt|werbliche inhalte|anzeigen sonderveröffentlichung|kooperation mit partnern|advertorial anzeige|publireportage|paid post anzeige|unbezahlte werbung
    contenu de marque|contenu partenaire|publi reportage|publireportage|publi rédactionnel|article sponsorisé|article partenaire|en partenariat commercial|contenu publicitaire|partenariat rémunéré|contenu commercial
    contenido patrocinado|contenido comercial|branded content|contenido para|publinota|publi nota|publinoticia|patrocinada|contenido de nuestros socios|artículo patrocinado|espacio publicitario|aviso publicitario
    conteúdo pago|parceria paga|publicidade paga|matéria paga|conteúdo publicitário|especial publicitário|patrocinado|contenuto promozionale|contenuto pubblicitario|articolo sponsorizzato|publiredazionale|in collaborazione con lo sponsor|annuncio pubblicitario
    gesponsorde bijdrage|gesponsorde inhoud|betaalde bijdrage|betaalde inhoud|branded story|ingezonden mededeling|partnercontent|annonssamarbete|betalt innehåll|betalt samarbete|sponsrat innehåll|annonsørinnhold|kommersielt samarbeid|betalt innhold|sponset innhold|betalt indhold|sponsoreret indhold|kommercielt samarbejde|annoncørbetalt indhold|kaupallinen yhteistyö|maksettu sisältö|mainoskumppani
    materiał partnera|artykuł partnera|treść sponsorowana|materiał reklamowy|płatna współpraca|współpraca reklamowa|komerční článek|placená inzerce|reklamní sdělení|pr článek|komerčná príloha|platená inzercia|reklamný článok|fizetett tartalom|támogatott tartalom|promóció|publicitate|conținut plătit|conținut sponsorizat|articol publicitar
    oglas|plaćeni oglas|promo sadržaj|promotivni sadržaj|sponzorirani sadržaj|sponzorisani sadržaj|naročena vsebina|oglasno sporočilo|plaćeni sadržaj|рекламный материал|реклама промо|партнерский проект|материал партнера|промо|спонсорский материал|платное объявление|партнерський матеріал|партнерський проєкт|промоматеріал|спонсорований матеріал|платена публикация|рекламна публикация
    διαφημιστική καταχώρηση|χορηγούμενο|χορηγούμενο περιεχόμενο|advertorial διαφήμιση|reklamdır|tanıtım içeriği|bu bir ilandır|tanıtım yazısı|iş birliği içeriği|sponsorlu|konten bersponsor|konten promosi|kerja sama iklan|kandungan tajaan|nội dung tài trợ|thông tin doanh nghiệp tài trợ|bài pr|tin tài trợ|เนื้อหาสนับสนุน|บทความประชาสัมพันธ์|advertorial โฆษณา|maudhui ya kulipiwa|tangazo la kulipia
    محتوى ترويجي|محتوى دعائي|إعلان مدفوع|اعلان مدفوع|مادة دعائية|مادة ترويجية|تسويق|بالتعاون مع المعلن|آگهی تبلیغاتی|محتوای تبلیغاتی|תוכן מקודם|בשיתוף מסחרי|מודעה|विज्ञापन|प्रायोजित|प्रायोजित सामग्री|विज्ञापन फीचर|বিজ্ঞাপন|স্পনসরড|விளம்பரம்
    ＰＲ|広告|スポンサードコンテンツ|記事広告|企画広告|タイアップ記事|提供記事|sponsored by 広告|赞助|贊助|赞助商内容|商业推广|廣編特輯|廣告企劃|特约|광고|협찬|기획광고|광고성 기사|유료광고|애드버토리얼|제휴 콘텐츠
"""
_KEYS = frozenset(sameness_key(one) for line in _MORE.split("\n") for one in line.strip().split("|") if one)
_SUBJECTS = {
    "werbung": "werb",
    "anzeige": "werb|anzeige (?:gegen|wegen|eine|erstatt|bei)|strafanzeige|angezeigt|anzeigen",
    "publicité": "publicit",
    "publicidad": "publici",
    "publicidade": "publicid",
    "pubblicità": "pubblicit",
    "reklama": "reklam",
    "reklam": "reklam",
    "реклама": "реклам",
    "publicitate": "publicit",
    "advertisement": "advertis",
    "iklan": "iklan",
    "mainos": "maino",
    "oglas": "oglaš",
    "hirdetés": "hirdet",
    "إعلان": "إعلان",
    "广告": "广告",
    "広告": "広告",
    "광고": "광고",
}
"""Labels that are a subject, too, with what its stories say again and again."""
_ONLY_ALONE = frozenset(
    {"promotion", "promo", "промо", "ad", "pr", "提供", "推广", "تسويق", "oglas", "partnership"}
)
"""Words that open titles and are tags of other stories as well: labels only in a line of their own, or in brackets."""
_FEWEST_OF_A_SENTENCE = 8
_TOPICS_READ = 12
_BEFORE_COLON = re.compile(
    r"^[\[(【*#]{0,2}\s?([^\[\](){}:|.•—–【】]{2,60}?)\s?(?:[\])】*]{1,2}|[:|.•—–]\s|\s-\s)"
)
_AT_END = re.compile(
    r"[\[(【]\s?([^\[\]()【】]{1,60}?)\s?[\])】]\s*$|(?:\s[|–—·•]\s|\s-\s)([^|–—·•]{2,60})$"
)


def label_of(
    title: str, texts: Iterable[Block | str], tags: Iterable[str] = (), *, asks_foot: bool = False
) -> str:
    """Return the label that marks a piece as an advertisement, as it is written; empty where none does.

    Args:
        title: where `[Anzeige]` or `Sponsored:` may stand first.
        texts: the first lines, uncleaned.
        tags: the source's own categories.
        asks_foot: a line below the text counts, too; a page has others' advertisements there.
    """
    texts = tuple(texts)
    lines = [text if isinstance(text, str) else text.text for text in texts[:_TOPICS_READ]]
    if last := _at_end(title, lines):
        return last
    for line in (title, *lines[:HEAD_BLOCKS]):
        if sign := sign_in(line):
            return sign
        found = _BEFORE_COLON.match(f"{line[: MAX_LABEL * 2]} ")
        if found and _is_label(found[1]) and not (line is title and _is_topic(found, title, lines)):
            return found[1].strip()
        if len(line) <= MAX_LABEL and _is_label(line):
            return line.strip(" .:[]()*#【】")
    return next((tag for tag in tags if _is_label_as_tag(tag, title, lines)), "") or (
        _at_foot(texts) if asks_foot else ""
    )


def _at_end(title: str, lines: Sequence[str]) -> str:
    """Return a label that stands last in a title, in brackets or set off."""
    found = _AT_END.search(title[-2 * MAX_LABEL :])
    if found is None:
        return ""
    label, is_bracketed = (found[1] or found[2]).strip(), found[1] is not None
    if not _is_label(label) or _speaks_of(sameness_key(label), title[: -len(found[0])], lines):
        return ""
    return "" if not is_bracketed and sameness_key(label) in _ONLY_ALONE | AMBIGUOUS else label


def _at_foot(texts: Sequence[Block | str]) -> str:
    """Return a label in a line of its own below the text; not one that an advertisement's place bears."""
    for block in reversed(texts[-FOOT_BLOCKS:]):
        line = block if isinstance(block, str) else "" if block.is_heading else block.text
        if sign := sign_in(line):
            return sign
        if len(line) <= MAX_LABEL and _is_label(line) and sameness_key(line) not in SLOTS:
            return line.strip(" .:[]()*#【】")
    return ""


def _is_topic(found: re.Match[str], title: str, lines: Sequence[str]) -> bool:
    """Tell whether a title's first word is what the piece speaks of, as in `Advertising: regulator acts`."""
    is_bracketed = title[found.start() : found.start(1)].strip()[:1] in {"[", "(", "【", "*"}
    if is_bracketed:
        return False
    key = sameness_key(found[1])
    return key in _ONLY_ALONE | AMBIGUOUS or _speaks_of(key, title[found.end(1) :], lines)


def _is_label_as_tag(tag: str, title: str, lines: Sequence[str]) -> bool:
    if len(tag) > MAX_LABEL or not _is_label(tag):
        return False
    key = sameness_key(tag)
    return key not in (_ONLY_ALONE | AMBIGUOUS) - {"promo", "промо"} and not _speaks_of(key, title, lines)


def _speaks_of(key: str, title: str, lines: Sequence[str]) -> bool:
    """Tell whether a title, or a sentence of the text, is about what a label's word means."""
    stem = _SUBJECTS.get(key)
    if not stem:
        return False
    sentences = (line for line in lines if count_words(line) >= _FEWEST_OF_A_SENTENCE)
    return any(re.search(stem, line.casefold()) for line in (title, *sentences))


def _is_label(text: str) -> bool:
    key = sameness_key(text)
    return key in _KEYS or bool(_LABEL.fullmatch(key)) or is_called_paid(key)


def title_says(title: str, label: str) -> bool:
    """Tell whether a title bears the label already: an advertisement is never printed without it."""
    return sameness_key(label) in sameness_key(title)
