"""Whoever the sender is called, and wherever the site is: one address, and every reader once."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from digest.cli.exits import Exit
from digest.testing.builders import a_batch
from digest.transports.smtp.transport import SmtpTransport
from tests.journeys.desk import AT_SEND, OUTBOX, Folder
from tests.transports.smtp.server import ScriptedServer, running

READERS = 5
SENDER = 'sender = "Quay Gazette <morning@gazette.example>"'
NAMES = [
    pytest.param("Daily News, Inc.", id="a comma"),
    pytest.param('The "Daily" News', id="quotes"),
    pytest.param("Daily News (UK); [Ed.] @ Home: a\\b", id="every sign"),
    pytest.param("Züricher Abend, AG (☕️)", id="outside ASCII"),
    pytest.param("A " + "very long " * 25 + "name, Inc.", id="a long one"),
    pytest.param("Ein sehr langer Name für die Zeitung, " * 7, id="a long one outside ASCII"),
]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with running(ScriptedServer()) as started:
        yield started


def by_smtp(server: ScriptedServer) -> str:
    return f'kind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"'


def changed(folder: Folder, old: str, new: str) -> None:
    text = folder.config.read_text()
    assert text.count(old) == 1, old
    folder.config.write_text(text.replace(old, new))


def named(name: str) -> str:
    """Return the two settings with this name in them, as TOML holds it."""
    plain = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'sender = "{plain} <news@a.example>"\nreply_to = "{plain} <desk@a.example>"'


def read(mail: bytes) -> EmailMessage:
    return email.message_from_bytes(mail, policy=email.policy.default)


def assert_one_sender(mails: list[EmailMessage], name: str) -> None:
    for mail in mails:
        for header, address in (("From", "news@a.example"), ("Reply-To", "desk@a.example")):
            (found,) = mail[header].addresses
            # Python 3.11 shows the space between two encoded words too, against RFC 2047.
            shown = " ".join(found.display_name.split())
            assert (shown, found.addr_spec) == (" ".join(name.split()), address)
            assert not mail[header].defects


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_one_address_in_the_outbox(folder: Folder, name: str) -> None:
    folder.ready(readers=READERS, transport=OUTBOX)
    changed(folder, SENDER, named(name))

    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    assert sum(folder.recipients().values()) == READERS
    assert_one_sender(folder.mails(), name)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_one_address_by_smtp(folder: Folder, server: ScriptedServer, name: str) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server))
    changed(folder, SENDER, named(name))

    said = folder("run", "morning", "--json", now=AT_SEND)

    assert said.code == Exit.DONE, said.err
    assert Counter(mail.recipient for mail in server.arrived) == Counter(
        f"reader{number}@list.example" for number in range(READERS)
    )
    assert {mail.sender for mail in server.arrived} == {"news@a.example"}
    assert_one_sender([read(mail.content) for mail in server.arrived], name)
    assert all(line.isascii() for mail in server.arrived for line in mail.content.splitlines())


def test_a_fault_that_shows_only_while_mails_are_built_writes_nobody_off(
    folder: Folder, server: ScriptedServer
) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server))
    changed(folder, '"https://gazette.example"', f'"https://gazette.example/{"long-" * 190}"')

    broken = folder("run", "morning", now=AT_SEND)
    stopped = folder("audit", "morning", "--json").values["tally"]
    folder.config.write_text(re.sub(r"/(long-)+", "", folder.config.read_text()))
    mended = folder("run", "morning", now=AT_SEND)

    assert broken.code == Exit.BAD_DATA
    assert "can't be built" in broken.err
    assert "List-Unsubscribe" in broken.err or "List-Archive" in broken.err
    assert "Traceback" not in broken.err
    assert (stopped["planned"], stopped["failed"], stopped["held"], stopped["uncertain"]) == (
        READERS,
        0,
        0,
        0,
    )
    assert mended.code == Exit.DONE
    assert set(Counter(mail.recipient for mail in server.arrived).values()) == {1}
    assert len(server.arrived) == READERS


def test_an_international_domain_is_labels_of_the_wire_in_every_header(
    folder: Folder, server: ScriptedServer
) -> None:
    folder.ready(readers=1, transport=by_smtp(server), more="[clicks]\ncount = true\n")
    changed(folder, SENDER, 'sender = "Zeitung <post@bücher.example>"\nreply_to = "leser@例え.example"')
    changed(folder, '"https://gazette.example"', '"https://zeitung.bücher.example"')
    changed(folder, 'title = "Gazette Morning"', 'title = "Frühausgabe"')

    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    (arrived,) = server.arrived
    mail = read(arrived.content)
    site = "https://zeitung.xn--bcher-kva.example"
    assert arrived.sender == "post@xn--bcher-kva.example"
    assert mail["From"] == "Zeitung <post@xn--bcher-kva.example>"
    assert mail["Reply-To"] == "leser@xn--r8jz45g.example"
    assert mail["Message-ID"].endswith("@xn--bcher-kva.example>")
    assert mail["List-Id"] == "Frühausgabe <morning.zeitung.xn--bcher-kva.example>"
    assert mail["List-Unsubscribe"].startswith(f"<{site}/u/")
    assert mail["List-Archive"] == f"<{site}/archive/morning>"
    assert mail["List-Help"] == f"<{site}>"
    body = mail.get_body(("html",))
    assert body is not None
    links = re.findall(r'href="(https://[^"]+)"', body.get_content())
    assert links
    assert all(link.startswith(f"{site}/") or link == site for link in links)
    head = arrived.content.partition(b"\r\n\r\n")[0]
    assert head.isascii()


def test_the_greeting_names_an_international_host_by_its_labels() -> None:
    greeted: list[str] = []

    class Listening(ScriptedServer):
        async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
            self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[Any]
        ) -> list[str]:
            greeted.append(hostname)
            return await super().handle_EHLO(server, session, envelope, hostname, responses)

    with running(Listening()) as server:
        transport = SmtpTransport("127.0.0.1", server.port, tls="none", helo_name="post.Bücher.example")
        list(transport.send(a_batch(count=1)))
        transport.close()

    assert greeted == ["post.xn--bcher-kva.example"]
