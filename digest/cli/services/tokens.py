"""`digest tokens`: which programs may call the API of `digest desk`."""

from __future__ import annotations

from collections.abc import Collection

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.session import Session
from digest.errors import BadData
from digest.model.desk import AuditEntry, Scope

NAME = click.argument("name")
_MOST_NAME = 60


def add_to(group: click.Group) -> None:
    """Add the group of this module."""
    tokens = click.Group(
        "tokens", help="Make, list and take back the tokens of programs that call the API."
    )
    session_command(tokens, "make")(make)
    session_command(tokens, "list")(list_)
    session_command(tokens, "take-back")(take_back)
    group.add_command(tokens)


@NAME
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it may do; may be repeated.",
)
@click.option(
    "--newsletter",
    "newsletters",
    multiple=True,
    metavar="KEY",
    shell_complete=completing.newsletters,
    help="The newsletter it is bound to; may be repeated. Without any it knows all.",
)
def make(session: Session, *, name: str, scopes: tuple[str, ...], newsletters: tuple[str, ...]) -> int:
    """Make a token and print its secret, this once: only a hash of it is kept."""
    name = name.strip()
    if not name or len(name) > _MOST_NAME or not name.isprintable():
        raise BadData("The name", f"it is empty, longer than {_MOST_NAME} characters, or no plain text")
    with session.newsroom() as newsroom:
        given = [Scope(one) for one in scopes]
        _check(newsletters, given, newsroom.settings.newsletters)
        secret = newsroom.database.tokens.make(name, given, now=session.now, newsletters=newsletters)
        told = f"{name}: {', '.join(sorted(set(newsletters)))}" if newsletters else name
        newsroom.database.audit_log.add(AuditEntry(session.now, "operator", "made a token", detail=told))
    bound = sorted(set(newsletters)) or None
    session.answer(
        {"name": name, "scopes": sorted(set(scopes)), "newsletters": bound, "token": secret}, secret
    )
    return Exit.DONE


def _check(newsletters: Collection[str], scopes: Collection[Scope], known: Collection[str]) -> None:
    """Pass where a token can be bound to these newsletters.

    Raises:
        BadData: there is no such one, or the token shall see readers, who are nobody's alone.
    """
    for key in newsletters:
        if key not in known:
            raise BadData(f"Newsletter {key!r}", "there is none of that key", f"Known: {', '.join(known)}.")
    if newsletters and Scope.READERS in scopes:
        problem = "readers are about all newsletters, and this token is bound to some"
        raise BadData("The scope readers", problem, "Make another token for it.")


def list_(session: Session) -> int:
    """List the tokens: what each may do, and when it was last used."""
    with session.newsroom() as newsroom:
        found = newsroom.database.tokens.listed()
    told = [
        {
            "name": one.name,
            "scopes": sorted(one.scopes),
            "newsletters": sorted(one.newsletters) if one.newsletters else None,
            "created_at": one.created_at.isoformat(),
            "used_at": one.used_at.isoformat() if one.used_at else None,
        }
        for one in found
    ]
    lines = [
        f"{one.name}: {', '.join(sorted(one.scopes))}; "
        + (f"bound to {', '.join(sorted(one.newsletters))}; " if one.newsletters else "")
        + (f"last used {one.used_at:%Y-%m-%d %H:%M} UTC" if one.used_at else "never used")
        for one in found
    ]
    session.answer({"tokens": told}, *(lines or ["no tokens"]))
    return Exit.DONE


@NAME
def take_back(session: Session, name: str) -> int:
    """Let a token in no more, from its next call on."""
    with session.newsroom() as newsroom:
        if not newsroom.database.tokens.take_back(name):
            raise BadData(f"Token {name!r}", "there is none of that name")
        newsroom.database.audit_log.add(
            AuditEntry(session.now, "operator", "took a token back", detail=name)
        )
    session.answer({"name": name, "taken_back": True}, f"{name} is let in no more")
    return Exit.DONE
