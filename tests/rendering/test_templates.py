"""What sets the built-in templates apart, and what a site may change of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from digest.errors import ConfigurationError, TemplateFault
from digest.model import Edition, Item, RenderedEdition, Section, StoryLabel, TokenText, Variant
from digest.rendering.budget import MAX_BYTES
from digest.rendering.environment import Layout, Templates
from digest.rendering.renderer import Renderer
from tests.rendering import editions
from tests.rendering.samples import SAMPLES
from tests.rendering.test_renderer import RENDERER, Reader, hostile_items

TEMPLATES = ("broadsheet", "brief", "bulletin", "gallery", "letter", "weekly")


def rendered(template: str, edition: Edition, renderer: Renderer = RENDERER) -> RenderedEdition:
    return renderer.render(edition, editions.newsletter(template=template))


def site(folder: Path, **files: str) -> Renderer:
    """Return a renderer with a site's own files; `__` in a name stands for a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return Renderer(editions.SITE, overrides=folder)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("count", [0, 1, 3, 12, 60, 200])
def test_every_template_tells_every_story_or_how_many_more(template: str, count: int) -> None:
    edition = editions.plain_edition(count)

    mail = rendered(template, edition)

    page = Reader(mail.html)
    shown = sum(item.url in page.links for item in edition.items)
    assert (f"{count - shown:,} more" in page.text) == (shown < count)
    assert all(item.headline in mail.text and f"{item.url}\n" in mail.text for item in edition.items)
    assert len(mail.html.encode()) <= MAX_BYTES
    assert count > 60 or shown == count


@pytest.mark.parametrize("template", TEMPLATES)
def test_sixty_items_stay_under_seventy_kilobytes(template: str) -> None:
    assert len(rendered(template, editions.plain_edition(60)).html.encode()) <= 70_000


@pytest.mark.parametrize("template", ["brief", "bulletin", "gallery", "weekly"])
@settings(deadline=None, max_examples=12, derandomize=True)
@given(items=hostile_items())
def test_hostile_items_stay_under_the_budget(template: str, items: tuple[Item, ...]) -> None:
    mail = rendered(template, editions.edition(editions.sections(items)))

    assert len(mail.html.encode()) <= MAX_BYTES
    known = {"unsubscribe_url", "preferences_url", "view_url"}
    assert set(TokenText.split(mail.html).names) == set(TokenText.split(mail.text).names) == known
    assert TokenText.split(mail.subject).names == ()
    assert "\n" not in mail.subject


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_has_the_footer_the_law_wants(template: str) -> None:
    mail = rendered(template, editions.plain_edition(2))

    for part in (Reader(mail.html).text, mail.text):
        assert editions.SITE.postal_address in part
        assert "You get this mail because" in part
    greeted = {"name"} if template == "letter" else set()
    links = {"unsubscribe_url", "preferences_url", "view_url"}
    assert set(TokenText.split(mail.text).names) == links | greeted


def test_a_brief_item_is_a_headline_and_one_sentence_without_a_picture() -> None:
    mail = SAMPLES["brief"]().render()
    page = Reader(mail.html)

    assert "Councillors voted 31 to 24" in page.text
    assert "Both sides say they will go to court" not in page.text + mail.text
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert "14 stories, 2 minutes" in page.text


def test_a_bulletin_tells_one_story_whole_and_the_others_in_a_line() -> None:
    edition = editions.plain_edition(3)
    page = Reader(rendered("bulletin", edition).html)

    first, second, _ = edition.items
    assert first.blurb.text in page.text
    assert second.headline in page.text
    assert second.blurb.text not in page.text
    assert page.text.count("Read the full story") == 1


def test_a_bulletin_without_a_picture_or_an_address_still_stands() -> None:
    bare = replace(editions.item(0), url="javascript:alert(1)")
    page = Reader(rendered("bulletin", editions.edition(editions.sections((bare,)))).html)

    assert bare.headline in page.text
    assert "Read the full story" not in page.text


@pytest.mark.parametrize(
    ("label", "subject"),
    [
        (StoryLabel.NONE, "Ferries stop for a third night"),
        (StoryLabel.UPDATE, "Update: Ferries stop for a third night"),
        (StoryLabel.CORRECTION, "Correction: Ferries stop for a third night"),
    ],
)
def test_an_alerts_subject_says_that_it_comes_again(label: StoryLabel, subject: str) -> None:
    item = replace(editions.item(0), label=label)

    assert rendered("bulletin", editions.edition(editions.sections((item,)))).subject == subject


def test_a_subject_template_may_greet_and_an_article_may_not(tmp_path: Path) -> None:
    renderer = site(tmp_path, broadsheet__subject__txt="%%name%%: {{ mail.subject }}\n")
    edition = replace(editions.plain_edition(3), subject="Why %%name%% & {{ x }} stay\nas they are")

    subject = rendered("broadsheet", edition, renderer).subject

    assert TokenText.split(subject).names == ("name",)
    assert subject.startswith("%%name%%: Why %")
    assert subject.replace("\u2060", "").endswith("Why %%name%% & {{ x }} stay as they are")


def test_no_other_token_may_stand_in_a_subject(tmp_path: Path) -> None:
    renderer = site(tmp_path, broadsheet__subject__txt="%%view_url%%")

    with pytest.raises(TemplateFault, match=r"broadsheet\.subject\.txt.*%%view_url%%, only %%name%%"):
        rendered("broadsheet", editions.plain_edition(3), renderer)


def test_the_plain_part_may_be_a_sites_own_and_must_let_readers_go(tmp_path: Path) -> None:
    head = '{% extends "builtin/brief.txt" %}'
    renderer = site(tmp_path, brief__txt=head + "{% block masthead %}Good morning, %%name%%.{% endblock %}")
    assert rendered("brief", editions.plain_edition(3), renderer).text.startswith(
        "Good morning, %%name%%.\n\nTown and county\nFerries"
    )

    gone = site(tmp_path, brief__txt=head + "{% block footer %}{% endblock %}")
    with pytest.raises(TemplateFault, match="no unsubscribe link"):
        rendered("brief", editions.plain_edition(3), gone)


def test_a_template_of_a_sites_own_takes_what_it_lacks_from_the_one_it_extends(tmp_path: Path) -> None:
    renderer = site(tmp_path, noon__html='{% extends "builtin/bulletin.html" %}')
    edition = editions.edition(editions.sections((replace(editions.item(0), label=StoryLabel.UPDATE),)))

    mine, theirs = rendered("noon", edition, renderer), rendered("bulletin", edition)

    assert (mine.subject, mine.text, mine.html) == (theirs.subject, theirs.text, theirs.html)


def test_a_template_says_how_much_it_has_room_for(tmp_path: Path) -> None:
    (tmp_path / "short.html").write_text(
        '{% extends "builtin/brief.html" %}{% set full_stories = 3 %}{% set other = 7 %}'
    )
    templates = Templates(tmp_path)

    assert templates.layout("broadsheet") == Layout()
    assert templates.layout("brief") == Layout(blurb_sentences=1, full_stories=40, second_stories=0)
    assert templates.layout("short") == Layout(blurb_sentences=1, full_stories=3, second_stories=0)


@pytest.mark.parametrize("value", ["'all'", "-1", "1.5", "true", "width"])
def test_a_room_that_is_no_number_is_told_with_its_line(tmp_path: Path, value: str) -> None:
    (tmp_path / "odd.html").write_text(
        f'{{% extends "builtin/brief.html" %}}\n{{% set blurb_sentences = {value} %}}'
    )

    with pytest.raises(TemplateFault, match=r"odd\.html, line 2: blurb_sentences"):
        Templates(tmp_path).layout("odd")


def test_the_page_itself_is_no_mail_template() -> None:
    with pytest.raises(
        TemplateFault, match="there are: brief, broadsheet, bulletin, gallery, letter, weekly"
    ):
        Templates().render("tabloid.html", {})


def test_arm_b_has_the_other_subject_and_nothing_else_of_its_own() -> None:
    edition = replace(editions.plain_edition(3), subject_b="No boats tonight")

    one = RENDERER.render(edition, editions.newsletter())
    other = RENDERER.render(edition, editions.newsletter(), Variant(arm="b"))

    assert (one.subject, other.subject) == ("Ferries stop for a third night", "No boats tonight")
    assert one.text == other.text
    assert one.html.replace(one.subject, other.subject, 1) == other.html


def test_an_edition_without_stories_is_marked_empty() -> None:
    assert RENDERER.render(editions.edition(()), editions.newsletter()).is_empty
    assert not RENDERER.render(editions.plain_edition(1), editions.newsletter()).is_empty
    sport = Variant(topics=("sport",))
    only_town = editions.edition((Section("town", "Town", (editions.item(0),)),))
    assert RENDERER.render(only_town, editions.newsletter(), sport).is_empty


def test_all_faults_of_a_newsletters_looks_are_told_at_once() -> None:
    bad = editions.newsletter(template="tabloid", theme={"accent": "#ff0", "font": "}", "lace": "x"})

    faults = RENDERER.faults(bad)

    assert [fault.where.rpartition("morning.")[2] for fault in faults] == [
        "theme.lace",
        "theme.font",
        "template",
    ]
    assert RENDERER.faults(editions.newsletter()) == ()
    with pytest.raises(ConfigurationError):
        RENDERER.render(editions.plain_edition(1), bad)
