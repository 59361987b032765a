"""Things like one article are left out from now on, by one click, and let in again, over HTTP."""

from __future__ import annotations

import html

import pytest

from digest.day import job
from digest.model import ExclusionOf
from digest.selection.rules import Rule
from digest.web.desk import leaving_out
from tests.web.newsroom import KEY, PAGE, Open

LEAVE = f"{PAGE}/leave-out"


def reasons_of(opened: Open) -> dict[str, str]:
    parts = opened.desk.parts("morning")
    found = job.reasons(parts, KEY, now=opened.clock())
    return {one.title: one.reason for one in found if one.rule == Rule.KEPT_OUT}


def test_a_source_is_left_out_by_one_click_from_the_next_choice_on_and_logged(opened: Open) -> None:
    item = opened.edition.items[0]
    article = opened.desk.articles.load([item.article])[0].article
    with opened.client() as client:
        edition = client.get(PAGE).text
        page = client.get(LEAVE, article=item.article).text
        answer = client.post(LEAVE, what="source", value=str(article.source))
        after = client.get(LEAVE).text
        log = client.get("/desk/log").text

    assert f"leave-out?article={item.article}" in edition
    assert f'value="{html.escape(str(article.source))}"' in page
    assert answer.status_code == 303
    assert "Let in again" in after
    assert "leaves out from now on" in log
    told = reasons_of(opened)
    assert item.headline in told
    assert "is left out, at the desk by amina, 2026-11-23." in told[item.headline]
    assert opened.edition.items[0] == item


def test_what_was_left_out_is_let_in_again_and_stays_on_record(opened: Open) -> None:
    source = str(opened.desk.newsletters["morning"].sources[0])
    with opened.client() as client:
        client.post(LEAVE, what="source", value=source)
        client.post(LEAVE, what="source", value=source)
        (one,) = opened.desk.editions.left_out("morning")
        client.post(LEAVE, lift=str(one.number))
        client.post(LEAVE, lift=str(one.number))

    assert opened.desk.editions.left_out("morning") == ()
    assert reasons_of(opened) == {}
    said = [entry.action for entry in opened.desk.audit_log.entries(edition=str(KEY))]
    assert said[:2] == ["lets in again", "leaves out from now on"]


def test_kinds_and_tags_are_left_out_too(opened: Open) -> None:
    with opened.client() as client:
        client.post(LEAVE, what="kind", value="quiz")
        client.post(LEAVE, what="tag", value="Früh & spät")
        page = client.get(LEAVE).text

    assert [(one.what, one.value) for one in opened.desk.editions.left_out("morning")] == [
        (ExclusionOf.KIND, "quiz"),
        (ExclusionOf.TAG, "Früh & spät"),
    ]
    assert "Früh &amp; spät" in page


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("kind", "poetry"),
        ("source", "feed:elsewhere"),
        ("tag", " "),
        ("tag", "x" * 201),
        ("word", "…"),
        ("url", "/"),
        ("url", "/story.php?id=7"),
        ("", ""),
    ],
)
def test_what_is_no_kind_tag_or_source_is_refused(opened: Open, what: str, value: str) -> None:
    with opened.client() as client:
        answer = client.post(LEAVE, what=what, value=value)

    assert answer.status_code == 400
    assert opened.desk.editions.left_out("morning") == ()


def test_words_and_addresses_are_left_out_by_a_form(opened: Open) -> None:
    item = opened.edition.items[0]
    word = max(item.headline.split(), key=len).strip(".,:;“”")
    with opened.client() as client:
        form = client.get(LEAVE).text
        client.post(LEAVE, what="word", value=f"  {word} ")
        client.post(LEAVE, what="url", value="/sponsored/")
        page = client.get(LEAVE).text

    assert form.count('name="value" required') == 2
    assert [(one.what, one.value) for one in opened.desk.editions.left_out("morning")] == [
        (ExclusionOf.WORD, word),
        (ExclusionOf.URL, "/sponsored/"),
    ]
    assert "/sponsored/" in page
    assert f"Its word “{word}” is left out" in reasons_of(opened)[item.headline]


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        ("https://gazette.example/sponsored/homes/one.html", ("/sponsored/", "/sponsored/homes/")),
        ("https://gazette.example/sport/2026/11/22/one", ("/sport/",)),
        ("https://gazette.example/2026/11/22/one", ()),
        ("https://gazette.example/one", ()),
        ("https://gazette.example", ()),
    ],
)
def test_folders_of_an_address_are_offered_and_days_are_none(url: str, offered: tuple[str, ...]) -> None:
    assert leaving_out.beginnings(url) == offered


def test_only_editors_leave_things_out(opened: Open) -> None:
    with opened.client("otto", roles=[]) as client:
        page = client.get(LEAVE, article=opened.edition.items[0].article)
        answer = client.post(LEAVE, what="kind", value="quiz")

    assert page.status_code == 200
    assert "takes the role editor" in page.text
    assert answer.status_code == 403


def test_an_article_that_nobody_knows_shows_the_counts_alone(opened: Open) -> None:
    with opened.client() as client:
        page = client.get(LEAVE, article="0" * 16)

    assert page.status_code == 200
    assert "Out of this edition, by reason" in page.text
