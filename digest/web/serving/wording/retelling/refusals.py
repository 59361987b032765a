"""Errors that reach a page: why something was refused, and why no mail can leave."""

from __future__ import annotations

from digest.words.speaking import instead, lasting, later

_REPEAT = instead("Load it again and repeat the change", "Load the page again and repeat the change")

MOVING = (
    later("only the day's own edition has a time to move"),
    later("it is on its way already, and its time stays"),
    later("nothing of it goes out any more: its last moment has passed"),
    lasting("its day ends at %(at)s, and nothing goes out before"),
    lasting("%(at)s has passed already"),
    lasting("from %(at)s on the next edition is due"),
    later("Choose another time"),
)
"""Why an edition may not go out at another time."""

EDITIONS = (
    lasting("its deadline, %(at)s, has passed"),
    lasting("its time, %(at)s, has passed"),
    later("Nothing goes out any more"),
    later("Nobody gets this edition any more"),
    instead("`--late` sends it all the same", "It can be sent all the same: say so when you approve it"),
    instead("it is draft, only a draft can be changed", "only a draft can be changed"),
    instead(
        "it is %(state)s, only a draft can be changed", "only a draft can be changed, and it is %(state)s"
    ),
    instead("it is %(state)s, no longer a draft", "only a draft can be changed, and it is %(state)s"),
    instead("it is already %(state)s, its approval stands", "its approval stands: it is %(state)s already"),
    instead("it is %(state)s, not approved: it can't be sent", "it is not approved"),
    instead(
        "booking %(number)s: somebody else has changed it meanwhile",
        "somebody else has changed it meanwhile",
    ),
    instead("revision %(found)s is stored, not %(wanted)s", "somebody else has changed it meanwhile"),
    instead("another process has just drafted it", "it was drafted this very moment"),
    instead(
        "it is already approved, with other contents", "it was approved meanwhile, with other contents"
    ),
    instead(
        "its rendering is not the one that was approved", "the mail is no longer the one that was approved"
    ),
    instead(
        "other contents were approved than the ones to be sent",
        "the mail is no longer the one that was approved",
    ),
    instead(
        "another edition with stories of this one was frozen meanwhile",
        "another edition with stories of this one began to leave meanwhile",
    ),
    instead("it was frozen this very moment", "it began to leave this very moment"),
    instead("it holds no article %(article)s", "the story is not in it any more"),
    instead("it already holds article %(article)s", "the story is in it already"),
    instead("it holds no block %(block)s", "the block is not in it any more"),
    instead("it has no section %(section)s", "it has no such section any more"),
    instead(
        "section %(section)s holds other articles than the order names",
        "its stories were changed meanwhile",
    ),
    instead("section %(section)s holds other items", "its stories were changed meanwhile"),
    instead("section %(section)s holds other ranks", "its stories were changed meanwhile"),
    lasting("it has %(count)s blocks, and no more find room"),
    lasting("an empty %(name)s was given"),
    lasting("it is %(state)s and can't become %(other)s"),
    later("it is not approved"),
    later("it holds this block already"),
    later("its last item can't be dropped"),
    later("both subjects of its test would say the same"),
    later("both subjects would say the same"),
    later("deliveries are still on their way"),
    later("somebody else has changed it meanwhile"),
    later("Give another text"),
    later("Cancel it once more"),
    later("it was not sent; change the draft itself"),
    later("it tells this correction of this story already"),
    later("See there whether it has left; for another correction, change the text"),
    lasting("The correction’s %(what)s: it is empty or longer than %(count)s characters"),
    instead(
        "%(count)s mails of it have not left yet, and whoever gets it later would not get the correction",
        "%(count)s mails of it have not left yet, and whoever gets one later would not get the correction",
    ),
    instead(
        "%(mails)s not left yet, and whoever gets it later would not get the correction",
        "some mails have not left yet, and whoever gets one later would not get the correction",
    ),
    instead(
        "Cancel or stop them first (`digest dispatch --cancel`), or wait until it is closed",
        "Cancel or stop them first, or wait until it is closed",
    ),
)
"""Why a change or an approval was refused."""

KINDS = (
    instead(
        "No edition %(name)s is stored. `digest status` lists the newsletters and editions.",
        "There is no such edition.",
    ),
    instead("%(edition)s: nothing to send: %(found)s", "%(edition)s: nothing to send: %(found)s"),
    instead(
        "Database %(name)s: %(problem)s. What was committed is safe: run again.",
        "The database can’t be used now (%(problem)s). What was stored is safe; try again in a minute.",
    ),
    instead(
        "Database %(name)s: %(problem)s. %(remedy)s",
        "The database can’t be used (%(problem)s). Tell whoever runs the desk",
    ),
    instead(
        "The database is at schema %(found)s, this version needs %(needed)s. Run `digest migrate`%(more)s",
        "The database is of another version. Whoever runs the desk can bring it up to date.",
    ),
    instead(
        "Can't write %(path)s: %(problem)s",
        "A file can’t be written (%(problem)s). Tell whoever runs the desk",
    ),
    instead(
        "Transport %(name)s: %(problem)s. Nobody is given up for it. Nothing is lost: run again later.",
        "No mail can leave (%(name)s): %(problem)s. Nothing is lost; it is tried again.",
    ),
    instead(
        "Transport %(name)s: %(problem)s. Nothing is lost: run again later.",
        "No mail can leave (%(name)s): %(problem)s. Nothing is lost; it is tried again.",
    ),
    instead(
        "The settings moved from version %(known)s to %(newest)s. Load them again.",
        "Somebody else has changed the settings meanwhile. Load the page again.",
    ),
    instead("Template %(name)s: %(problem)s", "The template %(name)s can’t be used: %(problem)s"),
    instead(
        "No mailing list '%(name)s'. An import or `digest subscribers add` makes one.",
        "There is no such list.",
    ),
    instead(
        "No subscriber %(who)s. `digest subscribers show` finds people by address.",
        "There is no such reader.",
    ),
    instead("%(who)s: is suppressed (%(kinds)s)", "%(who)s is blocked"),
    instead(
        "The configuration has %(faults)s", "The settings can’t be used now. Tell whoever runs the desk"
    ),
    lasting("%(who)s: unsubscribed from %(list)s"),
    lasting("Version %(version)s: there is none; the newest is %(newest)s"),
    lasting("Version %(version)s: it says what is in force already; nothing was changed"),
    later("The email address is too long."),
    later("Only the reader can sign up again"),
    later("Sign up again instead"),
    later("no mail may go to this address"),
    later("this can't be undone any more"),
    later("the stored text is damaged"),
    instead("Restore the database from a backup", "Tell whoever runs the desk"),
    _REPEAT,
)
"""Whole sentences."""

TRANSPORTS = (
    later("the connection was lost"),
    lasting("no login (%(why)s)"),
    lasting("no folder %(name)s"),
    lasting("the key may not send: it lacks the scope %(name)s"),
    lasting("Sending pauses until %(at)s; it is asked again then"),
    instead(
        "Sending pauses until %(at)s; `%(command)s` tries at once",
        "Sending pauses until %(at)s; it is asked again then",
    ),
)
"""Why no mail can leave."""
