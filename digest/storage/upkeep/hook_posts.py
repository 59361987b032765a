"""What providers posted, kept until it is judged: an answer must not wait for that."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from digest.storage.engine import Store
from digest.storage.upkeep.tables import hook_posts, hook_tokens

TAKEN_FOR = timedelta(minutes=10)
"""So long one process has to judge a post; then another may take it."""

MOST_TRIES = 10
"""Then a post is left alone: something in it can't be judged."""


@dataclass(frozen=True, slots=True)
class HookPost:
    """One post of a provider, as it came."""

    number: int
    provider: str
    received_at: datetime
    body: bytes


class SqlHookPosts:
    """First in, first judged."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def keep(self, provider: str, body: bytes, *, now: datetime, token: str = "") -> bool:
        """Keep a post; tell whether it may be one at all.

        Args:
            token: of a signature that does not cover the body. A second post with it is kept no more, and
                is none where it says something else.
        """
        body_hash = hashlib.sha256(body).hexdigest()
        try:
            with self._store.writing() as connection:
                if token:
                    used = insert(hook_tokens).values(
                        provider=provider, token=token, body_hash=body_hash, at=now
                    )
                    connection.execute(used)
                post = insert(hook_posts).values(provider=provider, received_at=now, tries=0, body=body)
                connection.execute(post)
        except IntegrityError:
            return self._came_with(provider, token) == body_hash
        return True

    def take(self, *, now: datetime) -> HookPost | None:
        """Return the oldest post that nobody judges, for this process alone; None for none."""
        free = or_(hook_posts.c.taken_until.is_(None), hook_posts.c.taken_until <= now)
        query = (
            select(hook_posts)
            .where(free, hook_posts.c.tries < MOST_TRIES)
            .order_by(hook_posts.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._store.writing() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            own = update(hook_posts).where(hook_posts.c.id == row.id)
            connection.execute(own.values(taken_until=now + TAKEN_FOR, tries=row.tries + 1))
            return HookPost(row.id, row.provider, row.received_at, bytes(row.body))

    def done(self, number: int) -> None:
        """Forget a post that was judged."""
        with self._store.writing() as connection:
            connection.execute(delete(hook_posts).where(hook_posts.c.id == number))

    def forget(self, *, before: datetime) -> None:
        """Take away what came before that and could not be judged: it names people."""
        with self._store.writing() as connection:
            connection.execute(delete(hook_posts).where(hook_posts.c.received_at < before))
            connection.execute(delete(hook_tokens).where(hook_tokens.c.at < before))

    def count(self) -> int:
        """Return how many wait."""
        with self._store.reading() as connection:
            return connection.scalar(select(func.count()).select_from(hook_posts)) or 0

    def _came_with(self, provider: str, token: str) -> str:
        query = select(hook_tokens.c.body_hash).where(
            hook_tokens.c.provider == provider, hook_tokens.c.token == token
        )
        with self._store.reading() as connection:
            return connection.scalar(query) or ""
