"""Requests as the pages take them: texts that can be stored, and the site's own path left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNKNOWN = "\ufffd"


def storable(text: str) -> str:
    """Return a text with the sign for an unknown one in place of each that databases take in no text.

    These are NUL, which PostgreSQL refuses, and half a surrogate pair, which is no character: JSON may
    name one, and a browser that cuts a text in the middle of an emoji does.
    """
    return _UNSTORABLE.sub(_UNKNOWN, text)


def storable_fields(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return a form's fields, names and values as every database takes them."""
    return tuple((storable(name), storable(value)) for name, value in fields)


def storable_data(value: Any) -> Any:
    """Return what JSON said, its texts as every database takes them.

    Raises:
        RecursionError: it is nested deeper than Python goes.
    """
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_data(one) for one in value]
    if isinstance(value, dict):
        return {storable(name): storable_data(one) for name, one in value.items()}
    return value


class Storable:
    """Gives addresses whose path and query every database takes: who asks for a NUL finds nothing by it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            query = scope["query_string"].replace(b"%00", quote(_UNKNOWN).encode())
            scope = {**scope, "path": storable(scope["path"]), "query_string": query}
        await self._app(scope, receive, send)


class Below:
    """Takes the site's own path from the front of a request's, where the proxy left it there.

    A proxy that strips it itself needs nothing: both kinds of requests find their page. No page of ours
    begins as such a path does; the settings see to that.
    """

    def __init__(self, app: ASGIApp, *, path: str) -> None:
        """Wrap `app`; `path` as in the site's URL, empty for none."""
        self._app = app
        self._path = path
        self._plain = unquote(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._path and scope["type"] == "http":
            asked = scope["path"]
            if asked == self._plain or asked.startswith(f"{self._plain}/"):
                path = asked.removeprefix(self._plain) or "/"
                scope = {**scope, "path": path, "raw_path": quote(path).encode()}
        await self._app(scope, receive, send)
