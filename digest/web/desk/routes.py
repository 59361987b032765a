"""The addresses of the newsroom's pages: what takes a login, but for the pages about readers."""

from __future__ import annotations

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from digest.web.desk import (
    approving,
    correcting,
    editing,
    edits,
    findings,
    here,
    leaving_out,
    preview,
    records,
    results,
    today,
)
from digest.web.desk.bookings import routes as bookings
from digest.web.desk.letter import imaging
from digest.web.desk.letter import pictures as own_pictures
from digest.web.desk.looking_back import routes as looking_back
from digest.web.desk.looks import routes as looks
from digest.web.desk.newsletters import making, pages, parts, times, versions
from digest.web.desk.together import ready, talk
from digest.web.serving.request import page
from digest.web.serving.wording.script_words import STATIC

EDITION = "/desk/editions/{newsletter}/{number}"
NEWSLETTER = "/desk/newsletters/{newsletter}"
GET, POST = ["GET"], ["POST"]

routes = [
    Mount("/desk/static", StaticFiles(directory=STATIC), name="static"),
    Route("/desk", page(today.today)),
    Route("/desk/runs", page(records.runs)),
    Route("/desk/log", page(records.log)),
    Route("/desk/settings", page(records.settings)),
    *looking_back.routes,
    *looks.routes,
    *bookings.routes,
    Route("/desk/newsletters", page(pages.listing), methods=GET),
    Route("/desk/newsletters/new", page(making.form), methods=GET),
    Route("/desk/newsletters/new", page(making.make), methods=POST),
    Route("/desk/newsletters/versions", page(versions.versions), methods=GET),
    Route("/desk/newsletters/versions/{version:int}/back", page(versions.back), methods=POST),
    Route(NEWSLETTER, page(pages.newsletter), methods=GET),
    Route(NEWSLETTER, page(pages.save), methods=POST),
    Route(NEWSLETTER + "/pause", page(pages.pause), methods=POST),
    Route(NEWSLETTER + "/draft", page(pages.draft), methods=POST),
    Route(NEWSLETTER + "/{listed}/new", page(parts.new), methods=GET),
    Route(NEWSLETTER + "/{listed}/one", page(parts.part), methods=GET),
    Route(NEWSLETTER + "/{listed}/one", page(parts.save), methods=POST),
    Route(NEWSLETTER + "/{listed}", page(parts.add), methods=POST),
    Route("/desk/pictures/{name}", page(preview.picture)),
    Route(EDITION, page(editing.edition)),
    Route(EDITION + "/preview", page(preview.preview)),
    Route(EDITION + "/final", page(preview.final)),
    Route(EDITION + "/others", page(editing.others)),
    Route(EDITION + "/pictures", page(own_pictures.choices), methods=["GET"]),
    Route(EDITION + "/pictures", page(own_pictures.bring, most=imaging.MOST_BYTES), methods=["POST"]),
    Route(EDITION + "/leave-out", page(leaving_out.page), methods=["GET"]),
    Route(EDITION + "/leave-out", page(leaving_out.change), methods=["POST"]),
    Route(EDITION + "/here", here.here, methods=GET),
    Route(EDITION + "/left", page(here.left), methods=POST),
    Route(EDITION + "/revision", page(edits.revision)),
    Route(EDITION + "/current", page(edits.current)),
    Route(EDITION + "/edits", page(edits.edit), methods=["POST"]),
    Route(EDITION + "/checks", page(findings.checks)),
    Route(EDITION + "/approve", page(approving.approval), methods=["GET"]),
    Route(EDITION + "/approve", page(approving.approve), methods=["POST"]),
    Route(EDITION + "/ready", page(ready.ready), methods=POST),
    Route(EDITION + "/comments", page(talk.comment), methods=POST),
    Route(EDITION + "/comments/{comment:int}", page(talk.settle), methods=POST),
    Route(EDITION + "/time", page(times.move), methods=POST),
    Route(EDITION + "/withdraw", page(approving.withdraw), methods=["POST"]),
    Route(EDITION + "/cancel", page(approving.cancel), methods=["POST"]),
    Route(EDITION + "/test", page(approving.test), methods=["POST"]),
    Route(EDITION + "/results", page(results.results)),
    Route(EDITION + "/settle", page(records.settle), methods=["POST"]),
    Route(EDITION + "/correct", page(correcting.correction), methods=["GET"]),
    Route(EDITION + "/correct", page(correcting.correct), methods=["POST"]),
    Route(EDITION + "/{verb:str}", page(records.steer), methods=["POST"]),
]
