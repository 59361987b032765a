"""The addresses about the people of the desk."""

from __future__ import annotations

from starlette.routing import Route

from digest.web.serving.request import page
from digest.web.team import own, people

routes = [
    Route("/desk/me", page(own.me), methods=["GET"]),
    Route("/desk/me/password", page(own.password), methods=["POST"]),
    Route("/desk/me/address", page(own.address), methods=["POST"]),
    Route("/desk/me/language", page(own.language), methods=["POST"]),
    Route("/desk/me/factor", page(own.factor), methods=["POST"]),
    Route("/desk/me/sessions", page(own.end), methods=["POST"]),
    Route("/desk/team", page(people.team), methods=["GET"]),
    Route("/desk/team/invite", page(people.invite), methods=["POST"]),
    Route("/desk/team/change", page(people.change), methods=["POST"]),
    Route("/desk/welcome/{secret}", page(people.welcome, is_open=True), methods=["GET"]),
    Route("/desk/welcome/{secret}", page(people.join, is_open=True), methods=["POST"]),
]
