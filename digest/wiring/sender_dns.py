"""A newsletter's sender in the DNS: what to ask for, given how its mail leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.model import Newsletter
from digest.rendering.checks import records
from digest.rendering.checks.findings import Finding
from digest.settings import kinds
from digest.settings.schema import Settings

SENDGRID_SELECTORS = ("s1", "s2")


def domain_of(newsletter: Newsletter) -> str:
    """Return the domain that the newsletter's mail comes from."""
    return newsletter.sender.domain


def findings(
    settings: Settings, domain: str, resolver: records.Resolver, selectors: Sequence[str] = ()
) -> Iterator[Finding]:
    """Yield what is wrong with a domain's SPF, DKIM and DMARC records.

    Args:
        selectors: what its DKIM keys are called, where known.
    """
    if isinstance(settings.transport, kinds.SendGridSettings):
        sending = records.Sending("include:sendgrid.net", tuple(selectors) or SENDGRID_SELECTORS)
    else:
        sending = records.Sending("", tuple(selectors))
    yield from records.check(domain, resolver, sending)


def leaves(settings: Settings) -> bool:
    """Tell whether mail leaves this machine at all: an outbox's readers look at no record."""
    return not isinstance(settings.transport, kinds.OutboxSettings)
