"""The addresses where people come in and go out."""

from __future__ import annotations

from starlette.routing import Route

from digest.web.serving.request import page
from digest.web.signing_in import login, oidc, session
from digest.web.signing_in.oidc import BACK

routes = [
    Route("/desk/login", page(login.login, is_open=True), methods=["GET"]),
    Route("/desk/login", page(login.enter_by_password, is_open=True), methods=["POST"]),
    Route("/desk/login/code", page(login.enter_by_code, is_open=True), methods=["POST"]),
    Route("/desk/session", page(session.session, is_open=True), methods=["GET"]),
    Route("/desk/session", page(session.enter, is_open=True), methods=["POST"]),
    Route("/desk/enter/{secret}", page(login.link, is_open=True), methods=["GET"]),
    Route("/desk/enter/{secret}", page(login.enter_by_link, is_open=True), methods=["POST"]),
    Route("/desk/oidc/login", page(oidc.leave, is_open=True), methods=["GET"]),
    Route(BACK, page(oidc.back, is_open=True), methods=["GET"]),
    Route("/desk/logout", page(login.logout), methods=["POST"]),
]
