"""Which renderings of an edition its readers ask for, and what each of them tells."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import reduce
from operator import or_

from digest.editions.subjects import echoes, preheader, propose
from digest.model import Edition, Newsletter, Variant

log = logging.getLogger(__name__)

ARM_B = "b"
"""The A/B arm that gets `Edition.subject_b`."""

MAX_VARIANTS = 400
"""Of one edition. Past that the rarest choices of topics get the whole edition, in their language; the
rarest readers who had some stories before get it without any story that anybody had."""


def arms(edition: Edition) -> tuple[str, ...]:
    """Return the A/B arms: one without a name, and `b` where there is another subject."""
    return ("", ARM_B) if edition.subject_b else ("",)


def proofs(edition: Edition) -> tuple[Variant, ...]:
    """Return the variants that an approval binds: the default one, in each arm.

    All others follow from the same edition, templates and settings. Were they bound too, a reader who
    signs up in a new language between approval and dispatch would take the approval back.
    """
    return tuple(Variant(arm=arm) for arm in arms(edition))


def choose(
    edition: Edition,
    newsletter: Newsletter,
    wanted: Iterable[tuple[Variant, int]],
    languages: Collection[str],
) -> tuple[Variant, ...]:
    """Return the variants to render, the default first, none twice.

    A language without words of its own is the newsletter's. Topics that name no section of this
    newsletter are no choice, and neither are all of them. Where readers had stories before, one variant
    leaves out every story that anybody had: whoever finds none of their own gets that.

    Args:
        wanted: languages, topics and stories had, with how many readers ask for them, most first.
        languages: those that the mail's own words are translated into.
    """
    sections = {section.key for section in newsletter.sections} | {part.key for part in edition.sections}
    own = _main(newsletter.language, languages)
    wanted = tuple(wanted)
    found = dict.fromkeys(proofs(edition))
    anybodys = reduce(or_, (variant.had for variant, _ in wanted), 0)
    found.update(dict.fromkeys(Variant(arm=arm, had=anybodys) for arm in arms(edition)))
    left_out = 0
    for variant, readers in wanted:
        language = _main(variant.language, languages)
        named = sections.intersection(variant.topics)
        topics = variant.topics if named and named != sections else ()
        one = Variant("" if language == own else language, topics, had=variant.had)
        if one in found:
            continue
        if len(found) >= MAX_VARIANTS:
            left_out += readers if topics or one.had else 0
            one = replace(one, topics=(), had=one.had and anybodys)
        plain = Variant(had=one.had)
        found.update(
            dict.fromkeys(replace(each, arm=arm) for each in (plain, one) for arm in arms(edition))
        )
    if left_out:
        log.warning("%s: %d readers of rare choices get a more common edition", edition.key, left_out)
    return tuple(found)


def narrow(edition: Edition, topics: Collection[str], had: int = 0) -> Edition:
    """Return the edition as readers who chose `topics` get it, without what they had; it may be empty.

    The subject stays where its story stays, which is the edition's best; else one is proposed from
    what is left, and an A/B test of it ends. The preheader tells only what is left.
    """
    if not topics and not had:
        return edition
    new = {item.article for place, item in enumerate(edition.items) if not had >> place & 1}
    sections = tuple(
        section if len(items) == len(section.items) else replace(section, items=items)
        for section in edition.sections
        if (not topics or section.key in topics)
        and (items := tuple(item for item in section.items if item.article in new))
    )
    if sections == edition.sections or not sections:
        return replace(edition, sections=sections)
    title, language, day = edition.title, edition.language, edition.key.day
    first = propose(sections, title=title, day=day, language=language)[0]
    left = replace(edition, sections=sections)
    best = min(edition.items, key=lambda item: item.rank)
    if best not in left.items:
        return replace(left, subject=first.subject, preheader=first.preheader, subject_b="")
    others = sorted(left.items, key=lambda item: item.rank)
    line = preheader(edition.subject, others, fallback=title, language=language)
    return replace(left, preheader=line)


def for_arm(edition: Edition, arm: str) -> Edition:
    """Return the edition as one arm of its test gets it: no preheader repeats that arm's subject.

    One that says something else, an editor's own say, stands in both arms.
    """
    if arm != ARM_B or not edition.subject_b:
        return edition
    if not echoes(edition.preheader, edition.subject_b):
        return edition
    items = sorted(edition.items, key=lambda item: item.rank)
    line = preheader(edition.subject_b, items, fallback=edition.title, language=edition.language)
    return replace(edition, preheader=line)


def _main(language: str, languages: Collection[str]) -> str:
    """Return the nearest language that has words of its own: `pt` for `pt-BR`; empty for none."""
    lower = language.lower()
    return next((name for name in (lower, lower.partition("-")[0]) if name in languages), "")
