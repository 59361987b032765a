"""The sender's domain in the DNS: whether receivers can tell its mail from forgeries.

What is looked up: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489), nothing of any reader. Lookups
need the extra `check`.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from digest.errors import DigestError, MissingExtra
from digest.rendering.checks.findings import Finding, Level

MAX_LOOKUPS = 10
"""Of one SPF record with all it includes (RFC 7208, 4.6.4); past it receivers give up."""

SELECTORS = ("default", "mail", "dkim", "s1", "s2", "selector1", "selector2", "google", "k1", "mta")
"""Names that DKIM keys commonly have: a key's name can't be asked for, only tried."""

LEAST_KEY_BITS = 1024
_DEEPEST = 12
_LOOKUP = re.compile(r"^[+?~-]?(?:(include|exists):(\S+)|(redirect)=(\S+)|(?:a|mx|ptr)(?:[:/]\S*)?$)")
_BITS_PER_CHARACTER = 6


class RecordsUnavailable(DigestError, OSError):
    """The DNS gave no answer now."""


class Resolver(Protocol):
    """Answers TXT questions."""

    def txt(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of a name, each joined; none where there are none.

        Raises:
            RecordsUnavailable: there was no answer now.
        """
        ...


class DnsResolver:
    """The system's resolver, by dnspython."""

    def __init__(self, *, timeout_s: float = 5.0) -> None:
        """Wait `timeout_s` for each answer.

        Raises:
            MissingExtra: dnspython is not installed.
        """
        try:
            import dns.exception
            import dns.resolver
        except ImportError as error:
            raise MissingExtra("Looking at DNS records", "check") from error
        self._errors = dns.exception.DNSException
        self._none = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)
        self._resolver: dns.resolver.Resolver | None = None
        with contextlib.suppress(self._errors):
            self._resolver = dns.resolver.Resolver()
            self._resolver.lifetime = timeout_s

    def txt(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of a name; see `Resolver`."""
        found = self._records(name, "TXT")
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in found)

    def ptr(self, address: str) -> tuple[str, ...]:
        """Return the names that an IP address has in the reverse DNS, without a dot at their end.

        Raises:
            RecordsUnavailable: there was no answer now.
        """
        found = self._records(ipaddress.ip_address(address).reverse_pointer, "PTR")
        return tuple(str(record.target).rstrip(".") for record in found)

    def _records(self, name: str, kind: str) -> tuple[Any, ...]:
        if self._resolver is None:
            raise RecordsUnavailable("this machine names no DNS server")
        try:
            return tuple(self._resolver.resolve(name, kind))
        except self._none:
            return ()
        except (self._errors, OSError) as error:
            raise RecordsUnavailable(" ".join(str(error).split())) from error


@dataclass(frozen=True, slots=True)
class Sending:
    """How a domain's mail leaves, as far as its records must say so.

    Attributes:
        spf: the mechanism that allows it (`include:sendgrid.net`); empty where not known.
        selectors: the DKIM keys' names, where known.
    """

    spf: str = ""
    selectors: tuple[str, ...] = ()


def check(domain: str, resolver: Resolver, sending: Sending) -> Iterator[Finding]:
    """Yield what is missing or wrong, with the record to add."""
    for looks in (_spf, _dkim, _dmarc):
        try:
            yield from looks(domain, resolver, sending)
        except RecordsUnavailable as away:
            kind = looks.__name__.strip("_").upper()
            yield _warning(f"{kind} of {domain}", f"can't be read now ({away})", "try again later")


def _error(element: str, problem: str, remedy: str) -> Finding:
    return Finding(Level.ERROR, "dns", element, problem, remedy)


def _warning(element: str, problem: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, "dns", element, problem, remedy)


def _spf(domain: str, resolver: Resolver, sending: Sending) -> Iterator[Finding]:
    name = f"SPF of {domain}"
    records = _versions(resolver.txt(domain), "v=spf1")
    wanted = sending.spf or "mx"
    if not records:
        yield _error(name, "is missing", f'add the TXT record {domain} "v=spf1 {wanted} -all"')
        return
    if len(records) > 1:
        problem = f"is there {len(records)} times, and receivers then take none"
        yield _error(name, problem, "join them into one record")
        return
    (record,) = records
    words = record.split()[1:]
    if any(word in {"all", "+all"} for word in words):
        yield _error(name, "ends in +all, which lets anybody send", "write -all")
    elif not any(word in {"-all", "~all"} or word.startswith("redirect=") for word in words):
        yield _warning(name, "says nothing of other senders", "end it in -all")
    if sending.spf and sending.spf not in words:
        problem = f"does not name our way of sending ({record})"
        yield _error(name, problem, f"add {sending.spf} before its end")
    found = _lookups(record, resolver, seen={domain})
    if found > MAX_LOOKUPS:
        problem = f"needs {found} lookups of at most {MAX_LOOKUPS}, and receivers give up"
        yield _error(name, problem, "take out senders that are not used any more")


def _lookups(record: str, resolver: Resolver, *, seen: set[str], depth: int = 0) -> int:
    """Return how many questions a receiver asks for a record and all that it includes."""
    total = 0
    for word in record.split()[1:]:
        found = _LOOKUP.match(word)
        if found is None:
            continue
        total += 1
        target = (found[2] if found[1] == "include" else found[4]) or ""
        if target and "%" not in target and target not in seen and depth < _DEEPEST:
            seen.add(target)
            for included in _versions(resolver.txt(target), "v=spf1")[:1]:
                total += _lookups(included, resolver, seen=seen, depth=depth + 1)
        if total > MAX_LOOKUPS:
            break
    return total


def _dkim(domain: str, resolver: Resolver, sending: Sending) -> Iterator[Finding]:
    tried: Sequence[str] = sending.selectors or SELECTORS
    found = 0
    for selector in tried:
        name = f"{selector}._domainkey.{domain}"
        for record in resolver.txt(name):
            tags = _tags(record)
            if "p" not in tags:
                continue
            found += 1
            if not tags["p"]:
                remedy = "publish the key that mail is signed with"
                yield _error(f"DKIM {name}", "is a withdrawn key", remedy)
            elif tags.get("k", "rsa") == "rsa" and len(tags["p"]) * _BITS_PER_CHARACTER < LEAST_KEY_BITS:
                problem = f"is an RSA key under {LEAST_KEY_BITS} bits, which receivers ignore"
                yield _error(f"DKIM {name}", problem, "make one of 2048 bits")
            if "y" in tags.get("t", "").split(":"):
                yield _warning(f"DKIM {name}", "says that it is only a test", "take t=y out")
    if found:
        return
    names = ", ".join(tried)
    if sending.selectors:
        remedy = f'publish the key: {tried[0]}._domainkey.{domain} TXT "v=DKIM1; k=rsa; p=…"'
        yield _error(f"DKIM of {domain}", f"is missing under {names}", remedy)
    else:
        remedy = "say what your key is called by --dkim-selector; your provider shows name and record"
        yield _warning(f"DKIM of {domain}", f"is none of the usual names ({names})", remedy)


def _dmarc(domain: str, resolver: Resolver, _sending: Sending) -> Iterator[Finding]:
    for owner in _upwards(domain):
        records = _versions(resolver.txt(f"_dmarc.{owner}"), "v=DMARC1")
        if records:
            yield from _policy(f"DMARC of {owner}", records, is_own=owner == domain)
            return
    remedy = f'add the TXT record _dmarc.{domain} "v=DMARC1; p=none; rua=mailto:dmarc@{domain}"'
    yield _error(f"DMARC of {domain}", "is missing; Gmail and Yahoo ask for it of senders of bulk", remedy)


def _policy(name: str, records: Sequence[str], *, is_own: bool) -> Iterator[Finding]:
    if len(records) > 1:
        yield _error(name, f"is there {len(records)} times, and receivers then take none", "keep one")
        return
    tags = _tags(records[0])
    policy = tags.get("p", "") if is_own else tags.get("sp", tags.get("p", ""))
    if policy not in {"none", "quarantine", "reject"}:
        yield _error(name, "has no policy", "write p=none, p=quarantine or p=reject")
    elif policy == "none":
        remedy = "when the reports show that your mail passes, write p=quarantine"
        yield Finding(Level.NOTE, "dns", name, "only watches (p=none)", remedy)
    if "rua" not in tags:
        remedy = "add rua=mailto: with an address of yours"
        yield Finding(Level.NOTE, "dns", name, "asks for no reports", remedy)


def _upwards(domain: str) -> Iterator[str]:
    """Yield the domain and those above it, but no top-level domain."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        yield ".".join(labels[start:])


def _versions(records: Sequence[str], version: str) -> list[str]:
    wanted = version.lower()
    return [one for one in records if re.split(r"[\s;]", one.strip().lower(), maxsplit=1)[0] == wanted]


def _tags(record: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in record.split(";"))
    return {key.strip().lower(): "".join(value.split()) for key, _, value in pairs if key.strip()}
