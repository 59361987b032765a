"""A story's blurb never tells two counts of one thing, nor what the lead's own paper has put right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from digest.model import Article, BlurbBudget, Story
from digest.summaries.agreeing import Counted
from digest.summaries.extractive import ExtractiveSummarizer
from tests.summaries.newsroom import article

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

CONTRADICTING = [
    (
        "en",
        "Fourteen people died when a bus left the road near Kisumu.",
        "12 people were killed in the crash near Kisumu, police said.",
    ),
    (
        "en",
        "The fire killed 14 passengers of the night train.",
        "At least 12 passengers died in the fire on the night train.",
    ),
    ("en", "The death toll rose to 14 on Monday evening.", "The death toll stands at 12 after the storm."),
    (
        "en",
        "The council will pay $4.2 million for the bridge.",
        "The bridge will cost the council $3.8 million, officials said.",
    ),
    ("en", "Some 300 homes are without power in the north.", "More than 500 homes had no power on Monday."),
    ("de", "Bei dem Unfall starben 14 Menschen.", "Zwölf Menschen kamen bei dem Unfall ums Leben."),
    ("de", "Die Feuerwehr rettete 30 Bewohner aus dem Haus.", "Aus dem Haus wurden 25 Bewohner gerettet."),
    (
        "fr",
        "L’accident a fait 14 morts lundi près de Lyon.",
        "Douze morts sont à déplorer après l’accident.",
    ),
    (
        "fr",
        "Le pont coûtera 4,2 millions d’euros à la ville.",
        "La facture du pont atteint 3,8 millions d’euros.",
    ),
    ("es", "El incendio dejó 14 muertos en Lima.", "El fuego causó 12 muertos, según los bomberos."),
    ("pt", "A cheia deixou 14 mortos no sul do país.", "Há 12 mortos depois da cheia no sul."),
    ("it", "L’incendio ha causato 14 morti a Bari.", "Sono 12 i morti dopo l’incendio di Bari."),
    ("nl", "Bij het ongeval kwamen 14 mensen om.", "Twaalf mensen overleefden het ongeval niet."),
    ("ru", "В аварии погибли 14 человек.", "Жертвами аварии стали 12 человек."),
    ("tr", "Kazada 14 kişi öldü.", "Kazada 12 kişi hayatını kaybetti."),
    ("id", "Kecelakaan itu menewaskan 14 orang.", "Sebanyak 12 orang tewas dalam kecelakaan itu."),
    ("sw", "Ajali hiyo iliua watu 14 karibu na Kisumu.", "Watu 12 walifariki katika ajali hiyo."),
    ("ar", "قُتل 14 شخصا في الحادث.", "لقي 12 شخصا مصرعهم في الحادث."),
    ("hi", "हादसे में 14 लोग मारे गए।", "हादसे में 12 लोग मारे गए, पुलिस ने कहा।"),
    ("ja", "この事故で14人が死亡した。", "事故で12人が死亡したと警察は述べた。"),
    ("ja", "この事故で十四人が死亡した。", "事故で十二人が死亡したと警察は述べた。"),
    ("zh", "事故造成14人死亡。", "警方称事故造成12人死亡。"),
]

AGREEING = [
    (
        "en",
        "Fourteen people died when a bus left the road near Kisumu.",
        "The bus was on its way to Nairobi, 350 km away.",
    ),
    (
        "en",
        "Fourteen people died when a bus left the road near Kisumu.",
        "All 14 people on board died, police said.",
    ),
    ("en", "The council voted to close the pool.", "The pool was built in 1974 for two million pounds."),
    ("de", "Bei dem Unfall starben 14 Menschen.", "Der Bus war 20 Jahre alt."),
    ("fr", "L’accident a fait 14 morts lundi près de Lyon.", "Un car scolaire circulait sur la route."),
    ("ja", "この事故で14人が死亡した。", "バスは東京へ向かっていた。"),
]


@pytest.mark.parametrize(("language", "lead", "other"), CONTRADICTING)
def test_another_count_of_the_same_is_seen(language: str, lead: str, other: str) -> None:
    assert not Counted(article(lead, language=language)).holds(other)


@pytest.mark.parametrize(("language", "lead", "other"), AGREEING)
def test_what_the_lead_does_not_count_may_be_told(language: str, lead: str, other: str) -> None:
    assert Counted(article(lead, language=language)).holds(other)


@pytest.mark.parametrize(
    ("publisher", "times", "is_told"),
    [
        ("Harbour Post", {"published": NOON - timedelta(minutes=20)}, False),
        ("Harbour Post", {"published": NOON - timedelta(hours=2), "updated": NOON}, True),
        ("Harbour Post", {"published": NOON + timedelta(minutes=20)}, True),
        ("Coast Wire", {"published": NOON - timedelta(hours=2)}, True),
        ("Coast Wire", {"published": NOON - timedelta(hours=9)}, False),
        ("Coast Wire", {"published_on": date(2026, 11, 22)}, False),
        ("Coast Wire", {"published_on": date(2026, 11, 23)}, True),
        ("Coast Wire", {}, True),
    ],
)
def test_what_the_lead_has_put_right_or_left_behind_is_not_told(
    publisher: str, times: dict[str, object], is_told: bool
) -> None:
    lead = article(
        "Police arrested a man on Monday for the fire at the port of Kano.",
        title="Man held over port fire",
        publisher="Harbour Post",
        published=NOON,
    )
    other = article(
        "Smoke covered the quay for hours while ships waited outside with a can of fuel aboard each.",
        name="other",
        title="Ships wait outside port of Kano",
        publisher=publisher,
        **times,
    )

    found = ExtractiveSummarizer().summarize(Story(lead, (other,)), BlurbBudget(3, 60))

    assert ("can of fuel" in found.text) is is_told
    assert "arrested a man" in found.text


def test_two_papers_never_count_the_dead_twice_in_one_blurb() -> None:
    def told(dead: int, publisher: str, word: str) -> Article:
        return article(
            f"A bus left the road near Kisumu on Monday and {dead} people died, {word} said.",
            f"The bus of {publisher} readers carried pupils home from a school match.",
            name=publisher,
            title="Bus leaves road near Kisumu",
            publisher=publisher,
            published=NOON,
        )

    story = Story(told(14, "Post", "police"), (told(12, "Wire", "a doctor"), told(17, "Echo", "a priest")))

    found = ExtractiveSummarizer().summarize(story, BlurbBudget(3, 60))

    assert "14" in found.text
    assert "12" not in found.text
    assert "17" not in found.text
