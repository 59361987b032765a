"""Counted links: they lead to their story and nowhere else, count readers, and leave scanners out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from digest.cli.session import Session
from digest.model.clicks import Clicks
from digest.web.public import clicking
from subscribers import people
from tests.journeys.desk import AT_SEND, Folder
from tests.web.newsroom import KEY, SEND_TIME, Open, at_work, written
from tests.web.public.test_reading import SITE, dump, mail_of

BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
COUNTED = "[clicks]\ncount = true\n"
PERSONAL = COUNTED + "by_reader = true\n"
LATER = timedelta(minutes=10)


def sent_by(root: Path, settings: str) -> Path:
    folder = written(root, newsletter="", readers=3)
    folder.config.write_text(folder.config.read_text() + settings)
    assert folder("run", "morning", now=AT_SEND).code == 0
    return folder.root


@pytest.fixture(scope="module")
def counted_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sent_by(tmp_path_factory.mktemp("counted"), COUNTED)


@pytest.fixture(scope="module")
def personal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sent_by(tmp_path_factory.mktemp("personal"), PERSONAL)


def opened(root: Path, tmp_path: Path) -> Iterator[Open]:
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    with at_work(Folder(tmp_path)) as desk:
        desk.clock.now = SEND_TIME + LATER
        yield desk


@pytest.fixture
def sent(counted_folder: Path, tmp_path: Path) -> Iterator[Open]:
    yield from opened(counted_folder, tmp_path)


@pytest.fixture
def personal(personal_folder: Path, tmp_path: Path) -> Iterator[Open]:
    yield from opened(personal_folder, tmp_path)


def links(mail: EmailMessage, kind: str = "html") -> list[str]:
    """Return the mail's counted links, each once, in its order."""
    part = mail.get_body((kind,))
    assert part is not None
    found = re.findall(rf"{re.escape(SITE)}(/l/[^\"\s<]+)", part.get_content())
    return list(dict.fromkeys(found))


def get(desk: Open, path: str, **headers: str) -> httpx.Response:
    return httpx.get(desk.url + path, headers={**BROWSER, **headers}, timeout=120)


def counts(desk: Open, *, after: timedelta = timedelta(minutes=1)) -> Clicks:
    desk.clock.forward(after)
    clicking.settle(desk.desk, desk.clock())
    return desk.desk.newsroom.database.clicks.of(KEY)


def test_a_counted_link_leads_to_its_story_and_both_parts_have_it(sent: Open) -> None:
    mail = mail_of(sent, "reader1@")

    answers = [get(sent, path) for path in links(mail)]

    stories = {item.url for item in sent.edition.items}
    assert {answer.headers["location"] for answer in answers} == stories
    assert {answer.status_code for answer in answers} == {302}
    assert set(links(mail)) == set(links(mail, "plain"))
    assert all(url not in mail.get_body(("html",)).get_content() for url in stories)  # type: ignore[union-attr]


def test_no_link_says_whose_mail_it_was(sent: Open) -> None:
    mine, yours = (set(links(mail_of(sent, reader))) for reader in ("reader0@", "reader1@"))

    assert mine == yours


def test_where_switched_on_every_link_says_whose_mail_it_was(personal: Open) -> None:
    mine, yours = (set(links(mail_of(personal, reader))) for reader in ("reader0@", "reader1@"))

    assert mine.isdisjoint(yours)


def test_readers_are_counted_once_a_story_and_nobody_is_named(sent: Open) -> None:
    first, second, *_ = links(mail_of(sent, "reader1@"))
    urls = [get(sent, path).headers["location"] for path in (first, second)]
    get(sent, first)

    found = counts(sent)

    assert found.by_url == dict.fromkeys(urls, 1)
    assert found.by_arm == {"": 1}
    assert found.scanned == 0
    assert "reader1" not in str([line for line in dump(sent.folder) if "story_click" in line])


def test_another_browser_is_another_reader(sent: Open) -> None:
    first, *_ = links(mail_of(sent, "reader1@"))
    get(sent, first)
    get(sent, first, **{"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari"})

    assert list(counts(sent).by_url.values()) == [2]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"user-agent": ""}, id="says nothing"),
        pytest.param({"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, id="a bot"),
        pytest.param({"user-agent": "python-requests/2.32"}, id="a library"),
        pytest.param({"user-agent": "Barracuda Sentinel (EE)"}, id="a mail gateway"),
        pytest.param({"sec-purpose": "prefetch"}, id="a browser ahead of a click"),
    ],
)
def test_programs_are_led_on_and_left_out(sent: Open, headers: dict[str, str]) -> None:
    first, *_ = links(mail_of(sent, "reader1@"))

    answer = get(sent, first, **headers)

    assert answer.status_code == 302
    assert counts(sent) == Clicks(scanned=1)


def test_a_request_for_headers_only_counts_nothing(sent: Open) -> None:
    first, *_ = links(mail_of(sent, "reader1@"))

    answer = httpx.head(sent.url + first, headers=BROWSER)

    assert answer.status_code == 302
    assert counts(sent) == Clicks()


def test_whoever_opens_three_stories_at_once_is_a_scanner_and_stays_one(sent: Open) -> None:
    paths = links(mail_of(sent, "reader1@"))
    for path in paths[:3]:
        get(sent, path)
    counts(sent)

    get(sent, paths[4])

    assert counts(sent) == Clicks(scanned=4)


def test_two_stories_at_once_and_a_third_later_are_a_readers(sent: Open) -> None:
    paths = links(mail_of(sent, "reader1@"))
    for path in paths[:2]:
        get(sent, path)
    sent.clock.forward(timedelta(seconds=30))
    get(sent, paths[2])

    assert sum(counts(sent).by_url.values()) == 3


def test_what_waits_is_counted_when_the_desk_closes(sent: Open) -> None:
    get(sent, links(mail_of(sent, "reader1@"))[0])

    clicking.settle(sent.desk, sent.clock(), is_end=True)

    assert sum(sent.desk.newsroom.database.clicks.of(KEY).by_url.values()) == 1


@pytest.mark.parametrize("end", ["", "x", "AA"])
def test_a_forged_link_leads_nowhere(sent: Open, end: str) -> None:
    first, *_ = links(mail_of(sent, "reader1@"))
    forged = first[:-2] + end

    answer = get(sent, forged)

    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_no_link_can_be_made_to_lead_elsewhere(sent: Open) -> None:
    signer, item = sent.desk.newsroom.signer, sent.edition.items[0]
    evil = signer.link(str(KEY), item.article, "https://evil.example/")
    unknown = signer.link(str(KEY), "0" * 16, "https://evil.example/")
    other_day = signer.link("morning/2026-11-22", item.article, item.url)
    right = signer.link(str(KEY), item.article, item.url)

    codes = [get(sent, f"/l/{one}").status_code for one in (evil, unknown, other_day, right)]
    with_query = get(sent, f"/l/{right}?r=https://evil.example/&url=https://evil.example/")

    assert codes == [404, 404, 404, 302]
    assert with_query.headers["location"] == item.url


def test_a_click_says_whose_it_was_where_that_is_switched_on(personal: Open) -> None:
    first, second, *_ = links(mail_of(personal, "reader1@"))
    for path in (first, first, second):
        get(personal, path)

    found = counts(personal)

    assert sum(found.by_url.values()) == 2
    assert found.by_arm == {"": 1}
    person = people.show(personal.desk.newsroom.people, "reader1@list.example").subscriber
    other = people.show(personal.desk.newsroom.people, "reader0@list.example").subscriber
    assert person and person.clicked_at is not None  # noqa: PT018
    assert other and other.clicked_at is None  # noqa: PT018


def test_a_click_within_seconds_of_the_mail_is_a_scanners(personal: Open) -> None:
    first, *_ = links(mail_of(personal, "reader1@"))
    personal.clock.now = SEND_TIME + timedelta(seconds=3)

    get(personal, first)

    assert counts(personal) == Clicks(scanned=1)


def test_a_forged_reader_is_nobody(personal: Open) -> None:
    first, *_ = links(mail_of(personal, "reader1@"))
    path, _, told = first.partition("?r=")

    get(personal, f"{path}?r={told[:-1]}")
    found = counts(personal)

    assert sum(found.by_url.values()) == 1
    person = people.show(personal.desk.newsroom.people, "reader1@list.example").subscriber
    assert person and person.clicked_at is None  # noqa: PT018


def test_nothing_but_a_count_changes_when_a_crawler_opens_every_link(sent: Open) -> None:
    def rest() -> list[str]:
        return [line for line in dump(sent.folder) if "story_click" not in line]

    mail, before = mail_of(sent, "reader1@"), rest()
    for path in links(mail):
        get(sent, path)

    found = counts(sent)

    assert rest() == before
    assert found.by_url == {}
    assert found.scanned == len(links(mail))


def test_the_archive_and_the_readers_own_copy_lead_to_the_stories_too(personal: Open) -> None:
    mail = mail_of(personal, "reader1@")
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    own = re.search(rf"{re.escape(SITE)}(/v/\S+)", text)
    assert own

    for page in (f"/archive/morning/{KEY.day}", own[1]):
        shown = get(personal, page)
        assert shown.status_code == 200
        path = re.search(rf"{re.escape(SITE)}(/l/[^\"&]+)", shown.text)
        assert path
        assert get(personal, path[1]).status_code == 302


def test_results_tell_the_rule_and_what_was_left_out(sent: Open) -> None:
    paths = links(mail_of(sent, "reader1@"))
    get(sent, paths[0])
    get(sent, paths[0], **{"user-agent": "curl/8"})
    counts(sent)

    with sent.client() as client:
        page = client.get(f"/desk/editions/morning/{KEY.day}/results").text

    assert "three different links within five seconds" in page
    assert "1 click was left out" in page


def test_with_the_setting_off_links_lead_straight_to_the_stories_and_old_ones_still_do(
    counted_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(counted_folder, tmp_path, dirs_exist_ok=True)
    folder = Folder(tmp_path)
    folder.config.write_text(folder.config.read_text().replace("count = true", "count = false"))
    with at_work(folder) as desk:
        old = links(mail_of(desk, "reader1@"))[0]
        answer = get(desk, old)
        found = counts(desk)
        with Session(folder.config, as_json=False, rehearsed_now=None).newsroom() as newsroom:
            fresh = newsroom.renderer.render(desk.edition, desk.desk.newsletters["morning"])

    assert answer.status_code == 302
    assert found == Clicks()
    assert "/l/" not in fresh.html + fresh.text


def test_personal_links_leave_the_mail_far_from_where_it_is_clipped(personal: Open) -> None:
    mail = mail_of(personal, "reader1@")
    body = mail.get_body(("html",))
    assert body is not None
    page = body.get_content()

    per_link = max(len(urlsplit(path).query) for path in links(mail))
    assert per_link <= 70
    # 80,000 bytes of rendering at most; two links for each of the 24 stories that are told, one for others.
    assert 80_000 + per_link * page.count("/l/") < 102_000
