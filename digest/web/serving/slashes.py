"""A slash too many at an end leads to the page without it, on the host that was asked, whichever it is."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope


def slashed(routes: list[BaseRoute]) -> Route:
    """Return the route, to be tried last, of addresses that end in slashes.

    The way it points is relative (`../page`): no header and no proxy's path has a part in it.
    """

    async def redirect(request: Request) -> Response:
        path = request.url.path.rstrip("/")
        wanted = {**request.scope, "path": path, "raw_path": quote(path).encode()}
        if not path or not any(_fits(route, wanted) for route in routes):
            raise HTTPException(404)
        extra = len(request.url.path) - len(path)
        query = f"?{request.url.query}" if request.url.query else ""
        last = quote(path.rpartition("/")[2])
        return RedirectResponse(f"{'../' * extra}{last}{query}", 308)

    return Route("/{path:path}/", redirect, methods=["GET", "HEAD", "POST"])


def _fits(route: BaseRoute, scope: Scope) -> bool:
    return isinstance(route, Route) and route.matches(scope)[0] is Match.FULL
