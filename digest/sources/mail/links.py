"""Addresses in letters: unwrapped from what counts clicks, left out where they name their reader."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from digest.sources.text.blocks import words
from digest.sources.web.wrappers import led_to

MAX_ADDRESS = 4_000
MAX_WRAPPINGS = 4
LONG_MARK = 24
"""In characters: what is so long, of letters and digits without words, may be one reader's own mark."""

_COUNTER_HOST = re.compile(
    r"(?:^|\.)(?:list-manage\d?|sendgrid|mailgun|sparkpostmail\d?|sendibm?\d*|sendibt\d|mandrillapp|createsend\d?"
    r"|cmail\d{1,2}|exct|exacttarget|hubspotlinks|hubspotemail|hs-sites|mjt|mailjet|rs6|constantcontact"
    r"|klclick\d?|klaviyomail|awstrack|mlsend\d?|ml-mail|rdir|emltrk|mailtrack|customeriomail|convertkit-mail\d?"
    r"|beehiiv|substackcdn|getresponse|inxmail|cleverreach|episerver|agnitas|mailchimp)\.\w{2,6}$",
    re.IGNORECASE,
)
_COUNTER_LABEL = re.compile(
    r"^(?:click|clicks|link|links|lnk|track|tracking|trk|email|e|em|mail|mailing|news|newsletter|t|r|go|url\d*"
    r"|ct|post|elink|u\d{4,})\."
)
_COUNTER_PATH = re.compile(
    r"^/(?:ls/click|wf/click|track/click|click|c|cl\d?|ss/c|e\d?t|f/a|mk/cl|q/|r/|t/|lnk|redirect|rd|tr/cl|k/)(?:/|\?|$)",
    re.IGNORECASE,
)
_WORDED = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,}+[-_+. ][A-Za-z]{2}|^[a-z]+$")
_MARK = re.compile(rf"[A-Za-z0-9_~=.%-]{{{LONG_MARK},}}")
_PERSONAL = words(
    "e email uid subscriber contact recipient user token unsubscribe hash key sid eid jid mid u"
    " ck_subscriber_id sc_uid sc_llid sc_eh sfmc_sub sfmc_id bbeml rcpt recipient_id subscriber_id"
    " contact_id member_id customer_id emailid email_id mail_id _kx nb_klid mc_eid mkt_tok dm_i"
    " elqtrackid elq cm_mid _bhlid"
)
_OPAQUE_HOST = re.compile(r"(?:^|\.)(?:mimecast(?:protect)?|sophos-link|bumlam)\.com$", re.IGNORECASE)
"""Mail filters whose addresses tell nothing of where they lead."""
_COPY_HOST = re.compile(r"(?:^|\.)(?:campaign-archive\d?\.com|mailchi\.mp)$", re.IGNORECASE)
"""Copies of letters for everybody: there `u` and `id` name the sender and the letter."""
_NEVER = re.compile(
    r"unsubscri|opt-?out|[/?]abmeld|abbestell|desabonn|desinscri|/baja(?:[/?]|$)|preference.?cent|(?:email|mail).?pref"
    r"|manage.?(?:sub|pref)|/subscriptions?(?:[/?]|$)|sharer|share\?|intent/tweet|forward-to|forwardtoafriend",
    re.IGNORECASE,
)


def unwrapped(address: str) -> str:
    """Return where a link leads, as far as its own words tell; it is never asked for."""
    found = address.strip()[:MAX_ADDRESS]
    for _ in range(MAX_WRAPPINGS):
        inner = _inside(found)
        if not inner:
            return found
        found = inner
    return found


def public_address(address: str) -> str:
    """Return a link as every reader may have it; empty where it counts its reader, or signs one off."""
    if not address.strip().lower().startswith(("http://", "https://")):
        return ""
    found = unwrapped(address)
    if not found.startswith(("http://", "https://")) or _NEVER.search(found):
        return ""
    try:
        parts = urlsplit(found)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if _OPAQUE_HOST.search(host):
        return ""
    personal = {"e"} if _COPY_HOST.search(host) else _PERSONAL
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in pairs
        if "@" not in value and not (name.lower() in personal and _is_mark(value))
    ]
    if _counts(host, parts.path) and (_has_mark(parts.path) or any(_is_mark(value) for _, value in pairs)):
        return ""
    if _has_mark(parts.path) or any(_is_long_mark(value) for _, value in kept):
        return ""
    query = urlencode(kept, safe=":,/[]") if kept != pairs else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def _inside(address: str) -> str:
    """Return the address that a counter or a mail filter holds in its own."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if known := led_to((parts.hostname or "").lower(), parts.path, parts.query):
        return known
    for _, value in parse_qsl(parts.query):
        text = unquote(value) if value.lower().startswith(("http%3a", "https%3a")) else value
        if text.startswith(("http://", "https://")) and host_in(text) not in {"", parts.hostname}:
            return text
    cut = re.search(r"(?<=/)https?(?:://?|%3A%2F%2F)\S+", address[8:])
    return unquote(cut[0]) if cut and "%3A" in cut[0] else (cut[0] if cut and "://" in cut[0] else "")


def host_in(address: str) -> str:
    """Return an address's host, or the empty string."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _counts(host: str, path: str) -> bool:
    return bool(_COUNTER_HOST.search(host) or _COUNTER_LABEL.match(host) or _COUNTER_PATH.match(path))


def _has_mark(path: str) -> bool:
    return any(_is_long_mark(piece) for piece in path.split("/"))


def _is_long_mark(piece: str) -> bool:
    """Tell a long mark of letters and digits from a title's words joined by hyphens."""
    if not _MARK.fullmatch(piece):
        return False
    if piece.startswith("eyJ"):  # JSON, packed
        return True
    if _WORDED.search(piece):
        return False
    return any(sign.isdigit() for sign in piece) and any(sign.isalpha() for sign in piece)


def _is_mark(value: str) -> bool:
    return len(value) >= 6 and any(sign.isdigit() for sign in value) and value.isascii()
