"""What a picture or film in a feed says of itself is not what the article says."""

from __future__ import annotations

import pytest

from tests.sources.feeds import article, item, rss

TEXT = "The night ferry goes on until the end of the summer, the council said after a long evening."
CAPTION = "Rain over the pier. Photo: A. Holt"
TITLE = "IMG 2044"


def media(kind: str = 'medium="image"', name: str = "a.jpg", words: str = CAPTION) -> str:
    return (
        f'<media:content url="https://quay.example/{name}" {kind}><media:title>{TITLE}</media:title>'
        f"<media:description type='plain'>{words}</media:description></media:content>"
    )


ORDERS = {
    "before": (media(), ""),
    "after": ("", media()),
    "in a group": ("", f"<media:group>{media()}</media:group>"),
    "beside it": (
        '<media:content url="https://quay.example/a.jpg" medium="image"/>'
        f"<media:description>{CAPTION}</media:description><media:title>{TITLE}</media:title>",
        "",
    ),
    "of a thumbnail": (
        f'<media:thumbnail url="https://quay.example/a.jpg"/><media:description>{CAPTION}</media:description>',
        "",
    ),
}


@pytest.mark.parametrize("times", [1, 6], ids=["short", "long"])
@pytest.mark.parametrize(("before", "after"), ORDERS.values(), ids=ORDERS)
def test_a_caption_is_neither_summary_nor_text(before: str, after: str, times: int) -> None:
    entry = (
        item(description=TEXT * times)
        .replace("<item>", f"<item>{before}")
        .replace("</item>", f"{after}</item>")
    )

    found = article(rss(entry))

    said = found.summary or found.paragraphs[0]
    assert said.startswith(TEXT[:-1])
    assert "Holt" not in " ".join((found.summary, *found.paragraphs))
    assert found.title == "Ferry returns"
    assert found.image is not None
    assert found.image.alt == CAPTION  # many titles are a file's name


@pytest.mark.parametrize(("before", "after"), ORDERS.values(), ids=ORDERS)
def test_a_caption_beside_the_whole_text_is_no_summary(before: str, after: str) -> None:
    entry = (
        item(content=f"<p>{TEXT}</p>")
        .replace("<item>", f"<item>{before}")
        .replace("</item>", f"{after}</item>")
    )

    found = article(rss(entry))

    assert found.summary in ("", TEXT)
    assert found.paragraphs == (TEXT,)


def test_each_picture_has_its_own_words() -> None:
    more = media('medium="image" width="300"', "small.jpg", "A small boat") + media(
        'medium="image" width="900"', "wide.jpg", "The whole bay"
    )

    found = article(rss(item(description=TEXT, more=more)))

    assert found.image is not None
    assert (found.image.url, found.image.alt) == ("https://quay.example/wide.jpg", "The whole bay")


def test_a_picture_names_no_headline() -> None:
    assert article(rss(item(title="", description=TEXT, more=media()))).title.startswith("The night ferry")


@pytest.mark.parametrize("kind", ['type="video/mp4"', 'medium="audio"'], ids=["film", "sound"])
def test_a_film_speaks_where_the_entry_does_not(kind: str) -> None:
    both = f"{TEXT}\n\nA second line of it."
    found = article(rss(item(title="", more=f"<media:group>{media(kind, 'a.mp4', both)}</media:group>")))

    assert (found.title, found.paragraphs) == (TITLE, (TEXT, "A second line of it."))


def test_a_film_is_silent_where_the_entry_speaks() -> None:
    found = article(rss(item(description=TEXT, more=media('type="video/mp4"', "a.mp4"))))

    assert (found.title, found.summary, found.paragraphs) == ("Ferry returns", TEXT, ())


NAMES = "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
ITUNES = f"<itunes:summary {NAMES}>Of the show.</itunes:summary>"


@pytest.mark.parametrize("place", ["<item>", "</item>"], ids=["before", "after"])
def test_a_podcast_summary_takes_no_text_away(place: str) -> None:
    at = {"<item>": f"<item>{ITUNES}", "</item>": f"{ITUNES}</item>"}[place]

    found = article(rss(item(description=TEXT).replace(place, at)))

    assert (found.summary, found.paragraphs) == (TEXT, ())


def test_a_podcast_summary_speaks_where_nothing_else_does() -> None:
    assert article(rss(item(more=ITUNES))).paragraphs == ("Of the show.",)
