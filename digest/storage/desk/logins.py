"""Users of the desk, their one-time links and sessions; secrets are kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, delete, insert, select, update

from digest.model.desk import DeskSession, Role, User
from digest.storage.desk.tables import logins, users
from digest.storage.engine import Store

if TYPE_CHECKING:
    from typing import Any

    from digest.storage.columns import AnyRow


class SqlLogins:
    """Who may come in."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def keep_user(self, user: User, password_hash: str, *, now: datetime) -> bool:
        """Add the user, or give an existing one these roles and this password; tell whether it is new.

        Whoever is already there is logged out everywhere.
        """
        values = {"password_hash": password_hash, "roles": _joined(user.roles), "is_active": True}
        with self._store.writing() as connection:
            known = connection.execute(_user(user.name)).one_or_none()
            if known is None:
                connection.execute(insert(users).values(name=user.name, created_at=now, **values))
                return True
            connection.execute(update(users).where(users.c.name == user.name).values(**values))
            connection.execute(delete(logins).where(logins.c.user_name == user.name))
            return False

    def keep_roles(self, user: User, password_hash: str, *, now: datetime) -> bool:
        """Give somebody whom a provider vouches for these roles; False where they are let in no more.

        Args:
            password_hash: of a new user; one who is there keeps the own.
        """
        roles = _joined(user.roles)
        with self._store.writing() as connection:
            known = connection.execute(_user(user.name)).one_or_none()
            if known is None:
                values = {"password_hash": password_hash, "roles": roles, "is_active": True}
                connection.execute(insert(users).values(name=user.name, created_at=now, **values))
            elif known.is_active:
                connection.execute(update(users).where(users.c.name == user.name).values(roles=roles))
            else:
                return False
        return True

    def deactivate(self, name: str) -> bool:
        """Let the user in no more, from now on; tell whether there is one."""
        with self._store.writing() as connection:
            connection.execute(delete(logins).where(logins.c.user_name == name))
            done = connection.execute(update(users).where(users.c.name == name).values(is_active=False))
            return done.rowcount > 0

    def users(self) -> tuple[User, ...]:
        """Return the active users by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(users).where(users.c.is_active).order_by(users.c.name))
            return tuple(User(row.name, _split(row.roles)) for row in rows)

    def find(self, name: str) -> tuple[User, str] | None:
        """Return an active user and the password's hash, or None."""
        with self._store.reading() as connection:
            row = connection.execute(_user(name).where(users.c.is_active)).one_or_none()
        return None if row is None else (User(row.name, _split(row.roles)), row.password_hash)

    def make_link(self, user: User, *, lasts: timedelta, now: datetime) -> str:
        """Return the secret of a new one-time link."""
        return self._keep("link", user, lasts=lasts, now=now)

    def use_link(self, secret: str, *, lasts: timedelta, now: datetime) -> str | None:
        """Spend a one-time link and return the secret of the session it opens; None if it is no good."""
        with self._store.writing() as connection:
            row = _login(connection, "link", secret, now)
            if row is None:
                return None
            connection.execute(delete(logins).where(logins.c.digest == row.digest))
            return _insert(connection, "session", User(row.user_name, _split(row.roles)), now + lasts)

    def open_session(self, user: User, *, lasts: timedelta, now: datetime) -> str:
        """Return the secret of a new session; sessions that have run out are forgotten."""
        return self._keep("session", user, lasts=lasts, now=now)

    def session(self, secret: str, *, now: datetime) -> DeskSession | None:
        """Return the session, with the roles its user has now."""
        with self._store.reading() as connection:
            row = _login(connection, "session", secret, now)
            if row is None:
                return None
            known = connection.execute(_user(row.user_name)).one_or_none()
        if known is not None and not known.is_active:
            return None
        roles = _split(known.roles if known is not None else row.roles)
        return DeskSession(User(row.user_name, roles), row.csrf, row.expires_at)

    def close_session(self, secret: str) -> None:
        """Forget the session."""
        with self._store.writing() as connection:
            connection.execute(delete(logins).where(logins.c.digest == _digest(secret)))

    def _keep(self, kind: str, user: User, *, lasts: timedelta, now: datetime) -> str:
        with self._store.writing() as connection:
            connection.execute(delete(logins).where(logins.c.expires_at <= now))
            return _insert(connection, kind, user, now + lasts)


def _insert(connection: Connection, kind: str, user: User, expires_at: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(logins).values(
            digest=_digest(secret),
            kind=kind,
            user_name=user.name,
            roles=_joined(user.roles),
            csrf=secrets.token_urlsafe(32),
            expires_at=expires_at,
        )
    )
    return secret


def _login(connection: Connection, kind: str, secret: str, now: datetime) -> AnyRow | None:
    query = select(logins).where(
        logins.c.digest == _digest(secret), logins.c.kind == kind, logins.c.expires_at > now
    )
    return connection.execute(query).one_or_none()


def _user(name: str) -> Select[Any]:
    return select(users).where(users.c.name == name)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _joined(roles: Iterable[Role]) -> str:
    return "+".join(sorted(roles))


def _split(roles: str) -> frozenset[Role]:
    return frozenset(Role(role) for role in roles.split("+") if role)
