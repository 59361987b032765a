"""Where a visitor comes from: by the socket's word, or by that of our own proxies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import Request

NOBODY = "nobody"
"""A visitor of no address, as on a socket of files."""

MOST_HOPS = 20
"""More names than this in a header were not written by proxies."""

_SUBSCRIBER_BITS = 64
_SIGNS = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PAIR = re.compile(rf'[ \t]*({_SIGNS})=({_SIGNS}|"(?:[^"\\]|\\.)*+")[ \t]*')

Address = IPv4Address | IPv6Address


class Header(StrEnum):
    """In which header our proxies tell whom they stand for; the other one is anybody's to send."""

    X_FORWARDED_FOR = "x-forwarded-for"
    FORWARDED = "forwarded"


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Whose word on a visitor's address is taken.

    Attributes:
        proxies: the networks of our own proxies; none for nobody's.
    """

    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    header: Header = Header.X_FORWARDED_FOR

    def visitor(self, peer: str, told: Sequence[str]) -> str:
        """Return the visitor's address as text; the peer's where nobody trusted says another.

        Every proxy adds whom it heard from at the end. Read from there, names count for as long as one of
        our own proxies wrote them: the first that is not a proxy of ours is the visitor, and what stands
        before it is the visitor's own invention. A name that is no address ends the reading.

        Args:
            told: the header's values, in their order.
        """
        here = _address(peer)
        if here is None:
            return peer
        hops = self._hops(told) if self._is_ours(here) else []
        for hop in reversed(hops[-MOST_HOPS:]):
            if not self._is_ours(here):
                break
            before = _address(hop)
            if before is None:
                break
            here = before
        return str(here)

    def _is_ours(self, address: Address) -> bool:
        return any(address in network for network in self.proxies)

    def _hops(self, told: Sequence[str]) -> list[str]:
        if self.header is Header.X_FORWARDED_FOR:
            return [hop for line in told for hop in line.split(",")]
        return [_for(element) for line in told for element in _parts(line, ",")]


DIRECT = Forwarding()
"""No proxy stands before us."""


def visitor(request: Request, forwarding: Forwarding) -> str:
    """Return the address that a request comes from, behind the proxies that are ours."""
    if request.client is None:
        return NOBODY
    return forwarding.visitor(request.client.host, request.headers.getlist(forwarding.header))


def household(address: str) -> str:
    """Return what counts as one visitor for a limit: of IPv6 the /64 that one household has whole."""
    found = _address(address)
    if not isinstance(found, IPv6Address):
        return address if found is None else str(found)
    return str(ip_network((int(found), _SUBSCRIBER_BITS), strict=False))


def _for(element: str) -> str:
    """Return the `for` of one element of `Forwarded`; empty where any part is malformed. Source: RFC 7239.

    A visitor's unclosed quotation mark swallows what our proxy wrote behind it: then nothing of the element
    can be believed.
    """
    found = ""
    for pair in _parts(element, ";"):
        read = _PAIR.fullmatch(pair)
        if read is None:
            return ""
        if read[1].lower() == "for":
            value: str = read[2]
            found = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
    return found


def _parts(text: str, separator: str) -> list[str]:
    """Split where no quotation mark is open; one look at each sign, whatever was sent."""
    parts, begin, is_quoted, is_escaped = [], 0, False, False
    for place, sign in enumerate(text):
        if is_escaped:
            is_escaped = False
        elif sign == "\\":
            is_escaped = is_quoted
        elif sign == '"':
            is_quoted = not is_quoted
        elif sign == separator and not is_quoted:
            parts.append(text[begin:place])
            begin = place + 1
    return [*parts, text[begin:]]


def _address(text: str) -> Address | None:
    """Return the address in `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`; else None."""
    text = text.strip()
    if text.startswith("["):
        host, bracket, port = text[1:].partition("]")
        if not bracket or (port and not _is_port(port)):
            return None
        text = host
    elif text.count(":") == 1:
        text, _, port = text.partition(":")
        if not _is_port(":" + port):
            return None
    if "%" in text:  # a zone names an interface of somebody else's machine
        return None
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _is_port(text: str) -> bool:
    return re.fullmatch(r":[0-9]{1,5}", text) is not None
