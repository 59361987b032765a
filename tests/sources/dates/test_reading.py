from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.sources.dates import reading as dates

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
NAIROBI = ZoneInfo("Africa/Nairobi")


def read(raw: object, zone: str = "Africa/Nairobi", language: str = "") -> dates.Reading:
    return dates.read(raw, zone=ZoneInfo(zone), now=NOW, language=language)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


INSTANTS = [
    pytest.param("Wed, 04 Mar 2026 10:30:00 CET", "2026-03-04 09:30", id="CET is not UTC"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 CEST", "2026-03-04 08:30", id="CEST"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 BST", "2026-03-04 09:30", id="BST"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 IST", "2026-03-04 05:00", id="IST"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 JST", "2026-03-04 01:30", id="JST"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 EAT", "2026-03-04 07:30", id="EAT"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 EST", "2026-03-04 15:30", id="EST"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 GMT", "2026-03-04 10:30", id="RFC 822"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 Z", "2026-03-04 10:30", id="military Z"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 +0530", "2026-03-04 05:00", id="numeric offset"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 -0000", "2026-03-04 10:30", id="minus zero"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 UTC+03:00", "2026-03-04 07:30", id="UTC plus"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 -0800 (PST)", "2026-03-04 18:30", id="comment in brackets"),
    pytest.param("Wed, 04 Mar 2026 10:30:00", "2026-03-04 07:30", id="naive: the source's zone"),
    pytest.param("Tue, 4 Mar 26 10:30 GMT", "2026-03-04 10:30", id="two-digit year, wrong weekday"),
    pytest.param("Wed,04Mar2026 10:30:00GMT", "2026-03-04 10:30", id="spaces missing"),
    pytest.param("  Wed, \n 4 Mar\u00a02026  10:30:00\tGMT ", "2026-03-04 10:30", id="odd spaces"),
    pytest.param("2026-03-04T10:30:00Z", "2026-03-04 10:30", id="RFC 3339"),
    pytest.param("2026-03-04T10:30Z", "2026-03-04 10:30", id="no seconds"),
    pytest.param("2026-03-04t10:30:00z", "2026-03-04 10:30", id="lower case"),
    pytest.param("2026-03-04T10:30:00-05", "2026-03-04 15:30", id="short offset"),
    pytest.param("2026-03-04 10:30:00 +0000 UTC", "2026-03-04 10:30", id="Go"),
    pytest.param("2026-03-04 10:30:00", "2026-03-04 07:30", id="SQL, naive"),
    pytest.param("2026-03-04T10:30:00[Europe/Paris]", "2026-03-04 09:30", id="IANA name in brackets"),
    pytest.param("2026-03-04 10:30:00 Europe/Paris", "2026-03-04 09:30", id="IANA name"),
    pytest.param("20260304T103000Z", "2026-03-04 10:30", id="basic format"),
    pytest.param("202603041030", "2026-03-04 07:30", id="twelve digits are a stamp"),
    pytest.param("20260304103000", "2026-03-04 07:30", id="fourteen digits"),
    pytest.param("2026-03-04 24:00:00", "2026-03-04 21:00", id="24:00 is the next midnight"),
    pytest.param("2026-03-04T23:59:60Z", "2026-03-04 23:59:59", id="leap second"),
    pytest.param("2026/03/04 10:30:00", "2026-03-04 07:30", id="slashes, year first"),
    pytest.param("04.03.2026 10:30", "2026-03-04 07:30", id="points are day first"),
    pytest.param("13/02/2026 10:30", "2026-02-13 07:30", id="only day first makes sense"),
    pytest.param("02/13/2026 10:30", "2026-02-13 07:30", id="only month first makes sense"),
    pytest.param("1772618400", "2026-03-04 10:00", id="epoch seconds"),
    pytest.param(1772618400, "2026-03-04 10:00", id="epoch as a number"),
    pytest.param(1772618400.0, "2026-03-04 10:00", id="epoch as a float"),
    pytest.param("1772618400000", "2026-03-04 10:00", id="epoch milliseconds"),
    pytest.param("1772618400000000", "2026-03-04 10:00", id="epoch microseconds"),
    pytest.param("/Date(1772618400000)/", "2026-03-04 10:00", id="dotNET"),
    pytest.param("Wed Mar  4 10:30:00 2026", "2026-03-04 07:30", id="asctime"),
    pytest.param("Wed Mar 4 10:30:00 EST 2026", "2026-03-04 15:30", id="Unix date"),
    pytest.param(
        "Wed Mar 04 2026 10:30:00 GMT+0300 (East Africa Time)", "2026-03-04 07:30", id="JavaScript"
    ),
    pytest.param("March 4, 2026 5:30 PM EST", "2026-03-04 22:30", id="American"),
    pytest.param("Tuesday, March 4th, 2026 at 5:30 p.m.", "2026-03-04 14:30", id="American in words"),
    pytest.param("10:30, 4 March 2026", "2026-03-04 07:30", id="time first"),
    pytest.param("Wednesday 4 March 2026 10.30am", "2026-03-04 07:30", id="point as colon"),
    pytest.param("March 4, 2026 12:15 AM", "2026-03-03 21:15", id="midnight in twelve hours"),
    pytest.param("Mittwoch, 4. März 2026, 17:30 Uhr", "2026-03-04 14:30", id="German"),
    pytest.param("Mi, 04 Mrz 2026 10:30:00 +0100", "2026-03-04 09:30", id="German, short"),
    pytest.param("Di, 06 Jän 2026 10:30:00 +0100", "2026-01-06 09:30", id="Austrian"),
    pytest.param("mercredi 4 mars 2026 à 17h30", "2026-03-04 14:30", id="French"),
    pytest.param("1er février 2026 à 17 h 30", "2026-02-01 14:30", id="French first"),
    pytest.param("mar. 3 févr. 2026 10:30", "2026-02-03 07:30", id="mardi is not March"),
    pytest.param("mar. 3 mars 2026 10:30", "2026-03-03 07:30", id="mardi in March"),
    pytest.param("4 de marzo de 2026, 17:30", "2026-03-04 14:30", id="Spanish"),
    pytest.param("4 de março de 2026 17h30", "2026-03-04 14:30", id="Portuguese"),
    pytest.param("mercoledì 4 marzo 2026 17.30", "2026-03-04 14:30", id="Italian"),
    pytest.param("4 марта 2026 г., 17:30", "2026-03-04 14:30", id="Russian"),
    pytest.param("Ср, 04 мар 2026 10:30:00 +0300", "2026-03-04 07:30", id="Russian, short"),
    pytest.param("Чт, 05 фев 2026 10:30:00 MSK", "2026-02-05 07:30", id="Russian by three letters"),
    pytest.param("Пн, 24 ноя 2025 10:30:00 MSK", "2025-11-24 07:30", id="Russian November"),
    pytest.param("24 نونبر 2025 10:30", "2025-11-24 07:30", id="Moroccan"),
    pytest.param("1 setiembre 2025 10:30", "2025-09-01 07:30", id="Peruvian"),
    pytest.param("8 sett. 2025 10:30", "2025-09-08 07:30", id="Italian, short"),
    pytest.param("March 4, 2026 5:30 am ET", "2026-03-04 10:30", id="Eastern in winter"),
    pytest.param("August 4, 2025 5:30 am PT", "2025-08-04 12:30", id="Pacific in summer"),
    pytest.param("Jumatano, 4 Machi 2026 17:30", "2026-03-04 14:30", id="Swahili"),
    pytest.param("٤ مارس ٢٠٢٦ ١٠:٣٠", "2026-03-04 07:30", id="Arabic digits"),
    pytest.param("4 آذار 2026 10:30 م", "2026-03-04 19:30", id="Levantine month, afternoon"),
    pytest.param("۲۰۲۶-۰۳-۰۴ ۱۰:۳۰", "2026-03-04 07:30", id="Persian digits"),
    pytest.param("2026年3月4日 10:30", "2026-03-04 07:30", id="Chinese and Japanese"),
    pytest.param("Wed, 04 Mar 2026 10:30:00 gmt", "2026-03-04 10:30", id="gmt in small letters"),
    pytest.param("2026-03-04 10:30 utc", "2026-03-04 10:30", id="utc in small letters"),
    pytest.param("Mar 4, 2026 10:30 am est", "2026-03-04 15:30", id="est in small letters"),
    pytest.param("Mar 4, 2026 10:30 am Est", "2026-03-04 15:30", id="Est"),
    pytest.param("4 марта 2026, 10:30 МСК", "2026-03-04 07:30", id="Moscow in Cyrillic"),
    pytest.param("4 марта 2026, 10:30 по московскому времени", "2026-03-04 07:30", id="Moscow in words"),
    pytest.param("04.03.2026 10:30 (MSK)", "2026-03-04 07:30", id="a zone in brackets only"),
    pytest.param("04.03.2026 10:30 (МСК)", "2026-03-04 07:30", id="Moscow in brackets, Cyrillic"),
    pytest.param("04.03.2026 10:30 (GMT+3)", "2026-03-04 07:30", id="an offset in brackets"),
    pytest.param("04.03.2026 10:30 (UTC-05:00)", "2026-03-04 15:30", id="an offset west in brackets"),
    pytest.param("04.03.2026 10:30 (4-5 min)", "2026-03-04 07:30", id="a number in brackets is no offset"),
    pytest.param("4 maart 2026 om 10:30 uur", "2026-03-04 07:30", id="Dutch"),
    pytest.param("04.03.2026 10:30 (updated)", "2026-03-04 07:30", id="brackets that name no zone"),
    pytest.param("04.03.2026 10:30 +0100 (MSK)", "2026-03-04 09:30", id="an offset beats its comment"),
    pytest.param("4 مارس 2026 10:30 بتوقيت غرينتش", "2026-03-04 10:30", id="Greenwich in Arabic"),
    pytest.param("2026-03-04 10:30 غرينتش", "2026-03-04 10:30", id="Greenwich, one Arabic word"),
    pytest.param("March 4, 2026 10:30 a.m. Eastern Time", "2026-03-04 15:30", id="Eastern Time"),
    pytest.param("August 4, 2025 10:30 a.m. Eastern Time", "2025-08-04 14:30", id="Eastern in summer"),
    pytest.param("March 4, 2026 10:30 AM Pacific Standard Time", "2026-03-04 18:30", id="Pacific in words"),
    pytest.param("2026-03-04 10:30:00 EST5EDT", "2026-03-04 15:30", id="POSIX name"),
    pytest.param("2026-03-04 10:30 Wednesday", "2026-03-04 07:30", id="a weekday is no zone"),
    pytest.param("الأربعاء، 4 مارس، 2026، 10:30", "2026-03-04 07:30", id="Arabic commas"),
    pytest.param("4 مارس/آذار 2026 10:30", "2026-03-04 07:30", id="paired months"),
    pytest.param("٤ شباط/فبراير ٢٠٢٦ ١٠:٣٠ م", "2026-02-04 19:30", id="paired, Levantine first"),
    pytest.param("4 كانون الثاني/يناير 2026 10:30", "2026-01-04 07:30", id="paired, of two words"),
    pytest.param("2026-3-4 10:30", "2026-03-04 07:30", id="ISO with single digits"),
    pytest.param("2026-3-4T10:30:00Z", "2026-03-04 10:30", id="ISO with single digits and T"),
    pytest.param("2026/3/4 10:30 م", "2026-03-04 19:30", id="single digits, Arabic afternoon"),
    pytest.param("2026년 3월 4일 오후 3:30", "2026-03-04 12:30", id="Korean afternoon"),
]


@pytest.mark.parametrize(("raw", "instant"), INSTANTS)
def test_an_instant_is_read(raw: object, instant: str) -> None:
    assert read(raw) == dates.Reading(at=utc(instant))


@pytest.mark.parametrize(
    "raw",
    [
        *("2026-03-04", "20260304", "4 March 2026", "Mar 4, 2026", "4th of March 2026", "2026 March 4"),
        *("04.03.2026", "2026-063", "2026-W10-3", "2026. március 4.", "Mittwoch, 4. März 2026"),
        *("4 mars 2026", "٢٠٢٦/٠٣/٠٤", "2026年3月4日", "4 Machi 2026 saa 11:30 jioni"),
    ],
)
def test_a_day_without_a_time_stays_a_day(raw: str) -> None:
    assert read(raw) == dates.Reading(on=date(2026, 3, 4))


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "0000-00-00",
            "0000-00-00 00:00:00",
            "30 Feb 2026",
            "2026-02-29",
            "Wed, 04 Mar 2026 25:30:00 GMT",
        ),
        *("Wed, 04 Mar 2026 10:75:00 GMT", "Wed, 04 Mar 2026 10:30:00 +9999", "2026-13-04T00:00:00Z"),
        *("2026-03", "2026", "March 2026", "now", "today", "yesterday", "3 hours ago", "il y a 3 heures"),
        *("", "  ", "nan", "-1", "true", "0", "1", "99", "Wednesday", "10:30", "\x00", "x" * 5000),
    ],
)
def test_what_names_no_day_is_no_date_and_never_now(raw: str) -> None:
    reading = read(raw)

    assert (reading.at, reading.on) == (None, None)
    assert reading.problem


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param("Thu, 01 Jan 1970 00:00:00 GMT", "before 1990", id="the epoch's start"),
        pytest.param("Mon, 01 Jan 0001 00:00:00 +0000", "before 1990", id="Go's zero time"),
        pytest.param("1347-09-15", "before 1990", id="a year long past in any calendar"),
        pytest.param("Sat, 07 Mar 2026 12:00:01 GMT", "48 hours ahead", id="a second too far"),
        pytest.param("2026-03-08", "48 hours ahead", id="a day too far"),
        pytest.param("9999999999999", "48 hours ahead", id="epoch far ahead"),
    ],
)
def test_what_can_not_be_believed_is_no_date_and_says_why(raw: str, said: str) -> None:
    reading = read(raw)

    assert (reading.at, reading.on) == (None, None)
    assert said in reading.problem


def test_up_to_48_hours_ahead_is_believed() -> None:
    assert read("Sat, 07 Mar 2026 12:00:00 GMT").at == NOW + timedelta(hours=48)
    assert read("2026-03-07").on == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("zone", "name", "instant"),
    [
        ("Asia/Jerusalem", "IST", "2026-03-04 08:30"),
        ("Asia/Kolkata", "IST", "2026-03-04 05:00"),
        ("Europe/Dublin", "IST", "2026-03-04 09:30"),
        ("America/Havana", "CST", "2026-03-04 15:30"),
        ("Asia/Shanghai", "CST", "2026-03-04 02:30"),
        ("America/Chicago", "CST", "2026-03-04 16:30"),
        ("Africa/Nairobi", "CST", "2026-03-04 16:30"),
        ("Asia/Manila", "PST", "2026-03-04 02:30"),
    ],
)
def test_a_name_of_several_zones_means_the_source_s_own_first(zone: str, name: str, instant: str) -> None:
    assert read(f"Wed, 04 Mar 2026 10:30:00 {name}", zone).at == utc(instant)


def test_an_unknown_zone_is_read_in_the_source_s_own_and_reported() -> None:
    reading = read("Wed, 04 Mar 2026 10:30:00 XYZ")

    assert reading.at == utc("2026-03-04 07:30")
    assert "'XYZ'" in reading.problem


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ("4 March 2026 10:30 Atlantis time", "Atlantis"),
        ("2026-03-04T10:30:00 abc", "abc"),
        ("04.03.2026 10:30 по Атлантиде", "по Атлантиде"),
        ("4 مارس 2026 10:30 بتوقيت أطلانتس", "بتوقيت"),
        ("2026-03-04 10:30 QQQ5WWW", "QQQ5WWW"),
    ],
)
def test_letters_left_after_the_clock_are_told(raw: str, named: str) -> None:
    reading = read(raw)

    assert reading.at == utc("2026-03-04 07:30")
    assert "names a zone nobody knows" in reading.problem
    assert named in reading.problem


@pytest.mark.parametrize(
    ("raw", "zone", "instant"),
    [
        pytest.param("2026-01-15 10:30", "Europe/Berlin", "2026-01-15 09:30", id="winter"),
        pytest.param("2025-07-15 10:30", "Europe/Berlin", "2025-07-15 08:30", id="summer"),
        pytest.param("2025-03-30 02:30", "Europe/Berlin", "2025-03-30 01:30", id="the hour that is not"),
        pytest.param(
            "2025-10-26 02:30", "Europe/Berlin", "2025-10-26 00:30", id="the hour that comes twice"
        ),
        pytest.param("2026-01-15 10:30", "Asia/Kathmandu", "2026-01-15 04:45", id="three quarters"),
    ],
)
def test_naive_stamps_follow_their_zone_s_clock(raw: str, zone: str, instant: str) -> None:
    assert read(raw, zone).at == utc(instant)


@pytest.mark.parametrize(
    ("zone", "language", "day"),
    [
        ("America/New_York", "", date(2026, 1, 2)),
        ("Europe/London", "en-us", date(2026, 1, 2)),
        ("Europe/London", "en-gb", date(2026, 2, 1)),
        ("Africa/Nairobi", "", date(2026, 2, 1)),
    ],
)
def test_slashed_dates_follow_the_place(zone: str, language: str, day: date) -> None:
    assert read("01/02/2026", zone, language).on == day


def test_a_language_s_own_month_names_come_first() -> None:
    assert read("4 listopada 2025", language="hr").on == date(2025, 10, 4)
    assert read("4 listopada 2025", language="pl").on == date(2025, 11, 4)


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_text_raises_or_gives_an_unbelievable_date(text: str) -> None:
    reading = read(text)

    assert reading.at is None or dates.EARLIEST <= reading.at <= NOW + dates.LATEST_AHEAD
    assert reading.at is None or reading.on is None
    assert reading.at or reading.on or reading.problem


@given(st.text(alphabet="0123456789٠٣:/-.T+Z,() aApPmMJanFebmarsMärz年", max_size=40))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_near_date_raises(text: str) -> None:
    reading = read(text)

    assert reading.at is None or reading.at.tzinfo is UTC


@given(
    st.integers(int(dates.EARLIEST.timestamp()), int(NOW.timestamp())),
    st.sampled_from(
        ["%a, %d %b %Y %H:%M:%S +0000", "%Y-%m-%dT%H:%M:%SZ", "%d %B %Y %H:%M:%S GMT", "%Y%m%dT%H%M%SZ"]
    ),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_every_usual_format_round_trips(seconds: int, pattern: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)

    assert read(moment.strftime(pattern)).at == moment


@pytest.mark.parametrize("language", ["", "en-us", "de", "fr", "pl", "fi", "th", "fa"])
@pytest.mark.parametrize(
    ("stamp", "spaced"),
    [
        ("Tue, 03 Mar 2026 05:06:07 GMT", "Tue,  03  Mar 2026 05:06:07 GMT"),
        ("3 May 2026 23:59:59 +0530", "3  May 2026 23:59:59 +0530"),
        ("Sun, 31 Feb 2026 05:06:07 UTC", "Sun,  31 Feb 2026 05:06:07 UTC"),
        ("Fri, 01 Dec 1989 05:06:07 -0800", "Fri,  01 Dec 1989 05:06:07 -0800"),
        ("4 Mar 2026 05:06:07 +9900", "4  Mar 2026 05:06:07 +9900"),
        ("2026-03-03T05:06:07Z", "2026-03-03T05:06:07Z "),
        ("2026-03-03T05:06:07-08:00", " 2026-03-03T05:06:07-08:00"),
        ("2026-13-03T05:06:07+01:00", " 2026-13-03T05:06:07+01:00"),
    ],
)
def test_the_usual_forms_say_what_they_say_in_any_other_spelling(
    stamp: str, spaced: str, language: str
) -> None:
    assert read(stamp, "Europe/Berlin", language) == read(spaced, "Europe/Berlin", language)
