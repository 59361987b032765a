"""Where a visitor comes from, whoever says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from ipaddress import ip_address, ip_network

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.web.public.visit import gate_of
from digest.web.serving.peers import Forwarding, Header, household
from tests.journeys.desk import Folder
from tests.web.newsroom import Open, at_work

OURS = Forwarding((ip_network("10.0.0.0/8"), ip_network("fd00::/8"), ip_network("127.0.0.1")))
RFC = Forwarding(OURS.proxies, Header.FORWARDED)
PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("peer", "told", "visitor"),
    [
        pytest.param(PROXY, ["203.0.113.9"], "203.0.113.9", id="one proxy"),
        pytest.param(PROXY, ["203.0.113.9, 10.9.9.9"], "203.0.113.9", id="a chain of ours"),
        pytest.param(PROXY, ["198.51.100.1, 203.0.113.9"], "203.0.113.9", id="an invented first name"),
        pytest.param(PROXY, ["10.1.1.1, 203.0.113.9"], "203.0.113.9", id="an invented inner name"),
        pytest.param(PROXY, ["198.51.100.1", "203.0.113.9"], "203.0.113.9", id="a line for each hop"),
        pytest.param("203.0.113.9", ["198.51.100.1"], "203.0.113.9", id="no proxy of ours"),
        pytest.param(PROXY, [], PROXY, id="a proxy that tells nothing"),
        pytest.param(PROXY, ["unknown"], PROXY, id="no address"),
        pytest.param(PROXY, ["203.0.113.9, , 10.2.2.2"], "10.2.2.2", id="nothing between commas"),
        pytest.param(PROXY, ["203.0.113.9:4711"], "203.0.113.9", id="with a port"),
        pytest.param(PROXY, ["[2001:db8::7]:4711"], "2001:db8::7", id="version six with a port"),
        pytest.param("fd00::1", ["2001:DB8:0::7"], "2001:db8::7", id="version six, written long"),
        pytest.param("::ffff:10.0.0.1", ["203.0.113.9"], "203.0.113.9", id="a proxy mapped into six"),
        pytest.param(PROXY, ["::ffff:203.0.113.9"], "203.0.113.9", id="a visitor mapped into six"),
        pytest.param(PROXY, ["fe80::1%eth0"], PROXY, id="a zone of another machine"),
        pytest.param(PROXY, ["10.3.3.3, 10.4.4.4"], "10.3.3.3", id="nobody but proxies"),
        pytest.param("testclient", ["203.0.113.9"], "testclient", id="a socket of files"),
    ],
)
def test_the_visitor_is_whom_our_own_proxies_name(peer: str, told: list[str], visitor: str) -> None:
    assert OURS.visitor(peer, told) == visitor


@pytest.mark.parametrize(
    ("told", "visitor"),
    [
        pytest.param(["for=203.0.113.9;proto=https;by=10.0.0.1"], "203.0.113.9", id="with its neighbors"),
        pytest.param(['For="[2001:db8::7]:4711"'], "2001:db8::7", id="version six in quotation marks"),
        pytest.param(["for=198.51.100.1, for=203.0.113.9"], "203.0.113.9", id="an invented first name"),
        pytest.param(["for=198.51.100.1", "proto=https; for=203.0.113.9"], "203.0.113.9", id="two lines"),
        pytest.param(["for=_hidden"], PROXY, id="a hidden name"),
        pytest.param(["for=unknown"], PROXY, id="unknown"),
        pytest.param(['for=198.51.100.1;x=", for=203.0.113.9'], PROXY, id="an open quotation mark"),
        pytest.param(['for=198.51.100.1;x=", for="[2001:db8::7]"'], PROXY, id="one that ours closes"),
        pytest.param(['for="203.0.113.\\9"'], "203.0.113.9", id="an escaped sign"),
    ],
)
def test_the_newer_header_is_read_as_its_standard_says(told: list[str], visitor: str) -> None:
    assert RFC.visitor(PROXY, told) == visitor


_ADDRESSES = st.ip_addresses().map(str)
_HEADERS = st.lists(
    st.one_of(_ADDRESSES, st.text(max_size=30), st.sampled_from(['for="', "for=1.1.1.1", ";"]))
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(_HEADERS, st.sampled_from(["203.0.113.9", "2001:db8::7"]), st.booleans())
def test_nothing_a_visitor_sends_makes_them_somebody_else(
    invented: list[str],
    real: str,
    is_own_line: bool,
) -> None:
    names = {OURS: real, RFC: f'for="[{real}]"' if ":" in real else f"for={real}"}
    for forwarding, added in names.items():
        sent = ", ".join(invented)
        told = [sent, added] if is_own_line else [f"{sent}, {added}"]
        assert forwarding.visitor(PROXY, told) in {real, PROXY}
    assert OURS.visitor(PROXY, [*invented, real]) == real
    assert OURS.visitor(real, invented) == real


def test_a_household_of_version_six_is_one_visitor_whatever_address_it_takes() -> None:
    assert household("2001:db8:1:2:aaaa::1") == household("2001:db8:1:2:bbbb::2")
    assert household("2001:db8:1:2::1") != household("2001:db8:1:3::1")
    assert household("203.0.113.9") != household("203.0.113.10")
    assert ip_address(household("::ffff:203.0.113.9")) == ip_address("203.0.113.9")
    assert household("testclient") == "testclient"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("proxied")).ready(readers=1)


@pytest.fixture
def proxied(folder: Folder) -> Iterator[Open]:
    with at_work(folder, forwarding=OURS) as opened:
        yield opened


def signed_up(opened: Open, number: int, **headers: str) -> int:
    form = {"email": f"guest{number}@list.example"}
    return httpx.post(f"{opened.url}/signup/morning", data=form, headers=headers).status_code


def test_behind_a_proxy_every_reader_has_a_limit_of_their_own(proxied: Open) -> None:
    codes = [signed_up(proxied, one, **{"x-forwarded-for": f"203.0.113.{one}"}) for one in range(8)]
    same = [
        signed_up(proxied, one, **{"x-forwarded-for": f"{one}.9.9.9, 203.0.113.99"}) for one in range(8)
    ]
    other = [signed_up(proxied, one, forwarded=f"for=203.0.113.{one}") for one in range(8)]

    assert codes == [303] * 8
    assert same == [303] * 5 + [429] * 3
    assert other == [303] * 5 + [429] * 3


def test_without_a_proxy_of_ours_the_header_is_anybodys_talk(folder: Folder) -> None:
    with at_work(folder) as opened:
        codes = [signed_up(opened, one, **{"x-forwarded-for": f"203.0.113.{one}"}) for one in range(7)]

    assert codes == [303] * 5 + [429] * 2


def test_the_proof_of_consent_is_about_the_reader_not_the_proxy(proxied: Open) -> None:
    for number, address in enumerate(("203.0.113.9", "203.0.113.9", "203.0.113.10")):
        signed_up(proxied, number, **{"x-forwarded-for": address})
    gate_of(proxied.desk).mailer.settle()

    with closing(sqlite3.connect(proxied.folder.root / "digest.db")) as database:
        query = "SELECT c.ip_hash FROM consent c JOIN subscriber s ON s.id = c.subscriber"
        kept = [row[0] for row in database.execute(query + " WHERE method = 'form' ORDER BY s.address")]
    assert kept[0] == kept[1] != kept[2]
