"""Links: whether they lead anywhere, and anywhere a reader may go. Nothing is ever fetched."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from lxml.html import HtmlElement

from digest.model.tokens import TOKEN
from digest.rendering.checks.document import Document, describe, name
from digest.rendering.checks.findings import Finding, Level

_HARMLESS = frozenset({"mailto", "tel", "sms"})
_PRIVATE_NAMES = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".test")
_ADDRESS_AS_TEXT = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/?#]\S*)?", re.IGNORECASE)


def check(document: Document, *, may_hold_tokens: bool = False) -> Iterator[Finding]:
    """Yield what is wrong with links.

    Args:
        may_hold_tokens: the mail is not a reader's yet; `%%unsubscribe_url%%` is an address then.
    """
    for link in document.all("a", "area"):
        href = link.get("href")
        if href is None and not link.get("name") and not link.get("id"):
            yield _error(link, "leads nowhere: it has no href", "give it an https address, or use a span")
        elif href is not None and not (may_hold_tokens and TOKEN.fullmatch(href.strip())):
            yield from _target(link, href.strip())
        if href is not None and not name(link):
            yield _error(link, "has no text and no picture with words", "say where it leads")
    for found in sorted(set(TOKEN.findall(document.source))):
        if not may_hold_tokens:
            yield Finding(
                Level.ERROR,
                "tokens",
                f"%%{found}%%",
                "was not filled in",
                "give every reader a value, or take it out of the template",
            )


def is_private(host: str) -> bool:
    """Tell whether a host is inside somebody's network, judged by its name or number alone."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_NAMES)


def _target(link: HtmlElement, href: str) -> Iterator[Finding]:
    try:
        parts = urlsplit(href)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        yield _error(link, f"has the broken address {href[:60]!r}", "write a whole https address")
        return
    if not href or href == "#":
        yield _error(link, "leads nowhere: its href is empty", "give it an https address")
    elif parts.scheme in _HARMLESS or (href.startswith("#") and len(href) > 1):
        return
    elif not parts.scheme:
        problem = f"is relative ({href[:60]!r}), and a mail has no base"
        yield _error(link, problem, "write the whole address")
    elif parts.scheme not in {"http", "https"}:
        yield _error(link, f"has a {parts.scheme}: address, which programs block", "use https")
    elif not host:
        yield _error(link, "has an address without a host", "write the whole address")
    elif is_private(host):
        yield _error(link, f"leads to {host}, which readers can't reach", "use the public address")
    else:
        yield from _manners(link, parts, host)


def _manners(link: HtmlElement, parts: SplitResult, host: str) -> Iterator[Finding]:
    if parts.scheme == "http":
        yield _warning(link, "is not encrypted", "use https")
    if parts.username or parts.password:
        yield _warning(link, "holds a user name or a password", "take it out of the address")
    told = _ADDRESS_AS_TEXT.fullmatch(link.text_content().strip())
    if told and _site(told.group(1)) != _site(host):
        problem = f"reads {told.group(1)} and leads to {host}, as deceivers do"
        yield _warning(link, problem, "let the text say what it leads to")


def _site(host: str) -> str:
    return ".".join(host.lower().split(".")[-2:])


def _error(link: HtmlElement, problem: str, remedy: str) -> Finding:
    return Finding(Level.ERROR, "links", describe(link), problem, remedy)


def _warning(link: HtmlElement, problem: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, "links", describe(link), problem, remedy)
