"""Feeds of invented news, the same for the same seed: many papers, each a little further every day."""

# ruff: noqa: E501  # markup in lines as it is written

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from random import Random

_ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "sp",
    "st",
    "str",
    "t",
    "th",
    "tr",
    "v",
    "w",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ou"]
_CODAS = ["n", "r", "l", "t", "s", "d", "m", "ck", "nd", "st", "rt"]
_SMALL = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "that",
    "for",
    "on",
    "with",
    "was",
    "by",
    "at",
    "from",
    "as",
    "it",
    "be",
    "are",
    "has",
    "have",
    "had",
    "this",
    "after",
    "before",
    "its",
    "their",
    "his",
    "her",
    "they",
    "who",
    "which",
    "more",
    "than",
    "about",
    "over",
    "under",
    "between",
    "into",
    "out",
    "up",
    "will",
    "would",
    "could",
    "may",
    "not",
]
_ENDS = ("and the work goes on.", "people who were there said.", "officials told reporters.")
_SECTIONS = ("Politics", "City", "Business", "Culture", "Sport", "Science", "Health", "Weather damage")

WORDS = 9_000
"""So many different words the papers use; a few often, most seldom, as in any language."""

WIRE_EACH = 11
"""One entry in so many is an agency's text, which several papers print."""


class Newswire:
    """Two hundred papers and what they publish.

    Args:
        feeds: how many papers there are.
        entries: how many each one's feed holds.
        begins: when the first day's feeds are asked for; their newest entries are a little older.
    """

    def __init__(self, *, feeds: int, entries: int, begins: datetime, seed: int = 20_261_201) -> None:
        """Make up the words."""
        self.feeds, self.entries, self._begins, self._seed = feeds, entries, begins, seed
        chance = Random(seed)
        lexicon = dict.fromkeys(_word(chance) for _ in range(2 * WORDS))
        self._lexicon = list(lexicon)[:WORDS]
        self._weights = _cumulated([1 / (rank + 12) for rank in range(len(self._lexicon))])
        self._names = [word.title() for word in self._lexicon[-1500:]]

    def new_each_day(self, feed: int) -> int:
        """Return how many entries a feed gains from one day to the next: 8 % of those it holds."""
        return 2 + (feed * 7 % 11 < 7)

    def feed(self, number: int, day: int) -> bytes:
        """Return a paper's feed as it stands on a day, 0 the first; the newest entry first."""
        first = day * self.new_each_day(number)
        serials = range(first + self.entries - 1, first - 1, -1)
        kind = number % 3
        items = "".join(self._entry(number, serial, kind) for serial in serials)
        home, title = f"https://paper{number}.example", f"The {self._names[number]} Courier"
        if kind == 2:
            return (
                '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
                f'<title>{title}</title><link href="{home}/"/><id>{home}/</id>'
                f"<updated>{self._at(number, serials[0]).isoformat()}</updated>{items}</feed>"
            ).encode()
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            f' xmlns:media="http://search.yahoo.com/mrss/"><channel><title>{title}</title><link>{home}/</link>'
            f"<language>en</language><lastBuildDate>{self._stamp(number, serials[0])}</lastBuildDate>{items}"
            "</channel></rss>"
        ).encode()

    def _entry(self, feed: int, serial: int, kind: int) -> str:
        chance = Random(f"{self._seed}/{feed}/{serial}")
        story = chance
        if chance.random() < 1 / WIRE_EACH:
            story = Random(f"{self._seed}/wire/{self._at(feed, serial):%Y-%m-%d}/{chance.randrange(6)}")
        title, paragraphs = self._title(story), self._paragraphs(story)
        url = f"https://paper{feed}.example/{self._at(feed, serial):%Y/%m}/{_slug(title)}-{serial}"
        body = self._body(paragraphs, feed, url, title, chance)
        by = f"{self._name(chance)} {self._name(chance)}"
        tag = chance.choice(_SECTIONS)
        if kind == 2:
            at = self._at(feed, serial).isoformat()
            return (
                f'<entry><title>{escape(title)}</title><link href="{url}"/><id>{url}</id>'
                f"<published>{at}</published><updated>{at}</updated><author><name>{by}</name></author>"
                f'<category term="{tag}"/><content type="html">{escape(body)}</content></entry>'
            )
        summary = escape(paragraphs[0][:180])
        text = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if kind == 0 else ""
        summary = summary if kind == 0 else f"<![CDATA[{body}]]>"
        return (
            f'<item><title>{escape(title)}</title><link>{url}?utm_source=rss</link><guid isPermaLink="false">'
            f"{url}</guid><dc:creator>{by}</dc:creator><pubDate>{self._stamp(feed, serial)}</pubDate>"
            f"<category>{tag}</category><description>{summary}</description>{text}"
            f'<media:content url="https://paper{feed}.example/pictures/{serial}.jpg" medium="image" width="1200"/>'
            "</item>"
        )

    def _body(self, paragraphs: Sequence[str], feed: int, url: str, title: str, chance: Random) -> str:
        """Return HTML as content systems write it: links, headings, a list, a picture, a last line."""
        home = f"https://paper{feed}.example"
        parts = []
        for place, text in enumerate(paragraphs):
            words = escape(text, quote=False).split(" ")
            at = chance.randrange(len(words) - 3)
            words[at] = f'<a href="{home}/topics/{at}?ref=body" class="topic">{words[at]}</a>'
            words[at + 2] = f"<strong>{words[at + 2]}</strong>"
            parts.append(f'<p class="wp-block-paragraph">{" ".join(words)}</p>')
            if place % 4 == 3:
                parts.append(f"<h2>{escape(self._title(chance))}</h2>")
        parts.insert(
            1,
            f'<figure class="wp-block-image size-large"><img src="{home}/pictures/{chance.randrange(999)}.jpg"'
            f' alt="{escape(title)}" width="1024" height="683" loading="lazy"/></figure>',
        )
        parts.append(
            f'<p>The post <a href="{url}">{escape(title)}</a> appeared first on <a href="{home}">Courier</a>.</p>'
        )
        return "\n".join(parts)

    def _title(self, story: Random) -> str:
        words = [self._name(story), *self._words(story, story.randint(4, 7))]
        return " ".join(words).replace("  ", " ")

    def _paragraphs(self, story: Random) -> list[str]:
        return [self._paragraph(story) for _ in range(story.randint(4, 9))]

    def _paragraph(self, story: Random) -> str:
        return " ".join(self._sentence(story) for _ in range(story.randint(2, 4)))

    def _sentence(self, story: Random) -> str:
        words: list[str] = []
        for word in self._words(story, story.randint(7, 14)):
            words += [word, story.choice(_SMALL)] if story.random() < 0.6 else [word]
        if story.random() < 0.5:
            words.insert(len(words) // 2, f"{self._name(story)} {self._name(story)}")
        if story.random() < 0.2:
            words.insert(len(words) // 3, str(story.randrange(2, 9000)))
        line = " ".join([*words[:-1], words[-1]])
        if story.random() < 0.15:
            return f"“{line[0].upper()}{line[1:]},” {self._name(story)} said."
        tail = f", {story.choice(_ENDS)}" if story.random() < 0.1 else "."
        return f"{line[0].upper()}{line[1:]}{tail}"

    def _words(self, story: Random, count: int) -> list[str]:
        return story.choices(self._lexicon, cum_weights=self._weights, k=count)

    def _name(self, chance: Random) -> str:
        return chance.choice(self._names)

    def _at(self, feed: int, serial: int) -> datetime:
        """Return when an entry was published: those a day brings lie within its last twenty hours."""
        each = self.new_each_day(feed)
        day, place = divmod(serial - self.entries, each)
        digest = hashlib.sha256(f"{feed}/{serial}".encode()).digest()
        minutes = 30 + (1100 * (each - 1 - place) + int.from_bytes(digest[:2], "big") % 1100) // each
        return self._begins + timedelta(days=day + 1) - timedelta(minutes=minutes)

    def _stamp(self, feed: int, serial: int) -> str:
        return f"{self._at(feed, serial):%a, %d %b %Y %H:%M:%S} GMT"


def _word(chance: Random) -> str:
    syllables = chance.choices((1, 2, 3), weights=(2, 5, 2))[0]
    return "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + (chance.choice(_CODAS) if last else "")
        for last in [place == syllables - 1 for place in range(syllables)]
    )


def _cumulated(weights: Sequence[float]) -> list[float]:
    found, total = [], 0.0
    for weight in weights:
        total += weight
        found.append(total)
    return found


def _slug(title: str) -> str:
    return "-".join(title.lower().split())
