"""The addresses of the looks."""

from __future__ import annotations

from starlette.routing import Route

from digest.web.desk.looks import pages
from digest.web.serving.request import page

routes = [
    Route("/desk/looks", page(pages.looks), methods=["GET"]),
    Route("/desk/looks", page(pages.tried), methods=["POST"]),
]
