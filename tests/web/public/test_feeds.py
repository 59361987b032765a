"""What a feed holds of an edition."""

from __future__ import annotations

from lxml import html as parser

from digest.rendering.renderer import Renderer
from digest.web.public.visit import TEMPLATES
from tests.rendering import editions
from tests.rendering.samples import SAMPLES


def test_a_story_in_another_language_says_so_in_feeds() -> None:
    sample = SAMPLES["full"]()
    mail, _ = Renderer(editions.SITE).on_page(sample.edition, sample.newsletter, counted=False)

    entry = parser.fragment_fromstring(TEMPLATES.get_template("feed_entry.html").render(mail=mail))

    (foreign,) = entry.xpath("./div[@lang='ar']")
    assert foreign.get("dir") == "rtl"
    assert len(entry.xpath("./div")) == len(sample.edition.items)
    assert {one.get("dir") for one in foreign.xpath("./p[@lang='en']")} == {"ltr"}
