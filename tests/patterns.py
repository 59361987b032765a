"""The product's regular expressions, and texts of their own alphabets to grow them on."""

from __future__ import annotations

import ast
import functools
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from math import log2
from pathlib import Path
from types import ModuleType
from typing import Any

import digest
import subscribers
from digest.sources.pages.markers.kinds import Markers

# Python's own parser of expressions: what types say of it differs from one set of packages to the next.
signs: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

SIZES = (12, 18, 24, 64, 512, 4096)
"""In characters; small at first, for what doubles with each of them."""
LONGEST_S = 0.003
"""What takes less on the longest text is fast enough to be called linear."""
MOST_UNITS = 8
MOST_TEXTS = 40
EVERY_METHOD = frozenset({"search", "fullmatch"})
JOINED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "digest.sources.pages.cleaning": {
        "_matcher": tuple(one.name for one in fields(Markers) if one.name != "shares")
    },
    "digest.sources.dates.reading": {"_worded_patterns": ("", "en", "de", "ar")},
}
ANY_UNITS = ("a", " ", "1", ".", "é", "字")


@dataclass(frozen=True, slots=True)
class Named:
    """One expression, and where it lives."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str] = EVERY_METHOD


def modules() -> Iterator[ModuleType]:
    """Yield every module of the product that can be imported here."""
    for package in (digest, subscribers):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "__main__" in found.name or ".migrations." in found.name or "._demo" in found.name:
                continue
            try:
                yield importlib.import_module(found.name)
            except ImportError:  # an extra that is not installed
                continue


def held(module: ModuleType) -> Iterator[Named]:
    """Yield the expressions that a module holds: its own, those of its classes and of its tables."""
    for name, value in list(vars(module).items()):
        yield from _within(value, f"{module.__name__}.{name}", module.__name__, 0)


def _within(  # noqa: C901 - one case for each kind of container
    value: object, where: str, owner: str, depth: int
) -> Iterator[Named]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield Named(where, value, _methods(owner, where))
        elif isinstance(value.pattern, bytes):
            text = value.pattern.decode("latin-1")
            pattern = re.compile(text, value.flags & ~re.ASCII & ~re.LOCALE)
            yield Named(where, pattern, _methods(owner, where))
    elif depth > 3:
        return
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _within(each, f"{where}[{key!r}]", owner, depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for index, each in enumerate(value):
            yield from _within(each, f"{where}[{index}]", owner, depth + 1)
    elif isinstance(value, type) and value.__module__ == owner:
        for name, each in list(vars(value).items()):
            yield from _within(each, f"{where}.{name}", owner, depth + 1)
    elif type(value).__module__ == owner and not callable(value):
        names = getattr(value, "__slots__", ()) or getattr(value, "__dict__", ())
        for name in names:
            yield from _within(getattr(value, name, None), f"{where}.{name}", owner, depth + 1)


def written(module: ModuleType) -> Iterator[Named]:
    """Yield the expressions that stand in a module's functions: `re.sub(r"…", …)`, flags included."""
    source_of = _read(module)
    for node in source_of.nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        of = node.func.value
        if not (isinstance(of, ast.Name) and of.id == "re") or not isinstance(node.args[0], ast.Constant):
            continue
        source = node.args[0].value
        if isinstance(source, bytes):
            source = source.decode("latin-1")
        if not isinstance(source, str) or node.func.attr == "escape":
            continue
        flags = _flags(ast.unparse(node))
        where = f"{module.__name__}.{source_of.function_of(node)}: {source[:40]}"
        methods = EVERY_METHOD if node.func.attr == "compile" else _named_methods([node.func.attr])
        if node.func.attr == "compile" and source_of.assigns(node):
            continue  # the module holds it by its name
        yield Named(where, re.compile(source, flags), methods)


@dataclass(frozen=True, slots=True)
class _Source:
    """A module as written, walked once: five hundred of them are asked about again and again."""

    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    def function_of(self, call: ast.Call) -> str:
        holders = [
            node
            for node in self.nodes
            if isinstance(node, ast.FunctionDef) and node.lineno <= call.lineno <= (node.end_lineno or 0)
        ]
        return max(holders, key=lambda node: node.lineno).name if holders else ""

    def assigns(self, call: ast.Call) -> bool:
        """Tell whether the call stands in one of the module's own assignments."""
        return any(
            isinstance(statement, (ast.Assign, ast.AnnAssign, ast.ClassDef))
            and statement.lineno <= call.lineno <= (statement.end_lineno or 0)
            and any(node is call for node in ast.walk(statement))
            for statement in self.tree.body
        )


@functools.cache
def _uses() -> dict[tuple[str, str], set[str]]:
    """Return which methods each expression is asked by, of its own module and of those that import it."""
    found: dict[tuple[str, str], set[str]] = {}
    for module in modules():
        nodes = _read(module).nodes
        own = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        called = {
            id(node.func.value)
            for node in nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                name = own.get(node.value.id, (module.__name__, node.value.id))
                if id(node.value) in called:
                    found.setdefault(name, set()).add(node.attr)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
                name = own.get(node.id, (module.__name__, node.id))
                found.setdefault(name, set()).add("search")  # handed on, or asked in another way
    return found


@functools.cache
def _read(module: ModuleType) -> _Source:
    path = getattr(module, "__file__", None)
    tree = ast.parse(Path(path).read_text(encoding="utf-8") if path else "")
    return _Source(tree, tuple(ast.walk(tree)))


def _methods(owner: str, where: str) -> frozenset[str]:
    name = re.split(r"[.\[]", where.removeprefix(f"{owner}."))[0]
    return _named_methods(_uses().get((owner, name), ("search", "fullmatch")))


def _named_methods(names: Iterable[str]) -> frozenset[str]:
    anchored = {"match", "fullmatch"}
    return frozenset(name if name in anchored else "search" for name in names) or EVERY_METHOD


def _flags(call: str) -> int:
    names = ("IGNORECASE", "DOTALL", "MULTILINE", "VERBOSE", "ASCII")
    return sum(int(getattr(re, name)) for name in names if f"re.{name}" in call)


def every_pattern() -> list[Named]:
    """Return all expressions of the product, each once."""
    found: dict[tuple[str, int], Named] = {}
    for module in modules():
        for named in (*held(module), *written(module), *_joined(module)):
            found.setdefault((named.pattern.pattern, named.pattern.flags), named)
    return sorted(found.values(), key=lambda named: named.where)


def _joined(module: ModuleType) -> Iterator[Named]:
    """Yield the expressions that functions put together of the tables of all languages."""
    for name, arguments in JOINED.get(module.__name__, {}).items():
        for argument in arguments:
            made = getattr(module, name)(argument)
            for index, pattern in enumerate(made if isinstance(made, tuple) else (made,)):
                yield Named(f"{module.__name__}.{name}({argument!r})[{index}]", pattern)


def units(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return pieces of the expression's own alphabet: its words, signs, and one of each class."""
    found: dict[str, None] = {}
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    for run in _runs(parsed):
        found.setdefault(run)
    short = sorted(found, key=len)
    chosen = [*short[: MOST_UNITS // 2], *short[-(MOST_UNITS - MOST_UNITS // 2) :]]
    return tuple(dict.fromkeys([*ANY_UNITS[:4], *chosen]))


def _runs(parsed: Any) -> Iterator[str]:
    run = ""
    for code, argument in parsed:
        if code is signs.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield run
            yield run[-1]
            run = ""
        yield from _of_node(code, argument)
    if run:
        yield run
        yield run[-1]


def _of_node(code: Any, argument: Any) -> Iterator[str]:
    if code is signs.IN:
        yield from itertools.islice(_members(argument), 8)
    elif code in (signs.ANY, signs.NOT_LITERAL):
        yield "b"
    elif code is signs.BRANCH:
        for branch in argument[1]:
            yield from _runs(branch)
    elif code in (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT):
        yield from _runs(argument[2])
    elif code is signs.SUBPATTERN:
        yield from _runs(argument[3])
    elif code in (signs.ASSERT, signs.ASSERT_NOT):
        yield from _runs(argument[1])
    elif code is signs.ATOMIC_GROUP:
        yield from _runs(argument)


def _members(inner: Any) -> Iterator[str]:
    samples = {
        signs.CATEGORY_DIGIT: "7",
        signs.CATEGORY_SPACE: " ",
        signs.CATEGORY_WORD: "w",
        signs.CATEGORY_NOT_DIGIT: "x",
        signs.CATEGORY_NOT_SPACE: "y",
        signs.CATEGORY_NOT_WORD: "-",
    }
    if inner and inner[0][0] is signs.NEGATE:
        yield "c"
        return
    for code, argument in inner:
        if code is signs.LITERAL:
            yield chr(argument)
        elif code is signs.RANGE:
            yield from _ends(*argument)
        elif code is signs.CATEGORY:
            yield samples.get(argument, "z")


def _ends(first: int, last: int) -> Iterator[str]:
    """Yield a range's first character and its first letter, which other classes may hold as well."""
    yield chr(first)
    if not chr(first).isalnum():
        yield from itertools.islice(filter(str.isalnum, map(chr, range(first + 1, last + 1))), 1)


def texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Yield makers of texts of about a given length, each with what it repeats."""
    return itertools.islice(_texts(pattern), MOST_TEXTS)


def _texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, Callable[[int], str]]]:
    pieces = units(pattern)
    for one in pieces:
        yield repr(one), functools.partial(_repeated, "", one)
    for one, other in itertools.permutations(pieces, 2):
        yield repr(one + other), functools.partial(_repeated, "", one + other)
        if len(other) == 1:
            yield f"{one!r}, then {other!r}", functools.partial(_repeated, one, other)


def _repeated(start: str, piece: str, size: int) -> str:
    """Return the piece again and again, and an ending that no expression wants."""
    return start + piece * (size // len(piece) + 1) + "\x01"


def seconds(named: Named, text: str, times: int) -> float:
    """Return the least processor time that asking as the product does took, all matches taken."""

    def once() -> float:
        before = time.process_time()
        for method in named.methods - {"search"}:
            getattr(named.pattern, method)(text)
        if "search" in named.methods:
            for _ in named.pattern.finditer(text):
                pass
        return time.process_time() - before

    return min(once() for _ in range(times))


def growth(named: Named, make: Callable[[int], str]) -> float:
    """Return the power of its length that an expression's time grows with; 1 where all is fast.

    It is 1 below LONGEST_S for the longest text; else it is taken from the last doublings before that
    bound, each time the least of several.
    """
    for size in SIZES:
        if seconds(named, make(size), 1) <= LONGEST_S:
            continue
        if min(seconds(named, make(size), 1) for _ in range(3)) <= LONGEST_S:
            continue  # it was the machine
        if size <= 64:
            return 9.0
        return _exponent(named, make, size)
    return 1.0


def _exponent(named: Named, make: Callable[[int], str], size: int) -> float:
    short, long = make(size // 2), make(size)
    taken = [seconds(named, text, 4) for text in (short, long)]
    ratio = max(taken[1], 1e-9) / max(taken[0], 1e-9)
    return log2(ratio) / log2(len(long) / len(short))
