"""Tags as one text and back: a tag with a comma stays one.

Written as the cells of one CSV line (`VIP,"Bristol, UK"`), as Mailchimp does too; read also with
semicolons, and as a JSON list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"(?=\s*(?:[,;]|\Z))|([^,;]*))\s*(?:[,;]|\Z)')
_MAX_CHARS = 20_000
_NEEDS_QUOTES = re.compile(r'[,;"\n\r]|\A\s|\s\Z|\A\[')


def joined(tags: Iterable[str]) -> str:
    """Return tags as one text that `split` takes apart again."""
    return ",".join(
        '"{}"'.format(tag.replace('"', '""')) if _NEEDS_QUOTES.search(tag) else tag for tag in tags
    )


def split(text: str) -> list[str]:
    """Return the tags of a text, none empty, in their order."""
    if '"' not in text and "[" not in text:
        return [tag for part in text.replace(";", ",").split(",") if (tag := part.strip())]
    text = text[:_MAX_CHARS].strip()
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list):
            return [tag.strip() for tag in found if isinstance(tag, str) and tag.strip()]
    parts = ((one[1].replace('""', '"') if one[1] is not None else one[2]) for one in _PART.finditer(text))
    return [tag for part in parts if (tag := part.strip())]
