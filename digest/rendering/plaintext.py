"""The subject and the plain part: context → Jinja, nothing escaped, lines wrapped or flowed.

Other people's text can't become a token there: the context has disarmed it. What a template itself writes
as `%%name%%` is one, which is the safe way to greet a reader in a subject.
"""

from __future__ import annotations

import re

from digest.errors import TemplateFault
from digest.model import TokenText
from digest.rendering.context import MailContext, contents_line
from digest.rendering.environment import SUBJECT, Templates
from digest.rendering.pieces import Page, Pieces
from digest.rendering.theme import Theme
from digest.rendering.tokens import check_tokens, token
from digest.rendering.wrapping import LINK_CLOSE, LINK_OPEN, flowed, wrapped

_EMPTY_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")  # the wide space of Chinese and Japanese is a sign of its own
_LINK = re.compile("\x02link ([^\x02\x03]*+)\x03")
_MARK = re.compile("\x02/?item(?: \\d+)?\x03\n?")
_LINK_LIST = "\x02links\x03"
_SUBJECT_TOKENS = frozenset({"name"})


def render_text(
    templates: Templates, name: str, context: MailContext, theme: Theme, *, pieces: Pieces | None = None
) -> str:
    """Return the text part, tokens still open, lines ending in a line feed.

    Raises:
        TemplateFault: a template is missing or broken, or the unsubscribe link is missing.
    """
    file = templates.beside(name, ".txt")
    scope = templates.scope(file)
    page = Page(
        pieces,
        None if scope is None else (scope, context.language, theme, "text"),
        {story.number: story for story in context.stories},
    )
    printed = templates.render_plain(file, _names(context, theme, page))
    set_line = flowed if theme.is_flowed else wrapped
    lines = (line.strip(" \t") for line in printed.split("\n"))
    text = page.filled("\n".join(part for line in lines for part in set_line(line)))
    text = _EMPTY_LINES.sub("\n\n", _with_links(_MARK.sub("", text))).strip("\n ") + "\n"
    check_tokens(text, file)
    return text


def render_subject(templates: Templates, name: str, context: MailContext, theme: Theme) -> str:
    """Return the subject: one line, no token but `%%name%%`.

    Raises:
        TemplateFault: the template is missing or broken, or uses another token.
    """
    file = templates.beside(name, SUBJECT)
    names = _names(context, theme, Page(None, None, {}))
    subject = _SPACES.sub(" ", templates.render_plain(file, names)).strip(" ")
    foreign = sorted(set(TokenText.split(subject).names) - _SUBJECT_TOKENS)
    if foreign:
        raise TemplateFault(file, f"a subject may hold no {token(foreign[0])}, only {token('name')}")
    return subject


def _with_links(text: str) -> str:
    """Return the text with its links numbered, and listed where the template wants the list."""
    numbers: dict[str, int] = {}

    def each(found: re.Match[str]) -> str:
        return f"[{numbers.setdefault(found[1], len(numbers) + 1)}]"

    numbered = _LINK.sub(each, text)
    listed = "\n".join(f"[{number}] {url}" for url, number in numbers.items())
    return numbered.replace(_LINK_LIST, listed)


def _names(context: MailContext, theme: Theme, page: Page) -> dict[str, object]:
    def noted(url: str) -> str:
        return f" {LINK_OPEN}{url}{LINK_CLOSE}" if url and theme.has_links_at_end else ""

    return {
        "mail": context,
        "theme": theme,
        "_": context.phrases.gettext,
        "phrases": context.phrases,
        "contents": contents_line(context, context.stories),
        "known": page.has,
        "noted": noted,
        "link_list": _LINK_LIST if theme.has_links_at_end else "",
        "item_open": "\x02item {}\x03".format,
        "item_close": "\x02/item\x03",
    }
