"""What a source says about a picture beside its address: how many bytes it has, and where its point is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from digest.model import Image

USUAL_FOCUS = Image("").focus
BYTES_NAMES = ("bytes", "size_bytes", "size_in_bytes", "filesize", "length")
FOCUS_NAMES = ("focus", "focal_point", "focalpoint", "data-focal-point", "data-object-position")
X_NAMES, Y_NAMES = ("focus_x", "data-focus-x"), ("focus_y", "data-focus-y")
_SAY_WHERE = frozenset({*FOCUS_NAMES, *X_NAMES, *Y_NAMES, "style"})

_BYTES = re.compile(r"[0-9]{1,12}")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})(%?)")
_POSITION = re.compile(r"object-position\s{0,9}:\s{0,9}([^;]{1,60})", re.IGNORECASE)
_WORDS = {"left": 0.0, "top": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0}
_DOWN = frozenset({"top", "bottom"})
_ACROSS = frozenset({"left", "right"})


def bytes_of(about: Mapping[str, object]) -> int | None:
    """Return how many bytes the file has; None where its source does not say."""
    for name in BYTES_NAMES:
        told = about.get(name)
        if told and (found := _BYTES.fullmatch(str(told).strip())):
            return int(found[0]) or None
    return None


def focus_of(about: Mapping[str, object]) -> tuple[float, float]:
    """Return where a picture's point is, as shares of its width and height; the usual point where untold.

    Read are shares (`0.2 0.8`), percentages and words as CSS has them (`20% top`), a list or an object of
    `x` and `y`, and an `object-position` in a style.
    """
    if _SAY_WHERE.isdisjoint(about):
        return USUAL_FOCUS
    style = _POSITION.search(str(about.get("style") or "")[:2000])
    named = (about.get(name) for name in FOCUS_NAMES)
    apart = [next((about[name] for name in names if name in about), None) for names in (X_NAMES, Y_NAMES)]
    for told in (*named, apart, style[1] if style else None):
        if found := _point(told):
            return found
    return USUAL_FOCUS


def _point(told: object) -> tuple[float, float] | None:
    if isinstance(told, Mapping):
        told = [told.get("x"), told.get("y")]
    parts = told if isinstance(told, (list, tuple)) else re.split(r"[\s,;]+", str(told or "").strip()[:60])
    if len(parts) == 1:
        parts = [parts[0], "center"]
    if len(parts) != 2:
        return None
    words = [str(part).strip().lower() for part in parts]
    if words[0] in _DOWN or words[1] in _ACROSS:
        words.reverse()
    across, down = (_share(word) for word in words)
    return None if across is None or down is None else (across, down)


def _share(word: str) -> float | None:
    """Return a share from 0 to 1; a bare number over 1 is a percentage."""
    if word in _WORDS:
        return _WORDS[word]
    found = _SHARE.fullmatch(word)
    if found is None:
        return None
    number = float(found[1])
    share = number / 100 if found[2] or number > 1 else number
    return share if share <= 1 else None
