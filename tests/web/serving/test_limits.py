from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digest.web.serving.limits import RateLimit, mailbox_of, refused, waiting
from tests.web.newsroom import PAGE, Open

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def test_the_wait_is_until_the_oldest_try_is_forgotten() -> None:
    limit = RateLimit(2, timedelta(minutes=10))
    limit.take("x", now=NOW)
    limit.take("x", now=NOW + timedelta(minutes=4))

    assert not limit.take("x", now=NOW + timedelta(minutes=5))
    assert limit.wait("x", now=NOW + timedelta(minutes=5)) == timedelta(minutes=5)
    assert limit.wait("y", now=NOW) == timedelta(0)
    assert limit.take("x", now=NOW + timedelta(minutes=10))


def test_what_is_given_back_counts_no_more() -> None:
    limit = RateLimit(1, timedelta(minutes=10))

    for _ in range(5):
        assert limit.take("x", now=NOW)
        limit.give_back("x")

    limit.give_back("nobody")


@pytest.mark.parametrize(
    ("seconds", "said", "header"),
    [
        (0.2, "Wait 1 second.", "1"),
        (59.1, "Wait 1 minute.", "60"),
        (42, "Wait 42 seconds.", "42"),
        (61, "Wait 2 minutes.", "61"),
        (540, "Wait 9 minutes.", "540"),
    ],
)
def test_the_sentence_never_tells_less_than_the_wait(seconds: float, said: str, header: str) -> None:
    answer = refused("Slowly.", timedelta(seconds=seconds))

    assert waiting(timedelta(seconds=seconds)) == said
    assert answer.headers == {"retry-after": header}
    assert answer.detail == f"Slowly. {said}"


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        pytest.param(PAGE + "/", f"../{PAGE.rpartition('/')[2]}", id="an-edition"),
        pytest.param("/desk/?x=1", "../desk?x=1", id="today"),
        pytest.param("/desk//", "../../desk", id="two-slashes"),
    ],
)
def test_a_slash_too_many_is_taken_off_whatever_host_is_named(
    opened: Open, asked: str, location: str
) -> None:
    answer = httpx.get(
        opened.url + asked, headers={"host": "evil.example", "x-forwarded-host": "evil.example"}
    )

    assert (answer.status_code, answer.headers["location"]) == (308, location)


@pytest.mark.parametrize(
    "asked", ["//evil.example/", "/nothing/", "/desk/nothing/", "/%2f%2fevil.example/"]
)
def test_an_address_that_is_no_page_is_none_with_a_slash_either(opened: Open, asked: str) -> None:
    answer = httpx.get(opened.url + asked, headers={"host": "evil.example"})

    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("canonical", "mailbox"),
    [
        pytest.param("nuru@list.example", "nuru@list.example", id="plain"),
        pytest.param("nuru+1@list.example", "nuru@list.example", id="tag"),
        pytest.param("nuru+a+b@list.example", "nuru@list.example", id="two tags"),
        pytest.param("nuru+@list.example", "nuru@list.example", id="empty tag"),
        pytest.param("+nuru@list.example", "+nuru@list.example", id="nothing but a tag"),
        pytest.param("n.u.r.u@gmail.com", "nuru@gmail.com", id="dots of Gmail"),
        pytest.param("n.uru+x@googlemail.com", "nuru@gmail.com", id="Gmail's other name"),
        pytest.param("n.uru@list.example", "n.uru@list.example", id="dots elsewhere"),
    ],
)
def test_addresses_of_one_mailbox_are_counted_together(canonical: str, mailbox: str) -> None:
    assert mailbox_of(canonical) == mailbox
