"""Why an article is in or out, as the selection writes it, for readers of other languages.

The selection keeps whole English sentences with the edition; here stand their forms, which `retold` finds
again. What wraps another reason comes first. Titles, tags and addresses stay as they are.
"""

from __future__ import annotations

from digest.words.speaking import instead, lasting, later, retold

REASONS = (
    lasting("An editor pinned it. %(reason)s"),
    lasting("It tells the same story as “%(title)s”, which is out: %(reason)s"),
    lasting("%(reason)s Its page %(problem)s; the source's own text stays."),
    lasting("%(reason)s An update to “%(title)s” in %(edition)s."),
    lasting(
        "%(reason)s Not labeled an update to “%(title)s” in %(edition)s: it is no newer, or in nearly the "
        "same words."
    ),
    lasting("%(reason)s A lower one is in because it was pinned or tells of something else."),
    lasting(
        "In “%(section)s” (%(reason)s), told by %(publishers)s, before “%(title)s”, which scores more but "
        "is more like what stands above."
    ),
    lasting("In “%(section)s” (%(reason)s), told by %(publishers)s."),
    lasting("Named as “also reported by” where “%(title)s” is told at length."),
    lasting("Part of the story “%(title)s” and not named in the mail: %(reason)s. It won't come again."),
    lasting("The same page as from %(source)s, which counts."),
    lasting("Nearly the same text as “%(title)s”, which an editor took out."),
    lasting("Nearly the same text as “%(title)s”, from the same publisher."),
    lasting("Nearly the same text as “%(title)s”, which %(edition)s holds."),
    lasting("“%(section)s” appears from %(least)s stories on, and there were %(found)s."),
    lasting(
        "“%(section)s” takes at most %(most)s of one source; this was number %(number)s of its source."
    ),
    lasting("“%(section)s” holds %(most)s; this was number %(number)s of %(all)s by score."),
    lasting("Its page is gone since %(at)s."),
    lasting("Its date %(problem)s, and it came with its source's archive."),
    lasting("It counts from %(at)s; this edition takes articles before %(until)s."),
    lasting("It counts from %(at)s, more than %(limit)s hours before the cutoff."),
    lasting("It counts from %(at)s, before this edition begins (%(start)s), and %(reason)s."),
    lasting("%(edition)s holds it already."),
    lasting("It is of the kind “%(kind)s”, which is kept out: %(reason)s."),
    lasting("It is of the kind “%(kind)s”, which is kept out."),
    lasting("Its tag “%(tag)s” is kept out."),
    lasting("Its word “%(word)s” is kept out."),
    lasting("Its address under %(address)s is kept out."),
    lasting("%(reason)s, at the desk by %(who)s"),
    lasting("The kind “%(kind)s” is left out (%(reason)s)"),
    lasting("The kind “%(kind)s” is left out"),
    lasting("Its tag “%(tag)s” is left out"),
    lasting("Its source %(source)s is left out"),
    lasting("Its word “%(word)s” is left out"),
    lasting("Its address under %(address)s is left out"),
)
"""Sentences with places."""

PLAIN = (
    later("An editor took it out."),
    later("It has no date and came with its source's archive."),
    later("An earlier edition weighed it and left it out, and its text is the same since."),
    later("came with its source's archive"),
    later("was known by then"),
    later("no section takes it by itself"),
    later("one publisher"),
)
"""Sentences and parts of them without places."""

PARTS = (
    lasting("%(count)s publishers"),
    lasting("%(name)s is named already"),
    lasting("at most %(count)s others are named"),
    lasting("its tag “%(tag)s”"),
    lasting("its word “%(word)s”"),
    lasting("its address under %(address)s"),
    lasting("its address has %(part)s"),
    lasting("its text ends with “%(words)s”"),
    lasting("it is marked “%(words)s”"),
)
"""Parts of sentences, with places."""

WITHOUT_COMMANDS = (
    instead(
        "%(edition)s holds it, and its text has changed since: `digest correct %(other)s` sends a "
        "correction.",
        "%(edition)s holds it, and its text has changed since: a correction can be sent from there.",
    ),
)
"""What stands in the place of sentences that name a command."""


def told(kept: object) -> str:
    """Return a sentence that was kept in English, as those above, in the language that is spoken now."""
    return retold(str(kept))
