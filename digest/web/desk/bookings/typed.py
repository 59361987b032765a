"""What was typed of a booking: its texts, its spot, its days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from digest.editions.block_changes import with_text
from digest.editions.display_width import one_line, paragraphs
from digest.model import Block, BlockId, BlockKind, Newsletter, Spot
from digest.model.blocks import TEXTS, Booking, DaySpan
from digest.rendering.letter.blocks import weight
from digest.rendering.letter.richtext import linked
from digest.rendering.prose import holds_login, href
from digest.web.desk.letter.blocks import LONGEST
from digest.words.speaking import say

MOST_LINES = 100
MOST_DAYS = 366
"""Of one booking: from its first day to its last."""
FURTHEST = timedelta(days=730)
MOST_A_DAY = 4
MOST_BYTES = 8_000
"""Of one booking in a mail's HTML: what is left is the stories'."""
TEXT = TEXTS[BlockKind.SPONSOR]

_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:to|bis|–|—|\.\.)\s*(\d{4}-\d{2}-\d{2}))?")


@dataclass(frozen=True, slots=True)
class Typed:
    """A booking as it was typed; where there is a problem it is none yet.

    Attributes:
        problems: by field: a text's name, `spot` or `days`.
    """

    block: Block
    spans: tuple[DaySpan, ...]
    problems: Mapping[str, str]


def typed(form: Mapping[str, str], newsletter: Newsletter, *, today: date, before: Booking | None) -> Typed:
    """Return what a form says of a booking, and what is wrong with it."""
    problems: dict[str, str] = {}
    block = Block(BlockId(""), BlockKind.SPONSOR, picture=before.block.picture if before else None)
    for name in TEXT:
        text = (paragraphs if name == "text" else one_line)(form.get(name, ""))
        if len(text) > LONGEST[name]:
            told = say(
                "It has %(count)s characters, %(most)s at most.", count=len(text), most=LONGEST[name]
            )
            problems[name] = told
        block = with_text(block, name, text)
    spot, section = spot_of(form.get("spot", ""), newsletter)
    if spot is None:
        problems["spot"] = say("It can’t stand there.")
    block = replace(block, spot=spot or Spot.TOP, section=section)
    problems |= _wanting(block)
    spans, why = _spans(form, today, before)
    if why:
        problems["days"] = why
    return Typed(block, spans, problems)


def _wanting(block: Block) -> dict[str, str]:
    found = {}
    if not block.source:
        found["source"] = say("Say who pays for it.")
    if block.is_empty:
        found["title"] = say("Write a headline or a text, or it is in no mail.")
    if not href(block.url) or not block.url.startswith(("https://", "http://")):
        found["url"] = say("It must begin with https://: its clicks are counted there.")
    for name, urls in (("url", [block.url]), ("text", linked(block.text))):
        if any(map(holds_login, urls)):
            found[name] = say("Its address holds a user name or a password, which every reader would have.")
    if weight((block,)) > MOST_BYTES:
        found["text"] = say("It is too much for one mail. Shorten it.")
    return found


def spot_of(text: str, newsletter: Newsletter) -> tuple[Spot | None, str]:
    """Return the spot that a form names, with its section; None for no such spot."""
    kind, _, section = text.partition(" ")
    if kind not in set(Spot) or (kind == Spot.SECTION) is not bool(section):
        return None, ""
    if section and section not in {rule.key for rule in newsletter.sections}:
        return None, ""
    return Spot(kind), section


def days_text(spans: Sequence[DaySpan]) -> str:
    """Return days as they are typed: one a line, or from the first to the last."""
    return "\n".join(
        str(one.first) if one.first == one.last else f"{one.first} – {one.last}" for one in spans
    )


def _spans(form: Mapping[str, str], today: date, before: Booking | None) -> tuple[tuple[DaySpan, ...], str]:
    """Return the days, in order and each once, or why they can't be."""
    lines = [line.strip() for line in form.get("days", "").splitlines() if line.strip()]
    first, last = form.get("from", "").strip(), form.get("to", "").strip()
    if first or last:
        lines.append(f"{first or last} to {last or first}")
    if len(lines) > MOST_LINES:
        return (), say("There are %(count)s lines, %(most)s at most.", count=len(lines), most=MOST_LINES)
    found: list[DaySpan] = []
    for line in lines:
        span = _span(line)
        if span is None:
            return (), say(
                "“%(text)s” is no day: write 2026-12-03, or 2026-12-03 – 2026-12-10.", text=line[:60]
            )
        found.append(span)
    spans = _merged(found)
    return spans, _refusal(spans, today, before)


def _span(line: str) -> DaySpan | None:
    match = _LINE.fullmatch(line) if line.isascii() or "–" in line or "—" in line else None
    if match is None:
        return None
    try:
        first = date.fromisoformat(match[1])
        last = date.fromisoformat(match[2]) if match[2] else first
    except ValueError:
        return None
    return DaySpan(first, last) if first <= last else None


def _refusal(spans: Sequence[DaySpan], today: date, before: Booking | None) -> str:
    if not spans:
        return say("Name a day at least.")
    first, last = spans[0].first, spans[-1].last
    if before is None and last < today:
        return say("All of these days are over.")
    if last > today + FURTHEST:
        return say("That is more than two years ahead.")
    if (last - first).days >= MOST_DAYS:
        return say("Its first and its last day are too far apart: make two bookings.")
    return ""


def _merged(spans: Sequence[DaySpan]) -> tuple[DaySpan, ...]:
    """Return the same days in order, those that touch as one span."""
    found: list[DaySpan] = []
    for one in sorted(spans, key=lambda span: span.first):
        if found and (one.first - found[-1].last).days <= 1:
            found[-1] = DaySpan(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return tuple(found)


def crowded(wanted: Booking, others: Sequence[Booking], *, today: date) -> str:
    """Return why a booking can't stand beside the others of its days; empty where it can."""
    for span in wanted.spans:
        for ahead in range((span.last - max(span.first, today)).days + 1):
            day = max(span.first, today) + timedelta(days=ahead)
            mates = [one for one in others if one.number != wanted.number and one.covers(day)]
            if len(mates) >= MOST_A_DAY:
                return say("%(day)s has %(count)s bookings already.", day=day, count=MOST_A_DAY)
            if any(one.block.url == wanted.block.url for one in mates):
                return say(
                    "On %(day)s another booking leads to the same address, and their clicks could not be "
                    "told apart. Give one of them an address of its own.",
                    day=day,
                )
    return ""
