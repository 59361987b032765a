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


_BROKEN = ("malformed", "is not a database", "it is broken", "invalid page in block")
"""Words of databases whose files are spoiled: no other try reads them."""
_PUT_BACK = "Keep its files, then put the latest backup back: `digest restore FILE --replace`."


class DatabaseUnavailable(DigestError, OSError):
    """The database can't be read or written now: locked, full, away."""

    def __init__(self, database: str, problem: str) -> None:
        """Name the database, without its password, and the problem."""
        self.database = database
        is_broken = any(sign in problem for sign in _BROKEN)
        remedy = _PUT_BACK if is_broken else "What was committed is safe: run again."
        super().__init__(f"Database {database}: {problem}. {remedy}")


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
