"""A database that can't be used, whichever of the two packages met it: told in one way."""

from __future__ import annotations

from digest.errors import DigestError, database_trouble
from subscribers.errors import DatabaseUnavailable, SubscribersError


def as_ours(error: DigestError | SubscribersError) -> DigestError | SubscribersError:
    """Return what says the same, with what to do: a readers' database that is away is ours that is away."""
    if isinstance(error, DatabaseUnavailable):
        return database_trouble(error.database, error.problem, error.code)
    return error
