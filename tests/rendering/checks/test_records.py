"""What the DNS should say of a sender, asked of a resolver that holds records in memory."""

from __future__ import annotations

import builtins
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from digest.errors import MissingExtra
from digest.rendering.checks.findings import Finding, Level
from digest.rendering.checks.records import DnsResolver, RecordsUnavailable, Sending, check

DOMAIN = "mail.harbour.example"
KEY = "v=DKIM1; k=rsa; p=" + "A" * 392
GOOD = {
    DOMAIN: ("v=spf1 include:sendgrid.net -all", "some-site-verification=1"),
    "sendgrid.net": ("v=spf1 ip4:198.51.100.0/24 ~all",),
    f"s1._domainkey.{DOMAIN}": (KEY,),
    f"_dmarc.{DOMAIN}": ("v=DMARC1; p=reject; rua=mailto:dmarc@harbour.example",),
}
SENDGRID = Sending("include:sendgrid.net", ("s1", "s2"))


@dataclass
class Zone:
    """A resolver that knows only its records; names in `away` do not answer."""

    records: dict[str, tuple[str, ...]]
    away: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def txt(self, name: str) -> tuple[str, ...]:
        self.asked.append(name)
        if name in self.away:
            raise RecordsUnavailable("timed out")
        return self.records.get(name, ())


def told(
    sending: Sending = SENDGRID,
    *,
    more: dict[str, tuple[str, ...]] | None = None,
    **changes: tuple[str, ...],
) -> list[Finding]:
    """Return the findings where GOOD is changed: by kind, or by name in `more`."""
    names = {"spf": DOMAIN, "dkim": f"s1._domainkey.{DOMAIN}", "dmarc": f"_dmarc.{DOMAIN}"}
    records = {**GOOD, **{names[kind]: said for kind, said in changes.items()}, **(more or {})}
    return list(check(DOMAIN, Zone(records), sending))


def test_a_domain_in_order_is_not_told() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("records", "level", "says"),
    [
        pytest.param((), Level.ERROR, '"v=spf1 include:sendgrid.net -all"', id="missing"),
        pytest.param(("v=spf10 -all",), Level.ERROR, "is missing", id="another-version"),
        pytest.param(("v=spf1 -all", "v=spf1 mx -all"), Level.ERROR, "2 times", id="two"),
        pytest.param(("v=spf1 include:sendgrid.net +all",), Level.ERROR, "lets anybody send", id="open"),
        pytest.param(("v=spf1 include:sendgrid.net",), Level.WARNING, "end it in -all", id="no-end"),
        pytest.param(("v=spf1 mx -all",), Level.ERROR, "add include:sendgrid.net", id="not-our-way"),
    ],
)
def test_a_faulty_spf_record_is_told_with_what_to_add(
    records: tuple[str, ...], level: Level, says: str
) -> None:
    (found,) = told(spf=records)

    assert found.element == f"SPF of {DOMAIN}"
    assert found.level is level
    assert says in str(found)


def test_spf_counts_lookups_through_what_it_includes() -> None:
    many: dict[str, tuple[str, ...]] = {f"i{number}.example": ("v=spf1 a mx -all",) for number in range(4)}
    record = ("v=spf1 include:sendgrid.net " + " ".join(f"include:{name}" for name in many) + " -all",)

    (found,) = told(spf=record, more=many)

    assert "lookups of at most 10" in found.problem


def test_an_spf_record_that_includes_itself_ends() -> None:
    circle = (f"v=spf1 include:sendgrid.net include:{DOMAIN} redirect={DOMAIN} -all",)

    assert told(spf=circle) == []


@pytest.mark.parametrize(
    ("records", "level", "says"),
    [
        pytest.param((), Level.ERROR, f"s1._domainkey.{DOMAIN} TXT", id="missing"),
        pytest.param(("v=DKIM1; p=",), Level.ERROR, "withdrawn", id="withdrawn"),
        pytest.param(("v=DKIM1; p=" + "A" * 100,), Level.ERROR, "under 1024 bits", id="short"),
        pytest.param((KEY + "; t=y",), Level.WARNING, "only a test", id="test"),
        pytest.param(("hello",), Level.ERROR, "is missing under s1, s2", id="no-key"),
    ],
)
def test_a_faulty_dkim_key_is_told(records: tuple[str, ...], level: Level, says: str) -> None:
    (found,) = told(dkim=records)

    assert found.level is level
    assert says in str(found)


def test_an_ed25519_key_may_be_short() -> None:
    assert told(dkim=("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",)) == []


def test_usual_names_are_tried_where_no_key_is_named() -> None:
    assert told(Sending()) == []

    (found,) = told(Sending(), dkim=())

    assert found.level is Level.WARNING
    assert "--dkim-selector" in found.remedy


@pytest.mark.parametrize(
    ("records", "level", "says"),
    [
        pytest.param((), Level.ERROR, f'_dmarc.{DOMAIN} "v=DMARC1; p=none', id="missing"),
        pytest.param(("v=DMARC1; rua=mailto:a@b.example",), Level.ERROR, "no policy", id="no-policy"),
        pytest.param(("v=DMARC1; p=no; rua=mailto:a@b.example",), Level.ERROR, "no policy", id="odd"),
        pytest.param(("v=DMARC1; p=none; rua=mailto:a@b.example",), Level.NOTE, "only watches", id="none"),
        pytest.param(("v=DMARC1; p=reject",), Level.NOTE, "asks for no reports", id="no-reports"),
        pytest.param(("v=DMARC1;p=reject", "v=DMARC1;p=none"), Level.ERROR, "2 times", id="two"),
    ],
)
def test_a_faulty_dmarc_record_is_told(records: tuple[str, ...], level: Level, says: str) -> None:
    (found,) = told(dmarc=records)

    assert found.level is level
    assert says in str(found)


def test_the_policy_of_the_domain_above_counts_for_those_below() -> None:
    above: dict[str, tuple[str, ...]] = {
        "_dmarc.harbour.example": ("v=DMARC1; p=reject; sp=none; rua=mailto:a@harbour.example",)
    }

    (found,) = told(dmarc=(), more=above)

    assert found.element == "DMARC of harbour.example"
    assert "p=none" in found.problem


def test_a_server_that_does_not_answer_is_told_once_for_each_kind() -> None:
    zone = Zone(GOOD, away=frozenset({DOMAIN, f"_dmarc.{DOMAIN}"}))

    found = list(check(DOMAIN, zone, SENDGRID))

    assert [(one.level, one.element) for one in found] == [
        (Level.WARNING, f"SPF of {DOMAIN}"),
        (Level.WARNING, f"DMARC of {DOMAIN}"),
    ]
    assert all("try again later" in one.remedy for one in found)


def test_no_top_level_domain_is_asked() -> None:
    zone = Zone({})

    list(check("harbour.example", zone, SENDGRID))

    assert "_dmarc.example" not in zone.asked


def test_without_dnspython_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def refuse(name: str, *rest: Any, **options: Any) -> Any:
        if name.partition(".")[0] == "dns":
            raise ImportError(name)
        return load(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)

    with pytest.raises(MissingExtra, match=r"\[check\]"):
        DnsResolver()


@pytest.fixture
def loopback() -> Iterator[DnsResolver]:
    """The real resolver, asking a name server of ours on 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        answering = threading.Thread(target=answer, args=(server,), daemon=True)
        answering.start()
        resolver = DnsResolver()
        real = dns.resolver.Resolver(configure=False)
        real.nameservers, real.port, real.lifetime = ["127.0.0.1"], server.getsockname()[1], 60.0
        resolver._resolver = real
        yield resolver
        server.sendto(b"", server.getsockname())
        answering.join(timeout=120)


def answer(server: socket.socket) -> None:
    """Answer TXT questions: one name has a record in two strings, `refused` fails, others are unknown."""
    while True:
        data, asker = server.recvfrom(4096)
        if not data:
            return
        query = dns.message.from_wire(data)
        name = query.question[0].name
        said = dns.message.make_response(query)
        if name.to_text().startswith("refused."):
            said.set_rcode(dns.rcode.SERVFAIL)
        elif name.to_text() == "10.9.9.9.in-addr.arpa.":
            said.answer.append(dns.rrset.from_text(name, 60, "IN", "PTR", "mail.harbour.example."))
        elif name.to_text().startswith("mail."):
            said.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", '"v=spf1 " "mx -all"', '"other"'))
        else:
            said.set_rcode(dns.rcode.NXDOMAIN)
        server.sendto(said.to_wire(), asker)


def test_the_real_resolver_joins_strings_and_knows_nothing_from_no_answer(loopback: DnsResolver) -> None:
    assert set(loopback.txt("mail.harbour.example")) == {"v=spf1 mx -all", "other"}
    assert loopback.txt("nobody.example") == ()
    assert loopback.ptr("9.9.9.10") == ("mail.harbour.example",)
    assert loopback.ptr("2001:db8::1") == ()
    with pytest.raises(RecordsUnavailable, match="refused"):
        loopback.txt("refused.example")
