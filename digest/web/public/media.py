"""The pictures that editors brought, for mails and pages everywhere; and the pages' own looks."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from digest.web.public.visit import LOOKS, Visit

_A_YEAR_S = 31_536_000


async def looks(_request: Request) -> Response:
    """Give the public pages' stylesheet: here, since proxies close `/desk` on the readers' host.

    Its address names its bytes, so that who has it need not ask again.
    """
    return Response(
        LOOKS, media_type="text/css", headers={"cache-control": f"public, max-age={_A_YEAR_S}, immutable"}
    )


def picture(visit: Visit) -> Response:
    """Give one picture. What has a name never changes: whoever has it need not ask again."""
    name = str(visit.request.path_params["name"]).partition(".")[0]
    found = visit.desk.newsroom.database.pictures.load(name)
    if found is None or not found.path.endswith(f"/{visit.request.path_params['name']}"):
        return visit.not_ours()
    return Response(
        found.content,
        media_type=found.kind,
        headers={
            "cache-control": f"public, max-age={_A_YEAR_S}, immutable",
            "content-security-policy": "sandbox; default-src 'none'",
            # Mails are read on other people's pages.
            "cross-origin-resource-policy": "cross-origin",
            "etag": f'"{found.name}"',
        },
    )
