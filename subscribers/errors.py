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
    │   └── MayMeanNo                    a column of it may say no, and nobody has said what it is
    ├── DatabaseUnavailable (OSError)    the database can't be opened or used
    └── SchemaOutdated                   `digest migrate` is due

Constructors take the facts; the class makes the sentence: what, which one, what to do. Addresses appear
masked only.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Suspect:
    """A column of an import file that may say no.

    Attributes:
        column: its name as it stands in the file; `column 3` where it has none.
        cells: how many lines have something in it; `first` is the first of them.
        samples: some of what stands there.
        field: what it most likely is.
        is_guess: the name is not known, and a yes in it may be a yes to mail as well as a no.
    """

    column: str
    cells: int
    first: int
    samples: tuple[str, ...]
    field: str
    is_guess: bool = False

    def __str__(self) -> str:
        """Return the column, what stands in it, and what to type."""
        lines = "1 line has" if self.cells == 1 else f"{self.cells:,} lines have"
        held = ", ".join(repr(sample) for sample in self.samples)
        told = (
            f"{lines} something in it, the first is line {self.first} ({held})" if self.cells else "empty"
        )
        map_it = shlex.quote(f"{self.column}={self.field}")
        wanted = shlex.quote(f"{self.column}=subscribed")
        when = "if it says so"
        if self.is_guess:
            when = f"if a yes there is a no to mail, --column {wanted} if it is a yes to mail"
        return (
            f"column {self.column!r}: {told}. Type --column {map_it} {when}, "
            f"or --ignore-column {shlex.quote(self.column)} if it says nothing about mail"
        )


class MayMeanNo(UnreadableFile):
    """Columns of an import file may say who wants no mail, and nobody has said what they are."""

    def __init__(self, path: str, suspects: tuple[Suspect, ...]) -> None:
        """Name the file and the columns."""
        self.suspects = suspects
        which = "; ".join(map(str, suspects))
        super().__init__(
            path,
            "who said no may stand in a column that is not understood, so nothing was imported",
            f"Say what it is: {which}.",
        )


class DatabaseUnavailable(SubscribersError, OSError):
    """The database can't be opened, or not be used any more."""

    def __init__(self, database: str, problem: str, code: str = "") -> None:
        """Name the database without its password, the driver's reason, and its SQLSTATE if there is one."""
        self.database, self.problem, self.code = database, problem, code
        super().__init__(
            f"Can't use the database {database}: {problem}. Check [database] url, and who else has it open."
        )


class SchemaOutdated(SubscribersError):
    """The subscribers' schema is not the one this version needs."""

    def __init__(self, found: str, needed: str) -> None:
        """Name both revisions."""
        self.found, self.needed = found, needed
        mend = "Install the newer version again" if self.is_newer else "Run `digest migrate`"
        super().__init__(
            f"The subscribers' tables are at schema {found or 'none'}, this version needs {needed}. {mend}."
        )

    @property
    def is_newer(self) -> bool:
        """Tell whether a newer version made it, whose migrations this one does not know."""
        return self.found > self.needed
