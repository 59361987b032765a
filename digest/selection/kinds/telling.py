"""What kinds of piece an article is, and what shows it.

A kind's name counts where it stands apart: alone, before a colon, after a bar, in brackets, with nothing but
words for a day beside it. A story about a horoscope, a storm or an advertisement is none of them.
"""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from digest.model import Article, ArticleKind
from digest.selection.kinds.addresses import kinds_in
from digest.selection.kinds.days import says_when, words_of
from digest.selection.kinds.names import (
    ENDING_WORDS,
    ENDINGS,
    NAMES,
    NEEDS_PRICE,
    OFFERS_OF_ONE,
    ONLY_TITLES,
    PAID,
    PAID_IN_BRACKETS,
    PHRASES,
    PLACED,
    WIDE,
)
from digest.selection.kinds.services import SERVICES, SERVICES_WIDE
from digest.selection.kinds.stories import is_about_one, tells_harm

_MOST_READ = 300
"""In characters: of a title."""
_PLACE_WORDS = 4
_WORD = re.compile("[\\w\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e]+")  # with the vowel signs of India
_SET_OFF = re.compile(r"[:\uff1a|\uff5c•·–—/\[\]()【】「」『』«»“”\"+▶►]|\s-\s|\.\s|\s\.\.\.|\.\.\s?")
_BRACKETED = re.compile(r"[\[(【]\s?([^\[\]()【】]{1,30}?)\s?[\])】]")
_PAID_MARK = re.compile(
    r"^\W{0,2}(?:[A-Z]{1,2}\+\s?[|:]|\([\w ]{1,12}\+\)|[A-Z]{2,8} (?:Plus|PLUS)\s?[|:]|(?:Abo|ABO)\s?[|:])"
)
_SIGNS = re.compile("^[^\\w]{0,3}([\U0001f3a7\U0001f399\U0001f50a])|^[^\\w]{0,3}([▶►\U0001f3a5\U0001f4f9])")
_PRICE = re.compile(
    r"[$€£¥₹]\s?\d|\d\s?(?:€|£|zł|kr\b|euros?\b|usd\b|dollars?\b|руб|円|元|원|tl\b)|\d\s?%|%\s?\d"
    r"|\d+ (?:percent|per cent|prozent|por ciento|por cento|pour cent|procent|процент)",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\bsave (?:up to )?[$€£]?\d+ ?\w{0,3}%? (?:on|off)|\b(?:is|for|get|now|grab|up to) [$€£]?\d+%? off\b"
    r"|\b(?:best|today s|daily|early|black friday|prime day|amazon) .{0,30}deals\b|\bofertas del?\b"
    r"|\bthe \d+ best .{1,40} (?:to buy|you can buy)\b|\b\d+ (?:euros?|dollars?|pounds?|percent) off\b"
)
_EPISODE = re.compile(
    r"(?:^|[|:–—(#]\s?)(?:episode|ep|folge|épisode|episodio|episódio|avsnitt|aflevering|odcinek|epizoda|выпуск|bölüm)"
    r"\.?\s?#?\d{1,4}(?!\w)|(?:podcast|подкаст)\W{1,3}(?:folge|episode|ep|épisode|episodio|выпуск)\.?\s\d",
    re.IGNORECASE,
)
_LIVE_AT_THE_END = re.compile(
    r",\s(?:live|en directo|en direct|em direto|in diretta|en vivo|ao vivo|na żywo|im liveticker)$",
    re.IGNORECASE,
)
_NO_LIVE_BEFORE = words_of(
    """
    we you they i who that people to can where how still would will must should could may and or us not
    americans britons families workers children residents he she
    """
)
_SIGN_OF_THE_ZODIAC = words_of(
    """
    aries taurus gemini leo virgo libra scorpio sagittarius capricorn aquarius pisces widder stier zwillinge
    krebs löwe jungfrau waage skorpion schütze steinbock wassermann fische bélier taureau gémeaux vierge
    balance sagittaire capricorne verseau poissons tauro géminis cáncer escorpio sagitario capricornio acuario
    piscis áries touro gêmeos virgem escorpião sagitário aquário peixes ariete toro gemelli cancro vergine
    bilancia scorpione sagittario capricorno acquario pesci
    """
)
_TIMES = {("tiempo",), ("tempo", "hoje"), ("času",), ("время",)}
"""Names of the weather that are the word for time, too: no place makes them the weather's."""
_OTHER_WORDS = {("parte",)}
"""Names that are a word of everyday speech in another language: nothing but a day may follow."""
_GOES_ON = words_of("and or und oder et ou och og ve dan и та")
"""What goes on with a sentence where a place would stand: `In pictures and in court`."""
_OF_TIME = ("el", "tiempo")
"""`El tiempo en Soria` is the weather's, `El tiempo de espera` none."""
_SHOP_WORDS = words_of(
    """
    black friday prime day cyber monday
    amazon aldi lidl ebay temu shein mediamarkt saturn otto fnac cdiscount darty walmart costco argos zalando
    coolblue flipkart shopee lazada allegro wildberries ozon trendyol hepsiburada rakuten aliexpress ikea
    carrefour decathlon
    """
)
_BEFORE_WIDE = (
    r"(?:今日の|明日の|本日の|今週の|毎日の|今日|明日|本周|本週|每日|昨日の|\d{1,2}月\d{1,2}日の?|วันนี้)?"
)
_AFTER_WIDE = r"(?:ランキング|一覧|のお知らせ|コーナー|วันนี้|ประจำวัน\w*|\d{1,2}月\d{1,2}日)?"
_IS_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_PAID_END = re.compile(
    r"(?:subscribe|sign in|log in|register) to (?:continue|keep|read)|for subscribers only|to continue reading"
    r"|nur für abonnent|um weiterzulesen|réservé aux abonnés|pour lire la suite|exclusivo para suscriptores"
    r"|para seguir leyendo|exclusivo para assinantes|para continuar lendo|riservato agli abbonati"
    r"|per continuare a leggere|alleen voor abonnees|om verder te lezen|för att läsa vidare|for å lese videre"
    r"|kun for abonnenter|vain tilaajille|aby czytać dalej|tylko dla prenumeratorów|pro předplatitele"
    r"|előfizetőknek|doar pentru abonați|για συνδρομητές|only for subscribers|только подписчикам"
    r"|чтобы читать дальше|щоб читати далі|okumaya devam etmek için|abonelere özel|khusus pelanggan"
    r"|会員限定|続きを読むには|订阅后|구독자 전용|للمشتركين|למנויים בלבד|kuendelea kusoma"
)
"""How a text ends that stops before its story does."""
_END = 300
_MOST_OF_TEASER = 200
"""In words: a longer text is an article, whatever is offered below it."""

_MOST_BEFORE_SERVICE = 2
"""In words: `Powerball: winning numbers` is a table; what is told behind `Fuel prices:` is a story."""

_By = tuple[tuple[str, ...], ArticleKind]


def _listed(table: str) -> list[str]:
    return [name for line in table.split("\n") for name in line.strip().split("|") if name]


def _by_first(table: Mapping[ArticleKind, str]) -> dict[str, list[_By]]:
    """Return the names of a table by their first word, the longest first."""
    found: dict[str, list[_By]] = {}
    for kind, names in table.items():
        for name in _listed(names):
            words = tuple(_words(name))
            found.setdefault(words[0], []).append((words, kind))
    for names_of in found.values():
        names_of.sort(key=lambda one: -len(one[0]))
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("İ", "i").casefold())


_NAME = _by_first({**NAMES, ArticleKind.PAYWALL: PAID, **SERVICES})
_PHRASE = _by_first(PHRASES)
_ENDING = [(ending, kind) for kind, endings in ENDINGS.items() for ending in endings.split("|")]
_IN_WIDE = [
    (re.compile(f"{_BEFORE_WIDE}(?:{names}){_AFTER_WIDE}"), kind)
    for kind, names in (*WIDE.items(), *SERVICES_WIDE.items())
]


def kinds_of(article: Article) -> dict[ArticleKind, str]:
    """Return what kinds of piece an article is, each with what shows it."""
    found: dict[ArticleKind, str] = {}
    if article.label:
        found[ArticleKind.AD] = f"it is marked “{article.label}”"
    if article.form and article.form in set(ArticleKind):
        found[ArticleKind(article.form)] = "its page or source says so in its data"
    if why := _paid(article):
        found[ArticleKind.PAYWALL] = why
    title = article.title[:_MOST_READ]
    for tag in article.tags:
        for kind in _kinds_of_tag(tag):
            if not is_about_one(kind, title):
                found.setdefault(kind, f"its tag “{tag}”")
    for kind, part in kinds_in(article.url):
        if not is_about_one(kind, title):
            found.setdefault(kind, f"its address has {part}")
    for kind in kinds_of_title(title):
        found.setdefault(kind, "its title")
    return found


@functools.lru_cache(maxsize=4096)
def kinds_of_title(title: str) -> tuple[ArticleKind, ...]:
    """Return the kinds that a title names."""
    words = _words(title)
    kinds = list(_in_phrases(words, title))
    parts = [part for part in _SET_OFF.split(title) if part.strip()]
    for part in dict.fromkeys((parts[0], parts[-1])) if parts else ():
        is_alone = len(parts) == 1
        found = list(_kinds_of_part(_words(part), title, is_alone=is_alone))
        if _IS_WIDE.search(part):
            found += [kind for pattern, kind in _IN_WIDE if pattern.fullmatch("".join(_words(part)))]
        beside = sum(not says_when(word) for other in parts if other is not part for word in _words(other))
        is_service = beside <= (_MOST_BEFORE_SERVICE if part is parts[-1] else 0)
        kinds += [kind for kind in found if is_service or kind not in SERVICES]
    kinds += _by_marks(title, " ".join(words))
    harm = ArticleKind.WEATHER in kinds and tells_harm(title)
    return tuple(dict.fromkeys(kind for kind in kinds if not (harm and kind is ArticleKind.WEATHER)))


def _by_marks(title: str, plain: str) -> Iterator[ArticleKind]:
    """Yield what signs, brackets and prices tell."""
    if _EPISODE.search(title):
        yield ArticleKind.AUDIO
    if _LIVE_AT_THE_END.search(title):
        yield ArticleKind.LIVE
    if sign := _SIGNS.match(title):
        yield ArticleKind.AUDIO if sign[1] else ArticleKind.VIDEO
    in_brackets = any(" ".join(_words(one)) in PAID_IN_BRACKETS for one in _BRACKETED.findall(title))
    if in_brackets or _PAID_MARK.match(title):
        yield ArticleKind.PAYWALL
    if _OFFER.search(plain) or _OFFER.search(title.casefold()):
        yield ArticleKind.DEAL


@functools.lru_cache(maxsize=2048)
def _kinds_of_tag(tag: str) -> tuple[ArticleKind, ...]:
    words = _words(tag)
    plain = " ".join(words)
    found = [
        kind
        for kind in _kinds_of_part(words, f"{tag} 1€?", is_alone=True)
        if kind not in SERVICES and plain not in ONLY_TITLES.get(kind, frozenset())
    ]
    if _IS_WIDE.search(tag):
        found += [
            kind for pattern, kind in _IN_WIDE if kind not in SERVICES and pattern.fullmatch("".join(words))
        ]
    return (*found, ArticleKind.PAYWALL) if plain in PAID_IN_BRACKETS else tuple(found)


def _kinds_of_part(words: Sequence[str], title: str, *, is_alone: bool) -> Iterator[ArticleKind]:
    """Yield the kinds that a set-off part of a title is the name of.

    Args:
        is_alone: it is the whole title.
    """
    start = 0
    while start < len(words):
        for name, kind in _NAME.get(words[start], ()):
            end = start + len(name)
            if tuple(words[start:end]) != name or not _may_follow(
                kind,
                words[end:],
                is_alone=is_alone,
                is_plain_time=name in _TIMES | _OTHER_WORDS
                or (name == _OF_TIME and words[end : end + 1] == ["de"]),
            ):
                continue
            plain = " ".join(name)
            if (plain in NEEDS_PRICE and not _is_priced(title)) or (
                plain in OFFERS_OF_ONE and not _PRICE.search(title)
            ):
                continue
            yield kind
        if not says_when(words[start]) and words[start] not in _SHOP_WORDS:
            break
        start += 1
    yield from _by_ending(words)
    is_live = (
        not is_alone and 1 < len(words) <= ENDING_WORDS and words[-1] in {"live", "canlı", "livestream"}
    )
    if is_live and words[-2] not in _NO_LIVE_BEFORE:
        yield ArticleKind.LIVE


def _may_follow(kind: ArticleKind, rest: Sequence[str], *, is_alone: bool, is_plain_time: bool) -> bool:
    """Tell whether what stands behind a name leaves it a name: a day, a number, for some kinds a place."""
    if all(map(says_when, rest)):
        return True
    if kind is ArticleKind.DEAL:
        return all(says_when(word) or word in _SHOP_WORDS for word in rest)
    if kind is ArticleKind.HOROSCOPE:
        others = [word for word in rest if not says_when(word) and word not in _SIGN_OF_THE_ZODIAC]
        return len(others) <= 1 < len(rest)
    if kind is ArticleKind.GALLERY and is_alone:
        return False
    if is_plain_time or rest[0] in _GOES_ON:
        return False
    if kind is ArticleKind.JOB and not is_alone:
        return False
    places = sum(not says_when(word) for word in rest)
    return kind in PLACED and places <= _PLACE_WORDS and says_when(rest[0])


def _by_ending(words: Sequence[str]) -> Iterator[ArticleKind]:
    """Yield what the name of a series ends with; a day may follow."""
    last = len(words)
    while last and says_when(words[last - 1]):
        last -= 1
    if not 0 < last <= ENDING_WORDS:
        return
    plain = "-".join(words[:last])
    for ending, kind in _ENDING:
        if plain.endswith(ending):
            yield kind
    if words[last - 1] == "weather" and 1 < last <= 3 and words[last - 2] not in _NOT_OF_A_PLACE:
        yield ArticleKind.WEATHER


_NOT_OF_A_PLACE = words_of(
    """
    severe extreme bad wet cold hot winter summer wild stormy freak weird space deadly foul heavy harsh poor
    good adverse inclement wintry freezing changing warm dry icy rough unusual record fair
    """
)


def _in_phrases(words: Sequence[str], title: str) -> Iterator[ArticleKind]:
    for at, word in enumerate(words):
        for phrase, kind in _PHRASE.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield kind
    if words and words[0] in _TESTS and "?" in title:
        yield ArticleKind.QUIZ


_TESTS = frozenset({"test", "тест", "اختبار", "测试"})
"""Tests are rockets and vaccines; one that asks is a quiz."""


def _is_priced(title: str) -> bool:
    return bool(_PRICE.search(title) or not _SHOP_WORDS.isdisjoint(_words(title)))


def _paid(article: Article) -> str:
    """Return what shows that most of an article is kept for those who pay; empty where nothing does."""
    if "not free to read" in article.page_problem or "asks for money" in article.page_problem:
        return f"its page {article.page_problem}"
    text = article.text
    if len(text.split(None, _MOST_OF_TEASER)) > _MOST_OF_TEASER:
        return ""
    hit = _PAID_END.search(" ".join(_words((text or article.summary)[-_END:])))
    return f"its text ends with “{hit.group()}”" if hit else ""
