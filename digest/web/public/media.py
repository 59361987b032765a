"""The pictures that editors brought, for mails and pages everywhere."""

from __future__ import annotations

from starlette.responses import Response

from digest.web.public.visit import Visit

_A_YEAR_S = 31_536_000


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
