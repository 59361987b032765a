from __future__ import annotations

import pytest

from digest.sources.web.connecting import Guard
from digest.sources.web.public_addresses import is_public


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.0.1"),
        *("192.0.0.9", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1"),
        *("100:0:0:1::1", "2001::1", "2001:1::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"),
        *("2002:c058:6301::", "5f00::1", "fc00::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address"),
    ],
)
def test_no_special_purpose_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "192.0.1.1", "192.88.98.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"],
)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_the_guard_refuses_the_6to4_relay_but_where_its_network_is_listed() -> None:
    assert not Guard().permits("quay.example", "192.88.99.1")
    assert Guard(["192.88.99.0/24"]).permits("quay.example", "192.88.99.1")
