"""Canonical URLs: one page, one spelling."""

from __future__ import annotations

import functools
import posixpath
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from digest.errors import BadData
from digest.model import CanonicalUrl
from digest.sources.web.public_addresses import is_public_name
from digest.sources.web.tracking import without_tracking
from digest.sources.web.wrappers import MAX_WRAPPINGS, led_to, two_slashes

DEFAULT_PORTS = {"http": 80, "https": 443}

_SAFE = "!$&'()*+,;=:@/~-._%"
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?=[/?#]|$)", re.IGNORECASE)
_WHOLE = re.compile(
    r"https?://[^\s\[\]/?#;]+(?:/[^\s\[\]?#;]*)?(?:\?[^\s\[\]#;]+)?(?:#[^\s\[\];]+)?", re.ASCII
)
"""An address that names its host, and has nothing that joining it to another would change."""
_TWO_SCHEMES = re.compile(r"^https?://(?=https?://)", re.IGNORECASE)
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
    parts = _page(url, base)
    scheme, port = parts.scheme.lower(), parts.port
    host = _host(parts.hostname or "")
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    path = _path(parts.path)
    return CanonicalUrl(urlunsplit((scheme, netloc, path, _query(parts.query, path), fragment)))


def _page(url: str, base: str) -> SplitResult:
    is_kept = len(url) + len(base) <= _LONGEST_KEPT  # its spelling and its place are asked for in turn
    return _known_page(url, base) if is_kept else _unwrapped(url, base)


def _unwrapped(url: str, base: str) -> SplitResult:
    """Return the page that an address leads to, where it only leads on, else what it says itself."""
    parts = _split(url, base)
    for _ in range(MAX_WRAPPINGS):
        inner = led_to(_host(parts.hostname or ""), parts.path, parts.query)
        if not inner:
            break
        place = f"#{parts.fragment}" if parts.fragment and "#" not in inner else ""
        try:
            page = _split(inner + place, "")
            _host(page.hostname or "")
        except BadData:
            break
        parts = page
    return parts


def _split(url: str, base: str) -> SplitResult:
    text = _mended(re.sub(r"[\t\n\r]", "", url).strip())
    try:
        parts = urlsplit(_joined(base, text) if base else text)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError as error:
        raise BadData(repr(shown(url)), "is not a URL", "Give an http or https address.") from error
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        raise BadData(repr(shown(url)), "is not an http or https URL", "Give the page's full address.")
    return parts


def _mended(text: str) -> str:
    """Return an address without what templates do to it: a scheme doubled or cut, an escape too many."""
    text = text.replace("&amp;", "&") if "&amp;" in text else text
    if text[:4].lower() == "www." and _BARE_HOST.match(text):
        return f"https://{text}"
    return _TWO_SCHEMES.sub("", two_slashes(text)) if text[:4].lower() == "http" else text


_known_spelling = functools.lru_cache(maxsize=4096)(_canonical)
_known_page = functools.lru_cache(maxsize=64)(_unwrapped)


def shown_link(url: str, base: str = "") -> str:
    """Return a page's canonical URL with the place in the page that it names, as live blogs' entries do.

    Args:
        url: as written.
        base: what a relative URL is relative to.

    Raises:
        BadData: it names no http(s) page.
    """
    page = canonical(url, base)
    parts = _page(url, base)
    place = parts.fragment
    kept = _query(place, parts.path) if "=" in place and not place.startswith(":~:") else _spelled(place)
    return page if not kept or "#" in page else f"{page}#{kept}"


def _joined(base: str, text: str) -> str:
    """Return what `urljoin` would; an address that is whole and plainly written as it stands."""
    if text.isascii() and "[" not in base and "]" not in base and _WHOLE.fullmatch(text):
        return text
    return urljoin(base, text)


def absolute(base: str, address: str) -> str:
    """Return the address as seen from `base`; the empty string where it is no address at all."""
    try:
        return _joined(base, address.strip())
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


def _query(query: str, path: str) -> str:
    pieces = []
    for piece in filter(None, query.split("&")):
        name, value = next(iter(parse_qsl(piece, keep_blank_values=True)), ("", ""))
        pieces.append((name, value, piece))
    return "&".join(_spelled(piece) for piece in without_tracking(path, pieces))
