"""Looking back over HTTP: past editions as they were sent, articles of any day, a story taken up again."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.day import job
from digest.model import EditionKey
from digest.model.desk import Role
from tests.journeys.desk import Folder
from tests.web.newsroom import KEY, PAGE, SEND_TIME, Open, at_work

BACK = "/desk/look-back/morning"
DAY_BEFORE = EditionKey("morning", KEY.day - timedelta(days=1))


@contextmanager
def after_sending(folder: Folder) -> Iterator[Open]:
    """Open the desk after the edition went out."""
    with at_work(folder) as opened:
        parts = opened.desk.parts("morning")
        job.approve(parts, KEY, by="amina", now=opened.clock())
        opened.clock.now = SEND_TIME
        job.dispatch(parts, KEY, now=SEND_TIME)
        job.close(parts, KEY, now=SEND_TIME)
        yield opened


def earlier(opened: Open, headline: str = "A story of another day") -> str:
    """Keep a draft of the day before whose first story says something of its own; return its article."""
    today = opened.edition
    (first, *_), others = today.sections[0].items, today.sections[0]
    gone = replace(first, headline=headline, articles=(first.article,))
    sections = (replace(others, items=(gone,)),)
    yesterday = replace(today, key=DAY_BEFORE, sections=sections, revision=1)
    opened.desk.editions.save_draft(yesterday, (), expected_revision=0, now=opened.clock())
    return str(first.article)


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [("midnight", True), ("MIDN ferry", True), ("zeppelin", False), ("ferry almond", False)],
)
def test_editions_are_found_by_their_words(opened: Open, wanted: str, is_found: bool) -> None:
    with opened.client() as client:
        shown = client.get(BACK, q=wanted).text

    assert (f'href="{BACK}/{KEY.day}"' in shown) is is_found
    assert ("Nothing was found." in shown) is not is_found


@pytest.mark.parametrize("place", [BACK, f"{BACK}/articles"])
@pytest.mark.parametrize("wanted", ["…", '"" „“', "%_*", "\u200b"])
def test_signs_alone_find_nothing_and_the_page_says_why(opened: Open, place: str, wanted: str) -> None:
    with opened.client() as client:
        everything = client.get(place, q=" ").text
        shown = client.get(place, q=wanted).text

    assert "Nothing was found: type a letter or a digit." in shown
    assert "Nothing was found" not in everything
    assert f'href="{BACK}/{KEY.day}"' not in shown


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [('"until midnight"', True), ('"midnight until"', False), ("„until midnight“", True), ("NEAR(", False)],
)
def test_words_in_quotation_marks_are_found_side_by_side(opened: Open, wanted: str, is_found: bool) -> None:
    with opened.client() as client:
        shown = client.get(BACK, q=wanted).text

    assert (f'href="{BACK}/{KEY.day}"' in shown) is is_found


def test_the_story_that_says_it_stands_beside_its_edition(opened: Open) -> None:
    with opened.client() as client:
        shown = client.get(BACK, q="midnight").text

    assert "Evening ferry runs until midnight</li>" in shown


def test_editions_come_page_by_page(opened: Open) -> None:
    for number in range(35):
        key = EditionKey("morning", KEY.day - timedelta(days=number + 1))
        draft = replace(opened.edition, key=key, revision=1)
        opened.desk.editions.save_draft(draft, (), expected_revision=0, now=opened.clock())
    with opened.client() as client:
        first = client.get(BACK, q="ferry").text
        further = html.unescape(first.split('class="button" href="')[1].split('"')[0])
        rest = client.http.get(further).text

    assert first.count(f'href="{BACK}/2026') == 30
    assert rest.count(f'href="{BACK}/2026') == 6
    assert "Earlier</a>" not in rest


def test_an_edition_stands_there_as_it_was_sent(folder: Folder) -> None:
    with after_sending(folder) as opened, opened.client() as client:
        shown = client.get(f"{BACK}/{KEY.day}").text
        mail = client.get(f"{BACK}/{KEY.day}/mail")
        tabs = client.get(f"{PAGE}/results").text

    assert f'sandbox="allow-same-origin" src="{BACK}/{KEY.day}/mail"' in shown
    assert "<dd>5</dd>" in shown
    assert "sandbox" in mail.headers["content-security-policy"]
    assert "script-src" not in mail.headers["content-security-policy"]
    assert "Evening ferry runs until midnight" in mail.text
    assert "%%" not in mail.text
    assert "reader0@" not in mail.text
    assert f'href="{BACK}/{KEY.day}"' in tabs


def test_what_was_never_sent_has_no_mail_to_show(opened: Open) -> None:
    with opened.client() as client:
        shown = client.get(f"{BACK}/{KEY.day}").text
        mail = client.get(f"{BACK}/{KEY.day}/mail")

    assert "It was not sent." in shown
    assert mail.status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        pytest.param({"q": "ferry"}, 1, id="a word"),
        pytest.param({"q": "ferry", "since": "2026-11-24"}, 0, id="from a day on"),
        pytest.param({"q": "ferry", "until": "2026-11-22"}, 0, id="up to a day"),
        pytest.param({"q": "ferry", "since": "2026-11-23", "until": "2026-11-23"}, 1, id="one day"),
        pytest.param({"section": "port"}, 6, id="a section"),
        pytest.param({"section": "port", "q": "bus"}, 0, id="a section and a word of another"),
        pytest.param({"section": "nowhere"}, 0, id="no section of ours"),
        pytest.param({"source": "nowhere"}, 0, id="no source of ours"),
        pytest.param({"since": "nonsense", "until": "9999-12-31", "after": "x/y"}, 14, id="nonsense"),
        pytest.param({"since": "0001-01-01"}, 14, id="the first day there is"),
        pytest.param({"after": "0001-01-01T00:00:00+14:00/x"}, 14, id="a moment that can't be"),
    ],
)
def test_articles_of_any_day_are_found(opened: Open, query: dict[str, str], count: int) -> None:
    with opened.client() as client:
        answer = client.get(f"{BACK}/articles", **query)

    assert answer.status_code == 200
    assert answer.text.count('<li><span class="title"') == count


def test_a_story_is_taken_up_again_as_it_was_told(opened: Open) -> None:
    article = earlier(opened)
    with opened.client() as client:
        client.edit("drop", article=article)
        shown = client.get(f"{BACK}/{DAY_BEFORE.day}").text
        answer = client.post(f"{PAGE}/reuse", article=article, edition=str(DAY_BEFORE))
        log = client.get("/desk/log").text

    assert f'action="{PAGE}/reuse"' in shown
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#item-{article}")
    told = {str(item.article): item.headline for item in opened.edition.items}
    assert told[article] == "A story of another day"
    assert "took “A story of another day” up again" in log


def test_an_article_is_put_in_as_the_lists_of_the_desk_would(opened: Open) -> None:
    article = str(opened.edition.items[3].article)
    with opened.client() as client:
        client.edit("drop", article=article)
        client.post(f"{PAGE}/reuse", article=article)

    assert article in {str(item.article) for item in opened.edition.items}


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        pytest.param(str(DAY_BEFORE), "holds it already", id="the draft has it"),
        pytest.param("morning/2020-01-01", "does not hold it", id="no such edition"),
        pytest.param("morning/nonsense", "no edition", id="no day"),
        pytest.param("", "holds it already", id="the article itself"),
    ],
)
def test_what_cannot_be_taken_up_changes_nothing_and_says_why(
    opened: Open, edition: str, said: str
) -> None:
    article, before = earlier(opened), opened.edition
    with opened.client() as client:
        answer = client.post(f"{PAGE}/reuse", article=article, edition=edition)
        shown = client.http.get(answer.headers["location"]).text

    assert said in shown
    assert opened.edition == before


def test_taking_a_story_up_takes_an_editor(opened: Open) -> None:
    article = earlier(opened)
    with opened.client("cy", [Role.APPROVER]) as client:
        answer = client.post(f"{PAGE}/reuse", article=article, edition=str(DAY_BEFORE))
        shown = client.get(f"{BACK}/{DAY_BEFORE.day}").text

    assert answer.status_code == 403
    assert "/reuse" not in shown


@pytest.mark.parametrize("path", ["/desk/look-back/evening", f"{BACK}/x"])
def test_what_is_not_there_is_not_found(opened: Open, path: str) -> None:
    with opened.client() as client, closing(client.get(path)) as answer:
        assert answer.status_code == 404
