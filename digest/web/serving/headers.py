"""What every answer says to the browser about what it may do."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""For our own pages: nothing inline, nothing from elsewhere."""

MAIL_POLICY = "; ".join(
    (
        "sandbox allow-same-origin",
        "default-src 'none'",
        "style-src 'unsafe-inline' 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
"""For a mail shown in a frame of ours: its styles are inline; it runs nothing, reaches nobody."""

_FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def always(*, is_https: bool) -> dict[str, str]:
    """Return the headers of every answer; over https the browser is told to stay there."""
    found = _FIXED | {"content-security-policy": PAGE_POLICY, "cache-control": "no-store"}
    return found | ({"strict-transport-security": "max-age=31536000"} if is_https else {})


class SecurityHeaders:
    """Adds the headers to every answer, whoever made it; an answer's own policy stays."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        """Wrap `app`; over https the browser is told to stay there."""
        self._app = app
        self._fixed = always(is_https=is_https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._fixed.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
