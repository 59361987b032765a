"""Users of the desk, their one-time links and sessions; secrets are kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, delete, insert, select, update

from digest.model.desk import DeskSession, Role, User, Visit
from digest.storage.desk.tables import logins, passes, profiles, users, visits
from digest.storage.desk.team_tables import addresses
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
        values = {"password_hash": password_hash, "roles": joined(user.roles), "is_active": True}
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
        roles = joined(user.roles)
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
            connection.execute(delete(passes).where(passes.c.user_name == name))
            connection.execute(delete(addresses).where(addresses.c.user_name == name))
            done = connection.execute(update(users).where(users.c.name == name).values(is_active=False))
            return done.rowcount > 0

    def users(self) -> tuple[User, ...]:
        """Return the active users by name."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(users, profiles.c.newsletters)
                .outerjoin(profiles, profiles.c.user_name == users.c.name)
                .where(users.c.is_active)
                .order_by(users.c.name)
            )
            return tuple(User(row.name, split_roles(row.roles), keys_of(row.newsletters)) for row in rows)

    def find(self, name: str) -> tuple[User, str] | None:
        """Return an active user and the password's hash, or None."""
        with self._store.reading() as connection:
            row = connection.execute(_user(name).where(users.c.is_active)).one_or_none()
            profile = connection.execute(_profile(name)).one_or_none()
        if row is None:
            return None
        return _person(row.name, split_roles(row.roles), profile), row.password_hash

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
            return _insert(connection, "session", User(row.user_name, split_roles(row.roles)), now + lasts)

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
            profile = connection.execute(_profile(row.user_name)).one_or_none()
            seen_at = connection.scalar(select(visits.c.seen_at).where(visits.c.digest == row.digest))
        if known is not None and not known.is_active:
            return None
        roles = split_roles(known.roles if known is not None else row.roles)
        return DeskSession(
            _person(row.user_name, roles, profile), row.csrf, row.expires_at, row.digest, seen_at
        )

    def saw(self, session: str, device: str, *, now: datetime) -> None:
        """Note that a session was used just now, and from what."""
        with self._store.writing() as connection:
            if connection.scalar(select(logins.c.digest).where(logins.c.digest == session)) is None:
                return
            known = connection.execute(
                update(visits).where(visits.c.digest == session).values(seen_at=now, device=device)
            )
            if not known.rowcount:
                values = {"digest": session, "device": device, "started_at": now, "seen_at": now}
                connection.execute(insert(visits).values(**values))

    def visits(self, name: str, *, now: datetime) -> tuple[Visit, ...]:
        """Return the open sessions of a user, the one used last first."""
        query = (
            select(logins, visits.c.device, visits.c.started_at, visits.c.seen_at)
            .outerjoin(visits, visits.c.digest == logins.c.digest)
            .where(logins.c.user_name == name, logins.c.kind == "session", logins.c.expires_at > now)
            .order_by(visits.c.seen_at.desc(), logins.c.digest)
        )
        with self._store.reading() as connection:
            return tuple(
                Visit(row.digest, row.device or "", row.started_at, row.seen_at, row.expires_at)
                for row in connection.execute(query)
            )

    def end(self, name: str, session: str = "", *, but: str = "") -> int:
        """End one session of a user, or all but one; return how many there were."""
        which = logins.c.digest == session if session else logins.c.digest != but
        own = logins.c.user_name == name, logins.c.kind == "session", which
        with self._store.writing() as connection:
            return connection.execute(delete(logins).where(*own)).rowcount

    def change_password(self, name: str, password_hash: str) -> None:
        """Give a user another password; sessions stay, and half a log-in by the old one goes."""
        with self._store.writing() as connection:
            known = update(users).where(users.c.name == name).values(password_hash=password_hash)
            connection.execute(known)
            connection.execute(delete(passes).where(passes.c.user_name == name, passes.c.kind == "factor"))

    def change_roles(self, user: User) -> None:
        """Give a user who is there these roles."""
        with self._store.writing() as connection:
            roles = joined(user.roles)
            connection.execute(update(users).where(users.c.name == user.name).values(roles=roles))

    def close_session(self, secret: str) -> None:
        """Forget the session."""
        with self._store.writing() as connection:
            connection.execute(delete(logins).where(logins.c.digest == digest_of(secret)))

    def _keep(self, kind: str, user: User, *, lasts: timedelta, now: datetime) -> str:
        with self._store.writing() as connection:
            connection.execute(delete(logins).where(logins.c.expires_at <= now))
            return _insert(connection, kind, user, now + lasts)


def _insert(connection: Connection, kind: str, user: User, expires_at: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(logins).values(
            digest=digest_of(secret),
            kind=kind,
            user_name=user.name,
            roles=joined(user.roles),
            csrf=secrets.token_urlsafe(32),
            expires_at=expires_at,
        )
    )
    return secret


def _login(connection: Connection, kind: str, secret: str, now: datetime) -> AnyRow | None:
    query = select(logins).where(
        logins.c.digest == digest_of(secret), logins.c.kind == kind, logins.c.expires_at > now
    )
    return connection.execute(query).one_or_none()


def _person(name: str, roles: frozenset[Role], profile: AnyRow | None) -> User:
    if profile is None:
        return User(name, roles)
    return User(name, roles, keys_of(profile.newsletters), profile.language or "")


def _user(name: str) -> Select[Any]:
    return select(users).where(users.c.name == name)


def _profile(name: str) -> Select[Any]:
    return select(profiles).where(profiles.c.user_name == name)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keys_of(newsletters: str | None) -> frozenset[str] | None:
    """Return the newsletters that are kept joined; None for all."""
    return None if newsletters is None else frozenset(filter(None, newsletters.split("+")))


def joined_keys(newsletters: frozenset[str] | None) -> str | None:
    """Return newsletters as they are kept."""
    return None if newsletters is None else "+".join(sorted(newsletters))


def joined(roles: Iterable[Role]) -> str:
    """Return roles as they are kept."""
    return "+".join(sorted(roles))


def split_roles(roles: str) -> frozenset[Role]:
    """Return the roles that are kept joined."""
    return frozenset(Role(role) for role in roles.split("+") if role)
