"""The date traps in which feed libraries lose or move articles, in one table: 24 measured, more met since.

Source: measured before we began on feedparser 6.0.14, which had about 8 of such 24 right.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.sources.dates import reading as dates
from tests.sources import feeds

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def at(text: str) -> dates.Reading:
    return dates.Reading(at=datetime.fromisoformat(text).replace(tzinfo=UTC))


def on(text: str) -> dates.Reading:
    return dates.Reading(on=date.fromisoformat(text))


NO_DATE = dates.Reading()

TRAPS = [
    pytest.param("Wed, 04 Mar 2026 10:30:00 CET", at("2026-03-04 09:30"), id="CET is no UTC"),
    pytest.param("Tue, 04 Aug 2025 10:30:00 CEST", at("2025-08-04 08:30"), id="CEST, weekday wrong"),
    pytest.param("Mon, 04 Aug 2025 10:30:00 BST", at("2025-08-04 09:30"), id="British summer"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 IST", at("2026-03-04 05:00"), id="India"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 JST", at("2026-03-04 01:30"), id="Japan"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 EST", at("2026-03-04 15:30"), id="New York"),
    pytest.param("Mi, 04 März 2026 10:30:00 +0100", at("2026-03-04 09:30"), id="German"),
    pytest.param("mer, 04 mar 2026 10:30:00 +0100", at("2026-03-04 09:30"), id="Italian"),
    pytest.param("Ср, 04 мар 2026 10:30:00 +0300", at("2026-03-04 07:30"), id="Russian"),
    pytest.param("mar., 03 févr. 2026 10:30:00 +0100", at("2026-02-03 09:30"), id="a Tuesday, no March"),
    pytest.param("4 de março de 2026 10:30 -0300", at("2026-03-04 13:30"), id="Portuguese"),
    pytest.param("٤ مارس ٢٠٢٦ ١٠:٣٠ +0300", at("2026-03-04 07:30"), id="Arabic digits"),
    pytest.param("Jumatano, 4 Machi 2026 10:30 +0300", at("2026-03-04 07:30"), id="Swahili"),
    pytest.param("Wed, 04 Mar 2026 10:30:00", at("2026-03-04 07:30"), id="naive: the source's zone"),
    pytest.param("2026-03-04T10:30:00", at("2026-03-04 07:30"), id="naive ISO"),
    pytest.param("2026-03-04", on("2026-03-04"), id="a day is no midnight"),
    pytest.param("1772618400", at("2026-03-04 10:00"), id="epoch seconds"),
    pytest.param("1772618400000", at("2026-03-04 10:00"), id="epoch milliseconds"),
    pytest.param("0000-00-00 00:00:00", NO_DATE, id="MySQL's nothing is no year −1"),
    pytest.param("Thu, 01 Jan 1970 00:00:00 GMT", NO_DATE, id="the epoch itself is a bug"),
    pytest.param("Wed, 04 Mar 2037 10:30:00 GMT", NO_DATE, id="years ahead is a mistake"),
    pytest.param("30 Feb 2026 10:30 GMT", NO_DATE, id="a day that does not exist"),
    pytest.param("now", NO_DATE, id="a word is never now"),
    pytest.param("", NO_DATE, id="nothing is never now"),
]
"""Those that were measured."""

SINCE_MET = [
    pytest.param("Wed, 04 Mar 2026 10:30:00 gmt", at("2026-03-04 10:30"), id="small letters"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 est", at("2026-03-04 15:30"), id="New York, small letters"),
    pytest.param("4 марта 2026 10:30 МСК", at("2026-03-04 07:30"), id="Moscow"),
    pytest.param("04.03.2026 10:30 (CET)", at("2026-03-04 09:30"), id="a zone in brackets"),
    pytest.param("4 مارس 2026 10:30 بتوقيت غرينتش", at("2026-03-04 10:30"), id="Greenwich in Arabic"),
    pytest.param("March 4, 2026 10:30 AM Eastern Time", at("2026-03-04 15:30"), id="Eastern Time"),
    pytest.param("2026-03-04 10:30:00 EST5EDT", at("2026-03-04 15:30"), id="a POSIX zone"),
    pytest.param("الأربعاء، 4 مارس، 2026 10:30", at("2026-03-04 07:30"), id="Arabic commas"),
    pytest.param("4 مارس/آذار 2026 10:30", at("2026-03-04 07:30"), id="a month in two names"),
    pytest.param("4 شباط/فبراير 2026 10:30", at("2026-02-04 07:30"), id="two names, Levantine first"),
    pytest.param("2026-3-4 10:30", at("2026-03-04 07:30"), id="ISO with single digits"),
    pytest.param("2026/3/4 10:30 م", at("2026-03-04 19:30"), id="an Arabic afternoon"),
]


def test_there_are_24_that_were_measured() -> None:
    assert len(TRAPS) == 24


@pytest.mark.parametrize(("raw", "wanted"), [*TRAPS, *SINCE_MET])
def test_a_trap_is_read_as_meant_or_not_at_all(raw: str, wanted: dates.Reading) -> None:
    reading = dates.read(raw, zone=ZoneInfo("Africa/Nairobi"), now=NOW)

    assert (reading.at, reading.on) == (wanted.at, wanted.on)
    assert bool(reading.problem) == (wanted == NO_DATE)


@pytest.mark.parametrize(("raw", "wanted"), [*TRAPS, *SINCE_MET])
def test_a_trap_in_a_feed_is_read_the_same(raw: str, wanted: dates.Reading) -> None:
    (read,) = feeds.reads(feeds.rss(feeds.item(pubDate=raw)))

    assert read.article is not None
    assert (read.article.published, read.article.published_on) == (wanted.at, wanted.on)
    assert bool(read.problems) == (wanted == NO_DATE and bool(raw))
