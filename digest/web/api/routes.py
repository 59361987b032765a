"""Every operation of the API, and the document that says so."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from digest.model.desk import Scope
from digest.web.api import archive, articles, editions, readers, schemas
from digest.web.api.calls import MOST_ITEMS, MOST_OF_MANY, Operation, endpoint

BASE = "/api/v1"
EDITION = "/editions/{newsletter}/{number}"
LIMIT = ("limit", "At most so many, 200 at most.")
AFTER = ("after", "The `next` of the page before.")
ARTICLE = "/sources/{source}/articles/{id}"

OPERATIONS = (
    Operation(
        "GET",
        "/editions/{newsletter}",
        Scope.READ,
        "A newsletter's editions, the newest first.",
        editions.listed,
        gives=schemas.EditionPage,
        queries=(LIMIT, AFTER),
    ),
    Operation("GET", EDITION, Scope.READ, "One edition.", editions.show, gives=schemas.EditionOut),
    Operation(
        "GET",
        f"{EDITION}/results",
        Scope.READ,
        "What became of its mails.",
        editions.results,
        gives=schemas.ResultsOut,
    ),
    Operation(
        "POST",
        f"{EDITION}/start",
        Scope.EDITIONS,
        "Bring it as far as it can come now; the answer comes before it is done.",
        editions.start,
        takes=schemas.StartIn,
        gives=schemas.StartedOut,
        code=202,
    ),
    Operation(
        "POST",
        f"{EDITION}/approve",
        Scope.EDITIONS,
        "Approve it, as it was seen.",
        editions.approve,
        takes=schemas.ApproveIn,
        gives=schemas.EditionOut,
    ),
    Operation(
        "POST",
        f"{EDITION}/cancel",
        Scope.EDITIONS,
        "Let nothing more of it leave.",
        editions.cancel,
        takes=schemas.CancelIn,
        gives=schemas.CanceledOut,
    ),
    Operation(
        "GET",
        "/archive/{newsletter}",
        Scope.READ,
        "What was sent of a newsletter, the newest first.",
        archive.listed,
        gives=schemas.EditionPage,
        queries=(LIMIT, AFTER),
    ),
    Operation(
        "GET",
        "/archive/{newsletter}/{number}",
        Scope.READ,
        "One edition as it was sent.",
        archive.show,
        gives=schemas.SentOut,
    ),
    Operation(
        "POST",
        "/sources/{source}/articles",
        Scope.PUSH,
        "Push many articles; what is good is kept (207 where some are refused, 422 where all are).",
        articles.push_many,
        takes=schemas.ArticlesIn,
        gives=schemas.PushedMany,
        codes=(207,),
        most=MOST_OF_MANY,
    ),
    Operation(
        "PUT",
        ARTICLE,
        Scope.PUSH,
        "Push an article: new (201), changed or unchanged (200).",
        articles.push,
        takes=schemas.ArticleIn,
        gives=schemas.Pushed,
        codes=(201,),
    ),
    Operation("DELETE", ARTICLE, Scope.PUSH, "Withdraw an article.", articles.withdraw, code=204),
    Operation(
        "GET",
        "/subscribers",
        Scope.READERS,
        "Subscribers by id.",
        readers.listed,
        gives=schemas.SubscriberPage,
        queries=(LIMIT, AFTER),
    ),
    Operation(
        "POST",
        "/subscribers",
        Scope.READERS,
        "Put somebody on a list, with the words of their consent.",
        readers.subscribe,
        takes=schemas.SubscribeIn,
        gives=schemas.SubscriptionOut,
    ),
    Operation(
        "POST",
        "/subscribers/show",
        Scope.READERS,
        "What is stored of an address.",
        readers.show,
        takes=schemas.AddressIn,
        gives=schemas.SubscriberOut,
    ),
    Operation(
        "POST",
        "/subscribers/describe",
        Scope.READERS,
        "Change a stored subscriber's name, language or tags.",
        readers.describe,
        takes=schemas.DescribeIn,
        gives=schemas.SubscriberOut,
    ),
    Operation(
        "POST",
        "/subscribers/unsubscribe",
        Scope.READERS,
        "End one subscription, or all.",
        readers.unsubscribe,
        takes=schemas.UnsubscribeIn,
        gives=schemas.Changed,
    ),
    Operation(
        "POST",
        "/subscribers/suppress",
        Scope.READERS,
        "Send nothing more to an address.",
        readers.suppress,
        takes=schemas.SuppressIn,
        gives=schemas.Changed,
    ),
)

_PROBLEMS = {
    "401": "no token that is let in",
    "403": "a token without the scope",
    "404": "there is no such thing",
    "409": "it can't be done now, or the reader said no",
    "413": "too much for one call",
    "422": "not of the right shape",
    "429": "too many calls",
    "500": "the configuration is broken, or the program",
    "503": "the database or what else is needed is away; ask again",
}
_HEADERS = {
    "RateLimit": "what is left of the limit, and for how many seconds it holds",
    "RateLimit-Policy": "the limit: so many calls in so many seconds",
    "RateLimit-Limit": "the limit",
    "RateLimit-Remaining": "how many calls are left of it",
    "RateLimit-Reset": "in how many seconds there are more",
}
_WAIT = {"Retry-After": "how many seconds to wait"}
_QUERIES = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST_ITEMS, "default": 50},
    "after": {"type": "string"},
}
_REFERENCE = "#/components/schemas/{model}"


@cache
def openapi() -> dict[str, Any]:
    """Return the document of the API, made of the operations. Source: OpenAPI 3.1."""
    models: set[type[BaseModel]] = {schemas.ProblemOut}
    models |= {one for each in OPERATIONS for one in (each.takes, each.gives) if one is not None}
    ordered = sorted(models, key=lambda one: one.__name__)
    _, defined = models_json_schema([(one, "validation") for one in ordered], ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(BASE + each.path, {})[each.method.lower()] = _described(each)
    return {
        "openapi": "3.1.0",
        "info": {"title": "newsroom digest", "version": "1"},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": defined["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(each: Operation) -> dict[str, Any]:
    parts = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", each.path)
    ]
    queries = [
        {"name": name, "in": "query", "description": about, "schema": _QUERIES[name]}
        for name, about in each.queries
    ]
    good: dict[str, Any] = {"description": "done"}
    if each.gives is not None:
        good["content"] = {"application/json": {"schema": _schema(each.gives)}}
    codes = tuple(map(str, (each.code, *each.codes)))
    good["headers"] = _headers(_HEADERS)
    told: dict[str, Any] = {
        "summary": each.about,
        "description": f"Scope: {each.scope}",
        "operationId": each.act.__module__.rpartition(".")[2] + "_" + each.act.__name__,
        "parameters": [*parts, *queries],
        "responses": dict.fromkeys(codes, good),
    }
    problem = {"application/problem+json": {"schema": _schema(schemas.ProblemOut)}}
    for code, about in _PROBLEMS.items():
        told["responses"][code] = {"description": about, "content": problem}
        if code < "500":
            told["responses"][code]["headers"] = _headers(_HEADERS)
    told["responses"]["429"]["headers"] |= _headers(_WAIT)
    told["responses"]["503"]["headers"] = _headers(_WAIT)
    if each.takes is not None:
        body = {"application/json": {"schema": _schema(each.takes)}}
        told["requestBody"] = {"required": True, "content": body}
    return told


def _headers(about: dict[str, str]) -> dict[str, Any]:
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in about.items()}


def _schema(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model.__name__)}


async def document(_request: Request) -> Response:
    """Return the document, which tells nothing secret."""
    return JSONResponse(openapi())


routes = [
    Route(f"{BASE}/openapi.json", document, methods=["GET"]),
    *(
        Route(BASE + one.path.replace("{id}", "{id:path}"), endpoint(one), methods=[one.method])
        for one in OPERATIONS
    ),
]
