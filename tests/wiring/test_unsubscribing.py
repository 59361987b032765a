"""Addresses that unsubscribe: made by us, read whatever a server did to their case, forged by nobody."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from digest.wiring.unsubscribing import Meant, UnsubscribeAddresses, mark_of, newsletter_of_mark

SECRET = "a secret that only this test knows"
WHO = "0123456789abcdef01234567"
MADE = UnsubscribeAddresses(SECRET, "bounce.gazette.example")


def address(made: UnsubscribeAddresses = MADE, newsletter: str = "morning") -> str:
    found = re.fullmatch(r"mailto:([^?]+)\?subject=(.+)", made.uri(WHO, newsletter, "u1.x~y.z"))
    assert found
    assert unquote(found[2]) == "unsubscribe u1.x~y.z"
    return found[1]


@pytest.mark.parametrize("changed", [str, str.upper, str.title, "<{}>".format])
def test_an_address_of_ours_is_read_back(changed: type[str]) -> None:
    assert MADE.read(changed(address())) == Meant(WHO, mark_of("morning"))
    assert newsletter_of_mark(["evening", "morning"], mark_of("morning")) == "morning"
    assert newsletter_of_mark(["evening"], mark_of("morning")) == ""


def test_no_server_cuts_it() -> None:
    assert len(address().partition("@")[0]) <= 64


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(address().replace(WHO, WHO[::-1]), id="another reader"),
        pytest.param(address().replace(mark_of("morning"), mark_of("evening")), id="another newsletter"),
        pytest.param(address(UnsubscribeAddresses(SECRET[::-1], "bounce.gazette.example")), id="no secret"),
        pytest.param(address().replace("bounce.", "evil."), id="another domain"),
        pytest.param(address()[1:], id="cut"),
        pytest.param("bounces@bounce.gazette.example", id="bare"),
    ],
)
def test_nobody_else_makes_one(text: str) -> None:
    assert MADE.read(text) is None


def test_an_older_secret_still_counts() -> None:
    newer = UnsubscribeAddresses("a newer secret than that", "bounce.gazette.example", older=[SECRET])

    assert newer.read(address()) == Meant(WHO, mark_of("morning"))


def test_where_an_address_would_be_too_long_there_is_none() -> None:
    made = UnsubscribeAddresses(SECRET, "bounce.gazette.example", local="a-very-long-name-for-a-box")

    assert made.uri(WHO, "morning", "token") == ""
