"""Words that a person of the newsroom never reads: those of machines, of settings and of commands."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\b(?:html|css|hash(?:es|ed)?|revisions?|couriers?|suppress\w*|fr[eo]ez\w*|frozen|canary|csrf|"
    r"stack ?trace|exceptions?|boolean|regex|database row|crawl(?:s|ed|er|ing)?)\b"
    r"|digest\.toml|\[[a-z]+\.[a-z.]+\]|`[^`]+`|\bdigest [a-z]+ --?[a-z]+|--[a-z]{3,}|\b[a-z]+_[a-z]+\b",
    re.IGNORECASE,
)


def forbidden_in(text: str) -> list[str]:
    """Return the forbidden words that a text has; the places of values are none."""
    return _WORDS.findall(re.sub(r"%\(\w+\)s", "", text))
