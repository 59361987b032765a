"""`digest subscribers` for one person at a time: show, add, unsubscribe, suppress, erase."""

from __future__ import annotations

import json

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.session import Session
from digest.wiring import privacy
from subscribers import lists, people, preferences, suppression
from subscribers.model import Evidence, SuppressionKind

ADDRESS = click.argument("address")
BY_OPERATOR = (SuppressionKind.MANUAL, SuppressionKind.HARD_BOUNCE, SuppressionKind.COMPLAINT)


def add_to(group: click.Group) -> None:
    """Add the commands of this module to `digest subscribers`."""
    session_command(group, "show")(show)
    session_command(group, "add")(add)
    session_command(group, "unsubscribe")(unsubscribe)
    session_command(group, "suppress")(suppress)
    session_command(group, "erase")(erase)


@ADDRESS
def show(session: Session, address: str) -> int:
    """Show all that is stored of an address: subscriptions, consents, suppressions, deliveries, reports."""
    with session.newsroom() as newsroom:
        told = privacy.everything(newsroom.database, newsroom.people, address)
    session.answer(told, json.dumps(told, ensure_ascii=False, indent=2))
    return Exit.DONE


@ADDRESS
@click.option(
    "--list",
    "mailing_list",
    required=True,
    metavar="NAME",
    shell_complete=completing.lists,
    help="The list; made if it is new.",
)
@click.option("--name", default="", help="The person's name, for the greeting.")
@click.option("--language", default="", metavar="CODE", help="As in en or pt-br.")
@click.option("--consent", required=True, help="How they consented, in words; kept as evidence.")
def add(
    session: Session, *, address: str, mailing_list: str, name: str, language: str, consent: str
) -> int:
    """Put one person on a list, with the evidence of their consent; who said no stays out."""
    now = session.now
    with session.newsroom() as newsroom:
        lists.ensure(newsroom.people, mailing_list, now=now)
        made = people.add(
            newsroom.people,
            address,
            mailing_list,
            Evidence(words=consent),
            now=now,
            name=name,
            language=language,
        )
    session.answer(
        {"subscriber": made.subscriber, "list": mailing_list, "state": str(made.state)},
        f"{mailing_list}: {made.state}",
    )
    return Exit.DONE


@ADDRESS
@click.option(
    "--list",
    "mailing_list",
    metavar="NAME",
    shell_complete=completing.lists,
    help="Only from this list; else from all.",
)
def unsubscribe(session: Session, address: str, mailing_list: str | None) -> int:
    """End one subscription, or all of them, as the reader asked."""
    with session.newsroom() as newsroom:
        person = people.show(newsroom.people, address).subscriber
        was_on = False
        if person is not None and mailing_list:
            was_on = preferences.unsubscribe(newsroom.people, person.id, mailing_list, now=session.now)
        elif person is not None:
            was_on = preferences.unsubscribe_all(newsroom.people, person.id, now=session.now)
    where = mailing_list or "all lists"
    done = f"unsubscribed from {where}" if was_on else f"was not on {where}; nothing changed"
    session.answer({"list": mailing_list, "changed": was_on}, done)
    return Exit.DONE


@ADDRESS
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in BY_OPERATOR]),
    default=SuppressionKind.MANUAL.value,
    show_default=True,
    help="Why nothing more is sent there.",
)
@click.option("--reason", default="", help="In words; kept with it.")
@click.option("--lift", is_flag=True, help="Take this suppression away instead; never a reader's own no.")
def suppress(session: Session, *, address: str, kind: str, reason: str, lift: bool) -> int:
    """Send nothing more to an address, whatever lists it is on or comes to."""
    with session.newsroom() as newsroom:
        if lift:
            changed = suppression.lift(newsroom.people, address, SuppressionKind(kind))
            done = "lifted" if changed else "was not suppressed for that; nothing changed"
        else:
            changed = suppression.suppress(
                newsroom.people, address, SuppressionKind(kind), now=session.now, reason=reason
            )
            done = "suppressed" if changed else "was suppressed already"
    session.answer({"kind": kind, "changed": changed}, done)
    return Exit.DONE


@ADDRESS
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(session: Session, address: str, *, yes: bool) -> int:
    """Delete a person and all that is stored of them; a hash keeps imports from bringing them back."""
    if not yes:
        click.confirm("Erase this person for good?", abort=True, err=True)
    with session.newsroom() as newsroom:
        was_stored = privacy.erase(newsroom.database, newsroom.people, address, now=session.now)
    session.answer(
        {"was_stored": was_stored}, "erased" if was_stored else "was not stored; stays out from now on"
    )
    return Exit.DONE
