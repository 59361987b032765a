"""`digest config` shows every value and where it came from, and no secret ever."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError
from digest.settings import Loaded, load
from digest.settings.fields import MASK, masked_url, plain_location
from digest.settings.origins import rows
from tests.settings.configurations import GOOD, SECRET_KEY, loaded

SECRETS = {
    "key": SECRET_KEY,
    "older key": "Zr8-wQ2kM5xB9nT1vY7uJ4pL0sD6fG3h",
    "password": "hunter-of-the-reef",
    "database": "pa%20ss-of-base",
    "feed": "feed-pass-word",
    "token": "feed-token-77",
    "ghost": "ghost-content-key",
    "sql": "sql-pass-word",
    "plugin": "pigeon-pass",
}

OUTBOX, SMTP = 'kind = "outbox"\npath = "outbox"', 'kind = "smtp"\nhost = "mail.harbour.example"'
FULL = f"""{GOOD.replace(OUTBOX, SMTP)}
[[newsletters.morning.sources]]
kind = "feed"
url = "https://me:{SECRETS["feed"]}@h.example/feed.xml?token={SECRETS["token"]}&page=1"

[[newsletters.morning.sources]]
kind = "ghost"
url = "https://g.example"
api_key = "{SECRETS["ghost"]}"

[[newsletters.morning.sources]]
kind = "sql"
url = "postgresql://cms:{SECRETS["sql"]}@db/cms"
query = "SELECT * FROM a WHERE t >= :since AND t < :until"

[[newsletters.morning.sources]]
kind = "pigeon"
loft_password = "{SECRETS["plugin"]}"
loft_url = "https://x:{SECRETS["plugin"]}@h.example"
"""


@pytest.fixture
def full(tmp_path: Path) -> Loaded:
    (tmp_path / "digest.toml").write_text(FULL)
    return load(
        tmp_path / "digest.toml",
        environ={
            "DIGEST_SITE__KEY_ID": "2",
            "DIGEST_SITE__OLDER_KEYS__1": SECRETS["older key"],
            "DIGEST_TRANSPORT__USERNAME": "digest",
            "DIGEST_TRANSPORT__PASSWORD": SECRETS["password"],
            "DIGEST_DATABASE__URL": f"postgresql+psycopg://u:{SECRETS['database']}@db/digest",
        },
        extra_kinds={"sources": ["pigeon"]},
    )


def test_no_secret_appears_in_rows_or_representations(full: Loaded) -> None:
    said = [repr(full), str(full), repr(full.settings), str(full.settings)]
    said += [str(row) for row in rows(full.settings, full.origins)]
    said += [str(source.key) for source in full.settings.newsletters["morning"].sources]

    for name, secret in SECRETS.items():
        assert not [text for text in said if secret in text], name


def test_the_librarys_own_debugging_logs_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PYDANTIC_SETTINGS_DEBUG", "1")

    with caplog.at_level(logging.DEBUG):
        loaded(tmp_path)

    assert SECRET_KEY not in caplog.text


def test_masked_values_still_show_that_something_is_set(full: Loaded) -> None:
    shown = {row.name: row.value for row in rows(full.settings, full.origins)}

    assert shown["site.secret_key"] == MASK
    assert shown["site.key_id"] == "2"
    assert shown["site.older_keys.1"] == MASK
    assert full.settings.site.older_keys["1"].get_secret_value() == SECRETS["older key"]
    assert shown["transport.password"] == MASK
    assert shown["database.url"] == f"postgresql+psycopg://u:{MASK}@db/digest"
    assert shown["newsletters.morning.sources[1].url"] == (
        f"https://me:{MASK}@h.example/feed.xml?token={MASK}&page=1"
    )
    assert shown["newsletters.morning.sources[1].name"] == "feed:https://h.example/feed.xml?page=1"


def test_no_fault_says_a_secret(tmp_path: Path) -> None:
    text = (
        FULL.replace('host = "mail.harbour.example"', f'host = 7\npassword = ["{SECRETS["password"]}"]')
        .replace('"https://me:', '"ftp://me:')
        .replace(f'"{SECRETS["ghost"]}"', f'"{SECRETS["ghost"]}\\n"')
        .replace(f'"{SECRET_KEY}"', f'"{SECRET_KEY[:20]}"')
        .replace("FROM a WHERE", "")
        .replace(":since", "since")
    )
    (tmp_path / "digest.toml").write_text(text)
    environ = {"DIGEST_DATABASE__URL": f"mysql://u:{SECRETS['database']}@db/digest"}

    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path / "digest.toml", environ=environ)

    said = f"{caught.value}{caught.value!r}{caught.value.__cause__}"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert len(caught.value.faults) >= 5
    assert not [name for name, secret in SECRETS.items() if secret in said or SECRET_KEY[:20] in said]


def test_every_row_has_an_origin_and_the_variable_that_would_set_it(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    table = rows(found.settings, found.origins)

    assert {row.name for row in table} == set(found.origins)
    for row in table:
        assert row.origin == "default" or row.origin.startswith("digest.toml, line "), row
    sources = [row for row in table if row.name == "newsletters.morning.sources[0].url"]
    assert sources[0].variable == "DIGEST_NEWSLETTERS__MORNING__SOURCES__0__URL"


@pytest.mark.parametrize("name", ["newsletters.morning.title", "site.url", "newsletters.morning.timezone"])
def test_the_variable_a_row_names_does_set_it(tmp_path: Path, name: str) -> None:
    new = {
        "newsletters.morning.title": "New",
        "site.url": "https://n.example",
        "newsletters.morning.timezone": "UTC",
    }
    found = loaded(tmp_path)
    variable = next(row.variable for row in rows(found.settings, found.origins) if row.name == name)

    again = loaded(tmp_path, environ={variable: new[name]})

    assert {row.name: row.value for row in rows(again.settings, again.origins)}[name] == new[name]
    assert again.origins[name] == f"environment variable {variable}"


def test_lines_are_right_where_text_looks_like_settings(tmp_path: Path) -> None:
    text = GOOD.replace(
        'postal_address = "1 Quay Street"',
        'postal_address = """1 Quay Street, \\\n  url = x, \\\n  [transport] \\\n  Mombasa"""',
    )
    found = loaded(tmp_path, text.replace("[transport]\n", '["transport"]  # how mail leaves\n', 1))

    lines = (tmp_path / "digest.toml").read_text().splitlines()
    for name, key in (
        ("site.secret_key", "secret_key ="),
        ("transport.path", "path ="),
        ("site.url", "url ="),
    ):
        number = int(found.origins[name].rpartition(" ")[2])
        assert lines[number - 1].startswith(key), (name, number)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    user=st.text("abcdefgh", min_size=1, max_size=5),
    password=st.text("QRSTUVWXYZ0123456789%+-_.~!$", min_size=4, max_size=12),
    host=st.sampled_from(["db", "h.example", "[::1]", "127.0.0.1:5432"]),
    parameter=st.sampled_from(["", "?token=", "?page=1&api_key=", "?password="]),
)
def test_a_masked_url_keeps_everything_but_the_secret(
    user: str, password: str, host: str, parameter: str
) -> None:
    url = f"https://{user}:{password}@{host}/path" + (f"{parameter}{password}" if parameter else "")

    masked = masked_url(url)

    assert password not in masked
    assert masked.startswith(f"https://{user}:{MASK}@{host}/path")
    assert password not in plain_location(url)
