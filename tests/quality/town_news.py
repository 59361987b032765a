"""Short reports of an invented town, made of sentences of our own: the same seed, the same reports."""

from __future__ import annotations

import random
from string import Formatter

SEED = 8
SENTENCES_EACH = 8

SENTENCES = (
    "The {body} wants to close the {place} for {number} weeks while {thing} is laid beneath it.",
    "{person} said on {day} that nobody had asked the {trade} who work there.",
    "A first offer of {number} thousand for the {place} was turned down without a vote.",
    "Until the {season} the {trade} must do with {number} rooms above the {place}.",
    "“We have waited for {thing} since my daughter went to school,” said {person}, one of the {trade}.",
    "Behind the {place} stand {number} crates that were meant for another harbor.",
    "The {body} counted {number} complaints last {season}, most of them about {thing}.",
    "On {day} the siren at the {place} went off twice, and both times by mistake.",
    "According to {person} the money for {thing} ran out before the {season} began.",
    "{number} of the {trade} signed a letter that {person} read aloud in front of the {place}.",
    "Whoever lives near the {place} may park for nothing from {day} on.",
    "The oldest part of the {place} is to be kept, with its {number} windows and the clock.",
    "An expert whom the {body} called in found {thing} in better order than anyone had hoped.",
    "The {trade} have offered to look after {thing} themselves for the next {number} years.",
    "It rained so hard on {day} that water stood {number} centimeters deep in the {place}.",
    "Nobody at the {body} could say why {thing} had been ordered twice.",
    "{person} leaves the {body} at the end of the {season} and will not be replaced at once.",
    "The fare to the {place} goes up by {number} cents, the first rise since {thing} was bought.",
    "School classes may visit the {place} free of charge every {day} morning.",
    "Of the {number} lamps around the {place} a third has been dark since the {season}.",
    "A court has told the {body} to show its papers on {thing} within {number} days.",
    "The {trade} from three valleys meet at the {place} each {season} to settle their prices.",
    "Not everyone is glad: {person} calls {thing} a gift to those who need it least.",
    "The {body} answered on {day} with a note of only {number} lines.",
    "Two cranes lifted {thing} over the roof of the {place} before dawn.",
    "{person} found the missing ledger under a bench in the {place}.",
    "For the {trade} the change means {number} more minutes on the road each way.",
    "The next hearing, at which {person} will speak, is on a {day} after the {season}.",
    "Visitors left {number} notes in the book that lies open at the {place}.",
    "Insurance pays for {thing} only if the {body} mends the fence first.",
    "The choir of the {trade} sang for {person}, who turned ninety on {day}.",
    "From the tower one could see {thing} drifting past the {place}.",
    "Twice the {body} put off its choice, once for want of chairs.",
    "{number} volunteers swept the {place} after the {season} fair and filled a whole cart.",
    "{person} has drawn a map on which {thing} is marked in green.",
    "The bakery beside the {place} now opens at five, for the sake of the {trade}.",
    "A diver looked at {thing} and saw no crack wider than a hair.",
    "The {body} lends {number} handcarts to whoever leaves a name and a coin.",
    "Last {season} a storm took the roof off the {place}, and {person} still has the weather vane.",
    "What becomes of the {trade} when {thing} is ready, the plan does not say.",
)
WORDS = {
    "body": ("town council", "port office", "water board", "school trust", "county court", "market union"),
    "place": (
        *("fish hall", "old customs house", "north pier", "tram depot", "botanical garden", "city bath"),
        *("rope yard", "lighthouse", "corn exchange", "night market", "drill hall", "public library"),
    ),
    "thing": (
        *("the new drain", "the second pump", "a bridge of steel", "the telescope", "the grain lift"),
        *("the cable", "a boiler from abroad", "the tide gate", "the organ", "the ferry engine"),
    ),
    "person": (
        *("Amina Odhiambo", "Goran Petrak", "Lucía Sarmiento", "Tove Lindqvist", "Samuel Mwangi"),
        *("Yuki Tanabe", "Henri Vasseur", "Noor Rahimi", "Pilar Ibáñez", "Ewan Drummond"),
    ),
    "trade": ("net menders", "porters", "glaziers", "tram drivers", "beekeepers", "coopers", "printers"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "season": ("spring", "summer", "autumn", "winter", "harvest", "dry season", "feast"),
    "number": tuple(str(number) for number in range(3, 98)),
}


def reports(count: int) -> list[str]:
    """Return that many reports; any two share some sentences but for the words filled in."""
    chance = random.Random(SEED)
    return [
        " ".join(_filled(sentence, chance) for sentence in chance.sample(SENTENCES, SENTENCES_EACH))
        for _ in range(count)
    ]


def _filled(sentence: str, chance: random.Random) -> str:
    names = sorted({name for _, name, _, _ in Formatter().parse(sentence) if name})
    text = sentence.format(**{name: chance.choice(WORDS[name]) for name in names})
    return text[0].upper() + text[1:]
