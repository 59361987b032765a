"""A rendering whose links to stories are counted: all of them, in both parts, within the budget."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from digest.model import TokenText
from digest.rendering.renderer import Renderer
from digest.wiring.links import CountedLinks
from subscribers.signed_links import Signer
from tests.rendering import editions

SIGNER = Signer("a secret of the harbour site")
CLICK = SIGNER.click("123456-1234567-12-zzzzzzzzzz", at=editions.plain_edition(1).window.end)
CLIPPED_BYTES = 102_400


def links(*, is_by_reader: bool) -> CountedLinks:
    return CountedLinks(SIGNER, "https://news.harbour.example", is_by_reader)


@pytest.mark.parametrize("is_by_reader", [False, True])
@pytest.mark.parametrize("template", ["broadsheet", "brief", "bulletin"])
@pytest.mark.parametrize("count", [1, 60, 200])
def test_every_link_to_a_story_is_counted_and_the_mail_is_not_clipped(
    template: str, count: int, *, is_by_reader: bool
) -> None:
    edition = editions.plain_edition(count)
    newsletter = replace(editions.newsletter(), template=template)
    made = Renderer(editions.SITE, story_link=links(is_by_reader=is_by_reader)).render(edition, newsletter)

    filled = TokenText.split(made.html).join(dict.fromkeys(TokenText.split(made.html).names, CLICK))

    assert not any(f'"{item.url}"' in made.html for item in edition.items)
    assert len(re.findall(r"/l/l1\.", made.text)) == count
    assert ("%%click%%" in made.html) == ("%%click%%" in made.text) == is_by_reader
    assert len(made.html.encode()) <= 80_000
    assert len(filled.encode()) < CLIPPED_BYTES


def test_the_same_edition_gives_the_same_links() -> None:
    edition = editions.plain_edition(9)
    one, two = (Renderer(editions.SITE, story_link=links(is_by_reader=True)) for _ in range(2))

    assert one.render(edition, editions.newsletter()) == two.render(edition, editions.newsletter())
