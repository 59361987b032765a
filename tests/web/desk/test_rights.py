"""Who may do what: every address of the desk that changes something, with the roles that it takes."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route

from digest.model.desk import Role
from digest.web.app import build
from tests.web.newsroom import KEY, Open

EDITOR, APPROVER, OPS, MANAGER = Role.EDITOR, Role.APPROVER, Role.OPS, Role.MANAGER
EDITION, NEWSLETTER = "/desk/editions/{newsletter}/{number}", "/desk/newsletters/{newsletter}"
DOORS = ("/desk/login", "/desk/session", "/desk/enter", "/desk/welcome", "/desk/oidc")
ANYBODY = frozenset(Role)
TAKES: dict[str, frozenset[Role]] = {
    "/desk/logout": ANYBODY,
    "/desk/me/password": ANYBODY,
    "/desk/me/address": ANYBODY,
    "/desk/me/language": ANYBODY,
    "/desk/me/factor": ANYBODY,
    "/desk/me/sessions": ANYBODY,
    **dict.fromkeys(
        (f"{EDITION}/left", f"{EDITION}/comments", f"{EDITION}/comments/{{comment:int}}"), ANYBODY
    ),
    **dict.fromkeys(
        (
            "/desk/people/find",
            "/desk/people/add",
            "/desk/people/bar",
            "/desk/people/export",
            "/desk/people/import",
            "/desk/people/import/{key}/columns",
            "/desk/people/import/{key}/confirm",
            "/desk/people/import/{key}/drop",
            "/desk/people/one/{id}/export",
            "/desk/people/one/{id}/{verb}",
            "/desk/people/segments",
            "/desk/people/segments/{name}/forget",
            "/desk/people/segments/{name}/readers",
            "/desk/team/invite",
            "/desk/team/change",
            f"{EDITION}/settle",
            f"{EDITION}/{{verb:str}}",
        ),
        frozenset({OPS}),
    ),
    **dict.fromkeys(
        (
            "/desk/looks",
            "/desk/newsletters/new",
            "/desk/newsletters/versions/{version:int}/back",
            NEWSLETTER,
            f"{NEWSLETTER}/pause",
            f"{NEWSLETTER}/draft",
            f"{NEWSLETTER}/{{listed}}",
            f"{NEWSLETTER}/{{listed}}/one",
        ),
        frozenset({MANAGER}),
    ),
    **dict.fromkeys(
        (
            f"{EDITION}/edits",
            f"{EDITION}/pictures",
            f"{EDITION}/leave-out",
            f"{EDITION}/ready",
            f"{EDITION}/reuse",
            "/desk/bookings/{newsletter}",
            "/desk/bookings/{newsletter}/{booking:int}",
            "/desk/bookings/{newsletter}/{booking:int}/picture",
        ),
        frozenset({EDITOR}),
    ),
    **dict.fromkeys((f"{EDITION}/time", f"{EDITION}/test"), frozenset({EDITOR, APPROVER})),
    **dict.fromkeys(
        (f"{EDITION}/approve", f"{EDITION}/withdraw", f"{EDITION}/cancel", f"{EDITION}/correct"),
        frozenset({APPROVER}),
    ),
}
"""What a POST to it takes; one role of these is enough."""

NEEDS_PASSWORD = {"/desk/me/password", "/desk/me/factor"}
"""These answer 403 to whoever does not know their own."""


def posts(opened: Open) -> set[str]:
    return {
        route.path
        for route in build(opened.desk).routes
        if isinstance(route, Route)
        and route.path.startswith("/desk/")
        and "POST" in (route.methods or ())
        and not route.path.startswith(DOORS)
    }


def filled(path: str) -> str:
    path = path.replace("{newsletter}", "morning").replace("{number}", str(KEY.day))
    path = path.replace("{listed}", "sections").replace("{verb:str}", "stop")
    return re.sub(r"\{[a-z]+\}", "none", re.sub(r"\{[a-z]+:int\}", "999", path))


def test_every_address_that_changes_something_stands_in_the_table(opened: Open) -> None:
    assert posts(opened) == set(TAKES)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: str(role or "none"))
def test_an_address_is_closed_to_all_roles_but_its_own(opened: Open, role: Role | None) -> None:
    before = opened.edition
    closed = {path for path, roles in TAKES.items() if roles is not ANYBODY and role not in roles}
    with opened.client("dara", [role] if role else []) as client:
        refused = {path for path in closed if client.post(filled(path)).status_code == 403}
        opened_to = {
            path
            for path in sorted(set(TAKES) - closed - NEEDS_PASSWORD - {"/desk/logout"})
            if client.post(filled(path)).status_code == 403
        }

    assert refused == closed
    assert opened_to == set()
    assert opened.edition == before or role in {APPROVER, EDITOR}


@pytest.mark.parametrize("where", ["query", "form"])
def test_looks_of_another_newsletter_are_nobodys_who_does_not_work_on_it(opened: Open, where: str) -> None:
    team = opened.desk.newsroom.database.team
    with opened.client() as client:
        assert client.get("/desk/looks", newsletter="morning").status_code == 200
        team.keep_newsletters("amina", frozenset({"sports"}))
        if where == "query":
            answer = client.get("/desk/looks", newsletter="morning")
        else:
            answer = client.post("/desk/looks", newsletter="morning", step="save", accent="#1c5a9b")

    assert answer.status_code == 404
    assert "accent" not in opened.desk.newsletters["morning"].theme
