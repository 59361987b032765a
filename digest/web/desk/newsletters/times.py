"""One edition's own sending time: moved by an editor, kept as a version of the settings."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.day import moving
from digest.errors import BadData, ConfigurationError, SettingsMoved
from digest.model import Edition, EditionState
from digest.model.desk import Role
from digest.model.kept_settings import Place
from digest.settings.fields import CLOCK
from digest.settings.kept.laying import NEWSLETTERS
from digest.web.desk import approving, deeds
from digest.web.desk.newsletters import tables
from digest.web.desk.views import address
from digest.web.serving.request import Ask
from digest.words.speaking import retold, say

SETTING = "send_times"
KEPT_FOR = timedelta(days=7)
"""So long after its day an edition's own time is still said."""

_TRIES = 3
_OPEN = frozenset({EditionState.DRAFT, EditionState.APPROVED})


def move(ask: Ask) -> Response:
    """Give one edition another sending time, or its usual one again."""
    edition = ask.desk.edition(ask.key)
    _require(ask, edition)
    schedule = ask.desk.newsletters[edition.key.newsletter].schedule
    before = schedule.leaves_at(edition.key.day)
    try:
        at = schedule.send_at if ask.form.get("do") == "usual" else _typed(ask.form.get("at", ""))
        moving.check(ask.desk.parts(edition.key.newsletter), edition, at, now=ask.now)
        if at != before:
            _keep(ask, edition, at, before)
    except BadData as error:
        return approving.approval(ask, 422, _told(error))
    except ConfigurationError as error:
        return approving.approval(ask, 409, tables.told(error))
    except SettingsMoved as error:
        return approving.approval(ask, 409, str(error))
    return RedirectResponse(f"{address(edition)}/approve", 303)


def _told(error: BadData) -> str:
    """Return what is wrong with the time, in the reader's language: whose edition it is, the page says."""
    return str(BadData(say("The time"), retold(error.problem), retold(error.remedy)))


def _require(ask: Ask, edition: Edition) -> None:
    """Pass where the user may move its time: of what is approved, whoever may approve.

    Raises:
        HTTPException: they may not.
    """
    if ask.user.may(Role.APPROVER) or (edition.state is EditionState.DRAFT and ask.user.may(Role.EDITOR)):
        return
    if ask.user.may(Role.EDITOR):
        raise HTTPException(403, say("It was approved for its time: moving that takes the role approver."))
    ask.require(Role.EDITOR)


def _typed(text: str) -> time:
    found = CLOCK.fullmatch(text.strip()[:20])
    if not found:
        raise BadData(say("The time"), say("it is none between 00:00 and 23:59"), say("Write it as 08:15."))
    return time(int(found[1]), int(found[2]))


def _keep(ask: Ask, edition: Edition, at: time, before: time) -> None:
    """Keep the time; where the edition began to leave meanwhile, say what was said before."""
    key = edition.key
    _say(ask, edition, at, deeds.MOVED_TIME % {"key": key, "at": f"{at:%H:%M}"})
    if ask.desk.edition(key).state not in _OPEN:
        _say(ask, edition, before, deeds.MOVED_TIME_BACK % {"key": key, "at": f"{before:%H:%M}"})
        raise BadData(str(key), say("it has just begun to leave, and its time stays"))
    ask.desk.note(ask.user.name, "moved the time", edition, detail=f"{before:%H:%M} → {at:%H:%M}")
    ask.desk.courier.wake()


def _say(ask: Ask, edition: Edition, at: time, said: str) -> None:
    for tries_left in reversed(range(_TRIES)):
        try:
            tables.keep(ask, _changes(ask, edition, at), said)
        except SettingsMoved:
            if not tries_left:
                raise
            ask.desk.refresh()
        else:
            return


def _changes(ask: Ask, edition: Edition, at: time) -> dict[Place, str | None]:
    """Return what is to be kept: the edition's time, and nothing more of days long past."""
    loaded, key = ask.desk.newsroom.loaded, edition.key
    whole = (NEWSLETTERS, key.newsletter, SETTING)
    oldest = (ask.now - KEPT_FOR).date()
    changes: dict[Place, str | None] = {
        place: None for place in loaded.kept.values if place[:3] == whole and _is_past(place[3:], oldest)
    }
    usual = ask.desk.newsletters[key.newsletter].schedule.send_at
    is_of_file = bool(tables.table_of(loaded.file_data, whole).get(key.day.isoformat()))
    is_usual = at == usual and not is_of_file
    changes[*whole, key.day.isoformat()] = None if is_usual else json.dumps(f"{at:%H:%M}")
    return changes


def _is_past(rest: tuple[str, ...], oldest: date) -> bool:
    try:
        return len(rest) == 1 and date.fromisoformat(rest[0]) < oldest
    except ValueError:
        return False
