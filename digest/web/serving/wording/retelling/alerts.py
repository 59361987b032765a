"""Alerts, as the page of runs tells them: what is wrong, and what can be done about it at the desk."""

from __future__ import annotations

from digest.model.upkeep import Alert, AlertKind
from digest.words.speaking import instead, lasting, later, retold, say

SAID = (
    lasting("%(edition)s does not go out: %(why)s"),
    lasting("%(edition)s waits for a word: %(why)s"),
    lasting("%(edition)s was not approved before its deadline. Nothing was sent, and nothing will be."),
    lasting("%(edition)s waits for an approval, and from %(at)s on nothing of it can be sent."),
    lasting("%(edition)s was too late for %(late)s of %(all)s readers: they were skipped."),
    lasting("%(failed)s of %(all)s deliveries of %(edition)s failed."),
    lasting("%(held)s of %(all)s deliveries of %(edition)s are held: nobody knows whether they left."),
    lasting("%(edition)s has no edition, and its time is over: %(why)s"),
    lasting("the last run ended with “%(ending)s”: %(note)s"),
    lasting("No mail of %(newsletter)s can leave: %(why)s"),
    lasting("The last run of %(newsletter)s broke off: %(why)s"),
    lasting("No run of %(newsletter)s since its sending time, %(due)s; the last one was at %(at)s."),
    lasting("The bounce box was last read %(at)s, and mail was sent since."),
    instead(
        "Every post of %(provider)s since %(since)s was refused, the last at %(last)s: %(why)s Bounces and "
        "complaints are not heard.",
        "All that %(provider)s reported since %(since)s was refused: bounces and complaints are not heard.",
    ),
    lasting("The certificate of %(host)s is no good: %(why)s"),
    lasting("The certificate of %(host)s ends %(at)s."),
    lasting("The disk of %(path)s on %(host)s is %(share)s %% full: %(left)s MiB are left."),
    lasting(
        "The disk of %(path)s on %(host)s has as many files as it can hold: %(share)s %%, "
        "%(left)s more fit."
    ),
    lasting("The DNS record %(record)s is gone; without it inboxes take our mail for forged."),
    instead(
        "The source %(source)s of %(newsletter)s was not read in %(count)s crawls in a row: %(why)s",
        "The source %(source)s of %(newsletter)s could not be read %(count)s times in a row: %(why)s",
    ),
    instead(
        "The source %(source)s of %(newsletter)s was not read in %(count)s crawls in a row.",
        "The source %(source)s of %(newsletter)s could not be read %(count)s times in a row.",
    ),
    instead(
        "The %(what)s, begun %(at)s, is %(presence)s: it was last heard of at %(heard)s and last got on at "
        "%(moved)s, at the step %(step)s.",
        "What works as “%(what)s” since %(at)s is %(presence)s: it was last heard of at %(heard)s.",
    ),
    instead(
        "The %(what)s, begun %(at)s, is %(presence)s: it was last heard of at %(heard)s and last got on at "
        "%(moved)s.",
        "What works as “%(what)s” since %(at)s is %(presence)s: it was last heard of at %(heard)s.",
    ),
    lasting("%(edition)s is stopped: %(why)s"),
    instead(
        "%(edition)s is closed, and it reached hardly anybody or nobody: %(why)s",
        "%(edition)s reached hardly anybody or nobody: %(why)s",
    ),
)
"""What is wrong, with places."""

PLAIN = (
    later("no run made one"),
    later("The bounce box was never read, and mail was sent since."),
    later("silent"),
)

_OPERATOR = later("Tell whoever runs the desk.")

REMEDIES = {
    AlertKind.UNAPPROVED: later("Approve it before then."),
    AlertKind.NOTHING_SENT: later("See Runs for the reason, so that the next edition goes out in time."),
    AlertKind.REACHED_NOBODY: later("The results say why. Mend that before the next edition is due."),
    AlertKind.NO_READERS: later("Choose another list for the newsletter, or import readers."),
    AlertKind.SKIPPED: later("The results name them, with the reasons."),
    AlertKind.FAILED: later("The results name them, with the reasons and the way back."),
    AlertKind.HELD: later("The results name them, with the reasons and the way back."),
    AlertKind.STOPPED: later("Find out why; under Runs it can go on, or be canceled."),
    AlertKind.TRANSPORT_AWAY: later(
        "Nothing is lost: it goes on by itself once mail can leave. Tell whoever runs the desk."
    ),
    AlertKind.RUN_FAILED: later(
        "Nothing is sent twice: it is tried again. If it stays so, tell whoever runs the desk."
    ),
    AlertKind.SOURCE_DEAD: later(
        "Open its address in a browser; if it moved, give the source its new address under Newsletters."
    ),
    AlertKind.DISK_FULL: later("A full disk stops every edition. Tell whoever runs the desk."),
    AlertKind.CERTIFICATE: later(
        "Without it readers can’t open our pages, nor unsubscribe. Tell whoever runs the desk."
    ),
    AlertKind.TEST: later("There is nothing to do."),
}
"""What to do about each kind; of all others whoever runs the desk is told."""


def remedy(alert: Alert) -> str:
    """Return what somebody at the desk can do about it."""
    return say(REMEDIES.get(alert.trouble.kind, _OPERATOR))


def said(alert: Alert) -> str:
    """Return what is wrong, in the language that is spoken now."""
    return retold(alert.trouble.said)
