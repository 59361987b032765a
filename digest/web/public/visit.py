"""One request of a reader or a passer-by: no login, no cookie; the signed token in the address is all."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock
from urllib.parse import parse_qsl
from weakref import WeakKeyDictionary

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from digest.rendering.overrides.builtin import builtin_folder
from digest.rendering.phrases import Phrases, page_phrases, speaks_on_pages
from digest.web.public.afterwards import Mailer
from digest.web.public.click_tally import ClickTally
from digest.web.serving import multipart
from digest.web.serving.below import storable_fields
from digest.web.serving.limits import RateLimit, refused
from digest.web.serving.request import body_of, household_of
from digest.web.serving.state import Desk
from digest.web.serving.wording.languages import wanted
from digest.web.serving.wording.script_words import STATIC
from subscribers import lists
from subscribers.errors import TokenRejected
from subscribers.signed_links import Claim, Purpose

MOST_BYTES = 20_000
"""The largest form of a public page."""

MOST_FIELDS = 1_000

TEMPLATES = Environment(
    loader=FileSystemLoader(builtin_folder() / "public"),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


MOST_ASKED = 1000
"""Confirmations an hour, all together; who asks then is told to come back."""


@dataclass(slots=True)
class Gate:
    """What keeps a public form from being misused, one for each desk.

    Attributes:
        visits: by address of the network.
        searches: of the archive, by address of the network: each reads many editions.
        sign_ups: by address of the network: a form on the open web is tried by everybody.
        mails: by the mailbox that a confirmation would go to, whatever the list and the tag.
        all_mails: confirmations to anybody: a thousand machines are no thousand readers.
    """

    visits: RateLimit = field(default_factory=lambda: RateLimit(300, timedelta(minutes=1)))
    searches: RateLimit = field(default_factory=lambda: RateLimit(30, timedelta(minutes=1)))
    sign_ups: RateLimit = field(default_factory=lambda: RateLimit(5, timedelta(minutes=10)))
    mails: RateLimit = field(default_factory=lambda: RateLimit(4, timedelta(hours=1)))
    all_mails: RateLimit = field(default_factory=lambda: RateLimit(MOST_ASKED, timedelta(hours=1)))
    mailer: Mailer = field(default_factory=Mailer)
    clicks: ClickTally = field(default_factory=ClickTally)


@dataclass(frozen=True)
class Visit:
    """One request, read whole."""

    request: Request
    desk: Desk
    now: datetime
    body: bytes
    gate: Gate

    @cached_property
    def form(self) -> Mapping[str, str]:
        """Return the form's fields; of a doubled one the last."""
        try:
            found = parse_qsl(self.body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
            return dict(storable_fields(found))
        except ValueError as error:
            raise HTTPException(400, "The form can't be read.") from error

    @cached_property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return the form's fields in order, doubled ones too; in both encodings that forms have."""
        content_type = self.request.headers.get("content-type", "")
        if multipart.is_multipart(content_type):
            found = multipart.fields_of(content_type, self.body)
            return storable_fields(found)
        try:
            pairs = parse_qsl(self.body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
            return storable_fields(pairs)
        except ValueError as error:
            raise HTTPException(400, "The form can't be read.") from error

    @cached_property
    def words(self) -> Phrases:
        """Return the words of the first of the browser's languages that pages speak, else English ones."""
        return page_phrases(next(filter(speaks_on_pages, wanted(self.request)), ""))

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

    @property
    def path(self) -> str:
        """Return the path of this page as browsers know it."""
        return self.below(self.request.url.path)

    def below(self, path: str) -> str:
        """Return one of our paths as browsers know it: below the site's own."""
        return f"{self.desk.newsroom.site.path}{path}"

    def page(self, template: str, *, language: str = "", code: int = 200, **values: object) -> Response:
        """Return a page in the reader's language; in English where pages do not speak it."""
        words = page_phrases(language) if language else self.words
        return HTMLResponse(self._rendered(template, words, values), code)

    def text(self, template: str, **values: object) -> str:
        """Return a template's text in the browser's language, alone."""
        return self._rendered(template, self.words, values).strip()

    def not_ours(self) -> Response:
        """Return the one page for every link that can't be read; it tells nothing about anybody."""
        return self.page("gone.html", code=404)

    def _rendered(self, template: str, words: Phrases, values: Mapping[str, object]) -> str:
        site = self.desk.newsroom.site
        known = {
            "say": words.gettext,
            "words": words,
            "site": site,
            "base": site.path,
            "path": self.path,
            "looks": _LOOKS_NAME,
        }
        return TEMPLATES.get_template(template).render({**known, **values})


LOOKS = (STATIC / "public.css").read_bytes()
"""The stylesheet of every public page."""

_LOOKS_NAME = hashlib.sha256(LOOKS).hexdigest()[:12]

Handler = Callable[[Visit], Response]


_GATES: WeakKeyDictionary[Desk, Gate] = WeakKeyDictionary()
_PUTTING_UP = Lock()


def gate_of(desk: Desk) -> Gate:
    """Return the gate of a desk, put up for its first visitor."""
    with _PUTTING_UP:
        return _GATES.setdefault(desk, Gate())


def title_of(desk: Desk, mailing_list: str) -> str:
    """Return what readers call a list: its own title, else that of its newsletter."""
    title = lists.titles(desk.newsroom.people).get(mailing_list, mailing_list)
    if title != mailing_list:
        return title
    named = [one.title for one in desk.newsletters.values() if mailing_list in one.lists]
    return named[0] if named else mailing_list


def fault(request: Request, status: int, headers: Mapping[str, str]) -> Response:
    """Return the page of a request that came to nothing, in the browser's language; it tells no detail."""
    desk: Desk = request.app.state.desk
    visit = Visit(request, desk, desk.clock(), b"", gate_of(desk))
    page = visit.page("error.html", code=status, status=status)
    page.headers.update(headers)
    return page


def visit(handler: Handler, *, always: Purpose | None = None) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a public page: limits and body first, the handler in a thread.

    Args:
        always: a genuine token of this purpose is heard however many requests came from its network: a
            mail provider's few machines bring the clicks of all its users.
    """

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        now = desk.clock()
        gate = gate_of(desk)
        is_heard = always and Visit(request, desk, now, b"", gate).claim(always)
        who = household_of(request)
        if not is_heard and not gate.visits.take(who, now=now):
            raise refused("Too many requests.", gate.visits.wait(who, now=now))
        body = await body_of(request, most=MOST_BYTES)
        return await run_in_threadpool(handler, Visit(request, desk, now, body, gate))

    endpoint.__name__ = getattr(handler, "__name__", "visit")
    return endpoint
