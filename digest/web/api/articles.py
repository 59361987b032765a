"""Articles that are pushed, each by an id of the pusher's own."""

from __future__ import annotations

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from digest.model import SourceKey
from digest.settings.source_kinds import PushSettings
from digest.storage.pushes import Push
from digest.web.api.calls import Call
from digest.web.api.schemas import ArticleIn, Pushed


def push(call: Call) -> Response:
    """Keep an article as it is now; the same again changes nothing."""
    source, name = _source(call), call.path("id")
    given = call.sent(ArticleIn).model_dump(exclude_defaults=True)
    body = orjson.dumps({**given, "id": name}, option=orjson.OPT_SORT_KEYS)
    outcome = call.desk.newsroom.database.pushes.keep(source, name, body, now=call.now)
    if outcome is not Push.UNCHANGED:
        call.note("pushed an article", detail=f"{source}: {name[:80]}")
    told = Pushed(source=source, id=name, outcome=outcome)
    return JSONResponse(told.model_dump(), 201 if outcome is Push.NEW else 200)


def withdraw(call: Call) -> Response:
    """Note that an article is withdrawn; once more, or one that nobody pushed, changes nothing."""
    source, name = _source(call), call.path("id")
    if call.desk.newsroom.database.pushes.withdraw(source, name, now=call.now):
        call.note("withdrew an article", detail=f"{source}: {name[:80]}")
    return Response(status_code=204)


def _source(call: Call) -> SourceKey:
    """Return the source that the address names, where every newsletter that reads it is the token's.

    Raises:
        HTTPException: there is no such source for this token.
    """
    name = call.path("source")
    found = {
        key: one.key
        for key, newsletter in call.desk.loaded.settings.newsletters.items()
        for one in newsletter.sources
        if isinstance(one, PushSettings) and one.name == name
    }
    if found and all(map(call.token.may_see, found)):
        return next(iter(found.values()))
    raise HTTPException(404, "There is no source of kind push of this name.")
