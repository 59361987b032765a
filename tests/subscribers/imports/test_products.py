"""Each product's export with a row for every status it knows, in its own words; all people are invented."""

from __future__ import annotations

import csv
import io
import itertools

import pytest

from subscribers.imports.products import PRODUCTS
from subscribers.imports.shapes import recognize, understand

A, NO, OUT, SPAM, BLOCK, OPEN = "active", "ended", "bounced", "complained", "blocked", None

EXPORTS: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "mailpoet": (
        "Email,First name,Last name,Subscription time,Confirmation time,List status,Global status,List",
        [
            ("Ann,Lee,2024-01-01 10:00:00,2024-01-01 10:05:00,subscribed,subscribed,News", A),
            ("Ann,Lee,2024-01-01 10:00:00,,,subscribed,", A),
            ("Ann,Lee,2024-01-01 10:00:00,,subscribed,unsubscribed,News", NO),
            ("Ann,Lee,2024-01-01 10:00:00,,unsubscribed,subscribed,News", NO),
            ("Ann,Lee,2024-01-01 10:00:00,,subscribed,bounced,News", OUT),
            ("Ann,Lee,2024-01-01 10:00:00,,subscribed,unconfirmed,News", OPEN),
            ("Ann,Lee,2024-01-01 10:00:00,,subscribed,inactive,News", OPEN),
            ("Ann,Lee,2024-01-01 10:00:00,,subscribed,something new,News", OPEN),
        ],
    ),
    "buttondown": (
        "email_address,notes,tags,type,creation_date,unsubscription_date,undeliverability_date,churn_date",
        [
            *(
                (f",,{word},2024-01-01,,,", A)
                for word in ("regular", "premium", "trialed", "gifted", "unpaid")
            ),
            *((f",,{word},2024-01-01,,,", A) for word in ("trialed", "churning", "paused", "past_due")),
            (",,premium,2024-01-01,,,2025-01-01", A),
            (",,unactivated,2024-01-01,,,", OPEN),
            (",,unsubscribed,2024-01-01,,,", NO),
            (",,removed,2024-01-01,,,", NO),
            (",,spammy,2024-01-01,,,", BLOCK),
            (",,undeliverable,2024-01-01,,,", OUT),
            (",,regular,2024-01-01,2025-02-03T04:05:06Z,,", NO),
            (",,regular,2024-01-01,,2025-02-03T04:05:06Z,", OUT),
            (",,,2024-01-01,,,", OPEN),
            (",,brand_new_type,2024-01-01,,,", OPEN),
        ],
    ),
    "constant contact": (
        "Email address,First name,Email status,Email permission status,Confirmed Opt-Out Date,"
        "Confirmed Opt-Out Source,Confirmed Opt-Out Reason,Created At",
        [
            ("Ann,Active,Express,,,,2020-09-25 16:45:13 -0400", A),
            ("Ann,Active,Implied,,,,", A),
            ("Ann,,Express,,,,", A),
            ("Ann,Active,,,,,", A),
            ("Ann,,,,,,", OPEN),
            ("Ann,Active,Unsubscribed,,,,", NO),
            ("Ann,Unsubscribed,Express,,,,", NO),
            ("Ann,Active,Awaiting Confirmation,,,,", OPEN),
            ("Ann,Active,Temporary hold,,,,", OPEN),
            ("Ann,Active,Express,2020-09-25 16:45:13 -0400,,,", NO),
            ("Ann,Active,Express,some day,,,", NO),
            ("Ann,Active,Express,,,Too many mails,", NO),
        ],
    ),
    "hubspot": (
        "Email,First Name,Unsubscribed from all email,Email hard bounce reason,Email hard bounce reason,"
        "Opted out of email: Marketing Information,Opted out of email: One to One,Invalid email address,"
        "Email Address Quarantined,Marketing contact status,Marketing email confirmation status",
        [
            ("Ann,,,,,,,,Non-marketing contact,", A),
            ("Ann,false,,,No,false,false,false,Marketing contact,confirmed", A),
            ("Ann,true,,,,,,,,", NO),
            ("Ann,Yes,,,,,,,,", NO),
            ("Ann,,UNKNOWN_USER,,,,,,,", OUT),
            ("Ann,,,OTHER,,,,,,", OUT),
            ("Ann,,,,Yes,,,,,", NO),
            ("Ann,,,,No,Yes,,,,", NO),
            ("Ann,,,,,,true,,,", OUT),
            ("Ann,,,,,,,true,,", BLOCK),
            ("Ann,,,,,,,,,double_opt_in_pending", OPEN),
        ],
    ),
    "klaviyo": (
        "Email,Klaviyo ID,First Name,Email Marketing Consent,Email Marketing Consent Timestamp,"
        "Email Suppressions",
        [
            ("01H,Ann,SUBSCRIBED,2022-01-01T00:00:00Z,", A),
            ("01H,Ann,SUBSCRIBED,2022-01-01T00:00:00Z,[]", A),
            ("01H,Ann,UNSUBSCRIBED,2022-01-01T00:00:00Z,", NO),
            ("01H,Ann,NEVER_SUBSCRIBED,,", NO),
            ("01H,Ann,,,", OPEN),
            ("01H,Ann,SUBSCRIBED,,UNSUBSCRIBED", NO),
            ("01H,Ann,SUBSCRIBED,,USER_SUPPRESSED", BLOCK),
            ("01H,Ann,SUBSCRIBED,,SPAM_COMPLAINT", SPAM),
            ("01H,Ann,SUBSCRIBED,,HARD_BOUNCE", OUT),
            ("01H,Ann,SUBSCRIBED,,INVALID_EMAIL", OUT),
            ('01H,Ann,SUBSCRIBED,,"[""HARD_BOUNCE"", ""SPAM_COMPLAINT""]"', SPAM),
            ("01H,Ann,SUBSCRIBED,,SOMETHING_NEW", BLOCK),
        ],
    ),
    "phplist": (
        "Email\tIs this subscriber confirmed\tIs this subscriber blacklisted\tNumber of bounces\tEntered\t"
        "Is this account disabled?\tList Membership",
        [
            ("1\t0\t3\t2024-01-01 10:00:00\t0\tNews", A),
            ("0\t0\t0\t2024-01-01 10:00:00\t0\tNews", OPEN),
            ("1\t1\t0\t2024-01-01 10:00:00\t0\tNews", BLOCK),
            ("1\t0\t0\t2024-01-01 10:00:00\t1\tNews", NO),
            ("1\t0\t0\t2024-01-01 10:00:00\t0\tNo Lists", OPEN),
            ("\t0\t0\t2024-01-01 10:00:00\t0\tNews", OPEN),
        ],
    ),
    "sendy": (
        '"Email","Name","Joined","Opt-in method","Status","GDPR"',
        [
            ('"Ann","2024","Single opt-in","Active","No"', A),
            ('"Ann","2024","Double opt-in","Unconfirmed","Yes"', OPEN),
            ('"Ann","2024","Double opt-in","Unsubscribed","Yes"', NO),
            ('"Ann","2024","Double opt-in","Bounced","Yes"', OUT),
            ('"Ann","2024","Double opt-in","Marked as spam","Yes"', SPAM),
        ],
    ),
    "beehiiv": (
        "email,First Name,status,tier,created_at,Free Tier,unsubscribed_at",
        [
            ("Ann,active,free,2023-03-24 10:23:10 UTC,Yes,", A),
            ("Ann,active,premium,2023-03-24 10:23:10 UTC,No,2024-03-13 11:33:53 UTC", NO),
            ("Ann,inactive,free,2023-03-24 10:23:10 UTC,No,", NO),
            ("Ann,pending,free,2023-03-24 10:23:10 UTC,No,", OPEN),
            ("Ann,validating,free,2023-03-24 10:23:10 UTC,No,", OPEN),
            ("Ann,unsubscribed,free,2023-03-24 10:23:10 UTC,No,", NO),
        ],
    ),
    "mailerlite": (
        "Subscriber,Name,Subscribed,Groups",
        [
            ("Ann,2024-01-01 10:00:00,News", A),
            ("Ann,01/02/2024,News", A),
            ("Ann,,News", OPEN),
            ("Ann,0000-00-00 00:00:00,News", OPEN),
            ("Ann,no,News", NO),
        ],
    ),
    "brevo": (
        "EMAIL;LASTNAME;FIRSTNAME;ADDED_TIME;DOUBLE_OPT-IN;OPT_IN;emailBlacklisted;SMS_BLACKLISTED",
        [
            ("Lee;Ann;16-12-2025;1;;;", A),
            ("Lee;Ann;16-12-2025;Yes;Yes;false;true", A),
            ("Lee;Ann;16-12-2025;;;;", A),
            ("Lee;Ann;16-12-2025;2;;;", OPEN),
            ("Lee;Ann;16-12-2025;;No;;", OPEN),
            ("Lee;Ann;16-12-2025;1;Yes;true;", BLOCK),
        ],
    ),
    "campaign monitor": (
        "EmailAddress,Name,Date,ListJoinedDate,State,ReadsEmailWith,ConsentToTrack,ConsentToSendSms",
        [
            ("Ann,2024-01-15 10:00:00,2020-10-25 10:28:00,Active,Gmail,Yes,No", A),
            ("Ann,2024-01-15 10:00:00,2020-10-25 10:28:00,Active,,No,No", A),
            ("Ann,2024-01-15 10:00:00,2020-10-25 10:28:00,Unconfirmed,,Yes,Yes", OPEN),
            ("Ann,2024-01-15 10:00:00,2020-10-25 10:28:00,Unsubscribed,,Yes,Yes", NO),
            ("Ann,2024-01-15 10:00:00,2020-10-25 10:28:00,Bounced,,Yes,Yes", OUT),
            ("Ann,2024-01-15 10:00:00,2020-10-25 10:28:00,Deleted,,Yes,Yes", NO),
            ("Ann,2024-01-15 10:00:00,2020-10-25 10:28:00,California,,Yes,Yes", OPEN),
        ],
    ),
    "kit": (
        "email_address,id,first_name,state,created_at",
        [
            ("209,Ann,active,2023-01-27T11:43:55Z", A),
            ("209,Ann,inactive,2023-01-27T11:43:55Z", OPEN),
            ("209,Ann,cancelled,2023-01-27T11:43:55Z", NO),
            ("209,Ann,bounced,2023-01-27T11:43:55Z", OUT),
            ("209,Ann,complained,2023-01-27T11:43:55Z", SPAM),
            ("209,Ann,cold,2023-01-27T11:43:55Z", OPEN),
            ("209,Ann,unconfirmed,2023-01-27T11:43:55Z", OPEN),
        ],
    ),
    "wix": (
        "Email 1,First Name,Email subscriber status,SMS subscriber status,Created At (UTC+0)",
        [
            ("Ann,Subscribed,Unsubscribed,2022-01-10 16:35", A),
            ("Ann,Unsubscribed,Subscribed,2022-01-10 16:35", NO),
            ("Ann,Never subscribed,,2022-01-10 16:35", NO),
            ("Ann,,,2022-01-10 16:35", OPEN),
        ],
    ),
    "mailchimp": (
        "Email Address,First Name,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,"
        "CLEAN_TIME,LEID,EUID",
        [
            ("Ann,2020-02-03 04:05:06,2020-02-03 04:06:00,,,,,1,a", A),
            ("Ann,2020-02-03 04:05:06,,2021-01-01 00:00:00,Spring,NORMAL,,1,a", NO),
            ("Ann,2020-02-03 04:05:06,,,,N/A (Unsubscribed by an admin),,1,a", NO),
            ("Ann,2020-02-03 04:05:06,,,,,2021-01-01 00:00:00,1,a", OUT),
        ],
    ),
    "substack": (
        "email,active_subscription,expiry,plan,email_disabled,created_at",
        [
            ("true,2026-12-01T00:00:00.000Z,yearly,false,2024-02-01T10:00:00.000Z", A),
            ("false,,other,false,2024-02-01T10:00:00.000Z", A),
            ("true,2026-12-01T00:00:00.000Z,yearly,true,2024-02-01T10:00:00.000Z", NO),
        ],
    ),
    "substack (dashboard)": (
        "user_email_address,user_name,subscription_type,subscription_created_at,unsubscribed_at",
        [
            ("Ann,Free,2024-02-01T10:00:00.000Z,", A),
            ("Ann,Free,2024-02-01T10:00:00.000Z,2025-02-01T10:00:00.000Z", NO),
        ],
    ),
    "ghost": (
        "id,email,name,note,subscribed_to_emails,complimentary_plan,created_at,deleted_at,labels",
        [
            ("Ann,,true,false,2024-01-15T10:00:00.000Z,,", A),
            ("Ann,,false,false,2024-01-15T10:00:00.000Z,,", NO),
            ("Ann,,true,false,2024-01-15T10:00:00.000Z,2025-01-01T00:00:00.000Z,", NO),
        ],
    ),
    "listmonk": (
        "uuid,email,name,attributes,status,created_at,updated_at",
        [
            ("Ann,{},enabled,2024-05-06 07:08:09.123456 +0000 UTC,", A),
            ("Ann,{},disabled,2024-05-06 07:08:09.123456 +0000 UTC,", NO),
            ("Ann,{},blocklisted,2024-05-06 07:08:09.123456 +0000 UTC,", BLOCK),
        ],
    ),
}
ROWS = [
    pytest.param(name, header, row, status, id=f"{name}: {row}")
    for name, (header, rows) in EXPORTS.items()
    for row, status in rows
]


def test_every_product_has_rows_and_a_source() -> None:
    assert {product.name for product in PRODUCTS} == set(EXPORTS)
    assert all(product.source for product in PRODUCTS)


def cells_of(header: str, row: str) -> tuple[list[str], list[str]]:
    """Return a header and a row as cells; the address is put where its column is."""
    separator = next(sign for sign in "\t;," if sign in header)
    names = next(csv.reader([header], delimiter=separator))
    cells = next(csv.reader(io.StringIO(row), delimiter=separator))
    address = [name.lower().replace(" ", "_") for name in names].index(
        next(
            found
            for found in (
                "email_1",
                "email",
                "email_address",
                "user_email_address",
                "emailaddress",
                "subscriber",
            )
            if found in [name.lower().replace(" ", "_") for name in names]
        )
    )
    before = ["1"] * address if address else []
    return names, [*before, "ann@x.example", *cells]


@pytest.mark.parametrize(("name", "header", "row", "status"), ROWS)
def test_an_export_is_read_in_its_own_words(name: str, header: str, row: str, status: str | None) -> None:
    names, cells = cells_of(header, row)
    assert len(cells) == len(names)
    shape = recognize(names)
    assert shape is not None

    read = understand(shape, cells, 2)

    assert (shape.name, read.status, read.email) == (name, status, "ann@x.example")
    assert bool(read.problem) == (status is None)


@pytest.mark.parametrize(("name", "header", "row", "status"), ROWS)
def test_no_order_of_columns_changes_what_is_said(
    name: str, header: str, row: str, status: str | None
) -> None:
    names, cells = cells_of(header, row)
    for turn in range(0, len(names), 3):
        order = list(itertools.islice(itertools.cycle(range(len(names))), turn, turn + len(names)))[::-1]
        shape = recognize([names[index] for index in order])
        assert shape is not None

        assert understand(shape, [cells[index] for index in order], 2).status == status


def test_kits_file_with_a_status_is_kits() -> None:
    names = ["first_name", "email", "created_at", "status"]
    shape = recognize(names)
    assert shape is not None

    read = understand(shape, ["Kim", "kim@x.example", "2022-09-10T11:12:13Z", "bounced"], 2)

    assert (shape.name, read.status) == ("kit", OUT)


@pytest.mark.parametrize(
    ("name", "column", "cell", "at"),
    [
        ("mailerlite", "Subscribed", "2024-01-01 10:00:00", "2024-01-01T10:00:00+00:00"),
        ("brevo", "ADDED_TIME", "16-12-2025", "2025-12-16T00:00:00+00:00"),
        ("beehiiv", "created_at", "2023-03-24 10:23:10 UTC", "2023-03-24T10:23:10+00:00"),
        ("constant contact", "Created At", "2020-09-25 16:45:13 -0400", "2020-09-25T16:45:13-04:00"),
        ("listmonk", "created_at", "2024-05-06 07:08:09.1 +0000 UTC", "2024-05-06T07:08:09.100000+00:00"),
        ("kit", "created_at", "2023-01-27T11:43:55Z", "2023-01-27T11:43:55+00:00"),
        ("campaign monitor", "ListJoinedDate", "2010-10-25 10:28:00", "2010-10-25T10:28:00+00:00"),
        ("wix", "Created At (UTC+0)", "2022-01-10 16:35", "2022-01-10T16:35:00+00:00"),
    ],
)
def test_the_day_of_the_yes_is_read_as_each_product_writes_it(
    name: str, column: str, cell: str, at: str
) -> None:
    header, rows = EXPORTS[name]
    names, cells = cells_of(header, rows[0][0])
    cells[names.index(column)] = cell
    shape = recognize(names)
    assert shape is not None

    read = understand(shape, cells, 2)

    assert read.consented_at is not None
    assert read.consented_at.isoformat() == at
