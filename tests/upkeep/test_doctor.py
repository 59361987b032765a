"""The doctor finds what was planted, and nothing in a newsroom that is well."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from digest.rendering.checks.findings import Finding, Level
from digest.rendering.checks.records import RecordsUnavailable
from digest.settings.loading import load
from digest.upkeep.doctor import machine, rounds
from digest.upkeep.doctor.patient import Examined
from tests.journeys.desk import AT_SEND, FILE, OUTBOX, Folder
from tests.transports.smtp.server import ScriptedServer, running

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


@dataclass
class World:
    """A world in which all is well, unless told otherwise."""

    is_kept: bool | None = True
    statuses: dict[str, int | str] = field(default_factory=dict)
    known: tuple[str, ...] = ("9.9.9.10",)
    name: str = "mail.quay-gazette.net"
    used: int = 50
    mask: int | None = 0o077
    reverse: tuple[str, ...] | Exception = ("mail.quay-gazette.net",)
    unknown: frozenset[str] = frozenset()
    file_count: tuple[int, int] = (1, 9)
    disk_kind: str = "ext4"
    uid: int = field(default_factory=os.geteuid)
    ends: datetime | str | None = datetime(2027, 3, 1, tzinfo=UTC)

    def clock_is_kept(self) -> bool | None:
        return self.is_kept

    def disk(self, path: Path) -> tuple[int, int]:
        return self.used, 100 - self.used

    def inodes(self, path: Path) -> tuple[int, int]:
        return self.file_count

    def file_system(self, path: Path) -> str:
        return self.disk_kind

    def user(self) -> int:
        return self.uid

    def certificate_ends(self, host: str, port: int) -> datetime | str | None:
        return self.ends

    def umask(self) -> int | None:
        return self.mask

    def pointers(self, address: str) -> tuple[str, ...]:
        if isinstance(self.reverse, Exception):
            raise self.reverse
        return self.reverse

    def answer(self, url: str) -> int | str:
        return self.statuses.get(url, 200)

    def addresses(self, host: str) -> tuple[str, ...]:
        return () if host in self.unknown else self.known

    def host_name(self) -> str:
        return self.name


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    made = Folder(tmp_path).ready(readers=2)
    made.config.chmod(0o600)
    return made


def examined(folder: Folder, world: World) -> dict[str, Examined]:
    loaded = load(folder.config, environ={}, overrides={})
    return {one.name: one for one in rounds.examine(loaded, world, now=NOW)}


def faults(folder: Folder, world: World) -> list[Finding]:
    return [
        one
        for each in examined(folder, world).values()
        for one in each.found
        if one.level is not Level.NOTE
    ]


def set_to(folder: Folder, old: str, new: str) -> None:
    text = folder.config.read_text()
    assert old in text
    folder.config.write_text(text.replace(old, new))


def test_a_newsroom_that_is_well_has_nothing(folder: Folder) -> None:
    assert folder("run", "morning", now=AT_SEND).code == 0

    found = examined(folder, World())

    assert [one for each in found.values() for one in each.found if one.level is not Level.NOTE] == []
    assert len(found) == len(rounds.EXAMINATIONS)
    assert all(one.well for one in found.values())


def _no_tables(folder: Folder, _world: World) -> None:
    (folder.root / "digest.db").unlink()


def _no_database(folder: Folder, _world: World) -> None:
    set_to(folder, FILE, 'url = "postgresql://digest@127.0.0.1:9/digest"')


def _clock(_folder: Folder, world: World) -> None:
    world.is_kept = False


def _open_config(folder: Folder, _world: World) -> None:
    folder.config.chmod(0o644)


def _open_secrets(folder: Folder, _world: World) -> None:
    (folder.root / "secrets").mkdir()
    (folder.root / "secrets").chmod(0o755)
    (folder.root / ".env").write_text("DIGEST_SECRETS_DIR=secrets\n")
    (folder.root / ".env").chmod(0o600)


def _open_database(folder: Folder, _world: World) -> None:
    (folder.root / "digest.db").chmod(0o664)


def _no_mail_server(folder: Folder, _world: World) -> None:
    set_to(folder, OUTBOX, 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"')


def _name_of_nobody(folder: Folder, world: World) -> None:
    _no_mail_server(folder, world)
    world.known = ()


def _no_pages(folder: Folder, world: World) -> None:
    set_to(folder, "https://gazette.example", "https://quay-gazette.net")
    world.statuses["https://quay-gazette.net/healthz"] = "connection refused"


def _pages_of_another(folder: Folder, world: World) -> None:
    set_to(folder, "https://gazette.example", "https://quay-gazette.net")
    world.statuses["https://quay-gazette.net/healthz"] = 404


def _lost_rule(folder: Folder, _world: World) -> None:
    (folder.root / "looks" / "styles").mkdir(parents=True)
    (folder.root / "looks" / "styles" / "own.css").write_text("h1{margin:0}\n.a:is(.b,.c){color:red}\n")
    set_to(folder, 'name = "Quay Gazette"', 'name = "Quay Gazette"\ntemplates = "looks"')


def _dead_source(folder: Folder, _world: World) -> None:
    shutil.rmtree(folder.root / "articles")
    folder("collect", "morning", now=AT_SEND)


def _open_umask(_folder: Folder, world: World) -> None:
    world.mask = 0o022


def _closed_umask(_folder: Folder, world: World) -> None:
    world.mask = 0o277


def _no_pointer(folder: Folder, world: World) -> None:
    _no_mail_server(folder, world)
    world.reverse = ()


def _pointer_of_another(folder: Folder, world: World) -> None:
    _no_mail_server(folder, world)
    world.reverse = ("static-10.isp.example",)
    world.unknown = frozenset({"static-10.isp.example"})


def _no_reverse_answer(folder: Folder, world: World) -> None:
    _no_mail_server(folder, world)
    world.reverse = RecordsUnavailable("timed out")


def _no_webhook(folder: Folder, world: World) -> None:
    _webhook(folder, world)
    world.statuses["https://hooks.quay-gazette.net/robots.txt"] = "connection refused"


def _failing_webhook(folder: Folder, world: World) -> None:
    _webhook(folder, world)
    world.statuses["https://hooks.quay-gazette.net/robots.txt"] = 502


def _nobody_hears(folder: Folder, world: World) -> None:
    _no_mail_server(folder, world)


def _written(text: str) -> Callable[[Folder, World], None]:
    def plant(folder: Folder, _world: World) -> None:
        with folder.config.open("a") as config:
            config.write(f"\n{text}\n")

    return plant


def _no_alarm_mail(folder: Folder, world: World) -> None:
    mail = 'host = "127.0.0.1"\nport = 9\ntls = "none"\nsender = "A <a@b.example>"\nto = ["c@b.example"]'
    _written(f"[alerts.smtp]\n{mail}")(folder, world)


def _no_ping(folder: Folder, world: World) -> None:
    set_to(folder, "minimum_items = 3", 'minimum_items = 3\nping = "https://pings.quay-gazette.net/uuid"')
    world.statuses["https://pings.quay-gazette.net/robots.txt"] = "connection refused"


def _no_articles(folder: Folder, _world: World) -> None:
    shutil.rmtree(folder.root / "articles")


def _another_list(folder: Folder, _world: World) -> None:
    set_to(folder, 'lists = ["morning"]', 'lists = ["mornig"]')


def _no_bounce_box(folder: Folder, world: World) -> None:
    _no_mail_server(folder, world)
    set_to(folder, "port = 9", 'port = 9\nbounces = { domain = "b.example", path = "gone" }')


def _outbox_is_a_file(folder: Folder, _world: World) -> None:
    (folder.root / "outbox").write_text("")


def _no_sqlite(folder: Folder, _world: World) -> None:
    (folder.root / "digest.db").write_text("No database, but a shopping list of some length. " * 100)


@pytest.mark.parametrize(
    ("plant", "check", "words"),
    [
        pytest.param(
            _written('[alerts]\ncommand = ["no-such-teller"]'), "places", "not there", id="no program"
        ),
        pytest.param(
            _written('[alerts]\ncommand = ["./digest.toml"]'),
            "places",
            "chmod",
            id="a program nobody may run",
        ),
        pytest.param(_written('[metrics]\ntextfile = "gone/x.prom"'), "places", "mkdir", id="no textfile"),
        pytest.param(_no_articles, "places", "articles", id="a source's folder is gone"),
        pytest.param(_no_bounce_box, "places", "gone", id="no bounce box"),
        pytest.param(_outbox_is_a_file, "settings", "transport.path", id="an outbox that is a file"),
        pytest.param(_no_sqlite, "settings", "database.url", id="a file that is no database"),
        pytest.param(_another_list, "readers", "mornig", id="a list of nobody"),
        pytest.param(_no_alarm_mail, "alarm mail", "alerts.smtp", id="no server for alerts"),
        pytest.param(_no_ping, "webhook", "newsletters.morning.ping", id="no ping"),
        pytest.param(_no_tables, "database", "digest migrate", id="no tables"),
        pytest.param(_no_database, "database", "can't be read", id="no database"),
        pytest.param(_clock, "clock", "chrony", id="clock"),
        pytest.param(_open_config, "files", "chmod 600", id="configuration others may read"),
        pytest.param(_open_secrets, "files", "/secrets", id="secrets others may list"),
        pytest.param(_open_database, "files", "mode 664", id="database others may write"),
        pytest.param(_no_mail_server, "transport", "127.0.0.1:9", id="no mail server"),
        pytest.param(_name_of_nobody, "hello", "resolves", id="a name nobody knows"),
        pytest.param(_no_pages, "pages", "connection refused", id="no pages"),
        pytest.param(_pages_of_another, "pages", "404", id="somebody else's pages"),
        pytest.param(_open_umask, "umask", "umask 077", id="files for everybody"),
        pytest.param(_closed_umask, "umask", "own owner", id="files for nobody"),
        pytest.param(_no_pointer, "reverse", "no PTR", id="no reverse DNS"),
        pytest.param(_pointer_of_another, "reverse", "static-10.isp.example", id="another's reverse DNS"),
        pytest.param(_no_reverse_answer, "reverse", "timed out", id="no answer about the reverse DNS"),
        pytest.param(_no_webhook, "webhook", "digest alerts --test", id="no webhook"),
        pytest.param(_failing_webhook, "webhook", "502", id="a webhook that fails"),
        pytest.param(_lost_rule, "templates", "own.css:2", id="a rule that is lost"),
        pytest.param(_dead_source, "sources", "articles", id="a dead source"),
        pytest.param(_nobody_hears, "alerts", "names nobody", id="nobody hears of it"),
    ],
)
def test_a_planted_fault_is_found_with_its_fix(
    folder: Folder, plant: Callable[[Folder, World], None], check: str, words: str
) -> None:
    world = World()
    plant(folder, world)

    found = [one for one in faults(folder, world) if one.check == check]

    assert found, check
    assert words in str(found[0])
    assert found[0].remedy


@pytest.mark.parametrize(
    ("percent", "used", "is_full"),
    [
        pytest.param(95, 94, False, id="below the usual bound"),
        pytest.param(95, 95, True, id="at the usual bound"),
        pytest.param(60, 60, True, id="at a bound of one's own"),
    ],
)
def test_a_disk_is_full_where_the_alarms_say_so(
    folder: Folder, percent: int, used: int, *, is_full: bool
) -> None:
    with folder.config.open("a") as config:
        config.write(f"\n[alerts]\ndisk_percent = {percent}\n")

    assert [one.check for one in faults(folder, World(used=used))] == ["disk"] * is_full


def _webhook(folder: Folder, world: World) -> None:
    with folder.config.open("a") as config:
        config.write(
            '\n[alerts]\nurl = "https://hooks.quay-gazette.net/secret-path"\n'
            'secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="\n'
        )
    world.statuses["https://hooks.quay-gazette.net/robots.txt"] = 404


@pytest.mark.parametrize("answer", [200, 302, 404, 405])
def test_a_webhook_is_there_whatever_it_answers(folder: Folder, answer: int) -> None:
    world = World()
    _webhook(folder, world)
    world.statuses["https://hooks.quay-gazette.net/robots.txt"] = answer

    found = examined(folder, world)["webhook"]

    assert found.found == ()
    assert "secret-path" not in found.well


def test_without_a_net_nothing_fails_for_it(folder: Folder) -> None:
    _no_pages(folder, World())
    _webhook(folder, World())
    hosts = frozenset({"quay-gazette.net", "hooks.quay-gazette.net"})

    found = faults(folder, World(unknown=hosts))

    assert [(one.check, one.level) for one in found] == [
        ("pages", Level.WARNING),
        ("webhook", Level.WARNING),
    ]
    assert all("can't be looked up" in one.problem for one in found)


def test_a_login_is_tried_without_a_mail(folder: Folder) -> None:
    server = ScriptedServer()

    def knows(*given: object) -> AuthResult:
        is_good = getattr(given[-1], "password", b"") == b"right"
        return AuthResult(success=is_good, handled=False, message=None if is_good else "535 5.7.8 no")

    with running(server, authenticator=knows, auth_require_tls=False):
        smtp = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"'
        set_to(folder, OUTBOX, f'{smtp}\nusername = "desk"\npassword = "right"')
        well = examined(folder, World())["transport"]
        set_to(folder, 'password = "right"', 'password = "wrong"')
        wrong = examined(folder, World())["transport"]

    assert well.found == ()
    assert "logs us in" in well.well
    assert [one.level for one in wrong.found] == [Level.ERROR]
    assert server.arrived == []


def test_one_that_breaks_leaves_the_others(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_patient: object) -> Examined:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(rounds, "EXAMINATIONS", (breaks, machine.clock))

    found = examined(folder, World())

    assert "by nothing" in str(found["breaks"].found[0])
    assert found["clock"].found == ()


def test_the_command_tells_all_and_fails_on_an_error(folder: Folder) -> None:
    well = folder("doctor", "--json")
    set_to(
        folder, OUTBOX, 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\ntls = "none"\nhelo_name = "a.example"'
    )
    sick = folder("doctor")

    assert (well.code, well.values["errors"]) == (0, 0)
    assert {one["name"] for one in well.values["examined"]} >= {"disk", "time zones", "transport"}
    assert sick.code == 65
    assert "error [transport]" in sick.out
