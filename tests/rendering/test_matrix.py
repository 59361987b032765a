"""Every template on every kind of content passes every check; sixty stories stay small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Edition, EditionKey, Image, RenderedEdition
from digest.rendering.checks.findings import Level
from digest.rendering.checks.mail import check_message, check_page
from tests.rendering import editions
from tests.rendering.checks.test_by_others import sent
from tests.rendering.samples import BRAND, SAMPLES, Sample, pictured
from tests.rendering.test_renderer import RENDERER

TEMPLATES = ("broadsheet", "brief", "bulletin", "gallery", "letter", "weekly")
WORDS = {
    "he": "המעבורות לא יפליגו הלילה בפעם השלישית.",
    "hi": "तीसरी रात भी नौकाएँ नहीं चलेंगी।",
    "ru": "Паромы не ходят третью ночь подряд.",
    "sw": "Vivuko havitafanya kazi usiku wa tatu.",
    "zh": "渡轮连续第三晚停航。",
}
PNG = Image("https://harbour.example/media/plan.png", alt="A plan", width=400, height=900, focus=(0.2, 0.8))


def _in(language: str) -> Edition:
    items = tuple(
        editions.item(number, headline=WORDS[language], text=WORDS[language] * 2, language=language)
        for number in range(9)
    )
    return editions.edition(editions.sections(items), language=language)


CONTENTS: dict[str, Edition] = {
    "en": SAMPLES["full"]().edition,
    "de": SAMPLES["german"]().edition,
    "ar": SAMPLES["arabic"]().edition,
    "ja": SAMPLES["japanese"]().edition,
    **{language: _in(language) for language in WORDS},
    "hostile": SAMPLES["hostile"]().edition,
    "pictures": pictured(SAMPLES["full"]()).edition,
    "odd-pictures": editions.edition(
        editions.sections(tuple(editions.item(number, image=PNG) for number in range(9)))
    ),
    "sixty": editions.plain_edition(60),
    "sixty-pictures": pictured(Sample(editions.plain_edition(60))).edition,
    "one": editions.plain_edition(1),
    "none": editions.edition(()),
}


def rendered(template: str, edition: Edition, **theme: str) -> RenderedEdition:
    """Return the mail; of the week's best where the template is made for it."""
    key = EditionKey("morning", editions.DAY, "weekly" if template == "weekly" else "")
    newsletter = editions.newsletter(language=edition.language, template=template, theme=theme)
    return RENDERER.render(replace(edition, key=key), newsletter)


def said_of(mail: RenderedEdition) -> list[str]:
    """Return what `digest check` says of both parts, notes left out."""
    found = (*check_page(mail.html, mail.text), *check_message(sent(mail), with_spam=False))
    return [str(one) for one in found if one.level is not Level.NOTE]


@pytest.mark.parametrize("content", sorted(CONTENTS))
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_check_passes_on_every_content(template: str, content: str) -> None:
    mail = rendered(template, CONTENTS[content])

    assert said_of(mail) == []
    assert len(mail.html.encode()) <= 55_000


@pytest.mark.parametrize("accent", ["#ff8300", "#e64415", "#0000ff", "#ffff00"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_can_be_read_in_any_brand_color(template: str, accent: str) -> None:
    looks = {**BRAND, "accent": accent, "text_links": "end"}

    for content in ("en", "one"):
        mail = rendered(template, CONTENTS[content], **looks)

        assert said_of(mail) == []
        assert "Mastodon" in mail.text


def test_the_weeks_best_may_have_a_template_of_its_own() -> None:
    newsletter = replace(editions.newsletter(), weekly_template="weekly")
    day, week = (
        replace(editions.plain_edition(4), key=EditionKey("morning", editions.DAY, slot))
        for slot in ("", "weekly")
    )

    assert "The best of the week" in RENDERER.render(week, newsletter).text
    assert "\nSunday\n" in RENDERER.render(week, newsletter).text
    assert "\nSunday\n" not in RENDERER.render(day, newsletter).text
    faults = RENDERER.faults(replace(newsletter, weekly_template="tabloid"))
    assert [fault.where for fault in faults] == ["newsletters.morning.weekly_template"]


def test_a_thumbnail_and_its_headline_are_one_link_of_its_own_size() -> None:
    mail = rendered("gallery", CONTENTS["odd-pictures"])

    assert mail.html.count('class="thumb near') == 6
    assert 'width="75" height="168" align="left"' in mail.html
    assert "object-position:20% 80%" in mail.html


def test_a_letter_greets_by_name_and_shows_no_picture() -> None:
    mail = rendered("letter", CONTENTS["pictures"])

    assert "<img" not in mail.html
    assert 'Hello <span dir="auto">%%name%%</span>' in mail.html
    assert "\nHello %%name%%\n" in mail.text
