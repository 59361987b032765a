"""One request of a reader or a passer-by: no login, no cookie; the signed token in the address is all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from digest.rendering.environment import builtin_folder
from digest.rendering.phrases import phrases
from digest.web.asking import address_of
from digest.web.limits import RateLimit
from digest.web.state import Desk
from subscribers.errors import TokenRejected
from subscribers.tokens import Claim, Purpose

MOST_BYTES = 20_000
"""The largest form of a public page."""

SIGN_UPS = RateLimit(5, timedelta(minutes=10))
"""For each address of the network: a form on the open web is tried by everybody."""

VISITS = RateLimit(300, timedelta(minutes=1))

_TEMPLATES = Environment(
    loader=FileSystemLoader(builtin_folder() / "public"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Visit:
    """One request, read whole."""

    request: Request
    desk: Desk
    now: datetime
    body: bytes

    @cached_property
    def form(self) -> Mapping[str, str]:
        """Return the form's fields; of a doubled one the last."""
        try:
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True, max_num_fields=100))
        except ValueError as error:
            raise HTTPException(400, "The form can't be read.") from error

    @cached_property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return the form's fields in order, doubled ones too."""
        return tuple(parse_qsl(self.body.decode("utf-8", "replace"), max_num_fields=100))

    def claim(self, purpose: Purpose) -> Claim | None:
        """Return what the address's token says; None where it is not ours, or for another page."""
        try:
            return self.desk.newsroom.signer.read(self.token, purpose, now=self.now)
        except TokenRejected:
            return None

    @property
    def token(self) -> str:
        """Return the address's token, unread."""
        return str(self.request.path_params["token"])

    def page(self, template: str, *, language: str = "", code: int = 200, **values: object) -> Response:
        """Return a page in the reader's language, as far as it has words there."""
        words = phrases(language or self._preferred())
        site = self.desk.newsroom.site
        known = {"say": words.gettext, "words": words, "site": site, "path": self.request.url.path}
        body = _TEMPLATES.get_template(template).render({**known, **values})
        return HTMLResponse(body, code)

    def not_ours(self) -> Response:
        """Return the one page for every link that can't be read; it tells nothing about anybody."""
        return self.page("gone.html", code=404)

    def _preferred(self) -> str:
        """Return the browser's first language."""
        return (
            self.request.headers.get("accept-language", "").split(",")[0].split(";")[0].strip()[:20] or "en"
        )


Handler = Callable[[Visit], Response]


def visit(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a public page: limits and body first, the handler in a thread."""

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        now = desk.clock()
        if not VISITS.take(address_of(request), now=now):
            raise HTTPException(429, "Too many requests. Wait a minute.")
        pieces, length = [], 0
        async for piece in request.stream():
            length += len(piece)
            if length > MOST_BYTES:
                raise HTTPException(413, "This is too much text for one request.")
            pieces.append(piece)
        return await run_in_threadpool(handler, Visit(request, desk, now, b"".join(pieces)))

    endpoint.__name__ = getattr(handler, "__name__", "visit")
    return endpoint
