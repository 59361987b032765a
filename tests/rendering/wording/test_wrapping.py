from __future__ import annotations

from dataclasses import replace

import pytest

from digest.rendering.wrapping import COLUMNS, columns, flowed, wrapped
from tests.rendering import editions
from tests.rendering.samples import SAMPLES
from tests.rendering.test_renderer import RENDERER

SENTENCE = "The harbour master said on Sunday that ferries stop until the dredgers are done. " * 4
UNSPACED = {
    "th": "กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยา" * 4,
    "lo": "ສາທາລະນະລັດປະຊາທິປະໄຕປະຊາຊົນລາວ" * 5,
    "my": "ပြည်ထောင်စုသမ္မတမြန်မာနိုင်ငံတော်" * 6,
    "km": "ព្រះរាជាណាចក្រ\u200bកម្ពុជា\u200bប្រទេស" * 6,
    "km-no-marks": "ព្រះរាជាណាចក្រកម្ពុជាប្រទេស" * 6,
    "ja-half": "ﾌｪﾘｰﾊﾖﾙﾊｼﾗﾅｲ" * 9,
}
JAPANESE = "郡が運航する四隻のフェリーは、浚渫が終わるまで「午後九時以降」は運航しない。" * 3


@pytest.mark.parametrize("text", [SENTENCE, JAPANESE, "кораблі " * 40, "سفينة " * 40, *UNSPACED.values()])
def test_a_line_has_seventy_two_columns_and_nothing_is_lost(text: str) -> None:
    lines = wrapped(text.strip())

    assert len(lines) > 1
    assert max(map(columns, lines)) <= COLUMNS
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_and_japanese_lines_begin_and_end_by_kinsoku() -> None:
    lines = wrapped(JAPANESE)

    assert not any(line.startswith(tuple("、。」")) or line.endswith("「") for line in lines)


def test_scripts_without_spaces_are_parted_between_syllables_or_where_their_writers_say() -> None:
    first = {language: wrapped(text)[1][:1] for language, text in UNSPACED.items()}

    assert not any(line.startswith(tuple("ะาำะາຳ\u103a\u1039\u17d2ｰﾞ")) for line in first.values())
    assert all(line.endswith(("\u200b", "ស")) for line in wrapped(UNSPACED["km"]))
    assert wrapped("กรุงเทพมหานคร " * 8) == wrapped(" ".join(["กรุงเทพมหานคร"] * 8))


def test_flowed_lines_join_to_what_they_were() -> None:
    for text in (SENTENCE.strip(), JAPANESE, f"From {SENTENCE}".strip(), *UNSPACED.values()):
        lines = flowed(text)

        joined = "".join(line[:-1] for line in lines[:-1]) + lines[-1]
        assert joined.removeprefix(" ") == text


def test_an_address_and_a_joined_emoji_are_never_parted() -> None:
    url = "https://harbour.example/" + "x" * 100

    assert wrapped(f"see {url} there") == ["see", url, "there"]
    assert all(line.count("👩‍👩‍👧‍👦") * 7 == len(line) for line in wrapped("👩‍👩‍👧‍👦" * 60))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_no_row_of_signs_stands_in_a_plain_part(name: str) -> None:
    text = SAMPLES[name]().render().text

    assert "━━" not in text
    assert "──" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_links_may_stand_numbered_at_the_end() -> None:
    newsletter = editions.newsletter(theme={"text_links": "end"})
    edition = editions.plain_edition(3)

    text = RENDERER.render(edition, newsletter).text

    for number, item in enumerate(sorted(edition.items, key=lambda one: text.index(one.headline)), 1):
        assert f"[{number}]\n" in text.replace(" [", "[").replace(f"[{number}] h", "h")
        assert f"[{number}] {item.url}\n" in text
    assert text.index("[1] https") > text.index(edition.items[-1].headline)


def test_the_plain_part_flows_where_the_theme_says_so() -> None:
    text = RENDERER.render(
        editions.plain_edition(3), editions.newsletter(theme={"text_lines": "flowed"})
    ).text

    assert " \n" in text


def test_wide_spaces_stay_in_a_subject() -> None:
    edition = replace(editions.plain_edition(1), subject="朝刊\u3000フェリー")

    assert RENDERER.render(edition, editions.newsletter()).subject == "朝刊\u3000フェリー"
