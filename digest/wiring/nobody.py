"""Why a newsletter reaches nobody: its lists and its segment, looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.settings.schema import Settings
from digest.wiring.segments import segment_of
from subscribers.audience import audience, count
from subscribers.lists import CountedList, listed
from subscribers.model import Frequency, SubscriptionState
from subscribers.segments import Segment
from subscribers.storage.database import SubscriberDatabase

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Nobody:
    """Why nobody gets a newsletter, and what to do: two clauses.

    Attributes:
        joint: what stands between them where they are one line.
    """

    problem: str
    remedy: str
    joint: str = "; "

    def __str__(self) -> str:
        """Return both as one line; behind a full stop the remedy begins large."""
        begin = self.remedy[0].upper() if self.joint.startswith(".") else self.remedy[0]
        return f"{self.problem}{self.joint}{begin}{self.remedy[1:]}"


def why(settings: Settings, newsletter: str, people: SubscriberDatabase) -> str:
    """Return what `reason` finds as words for one line; empty where somebody gets the newsletter."""
    return str(reason(settings, newsletter, people) or "")


def reason(settings: Settings, newsletter: str, people: SubscriberDatabase) -> Nobody | None:
    """Return why nobody gets the newsletter, the week's best included; None where somebody does."""
    lists, segment = settings.newsletters[newsletter].lists, segment_of(settings, newsletter)
    if _readers(people, lists, segment, most=1):
        return None
    everybody = _readers(people, lists, None) if segment else 0
    if everybody:
        name = settings.newsletters[newsletter].segment
        return Nobody(
            f"the segment {name!r} takes none of the {everybody} readers of {', '.join(lists)}",
            f"change [segments.{name}], or newsletters.{newsletter}.segment",
        )
    known = {one.mailing_list.key: one for one in listed(people)}
    said = [_of_list(name, known) for name in lists]
    others = [name for name, one in known.items() if name not in lists and _active(one)][:_MOST_NAMED]
    there = f" (lists with readers: {', '.join(others)})" if others else ""
    return Nobody(
        f"{'; '.join(said)}{there}",
        f"name another one in newsletters.{newsletter}.lists, or bring readers: "
        f"digest subscribers import FILE --list {lists[0]}",
        joint=". ",
    )


def _readers(
    people: SubscriberDatabase, lists: Sequence[str], segment: Segment | None, *, most: int | None = None
) -> int:
    """Return how many readers there are; with `most`, counted no further, for lists may be long."""
    queries = (audience(lists, frequency=often, segment=segment).limit(most) for often in Frequency)
    return sum(count(people, query) for query in queries)


def _active(one: CountedList) -> int:
    return one.counts.get(SubscriptionState.ACTIVE, 0)


def _of_list(name: str, known: dict[str, CountedList]) -> str:
    """Return what is the matter with one list."""
    if name not in known:
        return f"there is no list {name!r}"
    counts = {state: number for state, number in known[name].counts.items() if number}
    if not counts:
        return f"the list {name!r} is empty"
    told = ", ".join(f"{number} {state.value}" for state, number in counts.items())
    suppressed = "; the active ones are suppressed" if SubscriptionState.ACTIVE in counts else ""
    return f"the list {name!r} has no reader who may get mail ({told}{suppressed})"
