"""An import at the desk: a file comes in, every line is judged, and only then somebody says do it."""

from __future__ import annotations

import hmac
import logging
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message

from digest.model.desk import DeskSession, Role
from digest.web.serving import request as asking
from digest.web.serving.request import Ask, page
from digest.web.serving.state import Desk
from digest.web.serving.wording.names import named
from digest.words.speaking import later, say
from subscribers import lists, tagging
from subscribers.errors import MayMeanNo, SubscribersError, Suspect
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import ImportReport, import_file
from subscribers.imports.shapes import FIELDS

log = logging.getLogger(__name__)

MOST_BYTES = 200_000_000
"""The largest file that is taken: some two million readers."""

MOST_WAITING = 3
KEPT_FOR = timedelta(hours=1)
SHOWN_PROBLEMS = 200

ASIDE = "-"
"""What the form says of a column that says nothing about mail."""

_FIELDS: Mapping[str, str] = {
    "status": later("a status: active, unsubscribed, bounced …"),
    "subscribed": later("yes or no: wants mail; an empty cell is no yes"),
    "confirmed": later("yes or no: confirmed; an empty cell is no yes"),
    "disabled": later("yes or no: unsubscribed"),
    "bounced": later("yes or no: bounced"),
    "complained": later("yes or no: complained"),
    "blocked": later("yes or no: blocked"),
    "ended_at": later("when or why they unsubscribed; anything in it is the no"),
    "bounced_at": later("when or why it bounced; anything in it counts"),
    "complained_at": later("when they complained; anything in it counts"),
    "blocked_at": later("when or why they were blocked; anything in it counts"),
    "suppressions": later("a list of reasons not to mail them"),
}
_WAIT_S = 1.5
_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json"})


class Stage(StrEnum):
    """Where an import stands."""

    CHECKING = "checking"
    CHECKED = "checked"
    UNCLEAR = "unclear"
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = frozenset({Stage.CHECKING, Stage.IMPORTING})


@dataclass(slots=True)
class Ticket:
    """A file that came in, and what is known of it.

    Attributes:
        path: in a folder that only this process can read; gone once the import is over or forgotten.
        rows: done so far.
        suspects: columns that may say who wants no mail, where the file waits for what they are.
    """

    key: str
    who: str
    name: str
    path: Path
    terms: ImportTerms
    at: datetime
    stage: Stage = Stage.CHECKING
    rows: int = 0
    problem: str = ""
    report: ImportReport | None = None
    suspects: tuple[Suspect, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Tell whether a thread works on it."""
        return self.stage in UNDER_WAY


class Counter:
    """The files that wait at one desk; each is worked on by a thread, one at a time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._folder = tempfile.TemporaryDirectory(prefix="digest-import-")
        self._tickets: dict[str, Ticket] = {}
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def take(self, file: BinaryIO, name: str, terms: ImportTerms, *, who: str, now: datetime) -> Ticket:
        """Keep a file and begin to judge its lines.

        Raises:
            HTTPException: too many wait already.
        """
        with self._lock:
            for old in [one for one in self._tickets.values() if now - one.at > KEPT_FOR]:
                self._forget(old)
            if len(self._tickets) >= MOST_WAITING:
                raise HTTPException(
                    409, say("Three imports wait already. Finish or drop one of them first.")
                )
            key = secrets.token_urlsafe(16)
            suffix = Path(name).suffix.lower()
            path = Path(self._folder.name) / f"{key}{suffix if suffix in _SUFFIXES else '.csv'}"
            ticket = self._tickets[key] = Ticket(key, who, name, path, terms, now)
        with path.open("xb") as kept:
            shutil.copyfileobj(file, kept)
        return ticket

    def find(self, key: str) -> Ticket:
        """Return a ticket.

        Raises:
            HTTPException: there is none of that name.
        """
        with self._lock:
            found = self._tickets.get(key)
        if found is None:
            raise HTTPException(
                404, say("This import is over, or was forgotten after an hour. Nothing waits.")
            )
        return found

    def waiting(self) -> tuple[Ticket, ...]:
        """Return all tickets, the oldest first."""
        with self._lock:
            return tuple(self._tickets.values())

    def start(self, desk: Desk, ticket: Ticket) -> threading.Thread:
        """Work on a ticket in the background: judge it, or import it."""
        thread = threading.Thread(target=self._work, args=(desk, ticket), name="import", daemon=True)
        thread.start()
        return thread

    def drop(self, ticket: Ticket) -> None:
        """Forget a file."""
        with self._lock:
            self._forget(ticket)

    def close(self) -> None:
        """Forget every file; what is being imported is done up to its last batch, and simply run again."""
        self._folder.cleanup()

    def _forget(self, ticket: Ticket) -> None:
        if not ticket.is_under_way:
            self._tickets.pop(ticket.key, None)
            ticket.path.unlink(missing_ok=True)

    def _work(self, desk: Desk, ticket: Ticket) -> None:
        def told(rows: int) -> None:
            ticket.rows = rows

        is_dry_run = ticket.stage is Stage.CHECKING
        name = ticket.name[:200]
        terms = replace(ticket.terms, is_dry_run=is_dry_run, source=name, file_name=name)
        with self._one_at_a_time:
            try:
                ticket.report = import_file(
                    desk.newsroom.people, ticket.path, terms, progress=told, reading=told
                )
            except MayMeanNo as error:
                ticket.suspects = error.suspects
            except (SubscribersError, ValueError, OSError) as error:
                ticket.problem = str(error).replace(ticket.path.name, ticket.name)
            finally:
                ticket.stage = _after(ticket, is_dry_run=is_dry_run)
        if ticket.stage is Stage.DONE and ticket.report is not None:
            ticket.path.unlink(missing_ok=True)
            desk.note(ticket.who, "imported readers", detail=_summed(ticket.report, ticket.terms))


def _after(ticket: Ticket, *, is_dry_run: bool) -> Stage:
    if ticket.suspects:
        return Stage.UNCLEAR
    if ticket.problem or ticket.report is None or ticket.report.is_dry_run != is_dry_run:
        ticket.problem = ticket.problem or later(
            "Something broke on the way; whoever runs the desk finds out what."
        )
        return Stage.FAILED
    return Stage.CHECKED if is_dry_run else Stage.DONE


def _summed(report: ImportReport, terms: ImportTerms) -> str:
    return (
        f"list {terms.mailing_list}: {report.added} added, {report.ended} unsubscribed, "
        f"{report.suppressed} blocked, {report.kept_out} kept out, {report.bad} bad"
    )


_COUNTERS: WeakKeyDictionary[Desk, Counter] = WeakKeyDictionary()
_PUTTING_UP = threading.Lock()


def counter_of(desk: Desk) -> Counter:
    """Return the counter of a desk, put up for its first file."""
    with _PUTTING_UP:
        if desk not in _COUNTERS:
            _COUNTERS[desk] = Counter()
        return _COUNTERS[desk]


def form(ask: Ask) -> Response:
    """Show the form, and the files that wait."""
    ask.require(Role.OPS)
    return _form(ask)


async def upload(request: Request) -> Response:
    """Take a file in, judge its lines, and show what would become of them.

    Login, role and origin are checked before the file is read; the body is bounded as it comes.
    """
    desk: Desk = request.app.state.desk
    session = await run_in_threadpool(asking.admitted, request, desk)
    Ask(request, desk, session, b"").require(Role.OPS)
    length = 0

    async def bounded() -> Message:
        nonlocal length
        message = await request.receive()
        length += len(message.get("body", b""))
        if length > MOST_BYTES:
            raise HTTPException(
                413, say("The file is larger than 200 MB. Whoever runs the desk can import it.")
            )
        return message

    async with Request(request.scope, bounded).form(max_files=1, max_fields=10) as sent:
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
        file = sent.get("file")
        given = file if isinstance(file, UploadFile) and file.filename else None
        return await run_in_threadpool(_take, request, desk, session, fields, given)


def _take(
    request: Request,
    desk: Desk,
    session: DeskSession,
    fields: Mapping[str, str],
    file: UploadFile | None,
) -> Response:
    if not hmac.compare_digest(fields.get("csrf", "").encode(), session.csrf.encode()):
        raise HTTPException(403, say("The page is from an earlier login. Load it again."))
    ask = Ask(request, desk, session, b"")
    key, words = fields.get("list", "").strip(), fields.get("consent", "").strip()[:500]
    if file is None or not file.filename or not key or not words:
        return _form(
            ask, fields, problem=say("Choose a file and a list, and say how these readers consented.")
        )
    try:
        lists.checked_key(key)
        mapping = dict(_pair(line) for line in fields.get("mapping", "").splitlines() if line.strip())
        ignored = tuple(name.strip() for name in fields.get("aside", "").splitlines() if name.strip())
    except ValueError as error:
        return _form(ask, fields, problem=str(error))
    tags = tuple(tagging.split(fields.get("tags", "")))
    terms = ImportTerms(key, ask.now, words=words, tags=tags, mapping=mapping, ignored=ignored)
    counter = counter_of(desk)
    ticket = counter.take(file.file, Path(file.filename).name, terms, who=session.user.name, now=ask.now)
    desk.note(ask.user.name, "brought a file to import", detail=f"list {key}")
    counter.start(desk, ticket).join(_WAIT_S)
    return RedirectResponse(_of(ticket), 303)


def look(ask: Ask) -> Response:
    """Show what an import would do, does or did, line by line where it can't."""
    ask.require(Role.OPS)
    ticket = counter_of(ask.desk).find(ask.request.path_params["key"])
    values: dict[str, object] = {
        "ticket": ticket,
        "here": _of(ticket),
        "problems": ticket.report.problems[:SHOWN_PROBLEMS] if ticket.report else (),
        "stages": Stage,
        "fields": _FIELDS,
        "aside": ASIDE,
    }
    is_part = ask.query.get("part") == "live"
    return ask.page("people/progress.html" if is_part else "people/import.html", values)


def explain(ask: Ask) -> Response:
    """Take what each unclear column says, or that it says nothing, and judge the lines anew."""
    ask.require(Role.OPS)
    counter = counter_of(ask.desk)
    ticket = counter.find(ask.request.path_params["key"])
    columns, ignored = dict(ticket.terms.columns), set(ticket.terms.ignored)
    for place, suspect in enumerate(ticket.suspects):
        given = ask.form.get(f"field-{place}", "")
        if given == ASIDE:
            ignored.add(suspect.column)
        elif given in FIELDS:
            columns[suspect.column] = given
        else:
            raise HTTPException(422, say("Say what the column %(column)s is.", column=suspect.column))
    with _PUTTING_UP:
        if ticket.stage is not Stage.UNCLEAR:
            raise HTTPException(409, say("This import is %(stage)s.", stage=named(ticket.stage)))
        ticket.terms = replace(ticket.terms, columns=columns, ignored=tuple(sorted(ignored)))
        ticket.stage, ticket.rows, ticket.suspects = Stage.CHECKING, 0, ()
    ask.desk.note(ask.user.name, "said what columns of an import are", detail=_told(columns, ignored))
    counter.start(ask.desk, ticket).join(_WAIT_S)
    return RedirectResponse(_of(ticket), 303)


def _told(columns: Mapping[str, str], ignored: Iterable[str]) -> str:
    said = [f"{column} = {field}" for column, field in columns.items()]
    return ", ".join([*said, *(f"{column} says nothing" for column in sorted(ignored))])[:500]


def confirm(ask: Ask) -> Response:
    """Import what was judged."""
    ask.require(Role.OPS)
    counter = counter_of(ask.desk)
    ticket = counter.find(ask.request.path_params["key"])
    with _PUTTING_UP:
        if ticket.stage is not Stage.CHECKED:
            raise HTTPException(409, say("This import is %(stage)s.", stage=named(ticket.stage)))
        ticket.stage, ticket.rows, ticket.who = Stage.IMPORTING, 0, ask.user.name
    counter.start(ask.desk, ticket).join(_WAIT_S)
    return RedirectResponse(_of(ticket), 303)


def drop(ask: Ask) -> Response:
    """Throw a file away."""
    ask.require(Role.OPS)
    counter = counter_of(ask.desk)
    ticket = counter.find(ask.request.path_params["key"])
    if ticket.is_under_way:
        raise HTTPException(409, say("It is being worked on. Wait for its end."))
    counter.drop(ticket)
    return RedirectResponse("/desk/people/import", 303)


def _form(ask: Ask, fields: Mapping[str, str] | None = None, *, problem: str = "") -> Response:
    return ask.page(
        "people/bring.html",
        code=422 if problem else 200,
        known=list(lists.titles(ask.desk.newsroom.people)),
        sent_to=sorted({key for one in ask.desk.newsletters.values() for key in one.lists}),
        waiting=counter_of(ask.desk).waiting(),
        given=fields or {},
        problem=problem,
    )


def _pair(line: str) -> tuple[str, str]:
    field, equals, column = line.partition("=")
    if not equals or not field.strip() or not column.strip():
        raise ValueError(say("%(line)s: write FIELD=COLUMN, as in email=Mail.", line=repr(line[:60])))
    return field.strip(), column.strip()


def _of(ticket: Ticket) -> str:
    return f"/desk/people/import/{ticket.key}"


routes = [
    Route("/desk/people/import", page(form), methods=["GET"]),
    Route("/desk/people/import", upload, methods=["POST"]),
    Route("/desk/people/import/{key}", page(look), methods=["GET"]),
    Route("/desk/people/import/{key}/columns", page(explain), methods=["POST"]),
    Route("/desk/people/import/{key}/confirm", page(confirm), methods=["POST"]),
    Route("/desk/people/import/{key}/drop", page(drop), methods=["POST"]),
]
