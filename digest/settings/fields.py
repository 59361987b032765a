"""The types of settings: what a value must look like, and the sentence when it does not."""

from __future__ import annotations

import difflib
import ipaddress
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, Field, PlainValidator, SecretStr, StringConstraints

from digest.locales.naming import is_language_of_the_world
from digest.model import ascii_url

MASK = "**********"
SECRET_NAME = re.compile(r"(pass(word|wd|phrase)?|secret|token|[a-z]_?key|credential)s?$", re.IGNORECASE)
"""What a setting or URL parameter is called when its value is a secret."""
_SECRET_PARAMETER = re.compile(rf"^(key|sig|signature|auth)$|{SECRET_NAME.pattern}", re.IGNORECASE)
OWN_PAGES = frozenset(
    {"api", "archive", "c", "desk", "healthz", "hooks", "l", "metrics", "p", "readyz", "signup", "u", "v"}
)
"""How paths of our own pages begin."""
KEY = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_KEY_ID = re.compile(r"[a-z0-9]{1,8}")
_LIST_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
NO_DEADLINE = "none"
LONGEST_TITLE = 120
"""Of a newsletter or a section, in characters: twice what a phone shows on three lines."""
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_HALF = re.compile(r"[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_COLOR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_folder: ContextVar[Path] = ContextVar("settings folder")


class EnvText(str):
    """Text from the environment, a secrets file or a flag: it may stand for a number or a yes."""

    __slots__ = ()


class SecretUrl(SecretStr):
    """A URL whose password and secret parameters are never shown."""

    def _display(self) -> str:
        return masked_url(self._secret_value)


@contextmanager
def paths_relative_to(folder: Path) -> Iterator[None]:
    """Let relative paths in settings that are checked inside start at `folder`."""
    token = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(token)


def resolved(path: str) -> Path:
    """Return a path as the settings mean it: `~` expanded, relative to the configuration's folder.

    Raises:
        ValueError: it begins with the home of a user whom this machine does not know.
    """
    return _folder.get(Path()) / at_home(path)


def at_home(path: str) -> Path:
    """Return a path with its `~` expanded.

    Raises:
        ValueError: it begins with the home of a user whom this machine does not know.
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise ValueError(
            f"begins with {path.split('/', maxsplit=1)[0][:40]}, whom this machine does not know"
        ) from None


def closest(word: str, allowed: Sequence[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest allowed word, or nothing."""
    near = difflib.get_close_matches(word.lower(), [name.lower() for name in allowed], n=1, cutoff=0.6)
    if not near:
        return ""
    return f"; did you mean '{next(name for name in allowed if name.lower() == near[0])}'?"


def masked_url(url: str) -> str:
    """Return `url` with its password and the values of secret parameters masked."""
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        return MASK
    netloc, query = parts.netloc, parts.query
    if password is not None:
        user, host = netloc.rsplit("@", 1)
        netloc = f"{user.split(':', 1)[0]}:{MASK}@{host}"
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(_SECRET_PARAMETER.search(name) for name, _ in pairs):
        hidden = [(name, MASK if _SECRET_PARAMETER.search(name) else value) for name, value in pairs]
        query = urlencode(hidden, safe="*")
    if (netloc, query) == (parts.netloc, parts.query):
        return url
    return urlunsplit((parts.scheme, netloc, parts.path, query, parts.fragment))


def plain_location(url: str) -> str:
    """Return `url` without user, password and secret parameters: a name that may be stored and shown."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = parts.query
    if any(_SECRET_PARAMETER.search(name) for name, _ in pairs):
        query = urlencode([pair for pair in pairs if not _SECRET_PARAMETER.search(pair[0])])
    return urlunsplit((parts.scheme, parts.netloc.rsplit("@", 1)[-1], parts.path, query, ""))


def is_loopback(host: str) -> bool:
    """Tell whether `host` names this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text in quotes")  # noqa: TRY004  # pydantic collects ValueError only
    if not value.isascii() and _HALF.search(value):
        raise ValueError("must be UTF-8 text")
    return str(value)


def _lines(value: object) -> str:
    text = _text(value).strip()
    if _CONTROL.search(re.sub(r"[\n\r\t]", " ", text)):
        raise ValueError("must hold no control characters but line ends and tabs")
    return text


def one_line(value: object) -> str:
    """Return text on one line, without white space around it.

    Raises:
        ValueError: it is none.
    """
    text = _text(value).strip()
    if _CONTROL.search(text):
        raise ValueError("must be one line without control characters")
    return text


def decoded(value: object) -> object:
    """Return what the text of an environment variable stands for: a number, true or false."""
    if not isinstance(value, EnvText):
        return value
    word = value.strip().lower()
    if word in {"yes", "on", "no", "off"}:
        return word in {"yes", "on"}
    try:
        return json.loads(word)
    except ValueError:
        return str(value)


def _listed(value: object) -> object:
    if isinstance(value, EnvText):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return tuple(value) if isinstance(value, list) else value


def _clock(value: object) -> time:
    if isinstance(value, time):
        value = value.isoformat("minutes" if value.second == 0 and value.microsecond == 0 else "auto")
    found = CLOCK.fullmatch(_text(value).strip())
    if not found:
        raise ValueError(f"must be a time as HH:MM between 00:00 and 23:59, not '{value}'")
    return time(int(found[1]), int(found[2]))


def _day(value: object) -> str:
    try:
        return date.fromisoformat(_text(value).strip()).isoformat()
    except ValueError:
        raise ValueError(f"must be a day as 2026-12-24, not '{str(value)[:40]}'") from None


def _deadline(value: object) -> time | str:
    return NO_DEADLINE if value == NO_DEADLINE else _clock(value)


def zone(value: object) -> ZoneInfo:
    """Return the time zone of an IANA name.

    Raises:
        ValueError: it names none.
    """
    if isinstance(value, ZoneInfo):
        return value
    name = _text(value).strip()
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        near = closest(name, sorted(available_timezones()))
        raise ValueError(
            f"no time zone is named '{name[:60]}'{near or ', for example Africa/Nairobi'}"
        ) from None


def _split(value: object) -> tuple[str, SplitResult]:
    text = one_line(value)
    if re.search(r"\s", text):
        raise ValueError("must be a URL without spaces")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is no URL: {error}") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError("must be a full URL that starts with https://")
    return text, parts


def _on_the_wire(text: str) -> str:
    """Return a URL as mails, pages and browsers' Origin headers hold it."""
    try:
        return ascii_url(text)
    except ValueError as error:
        raise ValueError(f"is no URL: its host is no domain ({error})") from None


def _secure_url(value: object) -> str:
    text, parts = _split(value)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError("must start with https:// (http:// is for localhost only)")
    if parts.username or parts.query or parts.fragment:
        raise ValueError("must hold no user name, no '?' and no '#': pages' names are added to it")
    return _on_the_wire(text).rstrip("/")


def _site_url(value: object) -> str:
    text = _secure_url(value)
    path = urlsplit(text).path
    if not path:
        return text
    first, *others = path[1:].split("/")
    if "" in (first, *others) or {".", ".."} & {unquote(one) for one in (first, *others)}:
        raise ValueError("must have a plain path: no empty part, no '.' and no '..'")
    if unquote(first) in OWN_PAGES:
        raise ValueError(
            f"its path must not begin with /{first}, as pages of ours do: choose another word, as in /news"
        )
    return text


def _root_url(value: object) -> str:
    text = _web_url(value)
    if urlsplit(text).path.strip("/"):
        raise ValueError(
            "must have no path: the desk is at the root of its host. Give it a host name of its own, or "
            "let the proxy pass /desk on as it is (docs/public-pages.md)"
        )
    return text


def _web_url(value: object) -> str:
    text, parts = _split(value)
    if parts.username is not None:
        raise ValueError("must hold no user name or password: it stands in readers' mails")
    return _on_the_wire(text)


def _source_url(value: object) -> SecretUrl:
    text = _split(value.get_secret_value() if isinstance(value, SecretStr) else value)[0]
    _on_the_wire(text)
    return SecretUrl(text)


def _path(value: object) -> Path:
    if isinstance(value, Path):
        return resolved(str(value))
    text = one_line(value)
    if not text:
        raise ValueError("must not be empty")
    return resolved(text)


def is_language(text: str) -> bool:
    """Tell whether text is a language code, as `en` or `pt-BR`."""
    return bool(_LANGUAGE.fullmatch(text))


def _language(value: object) -> str:
    text = _text(value).strip()
    if not is_language(text) or not is_language_of_the_world(text):
        raise ValueError(f"must be a language code like 'en', 'sw' or 'pt-BR', not '{text[:40]}'")
    return text.lower()


def _auto_or_yes_no(value: object) -> Literal["auto"] | bool:
    said = decoded(value)
    if isinstance(said, bool):
        return said
    if isinstance(said, str) and said.strip().lower() == "auto":
        return "auto"
    raise ValueError(f'must be "auto", true or false, not {said!r}')


def _key(value: object) -> str:
    text = _text(value)
    if not KEY.fullmatch(text) or len(text) > 40:
        raise ValueError(
            f"'{text}' must be a short name of lower-case letters and digits, words joined by '-' or '_'"
        )
    return text


def _list_key(value: object) -> str:
    text = _text(value)
    if not _LIST_KEY.fullmatch(text):
        raise ValueError(f"'{text}' is no list's key: lower-case letters, digits, '-' and '_', at most 64")
    return text


def _color(value: object) -> str:
    text = _text(value).strip()
    if not _COLOR.fullmatch(text):
        raise ValueError(f"must be a color like '#9b1c31', not '{text}'")
    return text.lower()


def _signing_key(value: object) -> SecretStr:
    raw = value.get_secret_value() if isinstance(value, SecretStr) else value
    text = one_line(raw)
    if len(text) < 32:
        raise ValueError(
            f"must have 32 characters or more, not {len(text)}; `digest init` makes a good one"
        )
    if len(set(text)) < 8:
        raise ValueError("must be random: it holds fewer than 8 different characters")
    return SecretStr(text)


def _key_id(value: object) -> str:
    text = one_line(value)
    if not _KEY_ID.fullmatch(text):
        raise ValueError(f"must be 1 to 8 of a-z and 0-9, as in '2', not '{text[:60]}'")
    return text


def _secret(value: object) -> SecretStr:
    return SecretStr(one_line(value.get_secret_value() if isinstance(value, SecretStr) else value))


Text = Annotated[str, PlainValidator(one_line)]
Lines = Annotated[str, PlainValidator(_lines)]
FullText = Annotated[str, BeforeValidator(one_line), StringConstraints(min_length=1)]
Title = Annotated[str, BeforeValidator(one_line), StringConstraints(min_length=1, max_length=LONGEST_TITLE)]
Words = Annotated[tuple[FullText, ...], BeforeValidator(_listed)]
Key = Annotated[str, PlainValidator(_key)]
ListKeys = Annotated[
    tuple[Annotated[str, PlainValidator(_list_key)], ...], BeforeValidator(_listed), Field(min_length=1)
]
Whole = Annotated[int, BeforeValidator(decoded), Field(strict=True)]
Number = Annotated[float, BeforeValidator(decoded), Field(strict=True, allow_inf_nan=False)]
YesNo = Annotated[bool, BeforeValidator(decoded), Field(strict=True)]
AutoOrYesNo = Annotated[Literal["auto"] | bool, PlainValidator(_auto_or_yes_no)]
Clock = Annotated[time, PlainValidator(_clock)]
Day = Annotated[str, PlainValidator(_day)]
Deadline = Annotated[time | str, PlainValidator(_deadline)]
Zone = Annotated[ZoneInfo, PlainValidator(zone)]
SiteUrl = Annotated[str, PlainValidator(_site_url)]
RootUrl = Annotated[str, PlainValidator(_root_url)]
SecureUrl = Annotated[str, PlainValidator(_secure_url)]
WebUrl = Annotated[str, PlainValidator(_web_url)]
SourceUrl = Annotated[SecretUrl, PlainValidator(_source_url)]
ConfigPath = Annotated[Path, PlainValidator(_path)]
Language = Annotated[str, PlainValidator(_language)]
Color = Annotated[str, PlainValidator(_color)]
SigningKey = Annotated[SecretStr, PlainValidator(_signing_key)]
KeyId = Annotated[str, PlainValidator(_key_id)]
Secret = Annotated[SecretStr, PlainValidator(_secret)]
Listed = BeforeValidator(_listed)
