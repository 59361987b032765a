"""A document's style blocks written into its elements, by premailer.

Where every selector speaks of one tag alone (`td`, `.lead`, `td.lead#top`), which is how mails are styled,
what a tag is told follows from the tag. So premailer is asked once for each kind of tag that a sheet has
not met before, all of a page's kinds in one call, and the answer is written wherever such a tag stands. A
sheet with other selectors (`td a`, `td:first-child`) has it go through the whole page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from lxml import etree
from lxml.html import document_fromstring

from digest.rendering.checks.lost_rules import is_left, is_lost
from digest.rendering.stylesheets import Declaration, blocks, declarations, selectors_of
from digest.rendering.tags import read, rewritten

_SHEET = re.compile(r"<style(?P<rest>[^>]*)>(?P<css>.*?)</style>\n?|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_KEPT = re.compile(r"data-premailer\s*=\s*([\"']?)ignore\1", re.IGNORECASE)
_ALONE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9]*)?(?:[.#][A-Za-z_][\w-]*)*")
_OWN = re.compile(r"(?<=\s)style\s*=\s*(?:\"[^\"]*\"|'[^']*')\s?", re.IGNORECASE)
_ALIGNED = frozenset({"p", "div", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "img"})
_QUOTED_OR_COMMA = re.compile(r"\"([^\"']*)\"|('[^']*')|,\s+")
_NUMBERED = "w-"
_PLACE = "x-place-"
"""Before a property's name: which of the sheet's rules, in the cascade's order, told it last."""

_KEEPING: dict[str, Any] = {
    "strip_important": False,
    "include_star_selectors": True,
    "disable_validation": True,
    "disable_link_rewrites": True,
    "disable_leftover_css": True,
    "allow_network": False,
    "align_floating_images": False,
    "remove_unset_properties": False,
    "disable_basic_attributes": ["width", "height", "bgcolor", "align", "valign"],
    "cssutils_logging_level": logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a sheet of selectors of one tag alone can ask of a tag."""

    name: str
    classes: str
    id: str


@dataclass(frozen=True)
class _Sheet:
    """A sheet to inline.

    Attributes:
        said: what is to be written into elements, names and values as numbers: cssutils leaves out, and
            writes otherwise, what it does not know (`#ff000080`, `rgb(0 0 0/50%)`, `*zoom`).
        left: what stays in a style block: conditions, and states as `:hover`.
        alone: whether each selector speaks of one tag alone.
        words: names and values, by their numbers.
        styles: what kinds of tags were told already.
    """

    said: str
    left: str
    alone: bool
    words: tuple[str, ...]
    styles: dict[_Kind, dict[str, str]] = field(default_factory=dict)


def inline(html: str) -> str:
    """Return the document with its style blocks written into `style` attributes.

    A block with `data-premailer="ignore"` stays as it is, and so do rules with a condition or a state. The
    cascade is the browser's: `!important`, the element's own style, specificity, order. A property that is
    told again moves to where it was told last, so that a shorthand and its parts keep their order.

    Source: premailer's settings were measured on what clients keep: `strip_important` would undo dark mode,
    removed classes would leave its rules nothing to match, and basic attributes double every width.
    """
    bodies: list[str] = []

    def each(found: re.Match[str]) -> str:
        if found["css"] is None:
            return found[0]
        if _KEPT.search(found["rest"]):
            return found[0].replace(found["rest"], _KEPT.sub("", found["rest"]).rstrip(), 1)
        bodies.append(found["css"])
        left = _sheet(found["css"]).left
        return f"<style>{left}</style>\n" if left else ""

    bare = _SHEET.sub(each, html)
    sheet = _sheet("\n".join(bodies))
    return _by_tag(bare, sheet) if sheet.alone else _by_tree(bare, sheet)


@lru_cache(maxsize=32)
def _sheet(css: str) -> _Sheet:
    said: list[str] = []
    left: list[str] = []
    words: dict[str, int] = {}
    alone = True
    for block in blocks(css):
        if is_lost(block):
            continue
        if block.is_at_rule:
            left.append(f"{block.prelude}{{{block.body}}}")
            continue
        coded = _coded(block.body, words)
        for selector in selectors_of(block.prelude):
            if is_left(selector):
                left.append(f"{selector}{{{block.body}}}")
            else:
                said.append(f"{selector}{{{coded}}}")
                alone = alone and _ALONE.fullmatch(selector) is not None
    return _Sheet("\n".join(said), "".join(left), alone, tuple(words))


def _coded(body: str, words: dict[str, int]) -> str:
    """Return what a rule declares, names and values as numbers of `words`, which grows.

    A property told twice in one rule, the second time for newer programs, keeps both.
    """
    told: dict[tuple[str, bool], str] = {}
    for one in declarations(body):
        before = told.pop((one.name, one.is_important), "")
        ending = " !important" if one.is_important else ""
        told[one.name, one.is_important] = (
            f"{before}{ending};{one.name}:{_short(one.value)}" if before else _short(one.value)
        )
    return ";".join(
        f"{_NUMBERED}{words.setdefault(name, len(words))}:{_NUMBERED}{words.setdefault(value, len(words))}"
        f"{' !important' if is_important else ''}"
        for (name, is_important), value in told.items()
    )


@lru_cache(maxsize=1)
def _inliner() -> Callable[..., Any]:
    """Return premailer, but each property is told with the place of its rule in the cascade.

    It keeps a property that is told again where it was told first, so that `padding` told last would
    stand before a `padding-top` of before, and lose to it. And a stylesheet that was seen before is not
    written out again, rule by rule, which is four fifths of its time. It is loaded with the first page.
    """
    from premailer import Premailer

    class Inliner(Premailer):  # type: ignore[misc]  # it has no types
        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> tuple[list[Any], list[Any]]:
            return list(_placed(css_body, ruleset_index)), []

    return Inliner


@lru_cache(maxsize=32)
def _placed(css_body: str, ruleset_index: int) -> tuple[Any, ...]:
    from premailer import Premailer

    rules, _ = Premailer("", **_KEEPING)._parse_style_rules(css_body, ruleset_index)  # noqa: SLF001 - of the class that ours refines
    placed = []
    for place, (weight, selector, told) in enumerate(sorted(rules, key=lambda rule: rule[0])):
        names = dict.fromkeys(one.name for one in declarations(told))
        placed.append((weight, selector, ";".join((told, *(f"{_PLACE}{name}:{place}" for name in names)))))
    return tuple(placed)


def _worked_out(root: etree._Element) -> None:
    _inliner()(root, **_KEEPING).transform()


def _said_to(style: str, sheet: _Sheet) -> dict[str, str]:
    """Return what premailer tells an element, by property, in the order of the rules that told it last."""
    told = {one.name: one for one in declarations(style)}
    names = [name for name in told if not name.startswith(_PLACE)]
    names.sort(key=lambda name: int(told[f"{_PLACE}{name}"].value))
    return {_word(name, sheet): _written(told[name], _word(told[name].value, sheet)) for name in names}


def _word(number: str, sheet: _Sheet) -> str:
    return sheet.words[int(number.removeprefix(_NUMBERED))]


def _short(value: str) -> str:
    """Return a value in the fewest bytes of an attribute: without spaces after commas, and without `"`."""

    def each(found: re.Match[str]) -> str:
        name, kept = found.groups()
        return f"'{name}'" if name is not None else kept or ","

    return _QUOTED_OR_COMMA.sub(each, value)


def _written(one: Declaration, value: str) -> str:
    return f"{value}{' !important' if one.is_important else ''}"


def _with_own(told: dict[str, str], own: str) -> str:
    """Return one style of what an element is told and says itself."""
    kept = dict(told)
    for one in declarations(own):
        if kept.get(one.name, "").endswith("!important") and not one.is_important:
            continue
        kept.pop(one.name, None)
        kept[one.name] = _written(one, one.value)
    return ";".join(f"{name}:{value}" for name, value in kept.items() if value.lower() != "unset")


def _by_tag(html: str, sheet: _Sheet) -> str:
    _learn(sheet, _kinds(html) - sheet.styles.keys())

    written: dict[str, str] = {}

    def write(found: re.Match[str]) -> str:
        tag = found[0]
        if tag not in written:
            kind, own = _of(found)
            style = _with_own(sheet.styles[kind], own)
            written[tag] = _styled(found, style, has_own=bool(own)) if style else tag
        return written[tag]

    return rewritten(html, write)


def _kinds(html: str) -> set[_Kind]:
    kinds: set[_Kind] = set()

    def meet(found: re.Match[str]) -> str:
        kinds.add(_of(found)[0])
        return ""

    rewritten(html, meet)
    return kinds


@lru_cache(maxsize=4096)
def _read(name: str, rest: str) -> tuple[_Kind, str]:
    had = read(name, rest).attributes
    return _Kind(name.lower(), had.get("class", ""), had.get("id", "")), had.get("style", "")


def _of(found: re.Match[str]) -> tuple[_Kind, str]:
    """Return a start tag's kind, and its own style."""
    rest = found["rest"]
    if "class" not in rest and "id" not in rest and "style" not in rest:
        rest = ""
    return _read(found["name"], rest)


def _learn(sheet: _Sheet, kinds: Iterable[_Kind]) -> None:
    """Have premailer work out what these kinds of tags are told."""
    asked = sorted(kinds, key=lambda kind: (kind.name, kind.classes, kind.id))
    if not asked:
        return
    root = etree.Element("html")
    etree.SubElement(etree.SubElement(root, "head"), "style").text = sheet.said
    page = etree.SubElement(root, "body")
    elements = [
        etree.SubElement(page, kind.name.replace(":", "-"), {"class": kind.classes, "id": kind.id})
        for kind in asked
    ]
    _worked_out(root)
    for kind, element in zip(asked, elements, strict=True):
        sheet.styles[kind] = _said_to(element.get("style", ""), sheet)


def _styled(found: re.Match[str], style: str, *, has_own: bool) -> str:
    rest: str = found["rest"]
    if has_own:
        rest = _OWN.sub("", rest).rstrip()
    closing = " /" if rest.rstrip().endswith("/") else ""
    rest = rest.rstrip().removesuffix("/").rstrip() if closing else rest
    aligned = ""
    if found["name"].lower() in _ALIGNED and "align=" not in rest:
        aligned = next(
            (f' align="{one}"' for one in ("center", "right") if f"text-align:{one}" in style), ""
        )
    written = escape(style, quote=False).replace('"', "&quot;")
    return f'<{found["name"]}{rest} style="{written}"{aligned}{closing}>'


def _by_tree(html: str, sheet: _Sheet) -> str:
    root = document_fromstring(html)
    owns = {element: str(element.attrib.pop("style")) for element in root.iter("*") if element.get("style")}
    head = root.find("head")
    sheet_of_all = etree.Element("style")
    sheet_of_all.text = sheet.said
    (head if head is not None else root).insert(0, sheet_of_all)
    _worked_out(root)
    for element in root.iter("*"):
        own = owns.get(element, "")
        if not (element.get("style") or own):
            continue
        style = _with_own(_said_to(element.get("style") or "", sheet), own)
        element.set("style", style)
        if element.tag in _ALIGNED and element.get("align") is None and "text-align:center" in style:
            element.set("align", "center")
    return str(etree.tostring(root.getroottree(), method="html", encoding="unicode"))
