"""A story of another day, put in today's draft."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from digest.errors import BadData, EditionConflict
from digest.model.desk import Role
from digest.web.desk.edits import made
from digest.web.desk.merging import Clash, origin_of
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.words.speaking import say

MOST_WORDS = 300


def reuse(ask: Ask) -> Response:
    """Put an article in the draft as the desk's own list would, or a story as an earlier edition told it.

    Back to the page it was asked from where it can't be, with the reason.
    """
    ask.require(Role.EDITOR)
    draft = ask.desk.edition(ask.key)
    sent = {
        "kind": "reuse" if ask.form.get("edition") else "add",
        "article": ask.form.get("article", ""),
        "edition": ask.form.get("edition", ""),
        "revision": draft.revision,
    }
    try:
        _, kept, said = made(ask, origin_of(sent), sent)
    except Clash:
        return _back(ask, say("Somebody else changed the draft at the same moment. Try once more."))
    except (BadData, EditionConflict) as error:
        return _back(ask, str(error))
    ask.desk.note(ask.user.name, "edited", kept, detail=said)
    return RedirectResponse(f"{address(kept)}#item-{sent['article']}", 303)


def _back(ask: Ask, problem: str) -> Response:
    place = f"/desk/look-back/{ask.key.newsletter}"
    return RedirectResponse(f"{place}?problem={quote(problem[:MOST_WORDS])}", 303)
