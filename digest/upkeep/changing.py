"""Changes of settings at the desk: judged as a run would judge them, then kept as a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from digest.errors import BadData, ConfigurationError, Fault
from digest.model.kept_settings import Kept, KeptValue, Place
from digest.settings.kept.limits import refusals
from digest.settings.loading import Loaded
from digest.upkeep import refusing
from digest.wiring.newsroom import Newsroom


def change(
    newsroom: Newsroom, changes: Mapping[Place, str | None], *, who: str, said: str, now: datetime
) -> int:
    """Keep changes and return the version that they make; this newsroom goes by them at once.

    Args:
        changes: values as JSON, by place; None where the file shall count again.
        said: what was done, for the list of versions.

    Raises:
        ConfigurationError: a run would refuse them, or they are not for the desk; nothing was kept.
        SettingsMoved: somebody else was quicker; nothing was kept.
    """
    kept = newsroom.database.kept_settings.read()
    try_out(newsroom.loaded, kept, changes, who=who, now=now)
    number = newsroom.database.kept_settings.keep(
        changes, based_on=kept.version, who=who, said=said, now=now
    )
    newsroom.refresh()
    return number


def try_out(
    loaded: Loaded, kept: Kept, changes: Mapping[Place, str | None], *, who: str, now: datetime
) -> Loaded:
    """Return the settings as they would be with some changes; nothing is kept.

    Raises:
        ConfigurationError: a run would refuse them, or they are not for the desk.
    """
    faults = tuple(refusals(changes, loaded.file_data))
    if faults:
        raise ConfigurationError(faults)
    found = _again(loaded, with_changes(kept, changes, who=who, now=now))
    try:
        refusing.check(found.settings)
    except ConfigurationError as error:
        # What is wrong elsewhere was so before, and is for whoever runs the machine.
        ours = tuple(one for one in error.faults if one.where.startswith(("newsletters", "segments")))
        if ours:
            raise ConfigurationError(ours) from error
    return found


def with_changes(kept: Kept, changes: Mapping[Place, str | None], *, who: str, now: datetime) -> Kept:
    """Return what the desk says with some changes, as its next version."""
    values = dict(kept.values)
    for place, json in changes.items():
        values.pop(place, None)
        if json is not None:
            values[place] = KeptValue(json, kept.version + 1, who, now)
    return replace(kept, version=kept.version + 1, values=values)


def back_to(newsroom: Newsroom, version: int, *, who: str, now: datetime) -> int:
    """Say again what an earlier version said, as a new version; return its number.

    0 is what the file says alone.

    Raises:
        BadData: there is no such version, or nothing would change.
        ConfigurationError: a run would refuse it by now.
    """
    store = newsroom.database.kept_settings
    newest = store.read()
    if not 0 <= version <= newest.version:
        raise BadData(f"Version {version}", f"there is none; the newest is {newest.version}")
    changes = differences(newest, store.read(as_of=version))
    if not changes:
        raise BadData(f"Version {version}", "it says what is in force already; nothing was changed")
    return change(newsroom, changes, who=who, said=f"back to version {version}", now=now)


def differences(now: Kept, wanted: Kept) -> dict[Place, str | None]:
    """Return the changes that lead from what the desk says to what it shall say."""
    before = {place: value.json for place, value in now.values.items()}
    after = {place: value.json for place, value in wanted.values.items()}
    places = dict.fromkeys((*before, *after))
    return {place: after.get(place) for place in places if before.get(place) != after.get(place)}


def _again(loaded: Loaded, kept: Kept) -> Loaded:
    if loaded.again is None:
        raise ConfigurationError([Fault("newsletters", "can't be changed here: no database is read")])
    return loaded.again(kept)
