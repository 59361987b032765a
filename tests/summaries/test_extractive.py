from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, Blurb, BlurbBudget, Passage, Story
from digest.summaries.extractive import BlurbStyle, ExtractiveSummarizer
from digest.summaries.grounding import doubts
from digest.summaries.language.words import count_words
from tests.summaries.newsroom import FERRY, FERRY_TITLE, article

BUDGET = BlurbBudget(max_sentences=3, max_words=60)


def blurb(*paragraphs: str, budget: BlurbBudget = BUDGET, **changes: object) -> Blurb:
    facts: dict[str, object] = {"title": FERRY_TITLE, **changes}
    changed = replace(article(*paragraphs), **facts)  # type: ignore[arg-type]  # a test's shorthand
    return ExtractiveSummarizer().summarize(Story(changed), budget)


def source_text(one: Article, blurb: Blurb) -> list[str]:
    found = []
    for sentence in blurb.sentences:
        assert sentence.source is not None
        place = sentence.source
        passage = one.passages[place.passage].paragraphs if place.passage >= 0 else (one.summary,)
        found.append(passage[place.paragraph][place.start : place.end])
    return found


def test_a_blurb_opens_with_the_news_not_the_dateline() -> None:
    assert blurb(*FERRY).text.startswith("Ferries crossed the Likoni channel again on Sunday")


def test_a_blurb_keeps_both_bounds() -> None:
    found = blurb(*FERRY, budget=BlurbBudget(max_sentences=2, max_words=40))

    assert len(found.sentences) <= 2
    assert 0 < count_words(found.text) <= 40


def test_each_sentence_knows_where_it_stood() -> None:
    one = article(*FERRY)

    found = ExtractiveSummarizer().summarize(Story(one), BUDGET)

    assert [sentence.text for sentence in found.sentences] == source_text(one, found)


@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param("By Amina Yusuf", id="byline"),
        pytest.param("Reporting by Amina Yusuf and Peter Otieno.", id="agency byline"),
        pytest.param("Image copyright Coast Pictures", id="photo credit"),
        pytest.param("Photo: Coast Pictures/Getty Images", id="picture agency"),
        pytest.param("Click here for the latest on the strike.", id="click here"),
        pytest.param("Scroll down for video", id="scroll"),
        pytest.param("Published: 22 November 2026, 06:30", id="stamp"),
        pytest.param("Likoni ferry resumes after eleven-day strike", id="the title again"),
        pytest.param("Likoni ferry resumes after eleven-day strike | Harbour Daily", id="title and site"),
        pytest.param("Your comment will be published within 24 hours.", id="comment box"),
        pytest.param("Harbour Family News provides daily updates and reports from the coast.", id="about"),
        pytest.param("Leia também: o porto reabre", id="another language"),
    ],
)
def test_furniture_never_enters_a_blurb(furniture: str) -> None:
    assert furniture.split(":", maxsplit=1)[0] not in blurb(furniture, *FERRY).text


@pytest.mark.parametrize(
    "dateline",
    [
        pytest.param("MOMBASA, Kenya — ", id="capitals"),
        pytest.param("MOMBASA, Nov. 22 (Reuters) - ", id="agency"),
        pytest.param("Mombasa (dpa) – ", id="title case with agency"),
        pytest.param("(CNN)", id="agency alone"),
        pytest.param("BREAKING: ", id="kicker"),
        pytest.param("NEW YORK/LONDON, 22 November (AFP) — ", id="two places"),
    ],
)
def test_a_dateline_is_left_out(dateline: str) -> None:
    text = "Ferries crossed the channel again on Sunday after a long strike."

    assert blurb(dateline + text).text == text


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param(
            "Kenya — the region's largest economy — signed the port treaty on Sunday.", id="aside"
        ),
        pytest.param("NATO said on Sunday that the exercise was over for this year.", id="capitals"),
        pytest.param("Amina (32) won the Lamu dhow race for the third time on Sunday.", id="age"),
    ],
)
def test_a_sentence_that_only_looks_like_a_dateline_stays_whole(opening: str) -> None:
    assert blurb(opening, title="").text == opening


@pytest.mark.parametrize(
    "weak",
    [
        pytest.param("Have you ever waited eleven days for a boat?", id="question"),
        pytest.param("“We will never go back to those wages.”", id="quotation nobody speaks"),
        pytest.param("“We will never go back.", id="half a quotation"),
        pytest.param("I was there when the ramp went down.", id="first person"),
        pytest.param("Ferries at the south ramp on Sunday", id="caption"),
    ],
)
def test_a_weak_lead_gives_way_to_the_next_sentence(weak: str) -> None:
    text = "Ferries crossed the Likoni channel again on Sunday after an eleven-day strike."

    assert blurb(weak, text, title="").text == text


def test_a_pronoun_never_comes_without_the_sentence_that_explains_it() -> None:
    lead = (
        "Harbour master Juma Ali resigned on Sunday over a bill for diesel "
        + "and other things " * 14
        + "."
    )
    follow = "He had held the post since 2011 and was to leave in June."

    found = blurb(lead.replace(" .", "."), follow, "The port named no successor on Sunday.", title="")

    assert not found.text.startswith("He had")


def test_a_sentence_that_only_echoes_the_headline_is_passed_over() -> None:
    found = blurb("The Likoni ferry resumes after the eleven-day strike.", *FERRY[1:])

    assert "resumes" not in found.text


def test_a_connective_without_its_sentence_goes() -> None:
    found = blurb("Meanwhile, ferries crossed the channel again on Sunday, officials said.", title="")

    assert found.text == "Ferries crossed the channel again on Sunday, officials said."


def test_the_standfirst_serves_where_there_is_no_body() -> None:
    found = blurb(summary="Ferries run again. Two of five vessels wait for inspection. Read more […]")

    assert found.text == "Ferries run again. Two of five vessels wait for inspection."
    assert all(one.source is not None and one.source.passage == -1 for one in found.sentences)


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        pytest.param((), "only a title", id="no text"),
        pytest.param((" ".join(["word"] * 70) + ".",), "fits 60 words", id="nothing fits"),
    ],
)
def test_no_blurb_comes_with_its_reason(paragraphs: tuple[str, ...], said: str) -> None:
    found = blurb(*paragraphs)

    assert found.sentences == ()
    assert said in found.warnings[0]


def test_a_later_sentence_serves_where_the_first_ones_are_too_long() -> None:
    long = [f"Part {at} " + "of a list that goes on " * 14 + "ends." for at in range(8)]

    assert blurb(*long, "The port reopened on Sunday.", title="").text == "The port reopened on Sunday."


def test_a_long_budget_is_filled_from_the_top() -> None:
    found = blurb(
        *[f"Vessel number {at} left the port on Sunday at dawn." for at in range(1, 9)],
        budget=BlurbBudget(8, 80),
    )

    assert len(found.sentences) == 8


def test_passages_style_gives_one_line_for_each_passage() -> None:
    one = article(
        passages=(
            Passage(("Crews returned to the channel on Sunday.", "They had struck for days.")),
            Passage(("Vessels must pass an inspection first.", "Two wait."), heading="Inspection"),
            Passage(("Traders want the port to pay for spoiled fruit.",), heading="Traders"),
        )
    )

    found = ExtractiveSummarizer(BlurbStyle.PASSAGES).summarize(Story(one), BUDGET)

    assert [s.source.passage for s in found.sentences if s.source] == [0, 1, 2]


def test_chinese_and_japanese_fit_their_budget() -> None:
    found = blurb(
        "渡轮周日恢复通航。" * 3, "工人同意复工。", title="", language="zh", budget=BlurbBudget(2, 12)
    )

    assert found.text
    assert count_words(found.text) <= 12


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    st.lists(st.text(st.sampled_from("abc A.!?\"'“”(),1 \nHe said It")), max_size=5),
    st.integers(1, 4),
    st.integers(1, 40),
)
def test_any_text_gives_a_grounded_blurb_within_budget(
    paragraphs: list[str], sentences: int, words: int
) -> None:
    folded = [" ".join(text.split()) for text in paragraphs if text.strip()]
    one = article(*folded)

    found = ExtractiveSummarizer().summarize(Story(one), BlurbBudget(sentences, words))

    assert len(found.sentences) <= sentences
    assert sum(count_words(sentence.text) for sentence in found.sentences) <= words
    assert doubts(found, (one,)) == ()
