"""What states, roles and kinds are called where people read them."""

from __future__ import annotations

from digest.words.speaking import lasting, later, say

VERSION = lasting("version %(number)s")

_CALLED = {
    # What ran it.
    "digest run": later("the day’s job"),
    "digest collect": later("a look at the sources"),
    "digest desk": later("the desk"),
    "digest worker": later("a worker"),
    "digest schedule": later("the clock"),
    # Editions.
    "collecting": later("collecting"),
    "draft": later("draft"),
    "approved": later("approved"),
    "dispatching": later("being sent"),
    "closed": later("closed"),
    # Deliveries.
    "planned": later("planned"),
    "sent": later("sent"),
    "failed": later("failed"),
    "skipped": later("skipped"),
    "held": later("held"),
    "uncertain": later("uncertain"),
    # Subscriptions.
    "active": later("active"),
    "pending": later("waiting for the reader’s yes"),
    "paused": later("paused"),
    "ended": later("ended"),
    # Blocked addresses, and why a subscription ended.
    "suppressed": later("blocked"),
    "unsubscribed": later("unsubscribed"),
    "bounced": later("bounced"),
    "complained": later("complained"),
    "manual": later("by hand"),
    "erased": later("erased"),
    # How a run ended.
    "already sent": later("already sent"),
    "waiting for approval": later("waiting for approval"),
    "nothing to send": later("nothing to send"),
    "no source could be read": later("no source could be read"),
    "nobody to send to": later("nobody to send to"),
    "closed with failed or held deliveries": later("closed with failed or held deliveries"),
    "closed, too late for some": later("closed, too late for some"),
    "closed, and it reached hardly anybody or nobody": later(
        "closed, and it reached hardly anybody or nobody"
    ),
    "canceled": later("canceled"),
    "a draft again": later("a draft again"),
    "stopped": later("stopped"),
    "transport away": later("no mail could leave"),
    "no edition on this day": later("no edition on this day"),
    "not yet time": later("not yet time"),
    "unfinished": later("unfinished"),
    # Who works.
    "stuck": later("stuck"),
    "silent": later("silent: it may be gone"),
    "gone": later("gone without a word"),
    # Imports.
    "checking": later("being read"),
    "unclear": later("asks something"),
    "checked": later("waiting for a yes"),
    "importing": later("being imported"),
    "done": later("done"),
    "hard_bounce": later("the mailbox is gone"),
    "complaint": later("complaint"),
    "unsubscribed_all": later("unsubscribed from everything"),
    "form": later("by a form"),
    "double_opt_in": later("confirmed by mail"),
    "preferences": later("on the page of their preferences"),
    "import": later("by an import"),
    "operator": later("by the desk"),
    "sending": later("leaving"),
    # Roles.
    "editor": later("editor"),
    "approver": later("approver"),
    "ops": later("operator"),
    "manager": later("manager"),
    # What is left out.
    "kind": later("kind"),
    "tag": later("tag"),
    "source": later("source"),
    "word": later("word"),
    "url": later("address"),
    "ad": later("advertisements"),
    "live": later("live reports"),
    "weather": later("weather"),
    "horoscope": later("horoscopes"),
    "job": later("job offers"),
    "obituaries": later("obituaries"),
    "audio": later("audio"),
    "video": later("video"),
    "gallery": later("galleries"),
    "newsletter": later("newsletters"),
    "deal": later("shopping tips"),
    "paywall": later("pieces behind a paywall"),
    "quiz": later("quizzes"),
    "listing": later("tables of the day"),
    "notice": later("notices of the newsroom"),
    # Above a story.
    "update": later("update"),
    "correction": later("correction"),
    # What was done to a newsletter.
    "saved": later("saved"),
    "nothing changed": later("nothing changed"),
    "made": later("made"),
    "added": later("added"),
    "resumed": later("it goes on"),
    # Days of the week.
    "mon": later("Mon"),
    "tue": later("Tue"),
    "wed": later("Wed"),
    "thu": later("Thu"),
    "fri": later("Fri"),
    "sat": later("Sat"),
    "sun": later("Sun"),
}

_OFFERED = {
    # Whose yes an edition takes, and when it comes late.
    "auto": later("by itself"),
    "required": later("only after a yes"),
    "send": later("send it at once"),
    "ask": later("only where that is asked for"),
    "skip": later("never"),
    # Whose clock, and whose word.
    "newsletter": later("the newsletter’s"),
    "reader": later("each reader’s own"),
    "clicks": later("the clicks"),
    "operator": later("whoever runs the desk"),
    # Looks.
    "usual": later("usual"),
    "compact": later("compact"),
    "airy": later("airy"),
    "wrapped": later("broken after 72 characters"),
    "flowed": later("joined again by programs that can"),
    "inline": later("below each story"),
    "end": later("at the end, numbered"),
    # Sources.
    "always": later("always"),
    "never": later("never"),
    "feed": later("Feed (RSS or Atom)"),
    "jsonfeed": later("JSON feed"),
    "wordpress": later("WordPress site"),
    "sitemap": later("News sitemap"),
    "push": later("Sent to us by the site’s own system"),
}


def choice(value: object) -> str:
    """Return what one of the values that a setting may have is called in a form."""
    word = str(value)
    return say(_OFFERED[word]) if word in _OFFERED else named(word)


def named(value: object) -> str:
    """Return what a state, a role or a kind is called; what is not known stays as it is written."""
    word = str(value)
    return say(_CALLED[word]) if word in _CALLED else say(word.replace("_", " "))
