"""Clicks on the stories of a mail, and which of them a person made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digest.model.deliveries import EventKind, MailEvent

TOO_SOON = timedelta(seconds=10)
"""A click this soon after the mail arrived is a scanner's."""

BURST = timedelta(seconds=5)
BURST_LINKS = 3
"""So many different links of one mail within a burst are a scanner's, and so is all it clicks besides."""

RULE = (
    "Not counted: visits of programs that name themselves as such, or name nothing; requests for headers "
    "only, or ahead of a click; clicks within ten seconds of the mail; and all clicks of a reader who "
    "opened three different links within five seconds."
)
"""The rule, as the desk and the docs tell it."""

_PROGRAMS = re.compile(
    r"bot\b|bots\b|crawl|spider|scan|preview|prefetch|fetch|monitor|validator|linkcheck|headless|phantom"
    r"|barracuda|mimecast|proofpoint|safelinks|symantec|trendmicro|forcepoint|sophos|fortinet|cisco-"
    r"|curl|wget|python|httpx|aiohttp|okhttp|go-http|java/|libwww|perl|ruby|axios|node\b|postman"
    r"|facebookexternalhit|whatsapp|telegram|slack|discord|skypeuri|embedly|google-?image|bingpreview",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StoryCount:
    """How often a story's link was followed by nobody in particular.

    Attributes:
        arm: of the subject its mail had.
        readers: as far as the rule can tell.
        scanners: visits that the rule leaves out.
    """

    url: str
    arm: str = ""
    readers: int = 0
    scanners: int = 0


@dataclass(frozen=True, slots=True)
class Clicks:
    """Who opened what of an edition, scanners left out.

    Attributes:
        by_url: readers for each story, each counted once a story.
        by_arm: readers who opened anything, by the arm of their subject.
        scanned: clicks that the rule left out.
    """

    by_url: Mapping[str, int] = field(default_factory=dict)
    by_arm: Mapping[str, int] = field(default_factory=dict)
    scanned: int = 0


def is_program(agent: str) -> bool:
    """Tell whether a User-Agent names a program, or nothing."""
    return not agent.strip() or _PROGRAMS.search(agent) is not None


def reader_clicks(events: Iterable[MailEvent]) -> tuple[MailEvent, ...]:
    """Return the clicks that a person made, each link of a mail once, by (time, reference, url).

    Left out are clicks within ten seconds of the delivery, and every click of a mail in which three
    different links were opened within five seconds: mail gateways follow links.
    """
    arrived: dict[str, datetime] = {}
    clicks: defaultdict[str, list[MailEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda one: (one.at, one.reference, one.url, one.event_id)):
        if event.kind is EventKind.DELIVERED:
            arrived.setdefault(event.reference, event.at)
        elif event.kind is EventKind.CLICKED and event.url:
            clicks[event.reference].append(event)
    kept: dict[tuple[str, str], MailEvent] = {}
    for reference, found in clicks.items():
        if is_burst([(event.at, event.url) for event in found]):
            continue
        for event in found:
            delivered = arrived.get(reference)
            if delivered is None or event.at - delivered > TOO_SOON:
                kept.setdefault((reference, event.url), event)
    return tuple(sorted(kept.values(), key=lambda one: (one.at, one.reference, one.url)))


def is_burst(clicks: list[tuple[datetime, str]]) -> bool:
    """Tell whether enough different links were opened at once; the clicks are in order of time."""
    for place, (opening, _url) in enumerate(clicks):
        links = {url for at, url in clicks[place:] if at - opening <= BURST}
        if len(links) >= BURST_LINKS:
            return True
    return False
