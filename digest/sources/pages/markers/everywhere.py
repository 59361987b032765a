"""Lines around an article that are known by their form, whatever the language."""

# ruff: noqa: E501  # one line for several languages
from __future__ import annotations

import re

from digest.sources.pages.markers.kinds import Markers, phrases
from digest.sources.text.blocks import SENTENCE_END, count_words

MAX_WORDS = 40
MAX_CREDIT = 200
"""In characters."""
FEWEST_TOPICS = 3
LABEL_WORDS = 4

EVERYWHERE = Markers(
    lines=phrases(
        r"""
        (?:just now|\d{1,3} (?:sec(?:ond)?s?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?) ago|an? (?:minute|hour|day|week|month) ago)
        vor (?:\d{1,3}|einer|einem|wenigen) (?:sekunden?|min|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?)
        il y a (?:\d{1,3}|une?|quelques) (?:secondes?|min|minutes?|heures?|h|jours?|semaines?|mois)
        hace (?:\d{1,3}|una?|unos|unas) (?:segundos?|min|minutos?|horas?|h|días?|semanas?|mes(?:es)?)
        há (?:\d{1,3}|uma?) (?:segundos?|min|minutos?|horas?|h|dias?|semanas?|mes(?:es)?)
        (?:dakika|saa|siku|wiki|miezi) (?:\d{1,3}|moja) (?:zilizopita|iliyopita|lililopita)
        (?:منذ|قبل) (?:\d{1,3} )?(?:دقيقة|دقائق|ساعة|ساعات|ساعتين|يوم|يومين|أيام|أسبوع|أسابيع)
        (?:\d{1,3}|un|uno|una|un') (?:secondi|minut[oi]|or[ae]|giorn[oi]) fa
        (?:\d{1,3}|een) (?:seconden|minuten|minuut|uur|uren|dag(?:en)?|weken|week) geleden
        (?:för )?(?:\d{1,3}|en|ett) (?:sekunder|minuter|minut|timmar|timme|dagar|dag) sedan
        (?:for )?(?:\d{1,3}|en|et) (?:sekunder|minutter|minut|timer|time|dager|dage|dag) siden
        \d{1,3} (?:min|minuty|minut|godz|godziny|godzin|dni|dzień) temu
        \d{1,3} (?:мин|минуту|минуты|минут|час|часа|часов|день|дня|дней) назад
        \d{1,3} (?:хв|хвилину|хвилини|хвилин|годину|години|годин|день|дні|днів) тому
        \d{1,3} (?:saniye|dakika|dk|saat|gün|hafta) önce|\d{1,3} (?:menit|jam|hari|minggu) (?:yang )?lalu
        \d{1,3} ?(?:秒|分|時間|日|週間)前|\d{1,3} ?(?:秒|分钟|分鐘|小时|小時|天|周)前|\d{1,3} ?(?:초|분|시간|일|주) 전
        """
    ),
    sentences=phrases(
        r"""
        (?:the )?(?:views|opinions|comments) (?:expressed |published |posted )?(?:below|in the comments?(?: section)?)(?: here)? (?:are|do not|don t) .{1,160}
        comments (?:do not|don t) (?:necessarily )?(?:reflect|represent) .{1,160}
        (?:die )?kommentare (?:geben|spiegeln) nicht .{1,160}
        les commentaires n engagent que .{1,160}|les commentaires ne (?:reflètent|représentent) .{1,160}
        los comentarios (?:publicados |expresados |vertidos )?(?:aquí |a continuación )?(?:no (?:reflejan|representan)|son (?:de exclusiva )?responsabilidad) .{1,160}
        os comentários (?:publicados |abaixo )?(?:não (?:refletem|representam)|são de (?:exclusiva |inteira )?responsabilidade) .{1,160}
        maoni (?:yaliyotolewa |yanayotolewa )?hapa chini .{1,160}
        (?:الآراء|التعليقات) (?:الواردة|المنشورة) (?:أدناه |هنا )?لا (?:تعبر|تمثل) .{1,160}
        (?:questions|comments)(?: or | and | )?(?:questions|comments|suggestions|tips)? ?e ?mail (?:us|me|them) (?:at|here).{0,80}
        (?:do you )?(?:like|love|enjoy)(?:d|ed)? (?:this|our) (?:story|article|post) share it .{0,80}
        """
    ),
)
"""How long ago, whose the comments are, where to write to."""

_TYPO = re.compile(r"\bctrl ?[+＋–-] ?enter\b", re.IGNORECASE)
_RIGHTS = re.compile(
    r"©|^(?:copyright ?)?\(c\) ?(?:19|20)\d\d\b|^copyright (?:by )?(?:19|20)\d\d\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CREDIT = re.compile(
    r"\b(?:REUTERS|Reuters|AFP|AP|AP Photo|EPA|EFE|ANSA|DPA|dpa|APA|PA|PA Wire|Getty|Getty Images|GETTY|SIPA|Sipa|TASS|Xinhua|Kyodo"
    r"|Belga|Keystone|Anadolu|IMAGO|imago|picture alliance|picture-alliance|Shutterstock|Agence France-Presse|NurPhoto)"
    r" ?/ ?[A-ZÀ-ÖØ-Þ][^/.!?;:]{1,40}[)\]]?[\s–-]*$"
)
_NAMED_CREDIT = re.compile(
    r"^\W{0,3}(?:image|photo|picture|foto|bild|imagen|imagem|immagine|afbeelding|picha|صورة|الصورة|фото|写真|图|圖|사진)s?"
    r"(?: credits?| by| source)? ?[:：] ?\S",
    re.IGNORECASE,
)
_BRACKETS = frozenset("(（【[〔")
_EDITORS = re.compile(
    r"[(（【\[〔][^()（）【】\[\]]{0,12}(?:责任编辑|責任編輯|责编|責編|编辑|編輯|编审|校对|記者|记者|作者|来源|來源|稿源|編集|기자|편집|纠错|糾錯)[^()（）【】\[\]]{0,40}[)）】\]〕]"
)
_REACHED = re.compile(
    r"\b(?:reach|e-?mail|contact|write to|follow|tweet) (?:him|her|them|the (?:author|writer|reporter))\b"
    r"|\b(?:folgen|schreiben|erreichen) Sie (?:ihm|ihr|ihn|sie|dem Autor|der Autorin|den Autor|die Autorin)\b"
    r"|\b(?:suivez-(?:le|la)|écrivez-lui|(?:le|la) (?:suivre|contacter|joindre)|(?:suivre|contacter) l[’'](?:auteur|autrice))\b"
    r"|\b(?:s[ií]guel[oa]|s[ií]gal[oa]|seguirl[oa]|escr[ií]b[ae]le|escribirle|contactarl[oa])\b"
    r"|\b(?:siga-[oa]|siga [oa] (?:autora?|repórter)|escreva para (?:ele|ela|o autor|a autora))\b"
    r"|\b(?:mfuate|mwandikie|wasiliana naye)\b|تابع(?:وه|وها|ه|ها)|راسل(?:وه|وها|ه|ها)|للتواصل مع (?:الكاتب|الكاتبة)",
    re.IGNORECASE,
)
_OF_WRITERS = re.compile(
    r"\b(?:can be (?:reached|contacted)|erreichbar|joignable|contacto|contato)\b", re.IGNORECASE
)


def tells_where_to_reach(text: str, writer: str = "") -> bool:
    """Tell whether a text with an address in it says how its writer is reached; a name makes it surer."""
    is_named = bool(writer) and writer.casefold() in text.casefold()
    return bool(_REACHED.search(text) or (is_named and _OF_WRITERS.search(text)))


def is_empty_label(text: str, following: str) -> bool:
    """Tell whether a line is a field's name and a colon, and what follows is another or nothing."""
    return _is_label(text) and (not following or _is_label(following))


def _is_label(text: str) -> bool:
    return text.endswith((":", "：")) and count_words(text) <= LABEL_WORDS


def is_known_by_form(text: str) -> bool:
    """Tell whether a line is a credit, an editor's mark or a note on errors, in any language."""
    if not text.strip("_ "):
        return True
    if len(text) > 2 * MAX_CREDIT or count_words(text) > MAX_WORDS:
        return False
    is_short = len(text) <= MAX_CREDIT
    if is_short and text[0] in _BRACKETS and not _EDITORS.sub("", text).strip():
        return True
    if is_short and "/" in text and _CREDIT.search(text):
        return True
    if (":" in text or "：" in text) and _NAMED_CREDIT.search(text) and not SENTENCE_END.search(text):
        return True
    return ("+" in text or "-" in text or "–" in text or "＋" in text) and bool(_TYPO.search(text))


def is_rights(text: str) -> bool:
    """Tell whether a line says whose the text is: it stands at an article's end, or under a picture."""
    may_be = "©" in text or text[:1] in {"(", "C", "c"}
    if not may_be or len(text) > MAX_CREDIT or not _RIGHTS.search(text):
        return False
    return bool(_YEAR.search(text)) or not SENTENCE_END.search(text)


def lists_topics(text: str) -> bool:
    """Tell whether a line is names behind commas, and no sentence."""
    return (
        text.count(",") >= FEWEST_TOPICS
        and count_words(text) <= MAX_WORDS
        and not SENTENCE_END.search(text)
    )
