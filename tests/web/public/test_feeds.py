"""What a feed holds of an edition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as parser

from digest.rendering.context import MailContext
from digest.rendering.phrases import phrases
from digest.rendering.renderer import Renderer
from digest.web.public.visit import TEMPLATES
from tests.rendering import editions
from tests.rendering.samples import SAMPLES


def shown(mail: MailContext) -> parser.HtmlElement:
    template = TEMPLATES.get_template("feed_entry.html")
    return parser.fragment_fromstring(template.render(mail=mail, phrases=phrases(mail.language)))


def test_a_story_in_another_language_says_so_in_feeds() -> None:
    sample = SAMPLES["full"]()
    mail, _ = Renderer(editions.SITE).on_page(sample.edition, sample.newsletter, counted=False)

    entry = shown(mail)

    (foreign,) = entry.xpath("./div[@lang='ar']")
    assert foreign.get("dir") == "rtl"
    assert len(entry.xpath("./div")) == len(sample.edition.items)
    assert {one.get("dir") for one in foreign.xpath("./p[@lang='en']")} == {"ltr"}


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_feeds_name_who_made_a_picture_and_who_else_reported_it(language: str) -> None:
    sample = SAMPLES["full"]()
    edition = replace(sample.edition, language=language)
    newsletter = replace(sample.newsletter, language=language)
    mail, _ = Renderer(editions.SITE).on_page(edition, newsletter, counted=False)
    credited = [one for one in mail.stories if one.picture and one.picture.credit]
    others = [one for one in mail.stories if one.also]

    entry = shown(mail)

    text = " ".join(entry.text_content().split())
    assert credited
    assert others
    for one in credited:
        assert one.picture is not None
        assert phrases(language).credit(one.picture.credit) in text
    for link in others[0].also:
        assert link.publisher in text
        assert not link.url or entry.xpath(".//a[@href=$url]", url=str(link.url))
    assert phrases(language).gettext("Also reported by") in text
