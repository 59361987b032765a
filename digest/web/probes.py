"""What machines ask: whether the process lives, whether it is ready, and for figures."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from digest.errors import DigestError
from digest.storage.pooling import takes_writes
from digest.upkeep import metrics
from digest.web.serving.state import Desk
from digest.wiring.newsroom import check_schema, database_url
from subscribers.errors import SubscribersError


async def health(_request: Request) -> Response:
    """Answer, which proves that the process lives; nothing else is asked."""
    return PlainTextResponse("ok\n")


async def readiness(request: Request) -> Response:
    """Tell whether database, schema and courier are there: 200, or 503 with what is not."""
    desk: Desk = request.app.state.desk
    return await run_in_threadpool(_readiness, desk)


async def figures(request: Request) -> Response:
    """Return the figures to whoever has the token; anybody else finds no such page."""
    desk: Desk = request.app.state.desk
    token = desk.loaded.settings.metrics.token.get_secret_value()
    if not token or not _is_let_in(request, desk, token):
        return PlainTextResponse("There is no such page.\n", 404)
    return await run_in_threadpool(_figures, desk)


def _readiness(desk: Desk) -> Response:
    found = {"database": "ok", "schema": "ok", "courier": "ok" if desk.courier.is_alive else "dead"}
    try:
        desk.newsroom.database.hook_posts.count()
    except (DigestError, SubscribersError):
        found |= {"database": "away", "schema": "unknown"}
    else:
        url = database_url(desk.loaded.settings)
        try:
            check_schema(url)
            if not takes_writes(url):
                found["database"] = "read-only"
        except (DigestError, SubscribersError):
            found["schema"] = "outdated"
    is_ready = set(found.values()) == {"ok"}
    return JSONResponse(found, 200 if is_ready else 503)


def _is_let_in(request: Request, desk: Desk, token: str) -> bool:
    """Tell whether a scraper may see the figures: by its token, and never over the readers' host."""
    public, own = (urlsplit(url).netloc for url in (desk.newsroom.site.url, desk.access.url))
    if request.headers.get("host", "") == public != own:
        return False
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _figures(desk: Desk) -> Response:
    try:
        content = metrics.exposition(desk.newsroom, now=desk.clock())
    except (DigestError, SubscribersError):
        return PlainTextResponse("The database can't be read now.\n", 503)
    return Response(content, media_type=metrics.CONTENT_TYPE)


routes = [
    Route("/healthz", health, methods=["GET"]),
    Route("/readyz", readiness, methods=["GET"]),
    Route("/metrics", figures, methods=["GET"]),
]
