"""The nouns of the subscribers package: frozen values, no behavior beyond their own facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class SubscriptionState(StrEnum):
    """Where a subscription stands.

    PENDING waits for the reader's confirmation; only ACTIVE gets mail; PAUSED comes back by itself on
    its date; ENDED comes back only by the reader's own act.
    """

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Frequency(StrEnum):
    """How often a reader wants the list: every edition, or the week's best."""

    EVERY = "every"
    WEEKLY = "weekly"


class SuppressionKind(StrEnum):
    """Why an address gets no mail at all."""

    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED_ALL = "unsubscribed_all"
    MANUAL = "manual"
    ERASED = "erased"


OWN_NO = frozenset({SuppressionKind.UNSUBSCRIBED_ALL, SuppressionKind.ERASED})
"""The kinds that a reader put there and may lift again, by a new confirmed sign-up only."""


class ChangeKind(StrEnum):
    """What became of a reader, for whoever passes it on."""

    JOINED = "joined"
    LEFT = "left"
    ADDRESS_DEAD = "address_dead"
    COMPLAINED = "complained"
    CHANGED = "changed"


class ConsentMethod(StrEnum):
    """How a reader said yes.

    DOUBLE_OPT_IN and PREFERENCES are the reader's own act, proved by a link that went to the address;
    IMPORT and OPERATOR are someone else's word, and never outweigh a no. FORM is a sign-up still to be
    confirmed: proof of what was asked, not yet a yes.
    """

    FORM = "form"
    DOUBLE_OPT_IN = "double_opt_in"
    PREFERENCES = "preferences"
    IMPORT = "import"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a consent was given.

    Attributes:
        words: the words the reader saw, or the operator's statement.
        source: where: a page's address, a file's name.
        ip: the reader's; only its keyed hash is stored.
        at: when, where that is earlier than the recording (an imported opt-in time).
    """

    words: str = ""
    source: str = ""
    ip: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """One yes, kept as proof.

    Attributes:
        ip_hash: keyed hash, 32 hex digits; empty where unknown.
    """

    subscriber: str
    mailing_list: str
    at: datetime
    method: ConsentMethod
    words: str = ""
    source: str = ""
    ip_hash: str = ""


@dataclass(frozen=True, slots=True)
class MailingList:
    """A list readers subscribe to; `key` stands in settings and links, `title` is for people."""

    key: str
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person, by one address.

    Attributes:
        address: as mail is sent to it; ASCII, the domain in lower case and Punycode.
        canonical: what makes two addresses one person.
        language: BCP 47; empty for the newsletter's own.
        timezone: an IANA name; empty for the newsletter's own.
        clicked_at: the last click of a link, where click counting is on.
        delivered_at: the last proof that the address works.
    """

    id: str
    address: str
    canonical: str
    name: str
    language: str
    timezone: str
    created_at: datetime
    tags: tuple[str, ...] = ()
    clicked_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """One person on one list.

    Attributes:
        requested_at: the sign-up that waits for confirmation, or was confirmed last.
        consented_at: the latest yes; None before the first.
        ended_at: the latest no; kept while a new sign-up is pending, cleared by its confirmation.
        topics: section keys, sorted; empty for all.
        paused_until: the first day with mail again; of an ended one, should the reader undo the end.
    """

    subscriber: str
    mailing_list: str
    state: SubscriptionState
    requested_at: datetime | None = None
    consented_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    topics: tuple[str, ...] = ()
    frequency: Frequency = Frequency.EVERY
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why an address gets no mail; beats any subscription.

    Attributes:
        key: the keyed, salted hash of the canonical address.
        canonical: None once the person is erased.
        origin: who says so: `reader`, `operator`, `import`, `event`, `soft bounces`.
    """

    key: str
    kind: SuppressionKind
    at: datetime
    canonical: str | None = None
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became of a reader.

    Attributes:
        name: tells it from all others, in any database.
        mailing_list: empty where it is about all of them, or none.
        at: when, where that was told.
        detail: in which way; never a reader's own words or address.
    """

    name: str
    kind: ChangeKind
    subscriber: str
    mailing_list: str = ""
    at: datetime | None = None
    detail: str = ""
