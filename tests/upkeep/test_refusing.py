"""What `digest run` refuses, `digest config` and `digest check` refuse too, in the same words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.plugins import Group
from tests.journeys.desk import AT_SEND, FILE, OUTBOX, Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.json").write_text("{}")
    (tmp_path / "notes.db").write_text("No database, but a shopping list of some length. " * 100)
    for group, name, code in (
        (Group.TRANSPORT, "owl", "raise RuntimeError('no license')"),
        (Group.SOURCE, "mole", "make = 7"),
        (Group.SUMMARIZER, "parrot", "import no_such_module_at_all"),
    ):
        info = tmp_path / name / f"{name}-1.2.dist-info"
        info.mkdir(parents=True)
        (tmp_path / name / f"{name}_module.py").write_text(f"{code}\n")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {name}_module:make\n")
        monkeypatch.delitem(sys.modules, f"{name}_module", raising=False)
        monkeypatch.syspath_prepend(str(tmp_path / name))
    return Folder(tmp_path).ready(readers=2)


SOURCE = 'kind = "folder"\npath = "articles"'


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        pytest.param(OUTBOX, 'kind = "owl"', "transport.kind", id="transport of a plug-in"),
        pytest.param(SOURCE, 'kind = "mole"\nname = "hill"', "sources.hill", id="source of a plug-in"),
        pytest.param(
            "[database]", '[summaries]\nkind = "parrot"\n[database]', "summaries.kind", id="blurbs"
        ),
        pytest.param(
            "[database]",
            '[summaries]\nkind = "extractive"\nweights = "gone.json"\n[database]',
            "gone.json",
            id="weights that are not there",
        ),
        pytest.param(
            "[database]",
            '[summaries]\nkind = "extractive"\nweights = "odd.json"\n[database]',
            "odd.json",
            id="weights of another kind",
        ),
        pytest.param(
            "[database]",
            '[summaries]\nkind = "llm"\nprovider = "abacus"\nmodel = "m"\n[database]',
            "summaries.provider",
            id="a provider that nobody knows",
        ),
        pytest.param(
            "minimum_items = 3",
            'minimum_items = 3\nsegment = "gone"',
            "newsletters.morning.segment",
            id="no such segment",
        ),
        pytest.param(OUTBOX, 'kind = "outbox"\npath = "odd.json"', "transport.path", id="outbox is a file"),
        pytest.param(
            OUTBOX, 'kind = "outbox"\npath = "odd.json/a"', "transport.path", id="outbox below a file"
        ),
        pytest.param("[database]", "[segments.odd]\nodd = 1\n[database]", "segments.odd", id="segment"),
        pytest.param(FILE, 'url = "sqlite:///notes.db"', "database.url", id="a file that is no database"),
        pytest.param(FILE, 'url = "mysql://host/name"', "database.url", id="a database of another kind"),
        pytest.param(
            "[database]", '[desk]\nalerts = ["nobody"]\n[database]', "desk.alerts", id="no address"
        ),
    ],
)
def test_what_a_run_refuses_is_refused_by_config_and_check(
    folder: Folder, old: str, new: str, where: str
) -> None:
    text = folder.config.read_text()
    assert old in text
    folder.config.write_text(text.replace(old, new, 1))

    said = [
        folder("run", "morning", now=AT_SEND),
        folder("config"),
        folder("config", "--json"),
        folder("check", "--no-dns"),
    ]

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 4
    assert all(where in one.err for one in said)
    if not where.startswith("sources."):
        assert all("(from digest.toml, line " in one.err for one in said)


@pytest.mark.parametrize(
    ("new", "where"),
    [
        pytest.param(
            '[desk]\nforwarding_proxies = ["10.0.0.0/99"]', "desk.forwarding_proxies", id="network"
        ),
        pytest.param(
            '[desk]\ntrusted_proxies = ["proxy.local"]', "desk.trusted_proxies", id="name of a proxy"
        ),
        pytest.param('[desk]\nsendgrid_key = "nonsense"', "desk.sendgrid_key", id="no key"),
        pytest.param('[desk]\nuser_header = "x user"', "desk.user_header", id="no header's name"),
        pytest.param(
            '[desk.oidc]\nissuer = "http://idp.example"\nclient_id = "d"',
            "issuer",
            id="login in clear text",
        ),
        pytest.param('[fetching]\nuser_agent = "Жук"', "fetching.user_agent", id="no header"),
        pytest.param(
            '[fetching]\nallowed_hosts = ["cms.example:8080"]', "fetching.allowed_hosts", id="port"
        ),
        pytest.param(
            '[metrics]\ntextfile = "digest.txt"', "metrics.textfile", id="a file that nobody reads"
        ),
        pytest.param('[alerts]\ncommand = [""]', "alerts.command", id="no program"),
    ],
)
def test_what_the_desk_or_a_crawl_could_not_use_is_refused_too(
    folder: Folder, new: str, where: str
) -> None:
    text = folder.config.read_text()
    folder.config.write_text(text.replace("[database]", f"{new}\n[database]", 1))

    said = [folder("config"), folder("check", "--no-dns")]

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 2
    assert all(where in one.err for one in said)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        pytest.param("postgresql://u@h:port/x", "is no URL", id="port in words"),
        pytest.param("postgresql://u@h:99999/x", "is no URL", id="port out of range"),
        pytest.param("postgresql://u@h/x?sslmode=verify", "did you mean 'verify-ca'", id="ssl mode"),
        pytest.param("postgresql://u@h/x?connect_timeout=soon", "connect_timeout", id="time-out in words"),
        pytest.param(
            "postgresql://u@h/x?nosuch=1", 'invalid connection option "nosuch"', id="unknown option"
        ),
        pytest.param("sqlite:///digest.db?timeout=soon", "can't be read", id="option of sqlite"),
        pytest.param("sqlite:///articles", "that is a folder", id="folder"),
    ],
)
def test_a_database_that_never_answers_is_no_moment_to_wait_for(
    folder: Folder, url: str, problem: str
) -> None:
    text = folder.config.read_text()
    folder.config.write_text(text.replace(FILE, f'url = "{url}"'))

    said = [folder("run", "morning", now=AT_SEND), folder("config"), folder("schedule", "--once")]

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 3
    assert all("database.url" in one.err and problem in one.err for one in said)


@pytest.mark.parametrize(
    ("url", "query", "problem"),
    [
        pytest.param("nonsense", ":since :until", "names no database", id="no URL"),
        pytest.param("mysql+nosuch://h/x", ":since :until", "a driver that is not installed", id="driver"),
        pytest.param("postgresql://h:p/x", ":since :until", "names no database", id="port in words"),
        pytest.param("sqlite:///news.db", ":since :until :more", "the parameter :more", id="parameter"),
    ],
)
def test_a_source_of_sql_that_could_never_be_read_is_refused(
    folder: Folder, url: str, query: str, problem: str
) -> None:
    text = folder.config.read_text()
    source = f'kind = "sql"\nname = "hill"\nurl = "{url}"\nquery = "SELECT {query}"'
    folder.config.write_text(text.replace(SOURCE, source))

    said = [folder("config"), folder("check", "--no-dns")]

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 2
    assert all("hill" in one.err and problem in one.err for one in said)


def test_a_schedule_that_starts_with_faults_ends(folder: Folder) -> None:
    folder.config.write_text(folder.config.read_text().replace('send_at = "06:30"', 'send_at = "late"'))

    assert folder("schedule").code == Exit.CONFIGURATION


def test_one_look_without_a_database_says_so(folder: Folder) -> None:
    (folder.root / "digest.db").unlink()

    assert folder("schedule", "--once").code != Exit.DONE


def test_all_faults_are_told_at_once(folder: Folder) -> None:
    text = folder.config.read_text().replace(OUTBOX, 'kind = "owl"')
    folder.config.write_text(
        text.replace("[database]", '[summaries]\nkind = "extractive"\nweights = "gone.json"\n[database]')
    )

    said = folder("config")

    assert said.code == Exit.CONFIGURATION
    assert "2 faults" in said.err


def test_a_configuration_is_shown_before_there_is_a_database(folder: Folder) -> None:
    (folder.root / "digest.db").unlink()

    assert folder("config").code == Exit.DONE
    assert not (folder.root / "digest.db").exists()


PING = 'minimum_items = 3\nping = "https://hc.example/check"'


@pytest.mark.parametrize(
    ("variables", "where", "is_called"),
    [
        pytest.param({"SSL_CERT_FILE": "/no/such.pem"}, "SSL_CERT_FILE", False, id="no file"),
        pytest.param({"SSL_CERT_FILE": "articles"}, "SSL_CERT_FILE", False, id="a folder"),
        pytest.param({"SSL_CERT_FILE": "odd.json"}, "SSL_CERT_FILE", False, id="no certificates"),
        pytest.param({"HTTPS_PROXY": "foo://x"}, "HTTPS_PROXY", True, id="a proxy of no kind"),
        pytest.param({"http_proxy": "http://x:port"}, "http_proxy", True, id="a port in words"),
        pytest.param({"ALL_PROXY": "socks5://127.0.0.1:9"}, "SOCKS", True, id="SOCKS"),
        pytest.param({"NO_PROXY": "[::1"}, "NO_PROXY", True, id="half an address"),
    ],
)
def test_an_environment_in_which_no_call_can_be_made_is_refused_by_all(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    where: str,
    *,
    is_called: bool,
) -> None:
    if is_called:
        text = folder.config.read_text()
        folder.config.write_text(text.replace("minimum_items = 3", PING))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    said = [
        folder("config"),
        folder("check", "--no-dns"),
        folder("run", "morning", now=AT_SEND),
        folder("schedule", "--once"),
    ]
    doctor = folder("doctor")

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 4
    assert all(where in one.err for one in said)
    assert doctor.code == Exit.BAD_DATA
    assert where in doctor.out


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param({"ALL_PROXY": "socks5://127.0.0.1:9"}, id="a proxy that nobody asks"),
        pytest.param({"SSL_CERT_FILE": "", "HTTPS_PROXY": " "}, id="empty ones"),
        pytest.param({"SSL_CERT_DIR": "/no/such/folder"}, id="a folder that is passed by"),
    ],
)
def test_an_environment_that_keeps_nobody_from_anything_is_left_alone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert folder("config").code == Exit.DONE
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE


EXTENDS = '{{% extends "page.html" %}}{{% block {0} %}}{1}{{% endblock %}}'
TXT = '{{% extends "page.txt" %}}{{% block {0} %}}{1}{{% endblock %}}'


@pytest.mark.parametrize(
    ("files", "words"),
    [
        pytest.param({"broadsheet.html": EXTENDS.format("nosuch", "x")}, "'nosuch'", id="no such block"),
        pytest.param(
            {"broadsheet.html": EXTENDS.format("masthead", "{{ nosuch.thing }}")}, "'nosuch'", id="no name"
        ),
        pytest.param(
            {"broadsheet.html": EXTENDS.format("footer", "{{ 3|nosuch }}")}, "nosuch", id="no such filter"
        ),
        pytest.param(
            {"broadsheet.html": EXTENDS.format("story", "{% include 'gone.html' %}")},
            "gone.html",
            id="a file that is not there",
        ),
        pytest.param(
            {"broadsheet.html": EXTENDS.format("story", "{{ story.picture.nosuch }}")},
            "nosuch",
            id="no such part of a picture",
        ),
        pytest.param(
            {"broadsheet.html": EXTENDS.format("story", "{{ ''.__class__.mro() }}")}, "html", id="sandbox"
        ),
        pytest.param(
            {"broadsheet.txt": TXT.format("masthead", "{{ nosuch.thing }}")}, "'nosuch'", id="plain part"
        ),
        pytest.param({"broadsheet.txt": TXT.format("masthead", "{% if %}")}, "txt", id="plain syntax"),
        pytest.param({"broadsheet.subject.txt": "{{ nosuch.thing }}"}, "'nosuch'", id="subject"),
    ],
)
def test_a_template_of_ones_own_that_no_mail_can_be_made_of_is_refused_by_all(
    folder: Folder, files: dict[str, str], words: str
) -> None:
    own = folder.root / "own"
    own.mkdir()
    for name, text in files.items():
        (own / name).write_text(text)
    text = folder.config.read_text()
    folder.config.write_text(text.replace("[site]", '[site]\ntemplates = "own"'))

    said = [
        folder("config"),
        folder("check", "--no-dns"),
        folder("run", "morning", now=AT_SEND),
    ]
    doctor = folder("doctor")

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 3
    assert all(words in one.err for one in said)
    assert all("newsletters.morning.template: Template " in one.err for one in said[:2])
    assert words in doctor.out


@pytest.mark.parametrize(
    ("files", "setting"),
    [
        pytest.param(
            {
                "broadsheet.html": EXTENDS.format(
                    "lead", "{% if story.picture %}{{ story.nosuch }}{% endif %}"
                )
            },
            "template",
            id="with a picture alone",
        ),
        pytest.param(
            {
                "sunday.html": EXTENDS.format("footer", "{{ nosuch.thing }}"),
                "sunday.txt": TXT.format("footer", "x"),
            },
            "weekly_template",
            id="the week's best alone",
        ),
    ],
)
def test_a_template_that_breaks_on_some_days_alone_is_refused_on_any(
    folder: Folder, files: dict[str, str], setting: str
) -> None:
    own = folder.root / "own"
    own.mkdir()
    for name, text in files.items():
        (own / name).write_text(text)
    text = folder.config.read_text().replace("[site]", '[site]\ntemplates = "own"')
    folder.config.write_text(
        text.replace("minimum_items = 3", 'minimum_items = 3\nweekly_template = "sunday"')
        if setting == "weekly_template"
        else text
    )

    said = [folder("config"), folder("check", "--no-dns")]

    assert [one.code for one in said] == [Exit.CONFIGURATION] * 2
    assert all(f"newsletters.morning.{setting}: Template " in one.err for one in said)
