"""From a rendered edition to one mail for one subscriber, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from digest.model.blame import Blame
from digest.model.editions import EditionKey
from digest.model.mailboxes import Mailbox
from digest.model.refusals import Verdict

FENCE_NOTE = "fence:"
"""How a `provider_id` begins that names a request which can still be called back."""


@dataclass(frozen=True, slots=True, order=True)
class Variant:
    """Which rendering of an edition a reader gets.

    Attributes:
        language: BCP 47; empty for the newsletter's own.
        topics: the section keys the reader chose, sorted; empty for all.
        arm: the A/B subject arm; empty where there is no test.
        had: the stories left out because these readers had them already: bit n for the edition's item n,
            in reading order; 0 for none.
    """

    language: str = ""
    topics: tuple[str, ...] = ()
    arm: str = ""
    had: int = 0

    @property
    def key(self) -> str:
        """Return a short stable name, up to 220 characters: `default`, `fr`, `~sport+world`, `#b`, `!5`."""
        name = self.language
        if self.topics:
            name += "~" + "+".join(self.topics)
        if self.arm:
            name += "#" + self.arm
        if self.had:
            name += f"!{self.had:x}"
        return name or "default"


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """The finished mail of one variant, `%%token%%` places still open.

    Attributes:
        subject: one line, no tokens but `%%name%%`.
        html: the whole document; tokens in it take HTML-escaped values.
        text: the plain part; tokens in it take raw values.
        headers: extra headers, ASCII names; values may hold tokens.
        content_hash: sha256 hex over subject, html, text and headers; what approval binds.
        is_empty: it holds no story: its readers chose topics that have none today, and get no mail.
    """

    variant: Variant
    subject: str
    html: str
    text: str
    content_hash: str
    language: str = "en"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_empty: bool = False


class DeliveryState(StrEnum):
    """Where one delivery is; SENT, FAILED, SKIPPED and HELD are where it may end."""

    PLANNED = "planned"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    HELD = "held"


DEADLINE_PASSED = "the deadline"
"""What the reason of every delivery begins with that was skipped because it was too late."""


class Delivery(NamedTuple):
    """One edition to one subscriber.

    A tuple because there are millions: made in a third of a dataclass's time, and read by columns.

    Attributes:
        reference: unique to this attempt, opaque, safe in a header; comes back in provider events.
        mailing_list: the list the reader gets it by; what one click unsubscribes from.
        attempt: 1 for the first.
    """

    edition: EditionKey
    subscriber: str
    address: str
    name: str
    variant: Variant
    attempt: int
    reference: str
    mailing_list: str = ""

    @property
    def message_key(self) -> str:
        """Return 32 hex digits, the same for every attempt: for Message-ID and file names."""
        return message_keys(self.edition)(self.subscriber)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every mail of an edition has in common besides its rendering.

    Attributes:
        list_name: the newsletter's title, as List-Id says it; may be empty.
        list_id: a domain-like name, RFC 2919 (`morning.harbour.example`); empty for a mail of no list,
            such as the one that confirms a sign-up.
        sent_at: the Date header; fixed per edition so that bytes repeat.
        domain: right side of Message-ID.
        categories: labels a provider may keep for its statistics; never personal.
    """

    sender: Mailbox
    list_id: str
    sent_at: datetime
    domain: str
    reply_to: Mailbox | None = None
    archive_url: str = ""
    help_url: str = ""
    list_name: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries of one variant, claimed together and handed to a transport together.

    Attributes:
        values: for each delivery, in order, its token values, raw (the transport escapes them for
            the part they go into). Has `name`, `topics`, `unsubscribe_url`, `preferences_url`, `view_url`;
            may have `unsubscribe_mailto`, for the header alone.
    """

    letterhead: Letterhead
    rendered: RenderedEdition
    deliveries: tuple[Delivery, ...]
    values: tuple[Mapping[str, str], ...]


class Outcome(StrEnum):
    """What a transport knows of one delivery after its one call.

    SENT: proved accepted. FAILED: proved refused for good. AGAIN: proved not accepted, may be tried
    again. UNCERTAIN: anything else; never to be repeated without proof.
    """

    SENT = "sent"
    FAILED = "failed"
    AGAIN = "again"
    UNCERTAIN = "uncertain"


class Receipt(NamedTuple):
    """A transport's word on one delivery; a tuple for the reason that deliveries are.

    Attributes:
        reference: the delivery's.
        reason: the provider's own text where not SENT; no full address in it.
        provider_id: the provider's name for the message, if it gave one.
        retry_after_s: how long the provider wants nothing more of anybody, where it said so.
        blame: whose fault a server's words name, where it is not proved to be this reader's alone. None
            where the transport is sure.
        order: of one that was taken, when in its batch the server was asked, from 1 on; of one that was
            refused, how many had been asked for by then. 0 where the receipts' own order tells.
    """

    reference: str
    outcome: Outcome
    reason: str = ""
    provider_id: str = ""
    retry_after_s: float = 0.0
    blame: Blame | None = None
    order: int = 0


class EventKind(StrEnum):
    """What a provider reports about a mail later; one vocabulary for all providers."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    REJECTED = "rejected"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    CLICKED = "clicked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MailEvent:
    """One report from a provider about one delivery.

    Attributes:
        event_id: the provider's own; the same id twice is the same event.
        is_permanent: for BOUNCED: the address will never work.
        raw: the provider's payload as JSON text, for the audit.
        verdict: what a refusal says of the mailbox; None where nothing was refused. Of a BOUNCED or
            REJECTED one only a verdict that counts is held against the address.
        said_no: for REJECTED: why the provider did not even try, where the reader had told it so before:
            UNSUBSCRIBED or COMPLAINED. No report on this mail: an edition's counts leave it out.
    """

    event_id: str
    kind: EventKind
    reference: str
    at: datetime
    address: str = ""
    reason: str = ""
    is_permanent: bool = False
    url: str = ""
    raw: str = ""
    verdict: Verdict | None = None
    said_no: EventKind | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries of an edition are in each state.

    An edition may close when nothing is planned, sending or uncertain; then
    frozen = sent + failed + skipped + held.

    Attributes:
        waiting: of the planned ones, those never tried whose time is still to come: a hold, a wave, a
            canary's verdict, the end of a test of subjects.
        late: of the skipped ones, those whose deadline had passed.
        gone: of the skipped ones, those whose readers left, or were erased, after the freeze.

    The last three are parts of other counts: two tallies are equal by their states.
    """

    frozen: int = 0
    planned: int = 0
    sending: int = 0
    uncertain: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0
    held: int = 0
    waiting: int = field(default=0, compare=False)
    late: int = field(default=0, compare=False)
    gone: int = field(default=0, compare=False)

    @property
    def open(self) -> int:
        """Return how many deliveries are still on their way."""
        return self.planned + self.sending + self.uncertain

    @property
    def adds_up(self) -> bool:
        """Tell whether every frozen delivery is in exactly one state."""
        return self.frozen == self.open + self.sent + self.failed + self.skipped + self.held


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery as the audit shows it.

    Attributes:
        address: in full; whoever prints it masks it first.
        reason: why it failed, was skipped or is held; empty otherwise.
        attempt: 0 while nothing was tried.
        reference: of the last attempt; empty while nothing was tried.
    """

    subscriber: str
    address: str
    state: DeliveryState
    reason: str = ""
    attempt: int = 0
    reference: str = ""
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The one run of sending an edition, as every worker sees it.

    Attributes:
        frozen: how many deliveries were planned at the freeze.
        content_hash: the approved hash that was frozen; empty where the caller gave none.
        hold_until: nothing is claimed earlier; None for no hold window.
        canary: only so many deliveries go out until the canary has passed; 0 for no canary.
        canary_out_at: when the last delivery of the canary slice had its receipt; None before.
        is_canary_passed: the rest may go; true also where there is no canary.
        stopped: why nothing is claimed any more, until somebody resumes it; empty while it runs.
        canceled: why whatever is still planned will never go; empty where it was not canceled.
        paused: what a server said of everybody; empty where nothing was.
        paused_until: nobody is asked before; None where sending does not pause.
        pauses: how many there were since a reader was taken.
    """

    edition: EditionKey
    frozen: int
    frozen_at: datetime
    content_hash: str = ""
    hold_until: datetime | None = None
    canary: int = 0
    canary_out_at: datetime | None = None
    is_canary_passed: bool = True
    stopped: str = ""
    canceled: str = ""
    paused: str = ""
    paused_until: datetime | None = None
    pauses: int = 0

    @property
    def name(self) -> tuple[datetime, str]:
        """Return what tells this freeze of the edition from an earlier one that was taken back."""
        return self.frozen_at, self.content_hash


@dataclass(frozen=True, slots=True)
class Feedback:
    """What became of an edition's mails, each count in deliveries, none counted twice in one field.

    Attributes:
        out: attempted and settled as sent or failed.
        refused: failed at our own call, bounces not among them.
    """

    out: int = 0
    refused: int = 0
    delivered: int = 0
    bounced: int = 0
    complained: int = 0
    unsubscribed: int = 0


def message_keys(edition: EditionKey) -> Callable[[str], str]:
    """Return what gives a subscriber's `Delivery.message_key` in this edition.

    BLAKE2s, because its state before the subscriber is copied in half the time of any other hash.
    """
    fresh = _message_state(edition)

    def key(subscriber: str) -> str:
        state = fresh()
        state.update(subscriber.encode())
        return state.hexdigest()

    return key


def message_keys_of(edition: EditionKey, subscribers: Iterable[str]) -> list[str]:
    """Return the `Delivery.message_key` of each subscriber: a loop, since each call would cost a fifth."""
    fresh = _message_state(edition)
    keys: list[str] = []
    for subscriber in map(str.encode, subscribers):
        state = fresh()
        state.update(subscriber)
        keys.append(state.hexdigest())
    return keys


def _message_state(edition: EditionKey) -> Callable[[], hashlib.blake2s]:
    return hashlib.blake2s(f"{edition}\n".encode(), digest_size=16).copy
