"""Coming in and going out: one-time links, names and passwords, a proxy's word."""

from __future__ import annotations

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.model.desk import User
from digest.storage.desk.team import FACTOR_LASTS
from digest.web.serving.accounts import factors
from digest.web.serving.accounts.passwords import matches
from digest.web.serving.limits import waiting
from digest.web.serving.request import Ask, Cookie, address_of, proxied_user
from digest.web.serving.state import SESSION_LASTS, Desk
from digest.web.signing_in.tries import BY_CODE, FROM, LONGEST_NAME, REFUSED, know, succeeded, tried
from digest.words.speaking import say

FACTOR = "factor"
"""What the cookie is for that waits for a second factor."""


def login(ask: Ask) -> Response:
    """Show the form, or let in whom a trusted proxy vouches for."""
    if ask.session is not None:
        return RedirectResponse("/desk", 303)
    named = proxied_user(ask.request, ask.desk.access)
    if named is None:
        return ask.page("login.html", problem="", name="")
    found = ask.desk.logins.find(named)
    if found is None:
        raise HTTPException(
            403, say("%(name)s has no account here. Ask whoever runs the desk for one.", name=named)
        )
    ask.desk.note(named, "logged in", detail="by the proxy's word")
    return let_in(ask.desk, found[0], now=ask.now)


def enter_by_password(ask: Ask) -> Response:
    """Check name and password; both wrong look the same, and take as long."""
    name = ask.form.get("name", "").strip()
    found, problem, code = checked(ask, name, ask.form.get("password", ""))
    if found is None:
        return ask.page("login.html", code=code, problem=problem, name=name)
    team = ask.desk.newsroom.database.team
    if not team.factor(found.name):
        ask.desk.note(found.name, "logged in", detail="by password")
        opened = let_in(ask.desk, found, now=ask.now)
        know(ask, opened, found.name)
        return opened
    response = ask.page("team/code.html", problem="")
    waits = team.await_factor(found.name, now=ask.now)
    Cookie(ask.desk.access, FACTOR).put(response, waits, lasts_s=int(FACTOR_LASTS.total_seconds()))
    return response


def enter_by_code(ask: Ask) -> Response:
    """Check the second factor of somebody whose password was right in this browser."""
    team, cookie = ask.desk.newsroom.database.team, Cookie(ask.desk.access, FACTOR)
    waits = ask.request.cookies.get(cookie.name, "")
    name = team.awaited(waits, now=ask.now) if waits else ""
    found = ask.desk.logins.find(name) if name else None
    if found is None:
        return ask.page("login.html", code=403, problem=say("That took too long. Begin again."), name="")
    problem, code = coded(ask, name, ask.form.get("code", ""))
    if problem:
        return ask.page("team/code.html", code=code, problem=problem)
    team.forget_awaited(waits)
    ask.desk.note(name, "logged in", detail="by password and code")
    response = let_in(ask.desk, found[0], now=ask.now)
    know(ask, response, name)
    cookie.drop(response)
    return response


def coded(ask: Ask, name: str, code: str) -> tuple[str, int]:
    """Take the code of a second factor; return why not, and the answer's status."""
    limit, key = ask.desk.limits.logins, ("code", name)
    if not limit.take(key, now=ask.now):
        wait = limit.wait(key, now=ask.now)
        ask.told_to_wait(wait)
        return say("Too many tries. %(wait)s", wait=waiting(wait)), 429
    if not factors.takes(ask.desk.newsroom.database.team, name, code, now=ask.now):
        ask.desk.note(name, REFUSED, detail=BY_CODE)
        return say("That code is not right, or was used before."), 403
    limit.forget(key)
    return "", 200


def checked(ask: Ask, name: str, password: str) -> tuple[User | None, str, int]:
    """Return who this is; else None, why not, and the answer's status."""
    wait = tried(ask, name)
    if wait:
        return None, say("Too many tries. %(wait)s Or ask for a one-time link.", wait=waiting(wait)), 429
    found = ask.desk.logins.find(name)
    if not matches(password, found[1] if found else None) or found is None:
        ask.desk.note(name[:LONGEST_NAME] or "nobody", REFUSED, detail=FROM + address_of(ask.request))
        return None, say("That name and password don’t belong together."), 403
    succeeded(ask, name)
    return found[0], "", 200


def link(ask: Ask) -> Response:
    """Show what a one-time link is for; following it alone spends nothing, for mail scanners do."""
    return ask.page("enter.html", secret=ask.request.path_params["secret"], problem="")


def enter_by_link(ask: Ask) -> Response:
    """Spend a one-time link."""
    secret = ask.request.path_params["secret"]
    problem = say("This link was used or has run out. Ask whoever runs the desk for a new one.")
    wait = tried(ask, "")
    if wait:
        told = say("Too many tries. %(wait)s", wait=waiting(wait))
        return ask.page("enter.html", code=429, secret=secret, problem=told)
    session = ask.desk.logins.use_link(secret, lasts=SESSION_LASTS, now=ask.now)
    opened = ask.desk.logins.session(session, now=ask.now) if session else None
    if session is None or opened is None:
        return ask.page("enter.html", code=403, secret=secret, problem=problem)
    succeeded(ask, "")
    ask.desk.note(opened.user.name, "logged in", detail="by one-time link")
    return _let_in(ask.desk, session)


def logout(ask: Ask) -> Response:
    """Forget the session here and in the browser."""
    cookie = Cookie(ask.desk.access)
    ask.desk.logins.close_session(ask.request.cookies.get(cookie.name, ""))
    ask.desk.note(ask.user.name, "logged out")
    response = RedirectResponse("/desk/login", 303)
    cookie.drop(response)
    return response


def let_in(desk: Desk, user: User, *, now: datetime) -> Response:
    """Open a session and send the browser to Today."""
    return _let_in(desk, desk.logins.open_session(user, lasts=SESSION_LASTS, now=now))


def _let_in(desk: Desk, secret: str) -> Response:
    response = RedirectResponse("/desk", 303)
    Cookie(desk.access).put(response, secret, lasts_s=int(SESSION_LASTS.total_seconds()))
    return response
