"""Changes to a draft, as the page sends them: kept with their revision, merged, undone, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.responses import JSONResponse, Response

from digest.editions.revisions import apply, invert
from digest.editions.stored_changes import dumped, restored
from digest.editions.touching import touched
from digest.errors import BadData, EditionConflict
from digest.model import Decision, Edition, EditionState
from digest.model.desk import Change, ChangeState, Role, Step
from digest.web.desk import deeds, views
from digest.web.desk.changes import amended, held
from digest.web.desk.commands import Command, Subject, read
from digest.web.desk.letter import blocks, by_hand, pictures
from digest.web.desk.letter.stories import shown_by
from digest.web.desk.merging import Clash, Origin, about, check, origin_of, others
from digest.web.desk.preview import beside
from digest.web.desk.webpages import read_page
from digest.web.serving.request import Ask
from digest.words.speaking import retold, say

MOST_TRIES = 8
"""At a change that others are faster than; each try reads the draft anew."""

ONE_GO = timedelta(seconds=4)
"""Typing that stops for no longer than this is one step to undo."""

_TEXT_FIELDS = frozenset({"headline", "blurb", "subject", "subject_b", "preheader"}) | blocks.TEXT_KINDS


def edit(ask: Ask) -> Response:
    """Make one change and answer with the new revision and the parts of the page that differ.

    Where the change says how its preview is looked at (`look`), the new mail comes along (`page`).

    A change made on an older revision is merged where nobody else touched the same since; 409 with both
    versions where somebody did: nothing was changed then. One that was made already is only told again.
    """
    ask.require(Role.EDITOR)
    sent = ask.sent
    origin = origin_of(sent)
    if origin.mark and ask.desk.history.made(ask.desk.edition(ask.key).key, origin.mark):
        kept = ask.desk.edition(ask.key)
        return JSONResponse(
            {"revision": kept.revision, "said": say("saved"), "parts": views.parts(ask, kept)}
        )
    try:
        before, kept, said = made(ask, origin, sent)
    except Clash as clash:
        return _conflict(ask, clash, sent)
    except (EditionConflict, BadData) as error:
        return _refused(ask, error, origin, sent)
    ask.desk.note(ask.user.name, "edited", kept, detail=said)
    is_alone = str(sent.get("kind")) in _TEXT_FIELDS and origin.seen == before
    parts = views.text_parts(ask, kept, sent) if is_alone else views.parts(ask, kept, shown_by(sent))
    answer = {"revision": kept.revision, "said": retold(said), "parts": parts}
    if "look" in sent:
        answer["page"] = beside(ask, kept, sent["look"])
    return JSONResponse(answer)


def made(ask: Ask, origin: Origin, sent: Mapping[str, Any]) -> tuple[int, Edition, str]:
    """Make the change; begin again where somebody else was faster by a moment.

    Returns:
        The revision before it, the edition after it, and the change in words.

    Raises:
        Clash: somebody else touched the same since.
        EditionConflict: the edition is under way already, or the change can't be made.
        BadData: it asks for nothing that can be done.
    """
    for _ in range(MOST_TRIES):
        edition = ask.desk.edition(ask.key)
        try:
            if str(sent.get("kind")) in {"undo", "redo"}:
                kept, said = _turned(ask, edition, origin, sent)
            else:
                kept, said = _changed(ask, edition, origin, sent)
        except EditionConflict:
            if ask.desk.edition(ask.key).revision == edition.revision:
                raise
            continue
        return edition.revision, kept, said
    raise Clash(ask.desk.edition(ask.key))


def _refused(
    ask: Ask, error: EditionConflict | BadData, origin: Origin, sent: Mapping[str, Any]
) -> Response:
    """Answer what can't be done; as a conflict where somebody else is why."""
    current = ask.desk.edition(ask.key)
    if current.state in {EditionState.DRAFT, EditionState.APPROVED}:
        since = others(ask, current, origin)
        theirs = about(since, sent["article"]) if "article" in sent else since
        if theirs:
            return _conflict(ask, Clash(current, theirs), sent)
    return JSONResponse({"problem": retold(str(error))}, 422)


def revision(ask: Ask) -> Response:
    """Answer with the stored revision, and who made it, for pages that lie open."""
    edition = ask.desk.edition(ask.key)
    known = [change for change in ask.desk.history.changes(ask.key) if change.state is ChangeState.DONE]
    last = max(known, key=lambda change: change.revision, default=None)
    return JSONResponse(
        {
            "revision": edition.revision,
            "state": str(edition.state),
            "who": last.who if last else "",
            "said": retold(last.said) if last else "",
        }
    )


def current(ask: Ask) -> Response:
    """Answer with all parts of the page as they are stored now."""
    edition = ask.desk.edition(ask.key)
    return JSONResponse({"revision": edition.revision, "said": "", "parts": views.parts(ask, edition)})


def _opened(ask: Ask, edition: Edition) -> Edition:
    """Return the draft to change; an approval is taken back first, since these are not its bytes any more.

    Raises:
        EditionConflict: the edition is under way already.
    """
    if edition.state is EditionState.APPROVED:
        ask.desk.note(ask.user.name, "withdrew approval", edition, detail="by a change")
        return ask.desk.editions.withdraw(edition.key, now=ask.now)
    return edition


def _changed(ask: Ask, edition: Edition, origin: Origin, sent: Mapping[str, Any]) -> tuple[Edition, str]:
    since = others(ask, edition, origin)
    history = ask.desk.history.changes(edition.key)
    subject = Subject(edition, history, ask.desk.parts(edition.key.newsletter))
    command = _command(ask, sent, subject)
    is_text = str(sent.get("kind")) in _TEXT_FIELDS
    stored = _value(edition, sent) if is_text else None
    check(edition, origin, since, command.clashes, stored=stored, text=sent.get("text"))
    draft = _opened(ask, edition)
    changed = apply(command.revision, draft)
    if replace(changed, revision=draft.revision) == draft:
        return draft, say("nothing changed")
    change = Change(
        revision=changed.revision,
        who=ask.user.name,
        at=ask.now,
        said=command.said,
        forward=dumped(command.revision),
        backward=dumped(invert(command.revision, draft)),
    )
    kept = ask.desk.history.keep_change(
        replace(changed, is_edited=True),
        _decisions(ask, draft, changed),
        change,
        expected_revision=draft.revision,
        continues=_continued(history, change, command, draft),
        step=_step(ask, origin, command.said, command.touches),
    )
    return kept, command.said


def _command(ask: Ask, sent: Mapping[str, Any], subject: Subject) -> Command:
    kind = str(sent.get("kind"))
    if kind == "add-url":
        url, section = str(sent.get("url", "")), str(sent.get("section", ""))
        return read_page(url, subject, ask.desk, now=ask.now, section=section)
    if kind == "by-hand":
        return by_hand.read(sent, subject)
    if kind in pictures.KINDS:
        return pictures.read(sent, subject, ask.desk, who=ask.user.name, now=ask.now)
    if kind in blocks.KINDS:
        return blocks.read(sent, subject)
    if kind == "restore" and (found := blocks.restoring(sent, subject)):
        return found
    return read(sent, subject)


def _decisions(ask: Ask, before: Edition, after: Edition) -> tuple[Decision, ...] | None:
    """Return what was weighed, with the editors' last word; None where a change lets nothing in or out."""
    if held(before) == held(after):
        return None
    return amended(ask.desk.editions.decisions(before.key), after)


def _step(ask: Ask, origin: Origin, said: str, touches: frozenset[str]) -> Step:
    return Step(0, ask.user.name, said, origin.tab, origin.mark, touches)


def _continued(history: tuple[Change, ...], change: Change, command: Command, edition: Edition) -> int:
    """Return the number of the change that this one goes on with; 0 where it begins a step of its own."""
    if not command.topic or not history:
        return 0
    last = history[-1]
    is_same_hand = last.who == change.who and last.state is ChangeState.DONE
    is_at_once = last.revision == edition.revision and change.at - last.at <= ONE_GO
    if not (is_same_hand and is_at_once):
        return 0
    before = restored(last.forward)
    is_same_kind = type(before) is type(command.revision)
    is_same_text = all(
        getattr(before, name, None) == getattr(command.revision, name, None)
        for name in ("article", "block", "name")
    )
    return last.number if is_same_kind and is_same_text else 0


def _turned(ask: Ask, edition: Edition, origin: Origin, sent: Mapping[str, Any]) -> tuple[Edition, str]:
    """Undo the change that the page names, or the last that stands; or redo the first that was undone."""
    way = str(sent.get("kind"))
    since = others(ask, edition, origin)
    change, later = _meant(ask.desk.history.changes(edition.key), way, sent.get("of"), since)
    if change is None:
        nothing = say("there is nothing to undo") if way == "undo" else say("there is nothing to redo")
        raise BadData(say("The history"), nothing)
    touches = _touches(change)
    if any(touches & _touches(one) for one in later):
        raise Clash(edition, since)
    check(edition, origin, since, touches)
    draft = _opened(ask, edition)
    turned = apply(restored(change.backward if way == "undo" else change.forward), draft)
    said = (deeds.UNDID if way == "undo" else deeds.DID_AGAIN) % {"deed": change.said}
    kept = ask.desk.history.keep_turn(
        replace(turned, is_edited=True),
        _decisions(ask, draft, turned),
        replace(change, state=ChangeState.UNDONE if way == "undo" else ChangeState.DONE),
        expected_revision=draft.revision,
        now=ask.now,
        step=_step(ask, origin, said, touches),
    )
    return kept, said


def _meant(
    history: tuple[Change, ...], way: str, number: object, since: tuple[Step, ...]
) -> tuple[Change | None, tuple[Change, ...]]:
    """Return the change to turn, and those made after it that stand.

    Where others were at work since, only the change that the page named can be meant.
    """
    state = ChangeState.DONE if way == "undo" else ChangeState.UNDONE
    found = [change for change in history if change.state is state]
    if not found:
        return None, ()
    chosen = found[-1] if way == "undo" else found[0]
    if since:
        chosen = next((change for change in found if change.number == number), chosen)
    done = (one for one in history if one.state is ChangeState.DONE and one.number > chosen.number)
    return chosen, tuple(done)


def _touches(change: Change) -> frozenset[str]:
    return touched(restored(change.forward)) | touched(restored(change.backward))


def _conflict(ask: Ask, clash: Clash, sent: Mapping[str, Any]) -> Response:
    """Answer with both versions: theirs as stored, and what was sent, untouched."""
    stored, name = clash.edition, sent.get("article")
    is_there = name in {*(item.article for item in stored.items), *(one.id for one in stored.blocks)}
    return JSONResponse(
        {
            "problem": say("Somebody else changed this edition in the meantime."),
            "revision": stored.revision,
            "since": [{"who": step.who, "said": retold(step.said)} for step in clash.since],
            "theirs": _value(stored, sent),
            "yours": sent.get("text", ""),
            "is_dropped": isinstance(name, str) and not is_there,
            "parts": views.parts(ask, stored),
        },
        409,
    )


def _value(edition: Edition, sent: Mapping[str, Any]) -> str:
    """Return what is stored in the field that a change was for."""
    kind = sent.get("kind")
    if kind in blocks.TEXT_KINDS:
        return blocks.value_of(edition, sent)
    if kind == "subject":
        return edition.subject
    if kind == "subject_b":
        return edition.subject_b
    if kind == "preheader":
        return edition.preheader
    for item in edition.items:
        if item.article == sent.get("article") and kind in {"headline", "blurb"}:
            return item.headline if kind == "headline" else item.blurb.text
    return ""
