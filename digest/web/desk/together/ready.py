"""A draft that waits for an approval: an editor says so, and those who may approve it are told by mail."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from digest.day import waiting
from digest.model import Edition, EditionState
from digest.model.desk import Ready, Role
from digest.selection.window import send_time
from digest.upkeep.alarms import letters
from digest.upkeep.alarms.messages import Letter
from digest.web.desk import approving
from digest.web.desk.views import address
from digest.web.serving.limits import refused
from digest.web.serving.request import Ask
from digest.words.speaking import say, spoken
from subscribers.address import EmailAddress, normalize
from subscribers.errors import InvalidAddress


@dataclass(frozen=True, slots=True)
class Reach:
    """Who may approve an edition, and where mail reaches them.

    Attributes:
        nowhere: the names of those of whom no address is known.
    """

    by_name: dict[str, EmailAddress]
    nowhere: tuple[str, ...]


def ready(ask: Ask) -> Response:
    """Say that the draft waits for an approval."""
    ask.require(Role.EDITOR)
    edition = ask.desk.edition(ask.key)
    if edition.state is not EditionState.DRAFT:
        return approving.approval(ask, 409, say("Only a draft waits for an approval."))
    latest = waiting.latest_approval(ask.desk.parts(edition.key.newsletter), edition)
    if latest is not None and ask.now >= latest:
        return approving.approval(ask, 409, say("The deadline has passed. Nothing goes out any more."))
    limit, who = ask.desk.limits.letters, ask.user.name
    if not limit.take(who, now=ask.now):
        raise refused(say("Too many letters."), limit.wait(who, now=ask.now))
    said = Ready(who, ask.now, edition.revision)
    if not ask.desk.newsroom.database.talks.keep_ready(edition.key, said):
        return approving.approval(ask, told=say("That was said already, and nothing changed since."))
    ask.desk.note(who, "said it is ready for approval", edition)
    return approving.approval(ask, told=_told(ask, edition))


def reach_of(ask: Ask, edition: Edition) -> Reach:
    """Return whom to tell: everybody else who may approve this newsletter."""
    team = ask.desk.newsroom.database.team
    names = [
        one.name
        for one in ask.desk.logins.users()
        if one.may(Role.APPROVER) and one.may_see(edition.key.newsletter) and one.name != ask.user.name
    ]
    found = {name: known for name in names if (known := _known(team.address(name)))}
    return Reach(found, tuple(name for name in names if name not in found))


def _known(text: str) -> EmailAddress | None:
    try:
        return normalize(text) if text else None
    except InvalidAddress:
        return None


def _told(ask: Ask, edition: Edition) -> str:
    """Tell those who may approve, and return who was told and who was not."""
    reach = reach_of(ask, edition)
    if not reach.by_name and not reach.nowhere:
        return say("It is marked as ready. Nobody else may approve it.")
    if letters.way_of(ask.desk.access.bell) is None:
        names = ", ".join((*reach.by_name, *reach.nowhere))
        return say("It is marked as ready. No mail leaves this desk: tell %(names)s yourself.", names=names)
    failed = letters.send(ask.desk.access.bell, _letter(ask, edition), tuple(reach.by_name.values()))
    told = [name for name, one in reach.by_name.items() if one not in failed]
    lost = [name for name, one in reach.by_name.items() if one in failed]
    return " ".join(
        filter(
            None,
            (
                say("It is marked as ready."),
                say("Told by mail: %(names)s.", names=", ".join(told)) if told else "",
                _lost(lost, next(iter(failed.values()))) if lost else "",
                say("No address is known of %(names)s.", names=", ".join(reach.nowhere))
                if reach.nowhere
                else "",
            ),
        )
    )


def _lost(names: list[str], why: str) -> str:
    return say("Not told, %(why)s: %(names)s.", why=why.rstrip("."), names=", ".join(names))


def _letter(ask: Ask, edition: Edition) -> Letter:
    newsletter = ask.desk.newsletters[edition.key.newsletter]
    zone = newsletter.schedule.zone
    title = f"{newsletter.title}, {edition.key.day}"
    latest = waiting.latest_approval(ask.desk.parts(newsletter.key), edition)
    leaves = spoken().moment(send_time(newsletter.schedule, edition.key.day), zone)
    page = f"{ask.desk.access.url}{address(edition)}/approve"
    times = [say("It goes out: %(at)s.", at=leaves)]
    if latest:
        times.append(say("Deadline: %(at)s.", at=spoken().moment(latest, zone)))
    text = (
        say("%(who)s says that it is ready for approval: %(title)s.", who=ask.user.name, title=title),
        edition.subject,
        " ".join(times),
        page,
    )
    return Letter(
        letters.name_of("ready", str(edition.key), str(edition.revision), ask.now.isoformat()),
        say("Ready for approval: %(title)s", title=title),
        "\n\n".join(text) + "\n",
        ask.now,
        newsletter=newsletter.key,
        page=page,
        invites=say("Look at it"),
    )
