"""Links of letters go to everybody, so none may be one reader's own."""

from __future__ import annotations

import pytest

from digest.sources.mail.links import public_address

PAGE = "https://quay.example/a"


@pytest.mark.parametrize(
    "link",
    [
        f"{PAGE}?ck_subscriber_id=123456789",
        f"{PAGE}?sc_uid=9f86d081&sc_llid=123456",
        f"{PAGE}?sfmc_sub=123456789",
        f"{PAGE}?bbeml=tp-abc123DEF456",
        f"{PAGE}?mc_eid=4c7d659a2f",
        f"{PAGE}?mkt_tok=NDIwLVRQUC02NTMAAAF9",
        "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fquay.example%2fa&c=E,1,abc",
    ],
)
def test_a_mark_of_its_reader_goes(link: str) -> None:
    assert public_address(link) == PAGE


@pytest.mark.parametrize(
    "link",
    [
        "https://protect-eu.mimecast.com/s/AbCdEfGhIjKlMnOpQrStU?domain=quay.example",
        "https://substack.com/redirect/2/eyJlIjoiaHR0cHM6Ly9xdWF5LmV4YW1wbGUvYSJ9.abcdefghij123456789",
        "https://click.mail.quay.example/?qs=9f86d081884c7d659a2feaa0c55ad015",
    ],
)
def test_what_leads_through_its_reader_s_own_address_is_none(link: str) -> None:
    assert public_address(link) == ""


def test_a_copy_for_everybody_keeps_what_names_it() -> None:
    link = "https://us1.campaign-archive.com/?e=4c7d659a2f&u=abc123def&id=9f86d08188"

    assert public_address(link) == "https://us1.campaign-archive.com/?u=abc123def&id=9f86d08188"
