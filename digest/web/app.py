"""The whole web application: desk, public pages and hooks behind one set of headers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from digest.errors import ConfigurationError, DigestError, TemplateFault, UnknownEdition
from digest.upkeep.alarms.of_the_database import GONE
from digest.upkeep.lookout import Lookout
from digest.upkeep.proofs import Proofs
from digest.web import hooks, probes
from digest.web.api import problems
from digest.web.api import routes as api
from digest.web.desk import routes as desk_pages
from digest.web.people import readers
from digest.web.people.importing import counter_of
from digest.web.public import clicking
from digest.web.public import routes as public_pages
from digest.web.public.visit import fault, gate_of
from digest.web.serving.below import Below, Storable
from digest.web.serving.headers import SecurityHeaders, always
from digest.web.serving.kept import Acknowledged
from digest.web.serving.request import speak_to
from digest.web.serving.slashes import slashed
from digest.web.serving.state import Desk
from digest.web.signing_in import routes as doors
from digest.web.signing_in.oidc import provider_of
from digest.web.signing_in.tries import REMEMBERED, remember
from digest.web.team import routes as team_pages
from digest.wiring.away import as_ours
from digest.words.speaking import later, say
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

LOOKS_EVERY = timedelta(minutes=1)
"""How often alarms are looked after: it counts the deliveries of the latest editions."""

LOGINS_REMEMBERED = timedelta(minutes=10)
"""How far back failed log-ins count, those of before a restart too."""

WAIT_S = 600
"""The longest span that a limit looks back over, but for the mails to one address."""

_AWAY = later("The database can’t be used now. What was stored is safe; try again in a minute.")
_AGAIN_S = 60

_TITLES = {
    400: later("That request can’t be read"),
    401: later("You are logged out"),
    403: later("This is not for you"),
    404: later("There is no such page"),
    405: later("That can’t be done here"),
    409: later("That can’t be done now"),
    413: later("Too much at once"),
    422: later("That can’t be done"),
    429: later("Too many requests"),
}


def build(
    desk: Desk, *, hook_fetch: Callable[[str], bytes] | None = None, more: Sequence[BaseRoute] = ()
) -> Starlette:
    """Return the application; its life begins and ends with the courier's.

    Args:
        hook_fetch: gets what lies at an address of Amazon's; over the web where not given.
        more: further routes, tried last.

    Raises:
        MissingExtra: people log in by an identity provider, and its libraries are not installed.
        ConfigurationError: a provider's key is none.
    """
    desk.provider = provider_of(desk.loaded, desk.access)
    since = desk.clock() - LOGINS_REMEMBERED
    remember(desk.limits.logins, desk.audit_log.entries(limit=REMEMBERED), since=since)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        looked_at = datetime.min.replace(tzinfo=UTC)
        lookout = Lookout(desk.newsroom, desk.access.bell)

        def also(now: datetime) -> None:
            nonlocal looked_at
            desk.refresh()
            if now - looked_at >= LOOKS_EVERY:
                looked_at = now
                lookout.look(now)
            clicking.settle(desk, now)

        desk.courier.also = also
        desk.courier.start()
        desk.judge.start()
        desk.starter.start()
        yield
        desk.starter.stop()
        desk.courier.stop()
        lookout.stop()
        desk.judge.stop()
        gate_of(desk).mailer.close()
        if desk.provider is not None:
            desk.provider.close()
        clicking.settle(desk, desk.clock(), is_end=True)
        counter_of(desk).close()

    routes: list[BaseRoute] = [
        # The first that fits is taken: those of whom there are many come first.
        *public_pages.routes,
        *hooks.routes,
        *doors.routes,
        *readers.routes,
        *team_pages.routes,
        *desk_pages.routes,
        *probes.routes,
        *api.routes,
        Route("/", _home),
        *more,
    ]
    app = Starlette(
        routes=[*routes, slashed(routes)],
        middleware=[
            Middleware(Storable),
            Middleware(Below, path=desk.newsroom.site.path),
            Middleware(SecurityHeaders, is_https=desk.access.is_https),
            Middleware(Acknowledged, is_https=desk.access.is_https),
        ],
        exception_handlers={
            HTTPException: _refused,
            DigestError: _failed,
            SubscribersError: _failed,
            ClientDisconnect: _gone,
            Exception: _broken,
        },
        lifespan=life,
    )
    # The framework's own redirects name the host that the request's header names.
    app.router.redirect_slashes = False
    app.state.desk = desk
    app.state.hook_fetch = hook_fetch or _fetch_of(desk)
    app.state.hook_proofs = Proofs(desk.newsroom)
    app.state.hooks = hooks.verifiers_of(desk.loaded.settings, app.state.hook_fetch)
    return app


def _fetch_of(desk: Desk) -> Callable[[str], bytes]:
    return lambda url: desk.newsroom.fetcher.get(url, accept="*/*").body


async def _home(_request: Request) -> Response:
    return RedirectResponse("/desk", 303)


def _refused(request: Request, error: Exception) -> Response:
    status, detail, headers = 500, str(error), None
    if isinstance(error, HTTPException):
        status, detail, headers = error.status_code, error.detail, error.headers
    return _answer(request, status, detail, dict(headers or {}))


def _failed(request: Request, error: Exception) -> Response:
    """Tell a deliberate error as the sentence it is."""
    if isinstance(error, UnknownEdition):
        return _answer(request, 404, str(error), {})
    if isinstance(error, GONE):
        # Where it is, and by which user, is for whoever runs the desk alone: strangers see this page too.
        log.error("%s", as_ours(error))
        desk: Desk = request.app.state.desk
        speak_to(request, desk)
        return _answer(request, 503, say(_AWAY), {"retry-after": str(_AGAIN_S)})
    status = 500 if isinstance(error, TemplateFault | ConfigurationError) else 503
    return _answer(request, status, str(error), {})


def _gone(_request: Request, _error: Exception) -> Response:
    """Answer nobody: who asked hung up halfway, which is no fault of ours and nothing to log."""
    return Response(status_code=400)


def _broken(request: Request, _error: Exception) -> Response:
    """Answer where nothing was foreseen; the server logs what it was."""
    desk: Desk = request.app.state.desk
    # Outside every middleware: what a browser may do with the page must be said here.
    return _answer(request, 500, "", always(is_https=desk.access.is_https))


def _answer(request: Request, status: int, detail: str, headers: dict[str, str]) -> Response:
    if status == 429:
        headers.setdefault("retry-after", str(WAIT_S))
    if status == 503:
        headers.setdefault("retry-after", str(_AGAIN_S))
    if request.url.path.startswith(problems.PREFIX):
        return problems.problem(status, detail, headers)
    if not f"{request.url.path}/".startswith(("/desk/", "/hooks/")):
        return fault(request, status, headers)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"problem": detail}, status, headers=headers)
    desk: Desk = request.app.state.desk
    speak_to(request, desk)
    title = say(_TITLES.get(status, later("Something is broken")))
    plain = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 403: "Forbidden"}
    said = "" if plain.get(status) == detail else detail
    page = desk.pages.render(
        "error.html", {"status": status, "title": title, "detail": said, "site": desk.newsroom.site}
    )
    return Response(page, status, headers, media_type="text/html")
