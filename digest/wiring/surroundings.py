"""What the environment says to libraries beneath us, and with which no run could begin."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping

from digest.errors import ConfigurationError, Fault
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.settings.source_kinds import MailboxSettings

CERTIFICATES = "SSL_CERT_FILE"
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")


def check_surroundings(settings: Settings, environ: Mapping[str, str] = os.environ) -> None:
    """Return if the certificates and proxies that the environment names can be used.

    Raises:
        ConfigurationError: with each variable that can't.
    """
    faults = tuple(_faults(settings, environ))
    if faults:
        raise ConfigurationError(faults)


def _faults(settings: Settings, environ: Mapping[str, str]) -> Iterator[Fault]:
    file = environ.get(CERTIFICATES, "")
    if file and (problem := _certificates(file)):
        yield Fault(CERTIFICATES, problem, f"environment variable {CERTIFICATES}")
        return  # without them no client can be made to try the proxies with
    given = [name for one in PROXIES for name in (one, one.lower()) if environ.get(name, "").strip()]
    if given and asks_by_proxies(settings) and (problem := _proxies()):
        # A library that reads all of them does not say which of them it means.
        names = ", ".join(given)
        yield Fault(names, problem, f"environment variable {given[0]}" if len(given) == 1 else "")


def _certificates(file: str) -> str:
    remedy = "name a file of certificates in PEM, as /etc/ssl/certs/ca-certificates.crt, or unset it"
    try:
        ssl.create_default_context(cafile=file)
    except ssl.SSLError:
        return f"{file} holds no certificates: {remedy}"
    except OSError as error:
        return f"{file} can't be read ({error.strerror or error}): {remedy}"
    return ""


def _proxies() -> str:
    import httpx  # a quarter of a run's start, and only where a proxy is named

    try:
        httpx.Client().close()
    except ImportError:
        return "names a SOCKS proxy, which is not spoken here: name one of HTTP, or unset it"
    except (httpx.InvalidURL, ValueError):
        return "is no proxy's address, as http://proxy.example:3128, or no list of hosts: mend or unset it"
    return ""


def asks_by_proxies(settings: Settings) -> bool:
    """Tell whether anything is called that goes by the environment's proxies; sources do not."""
    oauth = (
        source.oauth.is_given and source.oauth.effective_token_url
        for newsletter in settings.newsletters.values()
        for source in newsletter.sources
        if isinstance(source, MailboxSettings)
    )
    called = (settings.alerts.url, settings.desk.ping, settings.desk.oidc, settings.webhooks)
    return (
        isinstance(settings.transport, kinds.SendGridSettings)
        or any(map(bool, called))
        or any(one.ping is not None for one in settings.newsletters.values())
        or any(map(bool, oauth))
    )
