from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Article, BlurbBudget, SourceKey, Story
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.story_blurbs import same_language
from tests.summaries.newsroom import FERRY, article

BUDGET = BlurbBudget(max_sentences=3, max_words=60)
LEAD = article(*FERRY)
SECOND = article(
    "Ferries crossed the Likoni channel again on Sunday after an eleven-day strike by crews.",
    "The port authority agreed to pay overtime owed since March, the crews' union said.",
    "Hotels on the south coast reported empty rooms during the strike.",
    title="Crews end Likoni ferry strike",
    name="second",
)
THIRD = article(
    "The strike at the Likoni ferry ended when the port authority agreed to pay overtime.",
    "Traders lost fruit worth millions of shillings while vessels lay idle.",
    title="Overtime deal ends ferry strike",
    name="third",
)


def test_a_story_of_several_articles_tells_what_they_agree_on_once() -> None:
    found = ExtractiveSummarizer().summarize(Story(LEAD, (SECOND, THIRD)), BUDGET)

    assert len(found.sentences) > 1
    assert found.text.count("overtime") == 1
    assert "strike" in found.text


def test_each_sentence_names_its_own_article() -> None:
    articles = {one.id: one for one in (LEAD, SECOND, THIRD)}

    for sentence in ExtractiveSummarizer().summarize(Story(LEAD, (SECOND, THIRD)), BUDGET).sentences:
        assert sentence.source is not None
        place = sentence.source
        source = articles[place.article].passages[place.passage].paragraphs[place.paragraph]
        assert source[place.start : place.end] == sentence.text


def test_a_copy_of_the_lead_adds_nothing() -> None:
    copy = article(*FERRY, name="copy")

    alone = ExtractiveSummarizer().summarize(Story(LEAD), BUDGET)
    both = ExtractiveSummarizer().summarize(Story(LEAD, (copy,)), BUDGET)

    texts = [sentence.text for sentence in both.sentences]
    assert len(texts) == len(set(texts))
    assert alone.sentences


def test_an_article_in_another_language_stays_out_of_the_blurb() -> None:
    swahili = article("Vivuko vya Likoni vilirejea Jumapili baada ya mgomo.", name="sw", language="sw")

    assert same_language(Story(LEAD, (swahili, SECOND))) == (LEAD, SECOND)


def test_a_long_budget_follows_one_article_first() -> None:
    found = ExtractiveSummarizer().summarize(Story(LEAD, (SECOND, THIRD)), BlurbBudget(12, 220))

    sources = [sentence.source.article for sentence in found.sentences if sentence.source]
    assert sources == sorted(sources, key=sources.index)
    assert len(set(sources)) > 1


def named(publisher: str, *paragraphs: str, source: str) -> Article:
    return article(
        *paragraphs, title="Ferry strike ends", name=source, publisher=publisher, source=SourceKey(source)
    )


OWN = "Ferries crossed the Likoni channel again on Sunday after a strike of eleven days."
THEIRS = "Traders at the ferry lost fruit worth millions of shillings during the strike."


@pytest.mark.parametrize("budget", [BUDGET, BlurbBudget(12, 220)])
def test_another_publisher_s_words_bear_its_name(budget: BlurbBudget) -> None:
    lead = named("Coast Daily", OWN, source="coast")
    other = named("Port Gazette", THEIRS, source="gazette")

    found = ExtractiveSummarizer().summarize(Story(lead, (other,)), budget)

    assert {one.text: one.publisher for one in found.sentences} == {OWN: "", THEIRS: "Port Gazette"}
    assert OWN in found.text
    assert f"{THEIRS} (Port Gazette)" in found.text


def test_words_of_nobody_named_stay_out() -> None:
    lead = named("Coast Daily", OWN, source="coast")
    other = named("", THEIRS, source="gazette")

    assert ExtractiveSummarizer().summarize(Story(lead, (other,)), BUDGET).text == OWN


def test_the_lead_s_own_publisher_is_not_named_again() -> None:
    lead = named("Coast Daily", OWN, source="coast")
    other = named("Coast Daily", THEIRS, source="coast-2")

    assert ExtractiveSummarizer().summarize(Story(lead, (other,)), BUDGET).text == f"{OWN} {THEIRS}"


def test_japanese_sentences_are_joined_without_a_space_and_named_in_wide_brackets() -> None:
    lead = named("海新聞", "渡し船は日曜日に十一日ぶりに運航を再開した。", source="umi")
    other = named("港新聞", "果物の商人は数百万シリングの損失を出した。", source="minato")
    ours, theirs = (replace(one, language="ja", title="渡し船") for one in (lead, other))

    found = ExtractiveSummarizer().summarize(Story(ours, (theirs,)), BUDGET)

    assert found.text == (
        "渡し船は日曜日に十一日ぶりに運航を再開した。果物の商人は数百万シリングの損失を出した。（港新聞）"
    )


def test_a_long_blurb_takes_no_sentence_that_leans_on_one_left_out() -> None:
    first = named(
        "Quay", "The council voted on Monday to close the old pier of Tarn for nine weeks.", source="a"
    )
    second = named(
        "Port Gazette",
        "On Monday the council of Tarn voted to close the old pier for nine weeks.",
        "It also decided by a single vote to sell the lighthouse to a hotel from Evia.",
        source="b",
    )

    blurb = ExtractiveSummarizer().summarize(Story(first, (second,)), BlurbBudget(9, 200))

    assert [one.text for one in blurb.sentences] == [first.paragraphs[0]]
