"""Whose fault a server's refusal names, and what an operator does about it."""

from __future__ import annotations

from enum import StrEnum


class Blame(StrEnum):
    """What a refusal speaks of.

    READER: one mailbox. All others but UNKNOWN are said of everybody: the SENDER's address, the RELAY's
    rules, our HELO name, our LOGIN, our address being LISTED, a LIMIT of the day or account, a RATE of
    mails in a short time, the MESSAGE's content, its SIZE. STRANGER asks whom the server does not know yet
    to come back in some minutes (greylisting), and TROUBLE is the server's or the network's own, for the
    moment: both speak of nobody.
    """

    READER = "reader"
    SENDER = "sender"
    RELAY = "relay"
    HELO = "helo"
    LOGIN = "login"
    LISTED = "listed"
    LIMIT = "limit"
    RATE = "rate"
    MESSAGE = "message"
    SIZE = "size"
    STRANGER = "stranger"
    TROUBLE = "trouble"
    UNKNOWN = "unknown"

    @property
    def is_of_everybody(self) -> bool:
        """Tell whether it would be said of any reader."""
        return self not in {Blame.READER, Blame.STRANGER, Blame.TROUBLE, Blame.UNKNOWN}

    @property
    def is_never_the_readers(self) -> bool:
        """Tell whether it stays ours, though others may have been taken: it ends nobody's delivery."""
        return self in _NEVER_THE_READERS

    @property
    def remedy(self) -> str:
        """Return what to do about it, a sentence."""
        return _REMEDIES[self]

    @property
    def remedy_for_all(self) -> str:
        """Return what to do where it was said of whoever was asked for, a sentence."""
        return _NO_TABLE if self is Blame.READER else self.remedy


_NEVER_THE_READERS = frozenset(
    {
        Blame.RELAY,
        Blame.HELO,
        Blame.LOGIN,
        Blame.LISTED,
        Blame.LIMIT,
        Blame.RATE,
        Blame.SIZE,
        Blame.TROUBLE,
    }
)

_NO_TABLE = "The server calls every mailbox gone or full: has it lost its table of mailboxes?"
_REMEDIES = {
    Blame.READER: "Nothing of ours: the mailbox is gone, closed or full. A full one may take mail "
    "later; else ask the reader for another address.",
    Blame.SENDER: "Have the server allow the newsletter's `sender`, and look at its SPF, DKIM and DMARC "
    "with `digest check`.",
    Blame.RELAY: "Have the server relay for this machine, or give `transport.username` and a password; "
    "is `transport.host` the right one?",
    Blame.HELO: "Set `transport.helo_name` to a full name that the DNS knows (mail.example.org).",
    Blame.LOGIN: "Mend `transport.username` and `transport.password`, or unlock the account.",
    Blame.LISTED: "Have this machine's address taken off the list named, or send by another server.",
    Blame.LIMIT: "Wait for the next day, or have the account's limit raised.",
    Blame.RATE: "Set `dispatch.per_second` below the server's rate, or have the rate raised.",
    Blame.MESSAGE: "Look at the mail with `digest check`, and ask the server's keeper what is wrong.",
    Blame.SIZE: "Make the mail smaller (fewer items, `max_items`), or have the server take larger ones.",
    Blame.STRANGER: "Nothing, if it takes them later; else have the server let this machine in without its "
    "greylist.",
    Blame.TROUBLE: "Run again later; look at the server and at the way to it if it lasts.",
    Blame.UNKNOWN: "Ask the server's keeper what its words mean.",
}
