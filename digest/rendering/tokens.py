"""The `%%name%%` places of a mail, and how other people's text is kept from becoming one.

A template writes a token where one reader's own value goes; the transports fill it in. The tokens:

- `name`: the reader's greeting name; may be empty. No built-in template uses it.
- `unsubscribe_url`: leaves the list; every mail must hold it, in both parts.
- `preferences_url`: choose topics and language.
- `view_url`: this edition on the web.
- `click`: whose mail a counted link was followed from; empty unless that is switched on.
"""

from __future__ import annotations

import re

from digest.errors import TemplateFault
from digest.model import TokenText

KNOWN = frozenset({"name", "topics", "unsubscribe_url", "preferences_url", "view_url", "click"})
REQUIRED = "unsubscribe_url"

WORD_JOINER = "\u2060"
_PAIR = re.compile(r"%(?=%)|\{(?=[{%#])")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def token(name: str) -> str:
    """Return the place where a reader's `name` value goes."""
    return f"%%{name}%%"


def disarm(text: str) -> str:
    """Return `text` reading the same, in which nothing is a token or a template.

    A word joiner parts `%%`, `{{`, `{%` and `{#`: unlike a zero width space it breaks no line and no
    word. An HTML entity would not do: who reads the page turns it back into the character.
    """
    return _PAIR.sub(lambda found: found.group() + WORD_JOINER, text)


def disarm_url(url: str) -> str:
    """Return `url` with percent signs that start no escape written `%25`, and braces escaped."""
    return _STRAY_PERCENT.sub("%25", url).replace("{", "%7B").replace("}", "%7D")


def check_tokens(text: str, template: str) -> None:
    """Check that `text` asks only for values that every delivery has, and can be unsubscribed from.

    Raises:
        TemplateFault: naming the token that is unknown or missing.
    """
    names = set(TokenText.split(text).names)
    unknown = sorted(names - KNOWN)
    if unknown:
        known = ", ".join(sorted(KNOWN))
        raise TemplateFault(template, f"there is no token {token(unknown[0])}; the tokens are {known}")
    if REQUIRED not in names:
        raise TemplateFault(
            template, f"the mail has no unsubscribe link; put {token(REQUIRED)} in the footer block"
        )
