"""A document's first style block written into its elements, by premailer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from premailer import Premailer


def inline(html: str) -> str:
    """Return the document with its first style block written into `style` attributes.

    Source: the settings were measured on what clients keep: `strip_important` would undo dark mode,
    removed classes would leave its rules nothing to match, and basic attributes double every width.
    """
    inlined: str = _Inliner(html, **_KEEPING).transform(pretty_print=False)
    return inlined


_KEEPING: dict[str, Any] = {
    "keep_style_tags": False,
    "remove_classes": False,
    "strip_important": False,
    "disable_validation": True,
    "disable_link_rewrites": True,
    "disable_leftover_css": False,
    "allow_network": False,
    "align_floating_images": False,
    "method": "html",
    "disable_basic_attributes": ["width", "height", "bgcolor"],
}


class _Inliner(Premailer):  # type: ignore[misc]  # it has no types
    """Premailer, but a stylesheet that was seen before is not written out again, rule by rule.

    That is four fifths of its time, and an editor's next keystroke brings the same stylesheet. The parsed
    sheets themselves it shares between documents anyway.
    """

    def _parse_style_rules(self, css_body: str, ruleset_index: int) -> tuple[list[Any], list[Any]]:
        rules, leftover = _rules(css_body, ruleset_index)
        return list(rules), list(leftover)


@lru_cache(maxsize=32)
def _rules(css_body: str, ruleset_index: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    rules, leftover = Premailer("", **_KEEPING)._parse_style_rules(css_body, ruleset_index)  # noqa: SLF001 - of the class that `_Inliner` refines
    return tuple(rules), tuple(leftover)
