"""Mail to people of the desk, by the way by which alarms are mailed."""

from __future__ import annotations

from digest.storage.desk.team import INVITATION_LASTS
from digest.upkeep.alarms import letters
from digest.upkeep.alarms.messages import Letter
from digest.web.serving.limits import refused
from digest.web.serving.request import Ask
from digest.words.speaking import say, spoken
from subscribers.address import EmailAddress, normalize


def typed(text: str) -> EmailAddress | None:
    """Return the address that was typed; None where none was.

    Raises:
        InvalidAddress: it is none.
    """
    return normalize(text[:400]) if text.strip() else None


def can_mail(ask: Ask) -> bool:
    """Tell whether letters leave this desk."""
    return letters.way_of(ask.desk.access.bell) is not None


def invited(ask: Ask, name: str, address: EmailAddress, link: str) -> str:
    """Mail an invitation; return why it did not go out, or nothing.

    Raises:
        HTTPException: too many were mailed.
    """
    if not can_mail(ask):
        return say("no mail leaves this desk")
    limit, who = ask.desk.limits.letters, ask.user.name
    if not limit.take(who, now=ask.now):
        raise refused(say("Too many letters."), limit.wait(who, now=ask.now))
    site, until = ask.desk.newsroom.site.name, spoken().moment(ask.now + INVITATION_LASTS, ask.desk.zone)
    text = (
        say("%(who)s asks you to the desk of %(site)s, as %(name)s.", who=who, site=site, name=name),
        say("This link lets you in once, until %(at)s. You choose a password there:", at=until),
        link,
        say("Whoever has the link can use it: do not pass it on."),
    )
    letter = Letter(
        letters.name_of("invitation", link),
        say("You are asked to the desk of %(site)s", site=site),
        "\n\n".join(text) + "\n",
        ask.now,
        page=link,
        invites=say("Come in"),
    )
    return letters.send(ask.desk.access.bell, letter, (address,)).get(address, "")
