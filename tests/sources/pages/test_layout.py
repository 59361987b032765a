"""What stands where the article's paragraphs stand is the article's; what stands elsewhere is not."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.sources.pages.cleaning import clean, is_marker
from digest.sources.pages.extraction import extract
from digest.sources.pages.layout import completed
from digest.sources.text.blocks import Block
from digest.sources.text.markup import parse_page, read_html, read_placed

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)

TEXTS = {
    "en": (
        "The harbor of Tarn opens again on Monday after eleven weeks of repairs.",
        "Engineers replaced four hundred meters of wall that the winter storm had broken.",
        "Ferries will leave the northern quay twice a day, the council said on Friday.",
        "The fish market returns to its hall in May, when its new roof is finished.",
        "A ticket costs two coins as before, and children travel without paying at all.",
    ),
    "de": (
        "Der Hafen von Tarn öffnet am Montag nach elf Wochen Reparatur wieder.",
        "Ingenieure ersetzten vierhundert Meter Mauer, die der Wintersturm zerstört hatte.",
        "Die Fähren fahren zweimal am Tag vom nördlichen Kai ab, teilte der Rat mit.",
        "Der Fischmarkt kehrt im Mai in seine Halle zurück, wenn das neue Dach fertig ist.",
        "Eine Fahrt kostet wie früher zwei Münzen, und Kinder fahren ganz ohne Karte mit.",
    ),
    "es": (
        "El puerto de Tarn abre de nuevo el lunes tras once semanas de obras.",
        "Los ingenieros repusieron cuatrocientos metros de muro que rompió la tormenta.",
        "Los barcos saldrán dos veces al día del muelle norte, dijo el consejo el viernes.",
        "El mercado de pescado vuelve a su nave en mayo, cuando termine el nuevo techo.",
        "El billete cuesta dos monedas como antes, y los niños viajan sin pagar nada.",
    ),
    "ja": (
        "タルンの港は十一週間の修理を終えて月曜日に再び開くと市が発表した。",
        "技術者たちは冬の嵐で壊れた四百メートルの壁を新しいものに取り替えた。",
        "渡し船は北の岸壁から一日に二回出ることになると議会は金曜日に述べた。",
        "魚市場は新しい屋根が完成する五月に元の建物に戻る予定になっている。",
        "切符は以前と同じく硬貨二枚で子供たちは料金を払わずに乗ることができる。",
    ),
}
TEASERS = {
    "en": "Goats on board: a farmer tells all",
    "de": "Ziegen an Bord: ein Bauer erzählt alles",
    "es": "Cabras a bordo: un granjero lo cuenta todo",
    "ja": "船の上の山羊について農家が語る",
}
MARKERS = {"en": "Related articles", "de": "Mehr zum Thema", "es": "Noticias relacionadas", "ja": ""}

each_language = pytest.mark.parametrize("language", TEXTS)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(inside: str, after: str = "") -> str:
    menu = "<ul class='menu'><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li></ul>"
    return (
        f"<html><body>{menu}<div class='story'><div class='text'>{inside}</div></div>{after}</body></html>"
    )


def texts_of(html: str, found: tuple[str, ...]) -> list[str]:
    root = parse_page(html)
    assert root is not None
    blocks = [Block(text) for text in found]
    return [block.text for block in completed(blocks, read_placed(root), is_marker=is_marker)]


@each_language
@pytest.mark.parametrize("lost", [{0}, {1}, {3, 4}, {0, 4}])
def test_paragraphs_that_the_extractor_missed_are_put_back(language: str, lost: set[int]) -> None:
    texts = TEXTS[language]
    found = tuple(text for number, text in enumerate(texts) if number not in lost)

    assert texts_of(page(paragraphs(*texts)), found) == list(texts)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_paragraph_cut_at_its_links_is_one_again(language: str) -> None:
    texts = TEXTS[language]
    middle = len(texts[1]) // 2
    cut = texts[1].rfind(" ", 0, middle) + 1
    linked = f"{texts[1][:cut]}<a href='/x'>{texts[1][cut:]}</a>"
    pieces = (texts[1][:cut].strip(), texts[1][cut:])

    html = page(paragraphs(texts[0], linked, *texts[2:]))
    assert texts_of(html, (texts[0], *pieces, *texts[2:])) == list(texts)


@each_language
def test_headings_and_teasers_of_other_corners_are_left_out(language: str) -> None:
    texts, teaser = TEXTS[language], TEASERS[language]
    elsewhere = f"<div class='right'><div class='box'><h3>{teaser}</h3><em>{teaser} 2</em></div></div>"
    html = page(paragraphs(*texts), elsewhere)

    assert texts_of(html, (*texts, teaser, f"{teaser} 2")) == list(texts)


@each_language
@pytest.mark.parametrize("form", ["<p><a href='/g'>{}</a></p>", "<ul><li><a href='/g'>{}</a></li></ul>"])
def test_a_link_alone_between_paragraphs_is_no_text(language: str, form: str) -> None:
    texts, teaser = TEXTS[language], TEASERS[language]
    html = page(paragraphs(*texts[:3]) + form.format(teaser) + paragraphs(*texts[3:]))

    assert texts_of(html, (*texts[:3], teaser, *texts[3:])) == list(texts)


@each_language
@pytest.mark.parametrize("name", ["comments", "post-comments", "kommentare", "related-posts", "newsletter"])
def test_what_stands_in_a_box_for_something_else_is_no_text(language: str, name: str) -> None:
    texts = TEXTS[language]
    html = page(paragraphs(*texts[:4]), f"<div class='{name}'>{paragraphs(texts[4])}</div>")

    assert texts_of(html, texts) == list(texts[:4])


@each_language
def test_short_lists_and_tables_that_the_extractor_missed_are_put_back(language: str) -> None:
    texts = TEXTS[language]
    short = "<ol><li>Tarn</li><li>Rill</li></ol><table><tr><td>Tarn</td><td>2</td></tr></table>"
    html = page(paragraphs(*texts[:3]) + short + paragraphs(*texts[3:]))

    assert texts_of(html, texts) == [*texts[:3], "Tarn", "Rill", "Tarn", "2", *texts[3:]]


def test_an_article_in_a_box_with_such_a_name_is_kept() -> None:
    texts = TEXTS["en"]
    html = f"<html><body class='has-comments'><div id='related'>{paragraphs(*texts)}</div></body></html>"

    assert texts_of(html, texts) == list(texts)


@each_language
def test_items_of_the_article_s_own_lists_and_tables_stay(language: str) -> None:
    texts, item = TEXTS[language], TEASERS[language]
    table = "<table><tr><td>Tarn</td><td>2</td></tr><tr><td>Rill</td><td>2</td></tr></table>"
    html = page(f"{paragraphs(*texts[:3])}<ul><li>{item}</li></ul>{table}{paragraphs(*texts[3:])}")
    found = (*texts[:3], item, "Tarn", "2", "Rill", "2", *texts[3:])

    assert texts_of(html, found) == list(found)


@each_language
@pytest.mark.parametrize("cut", [3, 4])
def test_an_article_goes_on_below_a_marker_in_its_page(language: str, cut: int) -> None:
    texts, marker = TEXTS[language], MARKERS[language] or "More on this"
    inside = f"{paragraphs(*texts[:cut])}<p>{marker}</p><p><a href='/g'>{TEASERS[language]}</a></p>"
    found = extract(
        page(inside + paragraphs(*texts[cut:])), url="https://q.example/a", zone=ZoneInfo("UTC"), now=NOW
    )

    assert [text for passage in found.passages for text in passage.paragraphs] == list(texts)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "READ MORE | The ferry returns"),
        ("en", "More on health:"),
        ("en", "You may also like"),
        ("de", "Mehr zum Thema: Die Fähre kehrt zurück"),
        ("de", "Lesen Sie auch: Ziegen an Bord"),
        ("es", "Lea también: Cabras a bordo"),
    ],
)
@pytest.mark.parametrize("cut", [3, 4])
def test_an_article_goes_on_below_a_line_to_another_in_its_feed(language: str, line: str, cut: int) -> None:
    texts = TEXTS[language]
    blocks = read_html(paragraphs(*texts[:cut], line, *texts[cut:]))

    assert [block.text for block in clean(blocks, title="Tarn")] == list(texts)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_closing_list_of_titles_and_teasers_is_cut(language: str) -> None:
    texts, teaser = TEXTS[language], TEASERS[language]
    html = paragraphs(*texts, MARKERS[language], teaser, "It is told here.", teaser, "It is told there.")

    assert [block.text for block in clean(read_html(html), title="Tarn")] == list(texts)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("And what did you see on that night?", "Nothing."),
        ("Und was haben Sie in dieser Nacht gesehen?", "Nichts."),
        ("¿Y qué vio usted en aquella noche?", "Nada."),
        ("その夜あなたは何を見ましたか？", "何も。"),
    ],
)
def test_questions_and_answers_may_come_again(question: str, answer: str) -> None:
    texts = [question, answer, TEXTS["en"][0], question, answer, TEXTS["en"][1]]

    assert [block.text for block in clean(read_html(paragraphs(*texts)), title="Night")] == texts


@each_language
def test_items_and_cells_may_come_again(language: str) -> None:
    step = TEXTS[language][4]
    html = (
        f"<p>{TEXTS[language][0]}</p><ol><li>{step}</li></ol><p>{TEXTS[language][1]}</p><ol><li>{step}</li></ol>"
        "<table><tr><td>Tarn</td><td>open</td></tr><tr><td>Rill</td><td>open</td></tr></table>"
    )

    found = [block.text for block in clean(read_html(html), title="Tarn")]

    assert found.count(step) == 2
    assert found.count("open") == 2


@each_language
def test_a_paragraph_printed_twice_is_said_once(language: str) -> None:
    texts = TEXTS[language]
    blocks = read_html(paragraphs(*texts, texts[0]))

    assert [block.text for block in clean(blocks, title="Tarn")] == list(texts)


@each_language
def test_the_text_of_structured_data_is_taken_where_the_page_hides_its_own(language: str) -> None:
    texts = TEXTS[language] * 3
    linked = {"@type": "NewsArticle", "headline": "Tarn", "articleBody": "\n\n".join(texts)}
    script = f"<script type='application/ld+json'>{json.dumps(linked)}</script>"
    teaser = paragraphs(*TEXTS[language][:1])
    html = f"<html><head>{script}</head><body><div><article>{teaser}</article></div></body></html>"

    found = extract(html, url="https://q.example/a", zone=ZoneInfo("UTC"), now=NOW)

    assert [text for passage in found.passages for text in passage.paragraphs] == list(TEXTS[language])


def test_a_page_of_many_equal_blocks_costs_no_more_than_its_length() -> None:
    def spent(count: int) -> float:
        lines = "".join(
            f"<p>The same words again and again, said by number {n % 7}.</p>" for n in range(count)
        )
        root = parse_page(page(f"{lines}{'word <br>' * count}"))
        assert root is not None
        blocks = read_html(lines)
        started = time.process_time()
        completed(blocks, read_placed(root), is_marker=is_marker)
        return time.process_time() - started

    assert spent(3200) < 12 * spent(800) + 0.5
