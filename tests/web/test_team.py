"""People of the desk over HTTP: invitations, rights by newsletter, passwords, second factors, sessions."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pyotp
import pytest

from digest.model.desk import Role, User
from digest.web.app import build
from digest.web.serving.accounts.devices import device_of
from digest.web.serving.accounts.factors import step_of
from digest.web.serving.accounts.passwords import hashed
from tests.web.newsroom import DRAFTED, KEY, PASSWORD, Client, Open

OURS = {"sec-fetch-site": "same-origin", "accept": "text/html"}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "gulls above the ferry"


def restrict(opened: Open, name: str, *newsletters: str) -> None:
    opened.desk.newsroom.database.team.keep_newsletters(name, frozenset(newsletters))


def log_in(http: httpx.Client, name: str, password: str = PASSWORD) -> httpx.Response:
    return http.post("/desk/login", data={"name": name, "password": password}, headers=OURS)


def code_at(opened: Open, after_s: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(opened.clock() + timedelta(seconds=after_s))


def with_factor(opened: Open, name: str = "bo", *codes: str) -> None:
    opened.desk.newsroom.database.team.keep_factor(name, SECRET, codes)


def invite(client: Client, name: str, **more: str) -> str:
    page = client.post("/desk/team/invite", name=name, **more).text
    found = re.search(r"/desk/welcome/[\w-]+", page)
    assert found, page
    return found[0]


def test_somebody_is_invited_and_comes_in_once(opened: Open) -> None:
    with opened.client() as client:
        place = invite(client, "Dara", **{"role-editor": "1", "newsletter-morning": "1"})
        assert "Dara" in client.get("/desk/team").text

    with httpx.Client(base_url=opened.url, timeout=60) as http:
        shown = http.get(place, headers=OURS).text
        short = http.post(place, data={"password": "short"}, headers=OURS)
        came = http.post(place, data={"password": NEW}, headers=OURS)
        today = http.get("/desk", headers=OURS)
    with httpx.Client(base_url=opened.url, timeout=60) as http:
        again = http.post(place, data={"password": NEW}, headers=OURS)

    assert "amina asks you to the desk, as Dara" in shown
    assert (short.status_code, came.status_code, today.status_code) == (422, 303, 200)
    assert again.status_code == 403
    found = opened.desk.logins.find("Dara")
    assert found is not None
    assert found[0] == User("Dara", frozenset({Role.EDITOR}), frozenset({"morning"}))


def test_an_invitation_ends_by_time_by_hand_and_by_another_one(opened: Open) -> None:
    with opened.client() as client:
        first, second = invite(client, "Dara"), invite(client, "Dara")
        taken_back = invite(client, "Efe")
        client.post("/desk/team/change", name="Efe", do="void")
        given = {"password": NEW, "csrf": client.token}
        codes = [
            client.http.post(place, data=given, headers=OURS).status_code for place in (first, taken_back)
        ]
    opened.clock.forward(timedelta(days=3, seconds=1))
    with httpx.Client(base_url=opened.url, timeout=60) as http:
        late = http.post(second, data={"password": NEW}, headers=OURS)

    assert (codes, late.status_code) == ([403, 403], 403)


@pytest.mark.parametrize("path", ["/desk/team", "/desk/team/invite", "/desk/team/change"])
def test_the_team_is_changed_by_who_runs_the_desk_alone(opened: Open, path: str) -> None:
    with opened.client("bo", [Role.EDITOR]) as client:
        answer = client.get(path) if path == "/desk/team" else client.post(path, name="cy", do="remove")

    assert answer.status_code == 403
    assert opened.desk.logins.find("cy") is not None


def test_rights_are_changed_and_nobody_changes_their_own(opened: Open) -> None:
    with opened.client() as client:
        client.post("/desk/team/change", name="bo", do="rights", **{"role-approver": "1", "whole": "1"})
        own = client.post("/desk/team/change", name="amina", do="remove")
        client.post("/desk/team/change", name="cy", do="remove")

    found = opened.desk.logins.find("bo")
    assert found is not None
    assert found[0] == User("bo", frozenset({Role.APPROVER}))
    assert own.status_code == 409
    assert opened.desk.logins.find("cy") is None


ABOUT_ALL = ("/desk/people", "/desk/settings", "/desk/log", "/desk/team", "/desk/newsletters")
DOORS = ("/desk/login", "/desk/logout")


def routes(opened: Open) -> list[tuple[str, str]]:
    """Return every address of the desk that names a newsletter or is about all, with its methods."""
    found = []
    for route in build(opened.desk).routes:
        path = getattr(route, "path", "")
        if path.startswith(DOORS) or not ("{newsletter}" in path or path.startswith(ABOUT_ALL)):
            continue
        if path.startswith("/desk/"):
            filled = path.replace("{newsletter}", "morning").replace("{number}", str(KEY.day))
            filled = re.sub(r"\{[a-z]+(:str)?\}", "stop", filled)
            methods = getattr(route, "methods", None) or ()
            found += [(method, filled) for method in sorted(set(methods) - {"HEAD"})]
    return found


def test_who_works_on_another_newsletter_meets_this_one_at_no_address(opened: Open) -> None:
    restrict(opened, "amina", "sports")
    every = routes(opened)
    before = opened.edition
    with opened.client() as client:
        answers = {
            (method, path): (client.get(path) if method == "GET" else client.post(path)).status_code
            for method, path in every
        }
        today, runs = client.get("/desk").text, client.get("/desk/runs").text
        stream = client.http.get(
            f"/desk/editions/morning/{KEY.day}/here", headers={"accept": "text/event-stream"}
        )

    assert len(every) > 40
    assert set(answers.values()) <= {403, 404}, {key: code for key, code in answers.items() if code < 403}
    assert before.subject not in today + runs
    assert stream.status_code == 404
    assert opened.edition == before


def test_who_works_on_this_newsletter_works_on_it_as_ever(opened: Open) -> None:
    restrict(opened, "amina", "morning")
    with opened.client() as client:
        today = client.get("/desk").text
        edited = client.edit("subject", text="Another subject")

    assert edited.status_code == 200
    assert opened.edition.subject == "Another subject"
    assert "/desk/people" not in today


def test_a_password_is_changed_by_who_knows_it_and_other_sessions_end(opened: Open) -> None:
    other = opened.cookie("bo", [Role.EDITOR])
    with opened.client("bo") as client:
        wrong = client.post("/desk/me/password", password="not it", new=NEW)
        short = client.post("/desk/me/password", password=PASSWORD, new="short")
        done = client.post("/desk/me/password", password=PASSWORD, new=NEW)
        still = client.get("/desk/me")
    with httpx.Client(base_url=opened.url, timeout=60) as http:
        codes = [log_in(http, "bo", PASSWORD).status_code, log_in(http, "bo", NEW).status_code]

    assert [one.status_code for one in (wrong, short, done, still)] == [403, 422, 200, 200]
    assert codes == [403, 303]
    assert opened.desk.logins.session(other, now=opened.clock()) is None


def test_a_second_factor_is_asked_for_and_each_code_is_taken_once(opened: Open) -> None:
    with opened.client("bo") as client:
        page = client.get("/desk/me").text
        found = re.search(r'name="secret" value="(\w{32})"', page)
        assert found
        assert "<svg" in page
        code = pyotp.TOTP(found[1]).at(opened.clock())
        wrong = client.post("/desk/me/factor", password=PASSWORD, secret=found[1], code="000000")
        begun = client.post("/desk/me/factor", password=PASSWORD, secret=found[1], code=code).text
    recovery = re.findall(r"<li><code>(\w{10})</code>", begun)

    def enter(given: str) -> int:
        with httpx.Client(base_url=opened.url, timeout=60) as http:
            assert "authenticator" in log_in(http, "bo").text
            assert http.get("/desk", headers=OURS).status_code == 303
            return http.post("/desk/login/code", data={"code": given}, headers=OURS).status_code

    assert wrong.status_code == 422
    assert len(recovery) == 10
    assert enter(code) == 403, "the code that began it is spent"
    assert enter(recovery[0].upper()) == 303
    assert enter(recovery[0]) == 403
    opened.clock.forward(timedelta(seconds=30))
    later = pyotp.TOTP(found[1]).at(opened.clock())
    assert (enter(later), enter(later)) == (303, 403)


@pytest.mark.parametrize(
    ("drift_s", "is_near"), [(0, True), (-30, True), (30, True), (-60, False), (60, False)]
)
def test_a_clock_may_be_one_step_early_or_late(drift_s: int, is_near: bool) -> None:
    code = pyotp.TOTP(SECRET).at(DRAFTED + timedelta(seconds=drift_s))

    assert (step_of(SECRET, code, now=DRAFTED) is not None) is is_near


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "x" * 900, "１２３４５６"])
def test_what_is_no_code_is_of_no_step(code: str) -> None:
    assert step_of(SECRET, code, now=DRAFTED) is None


def test_guesses_of_a_code_are_few(opened: Open) -> None:
    with_factor(opened)
    with httpx.Client(base_url=opened.url, timeout=60) as http:
        log_in(http, "bo")
        codes = [
            http.post("/desk/login/code", data={"code": f"00000{number % 10}"}, headers=OURS).status_code
            for number in range(12)
        ]

    assert codes[-1] == 429
    assert 303 not in codes


def test_the_log_in_over_a_page_asks_for_the_second_factor_too(opened: Open) -> None:
    with_factor(opened)
    told = {"name": "bo", "password": PASSWORD}
    with httpx.Client(base_url=opened.url, timeout=60) as http:
        first = http.post("/desk/session", json=told, headers=OURS)
        before = opened.desk.audit_log.entries()
        second = http.post("/desk/session", json={**told, "code": code_at(opened)}, headers=OURS)

    assert (first.status_code, first.json()["needs_code"]) == (403, True)
    assert (second.status_code, second.json()["user"]) == (200, "bo")
    assert before == (), "nobody is logged in by half"
    after = opened.desk.audit_log.entries()[0]
    assert (after.who, after.action, after.detail) == ("bo", "logged in", "by password and code")


def test_a_second_factor_ends_by_its_owner_or_by_who_runs_the_desk(opened: Open) -> None:
    team = opened.desk.newsroom.database.team
    with_factor(opened, "bo", "abc")
    with opened.client("bo") as client:
        client.post("/desk/me/factor", password=PASSWORD, do="end")
    own = team.profile("bo")
    with_factor(opened, "bo", "abc")
    with opened.client() as client:
        client.post("/desk/team/change", name="bo", do="factor")

    assert (own.has_factor, own.codes_left) == (False, 0)
    assert not team.profile("bo").has_factor


def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once(opened: Open) -> None:
    for agent in ("Mozilla/5.0 (X11; Linux) Firefox/140.0", "Mozilla/5.0 (iPhone) Safari/604.1"):
        with httpx.Client(base_url=opened.url, timeout=60, headers={"user-agent": agent}) as http:
            log_in(http, "bo")
            http.get("/desk", headers=OURS)
    with opened.client("bo") as client:
        page = client.get("/desk/me").text
        there = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
        client.post("/desk/me/sessions", session=there[0])
        left = client.get("/desk/me").text
        client.post("/desk/me/sessions", session="all")

    assert "Firefox · Linux" in page
    assert "Safari · iPhone" in page
    assert len(there) == 2
    assert left.count("Log out there</button>") == 1
    assert opened.desk.logins.visits("bo", now=opened.clock()) == ()


def test_nobody_ends_the_session_of_another(opened: Open) -> None:
    opened.cookie("cy")
    (theirs,) = opened.desk.logins.visits("cy", now=opened.clock())
    with opened.client("bo") as client:
        client.post("/desk/me/sessions", session=theirs.digest)

    assert len(opened.desk.logins.visits("cy", now=opened.clock())) == 1


@pytest.mark.parametrize("agent", ["", "curl/8", "x" * 5_000, "\x7f<script>"])
def test_a_browser_that_says_nothing_known_has_no_device(agent: str) -> None:
    assert device_of(agent) == ""


def test_a_name_that_is_taken_meanwhile_spends_no_invitation_of_another(opened: Open) -> None:
    with opened.client() as client:
        place = invite(client, "Dara")
    opened.desk.logins.keep_user(User("Dara", frozenset()), hashed(PASSWORD), now=opened.clock())
    with httpx.Client(base_url=opened.url, timeout=60) as http:
        answer = http.post(place, data={"password": NEW}, headers=OURS)

    assert answer.status_code == 403
