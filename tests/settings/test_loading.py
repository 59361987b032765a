"""Flags beat the environment, which beats .env, which beats secrets files, which beat digest.toml."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError
from digest.rendering.theme_faults import look_faults
from digest.settings import load
from tests.settings.configurations import GOOD, SECRET_KEY, faults, loaded

LAYERS = ("toml", "secrets", "dotenv", "environment", "flags")
NAMES = ("site.name", "transport.path", "newsletters.morning.minimum_items", "summaries.max_words")
_ORIGINS = {
    "secrets": "secrets file ",
    "dotenv": ".env",
    "environment": "environment variable ",
    "flags": "flag",
}


def variable(name: str) -> str:
    return "DIGEST_" + name.replace(".", "__").upper()


def value_of(layer: str, name: str) -> str:
    number = 20 + LAYERS.index(layer)
    return str(number) if name.endswith(("items", "words")) else f"from-{layer}"


def read(folder: Path, given_by: dict[str, set[str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Write every layer, load them, and return the values and origins of NAMES."""
    lines = {name: f"{name.split('.')[-1]} = {toml(name)}" for name in given_by["toml"]}
    text = GOOD.replace('name = "Harbour Daily"', lines.get("site.name", 'name = "Harbour Daily"'))
    text = text.replace('path = "outbox"', lines.get("transport.path", 'path = "outbox"'))
    text = text.replace(
        "[[newsletters.morning.sections]]",
        f"{lines.get(NAMES[2], '')}\n[[newsletters.morning.sections]]\nmax_items = 100",
    )
    text += f"[summaries]\n{lines.get(NAMES[3], '')}\n"
    (folder / "digest.toml").write_text(text)
    secrets = folder / "secrets"
    secrets.mkdir(exist_ok=True)
    for old in secrets.iterdir():
        old.unlink()
    for name in given_by["secrets"]:
        (secrets / variable(name).lower()).write_text(value_of("secrets", name) + "\n")
    (folder / ".env").write_text(
        "".join(f"{variable(name)}={value_of('dotenv', name)}\n" for name in given_by["dotenv"])
    )
    environ = {variable(name): value_of("environment", name) for name in given_by["environment"]}
    found = load(
        folder / "digest.toml",
        environ={**environ, "DIGEST_SECRETS_DIR": "secrets", "PATH": "/bin"},
        overrides={name: value_of("flags", name) for name in given_by["flags"]},
    )
    values = {
        "site.name": found.settings.site.name,
        "transport.path": getattr(found.settings.transport, "path", Path()).name,
        NAMES[2]: str(found.settings.newsletters["morning"].minimum_items),
        NAMES[3]: str(found.settings.summaries.max_words),
    }
    return values, {name: found.origins[name] for name in NAMES}


def toml(name: str) -> str:
    value = value_of("toml", name)
    return value if value.isdecimal() else f'"{value}"'


@settings(deadline=None, max_examples=60, derandomize=True)
@given(given_by=st.fixed_dictionaries({layer: st.sets(st.sampled_from(NAMES)) for layer in LAYERS}))
def test_the_highest_layer_that_names_a_setting_wins_and_is_its_origin(
    tmp_path_factory: pytest.TempPathFactory, given_by: dict[str, set[str]]
) -> None:
    values, origins = read(tmp_path_factory.mktemp("order"), given_by)

    for name in NAMES:
        layers = [layer for layer in LAYERS if name in given_by[layer]]
        if layers:
            assert values[name] == value_of(layers[-1], name)
            expected = _ORIGINS.get(layers[-1], "digest.toml, line ")
            assert origins[name].startswith(expected), (name, origins[name])
        elif name in {"site.name", "transport.path"}:
            assert origins[name].startswith("digest.toml, line ")
        else:
            assert origins[name] == "default"


@pytest.mark.parametrize(
    "variable",
    [
        "DIGEST_FOO",
        "DIGEST_SITE__NAMME",
        "digest_site__namme",
        "DIGEST_NEWSLETTERS__MORNING__SOURCES__0__ULR",
    ],
)
def test_an_unknown_variable_is_refused_wherever_it_stands(tmp_path: Path, variable: str) -> None:
    (in_environment,) = faults(tmp_path, environ={variable: "x"})
    (tmp_path / ".env").write_text(f"{variable}=x\nOTHER_PROGRAM=1\n")
    (in_dotenv,) = faults(tmp_path)
    (tmp_path / ".env").unlink()
    (tmp_path / variable).write_text("x")
    (tmp_path / "other-program").write_text("x")
    (in_secrets,) = faults(tmp_path, environ={"DIGEST_SECRETS_DIR": str(tmp_path)})

    assert in_environment.where == in_dotenv.where == in_secrets.where
    assert "no such setting" in in_environment.problem
    assert in_environment.origin == f"environment variable {variable}"
    assert in_dotenv.origin == ".env"
    assert in_secrets.origin == f"secrets file {variable}"


def test_an_unknown_flag_is_refused(tmp_path: Path) -> None:
    loaded(tmp_path)

    with pytest.raises(ConfigurationError, match=r"site\.nam: .*did you mean 'name'\?.*from flag"):
        load(tmp_path / "digest.toml", environ={}, overrides={"site.nam": "x"})


@pytest.mark.parametrize("variable", ["DIGEST_CRASH_AT", "DIGEST_TEST_REQUIRE", "DIGEST_TEST_ANYTHING"])
def test_variables_that_are_no_settings_are_left_alone(tmp_path: Path, variable: str) -> None:
    assert faults(tmp_path, environ={variable: "3"}) == ()


def test_the_configuration_file_can_be_named_by_digest_config(tmp_path: Path) -> None:
    loaded(tmp_path)

    found = load(None, environ={"DIGEST_CONFIG": str(tmp_path / "digest.toml")})

    assert found.config == tmp_path / "digest.toml"


def test_digest_config_in_dotenv_is_refused_since_it_would_be_read_too_late(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DIGEST_CONFIG=other.toml\n")

    (found,) = faults(tmp_path)

    assert (found.where, found.origin) == ("DIGEST_CONFIG", ".env")


def test_without_any_configuration_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ConfigurationError, match="`digest init` writes one") as caught:
        load(None, environ={"HOME": "/nowhere"})

    assert len(caught.value.faults) == 1


def test_the_environment_alone_is_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    morning = "DIGEST_NEWSLETTERS__MORNING__"
    found = load(
        None,
        environ={
            "DIGEST_SITE": json.dumps({"name": "Harbour Daily", "url": "https://harbour.example"}),
            "DIGEST_SITE__POSTAL_ADDRESS": "1 Quay Street",
            "DIGEST_SITE__SECRET_KEY": SECRET_KEY,
            "DIGEST_TRANSPORT__KIND": "smtp",
            "DIGEST_TRANSPORT__HOST": "mail.harbour.example",
            "DIGEST_TRANSPORT__PORT": "2525",
            f"{morning}TITLE": "Morning",
            f"{morning}SENDER": "Harbour Daily <m@harbour.example>",
            f"{morning}LISTS": "morning, staff",
            f"{morning}TIMEZONE": "UTC",
            f"{morning}CUTOFF": "06:00",
            f"{morning}SEND_AT": "06:30",
            f"{morning}SECTIONS": '[{"key": "all", "title": "All"}]',
            f"{morning}SOURCES__0__KIND": "folder",
            f"{morning}SOURCES__0__PATH": "articles",
        },
    )

    assert found.config is None
    assert found.settings.newsletters["morning"].lists == ("morning", "staff")
    assert getattr(found.settings.transport, "port", 0) == 2525
    assert found.settings.newsletters["morning"].sources[0].name == "folder:articles"
    assert found.origins["site.name"] == "environment variable DIGEST_SITE"


def test_one_source_of_the_file_can_be_changed_and_one_added_by_its_place(tmp_path: Path) -> None:
    sources = "DIGEST_NEWSLETTERS__MORNING__SOURCES__"
    found = loaded(
        tmp_path,
        environ={
            f"{sources}0__WEIGHT": "2.5",
            f"{sources}1__KIND": "jsonl",
            f"{sources}1__PATH": "more.jsonl",
        },
    )

    first, second = found.settings.newsletters["morning"].sources
    assert (first.name, first.weight, second.name) == ("own", 2.5, "jsonl:more.jsonl")
    assert found.origins["newsletters.morning.sources[0].url"].startswith("digest.toml")
    assert found.origins["newsletters.morning.sources[0].weight"].endswith("SOURCES__0__WEIGHT")


def test_a_place_beyond_the_list_is_refused(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, environ={"DIGEST_NEWSLETTERS__MORNING__SOURCES__7__WEIGHT": "2"})

    assert "there's no place 7 in the list" in found.problem


def test_a_variable_reaches_a_newsletter_whose_key_has_a_hyphen(tmp_path: Path) -> None:
    text = GOOD.replace("newsletters.morning", "newsletters.early-bird")

    found = loaded(tmp_path, text, environ={"DIGEST_NEWSLETTERS__EARLY_BIRD__TITLE": "Early"})

    assert found.settings.newsletters["early-bird"].title == "Early"


@pytest.mark.parametrize(
    ("text", "expected"), [("true", True), ("Yes", True), ("on", True), ("false", False), ("NO", False)]
)
def test_a_yes_or_no_can_be_written_in_the_environment(tmp_path: Path, text: str, expected: bool) -> None:
    environ = {"DIGEST_TRANSPORT__SANDBOX": text}
    toml_text = GOOD.replace('kind = "outbox"\npath = "outbox"', 'kind = "sendgrid"\napi_key = "SG.x"')

    found = loaded(tmp_path, toml_text, environ=environ)

    assert getattr(found.settings.transport, "sandbox", None) is expected


def test_relative_paths_start_at_the_files_folder_wherever_they_are_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    (folder / "digest.toml").write_text(GOOD)

    found = load(Path("news/digest.toml"), environ={"DIGEST_SITE__TEMPLATES": "looks"})

    assert getattr(found.settings.transport, "path", None) == folder / "outbox"
    assert found.settings.site.templates == folder / "looks"
    assert found.settings.database.url.get_secret_value() == f"sqlite:///{folder}/digest.db"
    assert found.folder == folder


def test_the_real_environment_is_not_read_behind_the_callers_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "DIGEST_SITE__NAME", "Elsewhere")
    monkeypatch.setitem(os.environ, "SITE", '{"name": "Elsewhere"}')

    assert loaded(tmp_path).settings.site.name == "Harbour Daily"


def test_a_plug_ins_kind_is_taken_when_it_is_registered(tmp_path: Path) -> None:
    text = GOOD.replace('kind = "outbox"\npath = "outbox"', 'kind = "pigeon"\nloft = "roof"\nwings = 2')
    path = tmp_path / "digest.toml"
    path.write_text(text)

    found = load(path, environ={}, extra_kinds={"transports": ["pigeon"]})

    assert getattr(found.settings.transport, "options", None) == {"loft": "roof", "wings": 2}
    with pytest.raises(ConfigurationError, match="no kind is named 'pigeon'"):
        load(path, environ={}, extra_kinds={"sources": ["pigeon"]})


def test_a_secrets_directory_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, environ={"DIGEST_SECRETS_DIR": "nowhere"})

    assert found.where == "DIGEST_SECRETS_DIR"
    assert "No such file" in found.problem


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"A=1\nDIGEST_SITE__NAME='Har\n", "line 2 is not NAME=value", id="an open quote"),
        pytest.param(b"A=\xff", "not UTF-8 text (byte 2)", id="Latin-1"),
    ],
)
def test_a_dotenv_file_that_cannot_be_read_is_a_fault(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / ".env").write_bytes(content)

    (found,) = faults(tmp_path)

    assert found.where == str(tmp_path / ".env")
    assert sentence in found.problem


def test_a_dotenv_file_may_quote_comment_and_export(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('# ours\nexport DIGEST_SITE__NAME="Quay $HOME"  # not expanded\nX=\n')

    assert loaded(tmp_path).settings.site.name == "Quay $HOME"


def test_the_same_setting_twice_in_the_environment_is_settled_by_depth(tmp_path: Path) -> None:
    environ = {
        "DIGEST_SITE__NAME": "Deeper",
        "DIGEST_SITE": '{"name": "Table", "postal_address": "2 Quay"}',
    }

    site = loaded(tmp_path, environ=environ).settings.site

    assert (site.name, site.postal_address, site.url) == ("Deeper", "2 Quay", "https://harbour.example")


def test_a_theme_that_can_not_be_read_is_told_with_all_other_faults(tmp_path: Path) -> None:
    text = GOOD.replace('cutoff = "06:00"', 'cutoff = "26:00"')
    text = text.replace('title = "Morning edition"', 'title = "M"\ntheme = { font = "}{", ink = "black" }')
    path = tmp_path / "digest.toml"
    path.write_text(text)

    with pytest.raises(ConfigurationError) as raised:
        load(path, environ={}, looks=look_faults)

    told = {fault.where.removeprefix("newsletters.morning."): fault.origin for fault in raised.value.faults}
    assert set(told) == {"cutoff", "theme.ink", "theme.font"}
    assert "digest.toml, line" in told["theme.font"]


def test_a_pale_theme_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    path.write_text(GOOD.replace('title = "Morning edition"', 'title = "M"\ntheme = { ink = "#eeeeee" }'))

    with pytest.raises(ConfigurationError, match=r"newsletters\.morning\.theme\.ink"):
        load(path, environ={}, looks=look_faults)
