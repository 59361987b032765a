"""Small configurations for the tests of settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.errors import ConfigurationError, Fault
from digest.settings import Loaded, load

SECRET_KEY = "kQ3-vZ8xT1mB6nR0wY5uJ2pL9sD4fG7h"

GOOD = f"""\
[site]
name = "Harbour Daily"
url = "https://harbour.example"
postal_address = "1 Quay Street"
secret_key = "{SECRET_KEY}"

[transport]
kind = "outbox"
path = "outbox"

[newsletters.morning]
title = "Morning edition"
sender = "Harbour Daily <morning@harbour.example>"
lists = ["morning"]
timezone = "Africa/Nairobi"
cutoff = "06:00"
send_at = "06:30"

[[newsletters.morning.sections]]
key = "politics"
title = "Politics"

[[newsletters.morning.sources]]
kind = "feed"
name = "own"
url = "https://harbour.example/feed.xml"
"""


def changed(old: str, new: str) -> str:
    """Return the good configuration with one place changed."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def loaded(folder: Path, text: str = GOOD, *, environ: Mapping[str, str] | None = None) -> Loaded:
    """Return what a configuration in `folder` loads as."""
    path = folder / "digest.toml"
    path.write_text(text)
    return load(path, environ=environ or {})


def faults(
    folder: Path, text: str = GOOD, *, environ: Mapping[str, str] | None = None
) -> tuple[Fault, ...]:
    """Return the faults of a configuration; none where it loads."""
    try:
        loaded(folder, text, environ=environ)
    except ConfigurationError as error:
        return error.faults
    return ()
