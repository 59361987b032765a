"""One expression for many phrases that asks each letter once, not each phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

DEPTH = 3
"""So many first letters are shared: most phrases of a table are told apart by them."""
_QUANTIFIERS = frozenset("?*+{")
_OPENS = "(?:"


def by_beginnings(phrases: Iterable[str]) -> str:
    """Return an expression that finds something just where one of the phrases does.

    `re` tries the branches of an alternative one after the other at every place of a text: four hundred
    phrases of a table take longer than the rest of what is asked about a page. Which of several that
    begin at one place is found may be another one.

    Args:
        phrases: expressions; the alternatives within one are parted, too.
    """
    beginnings = [one for phrase in phrases for branch in branches(phrase) for one in _opened(branch)]
    return _grouped(list(dict.fromkeys(beginnings)), DEPTH)


def _grouped(phrases: list[str], depth: int) -> str:
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        letter = phrase[:1] if _is_letter(phrase) else ""
        groups.setdefault(letter, []).append(phrase[len(letter) :])
    branches = groups.pop("", [])
    for letter, rests in groups.items():
        rest = rests[0] if len(rests) == 1 else ""
        if len(rests) > 1:
            rest = f"(?:{_grouped(rests, depth - 1) if depth > 1 else '|'.join(rests)})"
        branches.append(letter + rest)
    return "|".join(branches)


def _is_letter(phrase: str) -> bool:
    """Tell whether an expression begins with a letter, digit or space that stands once for itself."""
    return (phrase[:1].isalnum() or phrase[:1] == " ") and phrase[1:2] not in _QUANTIFIERS


def _opened(phrase: str) -> Iterator[str]:
    """Yield the phrase for each way that a group at its beginning can be read."""
    if phrase[1:2] == "?" and phrase[0].isalnum():
        yield phrase[0] + phrase[2:]
        yield phrase[2:]
        return
    if not phrase.startswith(_OPENS):
        yield phrase
        return
    end = _closes(phrase)
    inner, after = phrase[len(_OPENS) : end], phrase[end + 1 :]
    if after[:1] in _QUANTIFIERS - {"?"} or after[:2] in {"??", "?+"}:
        yield phrase
        return
    for branch in branches(inner):
        yield from _opened(branch + after.removeprefix("?"))
    if after.startswith("?"):
        yield from _opened(after[1:])


def branches(phrase: str) -> Iterator[str]:
    """Yield the alternatives of an expression that stand in no group."""
    begins = 0
    for at, depth in _depths(phrase):
        if depth == 0 and phrase[at] == "|":
            yield phrase[begins:at]
            begins = at + 1
    yield phrase[begins:]


def _closes(phrase: str) -> int:
    """Return where the group ends that an expression begins with."""
    return next(at for at, depth in _depths(phrase) if depth == 0 and phrase[at] == ")")


def _depths(phrase: str) -> Iterator[tuple[int, int]]:
    """Yield each place of a sign that is not written out, with the groups that are open behind it."""
    depth, is_set, at = 0, False, 0
    while at < len(phrase):
        sign = phrase[at]
        if sign == "\\":
            at += 2
            continue
        if is_set:
            is_set = sign != "]"
        elif sign == "[":
            is_set = True
        else:
            depth += (sign == "(") - (sign == ")")
            yield at, depth
        at += 1
