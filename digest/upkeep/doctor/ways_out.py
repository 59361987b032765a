"""The ways out: the mail server without a mail, the name we say, the sender's DNS, and the pages."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from digest.errors import DigestError, MissingExtra, RefusesAll
from digest.rendering.checks import own_templates, records
from digest.rendering.checks.findings import Finding, Level
from digest.settings import kinds
from digest.settings.fields import is_loopback
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletters_of
from digest.upkeep.alarms.channels import MailChannel
from digest.upkeep.alarms.of_the_machine import certificates, is_reserved
from digest.upkeep.doctor.patient import Examined, Patient
from digest.wiring import sender_dns
from digest.wiring.transport import helo_name, probe_of

REACHED = range(200, 400)
"""Statuses of a page that is there."""

FAILING = 500
"""From this status on a server is not at work."""


def transport(patient: Patient) -> Examined:
    """Log in to the mail server, and send nothing."""
    settings = patient.loaded.settings
    probe = probe_of(settings)
    if probe is None:
        return Examined("transport", "writes into a folder: nothing leaves")
    try:
        said = asyncio.run(probe())
    except RefusesAll as refused:
        one = Finding(Level.ERROR, "transport", "[transport]", _clause(refused), refused.remedy.rstrip("."))
        return Examined("transport", "", (one,))
    except DigestError as away:
        remedy = "see its host, port, tls and login; the server's own log tells the other half"
        return Examined(
            "transport", "", (Finding(Level.ERROR, "transport", "[transport]", _clause(away), remedy),)
        )
    return Examined("transport", said)


def hello(patient: Patient) -> Examined:
    """Look at the name that we say to a mail server: one with a dot, that resolves."""
    settings = patient.loaded.settings
    given = settings.transport
    if not isinstance(given, kinds.SmtpSettings):
        return Examined("hello", "is not said: no SMTP")
    machine = patient.world.host_name()
    name = given.helo_name or helo_name(settings, machine=machine) or machine
    if problem := _of_name(patient, name, is_near=_is_near(given.host)):
        remedy = "give transport.helo_name, a name of this machine that the DNS knows"
        level = Level.WARNING if "some servers" in problem else Level.ERROR
        return Examined("hello", "", (Finding(level, "hello", name, problem, remedy),))
    return Examined("hello", f"is {name}")


def _of_name(patient: Patient, name: str, *, is_near: bool) -> str:
    """Return what is wrong with a name that is said, a clause; empty where nothing is."""
    plain = name.strip(".").lower()
    if is_address(plain):
        return "is an address and no name; some servers refuse it"
    if "." not in plain:
        return "has no dot; servers refuse it"
    if any(not (one.isalnum() or one in "-.") for one in plain) or not plain.isascii():
        return "has signs that no name of a machine has; servers refuse it"
    if plain.startswith("localhost.") or plain.endswith(".localhost"):
        return "is what every machine calls itself; some servers refuse it"
    if is_reserved(plain):
        return "" if is_near else "is a name that nobody out there knows; some servers refuse it"
    if not patient.world.addresses(name):
        return "is no name that resolves; some servers refuse it"
    return ""


def is_address(name: str) -> bool:
    """Tell whether a name is an IP address, in brackets or not."""
    try:
        ipaddress.ip_address(name.strip("[]").removeprefix("ipv6:"))
    except ValueError:
        return False
    return True


def _is_near(host: str) -> bool:
    """Tell whether a mail server is on this machine or in this house, or only an example."""
    if is_loopback(host) or (is_reserved(host) and not is_address(host)):
        return True
    return is_address(host) and not ipaddress.ip_address(host.strip("[]")).is_global


def reverse(patient: Patient) -> Examined:
    """Look at the reverse DNS of this machine, where it is the one that mails leave from."""
    settings = patient.loaded.settings
    if not _relays_here(patient):
        return Examined("reverse", "is the mail server's own: another machine sends")
    machine = patient.world.host_name()
    name = helo_name(settings, machine=machine) or machine
    addresses = [one for one in patient.world.addresses(machine) if ipaddress.ip_address(one).is_global]
    if not addresses:
        problem, remedy = "can't be looked up: its public address is not known here", f"try `host {name}`"
        return Examined("reverse", "", (Finding(Level.NOTE, "reverse", machine, problem, remedy),))
    found = tuple(one for address in addresses for one in _backwards(patient, address, name))
    return Examined("reverse", "names this machine, and the name leads back", found)


def _backwards(patient: Patient, address: str, name: str) -> Iterator[Finding]:
    """Yield what is wrong with the reverse DNS of one address (RFC 1912, 2.1)."""
    remedy = f"have whoever gave you {address} set its reverse DNS to a name that leads to it, as {name}"
    try:
        names = patient.world.pointers(address)
    except MissingExtra as missing:
        yield Finding(Level.NOTE, "reverse", address, "can't be looked up", str(missing))
    except records.RecordsUnavailable as away:
        problem = f"can't be looked up ({_clause(away)})"
        yield Finding(Level.WARNING, "reverse", address, problem, "see this machine's resolver")
    else:
        if not names:
            problem = "has no PTR record; large inboxes refuse its mail"
            yield Finding(Level.WARNING, "reverse", address, problem, remedy)
        elif not any(address in patient.world.addresses(one) for one in names):
            problem = f"is called {names[0]}, which does not lead back to it; large inboxes refuse its mail"
            yield Finding(Level.WARNING, "reverse", address, problem, remedy)


def _relays_here(patient: Patient) -> bool:
    """Tell whether the mail server of the settings is this very machine."""
    transport = patient.loaded.settings.transport
    if not isinstance(transport, kinds.SmtpSettings):
        return False
    machine = patient.world.host_name()
    if is_loopback(transport.host) or transport.host.rstrip(".").lower() == machine.rstrip(".").lower():
        return True
    own = set(patient.world.addresses(machine))
    return bool(own) and bool(own & set(patient.world.addresses(transport.host)))


def sender(patient: Patient) -> Examined:
    """Look at SPF, DKIM and DMARC of every sender's domain."""
    settings = patient.loaded.settings
    if not sender_dns.leaves(settings):
        return Examined("sender", "needs no records: nothing leaves")
    domains = dict.fromkeys(map(sender_dns.domain_of, newsletters_of(settings)))
    try:
        resolver = records.DnsResolver()
    except MissingExtra as missing:
        return Examined(
            "sender",
            "",
            (Finding(Level.NOTE, "sender", "DNS records", "were not looked at", str(missing)),),
        )
    found: list[Finding] = []
    for domain in domains:
        try:
            found += sender_dns.findings(settings, domain, resolver)
        except records.RecordsUnavailable as away:
            problem = f"can't be asked for ({str(away).rstrip('.')})"
            found.append(Finding(Level.WARNING, "sender", domain, problem, "see this machine's resolver"))
    return Examined("sender", "has the records that inboxes ask for", tuple(found))


def pages(patient: Patient) -> Examined:
    """Ask for our own pages from outside, as a reader who unsubscribes would."""
    settings = patient.loaded.settings
    seen = certificates(settings, settings.alerts, patient.world.certificate_ends, patient.now)
    broken = {one.about: one for one in seen.troubles}
    found = []
    for name, url in (("site.url", settings.site.url), ("desk.url", settings.desk.url)):
        if not url:
            continue
        path = "/healthz" if name == "site.url" else "/desk/login"
        host = urlsplit(url).hostname or ""
        if is_reserved(host):
            problem, remedy = (
                "is a name that nobody out there knows",
                "give your own, before anybody gets mail",
            )
            level = Level.WARNING if _reaches_people(settings) else Level.NOTE
            found.append(Finding(level, "pages", f"{name} {url}", problem, remedy))
            continue
        if not patient.world.addresses(host):
            problem = "can't be looked up: no name server knows it, or none answers"
            remedy = "see its name, and this machine's resolver; without it nobody can unsubscribe"
            found.append(Finding(Level.WARNING, "pages", f"{name} {url}", problem, remedy))
            continue
        if bad := broken.get(f"{host}:{urlsplit(url).port or 443}"):
            level = Level.ERROR if "no good" in bad.said else Level.WARNING
            problem, remedy = bad.said.rstrip("."), bad.remedy.rstrip(".")
            found.append(Finding(level, "pages", f"{name} {url}", problem, remedy))
            continue
        said = patient.world.answer(f"{url.rstrip('/')}{path}")
        if isinstance(said, str) or said not in REACHED:
            problem = f"is not there ({said})"
            remedy = "run `digest desk` behind your proxy: without it nobody can unsubscribe"
            found.append(Finding(Level.ERROR, "pages", f"{name} {url}", problem, remedy))
    return Examined("pages", "are there", tuple(found))


def _reaches_people(settings: Settings) -> bool:
    """Tell whether mail leaves, and by a server that is no example and not this machine."""
    given = settings.transport
    return sender_dns.leaves(settings) and not (
        isinstance(given, kinds.SmtpSettings) and _is_near(given.host)
    )


def webhook(patient: Patient) -> Examined:
    """Ask each server that we call for its robots.txt: it is there, whatever it answers."""
    called = {at: name for name, at in _called(patient.loaded.settings)}
    found = tuple(one for at, name in called.items() for one in _silent(patient, name, at))
    well = f"is there: {', '.join(called)}" if called else "is none"
    return Examined("webhook", well, found)


def _called(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the servers of all addresses that are called, their paths left out: they may be secret."""
    named: list[tuple[str, str]] = [("desk.ping", settings.desk.ping or "")]
    for name, url in (
        ("alerts.url", settings.alerts.url),
        ("tracing.endpoint", settings.tracing.endpoint),
        *((f"newsletters.{key}.ping", one.ping) for key, one in settings.newsletters.items()),
        *((f"webhooks.{key}.url", one.url) for key, one in settings.webhooks.items()),
    ):
        named.append((name, url.get_secret_value() if url is not None else ""))
    for name, address in named:
        parts = urlsplit(address)
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
        if host:
            yield name, f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def _silent(patient: Patient, name: str, at: str) -> Iterator[Finding]:
    said: int | str = "can't be looked up: no name server knows it, or none answers"
    if patient.world.addresses(urlsplit(at).hostname or ""):
        said = patient.world.answer(f"{at}/robots.txt")
    if isinstance(said, int) and said < FAILING:
        return
    problem = said if isinstance(said, str) else f"answers {said}"
    then = ", then `digest alerts --test`" if name in {"alerts.url", "desk.ping"} else ""
    yield Finding(Level.WARNING, "webhook", f"{name} {at}", problem, f"mend {name} or its server{then}")


def alarm_mail(patient: Patient) -> Examined:
    """Log in to the mail server of alerts, and send nothing."""
    given = patient.loaded.settings.alerts.smtp
    if given is None:
        return Examined("alarm mail", "has no server of its own")
    problem = MailChannel(given, ()).tried()
    if not problem:
        return Examined("alarm mail", f"can leave by {given.host}")
    remedy = "see host, port, tls and login in [alerts.smtp], then `digest alerts --test`"
    one = Finding(Level.ERROR, "alarm mail", "[alerts.smtp]", problem, remedy)
    return Examined("alarm mail", "", (one,))


def templates(patient: Patient) -> Examined:
    """Look at a site's own templates: rules that the mail would lose, blocks that one part alone has."""
    settings = patient.loaded.settings
    folder = settings.site.templates
    return Examined(
        "templates",
        "lose no rule, and both parts have each block" if folder else "are the built-in ones",
        own_templates.findings(folder, settings.newsletters),
    )


def _clause(error: Exception) -> str:
    return str(error).rstrip(".")
