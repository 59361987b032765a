"""Two versions of a text as one, for people."""

from __future__ import annotations

import difflib
import re

from markupsafe import Markup, escape

from digest.model import Blurb

_WORD = re.compile(r"\s+|[^\s]+")


def difference(before: str | Blurb, after: str | Blurb) -> Markup:
    """Return both texts as one, what went and what came marked."""
    old, new = (_WORD.findall(one if isinstance(one, str) else one.text) for one in (before, after))
    pieces = []
    for verb, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[a:b])), escape("".join(new[c:d]))
        if verb == "equal":
            pieces.append(gone)
            continue
        pieces.append(Markup("<del>{}</del>").format(gone) if gone.strip() else gone)
        pieces.append(Markup("<ins>{}</ins>").format(come) if come.strip() else come)
    return Markup("").join(pieces)
