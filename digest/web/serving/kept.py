"""How a page learns that a form it sent was taken: by a cookie that bears the name it gave the form."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LASTS_S = 86_400
"""The page that comes next reads it; where none comes, what was typed is asked about once more."""

_MARK = re.compile(r"[a-z0-9]{1,40}")


class Acknowledged:
    """Tells the browser which form was stored, so that it forgets what it kept of it.

    A form names itself in its address (`?kept=`). It was stored where the answer leads on to another page
    (303), or where the handler says so (`request.state.is_stored`); every other answer leaves the text in
    the browser.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        """Wrap `app`; over https the cookie stays there."""
        self._app = app
        self._terms = f"Path=/desk; Max-Age={LASTS_S}; SameSite=Lax" + ("; Secure" if is_https else "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        mark = _mark_of(scope)
        if not mark:
            await self._app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                is_stored = scope.get("state", {}).get("is_stored", False)
                if message["status"] == 303 or (is_stored and message["status"] == 200):
                    MutableHeaders(scope=message).append("set-cookie", f"desk-kept-{mark}=1; {self._terms}")
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _mark_of(scope: Scope) -> str:
    if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith("/desk/"):
        return ""
    given = parse_qs(scope["query_string"].decode("latin-1")).get("kept", [""])[0]
    return given if _MARK.fullmatch(given) else ""
