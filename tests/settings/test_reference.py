"""docs/configuration.md and the schema say the same."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from digest.settings import Settings, source_kinds
from digest.settings.names import NOT_SETTINGS
from digest.settings.tables import meaning
from tests.settings.reference import DOCS, reference, tables


def test_the_reference_lists_every_setting_with_its_default_and_meaning() -> None:
    written = DOCS.read_text().partition("## Reference\n")[2]

    assert written.strip() == reference().strip(), (
        "run `python -m tests.settings.reference` and read the diff"
    )


@pytest.mark.parametrize(
    "model", [Settings, source_kinds.SourceTable, *(table for _, _, table in tables())]
)
def test_every_setting_says_what_it_is_for(model: type[BaseModel]) -> None:
    for name in model.model_fields:
        if name != "kind":
            said = meaning(model, name)
            assert said, f"{model.__name__}.{name}"
            assert said.endswith("."), said


@pytest.mark.parametrize("variable", sorted(NOT_SETTINGS))
def test_variables_that_are_no_settings_are_named_in_the_docs(variable: str) -> None:
    assert f"`{variable}`" in DOCS.read_text()
