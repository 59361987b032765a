"""Which earlier sentences one needs, so that its short names and `the man` still mean the same."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from digest.summaries.language.references.definites import Reading, reading
from digest.summaries.language.references.short_forms import explained, is_large, stands_in
from digest.summaries.language.references.surnames import bare, is_one, names, short_name_elsewhere
from digest.summaries.language.words import fold, word_places


class Need(NamedTuple):
    """One of these earlier positions must be printed too, or another sentence that tells `name` whole."""

    positions: frozenset[int]
    name: str = ""


Needs = tuple[Need, ...]

_MOST_KEPT = 4_000
_STEM = 4
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb", "no", "nn", "fi", "hu", "af"})


def told_whole(sentence: str, language: str) -> frozenset[str]:
    """Return the last names and short forms that a sentence tells whole, as `Need.name` writes them."""
    primary = language.lower().replace("_", "-").split("-")[0] or "en"
    whole = {bare(one.word) for one in names(sentence, primary) if one.is_whole}
    return frozenset(whole | set(explained(sentence)))


class Told:
    """What the sentences of one text have told so far."""

    def __init__(self, title: str, language: str) -> None:
        """Begin with the headline, under which every blurb stands."""
        self._language = language.lower().replace("_", "-").split("-")[0] or "en"
        self._title = title
        self._titled = {word for word, _, _ in word_places(title.casefold())}
        self._reading = reading(self._language)
        self._sentences: list[str] = []
        self._tells_of_others: list[bool] = []
        self._short: dict[str, set[int]] = defaultdict(set)
        self._whole: dict[str, dict[str, set[int]]] = defaultdict(dict)
        self._first: dict[str, tuple[int, bool]] = {}
        self._taken_up: dict[str, Needs] = {}

    def needs(self, sentence: str) -> Needs:
        """Return what the next sentence needs of the earlier ones, and remember it."""
        at = len(self._sentences)
        found: list[Need] = []
        if at:
            found += self._explaining(sentence)
            found += self._naming(sentence)
            found += self._taking_up(sentence, at)
        self._remember(sentence, at)
        return tuple(dict.fromkeys(found))

    def _explaining(self, sentence: str) -> list[Need]:
        """Return where the short forms of a sentence are explained."""
        own = set(explained(sentence))
        return [
            Need(frozenset(places), short)
            for short, places in self._short.items()
            if short in sentence
            and short not in own
            and stands_in(short, sentence)
            and not stands_in(short, self._title)
        ]

    def _naming(self, sentence: str) -> list[Need]:
        """Return where those are named whole whom a sentence names by the last name alone."""
        read = list(names(sentence, self._language))
        whole = [one.word for one in read if one.is_whole]
        found: list[Need] = []
        for one in read:
            if one.is_whole or any(is_one(one.word, other, self._language) for other in whole):
                continue
            if any(is_one(one.word, word, self._language) for word in self._titled):
                continue
            known = self._whole.get(one.word.casefold()[:_STEM], {})
            places = [at for word, at in known.items() if is_one(one.word, word, self._language)]
            if places:
                found.append(Need(frozenset().union(*places), bare(one.word)))
        for pattern in short_name_elsewhere(sentence, self._language):
            places = [{at} for at, text in enumerate(self._sentences) if pattern.search(text)]
            if places and not pattern.search(sentence) and not pattern.search(self._title):
                found.append(Need(frozenset().union(*places)))
        return found

    def _taking_up(self, sentence: str, at: int) -> list[Need]:
        """Return where those are introduced whom a sentence takes up by a common noun."""
        if self._reading is None:
            return []
        back = self._reading.back.match(sentence) or self._within(self._reading, sentence)
        if back:
            noun = back[1].casefold()
            needs = self._taken_up.get(noun) or self._behind(noun, at)
            self._taken_up[noun] = needs
            return list(needs)
        same = self._reading.same.match(sentence) if self._reading.same else None
        if not same:
            return []
        place, is_definite = self._first_told(same[1].casefold())
        return [] if place < 0 or is_definite else [Need(frozenset({place}))]

    def _behind(self, noun: str, at: int) -> Needs:
        """Return what a noun takes up: where it is new, else the first sentence, and whoever came last.

        Who came after the first sentence may be the one who is meant, so both must be told.
        """
        place, is_definite = self._first_told(noun)
        if place >= 0 and not is_definite:
            return (Need(frozenset({place})),)
        rival = next((one for one in range(at - 1, 0, -1) if self._tells_of_others[one]), 0)
        return tuple(Need(frozenset({one})) for one in sorted({0, rival}))

    def _within(self, read: Reading, sentence: str) -> re.Match[str] | None:
        """Find a noun amid the sentence before which nobody is named or new."""
        found = read.within.search(sentence) if read.within else None
        if not found:
            return None
        before = sentence[: found.start()]
        is_new = read.indefinite.search(before) or any(letter.isdigit() for letter in before)
        named = [] if self._language == "de" else [word for word in before.split()[1:] if word[0].isupper()]
        return None if is_new or named or (self._language == "de" and '"' in before) else found

    def _may_tell_of_others(self, sentence: str) -> bool:
        """Tell whether somebody or something may be new in a sentence."""
        if self._reading is None or self._reading.article is None:
            return True
        return bool(self._reading.indefinite.search(sentence)) or any(
            one.is_whole and one.word not in self._whole[one.word.casefold()[:_STEM]]
            for one in names(sentence, self._language)
        )

    def _first_told(self, noun: str) -> tuple[int, bool]:
        key = fold(noun)
        if key in self._first:
            return self._first[key]
        if self._language in _COMPOUNDING and len(key) > _STEM:
            return next((place for word, place in self._first.items() if word.endswith(key)), (-1, False))
        if self._language in {"ja", "zh", "ko", "hi"}:
            return next(
                ((at, False) for at, text in enumerate(self._sentences) if noun in text), (-1, False)
            )
        return (-1, False)

    def _remember(self, sentence: str, at: int) -> None:
        self._sentences.append(sentence)
        self._tells_of_others.append(self._may_tell_of_others(sentence))
        if len(self._first) > _MOST_KEPT:
            return
        for short in explained(sentence):
            if is_large(short) or not short.isascii():
                self._short[short].add(at)
        for one in names(sentence, self._language):
            if one.is_whole:
                known = self._whole[one.word.casefold()[:_STEM]]
                known.setdefault(one.word, set()).add(at)
        article = self._reading.article if self._reading else None
        before = ""
        for told, _, _ in word_places(sentence.casefold()):
            word = told
            if "'" in word or "’" in word:
                before, word = _split(word)
            is_definite = bool(article and article.fullmatch(before))
            if self._first.setdefault(fold(word), (at, is_definite))[0] == at and not is_definite:
                self._first[fold(word)] = (at, False)
            before = word


def _split(word: str) -> tuple[str, str]:
    """Return the article that hangs before a word by an apostrophe, and the word (`l'homme`)."""
    head, mark, tail = word.replace("’", "'").partition("'")
    return (head + mark, tail) if len(head) <= 4 and len(tail) > 1 else ("", word)
