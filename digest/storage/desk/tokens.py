"""Tokens of programs that call the API; their secrets are kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from digest.errors import BadData
from digest.model.desk import Scope, Token
from digest.storage.columns import Instant
from digest.storage.engine import Store
from digest.storage.tables import metadata

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

PREFIX = "dgt_"
"""What every token begins with, so that searches for leaked secrets find it."""

NOTED_EVERY = timedelta(minutes=5)
"""So exactly is kept when a token was last used."""

api_tokens = Table(
    "api_token",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
)
"""By the hash of the secret; scopes joined by "+"."""

bound_tokens = Table(
    "api_token_newsletter",
    metadata,
    Column("digest", ForeignKey("api_token.digest", ondelete="CASCADE"), primary_key=True),
    Column("newsletter", Text, primary_key=True),
)
"""The newsletters that a token is bound to; one without a row is bound to none and knows all."""


class SqlTokens:
    """Which programs may do what."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def make(
        self, name: str, scopes: Iterable[Scope], *, now: datetime, newsletters: Iterable[str] = ()
    ) -> str:
        """Return the secret of a new token, which nobody can look up again.

        Args:
            newsletters: the keys of those it is bound to; none for all.

        Raises:
            BadData: there is one of this name.
        """
        secret = PREFIX + secrets.token_urlsafe(32)
        values = {"digest": _digest(secret), "name": name, "scopes": "+".join(sorted(set(scopes)))}
        try:
            with self._store.writing() as connection:
                connection.execute(insert(api_tokens).values(**values, created_at=now))
                bound = [
                    {"digest": values["digest"], "newsletter": one} for one in dict.fromkeys(newsletters)
                ]
                if bound:
                    connection.execute(insert(bound_tokens), bound)
        except IntegrityError as error:
            raise BadData(f"Token {name!r}", "there is one of that name", "Take it back first.") from error
        return secret

    def find(self, secret: str, *, now: datetime) -> Token | None:
        """Return the token of a secret and note that it was used; None for no such token."""
        if not secret.startswith(PREFIX):
            return None
        own = api_tokens.c.digest == _digest(secret)
        with self._store.reading() as connection:
            row = connection.execute(select(api_tokens).where(own)).one_or_none()
            if row is None:
                return None
            token = _token(row, _bound(connection, row.digest))
        if row.used_at is None or now - row.used_at >= NOTED_EVERY:
            with self._store.writing() as connection:
                connection.execute(update(api_tokens).where(own).values(used_at=now))
        return token

    def listed(self) -> tuple[Token, ...]:
        """Return every token, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(api_tokens).order_by(api_tokens.c.name)).all()
            return tuple(_token(row, _bound(connection, row.digest)) for row in rows)

    def take_back(self, name: str) -> bool:
        """Let a token in no more; tell whether there was one."""
        with self._store.writing() as connection:
            found = connection.execute(delete(api_tokens).where(api_tokens.c.name == name))
            return bool(found.rowcount)


def _bound(connection: Connection, digest: str) -> frozenset[str] | None:
    query = select(bound_tokens.c.newsletter).where(bound_tokens.c.digest == digest)
    return frozenset(connection.scalars(query)) or None


def _token(row: AnyRow, newsletters: frozenset[str] | None) -> Token:
    scopes = frozenset(Scope(one) for one in row.scopes.split("+") if one)
    return Token(row.name, scopes, row.created_at, row.used_at, newsletters)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
