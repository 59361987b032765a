"""The addresses of bookings."""

from __future__ import annotations

from starlette.routing import Route

from digest.web.desk.bookings import pages
from digest.web.desk.letter import imaging
from digest.web.serving.request import page

ONE = "/desk/bookings/{newsletter}/{booking:int}"

routes = [
    Route("/desk/bookings", page(pages.listing), methods=["GET"]),
    Route("/desk/bookings/{newsletter}", page(pages.new), methods=["GET"]),
    Route("/desk/bookings/{newsletter}", page(pages.make), methods=["POST"]),
    Route(ONE, page(pages.booking), methods=["GET"]),
    Route(ONE, page(pages.change), methods=["POST"]),
    Route(f"{ONE}/picture", page(pages.upload, most=imaging.MOST_BYTES), methods=["POST"]),
]
