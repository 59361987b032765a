"""One call of a program: by which token, may it, and what did it send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from digest.errors import BadData, EditionConflict, UnknownEdition
from digest.model import EditionKey
from digest.model.desk import AuditEntry, Scope, Token
from digest.web.api.problems import problem
from digest.web.serving.limits import refused
from digest.web.serving.request import body_of, household_of
from digest.web.serving.state import Desk
from subscribers.errors import InvalidAddress, NotAllowed, UnknownList, UnknownSubscriber

MOST_BYTES = 2_200_000
MOST_OF_MANY = 12_000_000
"""Of a call that brings many articles at once."""

NO_SHAPE = "What was sent is not of the right shape."
TOO_MUCH = "This is too much for one call."
MOST_ITEMS = 200

_BASIC = {"www-authenticate": 'Bearer realm="api"'}
_WRITES = frozenset({"POST", "PUT", "DELETE", "PATCH"})
Sent = TypeVar("Sent", bound=BaseModel)


class Call:
    """One call, read whole."""

    def __init__(self, request: Request, desk: Desk, token: Token, body: bytes) -> None:
        """Keep what is known of it."""
        self.request, self.desk, self.token, self._body = request, desk, token, body
        self.now: datetime = desk.clock()

    def sent(self, model: type[Sent]) -> Sent:
        """Return what was sent.

        Raises:
            ValidationError: it is not of this shape.
        """
        return model.model_validate_json(self._body)

    def path(self, name: str) -> str:
        """Return a part of the address.

        Raises:
            HTTPException: it can't be the name of anything.
            UnknownEdition: it is a newsletter that the token knows nothing of.
        """
        value = self._part(name)
        if name == "newsletter" and not self.token.may_see(value):
            raise UnknownEdition(value)
        return value

    def _part(self, name: str) -> str:
        value = str(self.request.path_params[name])
        if not value or len(value) > 300 or not value.isprintable():
            raise HTTPException(404)
        return value

    def key(self) -> EditionKey:
        """Return the edition that the address names.

        Raises:
            HTTPException: it names none.
            UnknownEdition: it is of a newsletter that the token knows nothing of.
        """
        found = _key(self._part("newsletter"), self._part("number"))
        if found is None:
            raise HTTPException(404, "There is no such edition.")
        if not self.token.may_see(found.newsletter):
            raise UnknownEdition(str(found))
        return found

    def after(self) -> EditionKey | None:
        """Return the edition of the address's newsletter behind which a page begins; None for the first.

        Raises:
            HTTPException: it names none.
        """
        given = self.request.query_params.get("after", "")
        found = _key(self.path("newsletter"), given[:300])
        if given and found is None:
            raise HTTPException(404, "after names no edition.")
        return found

    def limit(self) -> int:
        """Return how many items are asked for.

        Raises:
            HTTPException: it is no number, or too many.
        """
        given = self.request.query_params.get("limit", "50")
        if not (
            given.isascii() and given.isdecimal() and len(given) <= 4 and 1 <= int(given) <= MOST_ITEMS
        ):
            raise HTTPException(422, f"limit is a number from 1 to {MOST_ITEMS}.")
        return int(given)

    def note(self, action: str, *, edition: EditionKey | None = None, detail: str = "") -> None:
        """Write one line of the desk's log; no address in it."""
        entry = AuditEntry(self.now, self.by, action, str(edition) if edition else "", detail=detail)
        self.desk.audit_log.add(entry)

    @property
    def by(self) -> str:
        """Return who calls, as the log names it."""
        return f"token {self.token.name}"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that programs may do: its address, its scope, its shapes.

    Attributes:
        queries: what may stand in the address behind a question mark, with what it means.
        code: of an answer that went well, and
        codes: others that such an answer may have.
        most: bytes that are read.
    """

    method: str
    path: str
    scope: Scope
    about: str
    act: Callable[[Call], BaseModel | Response]
    takes: type[BaseModel] | None = None
    gives: type[BaseModel] | None = None
    queries: tuple[tuple[str, str], ...] = ()
    code: int = 200
    codes: tuple[int, ...] = ()
    most: int = MOST_BYTES


def endpoint(operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers the calls of an operation: token and limits first, then the body."""

    async def answer(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        token, told = await run_in_threadpool(_admitted, request, desk, operation.scope)
        try:
            body = b""
            if request.method in _WRITES:
                body = await body_of(request, most=operation.most, problem=TOO_MUCH)
            answer = await run_in_threadpool(_answered, operation, Call(request, desk, token, body))
        except HTTPException as error:
            raise _with(told, error) from error
        answer.headers.update(told)
        return answer

    return answer


def _with(told: dict[str, str], error: HTTPException) -> HTTPException:
    return HTTPException(error.status_code, error.detail, {**(error.headers or {}), **told})


def _admitted(request: Request, desk: Desk, scope: Scope) -> tuple[Token, dict[str, str]]:
    """Return the token, and the headers that tell how many calls it has left.

    Raises:
        HTTPException: there is none, it may not do this, or there were too many calls.
    """
    now = desk.clock()
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    token = (
        desk.newsroom.database.tokens.find(secret.strip(), now=now) if scheme.lower() == "bearer" else None
    )
    # Who guesses is counted by where they come from, who has a token by it.
    limit, who = desk.limits.requests, ("token", token.name) if token else household_of(request)
    is_allowed, told = limit.take(who, now=now), limit.told(who, now=now)
    if not is_allowed:
        raise _with(told, refused("Too many calls.", limit.wait(who, now=now)))
    if token is None:
        raise HTTPException(401, "It bears no token that is let in.", {**_BASIC, **told})
    if scope not in token.scopes:
        raise HTTPException(403, f"This takes a token with the scope {scope}.", told)
    if scope is Scope.READERS and token.newsletters is not None:
        problem_of_it = "This is about all readers, and the token is bound to some newsletters."
        raise HTTPException(403, problem_of_it, told)
    return token, told


def _answered(operation: Operation, call: Call) -> Response:
    call.desk.refresh()
    try:
        given = operation.act(call)
    except ValidationError as error:
        return problem(422, NO_SHAPE, errors=faults_of(error))
    except InvalidAddress as error:
        return problem(422, str(error))
    except (UnknownEdition, UnknownList, UnknownSubscriber) as error:
        return problem(404, str(error))
    except (EditionConflict, NotAllowed, BadData) as error:
        return problem(409, str(error))
    if isinstance(given, Response):
        return given
    return JSONResponse(
        given.model_dump(mode="json"), operation.code, headers={"cache-control": "no-store"}
    )


def faults_of(error: ValidationError, *, below: str = "") -> list[dict[str, str]]:
    """Return where what was sent is not of its shape, and how; twenty at most.

    Args:
        below: where in what was sent that lies.
    """
    return [
        {"pointer": "#/" + below + "/".join(map(str, one["loc"])), "detail": one["msg"]}
        for one in error.errors(include_url=False, include_context=False, include_input=False)[:20]
    ]


def _key(newsletter: str, number: str) -> EditionKey | None:
    day, _, slot = number.partition("~")
    try:
        return EditionKey(newsletter, date.fromisoformat(day), slot) if number.isprintable() else None
    except ValueError:
        return None
