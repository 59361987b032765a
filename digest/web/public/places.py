"""Published editions as the archive and its feeds show them: what was wrong in them is set right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from starlette.exceptions import HTTPException

from digest.editions.corrections import set_right
from digest.model import Edition, EditionKey, Item, Newsletter, StoryLabel
from digest.model.desk import Correction
from digest.rendering.phrases import phrases
from digest.storage.searching.words import sought
from digest.web.public.visit import Visit

MOST_FOUND = 60
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_IN_A_MONTH = 200


@dataclass(frozen=True, slots=True)
class Place:
    """An edition as the archive shows it, what was wrong in it set right.

    Attributes:
        corrections: of this edition, the oldest first.
        found: the stories that a search was about; none where it was about the edition, or nobody searched.
    """

    edition: Edition
    path: str
    corrections: tuple[Correction, ...] = ()
    found: tuple[Item, ...] = ()

    @property
    def summary(self) -> str:
        """Return its preheader, and what is right in place of what was not."""
        word = phrases(self.edition.language).label(StoryLabel.CORRECTION)
        told = (f"{word}: {one.headline}: {one.text}" for one in self.corrections)
        return " ".join([self.edition.preheader, *told]).strip()

    @property
    def text(self) -> str:
        """Return its headlines, those of corrected stories with what is right."""
        word = phrases(self.edition.language).label(StoryLabel.CORRECTION)
        return "\n".join(
            f"{item.headline} ({word}: {item.blurb.text})"
            if item.article in {one.article for one in self.corrections}
            else item.headline
            for item in self.edition.items
        )

    @property
    def changed_at(self) -> datetime:
        """Return when it last said something else than before."""
        return max([self.edition.window.end, *(one.at for one in self.corrections)])


def newsletter_of(visit: Visit) -> Newsletter:
    """Return the newsletter that the address names.

    Raises:
        HTTPException: there is none.
    """
    try:
        return visit.desk.newsletters[str(visit.request.path_params["newsletter"])]
    except KeyError as error:
        raise HTTPException(404) from error


def place_at(visit: Visit, newsletter: Newsletter) -> Place:
    """Return the published edition that the address names.

    Raises:
        HTTPException: the address names no day.
        UnknownEdition: there is no such edition, or readers may not have it.
    """
    key = key_of(f"{newsletter.key}/{visit.request.path_params['number'].replace('~', '/')}")
    edition = visit.desk.edition(key)
    if not visit.desk.history.is_published(key, now=visit.now):
        raise HTTPException(404)
    wrong = visit.desk.history.corrections(key)
    return Place(set_right(edition, wrong), path_of(key), wrong)


def newest(visit: Visit, newsletter: str, most: int) -> list[Place]:
    """Return the newest editions."""
    return _places(visit, newsletter, visit.desk.history.published(newsletter, now=visit.now, limit=most))


def of_month(visit: Visit, newsletter: str, first: date) -> list[Place]:
    """Return the editions of the month that begins on the day `first`, newest first."""
    return _places(
        visit,
        newsletter,
        visit.desk.history.published(
            newsletter, now=visit.now, limit=_IN_A_MONTH, since=first, until=_next_month(first)
        ),
    )


def searched(visit: Visit, newsletter: str, wanted: str) -> list[Place]:
    """Return the newest editions that say all words in one story, or in their subject and preheader."""
    what = sought(wanted)
    if not what:
        return []
    looking_back = visit.desk.newsroom.database.looking_back
    maybe = looking_back.editions(newsletter, what, limit=MOST_FOUND, out_by=visit.now)
    found: list[Place] = []
    for place in _places(visit, newsletter, (one.edition for one in maybe)):
        # The index knows what was wrong as well: what is shown is looked at again.
        stories = tuple(
            item for item in place.edition.items if what.is_said_by(item.headline, item.blurb.text)
        )
        intros = (section.intro for section in place.edition.sections)
        if stories or what.is_said_by(place.edition.subject, place.edition.preheader, *intros):
            found.append(Place(place.edition, place.path, place.corrections, stories))
    return found


def months(visit: Visit, newsletter: str) -> list[date]:
    """Return the first days of the months that have editions, newest first."""
    days = visit.desk.history.published_days(newsletter, now=visit.now)
    return list(dict.fromkeys(day.replace(day=1) for day in days))


def month_of(text: str) -> date | None:
    """Return the first day of a month written `2026-11`; None for anything else."""
    if not _MONTH.fullmatch(text):
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def key_of(text: str) -> EditionKey:
    """Return the key written `morning/2026-11-23`.

    Raises:
        HTTPException: it is none.
    """
    newsletter, _, rest = text.partition("/")
    day, _, slot = rest.partition("/")
    try:
        return EditionKey(newsletter, date.fromisoformat(day), slot)
    except ValueError as error:
        raise HTTPException(404) from error


def path_of(key: EditionKey) -> str:
    """Return the path of an edition's public page."""
    return f"/archive/{key.newsletter}/{str(key).partition('/')[2].replace('/', '~')}"


def stamp(at: datetime) -> str:
    """Return a moment as feeds and metadata write it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _places(visit: Visit, newsletter: str, found: Iterable[Edition]) -> list[Place]:
    wrong = visit.desk.history.corrected(newsletter)
    return [
        Place(set_right(one, wrong.get(one.key, ())), path_of(one.key), wrong.get(one.key, ()))
        for one in found
    ]


def _next_month(first: date) -> date:
    """Return the first day after a month; the last day there is for the last month of all."""
    if first.month < 12:
        return first.replace(month=first.month + 1)
    return date.max if first.year == date.max.year else date(first.year + 1, 1, 1)
