"""Mailing list rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, case, func, or_, select, update

from subscribers.model import MailingList
from subscribers.storage.inserting import insert_new
from subscribers.storage.tables import mailing_lists, subscriptions


def find(connection: Connection, key: str) -> MailingList | None:
    """Return the list, or None."""
    row = connection.execute(select(mailing_lists).where(mailing_lists.c.key == key)).one_or_none()
    return None if row is None else MailingList(row.key, row.title, row.created_at)


def add(connection: Connection, key: str, title: str, now: datetime) -> bool:
    """Store a list unless it is there; tell whether it is new."""
    if find(connection, key) is not None:
        return False
    insert_new(connection, mailing_lists, [{"key": key, "title": title, "created_at": now}])
    return True


def rename(connection: Connection, key: str, title: str) -> int:
    """Change a title; return how many lists that met."""
    return connection.execute(
        update(mailing_lists).where(mailing_lists.c.key == key).values(title=title)
    ).rowcount


def all_lists(connection: Connection) -> tuple[MailingList, ...]:
    """Return every list by key."""
    rows = connection.execute(select(mailing_lists).order_by(mailing_lists.c.key))
    return tuple(MailingList(row.key, row.title, row.created_at) for row in rows)


def grown(connection: Connection, since: datetime) -> dict[str, tuple[int, int]]:
    """Return how many subscriptions of each list began, and ended, since a moment."""
    on = subscriptions.c
    began = func.coalesce(func.sum(case((on.consented_at >= since, 1), else_=0)), 0)
    ended = func.coalesce(func.sum(case((on.ended_at >= since, 1), else_=0)), 0)
    rows = connection.execute(
        select(on.mailing_list, began, ended)
        .where(or_(on.consented_at >= since, on.ended_at >= since))
        .group_by(on.mailing_list)
    )
    return {key: (int(joined), int(left)) for key, joined, left in rows}


def counts(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many subscriptions each list has, by (list, state)."""
    on = subscriptions.c
    rows = connection.execute(
        select(on.mailing_list, on.state, func.count()).group_by(on.mailing_list, on.state)
    )
    return {(key, state): number for key, state, number in rows}
