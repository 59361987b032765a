"""How often somebody may try to log in: failures count, by address and by name, and outlive a restart.

Whoever guesses at a name from elsewhere must not keep its owner out: a browser in which somebody logged in
before has tries of its own for that name (a device cookie).

Source: OWASP, Blocking Brute Force Attacks, "Device Cookies".
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta
from itertools import takewhile

from starlette.responses import Response

from digest.model.desk import AuditEntry
from digest.web.serving.limits import RateLimit
from digest.web.serving.peers import household
from digest.web.serving.request import Ask, Cookie, household_of
from digest.web.serving.state import Desk
from digest.words.speaking import later

LONGEST_NAME = 80
"""Characters of a name that count, and that the log keeps."""

KNOWN_S = 180 * 86_400
"""How long a browser is known, in seconds; each log-in begins it anew."""

REMEMBERED = 500
"""Lines of the log that are read at a start."""

REFUSED, BY_CODE, FROM = "login refused", later("by the second factor"), "from "
"""How the log tells of a failure, and of what kind."""

_KNOWN = re.compile(r"([\w-]{20,30})\.([0-9a-f]{64})")


def tried(ask: Ask, name: str) -> timedelta:
    """Count a try of the address, and of the name where there is one; return how long to wait, if at all.

    It counts until `succeeded` says that it was none: guesses made at the same moment count all.
    """
    limit, keys = ask.desk.limits.logins, _keys(ask, name)
    refused = [key for key in keys if not limit.take(key, now=ask.now)]
    for key in keys if refused else ():
        # Who may not try has not tried: the wait does not grow by asking.
        if key not in refused:
            limit.give_back(key)
    wait = max((limit.wait(key, now=ask.now) for key in refused), default=timedelta(0))
    ask.told_to_wait(wait)
    return wait


def succeeded(ask: Ask, name: str) -> None:
    """Take the try as none: an office behind one address logs in all morning."""
    limit = ask.desk.limits.logins
    for key in _keys(ask, name):
        if key[0] == "address":
            limit.give_back(key)
        else:
            limit.forget(key)


def know(ask: Ask, response: Response, name: str) -> None:
    """Let the browser show, next time, that this person logged in there before."""
    mark = secrets.token_urlsafe(18)
    value = f"{mark}.{_proof(ask.desk, name, mark)}"
    Cookie(ask.desk.access, "known").put(response, value, lasts_s=KNOWN_S)


def remember(limit: RateLimit, entries: Iterable[AuditEntry], *, since: datetime) -> None:
    """Count the failures that the log tells of, so that a restart forgives nobody.

    Args:
        entries: the newest first; what a known browser failed at counts for its name here.
    """
    for entry in reversed([*takewhile(lambda one: one.at > since, entries)]):
        if entry.action == "logged in":
            limit.forget(("name", entry.who))
            limit.forget(("code", entry.who))
        elif entry.action == REFUSED and entry.detail == BY_CODE:
            limit.take(("code", entry.who), now=entry.at)
        elif entry.action == REFUSED and entry.detail.startswith(FROM):
            limit.take(("name", entry.who), now=entry.at)
            limit.take(("address", household(entry.detail.removeprefix(FROM))), now=entry.at)


def _keys(ask: Ask, name: str) -> list[tuple[str, Hashable]]:
    known = _known(ask, name) if name else ""
    if known:
        return [("browser", known)]
    return [("address", household_of(ask.request)), *([("name", name[:LONGEST_NAME])] if name else [])]


def _known(ask: Ask, name: str) -> str:
    """Return the mark of a browser in which this person logged in before; empty where it is none."""
    read = _KNOWN.fullmatch(ask.request.cookies.get(Cookie(ask.desk.access, "known").name, ""))
    if read is None or not hmac.compare_digest(read[2], _proof(ask.desk, name, read[1])):
        return ""
    return read[1]


def _proof(desk: Desk, name: str, mark: str) -> str:
    key = desk.loaded.settings.site.secret_key.get_secret_value().encode()
    return hmac.digest(key, f"a known browser\0{mark}\0{name}".encode(), "sha256").hex()
