"""The fenced blocks of every page, and what a reader may do with each."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```[ ]*$", re.MULTILINE | re.DOTALL)

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block.

    Attributes:
        page: from the checkout's top.
        line: of its fence, from 1.
        language: the first word behind the fence; empty where there is none.
    """

    page: str
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        """Return where it stands, for a test's id."""
        return f"{self.page}:{self.line}"


def pages() -> tuple[Path, ...]:
    """Return every page that a reader of the docs may come to."""
    return (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield a page's fenced blocks in their order."""
    text = page.read_text()
    for found in _FENCE.finditer(text):
        indent, language, inside = found.groups()
        lines = [line.removeprefix(indent) for line in inside.splitlines()]
        name = (language.split() or [""])[0]
        line = text.count("\n", 0, found.start()) + 1
        yield Block(str(page.relative_to(ROOT)), line, name, "\n".join(lines) + "\n")


def all_blocks(*languages: str) -> list[Block]:
    """Return all pages' blocks in one of these languages."""
    return [one for page in pages() for one in blocks_of(page) if one.language in languages]


def digest_calls(shell: str) -> Iterator[list[str]]:
    """Yield the arguments of each call of `digest`, whatever stands before it on its line."""
    for line in re.sub(r"\\\n", " ", shell).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:  # a text over several lines: nothing that calls us
            continue
        for is_between, group in groupby(words, key=lambda word: set(word) <= set("();<>|&")):
            simple = list(group)
            while simple and (simple[0] == "sudo" or "=" in simple[0]):
                simple.pop(0)
            if simple and not is_between and Path(simple[0]).name == "digest":
                yield simple[1:]


def as_toml(table: Mapping[str, Any]) -> str:
    """Return a table as TOML: a line for each value, tables within lists on one line."""
    return "".join(f"{'.'.join(map(_key, path))} = {_value(value)}\n" for path, value in _leaves(table))


def composed(base: Table, block: Table) -> Table:
    """Return a configuration with a page's fragment in it, as its reader would put it there.

    A table with a `kind` takes the other kind's place; a newsletter of another name starts as a copy of
    the first one.
    """
    found = dict(base)
    for name, value in block.items():
        below = found.get(name)
        if name == "newsletters" and isinstance(below, dict):
            first = dict(next(iter(below.values())))
            found[name] = {
                **below,
                **{key: composed(below.get(key, first), one) for key, one in value.items()},
            }
        elif isinstance(value, dict) and isinstance(below, dict) and "kind" not in value:
            found[name] = composed(below, value)
        else:
            found[name] = value
    return found


def _leaves(table: Mapping[str, Any], *above: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, *above, name)
        else:
            yield (*above, name), value


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if isinstance(value, bool | int | float) else str(value)
