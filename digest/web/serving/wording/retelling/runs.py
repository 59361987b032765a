"""How a run ended, and why nothing goes out, as the book of runs and the ledger keep it."""

from __future__ import annotations

from digest.words.speaking import instead, lasting, later

_COMMAND = "digest dispatch %(newsletter)s --date %(day)s --resume, or --cancel"

NOBODY = (
    lasting("there is no list “%(name)s”"),
    instead(
        "the segment '%(name)s' takes none of the %(count)s readers of %(lists)s; change "
        "[segments.%(other)s], or newsletters.%(newsletter)s.segment",
        "the segment “%(name)s” takes none of the %(count)s readers of %(lists)s; change it, or choose "
        "another",
    ),
    instead(
        "%(why)s (lists with readers: %(lists)s). Name another one in newsletters.%(newsletter)s.lists, or "
        "bring readers: digest subscribers import FILE --list %(list)s",
        "%(why)s (lists with readers: %(lists)s). Choose another list, or import readers",
    ),
    instead(
        "%(why)s. Name another one in newsletters.%(newsletter)s.lists, or bring readers: digest "
        "subscribers import FILE --list %(list)s",
        "%(why)s. Choose another list, or import readers",
    ),
    instead("there is no list '%(name)s'", "there is no list “%(name)s”"),
    instead("the list '%(name)s' is empty", "the list “%(name)s” is empty"),
    instead(
        "the list '%(name)s' has no reader who may get mail (%(counts)s; the active ones are suppressed)",
        "the list “%(name)s” has no reader who may get mail; the active ones are blocked",
    ),
    instead(
        "the list '%(name)s' has no reader who may get mail (%(counts)s)",
        "the list “%(name)s” has no reader who may get mail",
    ),
)
"""Why nobody would get an edition."""

RESTORED = (
    later("it began to leave after the backup from which the database was restored"),
    later("the database was moved or restored here after it was due, and may have sent it elsewhere"),
    instead("Where its readers have it already: digest dispatch %(command)s --cancel --for-good"),
    instead("Where they have not: digest dispatch %(command)s --after-restore"),
)
"""Why an edition waits for a word."""

NOTES = (
    instead("digest approve %(newsletter)s --date %(day)s", "it waits for an approval"),
    instead(
        "%(why)s; mend it, then: digest approve %(newsletter)s --date %(day)s",
        "%(why)s; mend it, then approve it",
    ),
    lasting("%(why)s; approve it again"),
    lasting("sent %(sent)s of %(all)s"),
    instead(
        "sent %(sent)s of %(all)s; %(counts)s: digest audit %(edition)s (the deadline had passed for "
        "%(late)s)",
        "sent %(sent)s of %(all)s; the deadline had passed for %(late)s",
    ),
    instead(
        "sent %(sent)s of %(all)s; %(counts)s: digest audit %(edition)s: " + _COMMAND,
        "sent %(sent)s of %(all)s; the results name the others",
    ),
    instead(
        "%(why)s; sent %(sent)s of %(all)s; %(counts)s: digest audit %(edition)s: " + _COMMAND,
        "%(why)s; sent %(sent)s of %(all)s; the results name the others",
    ),
    instead("%(why)s; sent %(sent)s of %(all)s: " + _COMMAND, "%(why)s; sent %(sent)s of %(all)s"),
    instead("sent %(sent)s of %(all)s: " + _COMMAND, "sent %(sent)s of %(all)s"),
    instead(
        "sent %(sent)s of %(all)s; %(counts)s: digest audit %(edition)s",
        "sent %(sent)s of %(all)s; the results name the others",
    ),
    lasting("%(open)s of %(all)s deliveries are still on their way"),
    lasting("%(open)s of %(all)s deliveries wait for their time"),
    lasting("%(open)s of %(all)s deliveries wait for their time, the next from %(at)s"),
    lasting("%(day)s is none of its weekdays"),
    lasting("its day ends at %(at)s, so far it holds %(what)s"),
    instead("its day ends at %(at)s; run again then", "its day ends at %(at)s"),
    instead("goes out at %(at)s; run again then", "goes out at %(at)s"),
    lasting("nobody approved it before %(at)s: nothing was sent, and nothing will be"),
    lasting("the only source failed: %(why)s"),
    lasting("all %(count)s sources failed: %(why)s"),
    lasting("all %(count)s sources failed"),
    lasting("What was collected before is too little: %(found)s"),
    lasting("%(found)s of at least %(least)s items"),
    lasting("%(count)s of %(all)s sources could not be read"),
    lasting("%(what)s at %(at)s, before anything had left"),
    lasting("planned anew by the word of %(who)s"),
    instead("`digest explain %(edition)s` says why articles were left out"),
    instead("`digest collect` tries them again"),
    instead("run again then"),
    instead("run again"),
)
"""How a run ended."""

PLAIN = (
    later("the only source failed"),
    later("the newsletter is paused; whoever manages it at the desk lets it go on"),
    later("collected"),
    later("drafted"),
    later("not dispatched yet"),
)
