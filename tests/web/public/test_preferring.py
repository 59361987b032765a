"""What readers choose on their own page, and what their link can't do for others."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from digest.web.public.visit import gate_of
from subscribers import people
from subscribers.audience import audience, count
from subscribers.model import Frequency, Subscriber, Subscription, SubscriptionState
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work
from tests.web.public.test_reading import dump, states

WHO = "reader0@list.example"
KEPT = {"list": "morning", "on": "morning", "topic-morning": ["port", "rest"], "often-morning": "every"}


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Open]:
    folder = Folder(tmp_path).ready(readers=2)
    config = folder.config.read_text()
    folder.config.write_text(config.replace('lists = ["morning"]', 'lists = ["morning", "extra"]'))
    with at_work(folder) as opened:
        yield opened


@pytest.fixture
def web(sent: Open) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sent.url, timeout=120, headers={"accept": "text/html"}) as client:
        yield client


def reader(sent: Open) -> Subscriber:
    found = people.show(sent.desk.newsroom.people, WHO).subscriber
    assert found
    return found


def subscription(sent: Open, mailing_list: str = "morning") -> Subscription | None:
    taken = people.show(sent.desk.newsroom.people, WHO).subscriptions
    return next((one for one in taken if one.mailing_list == mailing_list), None)


def page(sent: Open) -> str:
    return f"/p/{sent.desk.newsroom.signer.preferences(reader(sent).id)}"


def test_topics_frequency_name_language_and_zone_are_kept_and_shown(sent: Open, web: httpx.Client) -> None:
    path = page(sent)
    chosen = {**KEPT, "topic-morning": ["port"], "often-morning": "weekly"}
    about = {"name": "Neema", "language": "sw", "timezone": "Africa/Dar_es_Salaam"}

    answer = web.post(path, data={**chosen, **about})
    shown = html.unescape(web.get(path).text)

    assert answer.headers["location"] == f"{path}?done=saved"
    kept, person = subscription(sent), reader(sent)
    assert kept
    assert (kept.topics, kept.frequency, kept.state) == (("port",), Frequency.WEEKLY, "active")
    assert (person.name, person.language, person.timezone) == tuple(about.values())
    assert 'lang="sw"' in shown
    assert 'value="weekly" checked' in shown
    assert 'value="port" checked' in shown
    assert 'value="rest" checked' not in shown


def test_all_topics_ticked_means_those_to_come_too(sent: Open, web: httpx.Client) -> None:
    web.post(page(sent), data={**KEPT, "topic-morning": ["port"]})

    web.post(page(sent), data=KEPT)

    kept = subscription(sent)
    assert kept
    assert kept.topics == ()


def test_a_pause_holds_the_mail_until_its_day_and_can_be_taken_back(sent: Open, web: httpx.Client) -> None:
    path, people_ = page(sent), sent.desk.newsroom.people
    query = audience(["morning"], now=sent.clock())
    later = audience(["morning"], now=sent.clock() + timedelta(days=8))

    web.post(path, data={**KEPT, "pause-morning": "2026-11-30"})
    paused, after = count(people_, query), count(people_, later)
    web.post(path, data={**KEPT, "pause-morning": ""})

    assert (paused, after, count(people_, query)) == (1, 2, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"pause-morning": "2026-11-23"}, id="a-pause-until-today"),
        pytest.param({"pause-morning": "2031-01-01"}, id="a-pause-of-years"),
        pytest.param({"pause-morning": "soon"}, id="no-date"),
        pytest.param({"topic-morning": []}, id="no-topic"),
        pytest.param({"topic-morning": ["../x"]}, id="an-unknown-topic"),
        pytest.param({"language": "xx-evil"}, id="an-unknown-language"),
        pytest.param({"timezone": "Mars/Base"}, id="an-unknown-zone"),
    ],
)
def test_a_form_with_a_fault_saves_nothing_and_says_so(
    sent: Open, web: httpx.Client, wrong: dict[str, object]
) -> None:
    path, before = page(sent), dump(sent.folder)

    answer = web.post(path, data={**KEPT, "name": "Other", **wrong})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert dump(sent.folder) == before


def test_an_unticked_list_ends_and_only_that_readers(sent: Open, web: httpx.Client) -> None:
    web.post(page(sent), data={"list": "morning"})

    assert states(sent.folder) == {WHO: "ended", "reader1@list.example": "active"}


def test_a_list_that_the_form_did_not_show_stays_as_it_is(sent: Open, web: httpx.Client) -> None:
    web.post(page(sent), data={"list": "extra", "name": "Neema"})

    assert states(sent.folder)[WHO] == "active"


def test_a_newly_ticked_list_waits_for_the_mail_since_links_are_forwarded(
    sent: Open, web: httpx.Client
) -> None:
    answer = web.post(
        page(sent),
        data={
            "list": ["morning", "extra"],
            "on": ["morning", "extra"],
            "topic-morning": ["port", "rest"],
        },
    )
    gate_of(sent.desk).mailer.settle()

    asked = subscription(sent, "extra")
    assert asked
    assert asked.state is SubscriptionState.PENDING
    assert answer.headers["location"].endswith("?done=asked")
    assert sent.folder.recipients() == {WHO: 1}


def test_one_button_ends_everything_and_keeps_the_address_from_any_import(
    sent: Open, web: httpx.Client
) -> None:
    answer = web.post(f"{page(sent)}/leave")
    again = sent.folder("subscribers", "import", str(sent.folder.root / "people.csv"), "--list", "extra")

    assert "No more mail from us" in answer.text
    assert again.code in {0, 1}
    assert count(sent.desk.newsroom.people, audience(["morning", "extra"])) == 1


def test_the_whole_address_is_not_on_the_page(sent: Open, web: httpx.Client) -> None:
    assert WHO not in web.get(page(sent)).text


@pytest.mark.parametrize("rest", ["", "/leave"])
def test_a_link_that_is_not_the_readers_own_changes_nothing(
    sent: Open, web: httpx.Client, rest: str
) -> None:
    signer, good = sent.desk.newsroom.signer, page(sent).removeprefix("/p/")
    tokens = [good[:-1], good[:-3] + "abc", signer.unsubscribe(reader(sent).id, "morning"), "x"]
    tokens.append(signer.preferences("nobody"))
    before = dump(sent.folder)

    answers = [web.post(f"/p/{token}{rest}", data={"list": "morning"}) for token in tokens]

    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1
    assert dump(sent.folder) == before


def test_a_form_of_a_thousand_and_one_fields_is_refused(sent: Open, web: httpx.Client) -> None:
    answer = web.post(page(sent), content="&".join("a=b" for _ in range(1_001)))

    assert answer.status_code == 400
