"""What is wrong with a newsletter's looks, as its settings name them.

Every start looks. A built-in template on its own is sound (tests see to it), so Jinja, a tenth of what a
start costs, is loaded only where a site has templates of its own, or a name is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import Fault, TemplateFault
from digest.model import Newsletter
from digest.rendering import theme as themes
from digest.rendering.overrides.builtin import builtin_names

if TYPE_CHECKING:
    from digest.rendering.environment import Templates


def look_faults(
    theme: Mapping[str, str], template: str, where: str, overrides: Path | None
) -> tuple[Fault, ...]:
    """Return every fault of a theme and a template.

    Args:
        where: the newsletter's dotted name in the settings.
        overrides: a folder of templates that is searched first.
    """
    newsletter = where.partition(".")[2] if overrides else ""
    try:
        return _faults_among(lambda: opened(overrides, newsletter), theme, template, where, overrides)
    except TemplateFault as error:
        return (*themes.faults(theme, f"{where}.theme"), Fault("site.templates", _sentence(error)))


def newsletter_faults(
    newsletter: Newsletter, overrides: Path | None, templates: Callable[[], Templates] | None = None
) -> tuple[Fault, ...]:
    """Return what is wrong with the newsletter's theme and templates, as its settings name them.

    Args:
        overrides: a folder of templates that is searched first.
        templates: returns the templates as the newsletter sees them, where they are open already.

    Raises:
        TemplateFault: `overrides` is no folder.
    """
    where = f"newsletters.{newsletter.key}"
    sees = templates or (lambda: opened(overrides, newsletter.key if overrides else ""))
    found = _faults_among(sees, newsletter.theme, newsletter.template, where, overrides)
    if not newsletter.weekly_template:
        return found
    others = _faults_among(sees, {}, newsletter.weekly_template, where, overrides)
    return (*found, *(replace(one, where=f"{where}.weekly_template") for one in others))


def opened(overrides: Path | None, newsletter: str) -> Templates:
    """Return the templates as one newsletter sees them.

    Raises:
        TemplateFault: `overrides` is no folder.
    """
    from digest.rendering.environment import Templates  # with jinja2

    return Templates(overrides, newsletter)


def _faults_among(
    templates: Callable[[], Templates],
    theme: Mapping[str, str],
    template: str,
    where: str,
    overrides: Path | None,
) -> tuple[Fault, ...]:
    found = themes.faults(theme, f"{where}.theme")
    if overrides is None and template in builtin_names():
        return found
    sees = templates()
    try:
        sees.layout(template)
    except TemplateFault as error:
        return (*found, Fault(f"{where}.template", _sentence(error)))
    return found


def _sentence(error: TemplateFault) -> str:
    return str(error).rstrip(".")
