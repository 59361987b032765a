"""What was changed of the settings at the desk, by whom, and the way back to any version."""

from __future__ import annotations

import json

from starlette.responses import RedirectResponse, Response

from digest.errors import BadData, ConfigurationError, SettingsMoved
from digest.model.desk import Role
from digest.settings.kept.forms import text_of
from digest.upkeep import changing
from digest.web.desk.newsletters import tables
from digest.web.desk.newsletters.pages import may
from digest.web.serving.request import Ask

PAGE = 40


def versions(ask: Ask, problem: str = "") -> Response:
    """Show every version with each value before and after, the newest first."""
    before = ask.query.get("before", "")
    found = ask.desk.newsroom.database.kept_settings.listed(
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else None,
        limit=PAGE + 1,
    )
    return ask.page(
        "newsletters/versions.html",
        code=409 if problem else 200,
        versions=found[:PAGE],
        newest=ask.desk.newsroom.loaded.kept.version,
        next_before=found[PAGE - 1].number if len(found) > PAGE else None,
        zone=ask.desk.zone,
        may=may(ask),
        problem=problem,
        told=ask.query.get("done", "")[:80],
        shown=_shown,
    )


def _shown(value: str) -> str:
    """Return a kept value as its field shows it."""
    found = json.loads(value)
    if isinstance(found, dict):
        return value
    return (
        {True: "yes", False: "no"}[found] if isinstance(found, bool) else text_of(found).replace("\n", ", ")
    )


def back(ask: Ask) -> Response:
    """Have the desk say again what it said in a version."""
    ask.require(Role.MANAGER)
    version = int(ask.request.path_params["version"])
    try:
        number = changing.back_to(ask.desk.newsroom, version, who=ask.user.name, now=ask.now)
    except ConfigurationError as error:
        return versions(ask, tables.told(error))
    except (BadData, SettingsMoved) as error:
        return versions(ask, str(error))
    ask.desk.refresh()
    return RedirectResponse(f"/desk/newsletters/versions?done=version+{number}", 303)
