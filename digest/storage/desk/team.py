"""People of the desk: what is known of them, their second factor, and who was asked to come."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select, update

from digest.model.desk import Invitation, Profile, User
from digest.storage.columns import insert_into
from digest.storage.desk.logins import digest_of, joined, joined_keys, keys_of, split_roles
from digest.storage.desk.tables import passes, profiles, recovery_codes
from digest.storage.desk.team_tables import addresses
from digest.storage.engine import Store

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

INVITATION_LASTS = timedelta(days=3)
FACTOR_LASTS = timedelta(minutes=10)
"""How long after the right password the second factor may come."""

_UNKNOWN: dict[str, object] = {
    "newsletters": None,
    "factor": "",
    "factor_step": 0,
    "language": None,
}


class SqlTeam:
    """Who works here, besides names, passwords and sessions."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def profile(self, name: str) -> Profile:
        """Return what is known of a user."""
        with self._store.reading() as connection:
            return _profile(connection, name)

    def keep_newsletters(self, name: str, newsletters: frozenset[str] | None) -> None:
        """Let a user see and work on these newsletters alone; None for all."""
        self._keep(name, newsletters=joined_keys(newsletters))

    def keep_language(self, name: str, language: str) -> None:
        """Let the desk speak this language to a user; empty for the browser's."""
        self._keep(name, language=language or None)

    def keep_factor(self, name: str, secret: str, codes: Sequence[str], *, step: int = 0) -> None:
        """Ask a user for a second factor from now on, or, with an empty secret, no more.

        Args:
            codes: recovery codes, kept as hashes; those of before are gone.
            step: of the code that proved the secret: it is spent.
        """
        self._keep(name, factor=secret, factor_step=step)
        with self._store.writing() as connection:
            connection.execute(delete(recovery_codes).where(recovery_codes.c.user_name == name))
            if codes:
                rows = [{"user_name": name, "digest": digest_of(code)} for code in codes]
                connection.execute(insert(recovery_codes), rows)

    def address(self, name: str) -> str:
        """Return where mail reaches somebody; empty where nobody said."""
        with self._store.reading() as connection:
            query = select(addresses.c.address).where(addresses.c.user_name == name)
            return connection.scalar(query) or ""

    def keep_address(self, name: str, address: str) -> None:
        """Have mail reach somebody here, or, with an empty address, nowhere."""
        with self._store.writing() as connection:
            _keep_address(connection, name, address)

    def factor(self, name: str) -> str:
        """Return the secret of a user's second factor; empty where there is none."""
        with self._store.reading() as connection:
            query = select(profiles.c.factor).where(profiles.c.user_name == name)
            return connection.scalar(query) or ""

    def spend_step(self, name: str, step: int) -> bool:
        """Take the code of a step; False where it, or a later one, was taken before."""
        own = profiles.c.user_name == name, profiles.c.factor_step < step
        with self._store.writing() as connection:
            return connection.execute(update(profiles).where(*own).values(factor_step=step)).rowcount > 0

    def spend_code(self, name: str, code: str) -> bool:
        """Take a recovery code; False where there is none such any more."""
        own = recovery_codes.c.user_name == name, recovery_codes.c.digest == digest_of(code)
        with self._store.writing() as connection:
            return connection.execute(delete(recovery_codes).where(*own)).rowcount > 0

    def await_factor(self, name: str, *, now: datetime) -> str:
        """Return the secret by which whoever's password was right comes back with the second factor."""
        with self._store.writing() as connection:
            waits = Invitation(User(name, frozenset()), "", now + FACTOR_LASTS)
            return _add_pass(connection, "factor", waits)

    def awaited(self, secret: str, *, now: datetime) -> str:
        """Return whose second factor is still to come; empty for nobody's."""
        with self._store.reading() as connection:
            row = _pass(connection, "factor", secret, now)
        return row.user_name if row is not None else ""

    def forget_awaited(self, secret: str) -> bool:
        """End the wait; False where it had ended before."""
        with self._store.writing() as connection:
            own = passes.c.digest == digest_of(secret), passes.c.kind == "factor"
            return connection.execute(delete(passes).where(*own)).rowcount > 0

    def invite(self, user: User, *, by: str, now: datetime, address: str = "") -> str:
        """Return the secret of a link by which somebody joins once; one of before is void.

        Args:
            address: where mail reaches them, then and later; empty for nowhere.
        """
        with self._store.writing() as connection:
            connection.execute(delete(passes).where(passes.c.expires_at <= now))
            self._void(connection, user.name)
            _keep_address(connection, user.name, address)
            asked = Invitation(user, by, now + INVITATION_LASTS)
            return _add_pass(connection, "invite", asked)

    def invited(self, secret: str, *, now: datetime) -> Invitation | None:
        """Return who may join by this link."""
        with self._store.reading() as connection:
            row = _pass(connection, "invite", secret, now)
        return None if row is None else _invitation(row)

    def accept(self, secret: str, *, now: datetime) -> Invitation | None:
        """Spend an invitation and keep what it says of the user; None where it is no good any more."""
        with self._store.writing() as connection:
            row = _pass(connection, "invite", secret, now)
            if (
                row is None
                or not connection.execute(delete(passes).where(passes.c.digest == row.digest)).rowcount
            ):
                return None
            fresh = {**_UNKNOWN, "newsletters": row.newsletters}
            connection.execute(delete(recovery_codes).where(recovery_codes.c.user_name == row.user_name))
            _write(connection, row.user_name, fresh, fresh)
            return _invitation(row)

    def invitations(self, *, now: datetime) -> tuple[Invitation, ...]:
        """Return who was asked and has not come."""
        query = select(passes).where(passes.c.kind == "invite", passes.c.expires_at > now)
        with self._store.reading() as connection:
            return tuple(_invitation(row) for row in connection.execute(query.order_by(passes.c.user_name)))

    def take_back(self, name: str) -> bool:
        """Void an invitation; tell whether there was one."""
        with self._store.writing() as connection:
            is_void = self._void(connection, name)
            if is_void:
                _keep_address(connection, name, "")
            return is_void

    @staticmethod
    def _void(connection: Connection, name: str) -> bool:
        own = passes.c.user_name == name, passes.c.kind == "invite"
        return connection.execute(delete(passes).where(*own)).rowcount > 0

    def _keep(self, name: str, **values: object) -> None:
        with self._store.writing() as connection:
            _write(connection, name, {**_UNKNOWN, **values}, values)


def _keep_address(connection: Connection, name: str, address: str) -> None:
    connection.execute(delete(addresses).where(addresses.c.user_name == name))
    if address:
        connection.execute(insert(addresses).values(user_name=name, address=address))


def _write(connection: Connection, name: str, new: dict[str, object], changed: dict[str, object]) -> None:
    statement = insert_into(profiles, connection.dialect.name)
    connection.execute(
        statement.values(user_name=name, **new).on_conflict_do_update(
            index_elements=[profiles.c.user_name], set_=changed
        )
    )


def _profile(connection: Connection, name: str) -> Profile:
    row = connection.execute(select(profiles).where(profiles.c.user_name == name)).one_or_none()
    if row is None:
        return Profile(name)
    counted = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.user_name == name)
    return Profile(
        name,
        keys_of(row.newsletters),
        has_factor=bool(row.factor),
        codes_left=connection.scalar(counted) or 0,
    )


def _add_pass(connection: Connection, kind: str, what: Invitation) -> str:
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(passes).values(
            digest=digest_of(secret),
            kind=kind,
            user_name=what.user.name,
            roles=joined(what.user.roles),
            newsletters=joined_keys(what.user.newsletters),
            made_by=what.made_by,
            expires_at=what.expires_at,
        )
    )
    return secret


def _pass(connection: Connection, kind: str, secret: str, now: datetime) -> AnyRow | None:
    own = passes.c.digest == digest_of(secret), passes.c.kind == kind, passes.c.expires_at > now
    return connection.execute(select(passes).where(*own)).one_or_none()


def _invitation(row: AnyRow) -> Invitation:
    user = User(row.user_name, split_roles(row.roles), keys_of(row.newsletters))
    return Invitation(user, row.made_by, row.expires_at)
