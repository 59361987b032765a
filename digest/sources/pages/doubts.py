"""Whether a page that was fetched is the article that its source names; in doubt it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model import Article, Passage
from digest.sources.pages.markers.stubs import CHALLENGES, CONSENT, STUB_PLACES, STUB_TITLES
from digest.sources.pages.markers.subjects import is_about_walls
from digest.sources.pages.offers import LONG_BEFORE_OFFER_WORDS, is_offer
from digest.sources.text.blocks import count_words, from_passages, sameness_key, to_passages

if TYPE_CHECKING:
    from digest.sources.pages.extraction import Extracted

SHORT_PAGE_WORDS = 150
"""A challenge or login has few words; an article about one has more."""
GOES_ON_WORDS = 60
"""With so much text above and below, an offer stands in an article and not in its place."""
CONSENT_SHARE = 0.35
LIKE = 0.5
UNLIKE = 0.25
FEWEST_WORDS = 6
"""Fewer words of a source tell too little to hold a page against them."""

FEWEST_LETTERS = 5
"""What two forms of a word have in common at least."""

FEWEST_SHARED = 2
FEWEST_TELLING = 4
TOLD_OF_SHORT = 0.12
"""So much of what a source tells stands in a short page that is its article."""
TOLD_OF_SUBJECT = 0.34
"""And so much in one that speaks of cookies or subscriptions because that is its subject."""

_ARTICLE_KIND = re.compile(r"article|news|blog|posting|report", re.IGNORECASE)
_HOME = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:index\.\w{2,5}|home(?:page)?/?|default\.\w{2,5})?", re.IGNORECASE
)
_PIECE_END = re.compile(r"[.!?…。！？।:：|｜\"“”„«»「」『』]")
_BY_MARKS = re.compile("[\u0900-\u0963\u0966-\u0dff]{4,40}")
"""A word of a script whose vowel signs part it in a key: Hindi to Sinhala."""
_BINDING = re.compile("[\u3040-\u309f]{1,2}")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def why_not_the_article(
    article: Article, page: Extracted, landed: str, *, is_named_by_page: bool = False
) -> str:
    """Return why a page is not, or not surely, the article; the end of a sentence, empty where it is.

    Args:
        article: as its source gave it.
        page: what was found in the page.
        landed: the page's address, after redirects.
        is_named_by_page: the article has its title from this very page, so that it proves nothing.
    """
    is_about = not is_named_by_page and tells_of_walls(article, page)
    own = "" if is_named_by_page else sameness_key(article.title)
    return (
        _of_address(str(article.url), landed, page.canonical)
        or _of_kind(article, page)
        or ("" if is_about else _of_words(page, own, is_like=_is_told(article, page)))
        or _of_likeness(article, page, asks_for_title=not is_named_by_page)
    )


def tells_of_walls(article: Article, page: Extracted) -> bool:
    """Tell whether an article is about what stands in articles' places, and the page surely it.

    Then its words of cookies, subscriptions or robots are its own.
    """
    if not is_about_walls(article.title) or _alike(article.title, page.title) < LIKE:
        return False
    shared, wanted = _shared(_told_by(article), article.title, page)
    return shared >= max(FEWEST_SHARED, TOLD_OF_SUBJECT * wanted)


def without_offer(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the passages above a paragraph that asks for money or an account; all where none does.

    Where the article goes on below, it is an appeal between paragraphs, or a story that speaks of one.
    """
    blocks = from_passages(passages)
    is_asking = [is_offer(block.text) for block in blocks]
    counts = [
        0 if block.is_heading or offers else count_words(block.text)
        for block, offers in zip(blocks, is_asking, strict=True)
    ]
    above, total = 0, sum(counts)
    for index, count in enumerate(counts):
        if is_asking[index] and min(above, total - above) < GOES_ON_WORDS:
            return to_passages(blocks[:index])
        above += count
    return passages


def _of_address(asked: str, landed: str, canonical: str) -> str:
    wanted, found = urlsplit(asked), urlsplit(landed)
    if _is_deep(wanted.path):
        if _HOME.fullmatch(found.path) and not found.query and landed != asked:
            return "leads to a home page"
        own = urlsplit(canonical)
        is_home = bool(canonical) and bool(_HOME.fullmatch(own.path)) and not own.query
        if is_home and _same_site(own.hostname, found.hostname):
            return "calls itself the home page"
        if found.path != wanted.path and _is_above(found.path, wanted.path):
            return "leads to a section of the site"
    where = f"{found.hostname or ''}{found.path}"
    if not STUB_PLACES.search(f"{wanted.hostname or ''}{wanted.path}") and STUB_PLACES.search(where):
        return "leads to a login, an offer, a consent form or an error"
    return ""


def _is_deep(path: str) -> bool:
    return not _HOME.fullmatch(path)


def _is_above(found: str, wanted: str) -> bool:
    start = found.rstrip("/") + "/"
    return wanted.startswith(start) and len(wanted.rstrip("/")) > len(start)


def _same_site(one: str | None, other: str | None) -> bool:
    return (one or "").removeprefix("www.") == (other or "").removeprefix("www.") or not other


def _of_kind(article: Article, page: Extracted) -> str:
    if page.is_free is False:
        return "says that it is not free to read, so its text may be a teaser"
    is_other = bool(page.kind) and not _ARTICLE_KIND.search(page.kind)
    if is_other and not page.is_article and _alike(article.title, page.title) < LIKE:
        return f"calls itself a {page.kind}, not an article, and bears another title"
    return ""


def _is_told(article: Article, page: Extracted) -> bool:
    """Tell whether most of a source's own text stands in the page."""
    told = f"{article.summary} {article.text[:3_000]}"
    return len(_words(told)) >= FEWEST_WORDS and _share(told, _all_of(page)) >= LIKE


def _of_words(page: Extracted, own: str, *, is_like: bool) -> str:
    title = sameness_key(page.title)
    title = "" if title == own else title  # the source itself calls it so
    paragraphs = [
        text for passage in page.passages for text in (passage.heading, *passage.paragraphs) if text
    ]
    total = sum(map(count_words, paragraphs))
    if STUB_TITLES.match(title) and count_words(title) <= 8 and total < 2 * SHORT_PAGE_WORDS:
        return f"is titled “{page.title[:60]}”"
    keys = [sameness_key(text) for text in paragraphs]
    is_asked = not is_like and any(map(CHALLENGES.search, keys))
    if total < SHORT_PAGE_WORDS and (CHALLENGES.match(title) or is_asked):
        return "asks whether a human reads it"
    consent = sum(
        count_words(text) for text, key in zip(paragraphs, keys, strict=True) if CONSENT.search(key)
    )
    if (total and consent >= CONSENT_SHARE * total) or (
        CONSENT.match(title) and total < 2 * SHORT_PAGE_WORDS
    ):
        return "asks for consent"
    above = without_offer(page.passages)
    if page.stops_at_offer or (above != page.passages and _count(above) < LONG_BEFORE_OFFER_WORDS):
        return "asks for money or an account before it goes on"
    return ""


def _of_likeness(article: Article, page: Extracted, *, asks_for_title: bool) -> str:
    """Tell whether title and text say too little of what the source says."""
    title = _alike(article.title, page.title)
    if not page.passages:
        return "" if title >= LIKE else "holds no text, and bears another title"
    told = f"{article.summary} {article.text[:3_000]}" if article.summary or article.passages else ""
    has_words = len(_words(told)) >= FEWEST_WORDS
    text = _share(told if has_words else article.title, _all_of(page))
    if title >= LIKE and (text >= UNLIKE or not has_words):
        is_named = not asks_for_title and not has_words
        is_told = is_named or _speaks_of(_told_by(article), article.title, page)
        return "" if is_told else "says in its words nothing of what its source says"
    if text >= LIKE and (has_words and (title > 0 or page.is_article)):
        return ""
    if not has_words and title > 0 and text >= LIKE:
        return ""
    if not page.title and text >= LIKE:
        return ""
    return "tells something else: its title and words are not those of the source"


def _speaks_of(told: str, title: str, page: Extracted) -> bool:
    """Tell whether a page's paragraphs have words of what its source tells: a wall or a notice has none.

    The title counts in what is told, and not in what the page says: it stands above a notice, too.
    """
    shared, wanted = _shared(told, title, page)
    if wanted < FEWEST_TELLING or _count(page.passages) >= SHORT_PAGE_WORDS:
        return shared > 0 or not wanted
    return shared >= max(FEWEST_SHARED, TOLD_OF_SHORT * wanted)


def _told_by(article: Article) -> str:
    return f"{article.title} {article.summary} {article.text[:3_000]}"


def _shared(told: str, title: str, page: Extracted) -> tuple[int, int]:
    """Return how many words of what is told a page's paragraphs have, and how many are told.

    The title counts where the text goes on with its words, not where it is only named again.
    """
    known = {sameness_key(one) for name in (title, page.title) for one in _PIECE_END.split(name)}
    pieces = (
        piece
        for passage in page.passages
        for paragraph in (passage.heading, *passage.paragraphs)
        for piece in _PIECE_END.split(paragraph)
    )
    text = " ".join(piece for piece in pieces if sameness_key(piece) not in known)
    wanted, said = _telling(told), _telling(text)
    return sum(word in said or _has_start(word, said) for word in wanted), len(wanted)


def _telling(text: str) -> frozenset[str]:
    """Return the words of a text without pairs of signs that only bind words in Japanese."""
    return frozenset(word for word in _words(text) if not _BINDING.fullmatch(word))


def _has_start(word: str, said: frozenset[str]) -> bool:
    """Tell whether a word stands there in another form."""
    return len(word) >= FEWEST_LETTERS and any(other.startswith(word[:FEWEST_LETTERS]) for other in said)


def _all_of(page: Extracted) -> str:
    texts = [page.title, page.summary]
    for passage in page.passages:
        texts += [passage.heading, *passage.paragraphs]
    return " ".join(texts)


def _alike(one: str, other: str) -> float:
    """Return the share of the shorter title's words that the other has."""
    first, second = _words(one), _words(other)
    short, long = sorted((first, second), key=len)
    return len(short & long) / len(short) if short else 0.0


def _share(told: str, text: str) -> float:
    words = _words(told)
    return len(words & _words(text)) / len(words) if words else 0.0


def _words(text: str) -> frozenset[str]:
    """Return the words that tell something: of four letters on, numbers, and pairs of wide characters."""
    found = set(_BY_MARKS.findall(text))
    for word in sameness_key(text).split():
        if _WIDE.search(word):
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif len(word) > 3 or word.isdigit():
            found.add(word)
    return frozenset(found)


def _count(passages: Iterable[Passage]) -> int:
    return sum(count_words(text) for passage in passages for text in passage.paragraphs)
