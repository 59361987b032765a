"""What is wrong with a newsletter's looks, as its settings name them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.errors import Fault, TemplateFault
from digest.rendering import theme as themes
from digest.rendering.environment import Templates


def look_faults(
    theme: Mapping[str, str], template: str, where: str, overrides: Path | None
) -> tuple[Fault, ...]:
    """Return every fault of a theme and a template.

    Args:
        where: the newsletter's dotted name in the settings.
        overrides: a folder of templates that is searched first.
    """
    try:
        newsletter = where.partition(".")[2] if overrides else ""
        return faults_among(Templates(overrides, newsletter), theme, template, where)
    except TemplateFault as error:
        return (*themes.faults(theme, f"{where}.theme"), Fault("site.templates", _sentence(error)))


def faults_among(
    templates: Templates, theme: Mapping[str, str], template: str, where: str
) -> tuple[Fault, ...]:
    """Return the same for templates that are open already."""
    found = themes.faults(theme, f"{where}.theme")
    try:
        templates.layout(template)
    except TemplateFault as error:
        return (*found, Fault(f"{where}.template", _sentence(error)))
    return found


def _sentence(error: TemplateFault) -> str:
    return str(error).rstrip(".")
