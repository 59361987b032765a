"""`digest desk`: the web desk, and the people who work at it. The web itself is loaded when it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.session import Session
from digest.errors import BadData, MissingExtra
from digest.model.desk import Role, User
from digest.settings.loading import Loaded
from digest.settings.values.hosts import Network, network_of
from digest.upkeep import heartbeats
from digest.upkeep.alarms.bell import bell_of

if TYPE_CHECKING:
    from digest.web.serving.state import Access

_NEEDED = ("starlette", "uvicorn", "argon2", "cryptography")
_OPERATOR = User("operator", frozenset(Role))
_MOST_NAME = 80


def add_to(group: click.Group) -> None:
    """Add the group of this module; without a command of its own it opens the desk."""
    drafts = click.Group()
    session_command(drafts, "desk", answers=False)(desk)
    session_command(drafts, "add-user")(add_user)
    opens = drafts.commands["desk"]

    def unless_more_follows(**given: object) -> object:
        context = click.get_current_context()
        return None if context.invoked_subcommand else context.invoke(opens, **given)

    whole = click.Group(
        "desk",
        callback=unless_more_follows,
        params=opens.params,
        help=opens.help,
        invoke_without_command=True,
    )
    whole.add_command(drafts.commands["add-user"])
    group.add_command(whole)


@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8420, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@click.option(
    "--send/--no-send", default=True, help="Send what is approved from here, or leave it to cron."
)
@click.option(
    "--link/--no-link",
    "with_link",
    default=None,
    help="Print a link that lets its operator in, once; on a terminal it is printed anyway.",
)
def desk(session: Session, *, host: str, port: int, send: bool, with_link: bool | None) -> int:
    """Open the web desk; on a terminal, or by --link, print a one-time link that lets its operator in."""
    _require_extra()
    from digest.web.app import build
    from digest.web.serving.listening import bound, serve
    from digest.web.serving.state import LINK_LASTS, Desk

    loaded = session.load()
    sockets = bound(host, port)
    port = sockets[0].getsockname()[1]
    url = (loaded.settings.desk.url or f"http://{_shown(host)}:{port}").rstrip("/")
    with ExitStack() as stack:
        for each in sockets:
            stack.enter_context(closing(each))
        newsroom = stack.enter_context(session.newsroom(loaded))
        stack.enter_context(heartbeats.at_work(newsroom, "desk", clock=session.clock))
        opened = Desk(loaded, newsroom, access_of(loaded, url), clock=session.clock, sends=send)
        app = build(opened)
        # A link in a journal, or in a container's log, would let in whoever reads it.
        is_shown = sys.stdout.isatty() if with_link is None else with_link

        def tell() -> None:
            opened.note("operator", "opened the desk", detail=url)
            click.echo(f"The desk is open at {url}/desk; Ctrl-C closes it.")
            if is_shown:
                secret = opened.logins.make_link(_OPERATOR, lasts=LINK_LASTS, now=session.now)
                click.echo(f"A link that works once, for 15 minutes: {url}/desk/enter/{secret}")
            sys.stdout.flush()

        serve(app, sockets, tell)
    return Exit.DONE


def access_of(loaded: Loaded, url: str) -> Access:
    """Return who is let in, and by which ways.

    Args:
        url: where browsers find the desk.
    """
    from digest.web.serving.peers import Forwarding, Header
    from digest.web.serving.state import Access

    given = loaded.settings.desk
    return Access(
        url=url,
        proxies=_networks(given.trusted_proxies),
        user_header=given.user_header.lower(),
        forwarding=Forwarding(_networks(given.forwarding_proxies), Header(given.forwarded_header)),
        signatures=given.approvers,
        bell=replace(bell_of(loaded.settings), url=url),
        zone=given.timezone,
    )


@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="What they may do besides looking; may be repeated. None takes all roles away.",
)
@click.option("--remove", is_flag=True, help="Let them in no more.")
@click.password_option("--password", default="", show_default=False, help="Asked for where not given.")
def add_user(session: Session, name: str, *, roles: tuple[str, ...], remove: bool, password: str) -> int:
    """Add a user of the desk, or change one's roles and password."""
    _require_extra()
    from digest.web.serving.accounts.passwords import MIN_LENGTH, hashed

    if not name.strip() or len(name) > _MOST_NAME:
        raise BadData("The name", "it is empty or longer than 80 characters")
    user = User(name.strip(), frozenset(Role(role) for role in roles))
    with session.newsroom() as newsroom:
        logins = newsroom.database.logins
        if remove:
            if not logins.deactivate(user.name):
                raise BadData(f"User {name!r}", "there is no such user")
            session.answer({"user": user.name, "removed": True}, f"{user.name} is let in no more")
            return Exit.DONE
        if len(password) < MIN_LENGTH:
            raise BadData("The password", f"it has fewer than {MIN_LENGTH} characters")
        is_new = logins.keep_user(user, hashed(password), now=session.now)
    told = ", ".join(sorted(user.roles)) or "may look"
    session.answer(
        {"user": user.name, "roles": sorted(user.roles), "new": is_new},
        f"{user.name}: {'added' if is_new else 'changed'}, {told}",
    )
    return Exit.DONE


def _require_extra() -> None:
    if any(find_spec(name) is None for name in _NEEDED):
        raise MissingExtra("The desk", "desk")


def _shown(host: str) -> str:
    return {"0.0.0.0": "localhost", "::": "localhost"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - only shown


def _networks(names: Sequence[str]) -> tuple[Network, ...]:
    return tuple(found for found in map(network_of, names) if found is not None)
