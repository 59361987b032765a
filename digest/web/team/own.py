"""One's own account: password, second factor, sessions."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.web.serving.accounts import factors
from digest.web.serving.accounts.passwords import MIN_LENGTH, hashed, matches
from digest.web.serving.limits import refused
from digest.web.serving.request import Ask
from digest.web.team import mailing
from digest.words.speaking import say
from subscribers.errors import InvalidAddress

PLACE = "/desk/me"


def me(ask: Ask) -> Response:
    """Show one's own account."""
    return _shown(ask)


def password(ask: Ask) -> Response:
    """Change one's password; every other session ends."""
    fresh = ask.form.get("new", "")
    if not _is_known(ask):
        return _shown(ask, say("That is not your password."), code=403)
    if len(fresh) < MIN_LENGTH:
        return _shown(ask, say("A password has at least %(count)s characters.", count=MIN_LENGTH), code=422)
    logins = ask.desk.logins
    logins.change_password(ask.user.name, hashed(fresh[:200]))
    logins.end(ask.user.name, but=_own(ask))
    ask.desk.note(ask.user.name, "changed their password")
    return _shown(ask, done=say("Your password is changed, and you are logged out everywhere else."))


def language(ask: Ask) -> Response:
    """Let the desk speak another language to this person from now on; the browser's, where none is named.

    Raises:
        HTTPException: the desk does not speak it.
    """
    wanted = ask.form.get("language", "")
    if wanted and wanted not in ask.desk.tongues:
        raise HTTPException(400, say("The page is too old. Load it again."))
    ask.desk.newsroom.database.team.keep_language(ask.user.name, wanted)
    return RedirectResponse(PLACE, 303)


def address(ask: Ask) -> Response:
    """Say where mail reaches oneself, or nowhere."""
    try:
        given = mailing.typed(ask.form.get("address", ""))
    except InvalidAddress as error:
        return _shown(ask, str(error), code=422)
    ask.desk.newsroom.database.team.keep_address(ask.user.name, given.address if given else "")
    ask.desk.note(ask.user.name, "changed their address")
    return _shown(
        ask, done=say("Mail reaches you there from now on.") if given else say("You get no mail any more.")
    )


def factor(ask: Ask) -> Response:
    """Begin with a second factor, once its first code is right; or end with it."""
    if not _is_known(ask):
        return _shown(ask, say("That is not your password."), code=403)
    team, name = ask.desk.newsroom.database.team, ask.user.name
    if ask.form.get("do") == "end":
        team.keep_factor(name, "", ())
        ask.desk.note(name, "ended their second factor")
        return _shown(ask, done=say("You log in by your password alone now."))
    secret = ask.form.get("secret", "")
    if not (len(secret) == 32 and secret.isalnum() and secret.isascii() and secret.isupper()):
        raise HTTPException(400, say("The page is too old. Load it again."))
    step = factors.step_of(secret, ask.form.get("code", ""), now=ask.now)
    if step is None:
        return _shown(
            ask, say("That is not the code of this moment. Try the next one."), code=422, secret=secret
        )
    codes = factors.new_codes()
    team.keep_factor(name, secret, codes, step=step)
    ask.desk.logins.end(name, but=_own(ask))
    ask.desk.note(name, "began with a second factor")
    return _shown(ask, codes=codes)


def end(ask: Ask) -> Response:
    """End one of one's sessions, or all of them."""
    which = ask.form.get("session", "")
    if which == "all":
        ask.desk.logins.end(ask.user.name)
        ask.desk.note(ask.user.name, "logged out everywhere")
        return RedirectResponse("/desk/login", 303)
    if ask.desk.logins.end(ask.user.name, which or "none"):
        ask.desk.note(ask.user.name, "ended a session")
    return RedirectResponse(PLACE, 303)


def _own(ask: Ask) -> str:
    return ask.session.digest if ask.session else ""


def _is_known(ask: Ask) -> bool:
    """Tell whether the form holds one's password; guesses count as those of a log-in.

    Raises:
        HTTPException: too many were wrong.
    """
    key = ("own password", ask.user.name)
    limit = ask.desk.limits.logins
    if not limit.take(key, now=ask.now):
        raise refused(say("Too many tries."), limit.wait(key, now=ask.now))
    found = ask.desk.logins.find(ask.user.name)
    if found is None or not matches(ask.form.get("password", "")[:200], found[1]):
        return False
    limit.forget(key)
    return True


def _shown(
    ask: Ask,
    problem: str = "",
    *,
    code: int = 200,
    done: str = "",
    secret: str = "",
    codes: tuple[str, ...] = (),
) -> Response:
    name = ask.user.name
    ask.request.state.is_stored = bool(done)
    profile = ask.desk.newsroom.database.team.profile(name)
    secret = "" if profile.has_factor else secret or factors.new_secret()
    address = factors.address_of(secret, name, ask.desk.newsroom.site.name) if secret else ""
    return ask.page(
        "team/me.html",
        code=code,
        problem=problem,
        done=done,
        profile=profile,
        secret=secret,
        picture=Markup(factors.picture_of(address)) if address else "",  # noqa: S704 - made by us
        codes=codes,
        visits=ask.desk.logins.visits(name, now=ask.now),
        own=_own(ask),
        has_password=ask.desk.logins.find(name) is not None,
        least=MIN_LENGTH,
        address=ask.desk.newsroom.database.team.address(name),
        zone=ask.desk.zone,
    )
