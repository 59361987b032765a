"""Lines of the log: what was done, where no page of ours says it, and the particulars."""

from __future__ import annotations

from digest.words.speaking import instead, lasting, later

ACTIONS = (
    later("has the failed ones sent anew"),
    later("has the held ones sent anew"),
    later("opened the desk"),
    later("made a token"),
    later("took a token back"),
    later("changed a reader"),
    later("unsubscribed a reader"),
    later("blocked an address"),
    later("canceled"),
    later("started"),
    later("approved"),
    later("pushed an article"),
    later("pushed articles"),
    later("withdrew an article"),
    instead("suppressed an address", "blocked an address"),
    instead("alert: %(kind)s", "warned"),
)
"""Deeds of programs, commands and the clock."""

DETAILS = (
    later("by password"),
    later("by password and code"),
    later("by one-time link"),
    later("by the second factor"),
    later("by a change"),
    instead("by the proxy's word", "by the office’s own log-in"),
    instead("by OIDC", "by the office’s own log-in"),
    instead("by OIDC: %(why)s", "by the office’s own log-in: %(why)s"),
    lasting("from %(address)s"),
    lasting("invited by %(who)s"),
    lasting("reader %(id)s, list %(list)s"),
    lasting("reader %(id)s"),
    lasting("told by %(edition)s: %(subject)s"),
    lasting("%(count)s deliveries: %(reason)s"),
    lasting("%(count)s deliveries"),
)
"""Particulars, with places and without."""
