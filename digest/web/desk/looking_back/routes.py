"""The addresses of looking back."""

from __future__ import annotations

from starlette.routing import Route

from digest.web.desk.looking_back import pages, reusing
from digest.web.serving.request import page

PLACE = "/desk/look-back/{newsletter}"

routes = [
    Route("/desk/look-back", page(pages.start)),
    Route(PLACE, page(pages.editions)),
    Route(PLACE + "/articles", page(pages.articles)),
    Route(PLACE + "/{number}", page(pages.edition)),
    Route(PLACE + "/{number}/mail", page(pages.mail)),
    Route("/desk/editions/{newsletter}/{number}/reuse", page(reusing.reuse), methods=["POST"]),
]
