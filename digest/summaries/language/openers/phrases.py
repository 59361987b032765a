"""Tables of openings: phrases between bars, over several lines, as one expression."""

from __future__ import annotations

import re

SIGNS = {"number": "#", "rest": "*", "space": "_"}
"""What tables write for a number, the rest of a word, and a space that ends a word which may be there."""

_GROUP = re.compile(r"\((?!\?)")


def opening(phrases: str, **signs: str) -> re.Pattern[str]:
    """Return what matches one of the phrases as whole words, in small letters or large.

    Args:
        phrases: expressions; a line may break at any bar, behind a parenthesis, or at a space.
        signs: what a sign of the table's own stands for in an expression, by `SIGNS`.
    """
    joined = " ".join(phrases.split()).replace("| ", "|").replace(" |", "|").replace("( ", "(").strip()
    for name, meaning in signs.items():
        joined = joined.replace(SIGNS[name], meaning)
    return re.compile(rf"(?<![^\W_])(?:{_GROUP.sub('(?:', joined)})(?![^\W_])", re.IGNORECASE)
