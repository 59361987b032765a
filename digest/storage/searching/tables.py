"""The words of editions and articles, and what finds them: FTS5 on SQLite, text search on PostgreSQL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    DDL,
    Column,
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    column,
    event,
    select,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.types import TypeDecorator

from digest.storage.columns import Instant
from digest.storage.searching.words import Sought, Way
from digest.storage.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

_LEXEME = re.compile(r"'([^']+)':([0-9,]+)")

_MOST_PLACES = 255
"""PostgreSQL keeps no more places of one lexeme; what stands there oftener goes on under another name."""
_MORE = "\ue000"
"""Behind a token in such a name: no letter of any text, so that no beginning typed runs into it."""


class Words(TypeDecorator[tuple[str, ...]]):
    """Tokens in their order: text with spaces between on SQLite, numbered lexemes on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return what the database keeps them as."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects.postgresql import TSVECTOR

        return dialect.type_descriptor(TSVECTOR())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """Return them as the database reads them."""
        if value is None or dialect.name != "postgresql":
            return None if value is None else " ".join(value)
        # Letters, digits and marks alone: nothing in a token needs an escape.
        return " ".join(f"'{token}':{place}" for place, token in enumerate(_numbered(value), 1))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Return them in order again, so that they can be copied to the other kind of database."""
        if value is None or dialect.name != "postgresql":
            return None if value is None else tuple(value.split())
        placed = [
            (int(place), token.partition(_MORE)[0])
            for token, places in _LEXEME.findall(value)
            for place in places.split(",")
        ]
        return tuple(token for _, token in sorted(placed))


edition_words = Table(
    "edition_words",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("article", String(16), nullable=False),
    Column("words", Words, nullable=False),
    Index(None, "edition_id"),
)
"""What an edition says: a row for each story, and one with an empty `article` for its own lines."""

article_words = Table(
    "article_words",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("article.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    Column("words", Words, nullable=False),
    Index(None, "at"),
)
"""What an article says; `at` is when it was published, or first seen where nobody knows."""


def finder(words: Table) -> str:
    """Return the name of SQLite's index of a table of words."""
    return words.name.replace("_words", "_search")


def sqlite_index(name: str) -> tuple[str, ...]:
    """Return the statements that make SQLite's index of a table of words and keep it in step.

    Tokens are ours: every sign beyond ASCII counts as a letter, and nothing is folded again.
    """
    words, find = f"{name}_words", f"{name}_search"
    # Names of our own tables; Ruff sees SQL with holes.
    gone = f"INSERT INTO {find} ({find}, rowid, words) VALUES ('delete', old.id, old.words)"  # noqa: S608
    new = f"INSERT INTO {find} (rowid, words) VALUES (new.id, new.words)"  # noqa: S608
    return (
        f"CREATE VIRTUAL TABLE {find} USING fts5("
        f"words, content='{words}', content_rowid='id', tokenize='ascii')",
        f"CREATE TRIGGER {words}_added AFTER INSERT ON {words} BEGIN {new}; END",
        f"CREATE TRIGGER {words}_gone AFTER DELETE ON {words} BEGIN {gone}; END",
        f"CREATE TRIGGER {words}_changed AFTER UPDATE ON {words} BEGIN {gone}; {new}; END",
    )


def postgresql_index(name: str) -> str:
    """Return the statement that makes PostgreSQL's."""
    return f"CREATE INDEX ix_{name}_words_words ON {name}_words USING gin (words)"


for _table, _name in ((edition_words, "edition"), (article_words, "article")):
    for _dialect, _statements in (
        ("sqlite", sqlite_index(_name)),
        ("postgresql", (postgresql_index(_name),)),
    ):
        for _statement in _statements:
            _ddl = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it out
            event.listen(_table, "after_create", _ddl.execute_if(dialect=_dialect))


def saying(words: Table, what: Sought, *, is_postgresql: bool) -> ColumnElement[bool]:
    """Return the condition that a row of words says all that is sought."""
    if is_postgresql:
        query = " & ".join(f"({' | '.join(map(_neighbors, ways))})" for ways in what.phrases)
        return words.c.words.op("@@")(sql("CAST(:sought AS tsquery)").bindparams(sought=query))
    query = " AND ".join(f"({' OR '.join(map(_quoted, ways))})" for ways in what.phrases)
    find = finder(words)
    found = sql(f"SELECT rowid FROM {find} WHERE {find} MATCH :sought")  # noqa: S608 - our own name
    numbers = found.bindparams(sought=query).columns(column("rowid", Integer)).subquery()
    return words.c.id.in_(select(numbers.c.rowid))


def _neighbors(way: Way) -> str:
    *whole, last = way.tokens
    if not whole:
        return f"'{last}':*" if way.may_go_on else f"'{last}'"
    ending = f"'{last}':*" if way.may_go_on else _anywhere(last)
    return f"({' <-> '.join([*map(_anywhere, whole), ending])})"


def _anywhere(token: str) -> str:
    """Return a token in all of its places, under whichever name PostgreSQL has them."""
    return f"('{token}' | '{token}{_MORE}':*)"


def _numbered(tokens: Sequence[str]) -> Iterator[str]:
    """Yield tokens, those that stand there too often for one lexeme under further names."""
    if len(tokens) <= _MOST_PLACES:
        yield from tokens
        return
    seen: Counter[str] = Counter()
    for token in tokens:
        turn = seen[token] // _MOST_PLACES
        seen[token] += 1
        yield f"{token}{_MORE}{turn}" if turn else token


def _quoted(way: Way) -> str:
    tokens = " + ".join(f'"{token}"' for token in way.tokens)
    return f"{tokens} *" if way.may_go_on else tokens
