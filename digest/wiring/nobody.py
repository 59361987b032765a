"""Why a newsletter reaches nobody: its lists and its segment, looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence

from digest.settings.schema import Settings
from digest.wiring.segments import segment_of
from subscribers.audience import audience, count
from subscribers.lists import CountedList, listed
from subscribers.model import Frequency, SubscriptionState
from subscribers.segments import Segment
from subscribers.storage.database import SubscriberDatabase

_MOST_NAMED = 8


def why(settings: Settings, newsletter: str, people: SubscriberDatabase) -> str:
    """Return why nobody gets the newsletter, the week's best included; empty where somebody does."""
    lists, segment = settings.newsletters[newsletter].lists, segment_of(settings, newsletter)
    if _readers(people, lists, segment, most=1):
        return ""
    everybody = _readers(people, lists, None) if segment else 0
    if everybody:
        name = settings.newsletters[newsletter].segment
        return (
            f"the segment {name!r} takes none of the {everybody} readers of {', '.join(lists)}; "
            f"change [segments.{name}], or newsletters.{newsletter}.segment"
        )
    known = {one.mailing_list.key: one for one in listed(people)}
    said = [_of_list(name, known) for name in lists]
    others = [name for name, one in known.items() if name not in lists and _active(one)][:_MOST_NAMED]
    there = f" (lists with readers: {', '.join(others)})" if others else ""
    return (
        f"{'; '.join(said)}{there}. Name another one in newsletters.{newsletter}.lists, or bring readers: "
        f"digest subscribers import FILE --list {lists[0]}"
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
