"""Every deliberate error of the subscribers package, as one tree.

::

    SubscribersError
    ├── InvalidAddress (ValueError)      not an address mail can go to
    ├── InvalidListKey (ValueError)      a list's key has other signs than a-z 0-9 - _
    ├── UnknownList (LookupError)        no such mailing list
    ├── UnknownSubscriber (LookupError)  nobody by that id or address
    ├── NotAllowed                       a reader's own no, or a suppression, stands against it
    ├── ConfirmationStale                the sign-up was confirmed, ended or repeated since
    ├── TokenRejected (ValueError)       forged, cut, expired or made for another purpose
    ├── UnreadableFile (ValueError)      an import file that can't be read at all
    ├── DatabaseUnavailable (OSError)    the database can't be opened or used
    └── SchemaOutdated                   `digest migrate` is due

Constructors take the facts; the class makes the sentence: what, which one, what to do. Addresses appear
masked only.
"""

from __future__ import annotations


class SubscribersError(Exception):
    """The root of every deliberate error of this package."""


class InvalidAddress(SubscribersError, ValueError):
    """A text is not an address that mail can go to."""

    def __init__(self, problem: str) -> None:
        """Keep the problem, a sentence without the address."""
        self.problem = problem
        super().__init__(problem)


class InvalidListKey(SubscribersError, ValueError):
    """A mailing list's key has signs that can't stand in a link."""

    def __init__(self, key: str) -> None:
        """Name the key."""
        self.key = key
        super().__init__(
            f"List key {key!r} can't be used: take 1 to 64 of a-z, 0-9, - and _, beginning with a letter "
            "or digit."
        )


class UnknownList(SubscribersError, LookupError):
    """No such mailing list."""

    def __init__(self, key: str) -> None:
        """Name the list."""
        self.key = key
        super().__init__(f"No mailing list {key!r}. An import or `digest subscribers add` makes one.")


class UnknownSubscriber(SubscribersError, LookupError):
    """Nobody is stored by that id or address."""

    def __init__(self, who: str) -> None:
        """Name who was asked for: an id or a masked address."""
        self.who = who
        super().__init__(f"No subscriber {who}. `digest subscribers show` finds people by address.")


class NotAllowed(SubscribersError):
    """A reader's own no, or a suppression, stands against the change."""

    def __init__(self, who: str, problem: str, remedy: str = "") -> None:
        """Name the masked address or id, what stands against it, and what to do."""
        self.who, self.problem = who, problem
        super().__init__(f"{who}: {problem}." + (f" {remedy}" if remedy else ""))


class ConfirmationStale(SubscribersError):
    """A confirm link belongs to a sign-up that is no longer waiting."""

    def __init__(self) -> None:
        """Say what the reader can do."""
        super().__init__("This confirmation link is no longer valid. Sign up again for a fresh one.")


class TokenRejected(SubscribersError, ValueError):
    """A signed token is not one of ours, or not for this purpose, or too old."""

    def __init__(self, problem: str) -> None:
        """Say why, without the token."""
        self.problem = problem
        super().__init__(f"The link is not valid: {problem}.")


class UnreadableFile(SubscribersError, ValueError):
    """An import file can't be read at all."""

    def __init__(self, path: str, problem: str, remedy: str = "") -> None:
        """Name the file, why, and what to do."""
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}." + (f" {remedy}" if remedy else ""))


class DatabaseUnavailable(SubscribersError, OSError):
    """The database can't be opened, or not be used any more."""

    def __init__(self, database: str, problem: str) -> None:
        """Name the database without its password, and the driver's reason."""
        self.database = database
        super().__init__(
            f"Can't use the database {database}: {problem}. Check [database] url, and who else has it open."
        )


class SchemaOutdated(SubscribersError):
    """The subscribers' schema is not the one this version needs."""

    def __init__(self, found: str, needed: str) -> None:
        """Name both revisions."""
        self.found, self.needed = found, needed
        super().__init__(
            f"The subscribers' tables are at schema {found or 'none'}, this version needs {needed}. "
            "Run `digest migrate`."
        )
