"""Comments on the stories of an edition: seen beside them by everybody at the desk, and in no mail."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.editions.display_width import several_lines
from digest.model import Edition
from digest.model.desk import Comment
from digest.storage.desk.talks import MOST_COMMENTS
from digest.web.desk.letter.findings import Finding
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.words.speaking import say

LONGEST = 2_000
"""Characters of one comment."""


def comment(ask: Ask) -> Response:
    """Keep a comment on a story of the edition; whoever may look may say something."""
    edition, about = ask.desk.edition(ask.key), ask.form.get("about", "")
    if about not in _headlines(edition):
        raise HTTPException(409, say("The story is not in the edition any more. Load the page again."))
    text = several_lines(ask.form.get("text", "")).strip()
    if not text:
        raise HTTPException(422, say("Write something first."))
    if len(text) > LONGEST:
        told = say("It has %(count)s characters, %(most)s at most.", count=len(text), most=LONGEST)
        raise HTTPException(422, told)
    talks = ask.desk.newsroom.database.talks
    if not talks.say(edition.key, about, text, who=ask.user.name, now=ask.now):
        told = say("The edition has %(count)s comments, and no more find room.", count=MOST_COMMENTS)
        raise HTTPException(409, told)
    ask.desk.note(ask.user.name, "commented", edition, detail=f"“{_headlines(edition)[about]}”")
    return RedirectResponse(f"{address(edition)}#talk-{quote(about)}", 303)


def settle(ask: Ask) -> Response:
    """Note that a comment is resolved, or that it is not; whoever may look may say so."""
    edition, number = ask.desk.edition(ask.key), int(ask.request.path_params["comment"])
    talks = ask.desk.newsroom.database.talks
    found = next((one for one in talks.comments(edition.key) if one.number == number), None)
    if found is None:
        raise HTTPException(404, say("There is no such comment."))
    is_again = ask.form.get("do") == "again"
    if is_again:
        done = talks.reopen(edition.key, number)
    else:
        done = talks.resolve(edition.key, number, who=ask.user.name, now=ask.now)
    if done:
        told = f"“{_headlines(edition).get(found.about, found.about)}”"
        if is_again:
            ask.desk.note(ask.user.name, "opened a comment again", edition, detail=told)
        else:
            ask.desk.note(ask.user.name, "resolved a comment", edition, detail=told)
    return RedirectResponse(f"{address(edition)}#talk-{quote(found.about)}", 303)


def findings(edition: Edition, comments: tuple[Comment, ...]) -> Iterator[Finding]:
    """Yield the stories that somebody said something of that nobody has settled."""
    for about, headline in _headlines(edition).items():
        count = sum(one.is_open and one.about == about for one in comments)
        if count:
            what = say("Open comments: %(count)s", count=count)
            text = say("“%(story)s”: %(what)s", story=headline, what=what)
            yield Finding(text, is_error=False, field=f"talk-{about}")


def _headlines(edition: Edition) -> dict[str, str]:
    return {str(item.article): item.headline for item in edition.items}
