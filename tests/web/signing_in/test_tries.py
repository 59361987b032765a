"""Failures to log in count, successes don't; nobody is kept out for ever, and a restart forgives nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_network

import httpx
import pyotp
import pytest

from digest.model.desk import User
from digest.web.serving.accounts.passwords import hashed
from digest.web.serving.limits import RateLimit
from digest.web.serving.peers import Forwarding, Header
from digest.web.signing_in.tries import KNOWN_S
from tests.journeys.desk import Folder
from tests.web.newsroom import EVERY_ROLE, PASSWORD, Open, at_work

OURS = {"sec-fetch-site": "same-origin", "accept": "text/html"}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = ip_network("127.0.0.0/8")
WAITS = {
    "en": "Wait 7 minutes.",
    "de": "Warten Sie 7 Minuten.",
    "fr": "7 minutes",
    "es": "7 minutos",
    "pt": "7 minutos",
    "sw": "7",
    "ar": "دقائق",
}


@pytest.fixture
def behind(folder: Folder) -> Iterator[Open]:
    """A desk behind a proxy of its own, which tells it where visitors come from."""
    with at_work(folder, forwarding=Forwarding((HERE,))) as desk:
        yield desk


def log_in(
    http: httpx.Client, name: str = "bo", password: str = PASSWORD, **headers: str
) -> httpx.Response:
    """Log in where nobody is: a session of before has ended."""
    if "desk" in http.cookies:
        http.cookies.delete("desk")
    return http.post("/desk/login", data={"name": name, "password": password}, headers=OURS | headers)


@contextmanager
def at(opened: Open, address: str = "") -> Iterator[httpx.Client]:
    """Yield a browser at an address, as the proxy before the desk tells it."""
    told = {"x-forwarded-for": address} if address else {}
    with httpx.Client(base_url=opened.url, headers=told, timeout=60) as http:
        yield http


def few(opened: Open) -> None:
    """Let three tries be all there are: a hundred guesses at real passwords take a minute."""
    opened.desk.limits.logins = RateLimit(3, timedelta(minutes=10))


def codes(opened: Open, address: str, count: int, name: str = "bo", password: str = "guess") -> list[int]:
    with at(opened, address) as http:
        return [log_in(http, name, password).status_code for _ in range(count)]


def test_a_name_that_is_guessed_at_from_elsewhere_is_no_door_shut_before_its_owner(behind: Open) -> None:
    with at(behind, "192.0.2.7") as own:
        assert log_in(own).status_code == 303
        # Somebody keeps guessing, from one address after the other, for an hour.
        few(behind)
        for minute in range(0, 60, 10):
            behind.clock.forward(timedelta(minutes=10))
            codes(behind, f"198.51.100.{minute}", 3)
        assert codes(behind, "203.0.113.9", 1, password=PASSWORD) == [429]
        assert log_in(own).status_code == 303


def test_a_known_browser_runs_out_of_tries_itself_and_of_another_name_is_none(behind: Open) -> None:
    few(behind)
    with at(behind, "192.0.2.7") as own:
        log_in(own)
        wrong = [log_in(own, password="guess").status_code for _ in range(4)]
        assert wrong == [403] * 3 + [429]
        assert log_in(own).status_code == 429
        # What it failed at counts for its owner alone: the office and the name are free.
        assert codes(behind, "192.0.2.7", 1, password=PASSWORD) == [303]
        behind.clock.forward(timedelta(minutes=10))
        assert log_in(own).status_code == 303
        codes(behind, "198.51.100.1", 3, name="cy")
        assert log_in(own, "cy").status_code == 429


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "a.b",
        f"{'a' * 24}.{'0' * 64}",
        f"{'é' * 24}.{'0' * 64}",
        f"{'a' * 100_0}.{'0' * 64}",
        f"{'a' * 24}.{'0' * 63}",
    ],
)
def test_a_mark_that_the_desk_did_not_give_counts_for_nothing(behind: Open, forged: str) -> None:
    few(behind)
    codes(behind, "198.51.100.1", 3)
    with at(behind, "192.0.2.7") as http:
        raw = [(name.encode(), text.encode()) for name, text in OURS.items()]
        answer = http.post(
            "/desk/login",
            data={"name": "bo", "password": PASSWORD},
            headers=[*raw, (b"cookie", f"desk-known={forged}".encode())],
        )

    assert answer.status_code == 429


def test_the_mark_is_kept_from_scripts_and_says_no_name(behind: Open) -> None:
    with at(behind, "192.0.2.7") as http:
        cookies = log_in(http).headers.get_list("set-cookie")

    (known,) = (one for one in cookies if one.startswith("desk-known="))
    assert "HttpOnly" in known
    assert f"Max-Age={KNOWN_S}" in known
    assert "bo" not in known.split(";")[0].partition(".")[2]


def test_failures_outlive_a_restart_and_a_log_in_ends_them(folder: Folder) -> None:
    with at_work(folder, forwarding=Forwarding((HERE,))) as desk:
        clock = desk.clock
        codes(desk, "198.51.100.1", 10)
        codes(desk, "2001:db8::1", 9, name="cy")
        clock.forward(timedelta(minutes=3))
    with (
        at_work(folder, forwarding=Forwarding((HERE,)), clock=clock) as desk,
        at(desk, "192.0.2.1") as http,
    ):
        refused = log_in(http)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "420")
        # Nine of ten: the last try is right, and forgives the name, not the household.
        assert log_in(http, "cy").status_code == 303
        assert codes(desk, "198.51.100.1", 1, name="cy", password=PASSWORD) == [429]
        assert codes(desk, "2001:db8::ffff:1", 2, name="nobody") == [403, 429]
    with at_work(folder, forwarding=Forwarding((HERE,)), clock=clock) as desk:
        assert codes(desk, "192.0.2.2", 9, name="cy") == [403] * 9
        clock.forward(timedelta(minutes=7))
    with at_work(folder, forwarding=Forwarding((HERE,)), clock=clock) as desk:
        assert codes(desk, "198.51.100.1", 1, password=PASSWORD) == [303]


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        pytest.param("x-forwarded-for", "192.0.2.1", "192.0.2.2", id="two addresses"),
        pytest.param("x-forwarded-for", "192.0.2.1:4000", "192.0.2.2:4000", id="with ports"),
        pytest.param("x-forwarded-for", "198.51.100.1, 192.0.2.1", "198.51.100.1, 192.0.2.2", id="a list"),
        pytest.param("x-forwarded-for", "192.0.2.1, 127.0.0.9", "192.0.2.2, 127.0.0.9", id="two proxies"),
        pytest.param("x-forwarded-for", "2001:db8:1::1", "2001:db8:2::1", id="two households"),
        pytest.param("x-forwarded-for", "[2001:db8:1::1]:99", "[2001:db8:2::1]:99", id="in brackets"),
        pytest.param("forwarded", "for=192.0.2.1;proto=https", "for=192.0.2.2", id="forwarded"),
        pytest.param("forwarded", 'for="[2001:db8:1::1]:1"', 'for="[2001:db8:2::1]:1"', id="forwarded 6"),
    ],
)
def test_an_address_that_is_out_of_tries_keeps_no_other_out(
    folder: Folder, header: str, one: str, other: str
) -> None:
    with at_work(folder, forwarding=Forwarding((HERE,), Header(header))) as desk, at(desk) as http:
        few(desk)
        wrong = [
            log_in(http, f"nobody {number}", "guess", **{header: one}).status_code for number in range(4)
        ]
        right = log_in(http, **{header: other}).status_code

    assert wrong == [403] * 3 + [429]
    assert right == 303


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([f"192.0.2.{number}, 203.0.113.5" for number in range(4)], id="invented hops"),
        pytest.param([f"203.0.113.5:{4000 + number}" for number in range(4)], id="ports"),
        pytest.param([f"2001:db8:7::{number:x}" for number in range(4)], id="one household"),
        pytest.param(
            [f"198.51.100.1,{' ' * number}::ffff:203.0.113.5" for number in range(4)],
            id="mapped",
        ),
        pytest.param([f"junk{number}" for number in range(4)], id="no addresses"),
    ],
)
def test_one_visitor_stays_one_however_it_is_told(behind: Open, told: list[str]) -> None:
    few(behind)
    with at(behind) as http:
        codes = [
            log_in(http, f"n{number}", "guess", **{"x-forwarded-for": one}).status_code
            for number, one in enumerate(told)
        ]

    assert codes == [403] * 3 + [429]


@pytest.mark.parametrize("language", WAITS)
def test_the_true_wait_is_told_in_the_readers_language(behind: Open, language: str) -> None:
    few(behind)
    codes(behind, "198.51.100.1", 3)
    behind.clock.forward(timedelta(minutes=3, seconds=1))
    with at(behind, "192.0.2.1") as http:
        page = log_in(http, **{"accept-language": language})
        data = http.post(
            "/desk/session",
            json={"name": "bo", "password": "x"},
            headers=OURS | {"accept-language": language},
        )

    assert (page.status_code, page.headers["retry-after"]) == (429, "419")
    assert (data.status_code, data.headers.get("retry-after")) == (429, "419")
    assert WAITS[language] in page.text
    assert WAITS[language] in data.json()["problem"]


def test_codes_of_a_second_factor_run_out_too_recovery_codes_as_well(behind: Open) -> None:
    behind.desk.newsroom.database.team.keep_factor("bo", SECRET, ["abcdefgh"])
    with at(behind, "192.0.2.7") as http:
        log_in(http)
        wrong = [
            http.post("/desk/login/code", data={"code": code}, headers=OURS).status_code
            for code in ("000000", "wrong-code", "12", "", "abcdefgg") * 2
        ]
        right = pyotp.TOTP(SECRET).at(behind.clock())
        late = http.post("/desk/login/code", data={"code": right}, headers=OURS)

    assert wrong == [403] * 10
    assert (late.status_code, late.headers["retry-after"]) == (429, "600")


def test_codes_that_were_wrong_outlive_a_restart(folder: Folder) -> None:
    with at_work(folder) as desk, at(desk) as http:
        clock = desk.clock
        desk.desk.newsroom.database.team.keep_factor("bo", SECRET, [])
        log_in(http)
        for _ in range(10):
            http.post("/desk/login/code", data={"code": "000000"}, headers=OURS)
    with at_work(folder, clock=clock) as desk, at(desk) as http:
        log_in(http)
        right = pyotp.TOTP(SECRET).at(clock())
        assert http.post("/desk/login/code", data={"code": right}, headers=OURS).status_code == 429


def test_a_name_of_any_length_counts_as_one_and_is_kept_short(behind: Open) -> None:
    few(behind)
    with at(behind, "192.0.2.7") as http:
        wrong = [log_in(http, "n" * (100 + number), "guess").status_code for number in range(4)]
    with at(behind, "192.0.2.8") as http:
        other = log_in(http, "n" * 200, "guess").status_code

    assert wrong == [403] * 3 + [429]
    assert other == 429


def test_who_was_locked_out_comes_in_by_a_link(behind: Open) -> None:
    few(behind)
    codes(behind, "198.51.100.1", 3)
    user = User("bo", EVERY_ROLE)
    behind.desk.logins.keep_roles(user, hashed(PASSWORD), now=behind.clock())
    secret = behind.desk.logins.make_link(user, lasts=timedelta(minutes=15), now=behind.clock())
    with at(behind, "192.0.2.7") as http:
        assert log_in(http).status_code == 429
        assert http.post(f"/desk/enter/{secret}", headers=OURS).status_code == 303
