"""The desk's HTML templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from digest.editions.corrections import original_of
from digest.rendering.compiled import Compiled
from digest.rendering.environment import builtin_folder
from digest.web.serving.diffs import difference

STATIC = Path(__file__).parents[1] / "static"
_COMPILED = Compiled()


class Pages:
    """Templates of `templates/desk`, HTML escaped, undefined names refused."""

    def __init__(self) -> None:
        """Make the environment; templates are read when first used."""
        self._environment = Environment(
            loader=FileSystemLoader(builtin_folder() / "desk"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self._environment.filters["clock"] = clock
        self._environment.filters["moment"] = moment
        self._environment.filters["day"] = lambda value: f"{value:%A}, {value.day} {value:%B %Y}"
        self._environment.filters["thousands"] = lambda number: f"{number:,}"
        self._environment.globals["version"] = self.version
        self._environment.globals["difference"] = difference
        self._environment.globals["original_of"] = original_of

    @cached_property
    def version(self) -> str:
        """Return a short name of the static files as they are, so that a browser keeps no old ones."""
        total = hashlib.sha256()
        for path in sorted(STATIC.rglob("*")):
            if path.is_file():
                total.update(path.read_bytes())
        return total.hexdigest()[:10]

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Return the template `name` filled in."""
        return self._environment.get_template(name).render(context)

    def part(self, name: str, context: Mapping[str, object]) -> Markup:
        """Return a piece of a page."""
        return Markup(self.render(name, context))  # noqa: S704 - the template has escaped it


def clock(value: datetime, zone: ZoneInfo) -> str:
    """Return the time of day on the wall of `zone`."""
    return f"{value.astimezone(zone):%H:%M}"


def moment(value: datetime, zone: ZoneInfo) -> str:
    """Return day and time on the wall of `zone`."""
    local = value.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
