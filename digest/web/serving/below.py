"""Pages below a path: `https://host.example/news/digest/p/…` is the page `/p/…`."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Receive, Scope, Send


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
