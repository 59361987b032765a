"""What is wrong with a setting, as whoever types it at the desk is told it, beside what they typed."""

from __future__ import annotations

from digest.words.speaking import instead, lasting, later

_EMPTY = later("must not be empty")
_OFFERED = later("must be one of those that are offered")
_FONTS = later("must be names of fonts, with commas between")
_SIGNS = later("has signs that can’t be shown")
_URL = later("must be a whole address that starts with https://")
_NUMBER = later("must be a number")
_WHOLE = later("must be a whole number")
_SENDER = later("must be a name and an address, as in Harbour Daily <morning@…>")
_COLOR = later("must be a color like #9b1c31")
_ZONE = later("there is no time zone “%(name)s”; they are named like Africa/Nairobi")
_SECTION = later("there is no section “%(name)s”; there are: %(known)s")
_ELSEWHERE = later("whoever runs the desk changes it")

VALUES = (
    instead("is missing: %(what)s", _EMPTY),
    instead("must be at least %(least)s, not %(text)s", "must be %(least)s or more"),
    instead("must be at most %(most)s, not %(text)s", "must be %(most)s or less"),
    lasting("must be more than %(least)s, not %(text)s"),
    lasting("must be less than %(most)s, not %(text)s"),
    instead("must be a whole number, not %(text)s", _WHOLE),
    instead("must be a number, not %(text)s", _NUMBER),
    instead("must be one of %(words)s, not %(text)s", _OFFERED),
    instead("no kind is named '%(text)s' (allowed: %(words)s)", _OFFERED),
    instead("no kind is named '%(text)s'; did you mean '%(near)s'? (allowed: %(words)s)", _OFFERED),
    instead("'%(text)s' is none of %(words)s and %(last)s", _OFFERED),
    instead("did you mean '%(near)s'?", "did you mean “%(near)s”?"),
    instead(
        "must have at most %(most)s characters, not %(count)s",
        "has more than %(most)s characters: shorten it",
    ),
    instead("must be one line without control characters", "must be on one line"),
    instead("must hold no control characters but line ends and tabs", _SIGNS),
    instead("must be a name without control characters", _SIGNS),
)
"""Of any kind."""

NAMES = (
    instead("must be a name and an address, as in 'Harbour Daily <morning@…>', not '%(text)s'", _SENDER),
    instead("must end with the address in angle brackets, as in 'Name <address>', not '%(text)s'", _SENDER),
    instead(
        "must name one address: '%(text)s' before it holds '<' or '>'. If they belong to the name, put it "
        "in double quotes",
        _SENDER,
    ),
    instead(
        "must be a name of %(most)s characters at most, not %(count)s: shorten it, inboxes show 30",
        "has a name of more than %(most)s characters: shorten it, inboxes show 30",
    ),
    instead(
        "must be a name as readers see it: the encoded words in '%(text)s' can't be read",
        "has a name that can’t be read: type it anew",
    ),
    instead("'%(text)s' is no mail address: %(why)s", "“%(text)s” is no mail address"),
    instead(
        "'%(text)s' holds signs outside ASCII before its @, which many servers refuse: take an address "
        "without them",
        "“%(text)s” has letters before its @ that many mail servers refuse: take another address",
    ),
    instead(
        "'%(text)s' is no list's key: lower-case letters, digits, '-' and '_', at most 64",
        "“%(text)s” is no short name of a list: small letters a–z, digits, - and _, 64 at most",
    ),
    instead(
        "'%(text)s' must be a short name of lower-case letters and digits, words joined by '-' or '_'",
        "must be a short name of small letters a–z and digits, with - or _ between words",
    ),
    instead("there is no segment '%(name)s'", "there is no segment “%(name)s”"),
    instead(
        "must be a language code like 'en', 'sw' or 'pt-BR', not '%(text)s'",
        "must be the short name of a language, like en, sw or pt-BR",
    ),
    instead(
        "Template %(file)s: there is no such template; there are: %(names)s",
        "there is no such template; there are: %(names)s",
    ),
)
"""Of names, senders and lists."""

TIMES = (
    instead("no time zone is named '%(name)s', for example Africa/Nairobi", _ZONE),
    instead("no time zone is named '%(name)s'", _ZONE),
    instead("must be a time as HH:MM between 00:00 and 23:59, not '%(text)s'", "must be a time like 06:30"),
    instead("must be a day as 2026-12-24, not '%(text)s'", "must be a day like 2026-12-24"),
    instead(
        "%(deadline)s is the time of send_at itself: nothing could be sent",
        "is the send time itself: nothing could be sent",
    ),
    instead(
        "%(deadline)s after send_at at %(send)s is past the next edition's cutoff at %(cutoff)s",
        "lies behind the cutoff of the next edition, %(cutoff)s",
    ),
    instead(
        "lasts until the deadline of %(newsletter)s, %(count)s minutes after its send_at",
        "An approved edition is held for longer than there is time until the deadline: set it later",
    ),
    instead(
        "ends at or after the deadline of %(newsletter)s, %(count)s minutes after its send_at: the rest "
        "could never leave",
        "After the first mails the others wait for longer than there is time until the deadline: set it "
        "later",
    ),
    instead(
        "hands mail over at or after the deadline of %(newsletter)s, %(count)s minutes after its send_at: "
        "nothing could leave",
        "Mail is handed over so far ahead that no time is left until the deadline: set it later",
    ),
)
"""Of times."""

LOOKS = (
    instead("must be a color like '#9b1c31', not '%(text)s'", _COLOR),
    instead("'%(text)s' is not a colour like #9b1c31", _COLOR),
    instead(
        "%(color)s on the paper %(paper)s has a contrast of %(found)s:1, and text needs %(least)s:1; the "
        "nearest that passes is %(proposal)s",
        "is hard to read on the background %(paper)s; the nearest color that is not: %(proposal)s",
    ),
    instead(
        "%(color)s on the paper %(paper)s, inverted as mail programs do, has a contrast of %(found)s:1, "
        "and text needs %(least)s:1; the nearest that passes is %(proposal)s",
        "is hard to read on the background %(paper)s where mail programs make dark out of light; the "
        "nearest color that is not: %(proposal)s",
    ),
    instead(
        "%(color)s on the paper %(paper)s has a contrast of %(found)s:1, and text needs %(least)s:1; no "
        "colour of this hue passes: choose a lighter or a darker paper",
        "is hard to read on the background %(paper)s, as all colors like it: choose another background",
    ),
    instead(
        "%(color)s on the paper %(paper)s, inverted as mail programs do, has a contrast of %(found)s:1, "
        "and text needs %(least)s:1; no colour of this hue passes: choose a lighter or a darker paper",
        "is hard to read on the background %(paper)s, as all colors like it: choose another background",
    ),
    instead('%(text)s is not a list of fonts like "%(usual)s": it %(why)s', _FONTS),
    instead(
        "has no name: write the font's own first in `font`, before %(family)s",
        "has no name yet: write the font’s own name first, before %(family)s",
    ),
    instead(
        "is not an https address of a font or of its style sheet",
        "must be the address of a font, with https:// before it",
    ),
    instead(
        "is not an https address of a picture", "must be the address of a picture, with https:// before it"
    ),
    instead(
        "%(text)s is not a size from %(least)s to %(most)s pixels",
        "must be from %(least)s to %(most)s pixels",
    ),
    instead("has %(count)s lines of at most %(most)s", "has more than %(most)s lines"),
    instead(
        "%(text)s is not a name and a web address",
        "must be a name and its address on each line, as in Mastodon https://…",
    ),
    instead("has %(count)s links of at most %(most)s", "has more than %(most)s links"),
    instead(
        "is for dark mode beside a `logo`, and there is none",
        "is for dark mode beside the logo, and there is no logo",
    ),
)
"""Of colors, fonts and pictures."""

PARTS = (
    instead("must be a full URL that starts with https://", _URL),
    instead("must be a URL without spaces", _URL),
    instead("is no URL: %(why)s", _URL),
    instead("must start with https:// (http:// is for localhost only)", _URL),
    instead(
        "must hold no user name or password: it stands in readers' mails",
        "must hold no name and password: readers would see them",
    ),
    instead(
        "is plain http, whose text can be changed on its way: write https://, or, where there is none, "
        "name '%(host)s' in fetching.allowed_hosts",
        "must start with https://; where “%(host)s” has none, whoever runs the desk can allow it",
    ),
    instead(
        "'%(name)s' is the key of %(count)s sections; each needs its own",
        "“%(name)s” is a section already; each needs its own name",
    ),
    instead(
        "%(least)s is more than max_items, which is %(most)s",
        "must not be more than the most stories, %(most)s",
    ),
    instead(
        "%(least)s is more than its sections hold together, %(most)s: no edition would be made",
        "must not be more stories than all sections hold together, %(most)s",
    ),
    instead(
        "no source of this newsletter is named '%(name)s'",
        "no source of this newsletter is named “%(name)s”",
    ),
    instead("no section has the key '%(name)s' (sections: %(known)s)", _SECTION),
    instead("no section has the key '%(name)s'; did you mean '%(near)s'? (sections: %(known)s)", _SECTION),
    instead(
        "'%(name)s' is already sources[%(number)s] of this newsletter",
        "“%(name)s” is a source of this newsletter already",
    ),
    instead(
        "'%(name)s' is already the name of another source; each needs its own",
        "“%(name)s” is the name of another source already; each needs its own",
    ),
    lasting("holds a password or a key, which readers would see: take an address without it"),
    instead("is held fixed by desk.fixed: it is changed in digest.toml", _ELSEWHERE),
    instead("is a secret or a place of this machine: it is changed in digest.toml", _ELSEWHERE),
    instead("is never changed at the desk", _ELSEWHERE),
    instead("can't be changed here: no database is read", _ELSEWHERE),
    instead(
        "must be one of %(kinds)s at the desk; other sources are named in digest.toml",
        "must be one of those that are offered; whoever runs the desk adds sources of other kinds",
    ),
    instead(
        "holds a password or a key, which the desk never keeps: name this source in digest.toml",
        "holds a password or a key, which the desk never keeps: whoever runs the desk adds such a source",
    ),
)
"""Of sections and sources."""
