"""Where an access token for a box comes from, for servers that take no passwords (Gmail, Microsoft 365).

No token, secret or answer of a token server is ever part of what is told or logged.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx

from digest.errors import DigestError

TIMEOUT_S = 30.0
MAX_TOKEN = 20_000
"""In characters; those of Microsoft have some 2,000."""
_NO_TOKEN = re.compile(r"[\s\x00-\x1f\x7f]")
_ERROR_CODE = re.compile(r"[a-z_]{3,40}")
_ADVICE = {
    "invalid_grant": "the refresh token has ended or was withdrawn; let the box's owner allow it once more",
    "invalid_client": "client_id or client_secret is wrong, or has ended",
    "unauthorized_client": "the application may not ask this way; look at its permissions there",
    "invalid_scope": "it does not know the scope; look at scope",
    "invalid_request": "something is missing; look at client_id, refresh_token and token_url",
    "interaction_required": "the box's owner must log in there once more",
    "access_denied": "the application is not allowed; look at its permissions there",
}
"""What a token server's refusal (RFC 6749, 5.2) means to who runs the newsroom."""


class NoToken(DigestError, OSError):
    """No access token could be had; stays inside the sources, where it becomes a Problem.

    Attributes:
        problem: what went wrong and what to do, one sentence without secrets.
    """

    def __init__(self, problem: str) -> None:
        """Keep the sentence."""
        self.problem = problem
        super().__init__(problem)


class Tokens(Protocol):
    """Gives access tokens."""

    def access_token(self) -> str:
        """Return one that is good now.

        Raises:
            NoToken: there is none to be had.
        """
        ...


@dataclass(frozen=True, slots=True)
class GivenToken:
    """A token that the settings hold, and somebody else keeps fresh."""

    token: str = field(repr=False)

    def access_token(self) -> str:
        """Return it; see `Tokens`."""
        return _usable(self.token, "token")


@dataclass(frozen=True, slots=True)
class TokenFile:
    """A file that another program keeps the token in; it is read anew at every crawl."""

    path: Path

    def access_token(self) -> str:
        """Return what the file holds; see `Tokens`."""
        return _usable(_read(self.path, "token_file"), "token_file")


@dataclass(frozen=True, slots=True)
class TokenCommand:
    """A program that prints the token."""

    words: tuple[str, ...]

    def access_token(self) -> str:
        """Run it, without a shell, and return what it prints; see `Tokens`."""
        name = Path(self.words[0]).name
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own words, from digest.toml alone
                self.words, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired:
            raise NoToken(f"gets no token: {name} does not end within {TIMEOUT_S:g} seconds") from None
        except OSError as error:
            raise NoToken(f"gets no token: {name} can't be run ({error.strerror})") from None
        if done.returncode:
            raise NoToken(f"gets no token: {name} ended with exit code {done.returncode}")
        return _usable(done.stdout.decode("utf-8", "replace"), f"what {name} prints")


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange of a lasting secret for a token, at the provider's token server.

    Attributes:
        client_secret: empty where the application has none.
        refresh_token: empty where the application asks in its own name (client credentials).
        refresh_token_file: holds it in place of `refresh_token`; a new one that is given is kept there.
    """

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: str = ""
    refresh_token: str = field(default="", repr=False)
    refresh_token_file: Path | None = None

    def access_token(self) -> str:
        """Ask for one; see `Tokens`."""
        lasting = self.refresh_token
        if self.refresh_token_file is not None:
            lasting = _usable(_read(self.refresh_token_file, "refresh_token_file"), "refresh_token_file")
        asked = {
            "grant_type": "refresh_token" if lasting else "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": lasting,
            "scope": self.scope,
        }
        answer = self._asked({name: value for name, value in asked.items() if value})
        following = answer.get("refresh_token")
        if self.refresh_token_file is not None and isinstance(following, str) and following != lasting:
            _keep(self.refresh_token_file, following)
        token = answer.get("access_token")
        return _usable(token if isinstance(token, str) else "", "the token server's answer")

    def _asked(self, form: Mapping[str, str]) -> Mapping[str, object]:
        host = httpx.URL(self.token_url).host
        try:
            with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
                answer = client.post(
                    self.token_url, data=dict(form), headers={"Accept": "application/json"}
                )
        except httpx.HTTPError as error:
            raise NoToken(f"gets no token: {host} can't be asked ({type(error).__name__})") from None
        try:
            said = answer.json()
        except ValueError:
            said = None
        said = said if isinstance(said, dict) else {}
        if answer.status_code == httpx.codes.OK and "error" not in said:
            return said
        code = str(said.get("error") or "")
        code = code if _ERROR_CODE.fullmatch(code) else f"status {answer.status_code}"
        raise NoToken(
            f"gets no token from {host} ({code}): {_ADVICE.get(code, 'look at token_url and client_id')}"
        )


def _usable(text: str, where: str) -> str:
    token = text.strip()
    if not token or len(token) > MAX_TOKEN or not token.isascii() or _NO_TOKEN.search(token):
        raise NoToken(f"gets no token: {where} holds none")
    return token


def _read(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MAX_TOKEN + 1).decode("utf-8", "replace")
    except OSError as error:
        raise NoToken(f"gets no token: {name} can't be read ({error.strerror})") from None


def _keep(path: Path, text: str) -> None:
    """Put a refresh token in the place of the one before; a crash leaves one of the two."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{text}\n")
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise NoToken(
            f"was given a new refresh token that refresh_token_file can't take ({error.strerror})"
        ) from None


def words_of(command: Sequence[str]) -> tuple[str, ...]:
    """Return a command's words, its program's `~` expanded."""
    return (os.path.expanduser(command[0]), *command[1:]) if command else ()  # noqa: PTH111 - it leaves what it does not know
