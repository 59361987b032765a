"""Canonical URLs: one page, one spelling."""

from __future__ import annotations

import functools
import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from digest.errors import BadData
from digest.model import CanonicalUrl
from digest.sources.text.blocks import words
from digest.sources.web.public_addresses import is_public_name

DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING_PREFIXES = tuple(
    words("utm_ utm- mtm_ pk_ hsa_ ns_ wt_ wt. _hs oly_ vero_ at_campaign at_medium at_custom")
)
TRACKING_NAMES = words(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid"
    " mc_eid mkt_tok cmpid cmp cid_source ncid ocid smid smtyp sref s_cid spm xtor ftag rss_id feedname"
    " feed_id __twitter_impression _ga _gl ref_src ref_url soc_src soc_trk guccounter guce_referrer"
    " guce_referrer_sig echobox trk trkcampaign campaign_id zanpid awc wickedid rb_clickid dicbo taid"
    " at_link_id at_bbc_team"
)
TRACKING_VALUES = {
    "source": frozenset({"rss", "feed", "rssfeed"}),
    "ref": frozenset({"rss", "feed", "hp", "home", "twitter", "facebook"}),
    "from": frozenset({"rss", "feed"}),
    "partner": frozenset({"rss", "feed"}),
    "rss": frozenset({"1", "yes", "true", ""}),
    "amp": frozenset({"1", "true", ""}),
    "outputtype": frozenset({"amp"}),
}

_SAFE = "!$&'()*+,;=:@/~-._%"
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_REDIRECTS = tuple(
    (re.compile(host), path, tuple(names.split()))
    for host, path, names in (
        (r"(?:(?:www|news|news\.url)\.)?google\.[a-z.]{2,6}", "/url", "url q"),
        (r"(?:www\.)?bing\.com", "/news/apiclick.aspx", "url"),
        (r"lm?\.(?:facebook|instagram|threads)\.(?:com|net)", "/l.php", "u"),
        (r"l\.(?:instagram|threads)\.(?:com|net)", "/", "u"),
        (r"t\.umblr\.com", "/redirect", "z"),
        (r"(?:www\.)?linkedin\.com", "/redir/redirect", "url"),
        (r"(?:www\.)?youtube\.com", "/redirect", "q"),
        (r"r\.search\.yahoo\.com", "/redirect", "RU"),
        (r"(?:m\.)?vk\.com", "/away.php", "to"),
        (r"out\.reddit\.com", "", "url"),
        (r"(?:www\.)?duckduckgo\.com", "/l/", "uddg"),
        (r"yandex\.[a-z.]{2,6}", "/clck/jsredir", "url"),
        (r"steamcommunity\.com", "/linkfilter/", "url u"),
        (r"slack-redir\.net", "/link", "url"),
        (r"[a-z0-9-]{1,30}\.safelinks\.protection\.outlook\.com", "", "url"),
        (r"exit\.sc", "/", "url"),
    )
)
"""Hosts whose links only lead on: where (at any path where empty), and what names the page."""
_BARE_HOST = re.compile(r"www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?=[/?#]|$)", re.IGNORECASE)
_TWO_SCHEMES = re.compile(r"^https?://(?=https?://)", re.IGNORECASE)
_ONE_SLASH = re.compile(r"^(https?:)/(?=[^/])", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^[\w-]+\.cdn\.ampproject\.org$|^cdn\.ampproject\.org$")
_AMP_CACHE_PATH = re.compile(r"^/(?:[cv]|wp)/(s/)?(.+)$")
_AMP_VIEWER = re.compile(r"^/amp/(s/)?([^/]+\..+)$")
_LONGEST_KEPT = 2000
"""In characters: a longer address is spelled anew each time it is asked for."""


def canonical(url: str, base: str = "") -> CanonicalUrl:
    """Return the one spelling of a page's URL: tracking, fragment, session and AMP wrapping gone.

    The scheme, a `www.` and a closing slash stay, because a reader opens this URL, with what `shown_link`
    adds; `Article.identities` looks past them.

    Args:
        url: as written.
        base: what a relative URL is relative to.

    Raises:
        BadData: it names no http(s) page.
    """
    is_kept = len(url) + len(base) <= _LONGEST_KEPT  # an entry's address is asked for four times
    return _known_spelling(url, base) if is_kept else _canonical(url, base)


def _canonical(url: str, base: str) -> CanonicalUrl:
    text = _mended(re.sub(r"[\t\n\r]", "", url).strip())
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
    except ValueError as error:
        raise BadData(repr(shown(url)), "is not a URL", "Give an http or https address.") from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        raise BadData(repr(shown(url)), "is not an http or https URL", "Give the page's full address.")
    host = _host(parts.hostname)
    if wrapped := _redirected(host, parts.path, parts.query):
        return canonical(wrapped)
    unwrapped = _without_amp_wrapping(host, parts.path)
    if unwrapped:
        return canonical(unwrapped + (f"?{parts.query}" if parts.query else ""))
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return CanonicalUrl(urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), fragment)))


def _mended(text: str) -> str:
    """Return an address without what templates do to it: a scheme doubled or cut, an escape too many."""
    text = text.replace("&amp;", "&") if "&amp;" in text else text
    if text[:4].lower() == "www." and _BARE_HOST.match(text):
        return f"https://{text}"
    return _TWO_SCHEMES.sub("", _ONE_SLASH.sub(r"\1//", text)) if text[:4].lower() == "http" else text


_known_spelling = functools.lru_cache(maxsize=4096)(_canonical)


def shown_link(url: str, base: str = "") -> str:
    """Return a page's canonical URL with the place in the page that it names, as live blogs' entries do.

    Args:
        url: as written.
        base: what a relative URL is relative to.

    Raises:
        BadData: it names no http(s) page.
    """
    page = canonical(url, base)
    place = re.sub(r"[\t\n\r]", "", url).strip().partition("#")[2]
    kept = _query(place) if "=" in place and not place.startswith(":~:") else _spelled(place)
    return page if not kept or "#" in page else f"{page}#{kept}"


def absolute(base: str, address: str) -> str:
    """Return the address as seen from `base`; the empty string where it is no address at all."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def shown(url: str) -> str:
    """Return the URL as it may be logged: no credentials, no query."""
    bare = re.sub(r"(?<=//)[^/?#@]*@", "", url.strip())
    head, mark, _ = bare.partition("?")
    return head + ("?…" if mark else "")


def host_of(url: str) -> str:
    """Return the host in lower case, or the empty string."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def names_private_host(url: str) -> bool:
    """Tell whether the URL names this machine or a private address outright (no lookup is made).

    A backslash in the authority counts as private: browsers end the host there, others do not.
    """
    authority = url.partition("//")[2].partition("/")[0]
    return "\\" in authority or not is_public_name(host_of(url))


@functools.lru_cache(maxsize=1024)
def _host(name: str) -> str:
    import httpx

    try:
        return _bracketed(
            httpx.URL(f"http://{_bracketed(name)}/").raw_host.decode("ascii").lower().rstrip(".")
        )
    except (httpx.InvalidURL, UnicodeError) as error:
        raise BadData(repr(name), "is not a host name", "Check the address.") from error


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _path(path: str) -> str:
    path = _SESSION.sub("", path)
    closing = "/" if path.endswith(("/", "/.", "/..")) else ""
    folded = posixpath.normpath("/" + path.lstrip("/")) if "/." in path else path
    if closing and not folded.endswith("/"):
        folded += closing
    spelled = quote(_decoded_unreserved(folded), safe=_SAFE)
    for ending in ("/amp/", "/amp"):
        if spelled.endswith(ending) and len(spelled) > len(ending):
            return spelled[: -len(ending)] + ("/" if ending.endswith("/") else "")
    return spelled or "/"


def _decoded_unreserved(text: str) -> str:
    def spell(match: re.Match[str]) -> str:
        character = unquote(match.group())
        return character if re.fullmatch(r"[A-Za-z0-9._~-]", character) else match.group().upper()

    return re.sub(r"%[0-9A-Fa-f]{2}", spell, re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text))


def _spelled(text: str) -> str:
    return quote(_decoded_unreserved(text), safe=_SAFE + "?")


def _query(query: str) -> str:
    kept: list[str] = []
    for piece in query.split("&"):
        name, value = next(iter(parse_qsl(piece, keep_blank_values=True)), ("", ""))
        if piece and not _is_tracking(name.lower(), value.lower()):
            kept.append(_spelled(piece))
    return "&".join(kept)


def _is_tracking(name: str, value: str) -> bool:
    if name.startswith(TRACKING_PREFIXES) or name in TRACKING_NAMES:
        return True
    return value in TRACKING_VALUES.get(name, ())


def _redirected(host: str, path: str, query: str) -> str:
    """Return the page that a search engine's own link leads to (Google Alerts), or the empty string."""
    names = next(
        (names for hosts, at, names in _REDIRECTS if at in {"", path} and hosts.fullmatch(host)), ()
    )
    asked = dict(parse_qsl(query))
    found = next((asked[name] for name in names if asked.get(name)), "")
    return found if found.startswith(("http://", "https://")) and host_of(found) != host else ""


def _without_amp_wrapping(host: str, path: str) -> str:
    """Return the page that an AMP cache or viewer shows, or the empty string."""
    if _AMP_CACHE.match(host):
        match = _AMP_CACHE_PATH.match(path)
    elif re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host):
        match = _AMP_VIEWER.match(path)
    else:
        return ""
    if not match:
        return ""
    return ("https://" if match.group(1) else "http://") + match.group(2)
