"""Every deliberate error of the digest, as one tree.

::

    DigestError
    ├── ConfigurationError (ValueError)   all faults at once            exit 78
    ├── BadData (ValueError)              an input that can't be read    exit 65
    ├── NothingToSend                     too few items for an edition   exit 11
    ├── EditionConflict                   someone else moved the edition exit 75
    ├── UnknownEdition (LookupError)      no such edition                exit 65
    ├── TemplateFault (ValueError)        a template can't be rendered   exit 78
    ├── TransportUnavailable (OSError)    no mail can leave now          exit 69
    ├── UnbuiltMail (ValueError)          mails can't be built: our fault exit 65
    ├── PortTaken (OSError)               the desk can't listen there    exit 71
    ├── OutputUnwritable (OSError)        a file can't be written        exit 73
    ├── DatabaseUnavailable (OSError)     the database can't be used now exit 75
    ├── SchemaOutdated                    `digest migrate` is due        exit 78
    └── MissingExtra (ImportError)        an optional package is needed  exit 78

Constructors take the facts; the class makes the sentence: what, which one, what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.installing import PAGE, install_line


class DigestError(Exception):
    """The root of every deliberate error of this package."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the configuration.

    Attributes:
        where: the setting's dotted name, as written in digest.toml (`newsletters.morning.cutoff`).
        problem: what is wrong, without the secret value.
        origin: the file, environment variable or flag that it came from, where known.
    """

    where: str
    problem: str
    origin: str = ""

    def __str__(self) -> str:
        """Return one line: name, problem, origin."""
        origin = f" (from {self.origin})" if self.origin else ""
        return f"{self.where}: {self.problem}{origin}"


class ConfigurationError(DigestError, ValueError):
    """The configuration has faults; all of them are listed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, in the order found."""
        self.faults = tuple(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        lines = "\n".join(f"  - {fault}" for fault in self.faults)
        super().__init__(f"The configuration has {count}:\n{lines}")


class BadData(DigestError, ValueError):
    """A given input can't be read at all; what to do is in the sentence."""

    def __init__(self, what: str, problem: str, remedy: str = "") -> None:
        """Name what could not be read, why, and what to do."""
        self.what, self.problem, self.remedy = what, problem, remedy
        super().__init__(f"{what}: {problem}." + (f" {remedy}" if remedy else ""))


class TookTooLong(DigestError):
    """An article that kept its reader busy for longer than any takes; it was left out."""

    def __init__(self) -> None:
        """Say it as the end of a sentence that begins with the article's address."""
        super().__init__("takes too long to read; it was left out, the others were kept")


class NothingToSend(DigestError):
    """The day holds fewer items than the newsletter's minimum."""

    def __init__(self, edition: str, found: int, minimum: int) -> None:
        """Say which edition, and how many items of how many."""
        self.edition, self.found, self.minimum = edition, found, minimum
        self.told = (
            f"{found} of at least {minimum} items. "
            f"`digest explain {edition}` says why articles were left out."
        )
        super().__init__(f"{edition}: nothing to send: {self.told}")


class EditionConflict(DigestError):
    """The edition is not in the state or revision this change was made for."""

    def __init__(
        self, edition: str, problem: str, remedy: str = "Load it again and repeat the change."
    ) -> None:
        """Say which edition, what moved and what to do."""
        self.edition = edition
        super().__init__(f"{edition}: {problem}. {remedy}")


class SettingsMoved(DigestError):
    """Somebody else changed settings meanwhile; what was to be kept was judged with older ones."""

    def __init__(self, known: int, newest: int) -> None:
        """Say which version was known, and which is the newest."""
        self.known, self.newest = known, newest
        super().__init__(f"The settings moved from version {known} to {newest}. Load them again.")


class UnknownEdition(DigestError, LookupError):
    """No such newsletter or edition is stored."""

    def __init__(self, name: str) -> None:
        """Name what was asked for."""
        self.name = name
        super().__init__(
            f"No edition {name!r} is stored. `digest status` lists the newsletters and editions."
        )


class TemplateFault(DigestError, ValueError):
    """A template can't be rendered."""

    def __init__(self, template: str, problem: str, line: int | None = None) -> None:
        """Name the template file, the line where known, and the problem."""
        self.template, self.line = template, line
        at = f"{template}, line {line}" if line else template
        super().__init__(f"Template {at}: {problem}.")


class TransportUnavailable(DigestError, OSError):
    """No mail can leave by this transport now; nothing was sent by this attempt."""

    def __init__(self, transport: str, problem: str) -> None:
        """Name the transport and the problem; never a secret."""
        self.transport = transport
        super().__init__(f"Transport {transport}: {problem}. Nothing is lost: run again later.")


class UnbuiltMail(DigestError, ValueError):
    """The mails can't be built, for no reader's fault; nothing of those without a receipt has left."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong; no address in it."""
        self.problem = problem
        super().__init__(
            f"The mails can't be built: {problem}. None of them has left, nobody is lost: mend that, "
            "and run again."
        )


class RefusesAll(TransportUnavailable):
    """A server was there, and refused what is true of everybody: sender, login, limits, the mail itself.

    Attributes:
        reason: the server's own words.
        remedy: what to do about them, a sentence.
        told: both.
        what: what they speak of, a word of `digest.model.Blame`; empty where nobody judged them.
        until: from when on it is asked again, on the newsletter's clock; empty where nobody decided yet.
    """

    def __init__(
        self,
        transport: str,
        reason: str,
        remedy: str = "",
        *,
        what: str = "",
        until: str = "",
        resume: str = "",
    ) -> None:
        """Name the transport, its server's words and what to do; never a secret."""
        self.reason, self.remedy, self.what, self.until = reason, remedy, what, until
        self.told = f"{reason.rstrip('.')}. {remedy}".rstrip()
        pause = f" Sending pauses until {until}; `{resume}` tries at once." if until else ""
        super().__init__(transport, f"{self.told}{pause} Nobody is given up for it")


class PortTaken(DigestError, OSError):
    """The desk can't listen where it was told to."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        """Name the address and the system's reason."""
        self.host, self.port = host, port
        super().__init__(
            f"The desk can't listen on {host} port {port}: {problem}. End what listens there, or give "
            "another --port or --host."
        )


class OutputUnwritable(DigestError, OSError):
    """A file or folder can't be written."""

    def __init__(self, path: Path, problem: str) -> None:
        """Name the path and the system's reason."""
        self.path = path
        super().__init__(f"Can't write {path}: {problem}.")


_RUN_AGAIN = "What was committed is safe: run again."


@dataclass(frozen=True, slots=True)
class _DatabaseTrouble:
    """One kind of what databases say when they can't be used.

    Attributes:
        words: what is said where there is no code (at login, by pgbouncer, by SQLite): any of them, and all
            that an `&` joins. A server that speaks another language is known by its codes alone.
        remedy: a whole sentence.
        codes: what its SQLSTATE begins with (https://www.postgresql.org/docs/current/errcodes-appendix.html).
        lasts: no other try goes better until somebody has mended it.
    """

    words: str
    remedy: str
    codes: tuple[str, ...] = ()
    lasts: bool = True

    def fits(self, said: str, code: str) -> bool:
        """Tell whether what was said, in small letters, is of this kind."""
        either = (one.split("&") for one in self.words.split("|"))
        is_named = any(code.startswith(one) for one in self.codes)
        return is_named or any(all(word in said for word in every) for every in either)


_DATABASE_TROUBLES = (
    _DatabaseTrouble(
        "malformed|is not a database|it is broken|invalid page in block",
        "Keep its files, then put the latest backup back: `digest restore FILE --replace`.",
        ("XX001", "XX002"),
    ),
    _DatabaseTrouble(
        "statement pooling",
        "Let pgbouncer pool by transaction (pool_mode = transaction): statement mode will not do.",
    ),
    _DatabaseTrouble(
        "unsupported startup parameter",
        "Take that option out of database.url, or name it in pgbouncer's ignore_startup_parameters.",
    ),
    _DatabaseTrouble(
        'database "&does not exist|no such database',
        "Make it (`createdb`) or name another one in database.url, then run `digest migrate`.",
        ("3D",),
    ),
    _DatabaseTrouble(
        "certificate verify failed|server certificate for|root certificate file|does not support ssl",
        "Name the authority's certificate in database.url (`?sslmode=verify-full&sslrootcert=FILE`), and "
        "the server as its certificate does.",
    ),
    _DatabaseTrouble(
        "authentication failed|no pg_hba.conf entry|no password supplied|not permitted to log in|"
        'no such user|role "&does not exist',
        "See user and password in database.url, and whom the server lets in (pg_hba.conf).",
        ("28",),
    ),
    _DatabaseTrouble(
        "permission denied for",
        "Let the user of database.url own the database and its tables (ALTER … OWNER TO), or GRANT both.",
        ("42501",),
    ),
    _DatabaseTrouble(
        "no such table|no such column",
        "Its tables are not this version's, or its user does not see them (search_path): `digest migrate`.",
        ("42P01", "42703", "3F"),
    ),
    _DatabaseTrouble(
        "read-only transaction|session is read-only|during recovery|in hot standby mode",
        "It takes no writes: it is a standby, or default_transaction_read_only is on. Name the primary in "
        "database.url, or all hosts with target_session_attrs=read-write; nothing was written.",
        ("25006",),
        lasts=False,
    ),
    _DatabaseTrouble(
        "too many clients|too many connections|remaining connection slots|no more connections allowed",
        "All its connections are taken: raise max_connections, or the limit of its user, or put a "
        "pgbouncer before it; then run again.",
        ("53300",),
        lasts=False,
    ),
    _DatabaseTrouble(
        "no space left|disk is full",
        "Make room on its disk, then run again: what was committed is safe.",
        ("53100",),
        lasts=False,
    ),
    _DatabaseTrouble(
        "statement timeout|idle-in-transaction timeout",
        "Its server gives up too soon: raise that time-out for our user, then run again.",
        lasts=False,
    ),
    _DatabaseTrouble(
        "due to lock timeout",
        "Another holds a table that is to be changed: a backup, an export, a session left open "
        "(`pg_stat_activity`, idle in transaction). Nothing was changed; end it, or run again "
        "when it is over.",
        ("55P03",),
        lasts=False,
    ),
    _DatabaseTrouble(
        "readonly database",
        "Let the user of this command write the file, its -wal and -shm, and their folder.",
    ),
    _DatabaseTrouble(
        "unable to open database file",
        "See whether its folder is there and may be written by the user of this command; then run again.",
        lasts=False,
    ),
    _DatabaseTrouble(
        "locking protocol",
        "Its disk can't lock files: a SQLite database needs a disk of this machine, no NFS or SMB.",
    ),
    _DatabaseTrouble(
        "disk i/o error",
        "See its disk (`dmesg`); a SQLite database needs one of this machine, no NFS or SMB. What was "
        "committed is safe: run again.",
        ("58030",),
        lasts=False,
    ),
)
"""The first that fits counts."""


class DatabaseUnavailable(DigestError, OSError):
    """The database can't be read or written now: locked, full, away."""

    def __init__(self, database: str, problem: str, remedy: str = _RUN_AGAIN) -> None:
        """Name the database, without its password, the problem and what to do, a whole sentence."""
        self.database, self.problem, self.remedy = database, problem, remedy
        super().__init__(f"Database {database}: {problem}. {remedy}")


class DatabaseRefused(DatabaseUnavailable):
    """The database can't be used until somebody mends it: no other try goes better."""


def database_trouble(database: str, problem: str, code: str = "") -> DatabaseUnavailable:
    """Return what to raise of what a database said.

    Args:
        database: its URL without its password.
        problem: the driver's words, on one line.
        code: its SQLSTATE; empty where there is none.
    """
    small = problem.lower()
    for kind in _DATABASE_TROUBLES:
        if kind.fits(small, code):
            raised = DatabaseRefused if kind.lasts else DatabaseUnavailable
            return raised(database, problem, kind.remedy)
    return DatabaseUnavailable(database, problem)


class NoDatabase(ConfigurationError):
    """The file that the settings name is no database, or no more: spoiled, or overwritten."""


class SchemaOutdated(DigestError):
    """The database's schema is not the one this version needs."""

    def __init__(self, found: str, needed: str) -> None:
        """Name both revisions."""
        self.found, self.needed = found, needed
        mend = "Install the newer version again" if self.is_newer else "Run `digest migrate`"
        super().__init__(
            f"The database is at schema {found or 'none'}, this version needs {needed}. {mend}."
        )

    @property
    def is_newer(self) -> bool:
        """Tell whether a newer version made it, whose migrations this one does not know."""
        return self.found > self.needed


class MissingExtra(DigestError, ImportError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        """Name the feature and the extra to install."""
        self.extra = extra
        super().__init__(f"{feature} needs the extra `{extra}`: {install_line(extra)} ({PAGE}).")
