"""Who comes in, by what, and what a foreign page can't make a browser do."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import timedelta
from ipaddress import ip_network

import httpx
import pytest

from digest.model.desk import Role, User
from digest.web.serving.headers import PAGE_POLICY
from digest.web.serving.limits import RateLimit
from digest.web.serving.state import Access
from tests.journeys.desk import Folder
from tests.web.newsroom import DRAFTED, PAGE, PASSWORD, Open

SAME = {"sec-fetch-site": "same-origin", "accept": "text/html"}
PAGES = ("/desk", "/desk/runs", "/desk/people", "/desk/log", "/desk/settings", PAGE, f"{PAGE}/preview")


@pytest.mark.parametrize(
    "path", [*PAGES, f"{PAGE}/approve", f"{PAGE}/final", f"{PAGE}/others", f"{PAGE}/revision"]
)
def test_without_a_login_nothing_is_shown(opened: Open, path: str) -> None:
    html = httpx.get(opened.url + path, headers={"accept": "text/html"})
    data = httpx.get(opened.url + path)

    assert (html.status_code, html.headers["location"]) == (303, "/desk/login")
    assert data.status_code == 401


def test_name_and_password_let_in(opened: Open) -> None:
    answer = httpx.post(f"{opened.url}/desk/login", data={"name": "bo", "password": PASSWORD}, headers=SAME)

    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert httpx.get(f"{opened.url}/desk", cookies=dict(answer.cookies)).status_code == 200


def test_a_wrong_password_and_an_unknown_name_look_the_same_and_tries_run_out(opened: Open) -> None:
    def tried(name: str) -> httpx.Response:
        return httpx.post(
            f"{opened.url}/desk/login", data={"name": name, "password": "guess"}, headers=SAME
        )

    known, unknown = tried("bo"), tried("nobody")
    codes = [tried("bo").status_code for _ in range(9)]

    assert known.status_code == unknown.status_code == 403
    assert known.text.replace('value="bo"', "") == unknown.text.replace('value="nobody"', "")
    assert codes[-1] == 429
    refused = tried("bo")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 600
    opened.clock.forward(timedelta(minutes=11))
    right = {"name": "bo", "password": PASSWORD}
    assert httpx.post(f"{opened.url}/desk/login", data=right, headers=SAME).status_code == 303


def test_an_office_behind_one_address_logs_in_as_often_as_it_likes(opened: Open) -> None:
    right, wrong = {"name": "bo", "password": PASSWORD}, {"name": "cy", "password": "guess"}
    codes = [
        httpx.post(f"{opened.url}/desk/login", data=right, headers=SAME).status_code for _ in range(12)
    ]
    for _ in range(10):
        httpx.post(f"{opened.url}/desk/login", data=wrong, headers=SAME)
        opened.clock.forward(timedelta(seconds=30))
    late = httpx.post(f"{opened.url}/desk/login", data=wrong, headers=SAME)

    assert codes == [303] * 12
    # The first of ten failures is five minutes old.
    assert late.status_code == 429
    assert "Wait 5 minutes." in late.text
    assert late.headers["retry-after"] == "300"


def test_a_page_that_lies_open_is_told_who_is_logged_in(opened: Open) -> None:
    headers = SAME | {"accept": "application/json"}
    with httpx.Client(base_url=opened.url, headers=headers) as http:
        before = http.get("/desk/session").json()
        wrong = http.post("/desk/session", json={"name": "bo", "password": "guess"})
        told = http.post("/desk/session", json={"name": "bo", "password": PASSWORD}).json()
        again = http.get("/desk/session").json()

    assert before == {"user": "", "token": "", "may_edit": False}
    assert (wrong.status_code, "belong together" in wrong.json()["problem"]) == (403, True)
    assert told == again
    assert (told["user"], told["may_edit"], bool(told["token"])) == ("bo", True, True)


def test_a_one_time_link_works_once_and_not_by_looking(opened: Open) -> None:
    secret = opened.desk.logins.make_link(
        User("operator", frozenset(Role)), lasts=timedelta(minutes=15), now=opened.clock()
    )
    url = f"{opened.url}/desk/enter/{secret}"

    looked = [httpx.get(url).status_code for _ in range(3)]
    first, second = httpx.post(url, headers=SAME), httpx.post(url, headers=SAME)

    assert looked == [200, 200, 200]
    assert (first.status_code, second.status_code) == (303, 403)


def test_a_link_and_a_session_run_out(opened: Open) -> None:
    user = User("operator", frozenset(Role))
    secret = opened.desk.logins.make_link(user, lasts=timedelta(minutes=15), now=opened.clock())
    cookie = opened.cookie()

    opened.clock.forward(timedelta(hours=2))

    assert httpx.post(f"{opened.url}/desk/enter/{secret}", headers=SAME).status_code == 403
    assert httpx.get(f"{opened.url}/desk", cookies={"desk": cookie}).status_code == 401


def test_a_removed_user_is_out_at_once(opened: Open) -> None:
    cookie = opened.cookie("bo")

    opened.desk.logins.deactivate("bo")

    assert httpx.get(f"{opened.url}/desk", cookies={"desk": cookie}).status_code == 401


def test_roles_are_those_of_now_not_of_the_login(opened: Open) -> None:
    with opened.client("bo", [Role.EDITOR, Role.APPROVER, Role.OPS]) as client:
        assert client.post(f"{PAGE}/withdraw").status_code == 403


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        pytest.param({"sec-fetch-site": "cross-site"}, True, id="another site"),
        pytest.param({"sec-fetch-site": "same-site"}, True, id="a neighbor's subdomain"),
        pytest.param({"sec-fetch-site": "none"}, True, id="no page at all"),
        pytest.param({}, True, id="nothing tells"),
        pytest.param({"origin": "https://evil.example"}, True, id="an old browser elsewhere"),
        pytest.param({"origin": "null"}, True, id="an opaque origin"),
        pytest.param({"sec-fetch-site": "same-origin"}, False, id="no token"),
    ],
)
def test_a_forged_request_changes_nothing(opened: Open, headers: dict[str, str], *, token: bool) -> None:
    with opened.client() as client:
        form = {"csrf": client.token} if token else {"csrf": "x" * 43}
        answer = client.http.post("/desk/logout", data=form, headers=headers)

        assert answer.status_code == 403
        assert client.get("/desk").status_code == 200


def test_an_old_browser_on_our_own_page_is_let_through(opened: Open) -> None:
    with opened.client() as client:
        form = {"csrf": client.token}
        assert (
            client.http.post("/desk/logout", data=form, headers={"origin": opened.url}).status_code == 303
        )


def test_json_without_a_token_in_its_header_is_refused(opened: Open) -> None:
    with opened.client() as client:
        answer = client.http.post(
            f"{PAGE}/edits",
            json={"kind": "subject", "text": "x", "revision": 1, "csrf": client.token},
            headers={"sec-fetch-site": "same-origin"},
        )

    assert answer.status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_its_policy(opened: Open, path: str) -> None:
    with opened.client() as client:
        answer = client.get(path)

    policy = answer.headers["content-security-policy"]
    assert policy == PAGE_POLICY or ("sandbox" in policy and "script-src" not in policy)
    assert "unsafe-inline" not in policy or path.endswith("preview")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_no_page_of_ours_has_a_line_of_inline_code_or_style(opened: Open) -> None:
    with opened.client() as client:
        for path in (*PAGES[:-1], f"{PAGE}/approve", f"{PAGE}/checks", f"{PAGE}/results", "/desk/none"):
            page = client.get(path).text

            assert "<script>" not in page
            assert " style=" not in page
            assert "<style" not in page
            assert " onclick" not in page
            assert "http://" not in page.replace("http://www.w3.org", "")


def test_a_form_too_large_is_not_read(opened: Open) -> None:
    with opened.client() as client:
        assert client.post(f"{PAGE}/test", addresses="a" * 300_000).status_code == 413


def test_only_a_listed_proxy_can_say_who_somebody_is(opened: Open) -> None:
    headers = {"x-forwarded-user": "bo", "accept": "text/html"}
    unlisted = httpx.get(f"{opened.url}/desk/login", headers=headers)
    opened.desk.access = Access(opened.url, proxies=(ip_network("127.0.0.0/8"),))
    listed = httpx.get(f"{opened.url}/desk/login", headers=headers)
    stranger = httpx.get(f"{opened.url}/desk/login", headers=headers | {"x-forwarded-user": "eve"})

    assert unlisted.status_code == 200
    assert listed.status_code == 303
    assert httpx.get(f"{opened.url}/desk", cookies=dict(listed.cookies), headers=headers).status_code == 200
    assert stranger.status_code == 403


def test_the_log_refuses_to_be_changed(opened: Open) -> None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import DBAPIError

    opened.desk.note("amina", "tested")
    engine = create_engine(f"sqlite:///{opened.folder.root / 'digest.db'}")
    for statement in ("DELETE FROM audit_entry", "UPDATE audit_entry SET who = 'eve'"):
        with pytest.raises(DBAPIError, match="only grows"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()

    assert opened.desk.audit_log.entries()[0].who == "amina"


def test_tries_are_counted_by_key_and_forgotten_in_time() -> None:
    limit = RateLimit(2, timedelta(minutes=1))

    taken = [limit.take("a", now=DRAFTED) for _ in range(3)]

    assert taken == [True, True, False]
    assert limit.take("b", now=DRAFTED)
    assert limit.take("a", now=DRAFTED + timedelta(minutes=1))


def test_a_run_never_loads_the_desk(folder: Folder) -> None:
    code = (
        "import sys; from digest.cli.app import run;"
        "assert run(['run', 'morning', '--now', '2026-11-23T06:30:00+03:00']) == 10;"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('starlette', 'uvicorn', 'argon2') or name.startswith('digest.web')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder.root, capture_output=True, text=True, check=True
    )

    assert ast.literal_eval(done.stdout.strip().splitlines()[-1]) == []
