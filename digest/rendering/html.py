"""The HTML part: context → Jinja → premailer, once → byte budget."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from premailer import Premailer

from digest.errors import TemplateFault
from digest.rendering import budget
from digest.rendering.context import PICTURE_WIDTH, WIDTH, MailContext, contents_line
from digest.rendering.environment import Templates
from digest.rendering.theme import Theme
from digest.rendering.tokens import check_tokens

PADDING = "\u2007\ufeff\u034f " * 15
"""Fills the inbox preview after the preheader.

Fifteen groups: forty raise SpamAssassin's LONG_INVISIBLE_TEXT (measured). They also keep a character
outside Latin-1 in the part, without which Gmail clips at any size.
"""

MAX_STYLE_CHARACTERS = 8_191
"""Gmail drops a style block of 8,192 characters or more."""

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_LINE_START = re.compile(r"\n\s*")


def render_html(
    templates: Templates,
    name: str,
    context: MailContext,
    theme: Theme,
    *,
    max_bytes: int = budget.MAX_BYTES,
) -> str:
    """Return the whole document of at most `max_bytes`, tokens still open.

    Raises:
        TemplateFault: a template is missing or broken, a style block is too long for Gmail, the frame
            alone is too large, or the unsubscribe link is missing.
    """
    template = f"{name}.html"
    marked = inline(_LINE_START.sub("\n", templates.render(template, _names(context, theme))))
    for block in _STYLE.findall(marked):
        if len(block) > MAX_STYLE_CHARACTERS:
            raise TemplateFault(
                template,
                f"a style block has {len(block)} characters, and Gmail drops it over "
                f"{MAX_STYLE_CHARACTERS}; split or shorten it",
            )
    stories = {story.number: story for story in context.stories}

    def describe(kept: frozenset[int]) -> budget.Lines:
        shown = [story for number, story in stories.items() if number in kept]
        return budget.Lines(
            contents=contents_line(context, shown), more=context.phrases.more(len(stories) - len(shown))
        )

    ranks = {number: story.rank for number, story in stories.items()}
    fitted = budget.fit(marked, ranks, describe, template=template, max_bytes=max_bytes)
    check_tokens(fitted.html, template)
    return fitted.html


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


def _names(context: MailContext, theme: Theme) -> dict[str, object]:
    return {
        "mail": context,
        "theme": theme,
        "_": context.phrases.gettext,
        "phrases": context.phrases,
        "padding": PADDING,
        "width": WIDTH,
        "picture_width": PICTURE_WIDTH,
        "is_rtl": context.direction == "rtl",
        "contents": budget.CONTENTS,
        "more_line": budget.MORE_LINE,
        "more_open": budget.MORE_OPEN,
        "more_close": budget.MORE_CLOSE,
        "item_open": budget.item_open,
        "item_close": budget.ITEM_CLOSE,
        "section_open": budget.section_open,
        "section_close": budget.SECTION_CLOSE,
    }
