"""The segments that the settings name: parts of the lists, for a newsletter or to be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from digest.errors import ConfigurationError, Fault
from digest.settings.fields import closest
from digest.settings.schema import Settings
from subscribers.audience import audience, count
from subscribers.model import Frequency
from subscribers.segments import Segment, from_data
from subscribers.storage.database import SubscriberDatabase


def segments_of(settings: Settings) -> Mapping[str, Segment]:
    """Return every segment by name.

    Raises:
        ConfigurationError: one can't be read, or a newsletter names one that is not there.
    """
    found, faults = {}, []
    for key, data in settings.segments.items():
        try:
            found[key] = from_data(_plain(data))
        except ValueError as error:
            faults.append(Fault(f"segments.{key}", str(error).rstrip(".")))
    for name, newsletter in settings.newsletters.items():
        if newsletter.segment and newsletter.segment not in settings.segments:
            near = closest(newsletter.segment, sorted(settings.segments))
            problem = f"there is no segment {newsletter.segment!r}{near}"
            faults.append(Fault(f"newsletters.{name}.segment", problem))
    if faults:
        raise ConfigurationError(faults)
    return MappingProxyType(found)


def segment_of(settings: Settings, newsletter: str) -> Segment | None:
    """Return the part of its lists that a newsletter goes to; None for all.

    Raises:
        ConfigurationError: as for `segments_of`.
    """
    wanted = settings.newsletters[newsletter].segment
    return segments_of(settings)[wanted] if wanted else None


def counted(
    database: SubscriberDatabase, lists: Sequence[str], segment: Segment | None, *, now: datetime
) -> int:
    """Return how many readers of `lists` a segment has now, weekly ones too; None for everybody."""
    return sum(
        count(database, audience(lists, now=now, frequency=often, segment=segment)) for often in Frequency
    )


def _plain(value: object) -> object:
    """Return frozen settings as the plain objects that segments are read from."""
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
