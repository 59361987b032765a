"""Which mail programs lack what a mail uses, by the tests of caniemail.com.

The numbers are kept in `support.json`, made from the npm package `caniemail` by
`python -m tests.rendering.checks.caniemail`; they are MIT-licensed, © Rémi Parmentier and contributors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from lxml.html import HtmlElement

from digest.rendering.checks import values
from digest.rendering.checks.document import Document, describe, inline
from digest.rendering.checks.findings import Finding, Level
from digest.rendering.stylesheets import Declaration, Rule

_UNIT = re.compile(
    r"(?<![\w#-])-?(?:\d++(?:\.\d++)?|\.\d++)(px|em|rem|%|vh|vw|vmin|vmax|pt|cm|mm|in|pc|ch|ex)(?![\w-])"
)
_FUNCTION = re.compile(r"(?<![\w-])(calc|min|max|clamp|var|rgb|rgba|light-dark|[a-z]+-gradient)\(")
_PSEUDO = re.compile(r"(?<!\\)(::?)([a-z-]+)")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SEMANTIC = frozenset(
    {"article", "section", "main", "header", "footer", "nav", "aside", "figure", "figcaption", "time"}
)
_HEAD = frozenset({"head", "meta", "style", "title"})
_LISTS = frozenset({"ul", "ol", "dl"})
_FUNCTIONS = {"calc": "css-unit-calc", "var": "css-variables", "rgb": "css-rgb", "rgba": "css-rgba"}


@dataclass(frozen=True, slots=True)
class Feature:
    """What the tests say of one feature.

    Attributes:
        title: as caniemail.com calls it.
        support: by program: `y` yes, `a` almost, `n` no, `u` unknown.
    """

    slug: str
    title: str
    support: Mapping[str, str]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the programs that have none of it."""
        return tuple(program for program, said in self.support.items() if said == "n")

    @property
    def partial(self) -> tuple[str, ...]:
        """Return the programs that have some of it."""
        return tuple(program for program, said in self.support.items() if said == "a")


@dataclass(frozen=True, slots=True)
class Use:
    """A feature that a mail uses.

    Attributes:
        element: where first.
        is_plain: the mail's own elements or style attributes use it; not only a style block, whose
            rules are extras that a program may drop.
    """

    feature: Feature
    element: str
    is_plain: bool


@lru_cache(maxsize=1)
def known() -> Mapping[str, Feature]:
    """Return every tested feature by its slug (`css-word-break`)."""
    data = json.loads((files("digest.rendering.checks") / "support.json").read_text(encoding="utf-8"))
    programs = data["programs"]
    return {
        slug: Feature(slug, title, dict(zip(programs, said, strict=True)))
        for slug, (title, said) in data["features"].items()
    }


def uses(document: Document) -> tuple[Use, ...]:
    """Return every tested feature that the mail uses, by slug."""
    tested = known()
    found: dict[str, Use] = {}
    for element in document.all():
        for slug in {*_of_element(element), *_of_declarations(inline(element))} & tested.keys():
            if slug not in found:
                is_plain = element.tag not in _HEAD
                found[slug] = Use(tested[slug], describe(element), is_plain)
    for rule in document.rules:
        for slug in {*_of_rule(rule), *_of_declarations(rule.declarations)} & tested.keys():
            found.setdefault(slug, Use(tested[slug], f"the rule {rule.selectors[0]}", is_plain=False))
    return tuple(found[slug] for slug in sorted(found) if not _is_said_by_property(slug, found))


def _is_said_by_property(slug: str, found: Mapping[str, Use]) -> bool:
    """Tell whether values lack nowhere but where their whole property does."""
    of, _, name = slug.partition("=")
    lacking = frozenset(found[slug].feature.lacking)
    is_own_loss = slug in values.COSTS_ALL
    return (
        bool(name) and not is_own_loss and of in found and lacking <= frozenset(found[of].feature.lacking)
    )


def check(document: Document) -> Iterator[Finding]:
    """Yield a note for each feature that some program lacks; a warning where most readers need it."""
    for use in uses(document):
        lacking = use.feature.lacking
        if not lacking:
            continue
        is_needed = use.is_plain and len(lacking) * 2 > len(use.feature.support)
        if use.feature.slug in values.COSTS_ALL:
            yield _costly(use)
            continue
        yield Finding(
            Level.WARNING if is_needed else Level.NOTE,
            "support",
            f"{use.feature.title} ({use.element})",
            f"is unknown to {', '.join(lacking)}",
            "see that the mail reads without it",
        )


def _costly(use: Use) -> Finding:
    return Finding(
        Level.WARNING,
        "support",
        f"{use.feature.title} ({use.element})",
        f"makes {', '.join(use.feature.lacking)} drop all other styles beside it",
        "write it another way, or keep it in a style block of its own",
    )


def _of_element(element: HtmlElement) -> Iterator[str]:
    tag = str(element.tag)
    yield f"html-{tag}"
    if tag in _HEADINGS:
        yield "html-h1-h6"
    if tag in _SEMANTIC:
        yield "html-semantics"
    if tag in _LISTS:
        yield "html-lists"
    for attribute in element.attrib:
        yield f"html-{attribute}"
        if attribute == "loading":
            yield "html-loading-attribute"
    if tag == "meta" and element.get("name") == "color-scheme":
        yield "html-meta-color-scheme"
    if tag == "a" and (element.get("href") or "").startswith("mailto:"):
        yield "html-mailto-links"
    if tag == "img":
        ending = (element.get("src") or "").partition("?")[0].rpartition(".")[2].lower()
        yield f"image-{'jpg' if ending == 'jpeg' else ending}"


def _of_declarations(said: tuple[Declaration, ...]) -> Iterator[str]:
    for one in said:
        yield f"css-{one.name}"
        yield from values.features(one)
        if one.name.startswith("--"):
            yield "css-variables"
        if one.name == "display":
            yield f"css-display-{one.value}"
        if one.is_important:
            yield "css-important"
        for unit in _UNIT.findall(one.value):
            yield "css-unit-percent" if unit == "%" else f"css-unit-{unit}"
        for function in _FUNCTION.findall(one.value):
            yield _FUNCTIONS.get(function, f"css-function-{function}")
            yield f"css-{function}"


_COMBINATORS = {
    "+": "css-selector-adjacent-sibling",
    "~": "css-selector-general-sibling",
    ">": "css-selector-child",
}


def _of_rule(rule: Rule) -> Iterator[str]:
    for condition in rule.media:
        yield "css-at-supports" if condition.startswith("@supports") else "css-at-media"
        if "prefers-color-scheme" in condition:
            yield "css-at-media-prefers-color-scheme"
        for name in ("hover", "orientation", "prefers-reduced-motion", "device-pixel-ratio"):
            if f"({name}" in condition:
                yield f"css-at-media-{name}"
    for selector in rule.selectors:
        bare = re.sub(r"\[[^\]]*\]", "", selector)
        yield from (slug for sign, slug in _COMBINATORS.items() if sign in bare)
        for colons, name in _PSEUDO.findall(bare):
            yield f"css-pseudo-{'element' if colons == '::' else 'class'}-{name}"
        if "[" in selector:
            yield "css-selector-attribute"
        if "." in selector:
            yield "css-selector-class"
        if " " in selector.strip():
            yield "css-selector-descendant"
