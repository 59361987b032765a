"""What mail providers post to us: proved by their signature, kept in the ledger."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digest.errors import BadData
from digest.transports.sendgrid.events import (
    MAX_BODY_BYTES,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    EventVerifier,
    SignatureInvalid,
    read_events,
)
from digest.upkeep.hook_posts import SENDGRID
from digest.web.serving.state import Desk


async def sendgrid(request: Request) -> Response:
    """Keep SendGrid's events, to be judged; the same ones again change nothing."""
    desk: Desk = request.app.state.desk
    verifier: EventVerifier | None = request.app.state.sendgrid
    if verifier is None:
        raise HTTPException(404)
    pieces, length = [], 0
    async for piece in request.stream():
        length += len(piece)
        if length > MAX_BODY_BYTES:
            raise HTTPException(413)
        pieces.append(piece)
    await run_in_threadpool(_keep, request, desk, verifier, b"".join(pieces))
    return Response(status_code=204)


def _keep(request: Request, desk: Desk, verifier: EventVerifier, body: bytes) -> None:
    now = desk.clock()
    try:
        verifier.verify(
            body,
            signature=request.headers.get(SIGNATURE_HEADER, ""),
            timestamp=request.headers.get(TIMESTAMP_HEADER, ""),
            now=now,
        )
        read_events(body, now=now)
    except SignatureInvalid as error:
        raise HTTPException(403, "The signature is not good.") from error
    except BadData as error:
        raise HTTPException(400, "This is no list of events.") from error
    # The provider waits ten seconds for an answer: it is kept now, and judged after.
    desk.newsroom.database.hook_posts.keep(SENDGRID, body, now=now)
    desk.judge.wake()


routes = [Route("/hooks/sendgrid", sendgrid, methods=["POST"])]
