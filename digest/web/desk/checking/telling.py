"""Findings of the checks in an editor's words: the picture of a story, its link, the subject, the template.

The checks speak of elements and headers, to whoever writes templates; here each is told by what an editor
knows it as, with what to do about it at the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.model import Edition, Item
from digest.rendering.checks.findings import Finding as Fault
from digest.rendering.checks.findings import Level
from digest.web.desk.letter.blocks import called
from digest.web.desk.letter.findings import Finding
from digest.words.speaking import counted, in_quotes, lasting, later, say

_PLACE = re.compile(r'\b(?:src|href)="([^"]*)"')
_WORDS = re.compile(r"“([^”…]*)")

_SUBJECT = {
    "is all capitals": later("Subject all in capitals: spam filters count that. Write it as a sentence."),
    "has exclamation marks": later(
        "Subject with exclamation marks in a row: spam filters count that. Take them out."
    ),
    "has ": later("Subject too long: no inbox shows all of it. Shorten it."),
}
_TEST = {
    "waits for a word": later(
        "The test of two subjects waits for a word, for no clicks are counted. Ask whoever runs the desk "
        "to give it in time, or the first subject wins."
    ),
    "decides nothing": later(
        "The test of two subjects decides nothing, for no clicks are counted: half of the readers get "
        "each, at once. Leave the second subject out, or ask whoever runs the desk to count clicks."
    ),
    "shows each": later(
        "The test of two subjects reaches too few readers to tell. Leave the second subject out."
    ),
}
NUMBERS = lasting("This number is not in the source: %(what)s")
NAMES = lasting("This name is not in the source: %(what)s")
QUOTES = lasting("This quote is not in the source: %(what)s")
LITTLE = lasting("Too little of this sentence stands in the source: %(what)s")
WHOSE = lasting("These are somebody's words, and it is not said whose: %(what)s")


def told(edition: Edition, found: Iterable[Fault]) -> Iterator[Finding]:
    """Yield what the checks found, notes left out; faults of the template are told as one."""
    of_template: list[Fault] = []
    seen: set[Finding] = set()
    for one in found:
        if one.level is Level.NOTE:
            continue
        finding = _told(edition, one)
        if finding is None:
            of_template.append(one)
        elif finding not in seen:
            seen.add(finding)
            yield finding
    if of_template:
        yield _template(edition, of_template)


def _told(edition: Edition, fault: Fault) -> Finding | None:
    """Return one fault as an editor meets it; None where only the template can mend it."""
    is_error = fault.level is Level.ERROR
    match fault.check:
        case "headers" if fault.element == "Subject":
            return Finding(_worded(_SUBJECT, fault), is_error, "subject")
        case "subjects":
            return Finding(_worded(_TEST, fault), is_error, "subject_b")
        case "preheader":
            return Finding(
                say("The mail begins without a good preheader. Write one."), is_error, "preheader"
            )
        case "clip" | "size":
            text = say("The mail is so long that Gmail may cut it off. Drop a story, or shorten texts.")
            return Finding(text, is_error, "sections")
        case "dns":
            return Finding(_record(fault), is_error)
        case "alt" | "pictures":
            return _picture(edition, fault, is_error=is_error)
        case "links":
            return _link(edition, fault, is_error=is_error)
        case _:
            return None


def _worded(words: dict[str, str], fault: Fault) -> str:
    return next(
        (say(said) for begins, said in words.items() if fault.problem.startswith(begins)), ""
    ) or say("%(what)s needs another look.", what=fault.element)


def _record(fault: Fault) -> str:
    if "can't be read" in fault.problem:
        return say(
            "%(record)s can’t be looked up now. Look at this page again later.", record=fault.element
        )
    return say(
        "%(record)s is missing or not as it should be, and mailbox providers may refuse the mail. "
        "Tell whoever runs the mail server.",
        record=fault.element,
    )


def _picture(edition: Edition, fault: Fault, *, is_error: bool) -> Finding | None:
    place = _PLACE.search(fault.element)
    src = place[1] if place else ""
    story = next(
        (one for one in edition.items if one.image and src and one.image.url.startswith(src)), None
    )
    story = story or _named(edition, fault)
    block = next((b for b in edition.blocks if b.picture and src and b.picture.url.startswith(src)), None)
    if story is not None:
        name, field = in_quotes(story.headline), f"picture-{story.article}"
    elif block is not None:
        name, field = called(block), f"picture-{block.id}"
    else:
        return None
    if fault.check == "alt":
        text = say(
            "The picture of %(what)s: nobody has said what it shows. Choose it again, and say it.",
            what=name,
        )
    else:
        text = say("The picture of %(what)s is not shown in some mail programs. Choose another.", what=name)
    return Finding(text, is_error, field)


def _link(edition: Edition, fault: Fault, *, is_error: bool) -> Finding | None:
    place = _PLACE.search(fault.element)
    href = place[1] if place else ""
    story = next((one for one in edition.items if href and one.url.startswith(href)), None)
    story = story or _named(edition, fault)
    if story is None:
        return None
    text = say(
        "The link of “%(story)s” does not work for every reader. Drop the story, or add it by another "
        "address.",
        story=story.headline,
    )
    return Finding(text, is_error, f"headline-{story.article}")


def _named(edition: Edition, fault: Fault) -> Item | None:
    """Return the story whose headline or picture a fault names."""
    words = _WORDS.search(fault.element)
    name = words[1].strip() if words else ""
    if not name:
        return None
    return next(
        (
            one
            for one in edition.items
            if one.headline.startswith(name) or (one.image is not None and one.image.alt.startswith(name))
        ),
        None,
    )


def _template(edition: Edition, found: list[Fault]) -> Finding:
    text = counted(
        "The template of the letter has %(count)s fault: some mail programs may show it otherwise. "
        "Choose another template, or tell whoever made it.",
        "The template of the letter has %(count)s faults: some mail programs may show it otherwise. "
        "Choose another template, or tell whoever made it.",
        len(found),
    )
    is_error = any(one.level is Level.ERROR for one in found)
    return Finding(text, is_error, at=f"/desk/newsletters/{edition.key.newsletter}")
