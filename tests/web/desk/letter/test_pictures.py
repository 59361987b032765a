"""Pictures chosen at the desk: uploaded, fetched, described, served, taken away, forgotten."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from tests.web.desk.letter.test_blocks import add
from tests.web.desk.letter.test_imaging import a_picture
from tests.web.newsroom import DRAFTED, PAGE, Client, Open


def upload(client: Client, body: bytes, kind: str = "image/jpeg") -> httpx.Response:
    return client.http.post(
        f"{PAGE}/pictures",
        content=body,
        headers={"sec-fetch-site": "same-origin", "x-desk-token": client.token, "content-type": kind},
    )


def path_of(opened: Open, url: str) -> str:
    assert url.startswith(opened.desk.newsroom.site.url)
    return url.removeprefix(opened.desk.newsroom.site.url)


def test_an_uploaded_picture_is_shown_in_the_mail_and_served_to_everybody_for_long(opened: Open) -> None:
    lead = min(opened.edition.items, key=lambda item: item.rank)
    with opened.client() as client:
        brought = upload(client, a_picture(size=(1600, 900))).json()
        answer = client.edit(
            "picture",
            article=lead.article,
            url=brought["url"],
            alt="A boat",
            credit="Ada",
            focus=[0.2, 0.9],
        )
        final = client.get(f"{PAGE}/final").text
        choices = client.get(f"{PAGE}/pictures", of=lead.article).text
        preview = client.get(f"{PAGE}/preview").text
        client.edit("picture-away", article=lead.article)
        away = client.get(f"{PAGE}/final").text
        client.edit("undo")
    image = min(opened.edition.items, key=lambda item: item.rank).image
    served = httpx.get(opened.url + path_of(opened, brought["url"]))

    assert answer.status_code == 200, answer.text
    assert brought["url"] in final
    assert 'alt="A boat"' in final
    assert "Photo: Ada" in final
    assert brought["url"] not in preview
    assert "/desk/pictures/" in preview
    assert brought["url"] in choices
    assert brought["url"] not in away
    assert image is not None
    assert (image.width, image.height, image.focus, image.size_bytes) == (
        1200,
        675,
        (0.2, 0.9),
        len(served.content),
    )
    assert served.headers["content-type"] == "image/jpeg"
    assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert served.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_tall_picture_is_cropped_by_the_server_and_can_be_cropped_anew(opened: Open) -> None:
    item = opened.edition.items[0]
    with opened.client() as client:
        brought = upload(client, a_picture(size=(900, 1800))).json()
        client.edit("picture", article=item.article, url=brought["url"], alt="A mast", focus=[0.5, 0.1])
        first = next(one.image for one in opened.edition.items if one.article == item.article)
        assert first is not None
        client.edit("picture", article=item.article, url=first.url, alt="A mast", focus=[0.5, 0.9])
        second = next(one.image for one in opened.edition.items if one.article == item.article)

    assert second is not None
    assert (first.width, first.height) == (second.width, second.height) == (900, 600)
    assert brought["url"] != first.url


def test_a_sponsors_block_shows_its_picture(opened: Open) -> None:
    with opened.client() as client:
        block = add(client, "sponsor")
        brought = upload(client, a_picture("PNG")).json()
        client.edit("picture", article=block.id, url=brought["url"], alt="Bread")
        final = client.get(f"{PAGE}/final").text
        page = client.get(PAGE).text

    assert brought["url"] in final
    assert "Advertisement" in final
    assert f'id="picture-{block.id}"' in page


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"alt": " "}, id="nobody-said-what-it-shows"),
        pytest.param({"url": "https://elsewhere.example/a.jpg"}, id="not-among-the-choices"),
        pytest.param({"url": "SITE/media/0000.jpg"}, id="not-kept"),
        pytest.param({"article": "none"}, id="no-such-story"),
        pytest.param({"alt": "x" * 301}, id="too-long"),
        pytest.param({"credit": 7}, id="no-text"),
    ],
)
def test_a_picture_that_may_not_be_shown_is_refused(opened: Open, change: dict[str, object]) -> None:
    item = opened.edition.items[0]
    with opened.client() as client:
        brought = upload(client, a_picture()).json()
        sent: dict[str, object] = {"article": item.article, "url": brought["url"], "alt": "A boat"} | change
        site = opened.desk.newsroom.site.url
        sent["url"] = str(sent["url"]).replace("SITE", site)
        answer = client.edit("picture", revision=opened.edition.revision, **sent)

    assert answer.status_code == 422
    assert opened.edition.items[0].image == item.image


def test_a_file_that_is_no_picture_is_refused_and_a_stranger_can_send_none(opened: Open) -> None:
    with opened.client() as client, opened.client("cy", []) as other:
        refused = upload(client, b"no picture")
        forbidden = upload(other, a_picture())
    stranger = httpx.post(
        f"{opened.url}{PAGE}/pictures",
        content=b"x" * 300_000,
        headers={"sec-fetch-site": "same-origin", "content-type": "image/jpeg"},
    )
    missing = httpx.get(f"{opened.url}/media/{'0' * 32}.jpg")

    assert (refused.status_code, forbidden.status_code) == (422, 403)
    assert stranger.status_code in {401, 413}
    assert missing.status_code == 404


def test_what_no_edition_shows_is_forgotten_after_a_while(opened: Open) -> None:
    item = opened.edition.items[0]
    kept = opened.desk.newsroom.database.pictures
    with opened.client() as client:
        shown = upload(client, a_picture(size=(900, 1800))).json()["url"]
        unused = upload(client, a_picture(size=(700, 500))).json()["url"]
        client.edit("picture", article=item.article, url=shown, alt="A mast")
    names = [url.rpartition("/")[2].partition(".")[0] for url in (shown, unused)]

    gone = kept.forget_unused(before=DRAFTED + timedelta(days=1))

    assert gone == 1
    assert kept.load(names[0]) is not None
    assert kept.load(names[1]) is None
