"""A name and an address, and how their international parts look on the wire."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import idna

_PATH_SIGNS = "/!$&'()*+,;=:@~%"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody mail comes from or goes to, in two parts that are never glued together before the wire.

    Attributes:
        name: as readers see it: no quotes, no escapes, no encoding; may be empty.
        address: ASCII, an international domain as A-labels.
    """

    name: str
    address: str

    @property
    def domain(self) -> str:
        """Return what stands behind the @."""
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        """Return both parts for people to read; no header is made of it."""
        return f"{self.name} <{self.address}>" if self.name else self.address


def ascii_domain(domain: str) -> str:
    """Return a domain in lower case, its international labels as A-labels.

    Raises:
        ValueError: a label is none.

    Source: RFC 5891, mapped as UTS 46 says, as browsers do.
    """
    if domain.isascii():
        return domain.lower()
    return idna.encode(domain, uts46=True).decode("ascii").lower()


def ascii_url(url: str) -> str:
    """Return a URL as it goes on the wire: A-labels in its host, percent signs in its path.

    Raises:
        ValueError: it is no URL, or its host no domain.
    """
    if url.isascii():
        return url
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":") if not place.startswith("[") else (place, "", "")
    netloc = f"{user}{at}{ascii_domain(host)}{colon}{port}"
    path, query, fragment = (
        quote(part, safe=_PATH_SIGNS + extra)
        for part, extra in ((parts.path, ""), (parts.query, "?"), (parts.fragment, "?"))
    )
    return urlunsplit((parts.scheme, netloc, path, query, fragment))
