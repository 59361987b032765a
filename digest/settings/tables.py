"""Tables of the configuration, what their settings are for, and the open one of a plug-in."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from textwrap import dedent
from typing import Any, cast

from pydantic import BaseModel, ConfigDict

from digest.settings.fields import MASK, SECRET_NAME, masked_url


def meaning(model: type[BaseModel], name: str) -> str:
    """Return what a setting is for: the words below it in the code; empty where there are none.

    They are read when asked: pydantic would read all of them at each start, a tenth of its time.
    """
    for one in model.__mro__:
        if name in inspect.get_annotations(one):
            return _meanings(one).get(name, "")
    return ""


@lru_cache(maxsize=128)
def _meanings(model: type) -> Mapping[str, str]:
    body = cast("ast.ClassDef", ast.parse(dedent(inspect.getsource(model))).body[0]).body
    return {
        line.target.id: inspect.cleandoc(words.value.value)
        for line, words in pairwise(body)
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
        and isinstance(words.value.value, str)
    }


class OpenTable(BaseModel):
    """A table whose further names belong to a plug-in."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

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

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
