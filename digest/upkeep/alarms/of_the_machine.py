"""What is wrong around us: a full disk, an unread bounce box, certificates and DNS records."""

from __future__ import annotations

import json
import os
import platform
import shutil
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from digest.errors import MissingExtra
from digest.model.upkeep import BOUNCE_BOX_READ, Alert, AlertKind, Trouble
from digest.rendering.checks import records
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletters_of
from digest.settings.upkeep import AlertsSettings
from digest.wiring import sender_dns
from digest.wiring.newsroom import Newsroom, database_url
from digest.wiring.transport import verp_of

RECORDS_LOOKED_AT = "records looked at"
LOOKS_EVERY = timedelta(hours=6)
"""Certificates and DNS records change seldom, and each look goes out into the net."""

_CALMER = 2
"""Percent by which a full disk must have emptied until it counts as mended."""

_RESERVED = (".example", ".test", ".invalid", ".localhost", ".local", ".internal")
"""Names that no public DNS and no authority knows (RFC 2606, RFC 6762)."""
_RESERVED_WHOLE = {"localhost", "example.com", "example.net", "example.org"}
_TIMEOUT_S = 5.0


class Outside(Protocol):
    """What is asked of the machine and the net."""

    def disk(self, path: Path) -> tuple[int, int]:
        """Return the used and the free bytes of the disk that holds `path`."""
        ...

    def inodes(self, path: Path) -> tuple[int, int]:
        """Return how many files the disk of `path` holds, and how many more fit; 0, 0 for no bound."""
        ...

    def certificate_ends(self, host: str, port: int) -> datetime | str | None:
        """Return when a server's certificate ends, why it is none, or None where nobody answered."""
        ...

    def resolver(self) -> records.Resolver | None:
        """Return what answers DNS questions; None for nothing."""
        ...


class Real:
    """The machine and the net as they are."""

    def disk(self, path: Path) -> tuple[int, int]:
        """Return the used and the free bytes of the disk that holds `path`."""
        usage = shutil.disk_usage(path)
        return usage.used, usage.free

    def inodes(self, path: Path) -> tuple[int, int]:
        """Ask the file system; some make room for files as they come, and tell of none."""
        found = os.statvfs(path)
        return found.f_files - found.f_ffree, found.f_favail

    def certificate_ends(self, host: str, port: int) -> datetime | str | None:
        """Return when a server's certificate ends, why it is none, or None where nobody answered."""
        context = ssl.create_default_context()
        try:
            with (
                socket.create_connection((host, port), timeout=_TIMEOUT_S) as raw,
                context.wrap_socket(raw, server_hostname=host) as secured,
            ):
                ends = str((secured.getpeercert() or {}).get("notAfter", ""))
        except ssl.SSLCertVerificationError as error:
            return error.verify_message or "it can't be verified"
        except (OSError, ValueError):
            return None
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if ends else None

    def resolver(self) -> records.Resolver | None:
        """Return the system's resolver; None where its library is not installed."""
        try:
            return records.DnsResolver(timeout_s=_TIMEOUT_S)
        except MissingExtra:
            return None


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found.

    Attributes:
        kinds: what was looked at; of others nothing is known now.
        silent: hosts and domains of which nobody could tell anything: what is known of them stays.
    """

    troubles: tuple[Trouble, ...]
    kinds: frozenset[AlertKind]
    silent: frozenset[str] = frozenset()

    def plus(self, other: Look) -> Look:
        """Return both as one."""
        return Look(self.troubles + other.troubles, self.kinds | other.kinds, self.silent | other.silent)

    def knows(self, trouble: Trouble) -> bool:
        """Tell whether a trouble would have been found, were it there still."""
        return trouble.kind in self.kinds and trouble.about.rpartition(" of ")[2] not in self.silent


def look(newsroom: Newsroom, rules: AlertsSettings, outside: Outside, now: datetime) -> Look:
    """Return what is wrong with the disk and the bounce box, and now and then with the records."""
    found = (*_disks(newsroom, rules, outside), *_bounce_box(newsroom, rules, now))
    seen = Look(found, frozenset({AlertKind.DISK_FULL, AlertKind.BOUNCE_BOX_UNREAD}))
    if rules.records and sender_dns.leaves(newsroom.settings) and _is_time(newsroom, now):
        newsroom.database.alerts.reach(RECORDS_LOOKED_AT, now=now)
        seen = seen.plus(certificates(newsroom.settings, rules, outside.certificate_ends, now))
        seen = seen.plus(_records(newsroom, outside, now))
    return seen


def here() -> str:
    """Return this machine's name: what is wrong with its disks only it can tell."""
    return platform.node() or "this machine"


def is_ours_to_end(alert: Alert) -> bool:
    """Tell whether this machine's look says that it is over."""
    return alert.trouble.kind is not AlertKind.DISK_FULL or alert.trouble.about.startswith(f"{here()}:")


def well(alert: Alert) -> str:
    """Return what became of it."""
    about = alert.trouble.about
    return {
        AlertKind.DISK_FULL: f"There is room again on {about}.",
        AlertKind.BOUNCE_BOX_UNREAD: "The bounce box was read.",
        AlertKind.CERTIFICATE: f"The certificate of {about} is good again.",
        AlertKind.DNS_RECORD: f"The record {about} is there again.",
    }.get(alert.trouble.kind, "")


def places(settings: Settings) -> list[Path]:
    """Return where this machine writes."""
    found = [Path.cwd()]
    url = database_url(settings)
    if url.startswith("sqlite:///"):
        found.append(Path(url.removeprefix("sqlite:///").partition("?")[0]).parent)
    if isinstance(settings.transport, kinds.OutboxSettings):
        found.append(settings.transport.path)
    return found


@dataclass(frozen=True, slots=True)
class Disk:
    """How full the disk of a folder is; `free` in bytes."""

    path: Path
    percent: int
    free: int


def disks(paths: Iterable[Path], room: Callable[[Path], tuple[int, int]]) -> Iterator[Disk]:
    """Yield each disk that holds one of the paths, once, by its first path; what is not there is passed by.

    Args:
        room: gives the used and the free bytes of a path's disk.
    """
    seen: set[int] = set()
    for path in paths:
        try:
            device = path.stat().st_dev
            used, free = room(path)
        except OSError:
            continue
        if device not in seen:
            seen.add(device)
            yield Disk(path, 100 * used // max(1, used + free), free)


_MAKE_ROOM = (
    "Make room: old logs, backups and previews first. A full disk stops the ledger, and "
    "with it every edition."
)
_MAKE_FILES_FEWER = (
    "Delete or pack what is many and small: old mails of an outbox, sessions, caches. A disk "
    "without room for a file stops the ledger, and with it every edition."
)


def _disks(newsroom: Newsroom, rules: AlertsSettings, outside: Outside) -> Iterator[Trouble]:
    opened = {
        one.trouble.about
        for one in newsroom.database.alerts.opened()
        if one.trouble.kind is AlertKind.DISK_FULL
    }
    for room, suffix, problem, remedy in (
        (outside.disk, "", _disk_full, _MAKE_ROOM),
        (outside.inodes, " (files)", _files_full, _MAKE_FILES_FEWER),
    ):
        for one in disks(places(newsroom.settings), room):
            about = f"{here()}:{one.path}{suffix}"
            if one.percent >= rules.disk_percent - (_CALMER if about in opened else 0):
                yield Trouble(AlertKind.DISK_FULL, about, problem(one), remedy)


def _disk_full(disk: Disk) -> str:
    return (
        f"The disk of {disk.path} on {here()} is {disk.percent} % full: {disk.free // 2**20} MiB are left."
    )


def _files_full(disk: Disk) -> str:
    return (
        f"The disk of {disk.path} on {here()} has as many files as it can hold: {disk.percent} %, "
        f"{disk.free} more fit."
    )


def _bounce_box(newsroom: Newsroom, rules: AlertsSettings, now: datetime) -> Iterator[Trouble]:
    if verp_of(newsroom.settings) is None:
        return
    known = newsroom.database.alerts.milestone(BOUNCE_BOX_READ)
    runs = newsroom.database.runs.listed(limit=400)
    since = known[0] if known else min((one.started_at for one in runs), default=now)
    sent = [newsroom.database.results.last_sent_at(key) for key in newsroom.settings.newsletters]
    is_owed = any(one is not None and one >= since for one in sent)
    if is_owed and now - since > timedelta(hours=rules.bounce_hours):
        read = f"was last read {since:%Y-%m-%d %H:%M %Z}" if known else "was never read"
        yield Trouble(
            AlertKind.BOUNCE_BOX_UNREAD,
            "bounce box",
            f"The bounce box {read}, and mail was sent since.",
            "Have cron call `digest feedback` each hour; by hand it says what keeps it from reading.",
        )


def _is_time(newsroom: Newsroom, now: datetime) -> bool:
    known = newsroom.database.alerts.milestone(RECORDS_LOOKED_AT)
    return known is None or now - known[0] >= LOOKS_EVERY


Ends = Callable[[str, int], datetime | str | None]
"""As `Outside.certificate_ends`."""


def certificates(settings: Settings, rules: AlertsSettings, ends_of: Ends, now: datetime) -> Look:
    """Return what is wrong with our pages' certificates, each server by itself."""
    found, silent = dict[str, Trouble](), set[str]()
    for url in filter(None, (settings.site.url, settings.desk.url)):
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
        about = f"{host}:{port}"
        if parts.scheme != "https" or is_reserved(host) or about in found:
            continue
        ends = ends_of(host, port)
        if ends is None:
            silent.add(about)
        why = ""
        if isinstance(ends, str):
            why = f"is no good: {ends.rstrip('.')}"
        elif ends is not None and ends - now <= timedelta(days=rules.certificate_days):
            why = f"ends {ends:%Y-%m-%d %H:%M %Z}"
        if why:
            remedy = "Renew it (certbot renew, or restart Caddy): readers can't unsubscribe without it."
            said = f"The certificate of {host} {why}."
            found[about] = Trouble(AlertKind.CERTIFICATE, about, said, remedy)
    return Look(tuple(found.values()), frozenset({AlertKind.CERTIFICATE}), frozenset(silent))


def is_reserved(host: str) -> bool:
    """Tell whether a name is one that nobody out there can know."""
    name = host.rstrip(".").lower()
    is_address = ":" in name or name.replace(".", "").isdecimal()
    return not name or is_address or name in _RESERVED_WHOLE or f".{name}".endswith(_RESERVED)


def _records(newsroom: Newsroom, outside: Outside, now: datetime) -> Look:
    """Return the records that were there once and are not now, each domain by itself."""
    domains = {one.sender.domain for one in newsletters_of(newsroom.settings)}
    domains = {one for one in domains if not is_reserved(one)}
    resolver = outside.resolver() if domains else None
    kinds = frozenset({AlertKind.DNS_RECORD})
    if resolver is None:
        return Look((), kinds, frozenset(domains))
    found, silent = list[Trouble](), set[str]()
    for domain in sorted(domains):
        name = f"records of {domain}"
        known = newsroom.database.alerts.milestone(name)
        before = set(json.loads(known[1])) if known else set()
        try:
            present = set(_present(domain, resolver))
        except records.RecordsUnavailable:
            silent.add(domain)
            continue
        newsroom.database.alerts.reach(name, now=now, detail=json.dumps(sorted(before | present)))
        found += [_gone(one) for one in sorted(before - present)]
    return Look(tuple(found), kinds, frozenset(silent))


def _present(domain: str, resolver: records.Resolver) -> Iterator[str]:
    if any(text.lower().startswith("v=spf1") for text in resolver.txt(domain)):
        yield f"SPF of {domain}"
    if any(text.lower().startswith("v=dmarc1") for text in resolver.txt(f"_dmarc.{domain}")):
        yield f"DMARC of {domain}"
    for selector in records.SELECTORS:
        keys = resolver.txt(f"{selector}._domainkey.{domain}")
        parts = [part.strip() for text in keys for part in text.split(";")]
        if any(part.startswith("p=") and part != "p=" for part in parts):
            yield f"DKIM {selector} of {domain}"


def _gone(record: str) -> Trouble:
    return Trouble(
        AlertKind.DNS_RECORD,
        record,
        f"The DNS record {record} is gone; without it inboxes take our mail for forged.",
        "Put it back at whoever keeps your DNS; `digest check` prints the record to add.",
    )
