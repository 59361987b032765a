"""The subject and the plain part: context → Jinja, nothing escaped.

Other people's text can't become a token there: the context has disarmed it. What a template itself writes
as `%%name%%` is one, which is the safe way to greet a reader in a subject.
"""

from __future__ import annotations

import re

from digest.errors import TemplateFault
from digest.model import TokenText
from digest.rendering.context import MailContext, contents_line
from digest.rendering.environment import SUBJECT, Templates
from digest.rendering.theme import Theme
from digest.rendering.tokens import check_tokens, token

_EMPTY_LINES = re.compile(r"\n{3,}")
_SUBJECT_TOKENS = frozenset({"name"})


def render_text(templates: Templates, name: str, context: MailContext, theme: Theme) -> str:
    """Return the text part, tokens still open, lines ending in a line feed.

    Raises:
        TemplateFault: a template is missing or broken, or the unsubscribe link is missing.
    """
    file = templates.beside(name, ".txt")
    printed = templates.render_plain(file, _names(context, theme))
    lines = "\n".join(line.strip() for line in printed.splitlines())
    text = _EMPTY_LINES.sub("\n\n", lines).strip() + "\n"
    check_tokens(text, file)
    return text


def render_subject(templates: Templates, name: str, context: MailContext, theme: Theme) -> str:
    """Return the subject: one line, no token but `%%name%%`.

    Raises:
        TemplateFault: the template is missing or broken, or uses another token.
    """
    file = templates.beside(name, SUBJECT)
    subject = " ".join(templates.render_plain(file, _names(context, theme)).split())
    foreign = sorted(set(TokenText.split(subject).names) - _SUBJECT_TOKENS)
    if foreign:
        raise TemplateFault(file, f"a subject may hold no {token(foreign[0])}, only {token('name')}")
    return subject


def _names(context: MailContext, theme: Theme) -> dict[str, object]:
    return {
        "mail": context,
        "theme": theme,
        "_": context.phrases.gettext,
        "phrases": context.phrases,
        "contents": contents_line(context, context.stories),
    }
