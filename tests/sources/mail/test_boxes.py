"""Boxes are read and never changed; what is wrong with one is told clearly."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.model import SourceKey
from digest.ports import Collected, Memory
from digest.sources.mail import boxes
from digest.sources.mail.boxes import ImapBox
from digest.sources.mail.rules import Rules
from digest.sources.mailbox import ANY, MailboxSource
from tests.ports import free_port
from tests.sources.mail import imap_servers
from tests.sources.mail.imap_servers import PASSWORD, USER, Dovecot, Rude
from tests.sources.mail.letters import BASE, NOW, a_maildir, a_source, letter


def mails(*subjects: str) -> list[bytes]:
    return [
        letter(f"{one} opened on Monday.\n\nIt cost much.", Subject=one, Message_ID=f"<{one}@h.example>")
        for one in subjects
    ]


def titles(found: Collected) -> list[str]:
    return [one.title for one in found.articles]


def told(found: Collected) -> str:
    return "\n".join(map(str, found.problems))


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*.host*")
        if file.is_file()
    }


def test_a_maildir_is_read_once_and_left_as_it_is(tmp_path: Path) -> None:
    source = a_source(a_maildir(tmp_path, *mails("Bridge", "Tunnel")))
    before = state(tmp_path)

    first = source.collect(Memory(), now=NOW)
    second = source.collect(first.memory, now=NOW)
    a_maildir(tmp_path, *mails("Tram"))
    third = source.collect(second.memory, now=NOW)

    assert titles(first) == ["Bridge", "Tunnel"]
    assert second.is_unchanged
    assert titles(third) == ["Tram"]
    assert before.items() <= state(tmp_path).items()


def test_a_mail_that_its_reader_opened_is_no_new_one(tmp_path: Path) -> None:
    source = a_source(a_maildir(tmp_path, *mails("Bridge")))
    first = source.collect(Memory(), now=NOW)
    (file,) = (tmp_path / "new").iterdir()
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")

    assert source.collect(first.memory, now=NOW).is_unchanged


def test_old_and_deleted_mails_are_left_alone(tmp_path: Path) -> None:
    a_maildir(tmp_path, *mails("Old"), at=NOW - timedelta(days=60))
    a_maildir(tmp_path, *mails("Deleted", "New"))
    file = sorted((tmp_path / "new").iterdir())[1]
    file.rename(tmp_path / "cur" / f"{file.name}:2,ST")

    assert titles(a_source(tmp_path).collect(Memory(), now=NOW)) == ["New"]


def test_what_was_not_stored_is_read_again(tmp_path: Path) -> None:
    source = a_source(a_maildir(tmp_path, *mails("Bridge")))

    lost = source.collect(Memory(), now=NOW)
    again = source.collect(Memory(), now=NOW)

    assert [one.id for one in lost.articles] == [one.id for one in again.articles]


@pytest.mark.parametrize("made", ["nothing", "folder"])
def test_a_maildir_that_is_none_is_told(tmp_path: Path, made: str) -> None:
    if made == "folder":
        (tmp_path / "box").mkdir()

    found = a_source(tmp_path / "box").collect(Memory({"known": "x"}), now=NOW)

    assert found.is_failed
    assert found.memory == Memory({"known": "x"})
    assert "has it moved?" in told(found)


def test_a_huge_mail_is_told_and_read_at_its_beginning(tmp_path: Path) -> None:
    text = "The bridge opened on Monday.\n\nIt cost much.\n"
    attached = "--b\nContent-Type: image/jpeg\nContent-Disposition: attachment; filename=a.jpg\n\n"
    body = f"--b\nContent-Type: text/plain\n\n{text}{attached}{'x' * 6_000_000}\n--b--\n"

    found = a_source(
        a_maildir(tmp_path, letter(body, Content_Type='multipart/mixed; boundary="b"'))
    ).collect(Memory(), now=NOW)

    assert [one.text for one in found.articles] == ["The bridge opened on Monday.\n\nIt cost much."]
    assert "has 6 MB; its first 5 MB were read" in told(found)


RULES = [
    pytest.param(Rules(senders=("press@harbour.example",)), True, id="an address"),
    pytest.param(Rules(senders=("PRESS@Harbour.example",)), True, id="whatever its case"),
    pytest.param(Rules(senders=("harbour.example",)), True, id="a domain"),
    pytest.param(Rules(senders=("@example",)), True, id="what is below a domain"),
    pytest.param(Rules(senders=("other.example", "arbour.example")), False, id="no part of a name"),
    pytest.param(Rules(senders=("ress@harbour.example",)), False, id="no part of an address"),
    pytest.param(Rules(lists=("press.harbour.example",)), True, id="a list"),
    pytest.param(Rules(lists=("<PRESS.harbour.example>",)), True, id="a list in brackets"),
    pytest.param(Rules(lists=("news.harbour.example",)), False, id="another list"),
    pytest.param(Rules(subjects=("bruckenfest",)), False, id="accents count"),
    pytest.param(Rules(subjects=("BRÜCKENFEST",)), True, id="a word"),
    pytest.param(Rules(subjects=("fest",)), False, id="no part of a word"),
    pytest.param(Rules(subjects=("brückenfest am hafen",)), True, id="a phrase"),
    pytest.param(Rules(senders=("harbour.example",), subjects=("tram",)), False, id="all that are given"),
]


@pytest.mark.parametrize(("rules", "is_taken"), RULES)
def test_rules_say_which_letters_are_taken(tmp_path: Path, rules: Rules, is_taken: bool) -> None:
    mail = letter(
        Subject="=?utf-8?Q?Br=C3=BCckenfest?= am Hafen", List_Id="Harbour press <press.harbour.example>"
    )

    found = a_source(a_maildir(tmp_path, mail), rules=rules).collect(Memory(), now=NOW)

    assert bool(found.articles) == is_taken
    assert ("none that its rules take" in told(found)) != is_taken


def a_box(port: int, *, password: str = PASSWORD, folder: str = "INBOX", is_tls: bool = True) -> ImapBox:
    return ImapBox(
        "127.0.0.1", USER, password, port=port, folder=folder, is_tls=is_tls, tls=imap_servers.trust()
    )


def source_of(box: ImapBox, *, rules: Rules = ANY) -> MailboxSource:
    return MailboxSource(SourceKey("letters"), box, zone=ZoneInfo("UTC"), base_url=BASE, rules=rules)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    if imap_servers.DOVECOT is None:
        pytest.skip("Dovecot is missing: apt-get install dovecot-imapd")
    with (
        tempfile.TemporaryDirectory(prefix="dovecot") as folder,
        imap_servers.dovecot(Path(folder)) as running,
    ):
        a_maildir(running.maildir, *mails("Bridge", "Tunnel"))
        a_maildir(running.maildir / ".Presse.S&APw-den", *mails("Tram"))
        imap_servers.hand_over(running.maildir)
        yield running


@pytest.mark.dovecot
def test_an_imap_folder_is_read_once_and_left_as_it_is(server: Dovecot) -> None:
    source = source_of(a_box(server.port))

    first = source.collect(Memory(), now=NOW)
    second = source.collect(first.memory, now=NOW)
    late = server.maildir / "new" / "1800000000.M9.host"
    late.write_bytes(mails("Late")[0])
    os.utime(late, (NOW.timestamp(),) * 2)
    third = source.collect(second.memory, now=NOW)
    flags = {file.name.partition(":2,")[2] for file in (server.maildir / "cur").iterdir()}
    late_file = next(file for file in server.maildir.rglob("1800000000.M9.host*"))
    late_file.unlink()

    assert titles(first) == ["Bridge", "Tunnel"]
    assert second.is_unchanged
    assert titles(third) == ["Late"]
    assert flags <= {""}


@pytest.mark.dovecot
def test_a_folder_of_any_script_is_read_by_starttls(server: Dovecot) -> None:
    found = source_of(a_box(server.starttls_port, folder="Presse.Süden", is_tls=False)).collect(
        Memory(), now=NOW
    )

    assert titles(found) == ["Tram"]


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("password", "folder", "said"),
    [
        pytest.param("wrong", "INBOX", "does not take the login; check username and password", id="login"),
        pytest.param("falsch ü", "INBOX", "does not take the login", id="login beyond ASCII"),
        pytest.param(PASSWORD, "Press", "has no folder 'Press'", id="folder"),
    ],
)
def test_what_is_wrong_is_told_without_passwords(
    server: Dovecot, password: str, folder: str, said: str
) -> None:
    memory = Memory({"validity": "7", "uid": "3"})

    found = source_of(a_box(server.port, password=password, folder=folder)).collect(memory, now=NOW)

    assert found.is_failed
    assert found.memory == memory
    assert said in told(found)
    assert password not in told(found)
    assert USER not in told(found)


@pytest.mark.dovecot
def test_a_moved_folder_is_told_with_those_that_are_there(server: Dovecot) -> None:
    found = source_of(a_box(server.port, folder="Press")).collect(Memory(), now=NOW)

    assert "Presse.Süden" in told(found)
    assert "has it moved?" in told(found)


@pytest.mark.dovecot
def test_rules_spare_the_server_the_other_mails(server: Dovecot) -> None:
    found = source_of(a_box(server.port), rules=Rules(subjects=("tunnel",))).collect(Memory(), now=NOW)

    assert titles(found) == ["Tunnel"]


def test_a_server_is_asked_for_nothing_that_changes_a_box() -> None:
    with imap_servers.rude(Rude(dict(enumerate(mails("Bridge", "Tunnel"), 4)))) as server:
        found = source_of(a_box(server.port, password="plain")).collect(Memory(), now=NOW)

    assert titles(found) == ["Bridge", "Tunnel"]
    assert any(one.upper().startswith("EXAMINE") for one in server.commands)
    assert not [one for one in server.commands if "STORE" in one.upper() or "SELECT" in one.upper()]
    assert all("PEEK" in one.upper() for one in server.commands if "FETCH" in one.upper())


def test_a_box_that_was_made_anew_is_read_from_its_beginning() -> None:
    with imap_servers.rude(Rude(dict(enumerate(mails("Bridge", "Tunnel"), 4)))) as server:
        source = source_of(a_box(server.port, password="plain"))
        first = source.collect(Memory(), now=NOW)
        server.validity = 2
        again = source.collect(first.memory, now=NOW)

    assert {one.id for one in first.articles} == {one.id for one in again.articles}


def test_a_connection_that_breaks_costs_the_rest_of_one_crawl() -> None:
    with imap_servers.rude(
        Rude(dict(enumerate(mails("Bridge", "Tunnel", "Tram"), 4)), breaks_at=5)
    ) as server:
        source = source_of(a_box(server.port, password="plain"))
        first = source.collect(Memory(), now=NOW)
        second = source.collect(first.memory, now=NOW)

    assert titles(first) == ["Bridge"]
    assert "broke off at mail 5" in told(first)
    assert not first.is_failed
    assert titles(second) == ["Tram"]
    assert "broke off twice at mail 5; it was left out" in told(second)


@pytest.mark.parametrize("greeting", [b"* BYE too many connections\r\n", b"", b"HTTP/1.1 400 Bad\r\n\r\n"])
def test_a_server_that_does_not_serve_is_told(greeting: bytes) -> None:
    with imap_servers.rude(Rude({}, greeting=greeting)) as server:
        if not greeting:
            server.port = free_port()
        found = source_of(a_box(server.port, password="plain")).collect(Memory(), now=NOW)

    assert found.is_failed
    assert "can't be reached" in told(found)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param("NO [AUTHENTICATIONFAILED] no", "does not take the login", id="wrong"),
        pytest.param("NO wrong password for desk", "does not take the login", id="wrong, in words"),
        pytest.param("NO [UNAVAILABLE] try later", "can't check logins just now", id="not now"),
        pytest.param("NO [EXPIRED] too old", "the password is too old", id="too old"),
        pytest.param("NO [LIMIT] too many", "too many connections", id="too many"),
    ],
)
def test_a_refused_login_is_told_by_its_reason(answer: str, said: str) -> None:
    with imap_servers.rude(Rude({}, login=answer)) as server:
        found = source_of(a_box(server.port, password="plain")).collect(Memory(), now=NOW)

    assert said in told(found)
    assert "desk" not in told(found)


def test_a_server_whose_certificate_nobody_knows_is_told() -> None:
    with imap_servers.rude(Rude({})) as server:
        box = replace(a_box(server.port, password="plain"), tls=None)
        found = source_of(box).collect(Memory(), now=NOW)

    assert found.is_failed
    assert "offers no TLS that can be trusted" in told(found)


def test_more_mails_than_a_crawl_reads_are_told(tmp_path: Path) -> None:
    many = [
        letter(f"Notice {one} of today.\n\nIt is long.", Subject=f"N{one}", Message_ID=f"<{one}@h.example>")
        for one in range(boxes.MAX_MAILS + 2)
    ]

    found = a_source(a_maildir(tmp_path, *many)).collect(Memory(), now=NOW)

    assert len(found.articles) == boxes.MAX_MAILS
    assert f"the newest {boxes.MAX_MAILS} were read" in told(found)


def test_a_letter_that_breaks_its_reader_costs_itself(tmp_path: Path) -> None:
    odd = letter(
        body=b"\xff" * 40,
        Content_Type='multipart/mixed; boundary="\x00"',
        Subject="=?x?Q?=FF",
        Date="Tue, 99 Foo",
    )

    found = a_source(a_maildir(tmp_path, odd, *mails("Bridge"))).collect(Memory(), now=NOW)

    assert "Bridge" in titles(found)
