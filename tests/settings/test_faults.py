"""Every bad configuration is refused with the setting's name, a sentence, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.settings import load
from tests.settings.configurations import GOOD, SECRET_KEY, changed, faults

SMTP = 'kind = "smtp"\nhost = "mail.harbour.example"'
GRID = 'kind = "sendgrid"\napi_key = "SG.one"'
OUTBOX = 'kind = "outbox"\npath = "outbox"'
FEED = 'kind = "feed"\nname = "own"\nurl = "https://harbour.example/feed.xml"'
SECTION = 'key = "politics"\ntitle = "Politics"'
MORNING = "newsletters.morning"

TABLE = [
    # values of one setting
    ('cutoff = "06:00"', 'cutoff = "6:00"', f"{MORNING}.cutoff", "a time as HH:MM"),
    ('cutoff = "06:00"', 'cutoff = "24:00"', f"{MORNING}.cutoff", "not '24:00'"),
    ('cutoff = "06:00"', "cutoff = 600", f"{MORNING}.cutoff", "text in quotes"),
    ('cutoff = "06:00"', "cutoff = 06:00:30", f"{MORNING}.cutoff", "not '06:00:30'"),
    ('"Africa/Nairobi"', '"africa/nairobi"', f"{MORNING}.timezone", "did you mean 'Africa/Nairobi'?"),
    ('"Africa/Nairobi"', '"America"', f"{MORNING}.timezone", "no time zone is named 'America'"),
    ('"Africa/Nairobi"', '"../etc/passwd"', f"{MORNING}.timezone", "no time zone is named"),
    (
        '"Harbour Daily <morning@harbour.example>"',
        '"morning@harbour.example"',
        f"{MORNING}.sender",
        "a name and",
    ),
    (
        '"Harbour Daily <morning@harbour.example>"',
        '"Daily <morning>"',
        f"{MORNING}.sender",
        "no mail address",
    ),
    (
        '"Harbour Daily <morning@harbour.example>"',
        '"D\\nBcc: x <a@b.example>"',
        f"{MORNING}.sender",
        "one line",
    ),
    ('lists = ["morning"]', "lists = []", f"{MORNING}.lists", "must not be empty"),
    ('lists = ["morning"]', 'lists = "morning"', f"{MORNING}.lists", "must be a list"),
    ('lists = ["morning"]', 'lists = ["Morning List"]', f"{MORNING}.lists[0]", "lower-case"),
    ('title = "Morning edition"', 'title = ""', f"{MORNING}.title", "must not be empty"),
    ('title = "Morning edition"', "title = 7", f"{MORNING}.title", "text in quotes"),
    (
        'title = "Morning edition"',
        'title = "M"\nminimum_items = "3"',
        f"{MORNING}.minimum_items",
        "whole number",
    ),
    (
        'title = "Morning edition"',
        'title = "M"\nminimum_items = 0',
        f"{MORNING}.minimum_items",
        "at least 1, not 0",
    ),
    (
        'title = "Morning edition"',
        'title = "M"\nminimum_items = true',
        f"{MORNING}.minimum_items",
        "not true",
    ),
    (
        'title = "Morning edition"',
        'title = "M"\nminimum_items = 2.5',
        f"{MORNING}.minimum_items",
        "not 2.5",
    ),
    (
        'title = "Morning edition"',
        'title = "M"\nlanguage = "english!"',
        f"{MORNING}.language",
        "language code",
    ),
    (
        'title = "Morning edition"',
        'title = "M"\napproval = "maybe"',
        f"{MORNING}.approval",
        "'auto' or 'required'",
    ),
    ('title = "Morning edition"', 'title = "M"\nweekdays = ["mo"]', f"{MORNING}.weekdays[0]", "not 'mo'"),
    (
        'title = "Morning edition"',
        'title = "M"\nreply_to = "desk"',
        f"{MORNING}.reply_to",
        "no mail address",
    ),
    ('title = "Morning edition"', 'title = "M"\ntheme = "red"', f"{MORNING}.theme", "must be a table"),
    (
        'title = "Morning edition"',
        'title = "M"\ntheme = { acent = "#fff" }',
        f"{MORNING}.theme.acent",
        "'accent'?",
    ),
    (
        'title = "Morning edition"',
        'title = "M"\ntheme = { ink = "black" }',
        f"{MORNING}.theme.ink",
        "a color like",
    ),
    (
        'url = "https://harbour.example"',
        'url = "http://harbour.example"',
        "site.url",
        "must start with https://",
    ),
    ('url = "https://harbour.example"', 'url = "https://"', "site.url", "must be a full URL"),
    ('url = "https://harbour.example"', 'url = "https://me:pw@h.example"', "site.url", "no user name"),
    ('url = "https://harbour.example"', 'url = "https://[::1"', "site.url", "is no URL"),
    ('url = "https://harbour.example"', 'url = "https://h.example:9999999"', "site.url", "is no URL"),
    ('postal_address = "1 Quay Street"\n', "", "site.postal_address", "required by law"),
    (
        'postal_address = "1 Quay Street"',
        'postal_address = "  "',
        "site.postal_address",
        "must not be empty",
    ),
    # unknown names
    (
        'title = "Morning edition"',
        'title = "M"\ncuttof = "06:00"',
        f"{MORNING}.cuttof",
        "did you mean 'cutoff'?",
    ),
    ("[transport]", "[trasport]\nkind = 'outbox'\n[transport]", "trasport", "did you mean 'transport'?"),
    ("[transport]", "[zebra]\n[transport]", "zebra", "known here: site, database"),
    ('path = "outbox"', 'path = "outbox"\nhost = "x"', "transport.host", "no such setting"),
    (
        "[newsletters.morning]",
        "[newsletters.Evening]\n[newsletters.morning]",
        "newsletters.Evening",
        "lower-case",
    ),
    # kinds
    (
        'kind = "outbox"',
        'kind = "smpt"',
        "transport.kind",
        "'smpt'; did you mean 'smtp'? (allowed: outbox, smtp",
    ),
    ('kind = "outbox"\n', "", "transport", "kind is missing: one of outbox, smtp, sendgrid"),
    ('kind = "outbox"', "kind = 3", "transport", "kind is missing"),
    (
        'kind = "feed"',
        'kind = "feeed"',
        f"{MORNING}.sources[0].kind",
        "did you mean 'feed'? (allowed: feed, json",
    ),
    ('kind = "feed"\n', "", f"{MORNING}.sources[0]", "kind is missing: one of feed"),
    (OUTBOX, 'kind = "outbox"', "transport.path", "is missing"),
    (OUTBOX, 'kind = "smtp"', "transport.host", "is missing: the server's name"),
    (OUTBOX, f'{SMTP}\nusername = "u"', "transport.password", "missing, though there is a username"),
    (OUTBOX, f'{SMTP}\npassword = "p"', "transport.username", "missing, though there is a password"),
    (OUTBOX, f'{SMTP}\nusername = "u"\npassword = "p"\ntls = "none"', "transport.tls", "in clear text"),
    (OUTBOX, f'{SMTP}\ntls = "ssl"', "transport.tls", "'starttls', 'tls' or 'none', not 'ssl'"),
    (OUTBOX, f"{SMTP}\nport = 99999", "transport.port", "at most 65535"),
    (OUTBOX, 'kind = "sendgrid"', "transport.api_key", "is missing"),
    (OUTBOX, 'kind = "sendgrid"\napi_key = ""', "transport.api_key", "is empty or holds"),
    (OUTBOX, f"{GRID}\nfence_minutes = 5", "transport.fence_minutes", "must be 0, or 15 and more, not 5"),
    (OUTBOX, f"{GRID}\nfence_minutes = 4320", "transport.fence_minutes", "must be less than 4320"),
    (OUTBOX, f'{GRID}\nsubuser = "häfen"', "transport.subuser", "a header can't"),
    (OUTBOX, f'{GRID}\ncategories = ["{"a" * 256}"]', "transport.categories", "longer than 255"),
    (OUTBOX, f"{GRID}\ncategories = {list('abcdefghij')}", "transport.categories", "at most 9"),
    (OUTBOX, f'{GRID}\nip_pool = "{"a" * 65}"', "transport.ip_pool", "at most 64"),
    (OUTBOX, f'{GRID}\napi_url = "http://h.example"', "transport.api_url", "must start with https://"),
    (OUTBOX, f'{GRID}\nregion = "us"', "transport.region", "'global' or 'eu'"),
    (FEED, 'kind = "ghost"\nurl = "https://h.example"', f"{MORNING}.sources[0].api_key", "is missing"),
    (
        FEED,
        'kind = "sql"\nurl = "x"\nquery = "select 1"',
        f"{MORNING}.sources[0].query",
        ":since and :until",
    ),
    (FEED, 'kind = "folder"', f"{MORNING}.sources[0].path", "is missing: the folder"),
    (FEED, f"{FEED}\nweight = 0", f"{MORNING}.sources[0].weight", "more than 0"),
    (FEED, f"{FEED}\nweight = nan", f"{MORNING}.sources[0].weight", "must be a number"),
    (FEED, f'{FEED}\nfull_text = "yes"', f"{MORNING}.sources[0].full_text", "'auto'"),
    # between settings
    ('send_at = "06:30"', 'send_at = "06:30"\ndeadline = "06:30"', f"{MORNING}.deadline", "send_at itself"),
    (
        'send_at = "06:30"',
        'send_at = "06:30"\ndeadline = "06:15"',
        f"{MORNING}.deadline",
        "next edition's cutoff",
    ),
    (
        "[newsletters.morning]\n",
        '[dispatch]\nhold_minutes = 30\n[newsletters.morning]\ndeadline = "07:00"\n',
        "dispatch.hold_minutes",
        "until the deadline of morning",
    ),
    (
        SECTION,
        f"{SECTION}\n[[newsletters.morning.sections]]\n{SECTION}",
        f"{MORNING}.sections[1].key",
        "2 sections",
    ),
    (
        SECTION,
        f"{SECTION}\nmin_items = 6",
        f"{MORNING}.sections[0].min_items",
        "more than max_items, which is 5",
    ),
    (
        SECTION,
        f'{SECTION}\nmatch = {{ sources = ["onw"] }}',
        f"{MORNING}.sections[0].match.sources",
        "mean 'own'?",
    ),
    (FEED, f'{FEED}\nsection = "politcs"', f"{MORNING}.sources[0].section", "did you mean 'politics'?"),
    (
        FEED,
        f"{FEED}\n[[newsletters.morning.sources]]\n{FEED}",
        f"{MORNING}.sources[1]",
        "already sources[0]",
    ),
    ('/feed.xml"', '/feed.xml"\n[[x]]\n', "x", "no such setting"),
    (
        "https://harbour.example/feed.xml",
        "http://h.example/f",
        f"{MORNING}.sources[0].url",
        "fetching.allowed_hosts",
    ),
    ("https://harbour.example/feed.xml", "file:///etc/passwd", f"{MORNING}.sources[0].url", "a full URL"),
]


@pytest.mark.parametrize(("old", "new", "where", "sentence"), TABLE)
def test_a_bad_setting_is_named_with_what_is_wrong(
    tmp_path: Path, old: str, new: str, where: str, sentence: str
) -> None:
    found = faults(tmp_path, changed(old, new))

    assert [fault for fault in found if fault.where == where and sentence in fault.problem], found


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        pytest.param("mysql://h/db", "must start with sqlite:/// or", id="another database"),
        pytest.param("sqlite://", "must name a file", id="sqlite in memory, short"),
        pytest.param(
            "sqlite:///:memory:", "a second run would send everything again", id="sqlite in memory"
        ),
        pytest.param("postgresql+psycopg:///db", "must name a host", id="no host"),
        pytest.param("digest.db", "must start with", id="a bare file"),
    ],
)
def test_a_database_that_could_not_keep_the_ledger_is_refused(
    tmp_path: Path, url: str, sentence: str
) -> None:
    (found,) = faults(tmp_path, environ={"DIGEST_DATABASE__URL": url})

    assert found.where == "database.url"
    assert sentence in found.problem


@pytest.mark.parametrize(
    ("key", "sentence"),
    [("short", "32 characters or more, not 5"), ("ab" * 20, "must be random"), ("", "not 0")],
)
def test_a_weak_secret_key_is_refused(tmp_path: Path, key: str, sentence: str) -> None:
    (found,) = faults(tmp_path, environ={"DIGEST_SITE__SECRET_KEY": key})

    assert found.where == "site.secret_key"
    assert sentence in found.problem


@pytest.mark.parametrize(
    ("lines", "where", "sentence"),
    [
        ('key_id = "Two"', "site.key_id", "1 to 8 of a-z and 0-9, as in '2', not 'Two'"),
        (f'older_keys = {{ 1 = "{SECRET_KEY}" }}', "site.older_keys.1", "an id of its own"),
        (f'key_id = "2"\nolder_keys = {{ 2 = "{SECRET_KEY}" }}', "site.older_keys.2", "site.key_id is '2'"),
        ('key_id = "2"\nolder_keys = { 1 = "short" }', "site.older_keys.1", "32 characters or more, not 5"),
        (f'key_id = "2"\nolder_keys = {{ A-1 = "{SECRET_KEY}" }}', "site.older_keys.A-1", "a-z and 0-9"),
    ],
)
def test_keys_that_links_could_not_be_told_apart_by_are_refused(
    tmp_path: Path, lines: str, where: str, sentence: str
) -> None:
    (found,) = faults(tmp_path, changed(f'"{SECRET_KEY}"', f'"{SECRET_KEY}"\n{lines}'))

    assert found.where == where
    assert sentence in found.problem
    assert SECRET_KEY not in found.problem


def test_all_faults_are_listed_at_once_with_their_origins(tmp_path: Path) -> None:
    text = changed('cutoff = "06:00"', 'cutoff = "6"') + 'section = "sport"\n'
    environ = {"DIGEST_SITE__URL": "ftp://x", "DIGEST_SITE__NMAE": "x", "DIGEST_TRANSPORT__KIND": "pigeon"}

    found = {fault.where: fault.origin for fault in faults(tmp_path, text, environ=environ)}

    assert found == {
        "site.url": "environment variable DIGEST_SITE__URL",
        "site.nmae": "environment variable DIGEST_SITE__NMAE",
        "transport.kind": "environment variable DIGEST_TRANSPORT__KIND",
        "newsletters.morning.cutoff": "digest.toml, line 16",
        "newsletters.morning.sources[0].section": "digest.toml, line 27",
    }


def test_broken_toml_is_told_with_its_line_and_without_noise(tmp_path: Path) -> None:
    found = faults(tmp_path, GOOD + 'theme = { accent = "#fff\n', environ={"DIGEST_FOO": "1"})

    assert [fault.where for fault in found] == [str(tmp_path / "digest.toml"), "foo"]
    assert "at line 27" in found[0].problem


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lambda path: None, "no such file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "is a folder", id="a folder"),
        pytest.param(lambda path: path.write_bytes(b"a = '\xff'"), "not UTF-8 text (byte 5)", id="Latin-1"),
        pytest.param(lambda path: path.write_text("a = 1\na = 2\n"), "not valid TOML", id="a key twice"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(tmp_path: Path, make: object, sentence: str) -> None:
    path = tmp_path / "digest.toml"
    assert callable(make)
    make(path)

    with pytest.raises(ConfigurationError) as caught:
        load(path, environ={})

    (found,) = caught.value.faults
    assert found.where == str(path)
    assert sentence in found.problem


def test_an_empty_configuration_names_all_that_is_required(tmp_path: Path) -> None:
    found = {fault.where for fault in faults(tmp_path, "")}

    assert found == {
        "site.name",
        "site.url",
        "site.postal_address",
        "site.secret_key",
        "transport",
        "newsletters",
    }


@pytest.mark.parametrize(
    ("cutoff", "send_at", "deadline"),
    [
        ("06:00", "06:30", "10:00"),
        ("06:00", "06:30", "05:30"),
        ("22:00", "06:30", "21:00"),
        ("23:00", "23:30", "01:00"),
    ],
)
def test_a_deadline_before_the_next_cutoff_is_accepted(
    tmp_path: Path, cutoff: str, send_at: str, deadline: str
) -> None:
    times = f'cutoff = "{cutoff}"\nsend_at = "{send_at}"\ndeadline = "{deadline}"'

    assert faults(tmp_path, changed('cutoff = "06:00"\nsend_at = "06:30"', times)) == ()


def test_one_name_for_two_places_is_refused_across_newsletters(tmp_path: Path) -> None:
    evening = GOOD[GOOD.index("[newsletters.morning]") :].replace("morning", "evening")

    (found,) = faults(tmp_path, GOOD + evening.replace("/feed.xml", "/other.xml"))

    assert found.where == "newsletters.evening.sources[0].name"
    assert faults(tmp_path, GOOD + evening) == ()


def test_an_http_source_is_allowed_on_this_machine_and_on_named_hosts(tmp_path: Path) -> None:
    here = changed("https://harbour.example/feed.xml", "http://127.0.0.1:8000/feed.xml")
    named = changed("https://harbour.example/feed.xml", "http://cms.intranet/feed.xml")

    assert faults(tmp_path, here) == ()
    assert faults(tmp_path, named + '[fetching]\nallowed_hosts = ["cms.intranet"]\n') == ()
