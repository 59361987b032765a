"""What stands in the way of an edition's blocks: nothing in them, a link that leads nowhere, no name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Block, BlockKind, Edition
from digest.model.blocks import PICTURED, TEXTS
from digest.rendering.letter.richtext import linked
from digest.rendering.pictures import is_out_of_bounds, why_unshown
from digest.rendering.prose import holds_login, href
from digest.web.desk.letter.blocks import called
from digest.words.speaking import retold, say


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        field: the id of the page's element where it can be mended; empty where there is none.
        at: the path of another page where it can be mended; empty where there is none.
    """

    text: str
    is_error: bool
    field: str = ""
    at: str = ""


def findings(edition: Edition) -> Iterator[Finding]:
    """Yield what an editor should see of the blocks before somebody approves them."""
    for block in edition.blocks:
        name = called(block)
        if block.is_empty:
            text = say(
                "%(name)s: nothing is written in it, and no mail shows it. Write it, or take it out.",
                name=name,
            )
            yield Finding(text, is_error=False, field=_field(block, TEXTS[block.kind][0]))
            continue
        yield from _links(block, name)
        yield from _logins(block, name)
        if block.kind is BlockKind.SPONSOR and not block.source.strip():
            text = say("%(name)s: it does not say who pays for it. Name them.", name=name)
            yield Finding(text, is_error=False, field=_field(block, "source"))
        if block.kind is BlockKind.POLL and len(block.choices) < 2:
            text = say(
                "%(name)s: it has fewer than two answers. Write one on each line, with its address.",
                name=name,
            )
            yield Finding(text, is_error=False, field=_field(block, "answers"))
        if block.kind in PICTURED and block.picture is not None:
            yield from _picture(block, name)


def _links(block: Block, name: str) -> Iterator[Finding]:
    if "url" in TEXTS[block.kind]:
        if block.url and not href(block.url):
            text = say("%(name)s: its address leads nowhere. It must begin with https://.", name=name)
            yield Finding(text, is_error=True, field=_field(block, "url"))
        elif not block.url and block.kind is BlockKind.SPONSOR:
            text = say("%(name)s: it leads nowhere. Give it an address.", name=name)
            yield Finding(text, is_error=False, field=_field(block, "url"))
        elif block.label and not block.url:
            text = say(
                "%(name)s: the words of its link have no address, and are not shown. Give it one.",
                name=name,
            )
            yield Finding(text, is_error=False, field=_field(block, "url"))
    for answer in block.choices if block.kind is BlockKind.POLL else ():
        if answer.url and not href(answer.url):
            text = say(
                "%(name)s: the answer “%(words)s” leads nowhere. Mend its address.",
                name=name,
                words=answer.words,
            )
            yield Finding(text, is_error=True, field=_field(block, "answers"))


def _logins(block: Block, name: str) -> Iterator[Finding]:
    """Yield each text of a block with an address that tells readers a user name or a password."""
    written = {
        "url": [block.url],
        "text": linked(block.text),
        "answers": [answer.url for answer in block.choices],
    }
    for text, urls in written.items():
        if text in TEXTS[block.kind] and any(map(holds_login, urls)):
            yield Finding(login_told(name), is_error=True, field=_field(block, text))


def login_told(name: str) -> str:
    """Return what is said of something with an address that holds a user name or a password."""
    return say(
        "%(name)s: an address in it holds a user name or a password, which every reader would have. "
        "Take it out.",
        name=name,
    )


def _picture(block: Block, name: str) -> Iterator[Finding]:
    assert block.picture is not None
    why = why_unshown(block.picture.url)
    if why or is_out_of_bounds(block.picture):
        why = retold(why) or say("is too small or too large for a mail")
        text = say("%(name)s: its picture %(why)s. Choose another.", name=name, why=why)
        yield Finding(text, is_error=False, field=f"block-{block.id}")


def _field(block: Block, name: str) -> str:
    return f"block-{name}-{block.id}"
