"""Every block in every template, in several languages, in both parts, light and dark."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Block, BlockId, BlockKind, Edition, Image, RenderedEdition, Spot, Variant
from digest.model.blocks import link_name, links
from digest.rendering.checks import findings
from digest.rendering.checks.contrast import check
from digest.rendering.checks.document import Document
from digest.rendering.letter.blocks import weight
from digest.rendering.phrases import phrases
from digest.rendering.renderer import Renderer
from tests.rendering import editions

BLOCKS = (
    Block(BlockId("a"), BlockKind.NOTE, Spot.TOP, title="A note", text="Two **bold** words.\n\nMore."),
    Block(
        BlockId("b"),
        BlockKind.SPONSOR,
        Spot.LEAD,
        source="Quay Bakery",
        title="Bread & rolls",
        url="https://bakery.example/?a=1&b=2",
        label="Look",
        picture=Image("https://bakery.example/loaf.jpg", "A loaf", 1200, 675),
    ),
    Block(BlockId("c"), BlockKind.QUOTATION, Spot.SECTION, "town", text="“Never.”", source="A pilot"),
    Block(BlockId("d"), BlockKind.NUMBER, Spot.END, title="1,912", text="lamps", source="Harbor office"),
    Block(BlockId("e"), BlockKind.ANNOUNCEMENT, Spot.END, title="An evening", text="On Friday."),
    Block(BlockId("f"), BlockKind.POLL, Spot.END, title="A bridge?", answers="Yes https://a.example/y\nNo"),
)
LABELS = {
    "en": ("Advertisement", "Number of the day", "Question of the day"),
    "de": ("Anzeige", "Zahl des Tages", "Frage des Tages"),
    "ar": ("إعلان", "رقم اليوم", "سؤال اليوم"),
    "ja": ("広告", "今日の数字", "今日の質問"),
    "sw": ("Tangazo la biashara", "Nambari ya siku", "Swali la siku"),
    "eu": ("Advertisement", "Number of the day", "Question of the day"),
}


def lettered(count: int = 6, blocks: tuple[Block, ...] = BLOCKS) -> Edition:
    return replace(editions.plain_edition(count), blocks=blocks)


def rendered(edition: Edition, template: str = "broadsheet", language: str = "") -> RenderedEdition:
    newsletter = editions.newsletter(template=template)
    return Renderer(editions.SITE).render(edition, newsletter, Variant(language))


@pytest.mark.parametrize("language", sorted(LABELS))
@pytest.mark.parametrize("template", ["broadsheet", "brief", "bulletin", "gallery", "letter", "weekly"])
def test_every_block_stands_in_every_template_labelled_in_the_mails_language(
    template: str, language: str
) -> None:
    mail = rendered(lettered(), template, language)

    for words in (
        "A note",
        "Quay Bakery",
        "“Never.”",
        "1,912",
        "An evening",
        "A bridge?",
        *LABELS[language],
    ):
        assert words in mail.html, words
        assert words in mail.text, words
    assert "<strong>bold</strong> words.<br><br>More." in mail.html
    assert "Two bold words.\n\nMore." in mail.text
    assert 'href="https://bakery.example/?a=1&amp;b=2"' in mail.html
    assert 'alt="A loaf"' in mail.html
    assert "https://a.example/y" in mail.text
    assert mail.html.index("A note") < mail.html.index("Quay Bakery") < mail.html.index("1,912")


@pytest.mark.parametrize("template", ["broadsheet", "brief", "bulletin", "gallery", "letter", "weekly"])
def test_no_block_is_hard_to_read_in_any_light(template: str) -> None:
    found = list(check(Document(rendered(lettered(), template).html)))

    assert [one for one in found if one.level is not findings.Level.NOTE] == []


TEMPLATES = ["broadsheet", "brief", "bulletin", "gallery", "letter", "weekly"]


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_blocks_picture_has_its_credit_in_the_mails_language(template: str, language: str) -> None:
    photo = replace(BLOCKS[1].picture or Image(""), credit="Ada Quay")

    html = rendered(lettered(blocks=(replace(BLOCKS[1], picture=photo),)), template, language).html

    assert phrases(language).credit("Ada Quay") in html


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(Block(BlockId("a"), BlockKind.SPONSOR, text="Bread.", source="Quay"), id="sponsor"),
        pytest.param(Block(BlockId("b"), BlockKind.ANNOUNCEMENT, text="Tonight."), id="announcement"),
        pytest.param(Block(BlockId("c"), BlockKind.QUOTATION, text="Never."), id="quotation"),
        pytest.param(Block(BlockId("d"), BlockKind.NUMBER, title="1,912"), id="number"),
    ],
)
@pytest.mark.parametrize("template", TEMPLATES)
def test_an_address_that_no_words_carry_is_led_to_by_its_host(template: str, block: Block) -> None:
    edition = lettered(blocks=(replace(block, url="https://www.bakery.example/bread"),))

    mail = rendered(edition, template)

    link = Document(mail.html).root.xpath("//a[@href='https://www.bakery.example/bread']")
    assert [one.text_content().strip() for one in link] == ["bakery.example"]
    assert "https://www.bakery.example/bread" in mail.text


@pytest.mark.parametrize(
    "nothing", ["\u200b", "\ufeff \u2060", "\u00ad", "\u200e\u200f", "\u00a0", "\u3164"]
)
def test_a_block_of_invisible_signs_is_in_no_mail(nothing: str) -> None:
    blocks = (
        Block(BlockId("x"), BlockKind.ANNOUNCEMENT, title=nothing, text=nothing, url="https://a.example/"),
        Block(BlockId("y"), BlockKind.POLL, title=nothing, answers=nothing),
        Block(BlockId("z"), BlockKind.SPONSOR, Spot.END, title=nothing, source="Quay Bakery"),
    )

    assert rendered(lettered(blocks=blocks)).html == rendered(lettered(blocks=())).html


def test_a_block_nobody_wrote_anything_into_is_in_no_mail() -> None:
    empty = Block(BlockId("x"), BlockKind.SPONSOR, source="Quay Bakery", url="https://bakery.example/")

    assert rendered(lettered(blocks=(empty,))).html == rendered(lettered(blocks=())).html


@pytest.mark.parametrize(
    ("topics", "after"),
    [
        pytest.param((), "town", id="its-section-is-there"),
        pytest.param(("town",), "town", id="the-only-one"),
    ],
)
def test_a_block_stays_where_its_section_is(topics: tuple[str, ...], after: str) -> None:
    edition = lettered(9, (replace(BLOCKS[2], section=after),))

    html = Renderer(editions.SITE).render(edition, editions.newsletter(), Variant("", topics)).html

    assert "“Never.”" in html


def test_blocks_never_give_way_and_stories_do() -> None:
    long = tuple(
        Block(BlockId(str(n)), BlockKind.NOTE, title=f"Note {n}", text="A long word. " * 300)
        for n in range(6)
    )
    edition = lettered(60, long)

    html = rendered(edition).html

    assert len(html.encode()) <= 80_000
    assert all(f"Note {n}" in html for n in range(6))


def test_the_weight_of_blocks_is_about_what_they_add_to_the_mail() -> None:
    text = "Some **bold** words and [a link](https://a.example/x). " * 20
    blocks = (*BLOCKS, Block(BlockId("z"), BlockKind.NOTE, text=text))

    added = len(rendered(lettered(6, blocks)).html.encode()) - len(rendered(lettered(6, ())).html.encode())

    assert added * 0.8 <= weight(blocks) <= added * 2.5


def test_links_of_blocks_lead_over_our_address_where_clicks_are_counted() -> None:
    renderer = Renderer(
        editions.SITE, story_link=lambda _edition, item, _arm: f"https://harbour.example/l/{item.article}"
    )
    edition = lettered()

    html = renderer.render(edition, editions.newsletter()).html

    for block in edition.blocks:
        for name, url in links(block).items():
            assert f"https://harbour.example/l/{name}" in html
            assert f'"{url}"' not in html
    assert link_name(BLOCKS[5], 0) in html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "//a.example/", " ", "https://"],
)
def test_an_address_that_no_reader_may_follow_is_no_link(address: str) -> None:
    block = Block(
        BlockId("x"), BlockKind.ANNOUNCEMENT, title="T", text=f"[w]({address})", url=address, label="go"
    )

    html = rendered(lettered(blocks=(block,))).html

    assert f'href="{address}"' not in html


@pytest.mark.parametrize(
    "text",
    [
        "*%*%unsubscribe_url%*%*",
        "%*%*unsubscribe_url*%*%",
        "<script>alert(1)</script> <!--item 1--> {{ mail }}",
        "*" * 3000,
        "[" * 3000,
        "**a" * 1300,
        "![x](https://a.example/x.png)",
        "&#60;b&#62; \\<i\\>",
    ],
)
def test_hostile_text_stays_text(text: str) -> None:
    block = Block(BlockId("x"), BlockKind.NOTE, title="T", text=text)
    plain = rendered(lettered(blocks=()))

    mail = rendered(lettered(blocks=(block,)))

    assert mail.html.count("%%unsubscribe_url%%") == plain.html.count("%%unsubscribe_url%%")
    assert mail.text.count("%%unsubscribe_url%%") == plain.text.count("%%unsubscribe_url%%")
    assert "<script" not in mail.html
    assert "<b>" not in mail.html
