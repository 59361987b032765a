from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError, TemplateFault
from digest.model import Edition, Item, TokenText, Variant
from digest.rendering.budget import MAX_BYTES
from digest.rendering.renderer import Renderer, content_hash
from tests.rendering import editions
from tests.rendering.samples import SAMPLES

RENDERER = Renderer(editions.SITE)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u2060\u2068\u2069"))


class Reader(HTMLParser):
    """What a person and a link checker get of a mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag in {"style", "title"}
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.said).translate(INVISIBLE).split())


HOSTILE_TEXT = st.text(st.characters(exclude_categories=[]), max_size=400) | st.sampled_from(
    [
        "W" * 5000,
        "<td>" * 400,
        "</table></td></tr>" * 50,
        "&" * 3000,
        "<!--/item--><!--item 0-->",
        "<!--contents-->%%name%%{{ x }}",
        "語" * 3000,
        "\u202e" * 50,
        "👩‍👩‍👧‍👦" * 300,
    ]
)


@st.composite
def hostile_items(draw: st.DrawFn) -> tuple[Item, ...]:
    count = draw(st.sampled_from([0, 1, 2, 12, 60, 200]))
    texts = draw(st.lists(HOSTILE_TEXT, min_size=1, max_size=4))
    return tuple(
        editions.item(
            number,
            headline=texts[number % len(texts)] or "x",
            text=texts[(number + 1) % len(texts)],
            publisher=texts[(number + 2) % len(texts)],
        )
        for number in range(count)
    )


@settings(deadline=None, max_examples=25, derandomize=True)
@given(hostile_items())
def test_any_number_of_hostile_items_stays_under_the_budget(items: tuple[Item, ...]) -> None:
    rendered = RENDERER.render(editions.edition(editions.sections(items)), editions.newsletter())

    assert len(rendered.html.encode()) <= MAX_BYTES
    assert set(TokenText.split(rendered.html).names) == {"unsubscribe_url", "preferences_url", "view_url"}
    assert set(TokenText.split(rendered.text).names) == {"unsubscribe_url", "preferences_url", "view_url"}
    assert "%%unsubscribe_url%%" in Reader(rendered.html).links
    assert "{{" not in rendered.html + rendered.text
    assert TokenText.split(rendered.subject).names == ()


@pytest.mark.parametrize("count", [0, 1, 12, 60, 200])
def test_the_mail_counts_what_it_holds_and_what_it_left_out(count: int) -> None:
    page = Reader(RENDERER.render(editions.plain_edition(count), editions.newsletter()).html)

    shown = len({link for link in page.links if link.startswith("https://harbour.example/2026/")})
    if count:
        assert re.search(rf"\b{shown} (story|stories), \d+ minutes?", page.text)
    else:
        assert "No stories today" in page.text
    assert (f"{count - shown} more" in page.text) == (shown < count)


def test_sixty_stories_all_find_room_in_seventy_kilobytes() -> None:
    rendered = RENDERER.render(editions.plain_edition(60), editions.newsletter())

    assert len(rendered.html.encode()) <= 70_000
    assert "more stories on the site" not in rendered.html


def test_the_best_stay_when_not_all_fit() -> None:
    edition = editions.plain_edition(200)
    links = Reader(RENDERER.render(edition, editions.newsletter()).html).links

    shown = [item.rank for item in edition.items if item.url in links]

    assert 60 < len(shown) < 200
    assert sorted(shown) == list(range(len(shown)))


def test_the_text_part_has_every_headline_and_link_whatever_the_budget() -> None:
    edition = editions.plain_edition(200)

    text = RENDERER.render(edition, editions.newsletter()).text

    for item in edition.items:
        assert item.headline in text
        assert f"{item.url}\n" in text


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    assert SAMPLES[name]().render() == SAMPLES[name]().render()


def test_the_hash_covers_all_that_a_reader_gets() -> None:
    rendered = RENDERER.render(editions.plain_edition(3), editions.newsletter())
    same = content_hash(rendered.subject, rendered.html, rendered.text, rendered.headers)

    others = {
        content_hash("s", rendered.html, rendered.text, {}),
        content_hash(rendered.subject, "h", rendered.text, {}),
        content_hash(rendered.subject, rendered.html, "t", {}),
        content_hash(rendered.subject, rendered.html, rendered.text, {"List-Id": "x"}),
    }

    assert rendered.content_hash == same
    assert len(others | {same}) == 5


def unspaced(text: str) -> str:
    return "".join(text.split())


def test_a_hostile_title_reads_as_it_was_written() -> None:
    sample = SAMPLES["hostile"]()
    rendered = sample.render()
    page = Reader(rendered.html)

    for item in sample.edition.items:
        if not any(ord(char) < 32 or char in "\u202e\u202c" for char in item.headline):
            assert item.headline in page.text
            # A run without a space is parted at a line's end, where its script allows that.
            assert unspaced(item.headline) in unspaced(rendered.text.translate(INVISIBLE))
    assert not any(tag == "script" for tag, _ in page.tags)
    assert not any(link.startswith("javascript") for link in page.links)


def test_the_lead_is_the_best_item_and_is_not_told_twice() -> None:
    items = tuple(replace(editions.item(number), rank=8 - number) for number in range(9))
    rendered = RENDERER.render(editions.edition(editions.sections(items)), editions.newsletter())

    assert rendered.text.count(items[8].headline) == 1
    assert rendered.text.index(items[8].headline) < rendered.text.index(items[0].headline)


def test_a_variant_holds_only_the_topics_its_readers_chose() -> None:
    edition = editions.plain_edition(12)
    rendered = RENDERER.render(edition, editions.newsletter(), Variant(topics=("sport",)))

    wanted = {item.url for section in edition.sections if section.key == "sport" for item in section.items}
    found = {link for link in Reader(rendered.html).links if "/2026/" in link}

    assert found == wanted
    assert {line for line in rendered.text.splitlines() if "/2026/" in line} == wanted


def test_a_variant_speaks_its_language_and_marks_the_articles_as_theirs() -> None:
    rendered = RENDERER.render(editions.plain_edition(3), editions.newsletter(), Variant(language="ar"))
    page = Reader(rendered.html)

    assert rendered.language == "ar"
    assert page.tags[0] == ("html", {"lang": "ar", "dir": "rtl"})
    assert "إلغاء الاشتراك" in page.text
    foreign = [attrs for tag, attrs in page.tags if tag == "td" and attrs.get("lang") == "en"]
    assert len(foreign) == 3
    assert all(attrs["dir"] == "ltr" for attrs in foreign)


def test_the_document_says_language_and_direction_twice() -> None:
    page = Reader(SAMPLES["arabic"]().render().html)

    said = [tag for tag, attrs in page.tags if attrs.get("lang") == "ar" and attrs.get("dir") == "rtl"]

    assert said == ["html", "div"]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_document_is_built_as_mail_programs_need_it(name: str) -> None:
    html = SAMPLES[name]().render().html
    page = Reader(html)
    tags = [tag for tag, _ in page.tags]

    assert html.startswith("<!DOCTYPE html>\n")
    assert tags.count("h1") == tags.count("title") == 1
    assert not {"main", "header", "footer", "nav", "script", "link"} & set(tags)
    for tag, attrs in page.tags:
        if tag == "table":
            assert attrs["role"] == "presentation"
        if tag == "img":
            assert attrs["width"]
            assert "alt" in attrs
        if tag == "a":
            assert attrs["href"]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_both_parts_hold_a_character_outside_latin_1(name: str) -> None:
    rendered = SAMPLES[name]().render()

    for part in (rendered.html, rendered.text):
        with pytest.raises(UnicodeEncodeError):
            part.encode("latin-1")


def test_every_style_block_is_short_enough_for_gmail() -> None:
    blocks = re.findall(r"<style[^>]*>(.*?)</style>", SAMPLES["full"]().render().html, re.DOTALL)

    assert len(blocks) == 9  # one of them for Outlook, in a conditional comment
    assert all(len(block) < 8192 for block in blocks)


def test_the_footer_has_what_law_and_manners_ask_for() -> None:
    rendered = RENDERER.render(
        editions.plain_edition(3), editions.newsletter(theme={"footer": "Printed on no paper."})
    )
    page = Reader(rendered.html)

    for said in ("You get this mail because", editions.SITE.postal_address, "Printed on no paper."):
        assert said in page.text
        assert said in rendered.text
    for link in (
        "%%unsubscribe_url%%",
        "%%preferences_url%%",
        "%%view_url%%",
        "https://harbour.example/archive/morning",
    ):
        assert link in page.links
        assert link in rendered.text


def test_labels_and_other_reports_stand_in_both_parts() -> None:
    rendered = SAMPLES["full"]().render()
    page = Reader(rendered.html)

    for said in ("Correction", "Update", "Also reported by", "Coast FM"):
        assert said in page.text
        assert said in rendered.text
    assert "https://coast.example/ferry" in page.links
    assert "https://coast.example/ferry" in rendered.text


def test_a_site_may_override_one_block(tmp_path: Path) -> None:
    (tmp_path / "broadsheet.html").write_text(
        '{% extends "builtin/broadsheet.html" %}\n'
        "{% block masthead %}"
        "<tr><td><h1>Ours: {{ mail.title }}, {{ contents }}</h1></td></tr>"
        "{% endblock %}"
    )
    rendered = Renderer(editions.SITE, overrides=tmp_path).render(
        editions.plain_edition(3), editions.newsletter()
    )

    assert "Ours: Morning edition, 3 stories, 1 minute" in Reader(rendered.html).text
    assert "Unsubscribe" in rendered.html


def test_a_footer_without_unsubscribe_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broadsheet.html").write_text(
        '{% extends "builtin/broadsheet.html" %}{% block footer %}{% endblock %}'
    )
    renderer = Renderer(editions.SITE, overrides=tmp_path)

    with pytest.raises(TemplateFault, match="no unsubscribe link"):
        renderer.render(editions.plain_edition(3), editions.newsletter())


def test_a_style_block_that_gmail_would_drop_is_refused(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "kept.css").write_text(".x{color:red!important}\n" * 400)
    renderer = Renderer(editions.SITE, overrides=tmp_path)

    with pytest.raises(TemplateFault, match="Gmail drops it"):
        renderer.render(editions.plain_edition(3), editions.newsletter())


def test_a_faulty_theme_names_the_setting() -> None:
    with pytest.raises(ConfigurationError, match=r"newsletters\.morning\.theme\.ink"):
        RENDERER.render(editions.plain_edition(3), editions.newsletter(theme={"ink": "#ff0"}))


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateFault, match="tabloid"):
        RENDERER.render(editions.plain_edition(3), editions.newsletter(template="tabloid"))


def empty_of_news(edition: Edition) -> Edition:
    return replace(edition, subject="", preheader="", title="")


def test_an_edition_that_says_nothing_of_itself_takes_the_newsletters_title() -> None:
    rendered = RENDERER.render(empty_of_news(editions.plain_edition(1)), editions.newsletter())

    assert "Morning edition" in Reader(rendered.html).text
