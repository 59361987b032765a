"""A correction at the desk: pick the wrong item, write what is right, see who gets it, send."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import HTMLResponse, RedirectResponse, Response

from digest.day import correcting, job, readership
from digest.editions.corrections import corrected, original_of, refuse_while_leaving, set_right
from digest.errors import BadData, DigestError, EditionConflict
from digest.model import Edition, EditionState, Item
from digest.model.desk import Correction, Role
from digest.web.desk import preview
from digest.web.desk.views import address
from digest.web.serving.headers import MAIL_POLICY
from digest.web.serving.request import Ask
from digest.words.speaking import say


def correction(ask: Ask, status: int = 200, problem: str = "") -> Response:
    """Show the edition's items, and how many readers a correction would reach."""
    edition = ask.desk.edition(ask.key)
    parts = ask.desk.parts(edition.key.newsletter)
    can = edition.state in {EditionState.DISPATCHING, EditionState.CLOSED} and not original_of(edition.key)
    count = (
        parts.ledger.count(
            parts.readers.recipients(edition.key, readership.of(parts, edition.key).readers.audience)
        )
        if can
        else 0
    )
    leaving = _leaving(ask, edition) if can else ""
    return ask.page(
        "correct.html",
        code=status,
        edition=_right(ask, edition),
        newsletter=parts.newsletter,
        zone=parts.newsletter.schedule.zone,
        address=address(edition),
        can_correct=can,
        count=count,
        leaving=leaving if leaving != problem else "",
        can_send=bool(count) and not leaving,
        corrections=[
            (one, address(ask.desk.edition(one.told_by)), ask.desk.ledger.tally(one.told_by).sent)
            for one in ask.desk.history.corrections(edition.key)
        ],
        mark=correcting.mark_of(edition),
        given=ask.form if status != 200 else {},
        problem=problem,
    )


def _leaving(ask: Ask, edition: Edition) -> str:
    """Return why it is too early for a correction; empty where it is not."""
    try:
        refuse_while_leaving(edition.key, ask.desk.ledger.tally(edition.key))
    except EditionConflict as error:
        return str(error)
    return ""


def correct(ask: Ask) -> Response:
    """Send the correction to those who got the wrong text, or only show its mail in the page's frame."""
    ask.require(Role.APPROVER)
    edition = ask.desk.edition(ask.key)
    if ask.form.get("step") == "show":
        return _shown(ask, edition)
    try:
        told = _told(ask, edition)
    except DigestError as error:
        return correction(ask, 422, str(error))
    ask.desk.note(ask.user.name, "corrected", edition, detail=f"told by {told.key}: {told.subject}")
    ask.desk.courier.wake()
    return RedirectResponse(f"{address(told)}/approve", 303)


def _shown(ask: Ask, edition: Edition) -> Response:
    """Return the mail as it would be sent; nothing is stored."""
    text = ask.form.get("text", "")
    number = len(ask.desk.history.corrections(edition.key)) + 1
    try:
        item = _chosen(ask, edition)
        draft = corrected(
            edition,
            item.article,
            text,
            number=number,
            subject=subject_of(ask, edition, item),
            headline=headline_of(ask, item),
        )
        looker = preview.audience_of(ask, replace(draft, key=edition.key), ask.query)
        rendered = ask.desk.rendered(draft, looker.variant)
    except DigestError as error:
        said = ask.page("preview_text.html", code=422, text=str(error), subject="Preview")
        said.headers["content-security-policy"] = MAIL_POLICY
        return said
    page = preview.as_light(preview.filled(rendered, looker.values))
    page = preview.with_pictures(page, preview.PICTURES, are_shown=True)
    return HTMLResponse(page, headers={"content-security-policy": MAIL_POLICY})


def _right(ask: Ask, edition: Edition) -> Edition:
    """Return the edition with what was corrected so far."""
    return set_right(edition, ask.desk.history.corrections(edition.key))


def _chosen(ask: Ask, edition: Edition) -> Item:
    """Return the story that the form names, as it was last told.

    Raises:
        BadData: it names none.
    """
    item = next((one for one in _right(ask, edition).items if one.article == ask.form.get("article")), None)
    if item is None:
        raise BadData(say("The correction"), say("no story was chosen"))
    return item


def subject_of(ask: Ask, edition: Edition, item: Item) -> str:
    """Return the subject of the correcting mail: as typed, or filled in with the story's headline."""
    given = " ".join(ask.form.get("subject", "").split())
    if given in {"", correcting.mark_of(edition)}:
        return correcting.subject_of(edition, headline_of(ask, item))
    return given


def headline_of(ask: Ask, item: Item) -> str:
    """Return the headline of the corrected story: as typed, or the story's own.

    Raises:
        BadData: it is longer than a headline may be.
    """
    given = " ".join(ask.form.get("headline", "").split())
    if len(given) > correcting.LONGEST_LINE:
        raise BadData(
            say("The headline"),
            say(
                "it has %(count)s characters, %(most)s at most",
                count=len(given),
                most=correcting.LONGEST_LINE,
            ),
            say("Shorten it."),
        )
    return given or item.headline


def _told(ask: Ask, edition: Edition) -> Edition:
    item = _chosen(ask, edition)
    text, headline = ask.form.get("text", ""), headline_of(ask, item)
    subject = subject_of(ask, edition, item)
    if correcting.is_old_subject(edition, subject):
        raise BadData(
            say("The subject"), say("it is that of the wrong mail"), say("Say that it is a correction.")
        )
    if correcting.says_nothing_new(item, text, headline):
        raise BadData(
            say("What is right"), say("it is what the edition says already"), say("Say what was wrong.")
        )
    parts = ask.desk.parts(edition.key.newsletter)
    told = job.correct(
        parts,
        edition.key,
        item.article,
        text,
        subject=subject,
        headline=headline,
        by=ask.user.name,
        now=ask.now,
    )
    ask.desk.history.keep_correction(
        Correction(
            edition=edition.key,
            article=item.article,
            headline=headline,
            text=text.strip(),
            who=ask.user.name,
            at=ask.now,
            told_by=told.key,
        )
    )
    return told
