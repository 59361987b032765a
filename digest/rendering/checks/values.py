"""Values that some program lacks though it knows their property: a negative margin, `display:contents`.

caniemail.com tells of them in notes to a property. Which notes mean which values is said here; which
programs each note is about is in `support.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.rendering.stylesheets import Declaration


@dataclass(frozen=True, slots=True)
class Value:
    """Some values of a property.

    Attributes:
        of: the property's own feature.
        name: of the values; the feature of property and values is `of=name`.
        pattern: found in such a value, which is lower case.
        notes: words of the notes that say that a program lacks them.
        costs_all: a program that lacks them drops the whole style attribute or sheet with them.
    """

    of: str
    name: str
    pattern: re.Pattern[str]
    notes: tuple[str, ...]
    costs_all: bool = False

    @property
    def slug(self) -> str:
        """Return the feature's short name."""
        return f"{self.of}={self.name}"


def _value(of: str, name: str, pattern: str, *notes: str, costs_all: bool = False) -> Value:
    return Value(of, name, re.compile(pattern), notes, costs_all)


_NEGATIVE = r"(?<![\w.)-])-(?:\d|\.\d)"
_SPACED = r"\brgba?\([^,()]{1,60}\)"
_STRIPPED = "the whole attribute is stripped"
_URL = r"url\("
_LOGICAL = r"\binline-(?:start|end)\b"

VALUES: tuple[Value, ...] = (
    _value("css-margin", "negative", _NEGATIVE, "Negative values are not supported"),
    _value("css-margin", "auto", r"\bauto\b", "auto value is not supported"),
    _value("css-text-indent", "negative", _NEGATIVE, "egative values are not supported"),
    _value("css-position", "relative", r"^relative$", "but not relative"),
    _value("css-position", "absolute", r"^absolute$", "but not absolute", "but not relative, absolute"),
    _value("css-position", "sticky", r"sticky$", "but not sticky", "but not absolute, sticky"),
    _value("css-position", "fixed", r"^fixed$", "and fixed", "fixed elements scroll", "fixed is replaced"),
    _value("css-display", "inline-flex", r"^inline[ -]flex$", "inline-flex", "Only supports display:none"),
    _value("css-display", "inline-grid", r"^inline[ -]grid$", "inline-grid", "Only supports display:none"),
    _value("css-display", "flow-root", r"flow-root$", "flow-root", "Only supports display:none"),
    _value("css-display", "contents", r"^contents$", "contents", "Only supports display:none"),
    _value(
        "css-display",
        "table or block",
        r"^(?:inline-block|block|inline|table[a-z-]{0,20}|list-item)$",
        "Only supports display:none",
    ),
    _value("css-background-image", "several", r"\),", "multiple values"),
    _value("css-background", "several", r"\),|,\s{0,9}url\(", "multiple values"),
    _value("css-background", "size after /", r"\)[^,()]{0,80}/", "/ value shorthand"),
    _value(
        "css-background",
        "more than a color",
        r"url\(|gradient\(|\b(?:no-repeat|repeat|center|top|left|right|bottom|cover|fixed)\b",
        "Only background-color values",
    ),
    _value("css-background-position", "several", ",", "multiple values"),
    _value("css-background-repeat", "several", ",", "multiple values"),
    _value("css-background-size", "several", ",", "multiple values"),
    _value("css-border-radius", "elliptic", "/", "slash / notation"),
    _value("css-border", "over 8px", r"\b(?:9|[1-9]\d{1,3})(?:\.\d{1,9})?px\b", "bigger than 8px"),
    _value("css-clear", "logical", _LOGICAL, "inline-start and inline-end are not"),
    _value("css-float", "logical", _LOGICAL, "inline-start and inline-end are not"),
    _value("css-cursor", "url()", _URL, "URL is not supported", "URL buggy"),
    _value("css-filter", "several", r"\)\s", "Multiple values"),
    _value("css-font-size", "rem", r"\drem\b", "rem values are not supported"),
    _value("css-font-size", "relative", r"%|\b(?:smaller|larger)\b", "relative and percentage size values"),
    _value(
        "css-font-weight",
        "uneven",
        r"^(?!(?:[1-9]00|1000)$)\d{1,4}$",
        "between 1 and 1000",
        "between 0 and 599",
    ),
    _value("css-line-height", "normal", r"^normal$", "normal value is not supported"),
    _value(
        "css-list-style", "url()", _URL, "are not supported. The entire", "invalidating", costs_all=False
    ),
    _value("css-rgb", "spaces", _SPACED, "Whitespace syntax is not supported"),
    _value("css-rgb", "spaces, all lost", _SPACED, _STRIPPED, costs_all=True),
    _value("css-rgba", "spaces", _SPACED, "Whitespace syntax is not supported"),
    _value("css-rgba", "spaces, all lost", _SPACED, _STRIPPED, costs_all=True),
    _value("css-modern-color", "all lost", r"\(", "will remove all inline styles", costs_all=True),
    _value("css-rgb", "alpha", r"\brgb\((?:[^,()]{1,20},){3}", "Alpha value is not supported"),
    _value("css-text-align", "logical", r"^(?:start|end)$", "start and end are not supported"),
    _value("css-text-align", "match-parent", r"match-parent$", "match-parent value"),
    _value(
        "css-text-decoration",
        "several lines",
        r"\b(?:underline|overline|line-through)\b.{1,40}\b(?:underline|overline|line-through)\b",
        "Not supported with multiple values",
    ),
    _value("css-text-decoration", "overline", r"\boverline\b", "overline is not supported"),
    _value(
        "css-text-decoration",
        "style, color or thickness",
        r"\b(?:underline|line-through|overline)\b\s+\S|\S\s+(?:underline|line-through|overline)\b",
        "Only supports the line property",
        "when written with long hand",
    ),
    _value("css-text-transform", "lowercase", r"^lowercase$", "lowercase value is not supported"),
    _value("css-text-orientation", "sideways", r"^sideways$", "sideways is not supported"),
    _value("css-visibility", "collapse", r"^collapse$", "collapse is not supported", "collapse applied"),
    _value("css-white-space", "pre", r"^pre$", "pre value is not supported"),
    _value("css-white-space-collapse", "preserve-spaces", r"^preserve-spaces$", "preserve-spaces"),
    _value(
        "css-word-break", "anything but break-all", r"^(?!break-all$)", "Only word-break:break-all works"
    ),
    _value("css-word-spacing", "rem or ch", r"\d(?:rem|ch)\b", "rem and ch values"),
    _value("css-resize", "logical", r"^(?:inline|block)$", "inline and block values"),
    _value("css-user-select", "all", r"^all$", "all value does not work"),
    _value("css-user-select", "none", r"^none$", "none value does not work"),
    _value("css-left-right-top-bottom", "percent", "%", "Percentages values are not"),
    _value("css-sytem-ui", "ui-serif and the like", r"\bui-[a-z]", "Supports system-ui only"),
)

COSTS_ALL = frozenset(value.slug for value in VALUES if value.costs_all)

_GROUPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), slug)
    for pattern, slug in (
        (r"border-(?:top|right|bottom|left|color|style|width)(?:-(?:color|style|width))?", "css-border"),
        (r"border-(?:top|bottom)-(?:left|right)-radius", "css-border-radius"),
        (r"border-(?:start|end)-(?:start|end)-radius", "css-border-radius-logical"),
        (r"margin-(?:top|right|bottom|left)", "css-margin"),
        (r"margin-(?:inline|block)", "css-margin-inline-block"),
        (r"margin-inline-(?:start|end)", "css-margin-inline-start-end"),
        (r"margin-block-(?:start|end)", "css-margin-block-start-end"),
        (r"padding-(?:top|right|bottom|left)", "css-padding"),
        (r"padding-(?:inline|block)", "css-padding-inline-block"),
        (r"padding-inline-(?:start|end)", "css-padding-inline-start-end"),
        (r"padding-block-(?:start|end)", "css-padding-block-start-end"),
        (r"overflow-[xy]", "css-overflow"),
        (r"left|right|top|bottom", "css-left-right-top-bottom"),
        (r"(?:row|column)-gap", "css-gap"),
        (r"grid-template-(?:rows|columns|areas)|grid-auto-[a-z]{1,9}", "css-grid-template"),
        (r"animation-[a-z-]{1,20}", "css-animation"),
        (r"transition-[a-z-]{1,20}", "css-transition"),
        (r"columns?(?:-(?:width|fill|span|rule))?", "css-column-layout-properties"),
        (r"flex-flow", "css-flex-wrap"),
        (r"(?:block|inline)-size", "css-block-inline-size"),
    )
)
_ANYWHERE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), slug)
    for pattern, slug in (
        (r"\b(?:min|max|fit)-content\b", "css-intrinsic-size"),
        (r"\b(?:oklch|oklab|lch|lab|hwb|color|color-mix)\(", "css-modern-color"),
        (r"(?<![\w-])(?:system-ui|ui-(?:serif|sans-serif|monospace|rounded))\b", "css-sytem-ui"),
        (r"^initial$", "css-unit-initial"),
        (r"\brgb\(", "css-rgb"),
        (r"\brgba\(", "css-rgba"),
    )
)
_UNVALUED = frozenset({"inherit", "initial", "unset", "revert"})


def features(said: Declaration) -> Iterator[str]:
    """Yield the slugs of what a declaration uses beside its own name: its group and its values."""
    group = next((slug for pattern, slug in _GROUPS if pattern.fullmatch(said.name)), None)
    everywhere = [slug for pattern, slug in _ANYWHERE if pattern.search(said.value)]
    if group is not None:
        yield group
    yield from everywhere
    if said.value in _UNVALUED:
        return
    named = {f"css-{said.name}", group, *everywhere}
    yield from (value.slug for value in VALUES if value.of in named and value.pattern.search(said.value))
