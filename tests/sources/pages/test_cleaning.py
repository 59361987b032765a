from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, CanonicalUrl, Passage, SourceKey
from digest.sources.pages.cleaning import clean, clean_summary
from digest.sources.pages.closings import Closings, clean_closings, without_boilerplate
from digest.sources.pages.headlines import clean_title
from digest.sources.pages.markers import BY_LANGUAGE
from digest.sources.text.blocks import Block
from tests.sources import sites

NOW = datetime(2026, 3, 5, tzinfo=UTC)


def block(text: str) -> Block:
    """Read `# heading` or a paragraph."""
    return Block(text[2:], 2) if text.startswith("# ") else Block(text)


def cleaned(*texts: str, title: str = sites.TITLE, byline: str = "", publisher: str = "") -> list[str]:
    kept = clean([block(text) for text in texts], title=title, byline=byline, publisher=publisher)
    return ["# " * each.is_heading + each.text for each in kept]


BODY = list(sites.PARAGRAPHS)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param([sites.TITLE], id="the title"),
        pytest.param([f"# {sites.TITLE}", sites.TITLE], id="the title twice"),
        pytest.param([f"{sites.TITLE} | {sites.PUBLISHER}"], id="the title with the site's name"),
        pytest.param([sites.TITLE.upper() + "!"], id="the title, shouted"),
        pytest.param(["By Ada Kamau"], id="a byline"),
        pytest.param(["ADA KAMAU"], id="the known byline alone"),
        pytest.param(["Par Ada Kamau et Ben Otieno"], id="a French byline"),
        pytest.param(["4 March 2026"], id="a date"),
        pytest.param(["Mittwoch, 4. März 2026, 17:30 Uhr"], id="a German date"),
        pytest.param(["Published on 4 March 2026 at 10:30"], id="published on"),
        pytest.param(["5 min read"], id="reading time"),
        pytest.param(["Share", "Facebook", "Twitter"], id="share buttons"),
        pytest.param(
            ["We use cookies and similar things. By continuing you accept cookies."], id="consent"
        ),
        pytest.param(["Advertisement"], id="advertisement"),
        pytest.param([sites.TITLE, "By Ada Kamau", "4 March 2026", "Share this article"], id="all of it"),
    ],
)
def test_the_head_of_a_page_goes(head: list[str]) -> None:
    assert cleaned(*head, *BODY, byline="Ada Kamau") == BODY


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(["# Write a comment", "Your comment will be published within 24 hours."], id="box"),
        pytest.param(
            ["3 Comments", "Ben says: a fine boat indeed, I was on it.", "Cleo says: so was I."],
            id="comments",
        ),
        pytest.param(
            ["# Related articles", "Lighthouse to be painted", "Whale seen off the bay"], id="related"
        ),
        pytest.param(["Read next", "Lighthouse to be painted"], id="read next"),
        pytest.param([sites.ABOUT], id="about text"),
        pytest.param(["# About us", "We write about boats."], id="about heading"),
        pytest.param(["Share this:", "Facebook Twitter WhatsApp", "Like Loading..."], id="share rows"),
        pytest.param(["Sign up for our weekly newsletter."], id="newsletter"),
        pytest.param(["The post Ferry appeared first on The Quay Courier."], id="appeared first"),
        pytest.param(["© 2026 The Quay Courier. All rights reserved. Privacy policy"], id="copyright"),
        pytest.param(["# Write a comment", "Name", "Email", sites.ABOUT], id="box and about"),
        pytest.param(["# A heading with nothing under it"], id="dangling heading"),
        pytest.param(["Ada Kamau"], id="byline at the end"),
    ],
)
def test_the_tail_of_a_page_goes(tail: list[str]) -> None:
    assert cleaned(*BODY, *tail, byline="Ada Kamau", publisher=sites.PUBLISHER) == BODY


TAILS = {
    "en": ("Leave a comment", "You might also like", "Follow us on Facebook and X"),
    "fr": ("Laissez un commentaire", "À lire aussi", "Suivez-nous sur Facebook"),
    "de": (
        "Schreiben Sie einen Kommentar",
        "Das könnte Sie auch interessieren",
        "Folgen Sie uns auf Facebook",
    ),
    "es": ("Deja un comentario", "Te puede interesar", "Síguenos en Facebook"),
    "pt": ("Deixe um comentário", "Leia também", "Siga-nos no Facebook"),
    "sw": ("Andika maoni yako", "Habari zinazohusiana", "Tufuate kwenye Facebook"),
    "ar": ("اترك تعليقاً", "مقالات ذات صلة", "تابعونا على فيسبوك"),
}
HEADS = {
    "en": ("Share on Facebook", "By Ada Kamau"),
    "fr": ("Partager sur Facebook", "Par Ada Kamau"),
    "de": ("Auf Facebook teilen", "Von Ada Kamau"),
    "es": ("Compartir en Facebook", "Por Ada Kamau"),
    "pt": ("Compartilhar no Facebook", "Por Ada Kamau"),
    "sw": ("Shiriki kwenye Facebook", "Imeandikwa na Ada Kamau"),
    "ar": ("شارك على فيسبوك", "بقلم أدا كاماو"),
}


@pytest.mark.parametrize("language", sorted(BY_LANGUAGE))
def test_every_language_knows_comment_box_list_call_share_row_and_byline(language: str) -> None:
    comment, related, follow = TAILS[language]

    assert cleaned(*HEADS[language], *BODY, follow) == BODY
    assert cleaned(*BODY, f"# {comment}", "Somebody wrote something here.") == BODY
    assert cleaned(*BODY, related, "Another story of ours", "And one more story") == BODY


@pytest.mark.parametrize(
    "text",
    [
        "Comments by the captain were met with applause on the pier.",
        "More in the region are expected to follow.",
        "Topics discussed at the meeting ranged from paint to goats.",
        "Updated guidance came on 3 May 2026.",
        "By then the boat had gone.",
        "Share prices fell.",
        "Our mission was to find the engine, the captain said.",
        "Related costs rose.",
        "“Read more books,” she said.",
        "The two sides will share the harbor via a treaty.",
        "Tags were tied to every goat.",
        "From Nairobi to the coast it is a long way.",
        "Cookies were served on the upper deck to all who had none.",
    ],
)
def test_prose_that_begins_like_furniture_stays(text: str) -> None:
    for texts in ([text, *BODY], [*BODY[:3], text, *BODY[3:]], [*BODY, text]):
        assert cleaned(*texts) == texts


@pytest.mark.parametrize(
    ("publisher", "text"),
    [
        ("Reuters", "Shares in the group have fallen 12 percent since 2019, two sources told Reuters."),
        ("The Guardian", "It has killed 400 people since 2019, according to figures seen by the Guardian."),
        (
            "Harbour Daily",
            "“Contact us before you travel,” the ferry company told Harbour Daily.",
        ),
        ("Harbour Daily", '"Our mission is to help. Our team stays," she told Harbour Daily.'),
        ("Harbour Daily", "The port changed its privacy policy, Harbour Daily has learned."),
        ("Harbour Daily", "Five million tune in for the latest news each night, Harbour Daily found."),
        ("", "The company, founded in 1921, is the leading provider of marine insurance in East Africa."),
        ("Le Quai", "L’entreprise, fondée en 1921, a perdu un tiers de ses ports, selon Le Quai."),
        ("Le Quai", "« Contactez-nous avant de partir », a dit la compagnie au Quai et à Le Quai."),
        ("Hafenblatt", "Das Unternehmen ist seit 2019 im Hafen, sagte der Sprecher dem Hafenblatt."),
        ("Hafenblatt", "„Schreiben Sie uns“, sagte die Reederei dem Hafenblatt."),
        ("El Muelle", "La empresa, fundada en 1921, es el diario de la costa, dijo a El Muelle."),
        ("O Cais", "A empresa está no porto desde 2019, disse o capitão a O Cais."),
        ("Bandari Leo", "Kampuni iko bandarini tangu 2019, msemaji aliiambia Bandari Leo."),
        ("صحيفة المرفأ", "تراجعت الأسهم منذ عام 2019 وفق ما قاله مصدران إلى صحيفة المرفأ."),
    ],
)
def test_a_last_paragraph_that_names_its_publisher_is_no_about_text(publisher: str, text: str) -> None:
    assert cleaned(*BODY, text, publisher=publisher) == [*BODY, text]


@pytest.mark.parametrize(
    ("publisher", "text"),
    [
        ("Harbour Daily", "Harbour Daily is a newspaper of the coast."),
        ("Harbour Daily", "Founded in 1921, Harbour Daily is a newspaper of the coast."),
        ("The Guardian", "The Guardian provides independent news to readers everywhere."),
        ("Harbour Daily", "Support us: Harbour Daily lives by its readers."),
        ("Harbour Daily", "Copyright 2026 Harbour Daily."),
        ("Le Quai", "Le Quai est un quotidien de la côte."),
        ("Hafenblatt", "Das Hafenblatt ist eine Zeitung, gegründet 1921."),
        ("El Muelle", "El Muelle es un periódico de la costa."),
        ("O Cais", "O Cais é um jornal da costa."),
        ("Bandari Leo", "Bandari Leo ni gazeti la kila siku la habari."),
        ("صحيفة المرفأ", "صحيفة المرفأ تقدم آخر الأخبار من الساحل."),
        ("", "Follow us for more, and get our stories in your inbox."),
    ],
)
def test_an_about_text_has_its_publisher_as_subject_or_speaks_to_its_reader(
    publisher: str, text: str
) -> None:
    assert cleaned(*BODY, text, publisher=publisher) == BODY


def test_repeats_are_said_once() -> None:
    heading = "# What it costs"
    first = [BODY[0], heading, heading, BODY[1], BODY[1], "What it costs"]

    kept = cleaned(*first, BODY[2], BODY[0], heading, BODY[3])

    assert kept == [BODY[0], heading, BODY[1], "What it costs", BODY[2], BODY[3]]


def test_short_answers_may_come_again() -> None:
    texts = ["Was it late?", "Yes.", "Was it loud?", "Yes.", BODY[0]]

    assert cleaned(*texts) == texts


def test_a_related_line_in_the_first_half_takes_only_itself() -> None:
    assert cleaned(BODY[0], "Related articles", *BODY[1:]) == BODY


def test_a_comment_box_above_long_comments_is_found_in_the_first_half() -> None:
    comments = [
        f"Reader {number} says that the boat is a fine one and should be painted blue."
        for number in range(60)
    ]

    assert cleaned(*BODY, "# 60 Comments", *comments) == BODY


@pytest.mark.parametrize(
    "texts",
    [
        [sites.TITLE],
        ["Advertisement"],
        ["Write a comment", "Your comment will be published within 24 hours."],
        [sites.ABOUT],
        ["By Ada Kamau"],
        ["We use cookies."],
    ],
)
def test_text_is_never_emptied(texts: list[str]) -> None:
    assert cleaned(*texts)


WORDS = st.sampled_from(
    [
        *("Advertisement", "Share", "Write a comment", "About us", "By Ada Kamau", "Yes.", "2026"),
        *(sites.TITLE, sites.ABOUT, BODY[0], BODY[1]),
    ]
)


@given(
    st.lists(st.tuples(st.one_of(WORDS, st.text(min_size=1, max_size=40)), st.integers(0, 6)), max_size=12)
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_cleaning_only_leaves_out_never_empties_and_settles(pairs: list[tuple[str, int]]) -> None:
    blocks = [Block(text, level) for text, level in pairs]

    kept = clean(blocks, title=sites.TITLE, byline="Ada Kamau")

    rest = iter(blocks)
    assert all(any(one is other for other in rest) for one in kept)
    assert any(not one.is_heading for one in kept) == any(
        not one.is_heading for one in blocks
    ) or kept == tuple(blocks)


def an_article(number: int, *paragraphs: str) -> Article:
    passages = (Passage(paragraphs[:-1]), Passage(paragraphs[-1:], "The end"))
    return Article(
        SourceKey("s"), CanonicalUrl(f"https://x.example/{number}"), f"Title {number}", passages=passages
    )


def test_a_closing_paragraph_of_three_articles_is_boilerplate() -> None:
    articles = [an_article(number, f"Body {number}.", "Call us at the pier.") for number in range(3)]

    (after, *_), _ = clean_closings(articles, "")

    assert after.paragraphs == ("Body 0.",)
    assert [passage.heading for passage in after.passages] == [""]


def test_two_articles_prove_nothing_and_a_lone_paragraph_stays() -> None:
    two = [an_article(number, f"Body {number}.", "Call us at the pier.") for number in range(2)]
    lone = Article(
        SourceKey("s"),
        CanonicalUrl("https://x.example/"),
        "T",
        passages=(Passage(("Call us at the pier.",)),),
    )

    assert clean_closings(two, "")[0] == tuple(two)
    assert without_boilerplate(lone, frozenset({"call us at the pier"})) == lone


def test_a_closing_is_learned_over_crawls_that_bring_one_article_each() -> None:
    note, texts = "", []
    for number in range(4):
        (article,), note = clean_closings(
            [an_article(number, f"Body {number}.", "Call us at the pier.")], note
        )
        texts.append(article.paragraphs)

    assert [len(paragraphs) for paragraphs in texts] == [2, 2, 1, 1]


def test_an_article_that_was_stored_before_a_closing_was_learned_keeps_its_text() -> None:
    articles = [an_article(number, f"Body {number}.", "Call us at the pier.") for number in range(3)]

    (first,), note = clean_closings(articles[:1], "")
    after, note = clean_closings(articles, note)
    again, _ = clean_closings(articles, note)

    assert after[0].content_hash == first.content_hash
    assert [len(one.paragraphs) for one in after] == [2, 1, 1]
    assert again == after


@given(st.text(max_size=60))
def test_no_note_raises(note: str) -> None:
    assert Closings.read(note).clean([]) == []


def test_what_is_learned_stays_bounded() -> None:
    note = ""
    for number in range(900):
        _, note = clean_closings(
            [an_article(number, f"Body {number}.", f"Closing {number}.", f"Last {number}.")], note
        )

    assert len(note) < 60_000


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("The boat is back […]", "The boat is back…"),
        ("The boat is back … Continue reading →", "The boat is back…"),
        ("The boat is back. The post Ferry appeared first on Quay.", "The boat is back."),
        (
            f"{sites.TITLE}. The boat is back at last, and nobody was late.",
            "The boat is back at last, and nobody was late.",
        ),
        (sites.TITLE, ""),
        ("The boat is back.", "The boat is back."),
    ],
)
def test_a_summary_loses_its_tail(raw: str, wanted: str) -> None:
    assert clean_summary(raw, sites.TITLE) == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Ferry returns | The Quay Courier", "Ferry returns"),
        ("The Quay Courier - Ferry returns", "Ferry returns"),
        ("Ferry returns - at last", "Ferry returns - at last"),
        ("The Quay Courier", "The Quay Courier"),
        ("A | B | The Quay Courier", "A | B"),
    ],
)
def test_a_title_loses_the_site_s_name(raw: str, wanted: str) -> None:
    assert clean_title(raw, "The Quay Courier") == wanted
