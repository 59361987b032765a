"""A table of settings as a form: its fields, what was typed, who else changed them, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digest.errors import ConfigurationError, Fault, SettingsMoved
from digest.model.kept_settings import Place
from digest.settings import names
from digest.settings.kept.editing import Clash, edited
from digest.settings.kept.forms import Control, Field, shown
from digest.settings.kept.laying import NAMED_BY, NEWSLETTERS, held_back, is_held, tables_of
from digest.settings.loading import Loaded
from digest.upkeep import changing
from digest.web.serving.request import Ask
from digest.words.speaking import later, retold, say

_TRIES = 3
_NONE_LEFT = ("is missing", later("must not be empty"))
_OURS = ("digest.toml", "desk", "default", "")


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as the page shows it.

    Attributes:
        locked: why it can't be changed here; empty where it can.
        theirs: what somebody else wrote meanwhile; None where nobody did.
    """

    field: Field
    value: str
    problem: str = ""
    locked: str = ""
    theirs: str | None = None

    @property
    def chosen(self) -> list[str]:
        """Return the lines of a list."""
        return self.value.split("\n") if self.value else []


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a form came to; nothing was kept where there is a problem or a clash.

    Attributes:
        problems: by field; those of no field stand under an empty name.
        typed: what to show again.
    """

    version: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)
    clashes: Sequence[Clash] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Tell whether all of it is in force now."""
        return not self.problems and not self.clashes


NOTHING = Saved()


def table_of(data: Mapping[str, object], place: Place) -> Mapping[str, object]:
    """Return the table at a place; an empty one where there is none."""
    node: object = data
    for number, step in enumerate(place):
        if number == 3 and place[2] in NAMED_BY:
            newsletter = table_of(data, place[:2])
            node = dict(tables_of(newsletter, place[2])).get(step)
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
    return node if isinstance(node, Mapping) else {}


def path_of(data: Mapping[str, object], place: Place) -> names.Path:
    """Return a place as the settings number it; what is new comes last."""
    if len(place) < 4 or place[2] not in NAMED_BY:
        return place
    known = [name for name, _ in tables_of(table_of(data, place[:2]), place[2])]
    at = known.index(place[3]) if place[3] in known else len(known)
    return (*place[:3], at, *place[4:])


def rows(ask: Ask, place: Place, fields: Sequence[Field], saved: Saved = NOTHING) -> list[Shown]:
    """Return the fields of the table at a place, with what was typed where that was not kept."""
    loaded = ask.desk.newsroom.loaded
    table, path = table_of(loaded.data, place), path_of(loaded.data, place)
    held = held_back(loaded.file_data)
    theirs = {one.field.name: one.theirs for one in saved.clashes}
    return [
        Shown(
            one,
            saved.typed.get(one.name, shown(one, table)),
            saved.problems.get(one.name, ""),
            _locked(loaded, (*path, *one.way), is_fixed=is_held((*place, *one.way), held)),
            theirs.get(one.name),
        )
        for one in fields
    ]


def locked(loaded: Loaded, place: Place) -> str:
    """Return why a setting can't be changed at the desk; empty where it can."""
    is_fixed = is_held(place, held_back(loaded.file_data))
    return _locked(loaded, path_of(loaded.data, place), is_fixed=is_fixed)


def _locked(loaded: Loaded, path: names.Path, *, is_fixed: bool) -> str:
    if is_fixed:
        return say("It is held fixed by whoever runs the desk.")
    origin = loaded.origins.get(names.dotted(path), "")
    return (
        ""
        if origin.startswith(_OURS[:-1]) or not origin
        else say("It comes from the %(origin)s.", origin=origin)
    )


def typed(form: Mapping[str, str], fields: Sequence[Field], prefix: str = "") -> dict[str, str]:
    """Return what a form says of some fields; a box that is not ticked says no where it was shown."""
    found: dict[str, str] = {}
    for one in fields:
        name = f"{prefix}{one.name}"
        if one.control is Control.CHOICES:
            if f"has:{name}" in form:
                found[one.name] = "\n".join(word for word in one.choices if f"{name}:{word}" in form)
        elif one.control is Control.YES:
            if f"has:{name}" in form or name in form:
                found[one.name] = "yes" if form.get(name) == "yes" else ""
        elif name in form:
            found[one.name] = form[name]
    return found


def save(ask: Ask, place: Place, fields: Sequence[Field], said: str) -> Saved:
    """Keep what was changed in the form of the table at a place."""
    given = typed(ask.form, fields)
    for _ in range(_TRIES):
        loaded = ask.desk.newsroom.loaded
        change = edited(
            fields,
            given,
            base=table_of(as_of(ask, loaded).data, place),
            now=table_of(loaded.data, place),
            file=table_of(loaded.file_data, place),
        )
        if change.clashes:
            return Saved(clashes=change.clashes, typed=given)
        changes = {(*place, *way): json for way, json in change.values.items()}
        if not changes:
            return NOTHING
        try:
            return Saved(keep(ask, changes, said))
        except SettingsMoved:
            ask.desk.refresh()
        except ConfigurationError as error:
            return Saved(problems=problems_of(error.faults, loaded.data, place, fields), typed=given)
    return Saved(problems={"": say("Somebody else is saving all the time. Save again.")}, typed=given)


def keep(ask: Ask, changes: Mapping[Place, str | None], said: str) -> int:
    """Keep changes, and have the desk go by them.

    Raises:
        ConfigurationError: a run would refuse them.
        SettingsMoved: somebody else was quicker.
    """
    number = changing.change(ask.desk.newsroom, changes, who=ask.user.name, said=said, now=ask.now)
    ask.desk.refresh()
    return number


def problems_of(
    faults: Sequence[Fault],
    data: Mapping[str, object],
    place: Place,
    fields: Sequence[Field],
    prefix: str = "",
) -> dict[str, str]:
    """Return what is wrong by field, in the words of whoever typed it."""
    own = (names.dotted(path_of(data, place)), ".".join(place))
    starts = tuple(f"{one}." for one in own)
    known = {one.name for one in fields}
    found: dict[str, list[str]] = {}
    for fault in faults:
        rest = next((fault.where.removeprefix(one) for one in starts if fault.where.startswith(one)), "")
        name = rest.partition("[")[0]
        where = fault.where.removeprefix(f"{NEWSLETTERS}.")
        told = retold(fault.problem)
        if name not in known and fault.where not in own:
            told = f"{where}: {told}"
        found.setdefault(f"{prefix}{name}" if name in known else "", []).append(told)
    return {name: "; ".join(dict.fromkeys(told)) for name, told in found.items()}


def told(error: ConfigurationError) -> str:
    """Return what is wrong with what was pressed, where no field stands for it."""
    return "; ".join(dict.fromkeys(_told(one) for one in error.faults))


def _told(fault: Fault) -> str:
    if fault.where.rpartition(".")[2] in NAMED_BY and fault.problem.startswith(_NONE_LEFT):
        return say("A newsletter needs at least one: add another first.")
    return retold(fault.problem)


def as_of(ask: Ask, loaded: Loaded) -> Loaded:
    """Return the settings as the form showed them."""
    given = ask.form.get("version", "")
    version = (
        int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else loaded.kept.version
    )
    if version >= loaded.kept.version or loaded.again is None:
        return loaded
    try:
        return loaded.again(ask.desk.newsroom.database.kept_settings.read(as_of=version))
    except ConfigurationError:
        return loaded
