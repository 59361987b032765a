"""A correction: a small edition of its own, for those who got the wrong text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from digest.editions.display_width import one_line
from digest.editions.revisions import editor_blurb
from digest.errors import BadData, EditionConflict
from digest.model import ArticleId, Edition, EditionKey, EditionState, Item, Section, StoryLabel, Tally
from digest.model.desk import Correction

_SLOT = re.compile(r"(.*?)-?correction-([0-9]{1,4})")
LONGEST = 2_000


def original_of(key: EditionKey) -> EditionKey | None:
    """Return the edition that the one with this key corrects; None where it is no correction."""
    found = _SLOT.fullmatch(key.slot)
    return replace(key, slot=found[1]) if found else None


def correction_key(original: EditionKey, number: int) -> EditionKey:
    """Return the key of the edition's correction with this number, 1 for the first."""
    slot = f"{original.slot}-" if original.slot else ""
    return replace(original, slot=f"{slot}correction-{number}")


def refuse_while_leaving(key: EditionKey, tally: Tally) -> None:
    """Refuse to correct an edition of which mails may still leave: they would tell the wrong text later.

    Args:
        tally: of the edition with this key, the one that was wrong.

    Raises:
        EditionConflict: some are planned, or being sent.
    """
    left = tally.planned + tally.sending
    if left:
        mails = "1 mail of it has" if left == 1 else f"{left} mails of it have"
        raise EditionConflict(
            str(key),
            f"{mails} not left yet, and whoever gets it later would not get the correction",
            "Cancel or stop them first (`digest dispatch --cancel`), or wait until it is closed.",
        )


def refuse_twice(last: Edition | None, article: ArticleId, text: str, headline: str = "") -> None:
    """Refuse to tell the same of the same story again.

    Args:
        last: the edition that told the last correction; None where there was none.

    Raises:
        EditionConflict: that one tells it.
    """
    if last is None:
        return
    for item in last.items:
        is_same = item.blurb.text == editor_blurb(text).text and headline in {"", item.headline}
        if item.article == article and is_same:
            raise EditionConflict(
                str(last.key),
                "it tells this correction of this story already",
                "See there whether it has left; for another correction, change the text.",
            )


def corrected(
    edition: Edition, article: ArticleId, text: str, *, number: int, subject: str, headline: str = ""
) -> Edition:
    """Return the draft that tells a correction: the one item, labelled, with the right text as its blurb.

    Args:
        subject: of the correcting mail, in the newsletter's language.
        headline: the right one; empty where the story's own is.

    Raises:
        EditionConflict: the edition was not sent, or holds no such article.
        BadData: the text or the subject is empty, or too long.
    """
    if edition.state not in {EditionState.DISPATCHING, EditionState.CLOSED}:
        raise EditionConflict(str(edition.key), "it was not sent; change the draft itself")
    for name, said in (("text", text), ("subject", subject)):
        if not one_line(said) or len(said) > LONGEST:
            raise BadData(f"The correction’s {name}", f"it is empty or longer than {LONGEST} characters")
    for section in edition.sections:
        for item in section.items:
            if item.article == article:
                told = replace(_right(item, text, one_line(headline)), rank=0, also=())
                return replace(
                    edition,
                    key=correction_key(edition.key, number),
                    subject=one_line(subject),
                    preheader=one_line(text)[:130],
                    sections=(Section(section.key, section.title, (told,)),),
                    state=EditionState.DRAFT,
                    revision=0,
                    approved_hash="",
                    is_edited=True,
                    subject_b="",
                    canceled="",
                    blocks=(),
                )
    raise EditionConflict(str(edition.key), f"it holds no article {article}")


def set_right(edition: Edition, corrections: Iterable[Correction]) -> Edition:
    """Return a sent edition as the web shows it: each corrected item labelled, with the right text.

    Args:
        corrections: of this edition, the oldest first; the last word on an item holds.
    """
    right = {one.article: (one.text, one.headline) for one in corrections}
    if not right:
        return edition
    return replace(
        edition,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    _right(item, *right[item.article]) if item.article in right else item
                    for item in section.items
                ),
            )
            for section in edition.sections
        ),
    )


def _right(item: Item, text: str, headline: str) -> Item:
    return replace(
        item, headline=headline or item.headline, blurb=editor_blurb(text), label=StoryLabel.CORRECTION
    )
