"""Values that name machines: servers, networks, and the headers by which proxies speak of visitors."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, SecretStr

from digest.settings.fields import Words, one_line

Network = IPv4Network | IPv6Network

_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LONGEST = 253


def is_host(text: str) -> bool:
    """Tell whether text can name a machine: a domain, a plain name or an address; no port, no path."""
    if ":" in text:
        return _is_ipv6(text)
    try:
        name = text if text.isascii() else text.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    labels = name.removesuffix(".").split(".")
    return len(name) <= _LONGEST and all(map(_LABEL.fullmatch, labels))


def network_of(text: str) -> Network | None:
    """Return the network that text writes, an address for itself; None where it writes none."""
    try:
        return ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _server(value: object) -> str:
    text = one_line(value)
    if text and not is_host(text):
        raise ValueError(
            f"'{text[:60]}' is no name of a server: a host alone, as in mail.example.org; its port is a "
            "setting of its own"
        )
    return text


def _networks(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if network_of(name) is None:
            raise ValueError(f"'{name[:60]}' is no address or network, as 10.0.0.7 or 10.0.0.0/8")
    return names


def _hosts(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if network_of(name) is None and not is_host(name):
            raise ValueError(
                f"'{name[:60]}' is no host alone (cms.example.org) and no network (10.0.0.0/8)"
            )
    return names


def _header(value: object) -> str:
    text = one_line(value)
    if not _TOKEN.fullmatch(text):
        raise ValueError(f"'{text[:60]}' is no header's name, as x-forwarded-user")
    return text


def _said_in_a_header(text: str) -> str:
    if not text.isascii():
        raise ValueError("must be ASCII: it is said in a header")
    return text


def _header_secret(value: object) -> SecretStr:
    text = one_line(value.get_secret_value() if isinstance(value, SecretStr) else value)
    if not text.isascii() or any(map(str.isspace, text)):
        raise ValueError("must be ASCII without spaces: it is said in a header")
    return SecretStr(text)


ServerName = Annotated[str, PlainValidator(_server)]
HeaderSecret = Annotated[SecretStr, PlainValidator(_header_secret)]
Networks = Annotated[Words, AfterValidator(_networks)]
Hosts = Annotated[Words, AfterValidator(_hosts)]
HeaderName = Annotated[str, PlainValidator(_header)]
HeaderText = Annotated[
    str, BeforeValidator(one_line), Field(min_length=1), AfterValidator(_said_in_a_header)
]
