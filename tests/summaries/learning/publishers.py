"""Made-up publishers whose editors write blurbs by a rule, for the training to find out."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from digest.summaries.learning.samples import Sample
from tests.summaries.newsroom import article

_NOUNS = """
harbor council ferry market school bridge clinic library stadium depot reef tram museum orchard quarry
lighthouse cannery bakery archive theater nursery vineyard brewery foundry
"""
_VERBS = " opened closed hired moved painted sold bought mended flooded measured counted tested "
_PLACES = " Merindi Sulwe Tarrow Quell Ostby Farrin Nolwe Perrick Dunmar Ilvane "
NOUNS, VERBS, PLACES = _NOUNS.split(), _VERBS.split(), _PLACES.split()

Editor = Callable[[Sequence[str], random.Random], str]


def samples(count: int, editor: Editor, seed: int = 5) -> list[Sample]:
    chance = random.Random(seed)
    return [_sample(at, editor, chance) for at in range(count)]


def takes_the_fourth(sentences: Sequence[str], _chance: random.Random) -> str:
    return sentences[3]


def takes_any(sentences: Sequence[str], chance: random.Random) -> str:
    return chance.choice(sentences[:5])


def _sample(at: int, editor: Editor, chance: random.Random) -> Sample:
    sentences = [
        f"The {chance.choice(NOUNS)} of {chance.choice(PLACES)} {chance.choice(VERBS)} "
        f"{chance.randint(4, 900)} {chance.choice(NOUNS)} signs near {chance.choice(PLACES)} and the "
        f"{chance.choice(NOUNS)} {chance.choice(VERBS)} {chance.randint(4, 900)} {chance.choice(NOUNS)}."
        for _ in range(7)
    ]
    story = article(*sentences, title=f"News of {chance.choice(PLACES)}", name=f"story-{at}")
    return Sample(str(at), (story,), (editor(sentences, chance),))
