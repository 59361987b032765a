"""Pieces that are kept, of the page and of the mail, are those that would be made anew, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest

from digest.model import Variant
from digest.rendering.pieces import Pieces
from digest.rendering.renderer import Renderer
from digest.web.serving.pages import MOST_KEPT, Pages
from tests.web.newsroom import KEY, PAGE, Client, Open

EDITS = 25
LANGUAGES = ("en", "de", "ar")
LOOKS: tuple[Mapping[str, str], ...] = ({}, {"accent": "#134e7a"}, {"text_links": "end"})

_STORY = re.compile(r'<li data-piece="([0-9a-f]+)" class="item[^>]*>.*?\n</li>', re.DOTALL)
_SAME = re.compile(r'<li id="item-\w+" data-piece="([0-9a-f]+)" data-same></li>')


def _own(stories: Mapping[str, str], mark: re.Match[str]) -> str:
    return stories[mark[1]]


def parts(client: Client, language: str) -> dict[str, str]:
    answer = client.http.get(
        f"{PAGE}/current", headers={"accept": "application/json", "accept-language": language}
    )
    assert answer.status_code == 200
    return dict(answer.json()["parts"])


def changed(client: Client, dice: Random, number: int, shown: list[str]) -> dict[str, Any]:
    """Make one change at random and return its answer."""
    items = [item.article for item in client.opened.edition.items]
    article, text = dice.choice(items), f"Anew <{number}> & “so” {dice.randrange(9)}"
    kinds: dict[str, dict[str, Any]] = {
        "headline": {"article": article, "text": text},
        "blurb": {"article": article, "text": f"**{text}**"},
        "subject": {"text": text},
        "preheader": {"text": text},
        "pin": {"article": article, "is_pinned": dice.random() < 0.5},
        "move": {"article": article, "section": dice.choice(("port", "rest")), "at": dice.randrange(6)},
        "drop": {"article": article},
        "block-add": {"block": "note", "spot": dice.choice(("top", "lead", "end")), "section": ""},
        "undo": {},
        "redo": {},
    }
    kind = dice.choice([*kinds, "move"])
    answer = client.edit(kind, pieces=shown, **kinds[kind])
    assert answer.status_code in {200, 422}
    return dict(answer.json()) if answer.status_code == 200 else {}


@pytest.mark.parametrize("seed", range(2))
def test_after_any_change_the_kept_stories_are_those_rendered_anew(opened: Open, seed: int) -> None:
    dice = Random(f"pieces {seed}")
    with opened.client() as amina, opened.client("cy", roles=()) as looker:
        for number in range(EDITS):
            changed(amina, dice, number, [])
            for client in (amina, looker):
                language = dice.choice(LANGUAGES)
                kept = parts(client, language)
                opened.desk.pages._kept.clear()
                assert kept == parts(client, language)


@pytest.mark.parametrize("seed", range(2))
def test_a_page_that_puts_marked_stories_in_from_its_own_has_the_whole_answer(
    opened: Open, seed: int
) -> None:
    dice = Random(f"marks {seed}")
    with opened.client() as client:
        own = {found[1]: found[0] for found in _STORY.finditer(parts(client, "en")["sections"])}
        assert len(own) == len(opened.edition.items)
        marked = 0
        for number in range(EDITS):
            answer = changed(client, dice, number, list(own))
            whole = parts(client, "en")["sections"]
            if told := answer.get("parts", {}).get("sections"):
                marked += len(_SAME.findall(told))
                assert _SAME.sub(partial(_own, own), told) == whole
            own = {found[1]: found[0] for found in _STORY.finditer(whole)}
        assert marked > 20


@pytest.mark.parametrize("names", [None, "a", {"b": 1}, [1, None, {}], ["x"] * 10_000])
def test_names_of_pieces_that_are_none_get_every_story_whole(opened: Open, names: object) -> None:
    item = opened.edition.sections[0].items[0].article
    with opened.client() as client:
        told = client.edit("pin", article=item, is_pinned=True, pieces=names).json()["parts"]["sections"]

        assert told == parts(client, "en")["sections"]


def test_another_persons_page_gets_its_own_tokens(opened: Open) -> None:
    with opened.client() as amina, opened.client("bo") as bo:
        assert amina.token in parts(amina, "en")["sections"]
        assert amina.token not in parts(bo, "en")["sections"]
        assert bo.token in parts(bo, "en")["sections"]


def test_no_more_pieces_are_kept_than_the_bound() -> None:
    pages = Pages()
    for number in range(MOST_KEPT + 50):
        pages.kept("edition/arms.html", edition=_Edition(str(number)))

    assert len(pages._kept) == MOST_KEPT


class _Edition(str):
    """An edition of which a template sees a second subject only."""

    @property
    def subject_b(self) -> str:
        return str(self)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_change_the_mail_of_kept_stories_is_the_mail_rendered_anew(
    opened: Open, seed: int
) -> None:
    dice = Random(f"mails {seed}")
    newsletter, site = opened.desk.newsletters[KEY.newsletter], opened.desk.newsroom.site
    warm, cold = Renderer(site), Renderer(site)
    with opened.client() as client:
        for number in range(EDITS):
            changed(client, dice, number, [])
            looks = replace(newsletter, theme=dice.choice(LOOKS))
            variant = Variant(dice.choice(("", *LANGUAGES)), dice.choice(((), ("port",))))

            kept = warm.render(opened.edition, looks, variant)

            cold._pieces, cold._lately = Pieces(), None
            assert kept == cold.render(opened.edition, looks, variant)
