"""Fields that every kind of source has, made uniform: bylines, languages, tags."""

# ruff: noqa: E501  # words, line for line
from __future__ import annotations

import re
from collections.abc import Iterable

from digest.sources.dates.words import day_names, month_names, without_accents
from digest.sources.text.blocks import fold, sameness_key, words
from digest.sources.text.markup import plain
from digest.sources.text.names import is_nobody, squeezed

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
    r"|(?:opinion|analysis|words|story|text|reporting|reported|comment|review|interview) by|escrito por|écrit par|geschrieben von"
    r"|propos recueillis par|a cura di|(?-i:di|de)(?= [^ ]{1,40} [^ ])|του|της|bởi|מאת|scritto da|geschreven door|بقلم|کتبه|كتب)\s*:?\s+"
    r"|(?:authors?|autor(?:in|a|es)?|auteurs?|autore|forfatter|författare|texte?|texto|testo|автор|текст|byline|reporter|teksti|tekst"
    r"|yazan|yazar|penulis|mwandishi|लेखक|نویسنده|الكاتب|作者|記者|记者|文|取材・文|取材|글|기자)\s?[:/＝=／]\s?|[記记]者\s?(?=[\u4e00-\u9fff]{2,4}$))(?=\S)",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(
    r"(?<!\s)\s*[|·•]|(?<!\s)\s+(?:on\s+)?(?:(?:(?P<month>[^\W\d_]{3,9})\.?\s+)?\d|[+(]\s?\d)"
    r"|[／/](?=\S{0,6}(?:報導|报道|報道|電|电)$)"
)
_ROLE = re.compile(
    r",? (?:and|&) (?:staff|agencies|news agencies|wire services|wires)$"
    r"|, (?:(?:our|senior|chief|deputy|associate|assistant|staff|political|foreign|economics?|business|sports?|science|health|legal|crime"
    r"|education|environment|technology|culture|arts|defen[cs]e|diplomatic|white house|national|international|local|investigative|special"
    r"|data|religion|travel|media|world|city|managing|executive|contributing) ){0,4}(?:writer|correspondent|reporter|editor|columnist|journalist)$"
    r"|[,;] (?:editing|additional reporting|writing) by .{1,120}$|, (?:photos?|pictures|photographs|illustrations?|video) by .{1,120}$",
    re.IGNORECASE,
)
"""What stands behind a name: whose company, which post, who edited."""
_IN_PLACE = re.compile(
    r"(?<=\w) in (?:[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,2})(?:,? and agencies)?$"
)
_REPORTER = re.compile(r"^([\uac00-\ud7af]{2,4}) ?기자$|^([\u4e00-\u9fff\u3040-\u30ff]{2,8})記者$")
_HANDLE = re.compile(r"[(\[]?(?<![\w.@])@\w{2,30}[)\]]?")
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
_FEED_WORDS = re.compile(
    r"^RSS feed (?:of|for|from) "
    r"|(?<![\s»|:–—(\[-])[\s»|:–—(\[-]+(?:RSS(?: (?:feed|channel)s?)?|(?:atom )?feeds?|atom)[)\]]?$",
    re.IGNORECASE,
)
_IS_DOMAIN = re.compile(r"[\w-]{2,63}(?:\.[\w-]{2,63}){1,3}")
_BEFORE_SLOGAN = re.compile(r"(?<!\s)\s*[|–—:»·•]\s+|\s-\s")
_SLOGAN = re.compile(r"[|–—:»·•-]\s.*(?:,|\s\S+\s)")
_BETWEEN_PARTS = re.compile(r"\s?[|»›>:・|]\s?|\s[-–—·•/:]\s|\s//\s|:\s")
_NEWS_FROM = re.compile(
    r"^(?:(?:the )?(?:latest|newest|top|breaking|all|recent) (?:news|articles|stories|posts|headlines|content)"
    r"(?: in [\w-]{1,40})? (?:from|by|on|at) |(?:posts|articles|blog|news) on |(?:comments|posts|entries) (?:on|for|by|from): "
    r"|comments (?:on|for) |(?:articles|stories|posts) (?:from|by) )(?=\S)",
    re.IGNORECASE,
)
_IS_ALERT = re.compile(r"google alerts?(?: ?[-–—:]|$)", re.IGNORECASE)
_AGGREGATOR = re.compile(r"(?:^|[\"”]?\s[-–—|]\s)(Google News|Bing News|Yahoo News)$")
_HOSTS = words("medium substack tumblr blogger")
_SECTION_WORDS = words(
    "home homepage start main front page index all latest newest new recent top breaking news stories article articles"
    " headline headlines post posts world international national local politics sport sports business economy culture opinion"
    " rss feed feeds atom schlagzeilen nachrichten startseite aktuell aktuelle neueste alle artikel politik wirtschaft kultur"
    " welt panorama accueil une la à a actualité actualités actualites infos derniers dernières articles politique monde sports"
    " économie portada inicio últimas ultimas noticias última hora titulares mundo política deportes economía actualidad"
    " página principal todas início capa notícias ultime notizie prima pagina politica esteri cronaca voorpagina nieuws laatste"
    " nyheter senaste siste nyheder seneste uutiset tuoreimmat wiadomości najnowsze strona główna zprávy hlavní главная новости"
    " последние все лента політика головна новини haberler son dakika anasayfa الرئيسية أخبار الأخبار آخر عاجل خبرها اخبار تازه"
    " 注目ニュース トップ 最新 ニュース 新着 速報 一覧 首页 首頁 新闻 新聞 最新 要闻 要聞 即时 뉴스 최신 전체 berita terbaru terkini beranda habari mpya"
    " समाचार ताज़ा मुख्य पृष्ठ खबरें नवीनतम nytt дня сегодня"
    " トップニュース 最新ニュース 最新新闻 最新新聞 最新消息 新着ニュース 社会 政治 経済 国際 スポーツ 国内 国际 经济 體育 体育 전체기사 정치 경제 사회 문화 스포츠 국제"
)
MAX_PUBLISHER = 60
"""In characters: a longer title holds a slogan."""
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")


def clean_byline(raw: str) -> str:
    """Return author names without addresses, dates and a leading "by"; empty where no name is left.

    Names of sections, desks and staffs are nobody's.
    """
    line = plain(raw)[:MAX_BYLINE_READ]
    if line.startswith(("{", "[{", '["')):
        line = ", ".join(_JSON_NAME.findall(line) or _JSON_TEXT.findall(line))
    line = _WEB.sub(" ", _MAILTO.sub(" ", _HIDDEN_EMAIL.sub(" ", line)))
    line = _EMPTY_BRACKETS.sub(" ", _HANDLE.sub(" ", _EMAIL.sub(" ", line)))
    names = _up_to_date(line.replace("：", ":").strip())
    text = _BY.sub(
        "", _unbracketed(fold(_BETWEEN_NAMES.sub(", ", _BEFORE_COMMA.sub("", names))).strip(" ,;"))
    )
    text = _IN_PLACE.sub("", _ROLE.sub("", text))
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


def publisher_of(title: str) -> str:
    """Return a feed's title as readers name its publisher: "Quay: Breaking news, sport" is Quay.

    Empty where it says only what part of a paper it is ("Top Stories"): then the site's name is better.
    """
    if _IS_ALERT.match(title):
        return ""
    if of_aggregator := _AGGREGATOR.search(title):
        return of_aggregator[1]
    title = _HANDLE.sub("", title).strip()
    text = _without_section(_FEED_WORDS.sub("", title).strip(' -–—|:·•»"“”'))
    if _is_section(text):
        return ""
    if text.lower().startswith("www.") and _IS_DOMAIN.fullmatch(text):
        return text[4:]
    pieces = _BETWEEN_PARTS.split(text)
    if len(pieces) == 2 and _IS_DOMAIN.fullmatch(pieces[0]):
        return pieces[0]
    if len(pieces) == 2 and "," in pieces[0] and squeezed(pieces[1]) and len(pieces[1].split()) <= 3:
        is_named = squeezed(pieces[0]).startswith(squeezed(pieces[1]))
        text = pieces[1].strip() if is_named else text
    if len(text) <= MAX_PUBLISHER and not _SLOGAN.search(text):
        return text or title
    first = _BEFORE_SLOGAN.split(text, maxsplit=1)[0].strip()
    return first if len(first) > 1 else text


def _without_section(title: str) -> str:
    """Return a feed's title without a part of it that only says which part of the paper it is."""
    title = _NEWS_FROM.sub("", title).removesuffix(" on Medium")
    pieces = _BETWEEN_PARTS.split(title)
    if len(pieces) < 2:
        return title
    own = [piece for piece in pieces if not _is_section(piece) and piece.strip().casefold() not in _HOSTS]
    return own[0].strip() if len(own) == 1 else title


def _is_section(piece: str) -> bool:
    said = sameness_key(piece).split()
    return bool(said) and all(word in _SECTION_WORDS for word in said)


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
