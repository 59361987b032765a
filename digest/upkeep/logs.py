"""What is logged: lines for people or JSON for machines, with ids, and never an address or a token."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from digest.model import EditionKey

LOGGERS = ("digest", "subscribers")
"""Whose lines are ours to write."""

IDS = ("run", "worker", "edition", "newsletter")
"""What a JSON line tells besides its words, where it is known."""

MOST_CHARS = 20_000
"""Of one line; a driver's error can hold a whole statement."""

_ADDRESS = re.compile(r"[^\s<>\"'(),:;@/\[\]=]{1,64}@(?=[^\s<>\"'(),:;@/\[\]=]{1,255})")
_SIGNED = re.compile(r"\b[upvclk][a-z0-9]{1,8}\.[A-Za-z0-9_~-]{1,400}\.[A-Za-z0-9_-]{22}\b")
_IN_PATH = re.compile(r"/(u|p|c|v|l|enter)/[^\s/?#\"'<>]{8,400}")
_KNOWN = re.compile(r"\b(?:whsec_|SG\.|Bearer |Basic )[A-Za-z0-9+/=_.-]{8,400}")
_NAMED = re.compile(
    r"\b((?:[a-z]{1,20}_)?(?:token|secret|password|api_?key|signature|csrf)[\"']?[=:] ?[\"']?)"
    r"[^\s&\"']{4,400}",
    re.IGNORECASE,
)
_LONGEST_NAME = 200
_HIDDEN = "***"

_process: dict[str, str] = {}
_about: ContextVar[Mapping[str, str]] = ContextVar("log ids")


def scrubbed(text: str) -> str:
    """Return a text without readers' addresses, links that only they have, and secrets."""
    text = text[:MOST_CHARS]
    if "@" in text:
        text = _ADDRESS.sub(lambda found: f"{found[0][0]}{_HIDDEN}@", text)
    text = _SIGNED.sub(_HIDDEN, text)
    text = _IN_PATH.sub(rf"/\1/{_HIDDEN}", text)
    text = _KNOWN.sub(_HIDDEN, text)
    return _NAMED.sub(_without_value, text)


def _without_value(found: re.Match[str]) -> str:
    """Return a name with its value hidden, or as it is where a setting's fault is told behind its name.

    A fault names its setting whole (`metrics.token: must have …`), and tells no value.
    """
    if found[1].endswith(": "):
        from digest.settings.schema import Settings  # a line that names such a thing is rare

        before = found.string[max(0, found.start() - _LONGEST_NAME) : found.start()]
        table = re.split(r"[\s(\"'`]", before)[-1]
        if table.endswith(".") and table.partition(".")[0] in Settings.model_fields:
            return found[0]
    return f"{found[1]}{_HIDDEN}"


@contextmanager
def process(**ids: str) -> Iterator[None]:
    """Let every line of this process tell these ids, those of its threads too."""
    before = dict(_process)
    _process.update(ids)
    try:
        yield
    finally:
        _process.clear()
        _process.update(before)


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Let the lines logged inside tell these ids."""
    token = _about.set({**_about.get({}), **ids})
    try:
        yield
    finally:
        _about.reset(token)


def ids_of(record: logging.LogRecord) -> dict[str, str]:
    """Return the ids of a line: those around it, and the edition that it names itself."""
    known = {**_process, **_about.get({})}
    arguments = record.args if isinstance(record.args, tuple) else ()
    for argument in arguments:
        if isinstance(argument, EditionKey):
            known |= {"edition": str(argument), "newsletter": argument.newsletter}
    return {name: known[name] for name in IDS if known.get(name)}


class TextLines(logging.Formatter):
    """One line for people: time, level, who says it, what, and the ids that the words do not name."""

    def __init__(self) -> None:
        """Write the time first."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s%(ids)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and a traceback below it where there is one."""
        said, ids = record.getMessage(), ids_of(record)
        told = [f"{name} {ids[name]}" for name in ("worker", "run") if name in ids]
        if "edition" in ids and ids["edition"] not in said:
            told.append(ids["edition"])
        record.ids = f" [{', '.join(told)}]" if told else ""
        return scrubbed(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, str] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
            **ids_of(record),
        }
        if record.exc_info:
            said["error"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def as_json(names: tuple[str, ...] = LOGGERS) -> None:
    """Have these loggers write JSON on stderr, at the level they have; a terminal's colors are left out.

    What libraries warn of, on no logger of ours, is written so too: a collector reads every line.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in names:
        logging.getLogger(name).handlers = [handler]
    others = logging.StreamHandler(sys.stderr)
    others.setFormatter(JsonLines())
    others.setLevel(logging.WARNING)
    logging.lastResort = others


def is_json(name: str = LOGGERS[0]) -> bool:
    """Tell whether a logger writes JSON."""
    return any(isinstance(one.formatter, JsonLines) for one in logging.getLogger(name).handlers)
