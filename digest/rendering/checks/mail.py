"""Every check of one mail, on the bytes that would leave."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from digest.rendering.checks import (
    contrast,
    coverage,
    headers,
    links,
    pictures,
    signatures,
    spam,
    structure,
    support,
)
from digest.rendering.checks.document import Document
from digest.rendering.checks.findings import Finding, Level, merged


def check_message(raw: bytes, *, with_spam: bool = True) -> tuple[Finding, ...]:
    """Return what is wrong with a whole mail (`.eml`), worst first.

    Args:
        with_spam: ask SpamAssassin too, where it is installed; takes seconds.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    html, text = _part(message, "html"), _part(message, "plain")
    findings = [*headers.check(message, raw), *signatures.check(message)]
    if html:
        findings += _page(Document(html), may_hold_tokens=False)
        findings += coverage.check(Document(html), text)
        findings += structure.latin_only("HTML", html)
    else:
        findings.append(Finding(Level.ERROR, "document", "the mail", "has no HTML part", "send both parts"))
    if text:
        findings += structure.latin_only("plain", text)
    if with_spam:
        findings += spam.check(raw)
    return merged(findings)


def check_page(html: str, text: str = "", *, may_hold_tokens: bool = True) -> tuple[Finding, ...]:
    """Return what is wrong with an HTML part, and the plain part where given, worst first."""
    document = Document(html)
    findings = [*_page(document, may_hold_tokens=may_hold_tokens)]
    findings += structure.latin_only("HTML", html)
    if text:
        findings += coverage.check(document, text)
        findings += structure.latin_only("plain", text)
    return merged(findings)


def _page(document: Document, *, may_hold_tokens: bool) -> Iterator[Finding]:
    yield from structure.check(document)
    yield from pictures.check(document)
    yield from links.check(document, may_hold_tokens=may_hold_tokens)
    yield from contrast.check(document)
    yield from support.check(document)


def _part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    if found is None:
        return ""
    try:
        content = found.get_content()
    except (LookupError, UnicodeError):
        payload = found.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return str(content)
