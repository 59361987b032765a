"""Whatever a person of the newsroom reads goes through the catalogs: templates, code and scripts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes

from digest.model import Ending
from digest.rendering.overrides.builtin import builtin_folder
from digest.web.serving.wording.script_words import STATIC, messages

TEMPLATES = builtin_folder() / "desk"
WEB = STATIC.parent
PAGES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
MODULES = sorted(
    str(path.relative_to(WEB))
    for room in ("desk", "people", "signing_in", "team", "serving")
    for path in (WEB / room).rglob("*.py")
)
SCRIPTS = sorted(path.name for path in STATIC.glob("*.js"))

_LETTERS = re.compile(r"[A-Za-z]{2,}")
_TAG = re.compile(r"<[^>]*>")
_READ_OUT = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"')
_TEST_ONLY = re.compile(
    r'(?:aria-invalid="true"|disabled|aria-describedby="[^"]*"|[\x00]-(?:hint|problem))'
)
"""Attributes that a template puts together before their tag."""
_FILTERS = {"said", "named", "retold", "listed"}
SIGNS = {
    "https://…",
    "#9b1c31",
    "sw",
    "email=Mail",
    "Mastodon https://social.example/@you",
    "…",
    "kB",
    "J",
    "K",
    "Esc",
    "editing",
}
"""What is no language's: addresses, signs, names of keys."""


def words_left(template: str) -> list[str]:
    """Return the words of a template that stand in it as they are."""
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    tree = Environment(autoescape=True).parse(source)
    # What Jinja fills in is looked at below; a sign that no page has keeps its place here.
    text = "".join(_text(tree))
    found = [one for one in _READ_OUT.findall(text) if _LETTERS.search(one) and one not in SIGNS]
    text = _TEST_ONLY.sub("", text)
    plain = _TAG.sub("\n", re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", text, flags=re.DOTALL))
    lines = [line.strip() for line in plain.split("\n")]
    found += [line for line in lines if _LETTERS.search(line) and line not in SIGNS]
    return [*found, *_constants(tree)]


def _text(tree: nodes.Node) -> Iterator[str]:
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            yield node.data if isinstance(node, nodes.TemplateData) else "\x00"


def _constants(tree: nodes.Node) -> Iterator[str]:
    """Yield the words that an expression shows: what is compared, looked up or said is no such word."""
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            yield from _shown(node)


def _shown(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        is_words = re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]{2,}", node.value)
        if is_words and node.value not in SIGNS:
            yield node.value
        return
    for one in _parts(node):
        yield from _shown(one)


def _parts(node: nodes.Node) -> list[nodes.Node]:
    """Return what of an expression may be shown; what is compared, looked up or said is not."""
    match node:
        case nodes.CondExpr(expr1=first, expr2=second):
            return [one for one in (first, second) if one is not None]
        case nodes.Or(left=left, right=right):
            return [left, right]
        case nodes.Concat(nodes=pieces):
            return list(pieces)
        case nodes.Filter(node=inner, name=name) if inner is not None and name not in _FILTERS:
            return [inner]
        case nodes.Call(node=nodes.Name(name="say" | "counted")):
            return []
        case nodes.Call(args=given, kwargs=named):
            return [*given, *(pair.value for pair in named)]
        case _:
            return []


@pytest.mark.parametrize("template", PAGES)
def test_a_template_says_nothing_past_the_catalogs(template: str) -> None:
    assert words_left(template) == []


_SENTENCE = re.compile(r"[A-Za-z’']{2,},? [A-Za-z’']+ [A-Za-z’']|^[A-Z][a-z]+ [a-z]+|[a-z]{2,} [a-z]+\.$")
_NOT_READ = {"note", "fullmatch", "compile", "removeprefix", "startswith", "Thread"}
KEPT = {
    "desk/approving.py": {"at the desk"},
    "desk/checking/telling.py": {
        "is all capitals",
        "can't be read",
        "waits for a word",
        "has exclamation marks",
    },
    "desk/preview.py": {"@media not all"},
    "serving/accounts/devices.py": {"Mac OS X"},
    "serving/accounts/passwords.py": {"a password that nobody has"},
    "serving/headers.py": {"img-src 'self' data:"},
}
"""What nobody reads as words of the desk, or the log keeps as it was."""
ENDINGS = {str(one) for one in Ending}


def sentences_left(module: str) -> list[str]:
    """Return the sentences of a module that stand in it as they are."""
    tree = ast.parse((WEB / module).read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return list(_sentences(tree, docs))


def _sentences(node: ast.AST, docs: set[int]) -> Iterator[str]:
    if isinstance(node, ast.Call):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        base = getattr(getattr(function, "value", None), "id", "")
        if name in {"say", "counted", "later", "lasting", "instead", *_NOT_READ} or base == "log":
            return
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(one.value) if isinstance(one, ast.Constant) else "\x00" for one in node.values)
        if _SENTENCE.search(text):
            yield text
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
        if _SENTENCE.search(node.value):
            yield node.value
        return
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child, docs)


@pytest.mark.parametrize("module", [one for one in MODULES if one != "desk/looks/example.py"])
def test_a_module_says_nothing_past_the_catalogs(module: str) -> None:
    left = set(sentences_left(module)) - KEPT.get(module, set()) - ENDINGS

    assert left == set()


_READ = {"BadData": 0, "Command": 1, "keep": 2, "save": 3, "change": 2, "_acted": 2, "_kept": 2, "_say": 3}
"""The calls that are given what people read, and from which value on; a `Command` ends with its field."""


@pytest.mark.parametrize("module", MODULES)
def test_nothing_that_people_read_is_put_together_of_pieces(module: str) -> None:
    tree = ast.parse((WEB / module).read_text(encoding="utf-8"))
    left = [
        text
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and (name := _called(call)) in _READ
        for given in call.args[_READ[name] : 2 if name == "Command" else None]
        for text in _pieces(given)
        if _LETTERS.search(text)
    ]

    assert left == []


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _pieces(given: ast.expr) -> Iterator[str]:
    """Yield the words of a value that is a text as it stands, or one put together."""
    if isinstance(given, ast.IfExp):
        yield from (*_pieces(given.body), *_pieces(given.orelse))
    elif isinstance(given, ast.BinOp):
        yield from (*_pieces(given.left), *_pieces(given.right))
    elif isinstance(given, ast.JoinedStr):
        yield from (str(one.value) for one in given.values if isinstance(one, ast.Constant))
    elif isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_says_nothing_past_the_catalogs(script: str) -> None:
    text = re.sub(
        r"^\s*(?://|/\*|\*).*$", "", (STATIC / script).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    text = re.sub(r'\b(?:speak|later)\(\s*"[^"]*"|\bcounted\(\s*"[^"]*",\s*"[^"]*"', "", text)

    found = [
        one
        for one in re.findall(r'"([^"\n]*)"', text)
        if re.search(r"^[A-Z][a-z]+ [a-z]|[a-z]{2,} [a-z]{2,} [a-z]{2,}", one)
    ]
    assert found == []


def test_the_messages_of_scripts_are_found() -> None:
    singles, counts = messages()

    assert "Logged in as %(name)s." in singles
    assert ("%(count)s story chosen", "%(count)s stories chosen") in counts
