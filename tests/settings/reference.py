"""The reference in docs/configuration.md, as the schema would write it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from digest.settings import Settings, source_kinds
from digest.settings.faults import bare, element, tagged_models
from digest.settings.tables import meaning

DOCS = Path(__file__).parents[2] / "docs" / "configuration.md"


def tables() -> Iterator[tuple[str, str, type[BaseModel]]]:
    """Yield the heading, the sentence and the model of each table, in the order of the schema."""
    yield from _tables_in("", Settings)


def _tables_in(prefix: str, model: type[BaseModel]) -> Iterator[tuple[str, str, type[BaseModel]]]:
    for name, field in model.model_fields.items():
        if name in inherited(model):
            continue  # told once, with what every source has
        annotation: object = field.annotation
        heading = f"[{prefix}{name}]"
        if inner := element(annotation):
            is_list = "tuple" in str(bare(annotation))
            heading = f"[[{prefix}{name}]]" if is_list else f"[{prefix}{name}.KEY]"
            annotation = inner
        below = heading.strip("[]") + "."
        for kind, table in tagged_models(annotation).items():
            yield f'{heading} kind = "{kind}"', sentence(table), table
            yield from _tables_in(below, table)
        plain = bare(annotation)
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            yield heading, sentence(plain), plain
            yield from _tables_in(below, plain)


def sentence(model: type[BaseModel]) -> str:
    """Return what a table is for."""
    return (model.__doc__ or "").strip()


def rows(model: type[BaseModel]) -> list[str]:
    """Return a table's own settings as rows; tables inside it have a heading of their own."""
    return [
        f"| `{name}` | {default(field)} | {meaning(model, name)} |"
        for name, field in model.model_fields.items()
        if name != "kind" and not _is_table(field) and name not in inherited(model)
    ]


def inherited(model: type[BaseModel]) -> set[str]:
    """Return the settings that every source has: they are listed once."""
    return (
        set(source_kinds.SourceTable.model_fields) if issubclass(model, source_kinds.SourceTable) else set()
    )


def default(field: FieldInfo) -> str:
    """Return a default as TOML writes it; `required` where there is none."""
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined:
        return "**required**"
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value in (None, "", (), {}) or isinstance(value, BaseModel):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{each}"' for each in value) + "]`"
    if isinstance(value, int | float):
        return f"`{value}`"
    assert isinstance(value, str | time), value
    return f'`"{value}"`'


def _is_table(field: FieldInfo) -> bool:
    inner = bare(element(field.annotation) or field.annotation)
    return bool(tagged_models(inner)) or (isinstance(inner, type) and issubclass(inner, BaseModel))


def reference() -> str:
    """Return the whole reference part."""
    parts = ["### Every source\n\n| setting | default | meaning |\n|---|---|---|"]
    parts[0] += "".join(
        f"\n| `{name}` | {default(field)} | {meaning(source_kinds.SourceTable, name)} |"
        for name, field in source_kinds.SourceTable.model_fields.items()
    )
    for heading, says, model in tables():
        part = f"### `{heading}`\n\n{says}"
        if listed := rows(model):
            part += "\n\n| setting | default | meaning |\n|---|---|---|\n" + "\n".join(listed)
        parts.append(part)
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    start, mark, _ = DOCS.read_text().partition("## Reference\n")
    DOCS.write_text(f"{start}{mark}\n{reference()}")
