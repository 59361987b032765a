from __future__ import annotations

import pytest

from digest.model import Article, SectionRule, SourceKey
from digest.selection.sections import Sectioning
from tests.selection.newsroom import article

SECTIONS = (
    SectionRule("politics", "Politics", tags=("politics",), words=("parliament", "climate change", "選挙")),
    SectionRule("sport", "Sport", tags=("Sport",), urls=("/sport", "https://league.example/news/")),
    SectionRule("sea", "Sea", sources=(SourceKey("port"),), words=("ferry",)),
    SectionRule("rest", "The rest"),
)

REST = ("rest", "no other section takes it")
row = pytest.param


def place(one: Article, bound: dict[SourceKey, str] | None = None) -> tuple[str, str]:
    placement = Sectioning(SECTIONS, bound or {}).place(one)
    assert placement is not None
    return placement.section.key, placement.why


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        row(article("a", tags=("SPORT",)), ("sport", "its tag “SPORT”"), id="a tag, case folded"),
        row(
            article("a", "Vote in Parliament"),
            ("politics", "its word “parliament”"),
            id="a word in the title",
        ),
        row(article("a", "Parliamentary tea"), REST, id="whole words only"),
        row(
            article("a", summary="On climate-change now"),
            ("politics", "its word “climate change”"),
            id="two words",
        ),
        row(article("a", "Climate", summary="Change"), REST, id="not across parts"),
        row(article("a", text="parliament"), REST, id="not in the body"),
        row(article("a", "衆院選挙の結果"), ("politics", "its word “選挙”"), id="a script without spaces"),
        row(
            article("a", url="https://harbour.example/sport/football"),
            ("sport", "its address under /sport"),
            id="a path",
        ),
        row(article("a", url="https://harbour.example/sports-cars"), REST, id="no half path"),
        row(
            article("a", url="http://league.example/news/1"),
            ("sport", "its address under https://league.example/news/"),
            id="a whole address",
        ),
        row(article("a", source="port"), ("sea", "its source"), id="a source"),
        row(
            article("a", "Ferry in parliament"),
            ("politics", "its word “parliament”"),
            id="the newsletter's order",
        ),
        row(
            article("a", "Parliament", tags=("sport",)),
            ("sport", "its tag “sport”"),
            id="a tag beats a word",
        ),
        row(
            article("a", tags=("politics",), source="port"),
            ("sea", "its source"),
            id="a source beats a tag",
        ),
    ],
)
def test_the_strongest_hit_places_an_article(one: Article, expected: tuple[str, str]) -> None:
    assert place(one) == expected


def test_a_source_bound_to_a_section_goes_there_whatever_it_says() -> None:
    bound = {SourceKey("harbour"): "sport"}

    assert place(article("a", "Vote in parliament", tags=("politics",)), bound)[0] == "sport"


def test_a_binding_to_an_unknown_section_is_no_binding() -> None:
    assert place(article("a", tags=("sport",)), {SourceKey("harbour"): "gone"})[0] == "sport"


def test_without_a_catch_all_nothing_takes_the_rest() -> None:
    assert Sectioning(SECTIONS[:3], {}).place(article("a", "Weather")) is None


def test_a_story_goes_where_its_lead_belongs_else_where_another_does() -> None:
    rules = Sectioning(SECTIONS, {})
    plain, ferry, vote = (
        article("a", "Aground"),
        article("b", "Ferry aground"),
        article("c", "Parliament on the ferry"),
    )

    found = [rules.place_story(one) for one in ((ferry, vote), (plain, ferry), (plain,))]

    assert [one.section.key for one in found if one] == ["sea", "sea", "rest"]
