"""The open table: what a plug-in's settings stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from digest.settings.fields import MASK, SECRET_NAME, masked_url


class OpenTable(BaseModel):
    """A table whose further names belong to a plug-in."""

    model_config = ConfigDict(
        extra="allow", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )

    @property
    def options(self) -> Mapping[str, object]:
        """Return the plug-in's own settings, as written."""
        return dict(self.model_extra or {})

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Yield what `repr` shows; a plug-in's secrets have no type that would hide them."""
        for name, value in super().__repr_args__():
            if name and value and SECRET_NAME.search(name):
                yield name, MASK
            else:
                yield name, masked_url(value) if isinstance(value, str) and "://" in value else value


class Table(BaseModel):
    """A table of the configuration: unknown names are refused, values never stand in error texts."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )
