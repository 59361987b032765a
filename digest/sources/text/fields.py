"""Fields that every kind of source has, made uniform: bylines, languages, tags."""

# ruff: noqa: E501  # words, line for line
from __future__ import annotations

import re
from collections.abc import Iterable

from digest.sources.dates.words import day_names, month_names, without_accents
from digest.sources.text.blocks import fold, words
from digest.sources.text.markup import plain
from digest.sources.text.names import is_nobody

MAX_BYLINE = 200
MAX_BYLINE_READ = 1000
"""The expressions below take the square of a text's length: a hostile feed's is cut first."""
MAX_TAG = 80
NOBODY = words(
    "admin administrator webmaster root noreply editor author unknown anonymous null none undefined n/a guest"
    " default user wordpress mailto"
)

_NOT_NAME = re.compile(r"https?://|@|^\W*$|^\d{1,2}[:.]\d\d(?!\d)", re.IGNORECASE)
_EMAIL = re.compile(r"(?<!\s)\s*[<(\[]?(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+[>)\]]?\s*")
_BY = re.compile(
    r"^(?:(?:by|par|von(?! de[rmn]\b)|por|per|door|av(?! [^ ]{1,40}$)|af|przez|oleh|na(?! [^ ]{1,40}$)|written by|posted by|published by"
    r"|(?:opinion|analysis|words|story|text|reporting|reported|comment|review|interview|updated|reviewed|guest post|guest column|guest essay|photos and text|text and photos|as told) (?:by|to)|as told to|escrito por|écrit par|geschrieben von"
    r"|propos recueillis par|a cura di|(?-i:di|de)(?= [^ ]{1,40} [^ ])|του|της|bởi|מאת|scritto da|geschreven door|بقلم|کتبه|كتب)\s*:?\s+"
    r"|(?:authors?|autor(?:in|a|es)?|auteurs?|autore|forfatter|författare|texte?|texto|testo|автор|текст|byline|reporter|contributors?|interview|teksti|tekst"
    r"|yazan|yazar|penulis|mwandishi|लेखक|نویسنده|الكاتب|作者|記者|记者|文|取材・文|取材|글|기자)\s?[:/＝=／]\s?|文・(?=\S)|[記记]者\s?(?=[\u4e00-\u9fff]{2,4}$))(?=\S)",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(
    r"(?<!\s)\s*[|·•]|(?<!\s)\s+(?:on\s+)?(?:(?:(?P<month>[^\W\d_]{3,9})\.?\s+)?\d|[+(]\s?\d)"
    r"|[／/](?=\S{0,6}(?:報導|报道|報道|電|电)$)"
)
_WITH = re.compile(
    r"(?:,| [-–—|])? ?[(\[]?(?<!\w)(?:with|mit|avec|con|com|met|med|z|s|с|из) (?:(?:additional |further )?(?:reporting|contributions?|files|material|research|writing|photos?|inputs?|text) (?:by|from) .{1,160}"
    r"|(?-i:AFP|AP|Reuters|dpa|DPA|APA|AFP|EFE|ANSA|ANP|NTB|TT|STT|PAP|ČTK|TASS|ТАСС|REUTERS|Xinhua|Agence France-Presse|Associated Press)(?:[ ,/&]{1,3}(?:and|und|et|y|e)?[ ]?[\w-]{2,20}){0,3}"
    r"|(?:agenc(?:ies|es|ias|ias de noticias)|agências|agenturen|agenzie|persbureaus?|byråer|wires?|wire reports?|staff reports?))[)\]]?$"
    r"|,? additional reporting(?: by|:)? .{1,160}$|,? (?:for|special to|special for|exclusive to) (?:the )?[A-Z][\w'’.-]{1,30}(?: [A-Z][\w'’.-]{1,30}){0,4}$"
    r"| ?/ ?(?:agencias|agências|agences|agenzie|agencies|redacci[oó]n|redação|staff|afp|reuters|efe|dpa|ap)$",
    re.IGNORECASE,
)
"""Who helped, and for whom it was written."""
_PICTURED = re.compile(
    r"(?:[,;]| [-–—|]|(?<=\w))? (?:photographs?|photos?|pictures?|fotos?|fotografie|bilder?|photographies|imágenes|fotografías|imagens|foto's|zdjęcia|фото|фотографии|illustrations?|videos?)(?: (?:by|von|de|di|da|par|av|af)|:| by:) .{1,120}$"
    r"|[,、 ·・/／]? ?(?:사진|영상|写真|撮影|图|圖|摄影|攝影)[=:：・／/].{1,60}$|[（(](?:写真も|写真・文|文・写真|文と写真|text|texte|texto|testo|tekst|text och foto|text und fotos?)[)）]$",
    re.IGNORECASE,
)
_TEXT_AND_PICTURES = re.compile(
    r"^(.{2,80}?) ?\((?:text|texte|texto|testo|tekst|текст)\)(?: ?(?:,|und|and|et|y|e|i|og|och|и|&|/)? .{2,80} ?\((?:fotos?|photos?|bilder?|video|фото|zdjęcia)\))$",
    re.IGNORECASE,
)
_OUR = re.compile(
    r"^(?:unser(?:e[rmn]?)? |notre |nuestr[oa] |noss[oa] |il nostro |la nostra |onze |vår |vores |наш(?:его)? )?"
    r"(?:korrespondent(?:in)?|redakteur(?:in)?|reporter(?:in)?|mitarbeiter(?:in)?|gastautor(?:in)?|correspondante?|envoyée? spéciale?|envoyée? spécial|corresponsal|enviad[oa] especial|correspondente|corrispondente|inviat[oa]|verslaggever|correspondent|журналист|корреспондента?) (?=[^\W\d_][^ ]{1,40} [^ ])",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"(?<!\s)\s(?:and|und|et|y|e|i|og|och|en|и|&)$", re.IGNORECASE)
_ROLE = re.compile(
    r",? (?:and|&) (?:staff|agencies|news agencies|wire services|wires)$"
    r"|, (?:(?:our|senior|chief|deputy|associate|assistant|staff|political|foreign|economics?|business|sports?|science|health|legal|crime"
    r"|education|environment|technology|culture|arts|defen[cs]e|diplomatic|white house|national|international|local|investigative|special"
    r"|data|religion|travel|media|world|city|managing|executive|contributing|guest) ){0,4}(?:writer|correspondent|reporter|editor|columnist|journalist)$"
    r"|[,;] (?:editing|additional reporting|writing) by .{1,120}$|, (?:photos?|pictures|photographs|illustrations?|video) by .{1,120}$",
    re.IGNORECASE,
)
"""What stands behind a name: whose company, which post, who edited."""
_IN_PLACE = re.compile(
    r"(?<=\w) in (?:[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,2})(?:,? and agencies)?$"
)
_REPORTER = re.compile(r"^([\uac00-\ud7af]{2,4}) ?기자$|^([\u4e00-\u9fff\u3040-\u30ff]{2,8})記者$")
HANDLE = re.compile(r"[(\[]?(?<![\w.@])@\w{2,30}[)\]]?")
_HIDDEN_EMAIL = re.compile(r"\[email(?:\s|&#160;)protected\]", re.IGNORECASE)
_JSON_NAME = re.compile(r"\"name\"\s?:\s?\"([^\"{}]{1,100})\"")
_JSON_TEXT = re.compile(r"\"([^\"{}\[\]]{1,100})\"")
_BETWEEN_NAMES = re.compile(r"(?<!\s)\s*[;；]\s*|,(?=[^\s\d])")
_LAST_NAME = re.compile(r",|、|，|\s(?:and|und|et|y|e|i|og|och|en|и|та|و|&)\s")
_WEB = re.compile(r"[(<\[]?(?:https?://|www\.)[^\s<>()\[\]]{1,500}[)>\]]?", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[(<\[]\s?[)>\]]")
_BEFORE_COMMA = re.compile(r"(?<!\s)\s+(?=[,;])")
_TAG_IN_TEXT = re.compile(r'\s*(?:"((?:[^"]|"")*)"(?=\s*(?:[,;]|\Z))|([^,;]*))\s*(?:[,;]|\Z)')
_MAX_TAGS_READ = 10_000
_MAILTO = re.compile(r"[(<\[]?mailto:[^\s()<>\[\]]{0,300}[)>\]]?", re.IGNORECASE)
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")


def clean_byline(raw: str) -> str:
    """Return author names without addresses, dates and a leading "by"; empty where no name is left.

    Names of sections, desks and staffs are nobody's.
    """
    line = plain(raw)[:MAX_BYLINE_READ]
    if line.startswith(("{", "[{", '["')):
        line = ", ".join(_JSON_NAME.findall(line) or _JSON_TEXT.findall(line))
    line = _WEB.sub(" ", _MAILTO.sub(" ", _HIDDEN_EMAIL.sub(" ", line)))
    line = _EMPTY_BRACKETS.sub(" ", HANDLE.sub(" ", _EMAIL.sub(" ", line)))
    names = _up_to_date(line.replace("：", ":").strip())
    text = _BY.sub(
        "", _unbracketed(fold(_BETWEEN_NAMES.sub(", ", _BEFORE_COMMA.sub("", names))).strip(" ,;"))
    )
    if pictured := _TEXT_AND_PICTURES.match(text):
        text = pictured[1]
    text = _WITH.sub("", _PICTURED.sub("", _OUR.sub("", text))).strip(" ,;")
    text = _OPEN_END.sub("", _IN_PLACE.sub("", _ROLE.sub("", text)))
    if not is_nobody(text) and (reporter := _REPORTER.match(text)):
        text = reporter[1] or reporter[2]
    if len(text) > MAX_BYLINE and (ends := list(_LAST_NAME.finditer(text[:MAX_BYLINE]))):
        text = text[: ends[-1].start()].strip()
    if not text or _NOT_NAME.search(text) or len(text) > MAX_BYLINE:
        return ""
    return "" if text.casefold() in NOBODY or is_nobody(text) else text


def _up_to_date(line: str) -> str:
    """Return what stands before a date, a section or a telephone number."""
    found = _AFTER_NAMES.search(line)
    if found is None:
        return line
    word = found["month"]
    if word and without_accents(word).casefold() not in month_names(""):
        return line[: found.end("month")]
    names, _, last = line[: found.start()].rpartition(" ")
    is_day = " " in names and last.strip(",").casefold() in day_names()
    return names if is_day else line[: found.start()].rstrip(" -–—,")


def _unbracketed(text: str) -> str:
    """Return a text without brackets around all of it, or without those whose other half is gone."""
    if text.count("(") == text.count(")") and not (text.startswith("(") and text.endswith(")")):
        return text
    return text.strip("()[]<> ")


def language_tag(raw: str) -> str:
    """Return a BCP 47 tag in lower case, or the empty string where it is none."""
    tag = re.split(r"[,.;@]", raw.strip().replace("_", "-").lower(), maxsplit=1)[0]
    return tag if _TAG.fullmatch(tag) and tag not in {"und", "xx", "mul", "zxx"} else ""


def split_tags(text: str) -> list[str]:
    """Return the tags of a text with commas or semicolons between; within quotation marks one stays one."""
    parts = (
        one[1].replace('""', '"') if one[1] is not None else one[2]
        for one in _TAG_IN_TEXT.finditer(text[:_MAX_TAGS_READ])
    )
    return [tag for part in parts if (tag := part.strip())]


def unique_tags(raw: Iterable[str]) -> tuple[str, ...]:
    """Return tags as plain text, each once whatever its case, none empty or longer than 80 characters."""
    found: dict[str, str] = {}
    for tag in raw:
        text = plain(tag)
        if text and len(text) <= MAX_TAG:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())
