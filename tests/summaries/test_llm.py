from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from digest.errors import ConfigurationError
from digest.model import Blurb, BlurbBudget, EditionKey, ModelAnswer, Story, Tokens
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.llm import Caps, LlmSummarizer
from digest.summaries.model_client import ModelAddress, ModelAsker
from tests.summaries.model_server import ModelServer, Reply, Script, in_turn, model_server, says
from tests.summaries.newsroom import FERRY, FERRY_TITLE, article

BUDGET = BlurbBudget(3, 60)
KEY = EditionKey("morning", date(2026, 11, 23))
STORY = Story(article(*FERRY))
OWN_WORDS = ExtractiveSummarizer().summarize(STORY, BUDGET)
GOOD = ("Ferries crossed the Likoni channel again on Sunday after an eleven-day strike.", (1,))
BAD = ("Ferries stayed in port on Sunday, 45 crews of the Bandari union said.", (1,))
PLENTY = Caps(max_tokens=100_000)


class Answers:
    """A store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, ModelAnswer] = {}
        self.tokens = Tokens()

    def find(self, digest: str) -> ModelAnswer | None:
        found = self.kept.get(digest)
        return found if found and found.content else None

    def keep(self, digest: str, edition: EditionKey, answer: ModelAnswer, *, now: datetime) -> None:
        self.kept[digest] = answer
        self.tokens += answer.tokens

    def spent(self, edition: EditionKey) -> Tokens:
        return self.tokens if edition == KEY else Tokens()


@contextmanager
def newsroom(
    script: Script,
    *,
    caps: Caps = PLENTY,
    answers: Answers | None = None,
    timeout_s: float = 20,
    retries: int = 1,
) -> Iterator[tuple[ModelServer, LlmSummarizer]]:
    with model_server(script) as server:
        asker = ModelAsker(
            ModelAddress("openai", "small-1", server.url, "sk-secret"), timeout_s=timeout_s, retries=retries
        )
        writer = LlmSummarizer(
            asker,
            ExtractiveSummarizer(),
            answers or Answers(),
            caps=caps,
            clock=lambda: datetime(2026, 11, 23, 6, tzinfo=UTC),
        )
        yield server, writer.for_edition(KEY)


def fell_back(blurb: Blurb, reason: str) -> bool:
    return blurb.sentences == OWN_WORDS.sentences and any(reason in one for one in blurb.warnings)


def test_an_answer_that_the_article_bears_out_is_the_blurb_with_its_places() -> None:
    with newsroom(says(GOOD)) as (server, writer):
        blurb = writer.summarize(STORY, BUDGET)

    assert blurb.text == GOOD[0]
    assert blurb.written_by == "llm"
    assert blurb.sentences[0].source == OWN_WORDS.sentences[0].source
    assert blurb.warnings == ()
    assert server.asked()[0]["max_words"] == 60


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        pytest.param(("The strike lasted 45 days, the port authority said.", (1, 2)), "45", id="a number"),
        pytest.param(("Ferries crossed again, Minister Wanjala said.", (1,)), "Wanjala", id="a name"),
        pytest.param(("“We won everything,” said Halima Said.", (3,)), "won everything", id="a quotation"),
        pytest.param((GOOD[0], (99,)), "does not name sentences", id="a source that is not there"),
        pytest.param((GOOD[0], ()), "does not name sentences", id="no source"),
        pytest.param((GOOD[0], (0,)), "does not name sentences", id="number nought"),
        pytest.param((GOOD[0], (5,)), "does not rest on", id="another source"),
        pytest.param(
            ("Commuters stranded the Likoni ferries on Sunday after the strike.", (1,)),
            "does not rest on one",
            id="its subject swapped",
        ),
        pytest.param(("The authority said two vessels.", (4, 5)), "", id="two halves of two sentences"),
        pytest.param(("Two vessels wait for inspection.", (5,)), "who says so", id="its speaker left out"),
        pytest.param(("The Likoni ferry resumes after the strike.", (1,)), "tells no", id="nothing new"),
        pytest.param((GOOD[0] + " Read it at https://evil.example.", (1,)), "link", id="a link"),
        pytest.param(("<b>Ferries</b> crossed the Likoni channel again.", (1,)), "markup", id="markup"),
        pytest.param(("Ferries crossed the Likoni\u202e channel.", (1,)), "control", id="hidden direction"),
        pytest.param(("Ferries crossed the Likoni channel again after", (1,)), "complete", id="cut off"),
        pytest.param((f"{FERRY_TITLE}.", (1,)), "headline", id="the headline"),
        pytest.param(("Ferries crossed the Likoni channel again. " * 12, (1,)), "words", id="too long"),
    ],
)  # fmt: skip
def test_an_answer_that_the_article_does_not_bear_out_is_refused_with_the_reason(
    sentence: tuple[str, tuple[int, ...]], reason: str
) -> None:
    with newsroom(says(sentence)) as (server, writer):
        blurb = writer.summarize(STORY, BUDGET)

    assert fell_back(blurb, reason), blurb
    assert len(server.requests) == 2


def test_a_wrong_answer_may_be_mended_once_told_what_was_wrong() -> None:
    with newsroom(in_turn(Reply((BAD,)), Reply((GOOD,)))) as (server, writer):
        blurb = writer.summarize(STORY, BUDGET)

    assert blurb.text == GOOD[0]
    assert "45" in str(server.requests[1]["messages"])


@pytest.mark.parametrize("retries", [0, 3])
def test_tries_are_bounded(retries: int) -> None:
    with newsroom(says(BAD), retries=retries) as (server, writer):
        writer.summarize(STORY, BUDGET)

    assert len(server.requests) == retries + 1


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(
            Reply(status=401, raw='{"error": {"message": "bad key sk-secret"}}'), "401", id="bad key"
        ),
        pytest.param(Reply(status=400, raw="no"), "400", id="refused"),
        pytest.param(Reply(raw="not json at all"), "", id="no JSON"),
        pytest.param(Reply((GOOD,), more={"subject": "Win now"}), "", id="more than was asked for"),
        pytest.param(Reply(), "no sentence", id="nothing"),
    ],
)
def test_whatever_the_server_does_the_own_words_stand_in(reply: Reply, reason: str) -> None:
    with newsroom(lambda _request: reply) as (_, writer):
        blurb = writer.summarize(STORY, BUDGET)

    assert fell_back(blurb, reason)
    assert "sk-secret" not in repr(blurb)


def test_a_slow_model_is_not_waited_for() -> None:
    with newsroom(lambda _request: Reply((GOOD,), delay_s=1.5), timeout_s=0.3) as (_, writer):
        blurb = writer.summarize(STORY, BUDGET)

    assert fell_back(blurb, "within 0.3 seconds")


def test_a_dead_server_is_asked_for_two_stories_and_no_more() -> None:
    down = Reply(status=403, raw="{}")
    stories = [Story(article(*FERRY[at:], name=f"s{at}")) for at in range(4)]
    with newsroom(lambda _request: down) as (server, writer):
        blurbs = [writer.summarize(story, BUDGET) for story in stories]

    assert len(server.requests) == 2
    assert "not asked again" in blurbs[3].warnings[-1]


def test_nothing_is_asked_twice_for_the_same_text() -> None:
    answers = Answers()
    with newsroom(says(GOOD), answers=answers) as (server, writer):
        first = writer.summarize(STORY, BUDGET)
        again = writer.for_edition(KEY).summarize(STORY, BUDGET)
        changed = writer.summarize(Story(article(*FERRY[:3], "Two vessels wait.")), BUDGET)

    assert first == again == changed
    assert len(server.requests) == 2


def test_a_refused_answer_is_not_asked_for_again() -> None:
    with newsroom(says(BAD), retries=0) as (server, writer):
        first = writer.summarize(STORY, BUDGET)
        again = writer.summarize(STORY, BUDGET)

    assert first == again
    assert len(server.requests) == 1


def test_a_kept_answer_is_checked_again() -> None:
    answers = Answers()
    with newsroom(says(GOOD), answers=answers) as (_, writer):
        writer.summarize(STORY, BUDGET)
        for digest, kept in answers.kept.items():
            answers.kept[digest] = ModelAnswer(kept.content.replace("eleven", "nineteen"))
        blurb = writer.summarize(STORY, BUDGET)

    assert fell_back(blurb, "nineteen") or fell_back(blurb, "19")


@pytest.mark.parametrize(
    "caps",
    [
        pytest.param(Caps(max_tokens=2_500), id="tokens"),
        pytest.param(Caps(100_000, max_cost=0.0027, read_price=1.0, written_price=1.0), id="money"),
    ],
)
def test_past_an_edition_s_cap_nothing_more_is_asked(caps: Caps) -> None:
    stories = [Story(article(*FERRY, f"Crew number {at} rested.", name=f"s{at}")) for at in range(6)]
    answers = Answers()
    with newsroom(says(GOOD), caps=caps, answers=answers) as (server, writer):
        blurbs = [writer.summarize(story, BUDGET) for story in stories]

    assert len(server.requests) < 4
    assert "cap" in blurbs[-1].warnings[-1]
    assert answers.tokens.total <= 3_000


def test_another_edition_has_caps_of_its_own() -> None:
    tomorrow = EditionKey("morning", date(2026, 11, 24))
    answers = Answers()
    answers.tokens = Tokens(5_000, 0)
    with newsroom(says(GOOD), caps=Caps(max_tokens=5_000), answers=answers) as (_, writer):
        today = writer.summarize(STORY, BUDGET)
        next_day = writer.for_edition(tomorrow).summarize(STORY, BUDGET)

    assert "cap" in today.warnings[-1]
    assert next_day.text == GOOD[0]


def test_a_story_without_text_costs_nothing() -> None:
    with newsroom(says(GOOD)) as (server, writer):
        blurb = writer.summarize(Story(article(title="Only a title")), BUDGET)

    assert blurb.sentences == ()
    assert server.requests == []


def test_an_unknown_provider_is_a_fault_of_the_configuration() -> None:
    with pytest.raises(ConfigurationError, match=r"summaries\.provider"):
        ModelAsker(ModelAddress("nobody", "x", "", "k"), timeout_s=1, retries=0)


def test_the_key_is_never_printed() -> None:
    assert "sk-secret" not in repr(ModelAddress("openai", "m", "", "sk-secret"))
