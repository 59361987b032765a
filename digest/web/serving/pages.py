"""The desk's HTML templates."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from functools import cached_property
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from digest.editions.corrections import original_of
from digest.rendering.compiled import Compiled
from digest.rendering.letter.richtext import LONGEST_SOURCE, rich
from digest.rendering.overrides.builtin import builtin_folder
from digest.web.serving.diffs import difference
from digest.web.serving.wording import reasons
from digest.web.serving.wording.names import choice, named
from digest.web.serving.wording.retelling import alerts, known
from digest.web.serving.wording.rules import rule
from digest.web.serving.wording.script_words import STATIC, script_words
from digest.words.speaking import say, spoken

_COMPILED = Compiled()

MOST_KEPT = 1_500
"""Pieces of pages, of some four kilobytes each: a draft of sixty stories in twenty hands."""


class Pages:
    """Templates of `templates/desk`, HTML escaped, undefined names refused."""

    def __init__(self) -> None:
        """Make the environment; templates are read when first used."""
        self._kept: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = threading.Lock()
        self._environment = Environment(
            loader=FileSystemLoader(builtin_folder() / "desk"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self._environment.filters |= {
            "clock": lambda value, zone: spoken().clock(value, zone),
            "moment": lambda value, zone: spoken().moment(value, zone),
            "day": lambda value: spoken().day(value),
            "short_day": lambda value: spoken().short_day(value),
            "thousands": lambda number: spoken().number(number),
            "decimal": lambda number, digits=1: spoken().decimal(number, digits),
            "percent": lambda share, digits=1: spoken().percent(share, digits),
            "listed": lambda words: spoken().listed(words),
            "said": lambda message: say(str(message)),
            "retold": reasons.told,
            "named": named,
            "choice": choice,
            "rule": rule,
            "marked": lambda text: rich(text, LONGEST_SOURCE),
            "wrong": alerts.said,
            "remedy": alerts.remedy,
            "capital": lambda words: words[:1].upper() + words[1:],
            "short_date": lambda value: spoken().short_date(value),
        }
        self._environment.globals |= {"say": _say, "counted": _counted, "spoken": spoken}
        assert known.KNOWN  # by its import what machines keep is known to `retold`
        self._environment.globals["utc"] = ZoneInfo("UTC")
        self._environment.globals["script_words"] = script_words
        self._environment.globals["version"] = self.version
        self._environment.globals["difference"] = difference
        self._environment.globals["original_of"] = original_of

    @cached_property
    def version(self) -> str:
        """Return a short name of the static files as they are, so that a browser keeps no old ones."""
        total = hashlib.sha256()
        for path in sorted(STATIC.rglob("*")):
            if path.is_file():
                total.update(path.read_bytes())
        return total.hexdigest()[:10]

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Return the template `name` filled in."""
        return self._environment.get_template(name).render(context)

    def part(self, name: str, context: Mapping[str, object]) -> Markup:
        """Return a piece of a page."""
        return Markup(self.render(name, context))  # noqa: S704 - the template has escaped it

    def kept(self, name: str, /, **inputs: Hashable) -> Markup:
        """Return a piece of a page, rendered once for what goes into it and the language spoken.

        Args:
            inputs: all that the template may name, by value: one that stays the same is the same piece.
        """
        key = name, spoken().language, tuple(sorted(inputs.items(), key=_name_of))
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = self.part(name, inputs)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made


def _name_of(pair: tuple[str, Hashable]) -> str:
    return pair[0]


def _say(message: str, /, **values: object) -> Markup:
    """Return words for a page; the values are escaped, the words may hold marks."""
    tongue = spoken()
    return Markup(tongue.say(message)) % tongue.placed(values)  # noqa: S704 - the catalogs are ours


def _counted(singular: str, plural: str, count: int, /, **values: object) -> Markup:
    """Return words for a count, for a page."""
    tongue = spoken()
    form = Markup(tongue.form(singular, plural, count))  # noqa: S704 - the catalogs are ours
    return form % {"count": tongue.number(count), **tongue.placed(values)}
