"""A line to another article between an article's paragraphs goes, and takes nothing with it."""

from __future__ import annotations

import pytest

from digest.sources.pages.cleaning import clean
from digest.sources.text.blocks import Block

LEADS = [
    *(
        "Related: {0}",
        "Related story: {0}",
        "MORE: {0}",
        "Don't miss: {0}",
        "Watch: {0}",
        "READ MORE | {0}",
    ),
    *(
        "Lees meer: {0}",
        "Läs mer: {0}",
        "Czytaj też: {0}",
        "Zobacz także: {0}",
        "Ayrıca okuyun: {0}",
        "עוד בנושא: {0}",
    ),
    *(
        "関連記事：{0}",
        "相关阅读：{0}",
        "관련 기사: {0}",
        "Xem thêm: {0}",
        "Lihat juga: {0}",
        "மேலும் படிக்க: {0}",
    ),
    *(
        "مزید پڑھیں: {0}",
        "Přečtěte si také: {0}",
        "Recommended",
        "Article continues below",
        "Pubblicità",
        "広告",
    ),
]


@pytest.mark.parametrize("line", LEADS)
@pytest.mark.parametrize("level", [0, 3])
def test_a_line_to_another_article_goes_alone(line: str, level: int) -> None:
    prose = [
        Block(f"The council of Tarn voted on day {one} to open the harbour, its speaker said.")
        for one in "abcdef"
    ]
    lead = Block(line.format("Harbour closed after storm"), level)

    for place in (2, 4):
        blocks = [*prose[:place], lead, *prose[place:]]

        assert list(clean(blocks, title="Harbour opens")) == prose


@pytest.mark.parametrize(
    "line", ["The plan: open in May", "More than a ferry", "Watchmen at work: a night in Tarn"]
)
def test_a_heading_of_the_article_s_own_stays(line: str) -> None:
    prose = [
        Block(f"The council of Tarn voted on day {one} to open the harbour, its speaker said.")
        for one in "abcd"
    ]
    blocks = [*prose[:2], Block(line, 3), *prose[2:]]

    assert list(clean(blocks, title="Harbour opens")) == blocks
