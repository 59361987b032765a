"""Who else has the edition open, and whether it changed: told as it happens, or when asked.

A stream costs no thread: it sleeps in the event loop, and one look at the database serves all streams of
an edition.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from digest.model import EditionKey
from digest.web.desk.views import heard
from digest.web.serving.request import Ask, asked
from digest.web.serving.state import Desk
from digest.words.speaking import retold, speaking
from digest.words.tongues import Tongue

LASTS_S = 240.0
"""A stream ends by itself, and the browser opens the next: a session that ended is noticed by then."""

LOOKS_EVERY_S, TELLS_EVERY_S, BREATHES_EVERY_S = 2.0, 1.0, 15.0

MOST_LOOKS = 50

_TAB = re.compile(r"[A-Za-z0-9-]{1,40}")
_WHERE = re.compile(r"[A-Za-z0-9_-]{0,60}")


async def here(request: Request) -> Response:
    """Tell who is there and the stored revision, once or as a stream of events."""
    desk: Desk = request.app.state.desk
    ask = await run_in_threadpool(asked, request, desk)
    key, who = ask.key, ask.user.name
    await run_in_threadpool(desk.edition, key)
    tab = ask.query.get("tab", "")
    if _TAB.fullmatch(tab):
        where = ask.query.get("where")
        desk.presence.saw(key, tab, who, where if where is None or _WHERE.fullmatch(where) else "")
    tongue = desk.tongues.of([request.state.language])
    if "text/event-stream" not in request.headers.get("accept", ""):
        return JSONResponse(_state(desk, key, await run_in_threadpool(_look, ask), tongue))
    if not desk.presence.open_stream(who):
        # To an EventSource this says: do not come again.
        return Response(status_code=204)
    request.state.is_stream = True
    return StreamingResponse(
        _events(desk, ask, key, tab, tongue),
        media_type="text/event-stream",
        headers={"x-accel-buffering": "no"},
    )


def left(ask: Ask) -> Response:
    """Note that a tab is closed; only who had it open closes it."""
    ask.desk.presence.left(ask.key, ask.form.get("tab", ""), ask.user.name)
    return Response(status_code=204)


async def _events(desk: Desk, ask: Ask, key: EditionKey, tab: str, tongue: Tongue) -> AsyncIterator[str]:
    begun = spoken = time.monotonic()
    before = ""
    try:
        while time.monotonic() - begun < LASTS_S:
            if _TAB.fullmatch(tab):
                desk.presence.saw(key, tab, ask.user.name, None)
            told = json.dumps(_state(desk, key, await _looked(ask, key), tongue))
            if told != before:
                yield f"data: {told}\n\n"
                before, spoken = told, time.monotonic()
            elif time.monotonic() - spoken > BREATHES_EVERY_S:
                yield ": still here\n\n"
                spoken = time.monotonic()
            await asyncio.sleep(TELLS_EVERY_S)
    finally:
        desk.presence.left(key, tab, ask.user.name)
        desk.presence.close_stream(ask.user.name)


async def _looked(ask: Ask, key: EditionKey) -> dict[str, object]:
    """Return what is stored; whoever comes first looks for all."""
    looks = ask.desk.presence.looks
    at, found = looks.get(key, (0.0, None))
    now = time.monotonic()
    if found is None or now - at > LOOKS_EVERY_S:
        if found is not None:
            # Noted before it is read: no second stream looks meanwhile.
            looks[key] = (now, found)
        found = await run_in_threadpool(_look, ask)
        looks[key] = (now, found)
        while len(looks) > MOST_LOOKS:
            looks.pop(next(iter(looks)))
    return found


def _look(ask: Ask) -> dict[str, object]:
    edition = ask.desk.edition(ask.key)
    last = ask.desk.history.steps(edition.key, after=edition.revision - 1)
    return {
        "revision": edition.revision,
        "state": str(edition.state),
        "who": last[-1].who if last else "",
        "said": last[-1].said if last else "",
        "talk": heard(ask.desk.newsroom.database.talks.comments(edition.key)),
    }


def _state(desk: Desk, key: EditionKey, look: dict[str, object], tongue: Tongue) -> dict[str, object]:
    """Return it for one reader; what was seen last serves readers of all languages."""
    with speaking(tongue):
        return {**look, "said": retold(str(look["said"])), "here": desk.presence.here(key)}
