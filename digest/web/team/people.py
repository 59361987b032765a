"""Who works at the desk: asked to come, given roles and newsletters, let in no more."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.model.desk import Role, User
from digest.web.serving.accounts.passwords import MIN_LENGTH, hashed
from digest.web.serving.request import Ask, Cookie
from digest.web.serving.state import SESSION_LASTS
from digest.web.team import mailing
from digest.words.speaking import say
from subscribers.errors import InvalidAddress

PLACE = "/desk/team"
LONGEST_NAME = 80


def team(ask: Ask) -> Response:
    """Show who works here, and who was asked."""
    ask.require(Role.OPS)
    return _shown(ask)


def invite(ask: Ask) -> Response:
    """Ask somebody to come: by a link that works once, mailed where it can be, else shown once."""
    ask.require(Role.OPS)
    name = " ".join(ask.form.get("name", "").split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return _shown(ask, say("Give the person a name of at most 80 characters."), code=422)
    if ask.desk.logins.find(name) is not None:
        return _shown(ask, say("%(name)s works here already.", name=name), code=409)
    try:
        address = mailing.typed(ask.form.get("address", ""))
    except InvalidAddress as error:
        return _shown(ask, str(error), code=422)
    user = User(name, _roles(ask), _newsletters(ask))
    team = ask.desk.newsroom.database.team
    secret = team.invite(user, by=ask.user.name, now=ask.now, address=address.address if address else "")
    ask.desk.note(ask.user.name, "invited", detail=f"{name}: {_told(user)}")
    link = f"{ask.desk.access.url}/desk/welcome/{secret}"
    problem = mailing.invited(ask, name, address, link) if address else None
    if address and not problem:
        return _shown(ask, told=_on_its_way(name, address.address))
    return _shown(ask, link=link, invited=name, unmailed=problem or "")


def _on_its_way(name: str, address: str) -> str:
    return say("The invitation of %(name)s is on its way to %(address)s.", name=name, address=address)


def change(ask: Ask) -> Response:
    """Give somebody other roles or newsletters, take their second factor off, or let them in no more."""
    ask.require(Role.OPS)
    name, verb = ask.form.get("name", ""), ask.form.get("do", "")
    database = ask.desk.newsroom.database
    if verb == "void":
        if database.team.take_back(name):
            ask.desk.note(ask.user.name, "took an invitation back", detail=name)
        return RedirectResponse(PLACE, 303)
    found = ask.desk.logins.find(name)
    if found is None:
        raise HTTPException(404)
    if name == ask.user.name:
        return _shown(ask, say("Nobody changes their own rights: ask somebody else who may."), code=409)
    if verb == "remove":
        ask.desk.logins.deactivate(name)
        ask.desk.note(ask.user.name, "lets in no more", detail=name)
    elif verb == "factor":
        database.team.keep_factor(name, "", ())
        ask.desk.logins.end(name)
        ask.desk.note(ask.user.name, "took a second factor off", detail=name)
    else:
        try:
            address = mailing.typed(ask.form["address"]) if "address" in ask.form else None
        except InvalidAddress as error:
            return _shown(ask, str(error), code=422)
        user = User(name, _roles(ask), _newsletters(ask))
        if "address" in ask.form:
            database.team.keep_address(name, address.address if address else "")
        ask.desk.logins.change_roles(user)
        database.team.keep_newsletters(name, user.newsletters)
        ask.desk.note(ask.user.name, "changed rights", detail=f"{name}: {_told(user)}")
    return RedirectResponse(PLACE, 303)


def welcome(ask: Ask) -> Response:
    """Show an invitation; following it alone spends nothing, for mail scanners do."""
    secret = ask.request.path_params["secret"]
    found = ask.desk.newsroom.database.team.invited(secret, now=ask.now)
    return ask.page("team/welcome.html", secret=secret, invitation=found, problem="", least=MIN_LENGTH)


def join(ask: Ask) -> Response:
    """Choose a password and come in; the invitation is spent."""
    secret, password = ask.request.path_params["secret"], ask.form.get("password", "")[:200]
    store = ask.desk.newsroom.database.team
    found = store.invited(secret, now=ask.now)
    if found is not None and len(password) < MIN_LENGTH:
        problem = say("A password has at least %(count)s characters.", count=MIN_LENGTH)
        values = {"secret": secret, "invitation": found, "problem": problem, "least": MIN_LENGTH}
        return ask.page("team/welcome.html", values, code=422)
    is_taken = found is not None and ask.desk.logins.find(found.user.name) is not None
    if found is None or is_taken or store.accept(secret, now=ask.now) is None:
        values = {"secret": secret, "invitation": None, "problem": "", "least": MIN_LENGTH}
        return ask.page("team/welcome.html", values, code=403)
    ask.desk.logins.keep_user(found.user, hashed(password), now=ask.now)
    ask.desk.note(found.user.name, "joined", detail=f"invited by {found.made_by}")
    opened = ask.desk.logins.open_session(found.user, lasts=SESSION_LASTS, now=ask.now)
    response = RedirectResponse("/desk", 303)
    Cookie(ask.desk.access).put(response, opened, lasts_s=int(SESSION_LASTS.total_seconds()))
    return response


def _roles(ask: Ask) -> frozenset[Role]:
    return frozenset(role for role in Role if ask.form.get(f"role-{role.value}"))


def _newsletters(ask: Ask) -> frozenset[str] | None:
    """Return the chosen newsletters; None, for all, where every one is meant, those to come too."""
    if ask.form.get("whole"):
        return None
    return frozenset(key for key in ask.desk.newsletters if ask.form.get(f"newsletter-{key}"))


def _told(user: User) -> str:
    roles = ", ".join(sorted(user.roles)) or say("may look")
    where = (
        say("all newsletters")
        if user.newsletters is None
        else ", ".join(sorted(user.newsletters)) or "none"
    )
    return f"{roles}; {where}"


def _shown(
    ask: Ask,
    problem: str = "",
    *,
    code: int = 200,
    link: str = "",
    invited: str = "",
    told: str = "",
    unmailed: str = "",
) -> Response:
    database = ask.desk.newsroom.database
    ask.request.state.is_stored = bool(link or told)
    users = ask.desk.logins.users()
    seen = {one.name: ask.desk.logins.visits(one.name, now=ask.now) for one in users}
    return ask.page(
        "team/team.html",
        code=code,
        problem=problem,
        place=link,
        invited=invited,
        told=told,
        unmailed=unmailed,
        can_mail=mailing.can_mail(ask),
        addresses={one.name: database.team.address(one.name) for one in users},
        people=[(one, database.team.profile(one.name), seen[one.name]) for one in users],
        invitations=database.team.invitations(now=ask.now),
        newsletters=ask.desk.newsletters,
        zone=ask.desk.zone,
    )
