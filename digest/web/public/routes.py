"""The addresses that readers and passers-by meet: signed tokens, and the archive.

GET changes nothing; a count of clicks, where switched on, is all that grows by one.
"""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from digest.web.public import archive, clicking, feeds, joining, leaving, media, preferring, reading
from digest.web.public.visit import visit
from subscribers.signed_links import Purpose

GET, POST = ["GET"], ["POST"]

routes: list[BaseRoute] = [
    Route("/u/{token}", visit(leaving.goodbye), methods=GET),
    Route("/u/{token}", visit(leaving.unsubscribe, always=Purpose.UNSUBSCRIBE), methods=POST),
    Route("/u/{token}/done", visit(leaving.done), methods=GET),
    Route("/u/{token}/undo", visit(leaving.undo), methods=POST),
    Route("/p/{token}", visit(preferring.show), methods=GET),
    Route("/p/{token}", visit(preferring.save), methods=POST),
    Route("/p/{token}/leave", visit(preferring.leave), methods=POST),
    Route("/signup/{list}", visit(joining.form), methods=GET),
    Route("/signup/{list}", visit(joining.sign_up), methods=POST),
    Route("/signup/{list}/sent", visit(joining.sent), methods=GET),
    Route("/signup/{list}/embed", visit(joining.embed), methods=GET),
    Route("/c/{token}", visit(joining.confirmation), methods=GET),
    Route("/c/{token}", visit(joining.confirm), methods=POST),
    Route("/l/{token}", visit(clicking.follow), methods=GET),
    Route("/v/{token}", visit(reading.own_copy), methods=GET),
    Route("/media/{name}", visit(media.picture), methods=GET),
    Route("/archive/public.css", media.looks, methods=GET),
    Route("/archive/{newsletter}", visit(archive.archive), methods=GET),
    Route("/archive/{newsletter}/feed.xml", visit(feeds.atom), methods=GET),
    Route("/archive/{newsletter}/feed.json", visit(feeds.json_feed), methods=GET),
    Route("/archive/{newsletter}/look.css", visit(archive.look), methods=GET),
    Route("/archive/{newsletter}/{number}", visit(archive.edition), methods=GET),
]
"""In the order they are tried."""
