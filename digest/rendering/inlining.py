"""A document's style block written into its elements.

Where every selector speaks of one tag alone (`td`, `.lead`, `td.lead#top`), which is how mails are styled,
what a tag is told follows from the tag: each kind of tag is worked out once, and written wherever it
stands. A sheet with other selectors (`td a`, `td:first-child`) goes through the whole tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from cssselect import SelectorError
from cssselect import parse as parse_selector
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, document_fromstring

from digest.rendering.checks.lost_rules import is_lost
from digest.rendering.stylesheets import Declaration, blocks, declarations, selectors_of
from digest.rendering.tags import Tag, read, rewritten

Specificity = tuple[int, int, int]

_SHEET = re.compile(r"<style(?P<rest>[^>]*)>(?P<css>.*?)</style>\n?|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_KEPT = re.compile(r"\s*data-premailer\s*=\s*([\"']?)ignore\1", re.IGNORECASE)
_ALONE = re.compile(r"(?P<tag>[a-zA-Z][a-zA-Z0-9]*)?(?P<rest>(?:[.#][A-Za-z_][\w-]*)*)")
_PART = re.compile(r"[.#][\w-]+")
_STATE = re.compile(
    r"::|:(?!first-child|last-child|nth-child|not\(|first-of-type|last-of-type|only-child|root)"
)
_ALIGNED = frozenset({"p", "div", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "img"})


@dataclass(frozen=True, slots=True)
class _Said:
    selector: str
    specificity: Specificity
    order: int
    told: tuple[Declaration, ...]


@dataclass(frozen=True)
class _Sheet:
    """A sheet to inline.

    Attributes:
        said: what is to be written into elements, by selector.
        left: what stays in a style block: conditions, and states as `:hover`.
        alone: whether each selector speaks of one tag alone.
        styles: what kinds of tags were told already.
    """

    said: tuple[_Said, ...]
    left: str
    alone: bool
    styles: dict[tuple[str, str, str, str], str] = field(default_factory=dict)


def inline(html: str) -> str:
    """Return the document with its style blocks written into `style` attributes.

    A block with `data-premailer="ignore"` stays as it is, and so do rules with a condition or a state. The
    cascade is the browser's: `!important`, the element's own style, specificity, order. A property that is
    told again moves to where it was told last, so that a shorthand and its parts keep their order.
    """
    bodies: list[str] = []

    def each(found: re.Match[str]) -> str:
        if found["css"] is None:
            return found[0]
        if _KEPT.search(found["rest"]):
            return found[0].replace(found["rest"], _KEPT.sub("", found["rest"]), 1)
        bodies.append(found["css"])
        left = _sheet(found["css"]).left
        return f"<style>{left}</style>\n" if left else ""

    bare = _SHEET.sub(each, html)
    sheet = _sheet("\n".join(bodies))
    return _by_tag(bare, sheet) if sheet.alone else _by_tree(bare, sheet)


@lru_cache(maxsize=32)
def _sheet(css: str) -> _Sheet:
    said: list[_Said] = []
    left: list[str] = []
    for block in blocks(css):
        if is_lost(block):
            continue
        if block.is_at_rule:
            left.append(f"{block.prelude}{{{block.body}}}")
            continue
        told = declarations(block.body)
        for selector in selectors_of(block.prelude):
            if _STATE.search(selector):
                left.append(f"{selector}{{{block.body}}}")
            else:
                said.append(_Said(selector, _specificity(selector), len(said), told))
    return _Sheet(tuple(said), "".join(left), all(_ALONE.fullmatch(one.selector) for one in said))


def _specificity(selector: str) -> Specificity:
    (parsed,) = parse_selector(selector)
    return parsed.specificity()


def _by_tag(html: str, sheet: _Sheet) -> str:
    def write(found: re.Match[str]) -> str:
        rest = found["rest"]
        if "class" not in rest and "id" not in rest and "style" not in rest:
            key = (found["name"], "", "", "")
            tag = Tag(found["name"].lower(), {})
        else:
            tag = read(found["name"], rest)
            had = tag.attributes
            key = (found["name"], had.get("class", ""), had.get("id", ""), had.get("style", ""))
        style = sheet.styles.get(key)
        if style is None:
            style = sheet.styles[key] = merged(_told(tag, sheet), key[3])
        return _styled(found, style, has_own=bool(key[3])) if style else found[0]

    return rewritten(html, write)


def _told(tag: Tag, sheet: _Sheet) -> Iterable[_Said]:
    return [one for one in sheet.said if _speaks_of(one.selector, tag)]


@lru_cache(maxsize=4096)
def _parts(selector: str) -> tuple[str, frozenset[str], str]:
    """Return the tag, the classes and the id that a selector of one tag names."""
    found = _ALONE.fullmatch(selector)
    assert found is not None
    named = _PART.findall(found["rest"])
    classes = frozenset(one[1:] for one in named if one[0] == ".")
    return (found["tag"] or "").lower(), classes, next((one[1:] for one in named if one[0] == "#"), "")


def _speaks_of(selector: str, tag: Tag) -> bool:
    name, classes, id_ = _parts(selector)
    return name in ("", tag.name) and classes <= tag.classes and id_ in ("", tag.attributes.get("id", ""))


def _styled(found: re.Match[str], style: str, *, has_own: bool) -> str:
    rest: str = found["rest"]
    if has_own:
        rest = re.sub(r"\s*\bstyle\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", rest, flags=re.IGNORECASE)
    closing = " /" if rest.rstrip().endswith("/") else ""
    rest = rest.rstrip().removesuffix("/").rstrip() if closing else rest
    aligned = ""
    if found["name"].lower() in _ALIGNED and "align=" not in rest:
        aligned = next(
            (f' align="{one}"' for one in ("center", "right") if f"text-align:{one}" in style), ""
        )
    written = escape(style, quote=False).replace('"', "&quot;")
    return f'<{found["name"]}{rest} style="{written}"{aligned}{closing}>'


def merged(said: Iterable[_Said], own: str = "") -> str:
    """Return one style of what an element is told, in the cascade's order, its own words last."""
    weighed = [
        (one.is_important, (0, *each.specificity), each.order, one) for each in said for one in each.told
    ]
    weighed += [(one.is_important, (1, 0, 0, 0), at, one) for at, one in enumerate(declarations(own))]
    weighed.sort(key=lambda each: each[:3])
    kept: dict[str, str] = {}
    for *_, one in weighed:
        kept.pop(one.name, None)
        kept[one.name] = f"{one.value}{' !important' if one.is_important else ''}"
    return ";".join(f"{name}:{value}" for name, value in kept.items() if value.lower() != "unset")


def _by_tree(html: str, sheet: _Sheet) -> str:
    root = document_fromstring(html)
    told: dict[HtmlElement, list[_Said]] = {}
    for one in sheet.said:
        for element in _selected(root, one.selector):
            told.setdefault(element, []).append(one)
    for element, said in told.items():
        style = merged(said, element.get("style") or "")
        element.set("style", style)
        if element.tag in _ALIGNED and element.get("align") is None and "text-align:center" in style:
            element.set("align", "center")
    return str(etree.tostring(root.getroottree(), method="html", encoding="unicode"))


def _selected(root: HtmlElement, selector: str) -> list[HtmlElement]:
    try:
        found = CSSSelector(selector, translator="html")(root)
    except SelectorError:  # told as lost by the checks
        return []
    return [one for one in found if isinstance(one, HtmlElement)] if isinstance(found, list) else []
