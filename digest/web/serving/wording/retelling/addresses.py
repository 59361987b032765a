"""What is wrong with a mail address, as whoever types it at the desk is told it.

The sentences that are kept are those of email-validator, its module `syntax`.
"""

from __future__ import annotations

from digest.words.speaking import instead, later

_AT = later("A mail address has an @ in it, as in name@site.example.")
_BEFORE = later("The address has nothing before its @.")
_BEHIND = later("The address has nothing behind its @.")
_LONG = later("The address is too long.")
_LOCAL = later("The part of the address before its @ has signs that can’t be there.")
_DOMAIN = later("What stands behind the @ of the address is no name of a site, as in site.example.")
_ALONE = later("Write the address alone, without a name, brackets or anything behind it.")
_POINTS = later("The address has a point or a hyphen where none can be.")

WRONG = (
    instead("An email address must have an @-sign.", _AT),
    instead('The email address has the "%(kind)s" character instead of a regular at-sign.', _AT),
    instead(
        'The email address has the "full-width" at-sign (@) character instead of a regular at-sign.', _AT
    ),
    instead("There must be something before the @-sign.", _BEFORE),
    instead("There must be something after the @-sign.", _BEHIND),
    instead("The email address is too long%(more)s", _LONG),
    instead("After the @-sign, periods cannot be separated by so many characters%(more)s", _LONG),
    instead("Internationalized characters before the @-sign are not supported%(more)s", _LOCAL),
    instead("The email address contains invalid characters%(more)s", _LOCAL),
    instead("The email address is not valid ASCII.", _LOCAL),
    instead("Quoting the part before the @-sign is not allowed here.", _LOCAL),
    instead("The email address contains an invalid character%(more)s", _LOCAL),
    instead("The email address contains unsafe characters%(more)s", _LOCAL),
    instead("The email address contains invalid characters after the @-sign%(more)s", _DOMAIN),
    instead("The part after the @-sign %(more)s", _DOMAIN),
    instead("A bracketed IP address after the @-sign is not allowed here.", _DOMAIN),
    instead("An email address cannot have two letters followed by two dashes %(more)s", _DOMAIN),
    instead("A display name and angle brackets around the email address are not permitted here.", _ALONE),
    instead("The display name %(more)s", _ALONE),
    instead("An open angle bracket %(more)s", _ALONE),
    instead("There can't be anything after the email address.", _ALONE),
    instead("Extra character(s) found after close quote: %(more)s", _ALONE),
    instead("After Unicode normalization: %(what)s", _LOCAL),
    instead("An email address cannot start with a %(sign)s.", _POINTS),
    instead("An email address cannot end with a %(sign)s.", _POINTS),
    instead("An email address cannot have %(more)s", _POINTS),
)
"""By the words of its own that a sentence has, the longest counts."""
