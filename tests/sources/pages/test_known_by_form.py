"""What pages put around an article is known by its form, in languages that nobody made a list for."""

from __future__ import annotations

import pytest

from digest.sources.pages.cleaning import clean
from digest.sources.text.blocks import Block

BODY = (
    "The harbor of Tarn opens again on Monday after eleven weeks of repairs, the council said.",
    "Engineers replaced four hundred meters of wall that the winter storm had broken in January.",
    "Ferries will leave the northern quay twice a day, and children travel without paying.",
    "The fish market returns to its hall in May, when its new roof is finished at last.",
)


def cleaned(*texts: str, byline: str = "") -> list[str]:
    kept = clean([Block(text) for text in texts], title="Tarn opens its harbor", byline=byline)
    return [block.text for block in kept]


ANYWHERE = {
    "a note on errors, English": "Found a mistake? Select it and press Ctrl+Enter.",
    "a note on errors, Latvian": "Pamanīji kļūdu? Iezīmē tekstu un spied Ctrl + Enter!",
    "a note on errors, Russian": "Нашли ошибку? Выделите её и нажмите Ctrl+Enter.",
    "a picture agency, French": "Le quai de Tarn en 2024. REUTERS/Léa Marchetti",
    "a picture agency, Swahili": "- Bandari ya Tarn. AFP / Juma Otieno -",
    "a picture, English": "Image: Quay Pictures",
    "a picture, Spanish": "Foto: El Muelle",
    "a picture, Arabic": "صورة: الرصيف",
    "an editor, Chinese": "【责任编辑：林一】",
    "an editor, Korean": "[김하나 기자]",
    "an editor, Japanese": "（編集 山田花）",
    "how long ago, Spanish": "Hace 28 minutos",
    "how long ago, German": "vor einer Stunde",
    "how long ago, Russian": "5 минут назад",
    "how long ago, Japanese": "12分前",
    "how long ago, Swahili": "Dakika 10 zilizopita",
    "whose the comments are, Arabic": "الآراء الواردة أدناه لا تعبر عن رأي الموقع، بل عن رأي أصحابها فقط.",
    "whose the comments are, German": "Kommentare geben nicht die Meinung der Redaktion wieder.",
    "whose the text is, English": "The Quay Wire ™ & © 2026 Quay Media, Inc. All rights reserved.",
    "whose the text is, German": "© 2026 Kai Verlag",
    "topics, English": "Read More:Harbors, Ferries, Tarn, Fish Markets, Town Council",
    "topics, French": "Lire aussi : ports, bacs, Tarn, conseil, marché",
    "a stroke": "___",
}


@pytest.mark.parametrize("line", ANYWHERE.values(), ids=ANYWHERE)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_line_known_by_its_form_is_left_out(line: str, place: int) -> None:
    assert cleaned(*BODY[:place], line, *BODY[place:]) == list(BODY)


PROSE = {
    "rights as a subject": "Copyright law changed in 2019, and Tarn has paid for its songs since.",
    "minutes": "The ferry left 28 minutes ago, said its captain.",
    "a key": "To save the map of Tarn, press Enter, then wait for the green light.",
    "an agency": "The poll was made by AP/Quay.",
    "a photo": "Photo: the council shows the broken wall to its guests.",
    "names": "Present were Ada, Ben, Cleo, Dan and Eve, and all of them agreed.",
    "a label and its text": "Tickets: two coins, as before.",
    "an editor": "The editor (编辑) of the paper spoke.",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_prose_of_the_same_words_stays(text: str, place: int) -> None:
    assert cleaned(*BODY[:place], text, *BODY[place:]) == [*BODY[:place], text, *BODY[place:]]


@pytest.mark.parametrize("line", ["© 2026 Quay Media", "(c) 2026 Kai Verlag", "Copyright 2026 El Muelle"])
def test_titles_below_the_line_that_ends_a_page_go_with_it(line: str) -> None:
    teasers = ("Goats on board", "A farmer tells all", "King visits mill")

    assert cleaned(*BODY, line, *teasers) == list(BODY)


@pytest.mark.parametrize("line", ["© 2026 Quay Media", "Foto © Kai Verlag"])
def test_an_article_goes_on_below_a_picture_s_owner(line: str) -> None:
    assert cleaned(*BODY[:1], line, *BODY[1:]) == list(BODY)


REACHED = {
    "English": "Ada Kamau is the harbor reporter of the Quay. Follow her on Twitter @adakamau.",
    "English, by name": "Ada Kamau can be reached at ada@quay.example.",
    "German": "Ada Kamau schreibt über Häfen. Folgen Sie ihr: @adakamau.",
    "French": "Ada Kamau couvre les ports. Suivez-la sur twitter.com/adakamau.",
    "Spanish": "Ada Kamau cubre los puertos. Síguela en @adakamau.",
}


@pytest.mark.parametrize("text", REACHED.values(), ids=REACHED)
def test_where_a_writer_is_reached_is_no_article(text: str) -> None:
    assert cleaned(*BODY, text, byline="Ada Kamau") == list(BODY)


@pytest.mark.parametrize(
    "text",
    [
        "Whoever saw the goats is asked to write to the harbor office at goats@tarn.example.",
        "Das Hafenamt ist unter amt@tarn.example erreichbar.",
    ],
)
def test_where_a_reader_may_turn_to_is_the_article_s(text: str) -> None:
    assert cleaned(*BODY, text, byline="Ada Kamau") == [*BODY, text]


@pytest.mark.parametrize(
    "line",
    [
        "05/10/2026 - Publicado por: Ada Kamau - Categoria: Porto",
        "4.3.2026 | Von: Ada Kamau | Ressort: Hafen",
        "04/03/26",
        "4.3.26",
    ],
)
def test_a_date_and_labels_above_the_text_are_no_text(line: str) -> None:
    assert cleaned(line, *BODY) == list(BODY)


def test_a_field_s_name_without_its_value_is_left_out() -> None:
    assert cleaned("Episode image:", "Episode text:", *BODY, "Weitere Bilder:") == ["Episode text:", *BODY]
