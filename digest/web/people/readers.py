"""Lists and people: who is on what list, one reader's whole story, and what operators may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from digest.model.desk import Role
from digest.settings import fields
from digest.web.people import importing, segmenting, taking_out
from digest.web.serving.request import Ask, page
from digest.web.serving.wording.names import named
from digest.wiring import privacy
from digest.words.speaking import later, say
from subscribers import address as addresses
from subscribers import lists, people, preferences, suppression, tagging
from subscribers.errors import InvalidAddress, SubscribersError, UnknownSubscriber
from subscribers.model import Evidence, Subscriber, SuppressionKind
from subscribers.people import Person

MOST_FOUND = 25
MOST_EDITIONS = 10
LIFTABLE = (SuppressionKind.MANUAL, SuppressionKind.HARD_BOUNCE, SuppressionKind.COMPLAINT)
"""What operators may take away; a reader's own no is out of their reach."""

BY_DESK = "operator"
LONGEST_WORDS = 500
LONGEST_NAME = 100
LONGEST_TAGS = 20_000

_GROWTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list with its numbers, as the page shows it."""

    key: str
    title: str
    counts: dict[str, int]
    growth: lists.Growth


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a reader."""

    at: datetime
    what: str
    detail: str = ""


def overview(ask: Ask) -> Response:
    """Show every list, and the ways to find and add people."""
    return _overview(ask)


def find(ask: Ask) -> Response:
    """Find people by an address or a part of it, or by a name; a whole address leads to its reader.

    Asked for by POST: an address has no place in a URL, which browsers and proxies keep.
    """
    ask.require(Role.OPS)
    sought = ask.form.get("q", "").strip()[:320]
    ask.desk.note(ask.user.name, "looked readers up")
    if not sought:
        return _overview(ask)
    database = ask.desk.newsroom.people
    try:
        found = people.show(database, sought)
    except InvalidAddress:
        return _overview(ask, sought=sought, found=people.search(database, sought, limit=MOST_FOUND + 1))
    except UnknownSubscriber:
        return _overview(ask, sought=sought, found=())
    if found.subscriber is not None:
        return RedirectResponse(_of(found.subscriber), 303)
    return _overview(ask, sought=sought, barred=found)


def person(ask: Ask) -> Response:
    """Show one reader: subscriptions, consents, suppressions, and what happened when."""
    ask.require(Role.OPS)
    return _page(ask, _reader(ask), told=ask.query.get("done", ""))


def add(ask: Ask) -> Response:
    """Put somebody on a list by an operator's word; who said no stays out."""
    ask.require(Role.OPS)
    given, words = ask.form.get("email", "").strip(), _words(ask, "consent")
    if not words:
        return _overview(ask, problem=say("Say how they consented: it is kept as proof."), code=422)
    try:
        key = ask.form.get("list", "")
        if key in _named(ask):
            lists.ensure(ask.desk.newsroom.people, key, now=ask.now)
        made = people.add(
            ask.desk.newsroom.people,
            given,
            key,
            Evidence(words=words, source="desk"),
            now=ask.now,
            name=ask.form.get("name", "").strip()[:100],
            language=ask.form.get("language", "").strip(),
        )
    except SubscribersError as error:
        return _overview(ask, problem=str(error), code=409)
    ask.desk.note(
        ask.user.name, "added a reader", detail=f"reader {made.subscriber}, list {made.mailing_list}"
    )
    return RedirectResponse(f"/desk/people/one/{made.subscriber}?done=added+a+reader", 303)


def bar(ask: Ask) -> Response:
    """Send nothing to an address that is not stored."""
    ask.require(Role.OPS)
    given = ask.form.get("email", "").strip()
    try:
        masked = addresses.normalize(given).masked
        suppression.suppress(
            ask.desk.newsroom.people,
            given,
            SuppressionKind.MANUAL,
            now=ask.now,
            reason=_words(ask, "reason"),
        )
    except InvalidAddress as error:
        return _overview(ask, problem=str(error), code=422)
    ask.desk.note(ask.user.name, "blocked an address", detail=masked)
    return _overview(
        ask, told=say("Nothing more is sent to %(masked)s, whatever lists it comes to.", masked=masked)
    )


def change(ask: Ask) -> Response:
    """Do to one reader what the address's last word says."""
    ask.require(Role.OPS)
    act = _ACTS.get(ask.request.path_params["verb"])
    if act is None:
        raise HTTPException(404)
    who = _reader(ask)
    try:
        done = act(ask, who)
    except (SubscribersError, ValueError) as error:
        return _page(ask, who, problem=str(error))
    ask.desk.note(ask.user.name, done.said, detail=f"reader {who.id}{done.detail}")
    if done.is_gone:
        return RedirectResponse("/desk/people?done=erased", 303)
    return RedirectResponse(f"{_of(who)}?{urlencode({'done': done.said})}", 303)


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did, in the log's words."""

    said: str
    detail: str = ""
    is_gone: bool = False


def _describe(ask: Ask, who: Subscriber) -> Done:
    """Change what is stored of a reader; consents, lists and suppressions stay as they are."""
    language, timezone = ask.form.get("language", "").strip(), ask.form.get("timezone", "").strip()
    if language and not fields.is_language(language):
        raise ValueError(
            say(
                "%(language)s is no language code, as en, sw or pt-BR. Nothing was changed.",
                language=f"“{language}”",
            )
        )
    if timezone:
        try:
            fields.zone(timezone)
        except ValueError as error:
            raise ValueError(say("The time zone: %(error)s. Nothing was changed.", error=error)) from error
    given = {
        "name": ask.form.get("name", "").strip()[:LONGEST_NAME],
        "language": language,
        "timezone": timezone,
    }
    told = ask.form.get("tags", "")
    if len(told) > LONGEST_TAGS:
        raise ValueError(say("These are too many tags. Nothing was changed."))
    tags = tagging.split(told)
    was = {"name": who.name, "language": who.language, "timezone": who.timezone}
    changed = [name for name, value in given.items() if value != was[name]]
    if sorted(tags) != sorted(who.tags):
        changed.append("tags")
    if not changed:
        raise ValueError(say("That is what was stored; nothing was changed."))
    people.describe(ask.desk.newsroom.people, who.id, **given, tags=tags)
    return Done(later("described a reader"), f", {', '.join(changed)}")


def _subscribe(ask: Ask, who: Subscriber) -> Done:
    key, words = ask.form.get("list", ""), _words(ask, "consent")
    if not words:
        raise ValueError(say("Say how the reader consented: it is kept as proof."))
    people.add(
        ask.desk.newsroom.people, who.address, key, Evidence(words=words, source="desk"), now=ask.now
    )
    return Done(later("subscribed a reader"), f", list {key}")


def _unsubscribe(ask: Ask, who: Subscriber) -> Done:
    key = ask.form.get("list", "")
    if not preferences.unsubscribe(ask.desk.newsroom.people, who.id, key, now=ask.now, reason=BY_DESK):
        raise ValueError(say("The reader was not on that list; nothing changed."))
    return Done(later("unsubscribed a reader"), f", list {key}")


def _leave(ask: Ask, who: Subscriber) -> Done:
    preferences.unsubscribe_all(ask.desk.newsroom.people, who.id, now=ask.now)
    return Done(later("unsubscribed a reader from everything"))


def _suppress(ask: Ask, who: Subscriber) -> Done:
    reason = _words(ask, "reason")
    if not reason:
        raise ValueError(say("Give the reason: it is kept with the address."))
    suppression.suppress(
        ask.desk.newsroom.people, who.address, SuppressionKind.MANUAL, now=ask.now, reason=reason
    )
    return Done(later("blocked a reader"))


def _lift(ask: Ask, who: Subscriber) -> Done:
    kind = SuppressionKind(ask.form.get("kind", ""))
    if not suppression.lift(ask.desk.newsroom.people, who.address, kind):
        raise ValueError(say("The address was not blocked; nothing changed."))
    return Done(later("let mail go to a reader again"), f", {kind.value}")


def _erase(ask: Ask, who: Subscriber) -> Done:
    try:
        typed = addresses.normalize(ask.form.get("typed", ""))
    except InvalidAddress as error:
        raise ValueError(
            say("Type the reader’s whole address to erase them. Nothing was erased.")
        ) from error
    if typed.canonical != who.canonical:
        raise ValueError(say("What you typed is not this reader’s address. Nothing was erased."))
    privacy.erase(ask.desk.newsroom.database, ask.desk.newsroom.people, who.address, now=ask.now)
    return Done(later("erased a reader"), is_gone=True)


_ACTS = {
    "describe": _describe,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "leave": _leave,
    "suppress": _suppress,
    "lift": _lift,
    "erase": _erase,
}


def _overview(
    ask: Ask,
    *,
    sought: str = "",
    found: tuple[Subscriber, ...] | None = None,
    barred: Person | None = None,
    problem: str = "",
    told: str = "",
    code: int = 200,
) -> Response:
    if ask.query.get("done") == "erased":
        told = say(
            "The reader is erased. A sign that nobody can read is left, so that no import brings them back."
        )
    return ask.page(
        "people.html",
        code=code,
        lists=(stored := _lists(ask)),
        named=_named(ask) - {one.key for one in stored},
        sought=sought,
        found=None if found is None else found[:MOST_FOUND],
        is_more=found is not None and len(found) > MOST_FOUND,
        barred=barred,
        masked=addresses.masked,
        segments=list(ask.desk.newsroom.segments),
        problem=problem,
        told=told,
    )


def _named(ask: Ask) -> set[str]:
    """Return the lists that newsletters go to, whether anybody is on them or not."""
    return {key for newsletter in ask.desk.newsletters.values() for key in newsletter.lists}


def _lists(ask: Ask) -> tuple[ListRow, ...]:
    database = ask.desk.newsroom.people
    growth = lists.grown(database, since=ask.now - _GROWTH)
    return tuple(
        ListRow(
            one.mailing_list.key,
            one.mailing_list.title,
            {state.value: count for state, count in one.counts.items()},
            growth.get(one.mailing_list.key, lists.Growth()),
        )
        for one in lists.listed(database)
    )


def _page(ask: Ask, who: Subscriber, *, problem: str = "", told: str = "") -> Response:
    database = ask.desk.newsroom.people
    shown = people.show(database, who.address)
    on = {one.mailing_list for one in shown.subscriptions if one.state.value in {"active", "paused"}}
    return ask.page(
        "people/person.html",
        code=409 if problem else 200,
        person=shown.subscriber,
        shown=shown,
        others=[key for key in lists.titles(database) if key not in on],
        titles=lists.titles(database),
        tags=tagging.joined(shown.subscriber.tags) if shown.subscriber else "",
        history=_history(shown),
        editions=_editions(ask, who),
        here=_of(who),
        liftable=LIFTABLE,
        problem=problem,
        told=told[:80],
    )


def _history(shown: Person) -> tuple[Moment, ...]:
    """Return what is known to have happened, the newest first."""
    found = []
    if shown.subscriber is not None:
        found.append(Moment(shown.subscriber.created_at, say("first stored")))
        if shown.subscriber.clicked_at:
            found.append(Moment(shown.subscriber.clicked_at, say("last clicked a link")))
        if shown.subscriber.delivered_at:
            found.append(Moment(shown.subscriber.delivered_at, say("last known to get mail")))
    for consent in shown.consents:
        words = f"{consent.mailing_list}, {named(consent.method.value)}"
        found.append(Moment(consent.at, say("said yes: %(words)s", words=words), consent.words))
    found += [
        Moment(one.ended_at, say("left %(list)s", list=one.mailing_list), one.end_reason)
        for one in shown.subscriptions
        if one.ended_at
    ]
    found += [
        Moment(one.at, say("blocked: %(kind)s", kind=named(one.kind.value)), one.reason)
        for one in shown.suppressions
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _editions(ask: Ask, who: Subscriber) -> list[dict[str, object]]:
    """Return the last editions that were meant for a reader, the newest first, and what became of each."""
    found = ask.desk.newsroom.database.forgetting.of_reader(who.canonical)["deliveries"]
    return found[: -1 - MOST_EDITIONS : -1]


def _reader(ask: Ask) -> Subscriber:
    try:
        return people.get(ask.desk.newsroom.people, ask.request.path_params["id"])
    except UnknownSubscriber as error:
        raise HTTPException(404, say("This reader is not stored, or not any more.")) from error


def _words(ask: Ask, field: str) -> str:
    return ask.form.get(field, "").strip()[:LONGEST_WORDS]


def _of(who: Subscriber) -> str:
    return f"/desk/people/one/{who.id}"


GET, POST = ["GET"], ["POST"]

routes = [
    Route("/desk/people", page(overview), methods=GET),
    Route("/desk/people/find", page(find), methods=POST),
    Route("/desk/people/add", page(add), methods=POST),
    Route("/desk/people/bar", page(bar), methods=POST),
    Route("/desk/people/one/{id}", page(person), methods=GET),
    Route("/desk/people/one/{id}/export", page(taking_out.person), methods=POST),
    Route("/desk/people/one/{id}/{verb}", page(change), methods=POST),
    Route("/desk/people/export", page(taking_out.readers), methods=POST),
    *importing.routes,
    *segmenting.routes,
]
"""In the order they are tried."""
