"""Changes to a draft, as the page sends them: kept with their revision, undone, redone, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from starlette.responses import JSONResponse, Response

from digest.editions.revisions import apply, invert
from digest.editions.stored_changes import dumped, restored
from digest.errors import BadData, EditionConflict
from digest.model import Edition, EditionKey, EditionState
from digest.model.desk import Change, ChangeState, Role
from digest.web.desk import views
from digest.web.desk.changes import amended
from digest.web.desk.commands import Command, Subject, read
from digest.web.desk.webpages import read_page
from digest.web.serving.request import Ask

ONE_GO = timedelta(seconds=4)
"""Typing that stops for no longer than this is one step to undo."""

_TEXT_FIELDS = frozenset({"headline", "blurb", "subject", "subject_b", "preheader"})


@dataclass(frozen=True, slots=True)
class _Conflict(Exception):
    """Another revision is stored than the one the page changed."""

    edition: Edition


def edit(ask: Ask) -> Response:
    """Make one change and answer with the new revision and the parts of the page that differ.

    409 with both versions where another revision is stored than the page knew; nothing was changed then.
    """
    ask.require(Role.EDITOR)
    sent = ask.sent
    kind = str(sent.get("kind"))
    try:
        edition = _opened(ask, ask.key, sent.get("revision"))
        if kind in {"undo", "redo"}:
            kept, said = _turned(ask, edition, kind)
        else:
            kept, said = _changed(ask, edition, sent)
    except _Conflict as conflict:
        return _conflict(ask, conflict.edition, sent)
    except EditionConflict as error:
        current = ask.desk.edition(ask.key)
        if current.revision != sent.get("revision"):
            return _conflict(ask, current, sent)
        return JSONResponse({"problem": str(error)}, 422)
    except BadData as error:
        return JSONResponse({"problem": str(error)}, 422)
    ask.desk.note(ask.user.name, "edited", kept, detail=said)
    is_text = kind in _TEXT_FIELDS
    parts = views.text_parts(ask, kept, sent) if is_text else views.parts(ask, kept)
    return JSONResponse({"revision": kept.revision, "said": said, "parts": parts})


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
            "said": last.said if last else "",
        }
    )


def current(ask: Ask) -> Response:
    """Answer with all parts of the page as they are stored now."""
    edition = ask.desk.edition(ask.key)
    return JSONResponse({"revision": edition.revision, "said": "", "parts": views.parts(ask, edition)})


def _opened(ask: Ask, key: EditionKey, known: object) -> Edition:
    """Return the draft to change; an approval is taken back first, since these are not its bytes any more.

    Raises:
        _Conflict: the page knew another revision.
        EditionConflict: the edition is under way already.
    """
    edition = ask.desk.edition(key)
    if edition.revision != known:
        raise _Conflict(edition)
    if edition.state is EditionState.APPROVED:
        ask.desk.note(ask.user.name, "withdrew approval", edition, detail="by a change")
        return ask.desk.editions.withdraw(key, now=ask.now)
    return edition


def _changed(ask: Ask, edition: Edition, sent: Mapping[str, Any]) -> tuple[Edition, str]:
    history = ask.desk.history.changes(edition.key)
    subject = Subject(edition, history, ask.desk.parts(edition.key.newsletter))
    if sent.get("kind") == "add-url":
        command = read_page(str(sent.get("url", "")), subject, ask.desk, now=ask.now)
    else:
        command = read(sent, subject)
    changed = apply(command.revision, edition)
    if replace(changed, revision=edition.revision) == edition:
        return edition, "nothing changed"
    change = Change(
        revision=changed.revision,
        who=ask.user.name,
        at=ask.now,
        said=command.said,
        forward=dumped(command.revision),
        backward=dumped(invert(command.revision, edition)),
    )
    kept = ask.desk.history.keep_change(
        replace(changed, is_edited=True),
        amended(ask.desk.editions.decisions(edition.key), changed),
        change,
        expected_revision=edition.revision,
        continues=_continued(history, change, command, edition),
    )
    return kept, command.said


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
    same_item = getattr(before, "article", None) == getattr(command.revision, "article", None)
    return last.number if is_same_kind and same_item else 0


def _turned(ask: Ask, edition: Edition, way: str) -> tuple[Edition, str]:
    """Undo the last change that stands, or redo the first that was undone."""
    history = ask.desk.history.changes(edition.key)
    if way == "undo":
        found = [change for change in history if change.state is ChangeState.DONE][-1:]
        state = ChangeState.UNDONE
    else:
        found = [change for change in history if change.state is ChangeState.UNDONE][:1]
        state = ChangeState.DONE
    if not found:
        raise BadData("The history", f"there is nothing to {way}")
    change = found[0]
    turned = apply(restored(change.backward if way == "undo" else change.forward), edition)
    kept = ask.desk.history.keep_turn(
        replace(turned, is_edited=True),
        amended(ask.desk.editions.decisions(edition.key), turned),
        replace(change, state=state),
        expected_revision=edition.revision,
        now=ask.now,
    )
    return kept, f"{'undid' if way == 'undo' else 'did again'}: {change.said}"


def _conflict(ask: Ask, stored: Edition, sent: Mapping[str, Any]) -> Response:
    """Answer with both versions: theirs as stored, and what was sent, untouched."""
    known = sent.get("revision")
    since = [
        {"who": change.who, "said": change.said}
        for change in ask.desk.history.changes(stored.key)
        if isinstance(known, int) and change.revision > known
    ]
    return JSONResponse(
        {
            "problem": "Somebody else changed this edition in the meantime.",
            "revision": stored.revision,
            "since": since,
            "theirs": _value(stored, sent),
            "yours": sent.get("text", ""),
            "parts": views.parts(ask, stored),
        },
        409,
    )


def _value(edition: Edition, sent: Mapping[str, Any]) -> str:
    """Return what is stored in the field that a change was for."""
    kind = sent.get("kind")
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
