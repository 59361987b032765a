"""A reader's own page: lists, topics, how often, a pause, name and language, and the way out of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from starlette.responses import RedirectResponse, Response

from digest.locales.locale import UnknownLocale, parse
from digest.model import Newsletter, SectionRule
from digest.rendering import phrases
from digest.web.public import joining
from digest.web.public.visit import Visit, title_of
from digest.web.serving.limits import mailbox_of
from digest.web.serving.request import household_of
from digest.web.serving.state import Desk
from subscribers import address as addresses
from subscribers import people, preferences
from subscribers.errors import NotAllowed, UnknownSubscriber
from subscribers.model import Frequency, Subscriber, Subscription, SubscriptionState
from subscribers.signed_links import Purpose

LONGEST_PAUSE = timedelta(days=366)

_ON = frozenset({SubscriptionState.ACTIVE, SubscriptionState.PAUSED})
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One list as the page shows it.

    Attributes:
        sections: the topics there are, by key.
        newsletter: who sends to it; None for a list that no newsletter sends to any more.
    """

    key: str
    title: str
    sections: Mapping[str, str]
    newsletter: Newsletter | None
    subscription: Subscription | None

    @property
    def is_on(self) -> bool:
        """Tell whether mail comes, or will after a pause."""
        return self.subscription is not None and self.subscription.state in _ON

    @property
    def is_waiting(self) -> bool:
        """Tell whether the sign-up waits for its confirmation."""
        return self.subscription is not None and self.subscription.state is SubscriptionState.PENDING

    @property
    def is_weekly(self) -> bool:
        """Tell whether the reader wants the week's best."""
        return self.subscription is not None and self.subscription.frequency is Frequency.WEEKLY

    @property
    def paused_until(self) -> str:
        """Return the day that ends a pause, as forms write it."""
        until = self.subscription and self.is_on and self.subscription.paused_until
        return until.isoformat() if until else ""

    def has(self, topic: str) -> bool:
        """Tell whether the reader gets a topic."""
        taken = self.subscription.topics if self.subscription else ()
        return not taken or topic in taken


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says of one list."""

    choice: Choice
    is_on: bool
    topics: tuple[str, ...]
    frequency: Frequency
    until: date | None


def show(visit: Visit) -> Response:
    """Show what the reader chose."""
    person = _reader(visit)
    return visit.not_ours() if person is None else _page(visit, person)


def save(visit: Visit) -> Response:
    """Keep what the form says; a list that the reader is not on gets a mail to confirm first."""
    person = _reader(visit)
    if person is None:
        return visit.not_ours()
    wishes, problem = [], ""
    for choice in _choices(visit.desk, person):
        if ("list", choice.key) in visit.choices:
            wish, fault = _wish(visit, choice)
            problem = problem or fault
            wishes.append(wish)
    language, zone = visit.form.get("language", ""), visit.form.get("timezone", "")
    if language not in {code for code, _ in _languages(visit, person)}:
        problem = problem or "language"
    if zone and zone != person.timezone and zone not in _zones():
        problem = problem or "timezone"
    if problem:
        return _page(visit, person, problem=problem)
    name = visit.form.get("name", "").strip()[:_LONGEST_NAME]
    people.describe(visit.desk.newsroom.people, person.id, name=name, language=language, timezone=zone)
    asked = [_keep(visit, person, wish) for wish in wishes]
    done = "asked" if any(asked) else "saved"
    return RedirectResponse(f"{visit.path}?done={done}", 303)


def leave(visit: Visit) -> Response:
    """End every subscription and keep the address from any mail, until the reader signs up again."""
    person = _reader(visit)
    if person is None:
        return visit.not_ours()
    preferences.unsubscribe_all(visit.desk.newsroom.people, person.id, now=visit.now)
    return visit.page("left.html", language=person.language)


def _reader(visit: Visit) -> Subscriber | None:
    claim = visit.claim(Purpose.PREFERENCES)
    try:
        return people.get(visit.desk.newsroom.people, claim.subscriber) if claim else None
    except UnknownSubscriber:
        return None


def _page(visit: Visit, person: Subscriber, *, problem: str = "") -> Response:
    done = visit.request.query_params.get("done", "")
    return visit.page(
        "preferences.html",
        language=person.language,
        code=422 if problem else 200,
        person=person,
        # The page may be opened from a forwarded mail.
        address=addresses.masked(person.address),
        choices=_choices(visit.desk, person),
        languages=_languages(visit, person),
        zones=_zones(),
        first=(visit.now.date() + timedelta(days=1)).isoformat(),
        last=(visit.now.date() + LONGEST_PAUSE).isoformat(),
        problem=problem,
        done=done if done in {"saved", "asked"} and not problem else "",
        token=visit.token,
    )


def _choices(desk: Desk, person: Subscriber) -> tuple[Choice, ...]:
    """Return the newsroom's lists in the settings' order, then others that the reader is still on."""
    taken = {
        one.mailing_list: one for one in people.show(desk.newsroom.people, person.address).subscriptions
    }
    senders: dict[str, list[Newsletter]] = {}
    for newsletter in desk.newsletters.values():
        for key in newsletter.lists:
            senders.setdefault(key, []).append(newsletter)
    for key, one in taken.items():
        if one.state is not SubscriptionState.ENDED:
            senders.setdefault(key, [])
    titles = {key: title_of(desk, key) for key in senders}
    often = Counter(titles.values())
    return tuple(
        Choice(
            key,
            # Two lists of one newsletter: whoever unticks one must see that the other still brings it.
            f"{titles[key]} ({key})" if often[titles[key]] > 1 else titles[key],
            _sections(found),
            found[0] if found else None,
            taken.get(key),
        )
        for key, found in senders.items()
    )


def _sections(newsletters: Iterable[Newsletter]) -> dict[str, str]:
    rules: Iterable[SectionRule] = (rule for one in newsletters for rule in one.sections)
    found: dict[str, str] = {}
    for rule in rules:
        found.setdefault(rule.key, rule.title)
    return found


def _wish(visit: Visit, choice: Choice) -> tuple[Wish, str]:
    """Return what the form says of a list, and what is wrong with it, if anything."""
    key, given = choice.key, visit.choices
    topics = tuple(topic for topic in choice.sections if (f"topic-{key}", topic) in given)
    is_on = ("on", key) in given
    is_weekly = (f"often-{key}", "weekly") in given
    frequency = Frequency.WEEKLY if is_weekly else Frequency.EVERY
    until, problem = None, ""
    typed = visit.form.get(f"pause-{key}", "").strip()
    if typed and is_on and choice.is_on:
        try:
            until = date.fromisoformat(typed)
        except ValueError:
            problem = "pause"
        else:
            today = visit.now.date()
            is_kept = typed == choice.paused_until
            if not is_kept and not today < until <= today + LONGEST_PAUSE:
                problem = "pause"
    if is_on and choice.is_on and choice.sections and not topics:
        problem = problem or "topics"
    every = () if len(topics) == len(choice.sections) else topics
    return Wish(choice, is_on, every, frequency, until), problem


def _keep(visit: Visit, person: Subscriber, wish: Wish) -> bool:
    """Do what the form says of a list; tell whether a mail to confirm was asked for."""
    database, key, choice = visit.desk.newsroom.people, wish.choice.key, wish.choice
    if not wish.is_on:
        preferences.unsubscribe(database, person.id, key, now=visit.now)
        return False
    if not choice.is_on:
        return _ask(visit, person, choice)
    try:
        preferences.choose(database, person.id, key, topics=wish.topics, frequency=wish.frequency)
        if wish.until is not None:
            preferences.pause(database, person.id, key, wish.until)
        elif choice.paused_until:
            preferences.resume(database, person.id, key)
    except (NotAllowed, UnknownSubscriber):
        # Ended or erased in another window since the page was asked for: that stands.
        return False
    return False


def _ask(visit: Visit, person: Subscriber, choice: Choice) -> bool:
    """Ask by mail: this link never expires and may have been forwarded, so that a tick is no yes."""
    if choice.newsletter is None or choice.is_waiting:
        return False
    address = addresses.normalize(person.address)
    if not visit.gate.sign_ups.take(household_of(visit.request), now=visit.now):
        return False
    if not visit.gate.mails.take(mailbox_of(address.canonical), now=visit.now):
        return False
    if not visit.gate.all_mails.take("", now=visit.now):
        return False
    job = joining.asking(visit, choice.newsletter, choice.key, address, name="", source="/p/")
    return visit.gate.mailer.post(job)


def _languages(visit: Visit, person: Subscriber) -> list[tuple[str, str]]:
    """Return the languages to choose from, each under its own name; first the newsletter's own."""
    codes = set(phrases.languages()) | {one.language for one in visit.desk.newsletters.values()}
    if person.language:
        codes.add(person.language)
    return [("", ""), *sorted((code, _named(code)) for code in codes)]


@lru_cache(maxsize=256)
def _named(code: str) -> str:
    try:
        name = parse(code).own_name or code
    except UnknownLocale:
        return code
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    """Return the time zones that people live in: a region and a place."""
    regions = "Africa/ America/ Antarctica/ Arctic/ Asia/ Atlantic/ Australia/ Europe/ Indian/ Pacific/"
    starts = tuple(regions.split())
    return tuple(sorted(zone for zone in available_timezones() if zone.startswith(starts)))
