"""One request to the desk: who asks, may they, and what did they send."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from digest.errors import DatabaseUnavailable
from digest.model import EditionKey, Newsletter
from digest.model.desk import DeskSession, Role, User
from digest.web.serving import peers
from digest.web.serving.accounts import rights
from digest.web.serving.accounts.devices import device_of
from digest.web.serving.below import storable_data, storable_fields
from digest.web.serving.limits import refused, retry_after
from digest.web.serving.state import Access, Desk
from digest.web.serving.wording.languages import wanted
from digest.web.serving.wording.names import named
from digest.words.speaking import later, say, speak

MOST_BYTES = 200_000
"""The largest form or change that is read."""

LOGGED_OUT = later("You are logged out. Log in again; what you typed is kept here.")

TOO_MUCH = later("This is too much text for one request.")

NOTHING: Mapping[str, object] = MappingProxyType({})

SEEN_AGAIN_AFTER = timedelta(minutes=2)
"""A session is noted as in use no oftener."""

_SAFE = frozenset({"GET", "HEAD"})
_WAIT = "wait"
"""Under which name a request keeps how long its sender has to wait."""


class Ask:
    """One request, read whole."""

    def __init__(self, request: Request, desk: Desk, session: DeskSession | None, body: bytes) -> None:
        """Keep what is known of it."""
        self.request, self.desk, self.session = request, desk, session
        self.now: datetime = desk.clock()
        self._body = body

    @property
    def user(self) -> User:
        """Return who asks.

        Raises:
            HTTPException: nobody is logged in.
        """
        if self.session is None:
            raise HTTPException(401)
        return self.session.user

    @property
    def body(self) -> bytes:
        """Return what was sent, as it came."""
        return self._body

    @cached_property
    def form(self) -> Mapping[str, str]:
        """Return the form's fields; of a doubled one the last."""
        try:
            found = parse_qsl(self._body.decode(), keep_blank_values=True, max_num_fields=500)
            return dict(storable_fields(found))
        except ValueError as error:
            raise HTTPException(400, say("The form can’t be read.")) from error

    @cached_property
    def sent(self) -> Mapping[str, Any]:
        """Return the JSON object that was sent, its texts as every database takes them."""
        try:
            value = storable_data(json.loads(self._body))
        except (ValueError, RecursionError) as error:
            raise HTTPException(400, say("This can’t be read.")) from error
        if not isinstance(value, dict):
            raise HTTPException(400, say("This can’t be read."))
        return value

    @property
    def query(self) -> Mapping[str, str]:
        """Return the address's own fields."""
        return self.request.query_params

    @property
    def key(self) -> EditionKey:
        """Return the edition that the address names.

        Raises:
            HTTPException: it names none.
        """
        newsletter, number = self.request.path_params["newsletter"], self.request.path_params["number"]
        day, _, slot = number.partition("~")
        try:
            return EditionKey(newsletter, date.fromisoformat(day), slot)
        except ValueError as error:
            raise HTTPException(404) from error

    @property
    def newsletters(self) -> Mapping[str, Newsletter]:
        """Return the newsletters that the user may see, in their order."""
        user = self.user
        return {key: one for key, one in self.desk.newsletters.items() if user.may_see(key)}

    def require(self, role: Role) -> None:
        """Pass where the user has the role.

        Raises:
            HTTPException: they have not; 403, with what to do.
        """
        if not self.user.may(role):
            raise HTTPException(
                403,
                say("This takes the role %(role)s. Ask whoever runs the desk for it.", role=named(role)),
            )

    def page(
        self,
        template: str,
        values: Mapping[str, object] = NOTHING,
        /,
        *,
        code: int = 200,
        **more: object,
    ) -> Response:
        """Return a page with these values, and the status `code`."""
        known: dict[str, object] = {
            "user": self.session.user if self.session else None,
            "csrf": self.session.csrf if self.session else "",
            "path": self.request.url.path,
            "site": self.desk.newsroom.site,
            "now": self.now,
            "tongues": self.desk.tongues,
            "roles": Role,
            "sign_on": self.desk.provider.settings.label if self.desk.provider else "",
        }
        page = self.desk.pages.render(template, {**known, **values, **more})
        return HTMLResponse(page, code, self.wait_of(code))

    def wait_of(self, code: int) -> dict[str, str] | None:
        """Return the header that tells programs how long to wait; None where the answer is no 429."""
        wait: timedelta | None = getattr(self.request.state, _WAIT, None)
        return retry_after(wait) if wait and code == HTTPStatus.TOO_MANY_REQUESTS else None

    def told_to_wait(self, wait: timedelta) -> None:
        """Let a page that answers with 429 tell programs how long, too (`Retry-After`)."""
        setattr(self.request.state, _WAIT, wait)


Handler = Callable[[Ask], Response]


@dataclass(frozen=True, slots=True)
class Cookie:
    """The name and the terms of the session's cookie."""

    access: Access
    purpose: str = ""

    @property
    def name(self) -> str:
        """Return the name; over https one that no other host can set."""
        name = f"desk-{self.purpose}" if self.purpose else "desk"
        return f"__Host-{name}" if self.access.is_https else name

    def put(self, response: Response, secret: str, *, lasts_s: int) -> None:
        """Let the browser keep the session's secret."""
        response.set_cookie(
            self.name,
            secret,
            max_age=lasts_s,
            path="/",
            httponly=True,
            secure=self.access.is_https,
            samesite="lax",
        )

    def drop(self, response: Response) -> None:
        """Let the browser forget it."""
        response.delete_cookie(
            self.name, path="/", httponly=True, secure=self.access.is_https, samesite="lax"
        )


def page(
    handler: Handler, *, is_open: bool = False, most: int = MOST_BYTES
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page: session, forgery check and body first, the handler in a thread.

    Args:
        is_open: for those who are not logged in as well.
        most: bytes that are read of whoever is logged in; of others no more than of any form.
    """

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        speak_to(request, desk)
        room = most if most == MOST_BYTES or _session(request, desk, desk.clock()) else MOST_BYTES
        body = await body_of(request, most=room) if request.method not in _SAFE else b""
        return await run_in_threadpool(_answer, handler, request, desk, body, is_open=is_open)

    endpoint.__name__ = getattr(handler, "__name__", "page")
    return endpoint


def _answer(handler: Handler, request: Request, desk: Desk, body: bytes, *, is_open: bool) -> Response:
    now = desk.clock()
    _check_pace(request, desk, now)
    session = _session(request, desk, now)
    speak_to(request, desk, session)
    if session is not None:
        desk.refresh()
    ask = Ask(request, desk, session, body)
    if session is not None:
        rights.check(request, session.user)
    if session is None and not is_open:
        if request.method in _SAFE and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/desk/login", 303)
        raise HTTPException(401, say(LOGGED_OUT))
    if request.method not in _SAFE:
        _check_origin(request.headers, desk.access)
        if session is not None:
            _check_token(ask, session)
    return handler(ask)


def asked(request: Request, desk: Desk) -> Ask:
    """Return a request that changes nothing, for an endpoint that answers in the event loop.

    Raises:
        HTTPException: too many requests, or nobody is logged in.
    """
    now = desk.clock()
    _check_pace(request, desk, now)
    session = _session(request, desk, now)
    speak_to(request, desk, session)
    if session is None:
        raise HTTPException(401, say(LOGGED_OUT))
    rights.check(request, session.user)
    return Ask(request, desk, session, b"")


def admitted(request: Request, desk: Desk) -> DeskSession:
    """Return the session of a request whose body the endpoint reads itself; its token is left to check.

    Raises:
        HTTPException: too many requests, nobody is logged in, or it came from elsewhere.
    """
    now = desk.clock()
    _check_pace(request, desk, now)
    session = _session(request, desk, now)
    speak_to(request, desk, session)
    if session is None:
        raise HTTPException(401, say(LOGGED_OUT))
    rights.check(request, session.user)
    _check_origin(request.headers, desk.access)
    return session


def speak_to(request: Request, desk: Desk, session: DeskSession | None = None) -> None:
    """Speak the language that the user chose, else the first of the browser's that the desk speaks.

    Of a session that is not given, what it spoke before counts: what went wrong is told in its language.
    """
    chosen = session.user.language if session else getattr(request.state, "language", "")
    tongue = desk.tongues.of([chosen, *wanted(request)])
    request.state.language = tongue.language
    speak(tongue)


def _check_pace(request: Request, desk: Desk, now: datetime) -> None:
    """Pass where the visitor does not ask too often.

    Raises:
        HTTPException: too often; with the time to wait.
    """
    limit, who = desk.limits.requests, household_of(request)
    if not limit.take(who, now=now):
        raise refused(say("Too many requests."), limit.wait(who, now=now))


def _session(request: Request, desk: Desk, now: datetime) -> DeskSession | None:
    """Return the session of the cookie; a trusted proxy's user must be the session's own."""
    secret = request.cookies.get(Cookie(desk.access).name, "")
    session = desk.logins.session(secret, now=now) if secret else None
    named = proxied_user(request, desk.access)
    if named is not None and session is not None and session.user.name != named:
        return None
    if session is not None and (session.seen_at is None or now - session.seen_at > SEEN_AGAIN_AFTER):
        # Where the database is busy the next page tells it.
        with suppress(DatabaseUnavailable):
            desk.logins.saw(session.digest, device_of(request.headers.get("user-agent", "")), now=now)
    return session


def proxied_user(request: Request, access: Access) -> str | None:
    """Return the user that a trusted proxy vouches for; None where no such proxy stands before us."""
    name = request.headers.get(access.user_header, "")
    if not access.proxies or not name or request.client is None:
        return None
    try:
        peer = ip_address(request.client.host)
    except ValueError:
        return None
    return name if any(peer in network for network in access.proxies) else None


def address_of(request: Request) -> str:
    """Return the visitor's address; behind a proxy of ours as that proxy tells it."""
    desk: Desk = request.app.state.desk
    return peers.visitor(request, desk.access.forwarding)


def household_of(request: Request) -> str:
    """Return what counts as one visitor for a limit: an IPv4 address, or an IPv6 /64."""
    return peers.household(address_of(request))


def _check_origin(headers: Headers, access: Access) -> None:
    """Pass where the browser says that the request came from one of our own pages.

    Raises:
        HTTPException: it came from elsewhere, or nothing tells.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        is_ours = site == "same-origin"
    else:
        origin = urlsplit(headers.get("origin", ""))
        is_ours = bool(origin.netloc) and origin.netloc in {
            headers.get("host", ""),
            urlsplit(access.url).netloc,
        }
    if not is_ours:
        raise HTTPException(403, say("This request did not come from the desk’s own pages."))


def _check_token(ask: Ask, session: DeskSession) -> None:
    given = ask.request.headers.get("x-desk-token")
    if given is None and "json" not in ask.request.headers.get("content-type", ""):
        given = ask.form.get("csrf")
    if not hmac.compare_digest((given or "").encode(), session.csrf.encode()):
        raise HTTPException(403, say("The page is from an earlier login. Load it again."))


async def body_of(request: Request, *, most: int, problem: str | None = TOO_MUCH) -> bytes:
    """Return what was sent, read piece by piece.

    Args:
        most: in bytes.
        problem: what is said of more; None for HTTP's own words.

    Raises:
        HTTPException: 413, as soon as it is more.
    """
    pieces, length = [], 0
    async for piece in request.stream():
        length += len(piece)
        if length > most:
            raise HTTPException(413, say(problem) if problem else None)
        pieces.append(piece)
    return b"".join(pieces)
