"""The pictures that editors brought, by a name that follows from their bytes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from digest.model.pictures import StoredPicture
from digest.storage.desk.tables import pictures
from digest.storage.engine import Store


class SqlPictures:
    """One row a picture; those that no edition ever showed go by time."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def keep(self, picture: StoredPicture) -> None:
        """Keep a picture; one that is kept already stays as it is."""
        values = {name: getattr(picture, name) for name in _COLUMNS}
        with self._store.writing() as connection:
            known = select(pictures.c.name).where(pictures.c.name == picture.name)
            if connection.scalar(known) is None:
                connection.execute(insert(pictures).values(**values))

    def load(self, name: str) -> StoredPicture | None:
        """Return a picture, or None."""
        query = select(*(pictures.c[column] for column in _COLUMNS)).where(pictures.c.name == name)
        with self._store.reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return StoredPicture(**row) if row else None

    def use(self, name: str, *, now: datetime) -> None:
        """Note that an edition shows a picture; the one it was cropped from stays with it."""
        with self._store.writing() as connection:
            original = connection.scalar(select(pictures.c.original).where(pictures.c.name == name))
            names = [one for one in (name, original) if one]
            connection.execute(update(pictures).where(pictures.c.name.in_(names)).values(used_at=now))

    def forget_unused(self, *, before: datetime) -> int:
        """Forget what was brought before and shown by no edition; return how many."""
        with self._store.writing() as connection:
            gone = pictures.c.used_at.is_(None) & (pictures.c.added_at < before)
            return connection.execute(delete(pictures).where(gone)).rowcount


_COLUMNS = ("name", "kind", "width", "height", "content", "who", "added_at", "original")
