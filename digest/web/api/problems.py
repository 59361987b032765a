"""Errors as problem details. Source: RFC 9457."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse, Response

PREFIX = "/api/"


class ProblemResponse(JSONResponse):
    """A problem, as programs read it."""

    media_type = "application/problem+json"


def problem(
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> Response:
    """Return what went wrong.

    Args:
        errors: where in the request, and what of it.
    """
    told: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail and detail != told["title"]:
        told["detail"] = detail
    if errors:
        told["errors"] = errors
    return ProblemResponse(told, status, headers=dict(headers or {}))
