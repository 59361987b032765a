"""Advertisements that say so: a label at the head of a text is a signal, not furniture."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import re
from collections.abc import Iterable

from digest.sources.text.blocks import Block, sameness_key

HEAD_BLOCKS = 3
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
_BEFORE_COLON = re.compile(
    r"^[\[(【*#]{0,2}\s?([^\[\](){}:|.•—–【】]{2,60}?)\s?(?:[\])】*]{1,2}|[:|.•—–]\s|\s-\s)"
)


def label_of(title: str, texts: Iterable[Block | str], tags: Iterable[str] = ()) -> str:
    """Return the label that marks a piece as an advertisement, as it is written; empty where none does.

    Args:
        title: where `[Anzeige]` or `Sponsored:` may stand first.
        texts: the first lines, uncleaned.
        tags: the source's own categories.
    """
    for line in (title, *_heads(texts)):
        if (found := _BEFORE_COLON.match(f"{line[: MAX_LABEL * 2]} ")) and _is_label(found[1]):
            return found[1].strip()
        if len(line) <= MAX_LABEL and _is_label(line):
            return line.strip(" .:[]()*#【】")
    return next((tag for tag in tags if len(tag) <= MAX_LABEL and _is_label(tag)), "")


def _heads(texts: Iterable[Block | str]) -> Iterable[str]:
    for number, text in enumerate(texts):
        if number >= HEAD_BLOCKS:
            return
        yield text if isinstance(text, str) else text.text


def _is_label(text: str) -> bool:
    return bool(_LABEL.fullmatch(sameness_key(text)))


def title_says(title: str, label: str) -> bool:
    """Tell whether a title bears the label already: an advertisement is never printed without it."""
    return sameness_key(label) in sameness_key(title)
