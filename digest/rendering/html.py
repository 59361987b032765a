"""The HTML part: context → Jinja → inlined → fitted to narrow phones → byte budget."""

from __future__ import annotations

import re

from digest.errors import TemplateFault
from digest.rendering import budget
from digest.rendering.context import WIDTH, MailContext, contents_line
from digest.rendering.environment import Templates
from digest.rendering.fitting import fitted
from digest.rendering.pictures import COLUMN, TALLEST
from digest.rendering.pieces import Page, Pieces
from digest.rendering.theme import Theme
from digest.rendering.tokens import check_tokens

PADDING = "\u2007\ufeff\u034f " * 15
"""Fills the inbox preview after the preheader.

Fifteen groups: forty raise SpamAssassin's LONG_INVISIBLE_TEXT (measured). They also keep a character
outside Latin-1 in the part, without which Gmail clips at any size.
"""

MAX_STYLE_CHARACTERS = 8_191
"""Gmail drops a style block of 8,192 characters or more."""

MOST_WRITTEN = 10_000_000
"""Characters before the byte budget; a template that writes more keeps the machine busy for minutes."""

UPRIGHT = frozenset(
    {"am", "bn", "dz", "gu", "hi", "hy", "ja", "ka", "km", "kn", "ko", "lo"}
    | {"ml", "mr", "my", "ne", "or", "pa", "si", "ta", "te", "th", "ti", "zh"}
)
"""Languages whose scripts have no italics: programs would slant their letters by force."""

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_LINE_START = re.compile(r"\n\s*")


def render_html(
    templates: Templates,
    name: str,
    context: MailContext,
    theme: Theme,
    *,
    max_bytes: int = budget.MAX_BYTES,
    pieces: Pieces | None = None,
) -> str:
    """Return the whole document of at most `max_bytes`, tokens still open.

    Raises:
        TemplateFault: a template is missing or broken, a style block is too long for Gmail, the frame
            alone is too large, or the unsubscribe link is missing.
    """
    template = f"{name}.html"
    stories = {story.number: story for story in context.stories}
    scope = templates.scope(template)
    followed = None if scope is None else (scope, context.language, theme)
    page = Page(pieces, followed, stories)
    written = templates.render(template, _names(context, theme, page))
    if len(written) > MOST_WRITTEN:
        problem = (
            f"it writes {len(written)} characters, and a mail of all stories has at most {MOST_WRITTEN}"
        )
        raise TemplateFault(template, f"{problem}; look for a loop that goes on")
    from digest.rendering.inlining import inline  # with lxml: a run with nothing to render needs neither

    marked = page.filled(fitted(inline(_LINE_START.sub("\n", written))))
    for block in _STYLE.findall(marked):
        if len(block) > MAX_STYLE_CHARACTERS:
            raise TemplateFault(
                template,
                f"a style block has {len(block)} characters, and Gmail drops it over "
                f"{MAX_STYLE_CHARACTERS}; split or shorten it",
            )

    def describe(kept: frozenset[int]) -> budget.Lines:
        shown = [story for number, story in stories.items() if number in kept]
        return budget.Lines(
            contents=contents_line(context, shown), more=context.phrases.more(len(stories) - len(shown))
        )

    ranks = {number: story.rank for number, story in stories.items()}
    chosen = budget.fit(marked, ranks, describe, template=template, max_bytes=max_bytes)
    check_tokens(chosen.html, template)
    return chosen.html


def _names(context: MailContext, theme: Theme, page: Page) -> dict[str, object]:
    language = context.language.partition("-")[0]
    return {
        "mail": context,
        "theme": theme,
        "_": context.phrases.gettext,
        "phrases": context.phrases,
        "padding": PADDING,
        "width": WIDTH,
        "picture_width": COLUMN,
        "tallest": TALLEST,
        "known": page.has,
        "is_rtl": context.direction == "rtl",
        "is_wide": language in {"ja", "zh"},
        "is_upright": context.direction == "rtl" or language in UPRIGHT,
        "contents": budget.CONTENTS,
        "more_line": budget.MORE_LINE,
        "more_open": budget.MORE_OPEN,
        "more_close": budget.MORE_CLOSE,
        "item_open": budget.item_open,
        "item_close": budget.ITEM_CLOSE,
        "section_open": budget.section_open,
        "section_close": budget.SECTION_CLOSE,
    }
