"""The languages that a browser asks for."""

from __future__ import annotations

import re

from starlette.requests import Request

_LONGEST_ACCEPT = 200
_WEIGHT = re.compile(r";[ \t]{0,9}q=([01](?:\.[0-9]{0,3})?)", re.IGNORECASE)


def wanted(request: Request) -> list[str]:
    """Return the browser's languages, the dearest first; equals as they are written."""
    said = request.headers.get("accept-language", "")[:_LONGEST_ACCEPT].split(",")
    weighed = [(_weight(one), one.split(";")[0].strip()[:20]) for one in said]
    ordered = sorted(weighed, key=lambda one: one[0], reverse=True)
    return [name for weight, name in ordered if weight > 0 and name not in ("", "*")]


def _weight(said: str) -> float:
    """Return how dear a language of Accept-Language is, from 0 to 1; 1 where it says nothing readable."""
    found = _WEIGHT.search(said)
    return float(found[1]) if found else 1.0
