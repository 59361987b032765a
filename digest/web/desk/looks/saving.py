"""A newsletter's looks, kept as a version of the settings: what was changed of them, and who clashes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from digest.errors import ConfigurationError, Fault, SettingsMoved
from digest.model.kept_settings import Place
from digest.settings.kept.laying import NEWSLETTERS
from digest.settings.looks.theme import ThemeSettings, flat
from digest.web.desk.looks import trying
from digest.web.desk.newsletters import tables
from digest.web.serving.request import Ask
from digest.words.speaking import lasting, retold, say

TEMPLATE, THEME = "template", "theme"
_LISTED = frozenset({"footer"})
_NAMED = frozenset({"social"})
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What saving came to.

    Attributes:
        problems: by the look that they are about, those of none under an empty name; where there is one,
            nothing was kept.
        is_clash: somebody else changed the same since the form was shown.
    """

    problems: Mapping[str, str] = field(default_factory=dict)
    is_clash: bool = False
    is_changed: bool = False


def save(ask: Ask, key: str, given: Mapping[str, str], template: str) -> Outcome:
    """Keep what was changed in the form; what is as it was shown is no change."""
    mine = {**given, TEMPLATE: template}
    for _ in range(_TRIES):
        changes, problems, is_clash = _changes(ask, key, mine)
        if problems:
            return Outcome(problems, is_clash)
        if not changes:
            return Outcome()
        try:
            tables.keep(ask, changes, lasting("changed the looks of %(key)s") % {"key": key})
        except SettingsMoved:
            ask.desk.refresh()
        except ConfigurationError as error:
            return Outcome(told(error.faults))
        else:
            return Outcome(is_changed=True)
    return Outcome({"": say("Somebody else is saving all the time. Save again.")}, is_clash=True)


def told(faults: Iterable[Fault]) -> dict[str, str]:
    """Return what is wrong, by the look that it is about; what is about none stands under an empty name."""
    found: dict[str, list[str]] = {}
    for one in faults:
        _, _, rest = one.where.rpartition(f".{THEME}.")
        # An entry of a list, and a name that somebody typed, stand at the list.
        name = TEMPLATE if one.where.endswith(f".{TEMPLATE}") else re.split(r"[.\[]", rest, maxsplit=1)[0]
        known = name if name == TEMPLATE or name in ThemeSettings.model_fields else ""
        found.setdefault(known, []).append(retold(one.problem))
    return {name: "; ".join(dict.fromkeys(why)) for name, why in found.items()}


def shown_of(data: Mapping[str, object], key: str) -> dict[str, str]:
    """Return the looks that a newsletter's table says, by name, as the form shows them."""
    table = tables.table_of(data, (NEWSLETTERS, key))
    theme = table.get(THEME)
    found = flat(theme) if isinstance(theme, Mapping) else {}
    usual = {name: info.default for name, info in ThemeSettings.model_fields.items()}
    said = {name: text for name, text in found.items() if text != usual.get(name)}
    return {**said, TEMPLATE: str(table.get(TEMPLATE, ""))}


def _changes(
    ask: Ask, key: str, mine: Mapping[str, str]
) -> tuple[dict[Place, str | None], dict[str, str], bool]:
    loaded = ask.desk.newsroom.loaded
    base = shown_of(tables.as_of(ask, loaded).data, key)
    now, file = shown_of(loaded.data, key), shown_of(loaded.file_data, key)
    changes: dict[Place, str | None] = {}
    problems, is_clash = dict[str, str](), False
    for name in (TEMPLATE, *ThemeSettings.model_fields):
        text = mine.get(name, "")
        # A newsletter that names no template is shown with the usual one.
        is_usual = name == TEMPLATE and not _named(ask, key, text, now)
        if text in {base.get(name, ""), now.get(name, "")} or is_usual:
            continue
        if base.get(name, "") != now.get(name, ""):
            is_clash = True
            problems[name] = say("somebody else wrote “%(text)s” meanwhile.", text=now.get(name, ""))
        place = (NEWSLETTERS, key, name) if name == TEMPLATE else (NEWSLETTERS, key, THEME, name)
        if locked := tables.locked(loaded, place):
            problems[name] = locked
        changes[place] = _said(name, text, file.get(name, ""))
    return changes, problems, is_clash


def _named(ask: Ask, key: str, text: str, now: Mapping[str, str]) -> bool:
    return bool(now.get(TEMPLATE)) or text != ask.desk.newsletters[key].template


def _said(name: str, text: str, file: str) -> str | None:
    """Return what the desk must say so that a look is this; None where the file says it already."""
    if text == file:
        return None
    return json.dumps(_value(name, text), ensure_ascii=False) if text else "null"


def _value(name: str, text: str) -> object:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if name in _LISTED:
        return lines
    if name in _NAMED:
        pairs = (line.rpartition(" ") for line in lines)
        return {one.strip(): url for one, _, url in pairs}
    said = " ".join(lines)
    return int(said) if name in trying.NUMBERS and said.isascii() and said.isdecimal() else said
