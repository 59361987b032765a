"""Which addresses belong to the open Internet: decided by range, whatever the spelling.

Source: the IANA special-purpose address registries for IPv4 and IPv6, as of 2025.
"""

from __future__ import annotations

import functools
import ipaddress
import re
import unicodedata
from urllib.parse import unquote

NAT64 = ipaddress.ip_network("64:ff9b::/96")
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""All IPv6 that was ever given out; the rest is reserved, local or an IPv4 address in disguise."""
NEVER_PUBLIC = tuple(
    ipaddress.ip_network(each)
    for each in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relay anycast, deprecated
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
"""What Python's own `is_global` lets through, or did in some release."""
PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa")

_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open Internet, also behind IPv4-in-IPv6 spellings."""
    try:
        parsed = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        embedded = parsed.ipv4_mapped or parsed.sixtofour
        if parsed in NAT64:
            embedded = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(str(embedded))
        if parsed not in GLOBAL_UNICAST:
            return False
    if any(parsed in network for network in NEVER_PUBLIC if network.version == parsed.version):
        return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified)


@functools.lru_cache(maxsize=1024)
def is_public_name(host: str) -> bool:
    """Tell whether a URL's host is a public address, or a name that does not say it is private.

    Hosts are read as browsers and mail programs read them: `127.1`, `0x7f.1` and full-width digits are
    addresses, too. No lookup is made.
    """
    name = unicodedata.normalize("NFKC", unquote(host)).lower().replace("。", ".").rstrip(".")
    try:
        return is_public(str(ipaddress.ip_address(name.split("%", 1)[0])))
    except ValueError:
        pass
    is_private_name = any(name == private or name.endswith(f".{private}") for private in PRIVATE_NAMES)
    is_number = bool(_NUMBER.fullmatch(name.rpartition(".")[2]))
    return "." in name and ":" not in name and not is_private_name and not is_number
