"""What `digest init` writes loads as it stands, and its comments are right."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.settings import load
from digest.settings.scaffold import files
from tests.settings.configurations import SECRET_KEY

BEFORE = datetime(2026, 3, 1, 3, tzinfo=UTC)
NAIROBI = ZoneInfo("Africa/Nairobi")


def written(folder: Path, change: str = "") -> Path:
    for name, text in files(secret_key=SECRET_KEY, before=BEFORE, timezone=NAIROBI).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    config = folder / "digest.toml"
    config.write_text(change or config.read_text())
    return config


def config_text() -> str:
    return files(secret_key=SECRET_KEY, before=BEFORE, timezone=NAIROBI)["digest.toml"]


def test_the_configuration_works_as_it_stands(tmp_path: Path) -> None:
    found = load(written(tmp_path), environ={}).settings

    (newsletter,) = found.newsletters.values()
    folder = getattr(newsletter.sources[0], "path", Path())
    assert [path.name for path in folder.iterdir()] == ["welcome.md"]
    assert newsletter.minimum_items == 1
    assert found.site.secret_key.get_secret_value() == SECRET_KEY


def test_the_sample_article_is_of_a_minute_before_in_the_newsletters_zone() -> None:
    article = files(secret_key=SECRET_KEY, before=BEFORE, timezone=NAIROBI)["articles/welcome.md"]

    assert "date: 2026-03-01T05:59+03:00\n" in article


def test_the_settings_that_are_commented_out_work_when_uncommented(tmp_path: Path) -> None:
    text = re.sub(r"^# ([a-z_]+ = )", r"\1", config_text(), flags=re.MULTILINE)
    assert text.count("\n#") < config_text().count("\n#") - 5

    found = load(written(tmp_path, text), environ={}).settings

    assert found.newsletters["morning"].deadline is not None
    assert found.fetching.allowed_hosts == ("cms.intranet",)


def alternatives() -> list[str]:
    blocks = re.findall(r"(?:^#   .*\n)+", config_text(), flags=re.MULTILINE)
    return [re.sub(r"^#   ", "", block, flags=re.MULTILINE) for block in blocks]


@pytest.mark.parametrize("block", alternatives())
def test_the_alternatives_in_comments_work_in_place(tmp_path: Path, block: str) -> None:
    text = config_text()
    if "transport" in tomllib.loads(block):
        text = re.sub(r"^\[transport\]\n(?:[a-z].*\n)+", block, text, flags=re.MULTILINE)
    else:
        text = text.replace("\n[summaries]", f"\n{block}\n[summaries]")

    load(written(tmp_path, text), environ={})


def test_there_are_alternatives_for_transports_and_sources() -> None:
    kinds = re.findall(r'kind = "(\w+)"', "".join(alternatives()))

    assert kinds == ["smtp", "sendgrid", "feed", "jsonl", "wordpress"]


@pytest.mark.parametrize("timezone", ["UTC", "Africa/Nairobi", "America/Argentina/Buenos_Aires"])
def test_comments_beside_settings_stand_in_one_column(timezone: str) -> None:
    text = files(secret_key=SECRET_KEY, before=BEFORE, timezone=ZoneInfo(timezone))["digest.toml"]
    beside = re.findall(r"^(#? ?[ a-z_]+ = .*?\S +)# ", text, flags=re.MULTILINE)

    assert len(beside) > 10
    assert {len(before) for before in beside if len(before.rstrip()) < 44} == {44}


def test_secrets_and_state_stay_out_of_version_control() -> None:
    ignored = files(secret_key=SECRET_KEY, before=BEFORE, timezone=NAIROBI)[".gitignore"].split()

    kept_out = {
        "digest.toml",
        ".env",
        "digest.db*",
        "outbox/",
        "secrets/",
        "preview*/",
        "backup*/",
        "*.csv",
    }
    assert kept_out <= set(ignored)
