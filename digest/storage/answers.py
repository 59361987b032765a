"""What language models answered, in one table: a question's digest, for the edition that asked first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Integer, String, Table, Text, func, insert, select, update

from digest.model import EditionKey, ModelAnswer, Tokens
from digest.storage.columns import Instant
from digest.storage.engine import Store
from digest.storage.tables import metadata

answers = Table(
    "model_answer",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("edition", Text, primary_key=True, index=True),
    Column("content", Text, nullable=False),
    Column("refusal", Text, nullable=False),
    Column("tokens_read", Integer, nullable=False),
    Column("tokens_written", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
"""One row for each question of each edition; content is empty where no answer came."""


class SqlAnswers:
    """Answers by the digest of their question, and what they took by edition."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def find(self, digest: str) -> ModelAnswer | None:
        """Return the newest answer to the question; None where none came yet."""
        query = (
            select(answers)
            .where(answers.c.digest == digest, answers.c.content != "")
            .order_by(answers.c.at.desc(), answers.c.edition)
            .limit(1)
        )
        with self._store.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return ModelAnswer(row.content, row.refusal, Tokens(row.tokens_read, row.tokens_written))

    def keep(self, digest: str, edition: EditionKey, answer: ModelAnswer, *, now: datetime) -> None:
        """Keep an answer, or the lack of one; the tokens add to what the question took before."""
        which = (answers.c.digest == digest, answers.c.edition == str(edition))
        said = {"content": answer.content, "refusal": answer.refusal, "at": now}
        with self._store.writing() as connection:
            known = connection.execute(
                update(answers)
                .where(*which)
                .values(
                    tokens_read=answers.c.tokens_read + answer.tokens.read,
                    tokens_written=answers.c.tokens_written + answer.tokens.written,
                    **said,
                )
            )
            if known.rowcount == 0:
                connection.execute(
                    insert(answers).values(
                        digest=digest,
                        edition=str(edition),
                        tokens_read=answer.tokens.read,
                        tokens_written=answer.tokens.written,
                        **said,
                    )
                )

    def spent(self, edition: EditionKey) -> Tokens:
        """Return what all the edition's questions took together."""
        query = select(
            func.coalesce(func.sum(answers.c.tokens_read), 0),
            func.coalesce(func.sum(answers.c.tokens_written), 0),
        ).where(answers.c.edition == str(edition))
        with self._store.reading() as connection:
            read, written = connection.execute(query).one()
        return Tokens(int(read), int(written))
