"""Addresses that only lead on to another one, as far as their own words tell it; none is ever asked for."""

from __future__ import annotations

import base64
import binascii
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

MAX_WRAPPINGS = 6
"""How many wrappers are taken off one another."""
MAX_WRAPPED = 8_000
"""In characters: a longer address is left as it is."""

_HTTP = ("http://", "https://")
_GOOGLE = r"google\.(?:com?\.)?[a-z]{2,3}"
_NAMED = tuple(
    (re.compile(host), re.compile(path), tuple(names.split()))
    for host, path, names in (
        (rf"(?:(?:www|news|news\.url|scholar|images|maps)\.)?{_GOOGLE}", r"(?:/news)?/url", "url q"),
        (rf"(?:www\.)?{_GOOGLE}", r"/imgres", "imgrefurl"),
        (rf"translate\.{_GOOGLE}", r"/(?:translate(?:_c|_p)?|website)", "u"),
        (r"translate\.googleusercontent\.com", r"/translate_c", "u"),
        (r"translate\.yandex\.[a-z]{2,3}", r"/translate", "url"),
        (r"(?:www\.)?translatetheweb\.com|(?:www\.)?microsofttranslator\.com", r"/(?:bv\.aspx)?", "a"),
        (r"(?:www\.)?bing\.com", r"/news/apiclick\.aspx", "url"),
        (
            r"(?:lm?|www|m)\.(?:facebook|instagram|threads|messenger|workplace)\.(?:com|net)",
            r"/l\.php",
            "u",
        ),
        (r"l\.(?:instagram|threads)\.(?:com|net)|l\.wl\.co", r"/l?", "u"),
        (r"t\.umblr\.com", r"/redirect", "z"),
        (r"href\.li", r"/", ""),
        (r"(?:www\.)?linkedin\.com", r"/(?:redir/redirect|redir/general-malware-page|safety/go/?)", "url"),
        (r"(?:(?:www|m|music)\.)?youtube\.com", r"/redirect", "q"),
        (r"(?:(?:www|m|away)\.)?vk\.(?:com|ru)", r"/away(?:\.php)?", "to"),
        (r"(?:(?:www|m)\.)?ok\.ru", r"/dk", "st.link"),
        (r"out\.reddit\.com", r"/.*", "url"),
        (r"(?:(?:www|html|lite)\.)?duckduckgo\.com", r"/l/?", "uddg"),
        (r"(?:www\.)?yandex\.[a-z]{2,3}", r"/clck/jsredir", "url"),
        (r"(?:www\.)?yandex\.[a-z]{2,3}", r"/turbo", "text"),
        (r"(?:www\.)?steamcommunity\.com", r"/linkfilter/?", "url u"),
        (r"slack-redir\.net", r"/link", "url"),
        (
            r"[a-z0-9-]{1,30}\.safelinks\.protection\.(?:outlook\.(?:com|us|de|cn)|office365\.us)",
            r"/.*",
            "url",
        ),
        (r"statics\.teams\.(?:cdn\.office\.net|microsoft\.com)", r"/evergreen-assets/safelinks/.*", "url"),
        (r"[a-z0-9-]{1,30}\.safelink\.emails\.azure\.net", r"/redirect/?", "destination"),
        (r"(?:exit|gate)\.sc", r"/", "url"),
        (r"(?:www\.)?disq\.us|disqus\.com", r"/(?:url|redirect)?", "url"),
        (r"(?:www\.)?pixiv\.net", r"/jump\.php", "url "),
        (r"(?:www\.)?deviantart\.com", r"/users/outgoing", ""),
        (r"link\.(?:zhihu|juejin|csdn)\.(?:com|cn|net)|(?:www\.)?gitee\.com", r"/(?:link)?", "target"),
        (r"(?:www|link)\.(?:douban|jianshu)\.com", r"/(?:link2/?|go-wild)", "url"),
        (r"c\.pc\.qq\.com", r"/(?:middlem|ios|android)\.html", "pfurl url"),
        (r"weibo\.(?:cn|com)|passport\.weibo\.com", r"/sinaurl", "u toasturl"),
        (r"(?:www\.)?(?:getpocket|flipboard)\.com", r"/redirect", "url"),
        (r"(?:t|telegram)\.me", r"/iv", "url"),
        (r"(?:www\.)?curseforge\.com", r"/linkout", "remoteUrl"),
        (r"go\.(?:skimresources|redirectingat)\.com|go\.(?:theregister|viglink)\.com", r"/.*", "url u"),
        (r"(?:redirect|api)\.viglink\.com", r"/.*", "u out"),
        (r"(?:www\.)?awin1\.com", r"/(?:cread|awclick|pclick)\.php", "ued p"),
        (r"click\.linksynergy\.com", r"/.*", "murl"),
        (r"(?:www\.)?shareasale\.com", r"/[rm](?:-pr)?\.cfm", "urllink"),
        (r"(?:clk|track|pdt)\.tradedoubler\.com", r"/click.*", "url"),
        (r"(?:[a-z]{2,3}\.)?linkprotect\.cudasvc\.com", r"/url", "a"),
        (r"(?:www\.)?mailtrack\.io", r"/(?:trace/)?link/.*", "url"),
        (r"clicktime\.(?:cloud\.)?(?:symantec|postoffice)\.(?:com|net)", r"/.*", "u"),
        (r"(?:[a-z0-9]{1,20}\.)?protection\.sophos\.com", r"/", "u"),
        (r"urldefense\.proofpoint\.com", r"/v1/url", "u"),
        (r"cts\.businesswire\.com", r"/ct/CT", "url"),
        (r"c212\.net|(?:www\.)?prnewswire\.com", r"/c/link/?", "u"),
        (r"api\.follow\.it", r"/.*", "url"),
        (r"(?:www\.)?newsbreak\.com|(?:www\.)?smartnews\.com", r"/redirect", "url"),
    )
)
"""Hosts whose links lead on: at which paths, and the parameter that names the page (or the whole query)."""
_ANY_HOST = re.compile("|".join(f"(?:{hosts.pattern})" for hosts, _, _ in _NAMED))
_SCHEMELESS = re.compile(r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}/\S*", re.IGNORECASE)
_ONE_SLASH = re.compile(r"^(https?:)/(?=[^/])", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_DEFENSE_HOST = re.compile(r"urldefense\.(?:com|us|proofpoint\.com)")
_BING_HOST = re.compile(r"(?:www\.)?bing\.com")
_IN_PATH_HOST = re.compile(
    r"(?:www\.)?(?:anrdoezrs|dpbolvw|kqzyfj|jdoqocy|tkqlhce)\.(?:net|com)|(?:[\w-]+\.)?prf\.hn|secure-web\.cisco\.com"
)
_AMP_HOST = re.compile(r"(?:[\w-]+\.)?cdn\.ampproject\.org")
_GOOGLE_HOST = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}")
_TURBO_HOST = re.compile(r"(?:www\.)?yandex\.[a-z]{2,3}")
_DISQUS_MARK = re.compile(r":[\w-]{6,40}$")
_DEFENSE = re.compile(r"/v3/__(.{1,7000}?)__;([A-Za-z0-9_=-]{0,7000})(?:!|$)")
_GAP = re.compile(r"\*(?:\*([A-Za-z0-9_-]))?")
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BETWEEN_BARS = re.compile(r"/v\d/(?:[\w/.%-]{1,40}?)?___(https?:.{1,7000}?)___\.")
_YAHOO = re.compile(r"/RU=([^/]{1,7000})")
_IN_PATH = re.compile(r"/(?:links/|click/|1).{0,200}?[/:](https?(?::|%3A).{1,7000})", re.IGNORECASE)
_TURBO = re.compile(r"(?:/turbo)?/([\w-]+(?:\.[\w-]+)+)/[sh](/.*)")
_NEWS_PATH = re.compile(r"/(?:rss/|__i/rss/rd/)?articles/([A-Za-z0-9_-]{16,2000})")
_AMP_CACHE_PATH = re.compile(r"^/(?:[cv]|wp)/(s/)?(.+)$")
_AMP_VIEWER = re.compile(r"^/amp/(s/)?([^/]+\..+)$")
_OF_AMP = re.compile(r"(?:amp_[a-z_]*|usqp|aoh|_x_tr_[a-z]*)(?:=.*)?")


@dataclass(frozen=True, slots=True)
class Parts:
    """An address taken apart: the host in lower case, path and query as they were written."""

    host: str
    path: str
    query: str


def led_to(host: str, path: str, query: str) -> str:
    """Return the page that an address only leads on to; empty where it is the page, or tells none.

    Args:
        host: in lower case, without a port.
        path: as written.
        query: as written, without `?`.
    """
    if len(path) + len(query) > MAX_WRAPPED:
        return ""
    parts = Parts(host, path, query)
    found = next((inner for read in (_by_name, *_BY_FORM) if (inner := read(parts))), "")
    found = two_slashes(found.strip())
    other = _HOST.match(found)
    return found if other and other[1].lower() != host else ""


def two_slashes(text: str) -> str:
    """Return an address with both slashes behind its scheme, where one was lost."""
    return _ONE_SLASH.sub(r"\1//", text)


@functools.lru_cache(maxsize=1024)
def _leads_on(host: str) -> bool:
    return _ANY_HOST.fullmatch(host) is not None


def _by_name(parts: Parts) -> str:
    """Return what a known host's parameter names."""
    if not _leads_on(parts.host):
        return ""
    for hosts, paths, names in _NAMED:
        if not hosts.fullmatch(parts.host) or not paths.fullmatch(parts.path or "/"):
            continue
        asked = dict(parse_qsl(parts.query))
        found = next((asked[name] for name in names if asked.get(name)), "")
        if not found and (not names or parts.query[:5].lower() in {"http:", "https", "http%"}):
            found = unquote(parts.query) if "%3" in parts.query[:10] else parts.query
        return _spelled_out(found, parts.host)
    return ""


def _spelled_out(found: str, host: str) -> str:
    if found[:8].lower().startswith(("http%3a", "https%3a")):
        found = unquote(found)
    if host.endswith("sophos.com"):
        found = _unpacked(found)
    elif host.endswith(("disq.us", "disqus.com")):
        found = _DISQUS_MARK.sub("", found)
    if not found.lower().startswith(_HTTP) and _SCHEMELESS.fullmatch(found):
        found = f"https://{found}"
    return found if found[:6].lower().startswith(("http:/", "https:")) else ""


def _of_defense(parts: Parts) -> str:
    """Return what Proofpoint rewrote, in its second and third spelling."""
    if parts.host == "urldefense.proofpoint.com" and parts.path.startswith("/v2/"):
        named = dict(parse_qsl(parts.query)).get("u", "")
        return unquote(named.replace("-", "%").replace("_", "/"))
    if not _DEFENSE_HOST.fullmatch(parts.host):
        return ""
    whole = parts.path + (f"?{parts.query}" if parts.query else "")
    if not (match := _DEFENSE.match(whole)):
        return ""
    left = iter(_unpacked(match[2]))
    return _GAP.sub(
        lambda gap: "".join(
            sign for sign, _ in zip(left, range(_RUNS.index(gap[1]) + 2 if gap[1] else 1), strict=False)
        ),
        match[1],
    )


def _between_bars(parts: Parts) -> str:
    """Return what Check Point's filter holds between its bars."""
    if not parts.host.endswith(("protect.checkpoint.com", "url.avanan.click")):
        return ""
    match = _BETWEEN_BARS.match(parts.path + (f"?{parts.query}" if parts.query else ""))
    return match[1] if match else ""


def _of_search(parts: Parts) -> str:
    """Return what a search engine holds packed in its own link (Bing, Yahoo, Google News before 2024)."""
    if _BING_HOST.fullmatch(parts.host) and parts.path == "/ck/a":
        packed = dict(parse_qsl(parts.query)).get("u", "")
        return _unpacked(packed[2:]) if packed.startswith("a1") else ""
    if parts.host.endswith("search.yahoo.com"):
        match = _YAHOO.search(parts.path)
        return unquote(match[1]) if match else ""
    if parts.host == "news.google.com" and (match := _NEWS_PATH.match(parts.path)):
        return _in_message(match[1])
    return ""


def _in_message(packed: str) -> str:
    """Return the address that a packed message of Google News names; newer ones name none."""
    data = _bytes(packed)
    if not data.startswith(b"\x08\x13\x22"):
        return ""
    length, at = data[3] if len(data) > 3 else 0, 4
    if length > 127 and len(data) > 4:
        length, at = (length & 127) | data[4] << 7, 5
    inner = data[at : at + length].decode("ascii", "replace")
    return inner if inner.startswith(_HTTP) and inner.isprintable() and len(inner) == length else ""


def _in_path(parts: Parts) -> str:
    """Return the address in the path of an affiliate's, Cisco's or Partnerize's link."""
    if not _IN_PATH_HOST.fullmatch(parts.host):
        return ""
    match = _IN_PATH.match(parts.path + (f"?{parts.query}" if parts.query else ""))
    return "" if not match else unquote(match[1]) if "%3a" in match[1][:9].lower() else match[1]


def _of_copy(parts: Parts) -> str:
    """Return the page of which an AMP cache, a translator or Yandex's Turbo shows a copy."""
    left = "&".join(piece for piece in parts.query.split("&") if piece and not _OF_AMP.fullmatch(piece))
    query = f"?{left}" if left else ""
    if _AMP_HOST.fullmatch(parts.host):
        match = _AMP_CACHE_PATH.match(parts.path)
    elif _GOOGLE_HOST.fullmatch(parts.host):
        match = _AMP_VIEWER.match(parts.path)
    elif parts.host.endswith(".translate.goog"):
        label = parts.host.removesuffix(".translate.goog")
        named = "-".join(piece.replace("-", ".") for piece in label.split("--"))
        scheme = "http" if "_x_tr_sch=http" in parts.query.split("&") else "https"
        return f"{scheme}://{named}{parts.path or '/'}{query}" if "." in named else ""
    elif parts.host.endswith(".turbopages.org") or _TURBO_HOST.fullmatch(parts.host):
        turbo = _TURBO.fullmatch(parts.path)
        return f"https://{turbo[1]}{turbo[2]}{query}" if turbo else ""
    else:
        return ""
    return f"{'https' if match[1] else 'http'}://{match[2]}{query}" if match else ""


_BY_FORM: tuple[Callable[[Parts], str], ...] = (_of_copy, _of_defense, _between_bars, _of_search, _in_path)


def _unpacked(text: str) -> str:
    return _bytes(text).decode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    """Return what base64 packs, in either alphabet and without its padding; nothing where it is none."""
    spelled = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(spelled + "=" * (-len(spelled) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
