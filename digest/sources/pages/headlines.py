"""Headlines without the name of the site they stand on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.sources.text.blocks import WIDE
from digest.sources.text.names import is_section, is_site

_SITE_SEPARATOR = re.compile(
    rf"(?<!\s)\s+(?:[|–—―·•»«›‹~/:<>-]|::|--|//)\s+|(?<!\s)\s*[|｜—–]\s*|(?<=[{WIDE}])(?:--?|_)(?=[{WIDE}])|(?<=[^\W_])_(?=[^\W_])|:\s+|："
)
"""Between a title and its site's name; only what is that name goes."""
_MAY_PART = re.compile("[|–—―·•»«›‹~/:<>｜：_-]")
"""One of these is in every such separator."""
_IN_BRACKETS = re.compile(r"(?<!\s)\s*[(\[（【]([^()\[\]（）【】]{2,80})[)\]）】]$")


def clean_title(title: str, publisher: str = "") -> str:
    """Return the title without the site's name behind or before it, and the section's beside that."""
    if not publisher:
        return title
    if (bracketed := _IN_BRACKETS.search(title)) and is_site(bracketed[1], publisher):
        return title[: bracketed.start()].strip() or title
    if not _MAY_PART.search(title):
        return title
    has_words = len(publisher.split()) > 1 or not publisher.isascii()
    marks = [
        one for one in _SITE_SEPARATOR.finditer(title) if has_words or one[0].strip() not in {":", "："}
    ]
    if not marks:
        return title
    pieces = [title[one.end() : after] for one, after in zip(marks, _ends(marks, len(title)), strict=True)]
    last = len(marks) - 1
    if last and is_section(pieces[last]) and is_site(pieces[last - 1], publisher):
        return title[: marks[last - 1].start()].strip() or title
    if is_site(pieces[last], publisher):
        while last and is_section(pieces[last - 1]):
            last -= 1
        return title[: marks[last].start()].strip() or title
    rest = title[marks[0].end() :].strip()
    # "Quay – a city of two rivers" is told of Quay; "iPad sales fall" begins a headline all the same.
    goes_on = rest[:1].islower() and not rest[1:2].isupper()
    if not goes_on and is_site(title[: marks[0].start()], publisher):
        return rest or title
    return title


def _ends(marks: Sequence[re.Match[str]], end: int) -> list[int]:
    return [*(one.start() for one in marks[1:]), end]
