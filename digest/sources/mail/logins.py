"""Logging in to an IMAP server, by password or by OAuth; what is wrong is told without either."""

from __future__ import annotations

import contextlib
import re
import ssl
from typing import TYPE_CHECKING, Final

from digest.errors import DigestError
from digest.sources.mail.tokens import NoToken, Tokens

if TYPE_CHECKING:
    from imapclient import IMAPClient

TIMEOUT_S: Final = 30.0

_REFUSALS = {
    "UNAVAILABLE": "can't check logins just now; the next crawl tries again",
    "INUSE": "has the mailbox in use elsewhere; the next crawl tries again",
    "LIMIT": "has too many connections of this user; close some, or wait",
    "EXPIRED": "does not take the login: the password is too old; set a new one",
    "PRIVACYREQUIRED": "takes no login on this connection; set tls",
    "CONTACTADMIN": "does not take the login and wants its administrator to be asked",
}
"""What a code of RFC 5530 means to who runs the newsroom."""


class BoxFailed(DigestError, OSError):
    """A box could not be opened or read on; stays inside the sources, where it becomes a Problem.

    Attributes:
        problem: what went wrong and what to do, one sentence without names of people and passwords.
    """

    def __init__(self, where: str, problem: str) -> None:
        """Name the box and the problem."""
        self.where, self.problem = where, problem
        super().__init__(f"{where}: {problem}")


def connected(where: str, host: str, port: int, context: ssl.SSLContext, *, is_tls: bool) -> IMAPClient:
    """Return an encrypted connection to a server.

    Args:
        where: what the box is called in problems.
        is_tls: TLS from the start, else STARTTLS.

    Raises:
        BoxFailed: there is none.
    """
    from imapclient import IMAPClient, SocketTimeout
    from imapclient.exceptions import IMAPClientError

    try:
        client = IMAPClient(
            host,
            port,
            ssl=is_tls,
            ssl_context=context if is_tls else None,
            timeout=SocketTimeout(connect=TIMEOUT_S, read=TIMEOUT_S),
        )
        if not is_tls:
            client.starttls(context)
    except ssl.SSLError as error:
        raise BoxFailed(where, f"offers no TLS that can be trusted ({reason(error)})") from error
    except (OSError, IMAPClientError, UnicodeError) as error:
        raise BoxFailed(where, f"can't be reached ({reason(error)}); check host and port") from error
    return client


def log_in(where: str, client: IMAPClient, username: str, password: str) -> None:
    """Log in by password.

    Raises:
        BoxFailed: the server does not take it.
    """
    from imapclient.exceptions import IMAPClientError, LoginError

    try:
        if (username + password).isascii():
            client.login(username, password)
        else:
            client.plain_login(username, password)
    except (LoginError, IMAPClientError, OSError, UnicodeError) as error:
        leave(client)
        # the server's text may repeat the login
        raise BoxFailed(
            where, _refused(str(error) if isinstance(error, LoginError) else "", _WRONG)
        ) from None


def log_in_by_token(where: str, client: IMAPClient, username: str, tokens: Tokens) -> None:
    """Log in by OAuth: XOAUTH2, which Gmail and Microsoft 365 know, or OAUTHBEARER (RFC 7628).

    Raises:
        BoxFailed: no token is to be had, or the server does not take it.
    """
    from imapclient.exceptions import IMAPClientError, LoginError

    problem = ""
    try:
        offered = {bytes(one).upper() for one in client.capabilities()}
        if b"AUTH=XOAUTH2" in offered:
            client.oauth2_login(username, tokens.access_token())
        elif b"AUTH=OAUTHBEARER" in offered:
            client.oauthbearer_login(username, tokens.access_token())
        else:
            problem = "offers no login by OAuth; give a password"
    except NoToken as error:
        problem = error.problem
    except (LoginError, IMAPClientError, OSError, UnicodeError, ValueError) as error:
        problem = _refused(str(error) if isinstance(error, LoginError) else "", _REFUSED)
    if problem:
        leave(client)
        raise BoxFailed(where, problem)


def leave(client: IMAPClient) -> None:
    """Log out; what a server does then is its own affair."""
    from imapclient.exceptions import IMAPClientError

    try:
        client.logout()
    except (IMAPClientError, OSError):
        with contextlib.suppress(OSError):
            client.shutdown()


def reason(error: Exception) -> str:
    """Return what is wrong without what a server said, which may repeat a login."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return getattr(error, "strerror", None) or type(error).__name__


_WRONG = (
    "does not take the login; check username and password (many providers want an app password or oauth)"
)
_REFUSED = (
    "does not take the token: it may have ended, be of another user, or not be meant for IMAP; "
    "check username, scope, and that IMAP is on for the box"
)


def _refused(said: str, otherwise: str) -> str:
    """Return what a server's refusal means by its code (RFC 5530)."""
    code = re.search(r"\[([A-Z]{1,30})\]", said)
    return (_REFUSALS.get(code[1], "") if code else "") or otherwise
