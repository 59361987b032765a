"""Every table in docs/sources.md works as it is copied, and no kind of source is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.settings import kinds, load
from tests.settings.configurations import GOOD

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
TABLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


def test_every_kind_of_source_has_a_table_to_copy() -> None:
    shown = {kind for table in TABLES for kind in re.findall(r'^kind = "(\w+)"', table, flags=re.MULTILINE)}

    assert shown == set(kinds.SOURCES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.split("\n")[1])
def test_a_table_works_as_it_is_copied(tmp_path: Path, table: str) -> None:
    path = tmp_path / "digest.toml"
    head, _, rest = GOOD.partition("\n[[newsletters.morning.sources]]")
    sections = '\n[[newsletters.morning.sections]]\nkey = "city"\ntitle = "City"\n'
    path.write_text(f"{head}{sections}\n[[newsletters.morning.sources]]{rest}\n{table}", encoding="utf-8")

    found = load(path, environ={}).settings

    assert len(found.newsletters["morning"].sources) == 2 or found.fetching.allowed_hosts
