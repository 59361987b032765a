"""Articles that are pushed, each by an id of the pusher's own."""

from __future__ import annotations

import json
from collections.abc import Mapping

import orjson
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from digest.model import SourceKey
from digest.settings.source_kinds import PushSettings
from digest.storage.pushes import Push
from digest.web.api.calls import NO_SHAPE, Call, faults_of
from digest.web.api.problems import problem
from digest.web.api.schemas import (
    ArticleIn,
    ArticlesIn,
    NamedArticleIn,
    Pushed,
    PushedMany,
    RefusedOut,
)


def push(call: Call) -> Response:
    """Keep an article as it is now; the same again changes nothing."""
    source, name = _source(call), call.path("id")
    outcome = _kept(call, source, name, call.sent(ArticleIn))
    told = Pushed(source=source, id=name, outcome=outcome)
    return JSONResponse(told.model_dump(), 201 if outcome is Push.NEW else 200)


def push_many(call: Call) -> Response:
    """Keep what is good of many articles, one by one, and name what is not; a repeat changes nothing."""
    source = _source(call)
    kept, refused = list[Pushed](), list[RefusedOut]()
    for index, said in enumerate(call.sent(ArticlesIn).articles):
        try:
            given = _named(said)
        except ValidationError as error:
            errors = faults_of(error, below=f"articles/{index}/")
            name = said.get("id")
            refused.append(
                RefusedOut(index=index, id=name[:300] if isinstance(name, str) else "", errors=errors)
            )
            continue
        outcome = _kept(call, source, given.id, given)
        kept.append(Pushed(source=source, id=given.id, outcome=outcome))
    if not kept:
        return problem(422, NO_SHAPE, errors=[one for each in refused for one in each.errors][:20])
    told = PushedMany(source=source, kept=kept, refused=refused)
    return JSONResponse(told.model_dump(), 207 if refused else 200)


def _named(said: Mapping[str, object]) -> NamedArticleIn:
    """Return an article with its id.

    Raises:
        ValidationError: it is of another shape, or its id can't stand in an address.
    """
    # Numbers of any length are in it, which orjson does not write.
    return NamedArticleIn.model_validate_json(json.dumps(said))


def _kept(call: Call, source: SourceKey, name: str, article: ArticleIn) -> Push:
    given = article.model_dump(exclude_defaults=True)
    body = orjson.dumps({**given, "id": name}, option=orjson.OPT_SORT_KEYS)
    outcome = call.desk.newsroom.database.pushes.keep(source, name, body, now=call.now)
    if outcome is not Push.UNCHANGED:
        call.note("pushed an article", detail=f"{source}: {name[:80]}")
    return outcome


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
