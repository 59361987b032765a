"""Which pages somebody may have who works on some newsletters alone: the one place that says so."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from digest.model.desk import User
from digest.words.speaking import say

ABOUT_ALL = ("/desk/people", "/desk/settings", "/desk/log", "/desk/team", "/desk/newsletters")
"""Pages about all readers and newsletters; nobody has them who works on some alone."""


def check(request: Request, user: User) -> None:
    """Pass where the user may see what the address names.

    Raises:
        HTTPException: 404 for another newsletter, as if there were none; 403 for what is about all.
    """
    if user.newsletters is None:
        return
    named = request.path_params.get("newsletter")
    if named is not None and not user.may_see(str(named)):
        raise HTTPException(404)
    path = request.url.path.rstrip("/")
    if any(path == one or path.startswith(f"{one}/") for one in ABOUT_ALL):
        raise HTTPException(403, say("This page is about all newsletters, and you work on some of them."))
