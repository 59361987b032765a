"""Who is logged in, for pages that lie open, and a way back in that leaves the page where it is."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from digest.model.desk import DeskSession, Role
from digest.web.serving.request import Ask, Cookie
from digest.web.serving.state import SESSION_LASTS
from digest.web.signing_in.login import checked, coded
from digest.web.signing_in.tries import know
from digest.words.speaking import say


def session(ask: Ask) -> Response:
    """Tell who is logged in, and what their changes must carry."""
    return JSONResponse(_told(ask.session))


def enter(ask: Ask) -> Response:
    """Log in by name and password, and tell the same."""
    sent = ask.sent
    name, password = (str(sent.get(field, ""))[:200] for field in ("name", "password"))
    user, problem, code = checked(ask, name.strip(), password)
    if user is None:
        return JSONResponse({"problem": problem}, code, ask.wait_of(code))
    has_factor = bool(ask.desk.newsroom.database.team.factor(user.name))
    if has_factor:
        given = str(sent.get("code", ""))[:40]
        problem, code = coded(ask, user.name, given) if given else (say("The code, please."), 403)
        if problem:
            return JSONResponse({"problem": problem, "needs_code": True}, code, ask.wait_of(code))
    ask.desk.note(user.name, "logged in", detail="by password and code" if has_factor else "by password")
    secret = ask.desk.logins.open_session(user, lasts=SESSION_LASTS, now=ask.now)
    response = JSONResponse(_told(ask.desk.logins.session(secret, now=ask.now)))
    Cookie(ask.desk.access).put(response, secret, lasts_s=int(SESSION_LASTS.total_seconds()))
    know(ask, response, user.name)
    return response


def _told(known: DeskSession | None) -> dict[str, object]:
    return {
        "user": known.user.name if known else "",
        "token": known.csrf if known else "",
        "may_edit": known is not None and known.user.may(Role.EDITOR),
    }
