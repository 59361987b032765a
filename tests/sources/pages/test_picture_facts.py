from __future__ import annotations

from typing import Any

import pytest

from digest.model.articles import MOST_PICTURE_BYTES
from digest.sources.pages.picture_facts import USUAL_FOCUS, bytes_of, focus_of
from digest.sources.pages.pictures import first_picture, usable_image, why_left_out
from digest.sources.rows import entry_of
from tests.sources.feeds import article, item, rss

BASE = "https://quay.example/"
JPEG = "https://quay.example/a.jpg"


@pytest.mark.parametrize(
    ("about", "wanted"),
    [
        pytest.param({"focus": "0.2 0.8"}, (0.2, 0.8), id="shares"),
        pytest.param({"focus": "20% 80%"}, (0.2, 0.8), id="percent"),
        pytest.param({"focus": "20,80"}, (0.2, 0.8), id="numbers-over-one"),
        pytest.param({"focus": [0.2, 0.8]}, (0.2, 0.8), id="list"),
        pytest.param({"focus": {"x": 0, "y": "100%"}}, (0.0, 1.0), id="object"),
        pytest.param({"focus": "top"}, (0.5, 0.0), id="one-word"),
        pytest.param({"focus": "top left"}, (0.0, 0.0), id="words-turned"),
        pytest.param({"focus": "center 10%"}, (0.5, 0.1), id="word-and-percent"),
        pytest.param({"focal_point": "RIGHT bottom"}, (1.0, 1.0), id="capitals"),
        pytest.param({"data-focus-x": "0.1", "data-focus-y": ".9"}, (0.1, 0.9), id="apart"),
        pytest.param({"data-object-position": "50% 20%"}, (0.5, 0.2), id="wordpress-cover"),
        pytest.param({"style": "width:9px;object-position:30% 0"}, (0.3, 0.0), id="style"),
        pytest.param({"focus": "0.2 0.8 0.1"}, USUAL_FOCUS, id="three"),
        pytest.param({"focus": "-1 2"}, USUAL_FOCUS, id="negative"),
        pytest.param({"focus": "200% 10%"}, USUAL_FOCUS, id="out-of-the-picture"),
        pytest.param({"focus": "nan inf"}, USUAL_FOCUS, id="no-numbers"),
        pytest.param({"focus": "10px 20px"}, USUAL_FOCUS, id="pixels"),
        pytest.param({"focus": {"x": None}}, USUAL_FOCUS, id="half"),
        pytest.param({"focus": "9" * 4000}, USUAL_FOCUS, id="endless"),
        pytest.param({"focus": 7}, (0.07, 0.5), id="one-number"),
        pytest.param({}, USUAL_FOCUS, id="untold"),
    ],
)
def test_a_pictures_point_is_read_as_its_source_writes_it(
    about: dict[str, Any], wanted: tuple[float, float]
) -> None:
    assert focus_of(about) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [("12345", 12345), (12345, 12345), ("0", None), ("", None), ("1e9", None), ("-5", None), (None, None)],
)
def test_bytes_are_a_whole_number_or_untold(told: object, wanted: int | None) -> None:
    assert bytes_of({"length": told}) == wanted


@pytest.mark.parametrize(
    "about",
    [
        pytest.param({"filesize": MOST_PICTURE_BYTES + 1}, id="bytes"),
        pytest.param({"width": "9000"}, id="one-side"),
        pytest.param({"width": 6000, "height": "5000"}, id="pixels"),
    ],
)
def test_a_picture_that_is_too_large_for_a_mail_is_told(about: dict[str, object]) -> None:
    assert usable_image(JPEG, BASE, about) is None
    assert why_left_out(JPEG, BASE, about) == "is too large for a mail"


def test_the_next_picture_takes_the_place_of_one_that_is_too_large() -> None:
    found = first_picture(['<img src="/huge.jpg" width="9001"><img src="/a.jpg" width="900">'], BASE)

    assert found is not None
    assert found.url == JPEG


def test_a_feed_tells_the_bytes_of_its_pictures() -> None:
    media = '<media:content url="https://quay.example/a.jpg" medium="image" fileSize="81000" width="900"/>'

    found = article(rss(item(more=media))).image

    assert found is not None
    assert found.size_bytes == 81_000


def test_a_row_tells_bytes_and_point_as_columns_hold_them() -> None:
    row = {"id": "1", "title": "A", "image": JPEG, "image_bytes": 900, "image_focus": "[0.1, 0.9]"}

    found = entry_of(row, "x", base=BASE).image

    assert found is not None
    assert (found.size_bytes, found.focus) == (900, (0.1, 0.9))
