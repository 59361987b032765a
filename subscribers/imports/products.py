"""Whose export a file is, and what its columns say in that product's own words.

Nothing here is guessed: each product names where its columns were read. A column of a product that is not
named here and may say no is stopped by `subscribers.imports.guarding`.

Of Kit (ConvertKit) and Campaign Monitor the columns of their APIs are written down in public, which tools
that export by them keep, and of Kit a file with a status. What their own pages export under other names is
read by the words alone (`Cancelled`, `Cold`, `Complained`, `deleted`), known in any status column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from subscribers.imports.words import ImportedStatus, folded_name, folded_word

Words = Mapping[str, ImportedStatus | None]

_YES, _NO, _BLOCKED = ImportedStatus.ACTIVE, ImportedStatus.ENDED, ImportedStatus.BLOCKED


@dataclass(frozen=True, slots=True)
class Product:
    """One product's export.

    Attributes:
        marks: sets of folded column names; a file that has all of any one set is this product's.
        columns: folded column name to field; by a name's beginning where it ends in `*`.
        words: what its statuses mean where they mean something else than with others; None is no yes.
        quiet: columns that sound like a no and are none.
    """

    name: str
    source: str
    marks: tuple[frozenset[str], ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    quiet: frozenset[str] = frozenset()

    def field_of(self, name: str) -> str:
        """Return the field of a folded column name; empty for none."""
        found = self.columns.get(name)
        if found is None:
            starts = (
                known for known in self.columns if known.endswith("*") and name.startswith(known[:-1])
            )
            found = self.columns[start] if (start := next(starts, "")) else ""
        return found


def _product(
    name: str, source: str, marks: str, columns: str = "", *, words: Words | None = None, quiet: str = ""
) -> Product:
    """Return a product from short texts.

    Args:
        marks: sets by `|`, the names in each by `+`.
        columns: one field a line, `field: Column, Column`.
        quiet: names by commas.
    """
    fields = {}
    for line in filter(None, map(str.strip, columns.splitlines())):
        to, _, names = line.partition(": ")
        for column in names.split(", "):
            fields[folded_name(column) + ("*" if column.endswith("*") else "")] = to
    return Product(
        name,
        source,
        tuple(frozenset(map(folded_name, one.split("+"))) for one in marks.split("|")),
        fields,
        {folded_word(word): status for word, status in (words or {}).items()},
        frozenset(map(folded_name, quiet.split(","))) if quiet else frozenset(),
    )


PRODUCTS = (
    _product(
        "mailchimp",
        "TryGhost/migrate, packages/mg-mailchimp-members/src/test/fixtures",
        "Email Address+LEID+EUID|Email Address+UNSUB_TIME|Email Address+CLEAN_TIME",
        "ended_at: UNSUB_TIME, UNSUB_CAMPAIGN_TITLE, UNSUB_CAMPAIGN_ID, UNSUB_REASON, UNSUB_REASON_OTHER\n"
        "bounced_at: CLEAN_TIME, CLEAN_CAMPAIGN_TITLE, CLEAN_CAMPAIGN_ID",
    ),
    _product(
        "substack",
        "TryGhost/migrate, packages/mg-substack-members-csv/test/fixtures",
        "email+active_subscription+email_disabled",
        quiet="active_subscription,expiry",  # paid or not, and until when
    ),
    _product(
        "substack (dashboard)",
        "the dashboard's export fields, glama.ai/mcp/servers/navidmoazzez/substack-mcp-cli",
        "email+Subscription type+Receiving emails for|user_email_address+subscription_type",
        "email: user_email_address\nname: user_name\nconsented_at: subscription_created_at",
        quiet="subscription_type,subscription_expires_at,subscription_interval,subscription_country",
    ),
    _product(
        "ghost",
        "TryGhost/Ghost, ghost/members-csv/lib/unparse.js",
        "email+subscribed_to_emails",
    ),
    _product(
        "listmonk",
        "knadh/listmonk, cmd/subscribers.go",
        "uuid+email+attributes+status",
    ),
    _product(
        "mailpoet",
        "mailpoet/mailpoet, mailpoet/lib/Subscribers/ImportExport/ImportExportFactory.php; "
        "values from lib/Entities/SubscriberEntity.php",
        "Email+List status|Email+Global status",
        "status: List status, Global status\n"
        "consented_at: Confirmation time, Subscription time\n"
        "ip: Confirmation IP, Subscription IP",
        quiet="List",
        words={"inactive": None},  # subscribed once and silent since: MailPoet mails them no more
    ),
    _product(
        "buttondown",
        "buttondown/openapi, enums.json (type); columns as in pypi.org/project/tap-buttondown",
        "unsubscription_date|undeliverability_date|email_address+type+creation_date"
        "|email_address+type+source|email_address+type+notes|email_address+type+metadata",
        "subscribed: type\n"
        "ended_at: unsubscription_date, unsubscription_reason\n"
        "bounced_at: undeliverability_date, undeliverability_reason, bounce_date\n"
        "consented_at: creation_date",
        words={
            **dict.fromkeys(
                ("regular", "premium", "trialed", "gifted", "unpaid", "churning", "past_due"), _YES
            ),
            "paused": _YES,  # the paying pauses, not the mail
            "unactivated": None,
            "churned": None,
            "removed": _NO,
            "spammy": _BLOCKED,
        },
        quiet="gift_subscription_message",
    ),
    _product(
        "constant contact",
        "exports in public repositories (Email status … Confirmed Opt-Out Reason); not all values are "
        "written down, so that only the known kinds of permission are a yes",
        "Email permission status|Confirmed Opt-Out Date|Confirmed Opt-Out Reason|Confirmed Opt-Out Source",
        "status: Email status\nsubscribed: Email permission status\n"
        "ended_at: Confirmed Opt-Out Date, Confirmed Opt-Out Reason, Confirmed Opt-Out Source\n"
        "consented_at: Confirmed Opt-In Date, Created At",
        words=dict.fromkeys(("express", "explicit", "implied", "implicit"), _YES),
        quiet="Confirmed Opt-In Source",
    ),
    _product(
        "hubspot",
        "property labels (hs_email_optout, hs_email_hard_bounce_reason, hs_email_bad_address, "
        "hs_email_quarantined …) in exports in public repositories",
        "Email+Email hard bounce reason|Unsubscribed from all email|Email Address Quarantined"
        "|Email+Invalid email address|Email+Marketing contact status|hs_email_optout"
        "|Email+Marketing email confirmation status|Email+Is globally ineligible",
        "disabled: Unsubscribed from all email, Opted out of email*, hs_email_optout*\n"
        "bounced_at: Email hard bounce reason, hs_email_hard_bounce_reason*\n"
        "bounced: Invalid email address, hs_email_bad_address\n"
        "blocked: Email Address Quarantined, hs_email_quarantined, Is globally ineligible, "
        "hs_email_is_ineligible\n"
        "blocked_at: Email address quarantine reason, Email address internal quarantine reason\n"
        "status: Marketing email confirmation status",
        words={"double_opt_in_pending": None},
        quiet="Marketing contact status,Membership status,Lead Status",  # whom HubSpot bills for
    ),
    _product(
        "klaviyo",
        "header lists in public repositories; help.klaviyo.com 115005078687 and 115005251128",
        "Email+Email Marketing Consent|Email+Klaviyo ID|Email+Email Suppressions",
        "subscribed: Email Marketing Consent\nsuppressions: Email Suppressions\n"
        "blocked_at: Email Suppressions Timestamp\n"
        "consented_at: Email Marketing Consent Timestamp",
        words={"subscribe": _YES},
    ),
    _product(
        "phplist",
        "phpList/phplist3, public_html/lists/admin/structure.php and export.php",
        "Email+Is this subscriber blacklisted|Email+Is this subscriber confirmed"
        "|Email+Is this account disabled",
        "confirmed: Is this subscriber confirmed\nblocked: Is this subscriber blacklisted\n"
        "disabled: Is this account disabled\nreceives: List Membership\nconsented_at: Entered",
        quiet="Did this subscriber manually confirm,Number of bounces,Send this subscriber HTML emails",
    ),
    _product(
        "sendy",
        "Sendy, includes/subscribers/export-csv.php (tidvn/sendy)",
        "Email+Joined+Status|Email+Opt-in method+Status",
        quiet="GDPR,Opt-in method",  # GDPR is a consent to more than mail: No is no opt-out
    ),
    _product(
        "beehiiv",
        "TryGhost/migrate, packages/mg-beehiiv-members/src/test/fixtures/members.csv",
        "email+status+tier+created_at|email+status+tier+unsubscribed_at|email+status+stripe_customer_id",
    ),
    _product(
        "mailerlite",
        "an importer written for its shape (Subscriber, Name, Last name, Subscribed, Groups); "
        "Subscribed is the day of the yes",
        "Subscriber+Subscribed",
    ),
    _product(
        "brevo",
        "developers.brevo.com/reference/request-contact-export; an export in a public repository "
        "(EMAIL;LASTNAME;FIRSTNAME;ADDED_TIME); RequestContactImport (emailBlacklisted)",
        "EMAIL+ADDED_TIME|EMAIL+DOUBLE_OPT-IN|emailBlacklisted",
        "consented_at: ADDED_TIME\nstatus: DOUBLE_OPT-IN, SIB_DOUBLE_OPT-IN, OPT_IN, SIB_OPT_IN\n"
        "blocked: emailBlacklisted",
        # One click instead of two, or a reader who was never asked: no yes, but no no.
        words=dict.fromkeys(("2", "no", "0", "false"), None),
    ),
    _product(
        "campaign monitor",
        "campaignmonitor.com/api/v3-3/lists and /subscribers (State: Active, Unconfirmed, Unsubscribed, "
        "Bounced, Deleted); the same names in a sample of docs.zynk.com",
        "EmailAddress+State+ReadsEmailWith|EmailAddress+State+ListJoinedDate|EmailAddress+State+ConsentToTrack"
        "|EmailAddress+State+CustomFields",
        "status: State\nconsented_at: ListJoinedDate",
        quiet="ConsentToTrack,ConsentToSendSms",  # of opens and clicks, and of text messages
    ),
    _product(
        "kit",
        "developers.kit.com/api-reference/subscribers/list-subscribers (state); states as in "
        "help.convertkit.com/article/12-convertkit-subscribers; an importer's test in a public repository "
        "(first_name,email,created_at,status)",
        "email_address+first_name+state+created_at|first_name+email+created_at+status",
        "status: state\nconsented_at: created_at",
        words={"inactive": None},  # never confirmed
    ),
    _product(
        "wix",
        "exports in public repositories (Email 1, Email subscriber status, Created At (UTC+0))",
        "Email 1+Email subscriber status",
        "email: Email 1\nsubscribed: Email subscriber status\nconsented_at: Created At (UTC+0)",
    ),
)


def product_of(names: frozenset[str]) -> Product | None:
    """Return the product whose export has these folded column names; None for none that is known."""
    for product in PRODUCTS:
        if any(marks <= names for marks in product.marks):
            return product
    return None
