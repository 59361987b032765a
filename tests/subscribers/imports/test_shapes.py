from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers import people
from subscribers.imports.batching import ImportTerms
from subscribers.imports.importing import import_file
from subscribers.imports.shapes import recognize, understand
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import NOW, load, mailed

MAILCHIMP = (
    '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,'
    "LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,{extra}LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
)
ROW = (
    '{email},Ann,Lee,2,"2020-02-03 04:05:06",192.0.2.1,"2020-02-03 04:06:00",192.0.2.1,,,,,Africa/Nairobi,'
    'KE,,{extra}"2021-01-01 00:00:00",123,abc,,"""VIP"",""Blog"""\n'
)


def test_mailchimps_subscribed_export(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    report = load(
        sqlite_database, tmp_path, MAILCHIMP.format(extra="") + ROW.format(email="ann@x.example", extra="")
    )

    person = people.show(sqlite_database, "ann@x.example")
    assert report.shape == "mailchimp"
    assert person.subscriber is not None
    assert (person.subscriber.name, person.subscriber.tags) == ("Ann Lee", ("Blog", "VIP"))
    assert person.subscriber.timezone == "Africa/Nairobi"
    assert person.consents[0].at.isoformat() == "2020-02-03T04:06:00+00:00"


@pytest.mark.parametrize(
    ("name", "columns", "cells"),
    [
        pytest.param("export.csv", "UNSUB_TIME,UNSUB_REASON,", '"2024-01-01 00:00:00",no,', id="by column"),
        pytest.param("export.csv", "CLEAN_TIME,", '"2024-01-01 00:00:00",', id="cleaned"),
        pytest.param("unsubscribed_segment_export_1.csv", "", "", id="by file name"),
        pytest.param("cleaned_segment_export_1.csv", "", "", id="cleaned by file name"),
        pytest.param("nonsubscribed_email_audience.csv", "", "", id="never subscribed"),
    ],
)
def test_mailchimps_other_exports_bring_nobody_in(
    sqlite_database: SubscriberDatabase, tmp_path: Path, name: str, columns: str, cells: str
) -> None:
    path = tmp_path / name
    path.write_text(MAILCHIMP.format(extra=columns) + ROW.format(email="ann@x.example", extra=cells))

    report = import_file(sqlite_database, path, ImportTerms("morning", NOW))

    assert report.added == report.bad == 0
    assert report.ended + report.suppressed == 1
    assert mailed(sqlite_database) == set()


def test_a_list_that_somebody_cleaned_is_a_list(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    path = tmp_path / "cleaned_list.csv"
    path.write_text("email,name\nann@x.example,Ann\n")

    report = import_file(sqlite_database, path, ImportTerms("morning", NOW))

    assert (report.added, report.suppressed) == (1, 0)


def test_substacks_export(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    report = load(
        sqlite_database,
        tmp_path,
        "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
        "ann@x.example,false,,other,false,2024-01-15T10:00:00.000Z,\n"
        "bob@x.example,true,2026-12-01T00:00:00.000Z,yearly,true,2024-02-01T10:00:00.000Z,\n",
    )

    assert report.shape == "substack"
    assert mailed(sqlite_database) == {"ann@x.example"}


def test_substacks_dashboard_export(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    report = load(
        sqlite_database,
        tmp_path,
        "Email,Name,Subscription type,Subscription date,Receiving emails for\n"
        "ann@x.example,Ann,Free,2024-01-15T10:00:00.000Z,Harbour Daily\n"
        "bob@x.example,Bob,Free,2024-01-15T10:00:00.000Z,\n",
    )

    assert (report.shape, report.bad) == ("substack (dashboard)", 1)
    assert mailed(sqlite_database) == {"ann@x.example"}


def test_ghosts_export(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    report = load(
        sqlite_database,
        tmp_path,
        "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,"
        "deleted_at,labels,tiers\n"
        '1,ann@x.example,Ann,,true,false,,2024-01-15T10:00:00.000Z,,"VIP,local",\n'
        "2,bob@x.example,Bob,,false,false,,2024-01-15T10:00:00.000Z,,,\n"
        "3,cid@x.example,Cid,,true,false,,2024-01-15T10:00:00.000Z,2025-01-01T00:00:00.000Z,,\n",
    )

    person = people.show(sqlite_database, "ann@x.example").subscriber
    assert report.shape == "ghost"
    assert mailed(sqlite_database) == {"ann@x.example"}
    assert person is not None
    assert person.tags == ("VIP", "local")


def test_listmonks_export(sqlite_database: SubscriberDatabase, tmp_path: Path) -> None:
    report = load(
        sqlite_database,
        tmp_path,
        "uuid,email,name,attributes,status,created_at,updated_at\n"
        '1-2,ann@x.example,Ann,"{""city"": ""Mombasa""}",enabled,2024-01-15T10:00:00Z,2024-01-15T10:00Z\n'
        "1-3,bob@x.example,Bob,{},disabled,2024-01-15T10:00:00Z,2024-01-15T10:00:00Z\n"
        "1-4,cid@x.example,Cid,{},blocklisted,2024-01-15T10:00:00Z,2024-01-15T10:00:00Z\n",
    )

    assert report.shape == "listmonk"
    assert mailed(sqlite_database) == {"ann@x.example"}
    assert [one.kind for one in people.show(sqlite_database, "cid@x.example").suppressions] == ["manual"]


@pytest.mark.parametrize(
    ("header", "cells", "status"),
    [
        (["email", "status", "subscribed"], ["active", "no"], "ended"),
        (["email", "subscribed", "status"], ["true", "Unsubscribed"], "ended"),
        (["email", "status", "status"], ["unsubscribed", "complained"], "complained"),
        (["email", "status", "subscribed"], ["pending", "yes"], None),
        (["email", "status", "subscribed"], ["who knows", "false"], "ended"),
        (["email", "subscription_status", "opted_out"], ["unsubscribed", "true"], "ended"),
        (["email", "Subscription-Status"], ["Opted_Out"], "ended"),
        (["email", "opted out"], ["Yes"], "ended"),
        (["email", "opted out"], ["no"], "active"),
        (["email", "opted out"], [""], "active"),
        (["email", "opted out"], ["perhaps"], None),
        (["email", "unsubscribed"], ["2024-01-02 03:04:05"], "ended"),
        (["email", "status", "bounced"], ["active", "true"], "bounced"),
        (["Email", "Nom", "Abonné"], ["Ann", "non"], "ended"),
        (["Email", "Abonne\u0301"], ["oui"], "active"),
        (["E-Mail", "Abonniert"], ["nein"], "ended"),
        (["Correo", "Suscrito"], ["no"], "ended"),
        (["email", "subscribed"], ["0"], "ended"),
        (["email", "status", "state"], ["active", "California"], "active"),
        (["email", "status", "state"], ["active", "unsubscribed"], "ended"),
        (["email", "state"], ["California"], None),
    ],
)
def test_a_no_in_any_column_outweighs_every_yes(
    header: list[str], cells: list[str], status: str | None
) -> None:
    shape = recognize(header)
    assert shape is not None

    row = understand(shape, ["ann@x.example", *cells], 2)

    assert row.status == status
    assert bool(row.problem) == (status is None)


@pytest.mark.parametrize("name", ["unsubscribed_segment.csv", "Non-Subscribed.csv", "nonsubscribed.csv"])
@pytest.mark.parametrize("text", ["Email Address,First Name\nann@x.example,Ann\n", "ann@x.example\n"])
def test_a_files_name_counts_whatever_its_columns_are(
    sqlite_database: SubscriberDatabase, tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text)

    report = import_file(sqlite_database, path, ImportTerms("morning", NOW))

    assert (report.added, report.ended) == (0, 1)
    assert mailed(sqlite_database) == set()


def test_columns_that_are_not_understood_are_told(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    report = load(sqlite_database, tmp_path, "Email;Lieblingstier; ;Name;Met\x07 us\na@x.example;;;;\n")

    assert report.unused == ("Lieblingstier", "Met us")


def test_a_french_spreadsheet_with_a_no_brings_nobody_in(
    sqlite_database: SubscriberDatabase, tmp_path: Path
) -> None:
    report = load(sqlite_database, tmp_path, "Email;Nom;Abonné\na@x.example;Ann;non\nb@x.example;Bob;oui\n")

    assert (report.added, report.ended) == (1, 1)
    assert mailed(sqlite_database) == {"b@x.example"}


@pytest.mark.parametrize(
    ("header", "place"),
    [
        (["Name", "E-Mail"], 1),
        (["EMAIL", "x"], 0),
        (["Nom", "Courriel"], 1),
        (["Address", "Email Address"], 1),
        ([" e-mail  address "], 0),
    ],
)
def test_the_address_column_is_found(header: list[str], place: int) -> None:
    shape = recognize(header)

    assert shape is not None
    assert shape.columns["email"][0] == place


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.lists(st.text(max_size=40), min_size=12, max_size=14))
def test_no_row_makes_understanding_fail(cells: list[str]) -> None:
    header = ["email", "first name", "last name", "language", "timezone", "tags", "status", "consented_at",
              "topics", "frequency", "paused_until", "receiving emails for"]  # fmt: skip
    shape = recognize(header)
    assert shape is not None

    row = understand(shape, cells, 7)

    assert row.line == 7
    assert len(row.name) <= 200
    assert row.name.isprintable()
    assert (row.status is None) == bool(row.problem)
