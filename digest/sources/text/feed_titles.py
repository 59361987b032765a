"""A feed's title as readers name its publisher."""

# ruff: noqa: E501  # words, line for line
from __future__ import annotations

import re
from collections.abc import Set

from digest.sources.text.blocks import sameness_key, words
from digest.sources.text.fields import HANDLE
from digest.sources.text.names import squeezed

_FEED_WORDS = re.compile(
    r"^RSS feed (?:of|for|from) "
    r"|(?<![\s»|:–—(\[-])[\s»|:–—(\[-]+(?:RSS(?:[ -](?:feed|channel)s?)?|flux rss|canal rss|feed rss|rss-лента|(?:atom )?feeds?|atom|フィード|ＲＳＳ)[)\]]?$",
    re.IGNORECASE,
)
_IS_DOMAIN = re.compile(r"[\w-]{2,63}(?:\.[\w-]{2,63}){1,3}")
_BEFORE_SLOGAN = re.compile(r"(?<!\s)\s*[|–—:»·•]\s+|\s-\s")
_SLOGAN = re.compile(r"[|–—:»·•-]\s.*(?:,|\s\S+\s)")
_BETWEEN_PARTS = re.compile(r"\s?[|»›>:：・|]\s?|\s[-–—·•/:]\s|\s//\s|:\s")
_NEWS_FROM = re.compile(
    r"^(?:(?:the )?(?:latest|newest|top|breaking|all|recent) (?:news|articles|stories|posts|headlines|content)"
    r"(?: in [\w-]{1,40})? (?:from|by|on|at) |(?:posts|articles|blog|news) on |(?:comments|posts|entries) (?:on|for|by|from): "
    r"|comments (?:on|for) |(?:articles|stories|posts|updates) (?:from|by) |news from (?=[^ ]+ [^ ])|(?:the )?latest (?:from|at) |welcome to (?=[^ ]+ (?:news|daily|times|post|herald)\b)"
    r"|(?:full |the )?rss(?:[ -]?feed)? (?:of|for|from|von|de|di|da|van|från|fra|z|от|dari|của) |(?:flux|canal|fil|feed) rss (?:de |d['’]|di |do |da |del )"
    r"|(?:rss|feed|atom) ?[:：] |(?:(?:alle|aktuelle|neueste) )?(?:nachrichten|neues|artikel|beiträge|meldungen) von |(?:les |toutes les |l['’])?(?:dernières |toute l['’])?(?:actualités?|nouvelles|infos) (?:de |d['’]|du )(?=le |la |l['’])"
    r"|(?:(?:las |as )?(?:últimas?|todas las|todas as) )(?:noticias|notícias|entradas) (?:de |do |da |del )|notizie da |(?:tutte le |ultime )notizie (?:da|di|del) "
    r"|(?:het )?(?:laatste )?nieuws van |nyheter (?:från|fra) |nyheder fra |uutiset: |(?:najnowsze )?wiadomości z |(?:последние )?новости (?:от|с сайта) |новини від |berita (?:terbaru )?dari |habari kutoka |أخبار من |tin (?:tức )?từ )(?=\S)",
    re.IGNORECASE,
)
_OWN_LATEST = re.compile(
    r"(?<=\w)['’]s (?:latest|newest|recent) (?:news|articles|stories|posts)$", re.IGNORECASE
)
_IS_ALERT = re.compile(r"google alerts?(?: ?[-–—:]|$)", re.IGNORECASE)
_AGGREGATOR = re.compile(r"(?:^|[\"”]?\s[-–—|]\s)(Google News|Bing News|Yahoo News)$")
_HOSTS = words("medium substack tumblr blogger")
_WORDS_OF_SECTIONS = (
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
_MORE_WORDS = (
    " l all every updates update official website site online text full blog archive archives daily digest page pages content entries stream items"
    " beiträge meldungen neue neuer schlagzeile topthemen offizielle webseite toute toutes tous tout les nos derniers dernier nouveautés nouvelles flux fil billets dépêches"
    " todas todo todos las los entradas publicaciones notas artículos canal sitio oficial as os postagens posts publicações artigos matérias tudo tutti tutte gli le articoli"
    " alle berichten artikelen artikels artiklar artikler allt inlägg alla allar fréttir nyjustu alle innlegg indlæg seneste siste nyt nytt kaikki jutut artikkelit uusimmat"
    " wszystkie wpisy artykuły aktualności najnowszy wszystko všechny články nejnovější aktuality správy všetky najnovšie príspevky příspěvky minden cikk hírek friss legfrissebb"
    " toate articolele ultimele știri știrile noutăți sve vijesti vesti svi članci najnovije najnovija vse novice novosti zadnje članki"
    " статьи публикации материалы записи главные свежие все лента rss-лента сайт официальный усі всі останні статті записи всички всичко последни новините статии сите вести најнови све вијести најновије чланци"
    " όλα όλες τα οι άρθρα νέα ειδήσεις τελευταία τελευταίες tüm bütün haberleri yazılar son yeni güncel"
    " جميع كل المقالات مقالات الأحدث المواضيع همه اخبار آخرین مطالب تازه‌ترین خبرها تمام خبریں تازہ כל הכתבות החדשות כתבות חדשות אחרונות האחרונות מאמרים ראשי"
    " सभी खबर ताज़ा ताजा खबरें समाचार लेख सब সব সকল খবর সংবাদ সর্বশেষ அனைத்து செய்திகள் అన్ని వార్తలు"
    " すべての記事 全記事 全ての記事 記事一覧 新着記事 新着 最新ニュース 全部文章 所有文章 全部 最新消息 最新文章 首页 全文 全部新闻 전체 글 전체글 최신기사 최신뉴스 모든 글 기사 전체보기"
    " ข่าวทั้งหมด ข่าวล่าสุด บทความทั้งหมด หน้าแรก tất cả bài viết tin mới nhất tin tức semua artikel berita terkini makala zote yote lahat ng mga balita pinakabagong"
    " totes tots notícies articles darreres kõik uudised viimased artiklid visos naujienos straipsniai naujausios visas ziņas jaunākās raksti albiste guztiak azken të gjitha lajmet"
)
_SECTION_WORDS = frozenset(sameness_key(_WORDS_OF_SECTIONS).split())
"""Of these a title may be made: it names no paper then."""
_PART_WORDS = _SECTION_WORDS | frozenset(sameness_key(_MORE_WORDS).split())
"""And of these a part of a title beside a name."""
MAX_PUBLISHER = 60
"""In characters: a longer title holds a slogan."""


def publisher_of(title: str) -> str:
    """Return a feed's title as readers name its publisher: "Quay: Breaking news, sport" is Quay.

    Empty where it says only what part of a paper it is ("Top Stories"): then the site's name is better.
    """
    if _IS_ALERT.match(title):
        return ""
    if of_aggregator := _AGGREGATOR.search(title):
        return of_aggregator[1]
    title = HANDLE.sub("", title).strip()
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
    title = _OWN_LATEST.sub("", _NEWS_FROM.sub("", title)).removesuffix(" on Medium")
    pieces = _BETWEEN_PARTS.split(title)
    if len(pieces) < 2:
        return title
    own: list[str] = []
    for of in (_PART_WORDS, _SECTION_WORDS):
        own = own or [
            one for one in pieces if not _is_section(one, of) and one.strip().casefold() not in _HOSTS
        ]
    return own[0].strip() if len(own) == 1 else title


def _is_section(piece: str, of: Set[str] = _SECTION_WORDS) -> bool:
    said = sameness_key(piece).split()
    return bool(said) and all(word in of for word in said)
