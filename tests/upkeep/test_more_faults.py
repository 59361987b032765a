"""More of what the doctor finds: a planted fault is told once, by one examination, with its fix."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.model.upkeep import Heartbeat
from digest.rendering.checks.findings import Finding, Level
from digest.settings.loading import load
from digest.upkeep.doctor import files, idle, machine, rounds, ways_out, work
from digest.upkeep.doctor.patient import Examination, Patient, RealWorld
from digest.wiring.newsroom import Newsroom
from tests.journeys.desk import AT_SEND, OUTBOX, Folder
from tests.upkeep.receiver import receiving
from tests.upkeep.stage import SECRET
from tests.upkeep.test_doctor import NOW, World, set_to

SENT = datetime.fromisoformat(AT_SEND)
SITE = "https://quay-gazette.net"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    made = Folder(tmp_path).ready(readers=2)
    made.config.chmod(0o600)
    return made


def found_by(
    examination: Examination, folder: Folder, world: World, *, now: datetime = NOW
) -> tuple[Finding, ...]:
    loaded = load(folder.config, environ={}, overrides={})
    with Newsroom(loaded) as newsroom:
        return examination(Patient(loaded, world, now, newsroom)).found


def _smtp(name: str, host: str = "mail.quay-gazette.net") -> Callable[[Folder, World], None]:
    def plant(folder: Folder, _world: World) -> None:
        set_to(folder, OUTBOX, f'kind = "smtp"\nhost = "{host}"\nhelo_name = "{name}"')

    return plant


def _file(name: str, mode: int) -> Callable[[Folder, World], None]:
    def plant(folder: Folder, _world: World) -> None:
        (folder.root / name).write_text("")
        (folder.root / name).chmod(mode)

    return plant


def _open_preview(folder: Folder, _world: World) -> None:
    (folder.root / "preview").mkdir()
    (folder.root / "preview").chmod(0o755)


def _open_outbox(folder: Folder, _world: World) -> None:
    (folder.root / "outbox").mkdir(exist_ok=True)
    (folder.root / "outbox").chmod(0o770)


def _open_token(folder: Folder, _world: World) -> None:
    box = (
        '[[newsletters.morning.sources]]\nkind = "mailbox"\n'
        'host = "imap.quay-gazette.net"\n'
        'username = "desk@quay-gazette.net"\noauth = { token_file = "token" }\n'
        'senders = ["press@harbor.example"]\n'
    )
    with folder.config.open("a") as config:
        config.write(box)
    _file("token", 0o640)(folder, _world)


def _of_the_world(**changed: object) -> Callable[[Folder, World], None]:
    def plant(_folder: Folder, world: World) -> None:
        for name, value in changed.items():
            setattr(world, name, value)

    return plant


def _site(ends: datetime | str | None) -> Callable[[Folder, World], None]:
    def plant(folder: Folder, world: World) -> None:
        set_to(folder, "https://gazette.example", SITE)
        world.ends = ends

    return plant


def _example_site(folder: Folder, world: World) -> None:
    _smtp("mail.quay-gazette.net")(folder, world)


def _two_certificates(folder: Folder, world: World) -> None:
    _site("self-signed certificate")(folder, world)
    world.statuses[f"{SITE}/healthz"] = "certificate verify failed"


@pytest.mark.parametrize(
    ("plant", "examination", "words"),
    [
        pytest.param(_smtp("localhost.localdomain"), ways_out.hello, "every machine", id="localhost"),
        pytest.param(_smtp("mail.localhost"), ways_out.hello, "every machine", id="below localhost"),
        pytest.param(_smtp("box.internal"), ways_out.hello, "out there", id="a name of the house"),
        pytest.param(_smtp("box.local"), ways_out.hello, "out there", id="a name of the local net"),
        pytest.param(_smtp("192.0.2.7"), ways_out.hello, "an address", id="an address as a name"),
        pytest.param(_file(".env", 0o644), files.files, "chmod 600", id="secrets others may read"),
        pytest.param(
            _file("digest.db.epoch", 0o604), files.files, "mode 604", id="an epoch others may read"
        ),
        pytest.param(_open_preview, files.files, "chmod 700", id="previews others may read"),
        pytest.param(_open_outbox, files.files, "chmod 700", id="an outbox others may read"),
        pytest.param(_open_token, files.files, "token", id="a token others may read"),
        pytest.param(
            _of_the_world(disk_kind="nfs4"), files.ledger, "PostgreSQL", id="another machine's disk"
        ),
        pytest.param(_of_the_world(disk_kind="fuse.sshfs"), files.ledger, "locks", id="a disk by SSH"),
        pytest.param(_of_the_world(disk_kind="tmpfs"), files.ledger, "restart", id="a ledger in memory"),
        pytest.param(_of_the_world(uid=65_534), files.ledger, "another user", id="another user's ledger"),
        pytest.param(_of_the_world(file_count=(99, 1)), machine.disk, "files", id="no room for files"),
        pytest.param(_of_the_world(used=97), machine.disk, "97 %", id="no room for bytes"),
        pytest.param(
            _site("certificate has expired"), ways_out.pages, "expired", id="a certificate that ended"
        ),
        pytest.param(_site(NOW + timedelta(days=2)), ways_out.pages, "Renew", id="a certificate that ends"),
        pytest.param(_two_certificates, ways_out.pages, "self-signed", id="a certificate of one's own"),
        pytest.param(_example_site, ways_out.pages, "nobody out there", id="mail that leads nowhere"),
    ],
)
def test_a_planted_fault_is_told_once_with_its_fix(
    folder: Folder, plant: Callable[[Folder, World], None], examination: Examination, words: str
) -> None:
    world = World()
    plant(folder, world)

    (found,) = found_by(examination, folder, world)

    assert words in str(found)
    assert found.level is not Level.NOTE
    assert found.remedy


@pytest.mark.parametrize(
    "plant",
    [
        pytest.param(_smtp("box.internal", host="127.0.0.1"), id="said to this machine"),
        pytest.param(_smtp("box.internal", host="10.1.2.3"), id="said to this house"),
        pytest.param(_smtp("mail.quay-gazette.net"), id="a name that resolves"),
    ],
)
def test_a_name_that_will_do_is_none(folder: Folder, plant: Callable[[Folder, World], None]) -> None:
    plant(folder, World())

    assert found_by(ways_out.hello, folder, World()) == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("[database]", "[clicks]\nby_reader = true\n[database]", "clicks.by_reader", id="by"),
        pytest.param(
            "minimum_items = 3",
            "minimum_items = 3\nlearn_from_clicks = true",
            "learns nothing",
            id="learns",
        ),
        pytest.param(
            "[database]",
            '[desk]\nfixed = ["newsletters.mornin.sender"]\n[database]',
            "did you mean 'morning'",
            id="fixed",
        ),
        pytest.param(
            'path = "articles"', 'path = "articles"\npaused = true', "are all paused", id="nothing to read"
        ),
        pytest.param(
            "[database]", f'[alerts]\nsecret = "{SECRET}"\n[database]', "signs nothing", id="no receiver"
        ),
        pytest.param(
            "[database]",
            '[database]\ndirect_url = "postgresql://h/x"',
            "database.url is a file",
            id="a server beside a file",
        ),
        pytest.param(
            "[database]",
            f'[webhooks.cms]\nurl = "https://x.example"\nsecret = "{SECRET}"\nevents = []\n[database]',
            "is told nothing",
            id="a webhook of nothing",
        ),
        pytest.param(
            OUTBOX, 'kind = "sendgrid"\napi_key = "SG.x"', "are not heard", id="nobody hears SendGrid"
        ),
        pytest.param(
            "[database]",
            '[desk]\nsendgrid_key = "x"\n[database]',
            "by which no mail leaves",
            id="no SendGrid",
        ),
    ],
)
def test_a_setting_that_comes_to_nothing_is_told(folder: Folder, old: str, new: str, words: str) -> None:
    assert found_by(idle.idle, folder, World()) == ()
    set_to(folder, old, new)

    (found,) = found_by(idle.idle, folder, World())

    assert words in str(found)
    assert found.remedy


def test_a_clock_that_went_back_is_told(folder: Folder) -> None:
    assert folder("run", "morning", now=AT_SEND).code == 0

    (found,) = found_by(machine.clock, folder, World(), now=SENT - timedelta(days=30))

    assert found.level is Level.ERROR
    assert "timedatectl" in found.remedy
    assert found_by(machine.clock, folder, World(), now=SENT) == ()


def test_a_clock_behind_whoever_was_heard_of_is_told(folder: Folder) -> None:
    with Newsroom(load(folder.config, environ={}, overrides={})) as newsroom:
        heard = NOW + timedelta(hours=1)
        newsroom.database.heartbeats.beat(Heartbeat("w1", "worker", "x/1/1", "", heard, heard, heard))

    (found,) = found_by(machine.clock, folder, World())

    assert "worker w1 was heard of" in found.problem


def test_a_run_that_did_not_come_is_told(folder: Folder) -> None:
    assert folder("run", "morning", now=AT_SEND).code == 0

    assert found_by(work.editions, folder, World(), now=SENT) == ()
    found = found_by(work.editions, folder, World(), now=SENT + timedelta(days=1, hours=2))

    assert [one.element for one in found] == ["morning"]
    assert "cron" in found[0].remedy


def test_an_edition_that_nobody_approved_is_told(folder: Folder) -> None:
    set_to(folder, "minimum_items = 3", 'minimum_items = 3\napproval = "required"\ndeadline = "10:00"')
    folder("run", "morning", now=AT_SEND)

    found = found_by(work.editions, folder, World(), now=SENT + timedelta(hours=13))

    assert found
    assert "approve" in str(found[0])


def test_tables_of_a_newer_version_are_not_to_be_migrated(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.root / "digest.db")) as connection, connection:
        connection.execute("UPDATE digest_version SET version_num = '9999'")
    loaded = load(folder.config, environ={}, overrides={})

    (found,) = machine.database(Patient(loaded, World(), NOW)).found
    done = folder("status")

    assert "newer version" in found.problem
    assert "digest migrate" not in found.remedy
    assert "Install the newer version" in done.err


def test_articles_that_are_pages_need_what_reads_them(folder: Folder) -> None:
    loaded = load(folder.config, environ={}, overrides={})
    (folder.root / "articles" / "a.html").write_text("<p>A</p>")

    assert "extraction" in {extra for extra, _ in machine._wanted(loaded.settings)}


def test_the_kinds_of_disks_are_told_by_the_kernel() -> None:
    world = RealWorld()

    assert world.file_system(Path("/proc/self")) in {"proc", ""}
    assert sum(world.inodes(Path())) >= 0
    assert world.user() >= 0


def test_every_examination_has_a_name_of_its_own(folder: Folder) -> None:
    loaded = load(folder.config, environ={}, overrides={})

    names = [one.name for one in rounds.examine(loaded, World(), now=NOW)]

    assert len(set(names)) == len(names)


def test_the_real_world_is_asked_with_care() -> None:
    with receiving() as receiver:
        there = RealWorld().answer(f"{receiver.url}/healthz")
    gone = RealWorld().answer("http://127.0.0.1:9/healthz")

    assert isinstance(there, int)
    assert isinstance(gone, str)
    assert RealWorld().umask() is not None


def test_a_plug_in_that_does_not_load_is_told_used_or_not(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "site" / "broken-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[digest.sources]\nowl = no_such_module:make\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    (found,) = found_by(machine.plug_ins, folder, World())

    assert found.element == "the source owl of broken 1.2"
    assert "no_such_module" in found.problem
