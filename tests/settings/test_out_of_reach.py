"""Settings that could never come to anything together, and where what is missing is missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.settings import load
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletter_of
from tests.settings.configurations import GOOD, changed, faults
from tests.settings.test_faults import GRID, MORNING, OUTBOX, SMTP

TABLE = [
    (
        OUTBOX,
        f"{SMTP}\n[dispatch]\nhold_minutes = 720",
        "dispatch.hold_minutes",
        "until the deadline of morning, 720 minutes after its send_at",
    ),
    (
        OUTBOX,
        f"{SMTP}\n[dispatch]\nhold_minutes = 700\ncanary = 5\ncanary_wait_minutes = 20",
        "dispatch.canary_wait_minutes",
        "the rest could never leave",
    ),
    (
        OUTBOX,
        f"{SMTP}\n[dispatch]\ncanary_percent = 5\ncanary_wait_minutes = 721",
        "dispatch.canary_wait_minutes",
        "the rest could never leave",
    ),
    (
        OUTBOX,
        f"{GRID}\nfence_minutes = 720",
        "transport.fence_minutes",
        "at or after the deadline of morning",
    ),
    (
        'title = "Morning edition"',
        'title = "M"\nminimum_items = 6',
        f"{MORNING}.minimum_items",
        "more than its sections hold together, 5",
    ),
]


@pytest.mark.parametrize(("old", "new", "where", "words"), TABLE)
def test_what_no_edition_could_come_up_to_is_refused(
    tmp_path: Path, old: str, new: str, where: str, words: str
) -> None:
    found = faults(tmp_path, changed(old, new))

    assert [fault for fault in found if fault.where == where and words in fault.problem], found


def test_what_is_missing_names_the_place_of_its_table(tmp_path: Path) -> None:
    text = GOOD.replace(OUTBOX, 'kind = "smtp"\ntls = "none"')
    (tmp_path / "digest.toml").write_text(text)
    line = text.splitlines().index('kind = "smtp"') + 1

    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path / "digest.toml", environ={})

    (fault,) = caught.value.faults
    assert str(fault) == f"transport.host: is missing: the server's name (from digest.toml, line {line})"


def test_of_a_newsletter_that_is_not_there_it_is_told_that_there_are_none() -> None:
    with pytest.raises(ConfigurationError, match="there is no such newsletter; there are none yet"):
        newsletter_of(Settings.model_construct(newsletters={}), "morning")
