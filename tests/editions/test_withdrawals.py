from __future__ import annotations

from dataclasses import replace

from digest.editions.withdrawals import held, without_gone
from digest.model import AlsoReported, Edition, SeenArticle
from tests.storage.samples import NOW, article, edition

ONE, TWO, COPY = article(1), article(2), article(3)


def seen(*, gone: tuple[int, ...]) -> list[SeenArticle]:
    return [
        SeenArticle(one, NOW, NOW, is_backlog=False, gone_at=NOW if number in gone else None)
        for number, one in enumerate((ONE, TWO, COPY), start=1)
    ]


def sample() -> Edition:
    """Two stories, the first with a copy at another publisher, and an A/B test."""
    made = edition(articles=(ONE, TWO))
    section = made.sections[0]
    first, second = section.items
    also = (AlsoReported(COPY.title, COPY.url, "Wire"),)
    items = (replace(first, articles=(ONE.id, COPY.id), also=also, rank=0), replace(second, rank=1))
    sections = (replace(section, items=items),)
    return replace(made, subject=ONE.title, subject_b="Or this", sections=sections)


def test_every_article_of_every_story_is_held() -> None:
    assert held(sample()) == (ONE.id, COPY.id, TWO.id)


def test_nothing_changes_where_nothing_is_gone() -> None:
    assert without_gone(sample(), seen(gone=())) == sample()


def test_a_story_goes_with_its_leading_article_and_takes_its_subject_along() -> None:
    left = without_gone(sample(), seen(gone=(1,)))

    assert [item.article for item in left.items] == [TWO.id]
    assert left.items[0].rank == 0
    assert ONE.title not in left.subject
    assert left.subject_b == ""


def test_the_subject_stays_where_its_story_stays() -> None:
    left = without_gone(sample(), seen(gone=(2,)))

    assert [item.article for item in left.items] == [ONE.id]
    assert left.subject == ONE.title
    assert TWO.title not in left.preheader


def test_of_a_story_told_by_others_only_the_link_goes() -> None:
    left = without_gone(sample(), seen(gone=(3,)))

    assert left.items[0].also == ()
    assert left.items[0].articles == (ONE.id,)
    assert (left.subject, left.subject_b) == (sample().subject, "Or this")


def test_an_edition_may_lose_all_it_holds() -> None:
    assert without_gone(sample(), seen(gone=(1, 2, 3))).items == ()
