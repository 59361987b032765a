"""A path may begin with `~`; a home that this machine does not know is a fault, wherever it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.settings import load
from tests.settings.configurations import GOOD, changed, faults

OUTBOX = 'kind = "outbox"\npath = "outbox"'


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        pytest.param(OUTBOX, 'kind = "outbox"\npath = "~nobody-here/x"', "transport.path", id="a folder"),
        pytest.param("[site]", '[site]\ntemplates = "~nobody-here"', "site.templates", id="templates"),
        pytest.param(
            "[transport]",
            '[database]\nurl = "sqlite:///~nobody-here/d.db"\n[transport]',
            "database.url",
            id="db",
        ),
    ],
)
def test_the_home_of_an_unknown_user_is_a_fault(tmp_path: Path, old: str, new: str, where: str) -> None:
    (fault,) = faults(tmp_path, changed(old, new))

    assert fault.where == where
    assert "~nobody-here, whom this machine does not know" in fault.problem


@pytest.mark.parametrize(
    ("config", "environ", "where"),
    [
        pytest.param("~nobody-here/digest.toml", {}, "--config", id="flag"),
        pytest.param(None, {"DIGEST_CONFIG": "~nobody-here/x.toml"}, "DIGEST_CONFIG", id="environment"),
        pytest.param("{}", {"DIGEST_SECRETS_DIR": "~nobody-here"}, "DIGEST_SECRETS_DIR", id="secrets"),
    ],
)
def test_so_is_it_where_the_configuration_is_said_to_be(
    tmp_path: Path, config: str | None, environ: dict[str, str], where: str
) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(GOOD)
    named = None if config is None else Path(config.format(file) if config.startswith("~") else file)

    with pytest.raises(ConfigurationError, match=where):
        load(named, environ=environ)
