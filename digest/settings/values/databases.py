"""Where our own tables are: a file of SQLite, or a database of PostgreSQL."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import AfterValidator, PlainValidator, SecretStr

from digest.settings.fields import SecretUrl, closest, one_line, resolved

SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def _database_url(value: object) -> SecretUrl:
    text = one_line(value.get_secret_value() if isinstance(value, SecretStr) else value)
    scheme, mark, rest = text.partition("://")
    if not mark or scheme not in {"sqlite", "postgresql", "postgresql+psycopg"}:
        raise ValueError("must start with sqlite:/// or postgresql+psycopg://")
    if scheme == "sqlite":
        return SecretUrl(f"sqlite:///{_file(rest)}")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is no URL: {error}") from None
    if port == 0:
        raise ValueError("is no URL: there is no port 0")
    if not host and "host=" not in text:
        raise ValueError("must name a host, as in postgresql+psycopg://user@host/database")
    _check_options(parts)
    return SecretUrl("postgresql+psycopg://" + rest)


def _file(rest: str) -> str:
    name, query_mark, query = rest.removeprefix("/").partition("?")
    if not rest.startswith("/") or not name:
        raise ValueError("must name a file, as in sqlite:///digest.db")
    if name == ":memory:":
        raise ValueError("must name a file: in memory, a second run would send everything again")
    path = resolved(name)
    if path.is_dir():
        raise ValueError("must name a file, and that is a folder")
    return f"{path}{query_mark}{query}"


def _check_options(parts: SplitResult) -> None:
    """Refuse what the server's library would refuse at each connection, as if the server were away."""
    for name, said in parse_qsl(parts.query, keep_blank_values=True):
        if name == "sslmode" and said not in SSL_MODES:
            near = closest(said, SSL_MODES)
            raise ValueError(f"sslmode can't be '{said[:20]}'{near} (allowed: {', '.join(SSL_MODES)})")
        if name == "connect_timeout" and not said.isdecimal():
            raise ValueError(f"connect_timeout must be a number of seconds, not '{said[:20]}'")


def _server_url(url: SecretUrl) -> SecretUrl:
    if not url.get_secret_value().startswith("postgresql"):
        raise ValueError("must start with postgresql+psycopg://: it is for where `url` is a pgbouncer")
    return url


DatabaseUrl = Annotated[SecretUrl, PlainValidator(_database_url)]
ServerUrl = Annotated[DatabaseUrl, AfterValidator(_server_url)]
