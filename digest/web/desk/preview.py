"""The finished mail in a frame: the bytes that will leave, but for a reader's own values and pictures."""

from __future__ import annotations

import hashlib
import html
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from digest.editions.variants import choose
from digest.model import Edition, RenderedEdition, TokenText, Variant
from digest.model.pictures import name_in
from digest.settings.unpacking import user_agent_of
from digest.sources.web.fetching import Fetcher, FetchFailed
from digest.web.serving.headers import MAIL_POLICY
from digest.web.serving.request import Ask
from digest.web.serving.state import Desk
from digest.words.speaking import later, say
from subscribers.errors import SubscribersError

MODES: Mapping[str, str] = MappingProxyType(
    {
        "desktop": later("Desktop"),
        "phone": later("Phone"),
        "dark": later("Dark"),
        "text": later("Text"),
        "plain": later("No images"),
    }
)
"""The ways to look at a mail, in the order of their keys 1 to 5."""

_PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")(https?://[^"]*)(")')
_BACKGROUND = re.compile(r"url\((['\"]?)https?://[^)]*\)")
_DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)")
_BOTH = re.compile(r"color-scheme:\s*light dark")
_SCHEME = re.compile(r'<meta name="(?:supported-)?color-schemes?"[^>]*>')
_PICTURES_KEPT = 40
_MOST_PICTURE_BYTES = 4_000_000
_ADDRESSES_KEPT = 5_000


def preview(ask: Ask) -> Response:
    """Show one rendering as one reader or group of readers would see it."""
    edition = ask.desk.edition(ask.key)
    mode = ask.query.get("mode", "desktop")
    if mode not in MODES:
        raise HTTPException(404)
    try:
        looker = audience_of(ask, edition, ask.query)
    except SubscribersError as error:
        return _said(ask, str(error), 404)
    rendered = ask.desk.rendered(edition, looker.variant)
    if rendered.is_empty:
        return _said(ask, say("No section of theirs has a story today: these readers get no mail."))
    headers = {
        "content-security-policy": MAIL_POLICY,
        "x-desk-revision": str(edition.revision),
        "x-desk-size": str(len(rendered.html.encode())),
    }
    if mode == "text":
        text = TokenText.split(rendered.text).join(looker.values)
        response = ask.page("preview_text.html", text=text, subject=rendered.subject)
        response.headers.update(headers)
        return response
    return HTMLResponse(_page(rendered, looker, mode), headers=headers)


def beside(ask: Ask, edition: Edition, look: object) -> str | None:
    """Return the page that `preview` would show, for the frame to be changed in place.

    Args:
        look: the fields of the preview's address, as the page's script sends them with a change.

    Returns:
        None where it asks for no mail in HTML, or for one that can't be shown: the frame asks itself then.
    """
    if not isinstance(look, Mapping):
        return None
    asked = {str(name): str(value) for name, value in look.items()}
    mode = asked.get("mode", "")
    if mode not in MODES or mode == "text":
        return None
    try:
        looker = audience_of(ask, edition, asked)
    except (SubscribersError, HTTPException):
        return None
    rendered = ask.desk.rendered(edition, looker.variant)
    return None if rendered.is_empty else _page(rendered, looker, mode)


def _page(rendered: RenderedEdition, looker: Looker, mode: str) -> str:
    page = filled(rendered, looker.values)
    page = as_dark(page) if mode == "dark" else as_light(page)
    return with_pictures(page, PICTURES, are_shown=mode != "plain")


def final(ask: Ask) -> Response:
    """Give the rendering itself, tokens open: what approval hashes and the transport sends."""
    edition = ask.desk.edition(ask.key)
    rendered = ask.desk.rendered(edition, audience_of(ask, edition, ask.query).variant)
    content = rendered.text if ask.query.get("part") == "text" else rendered.html
    return PlainTextResponse(content, headers={"x-desk-hash": rendered.content_hash})


def filled(rendered: RenderedEdition, values: Mapping[str, str]) -> str:
    """Return the HTML with one reader's values in it."""
    escaped = {name: html.escape(value) for name, value in values.items()}
    return TokenText.split(rendered.html).join(escaped)


def as_dark(page: str) -> str:
    """Return the page as a program in dark mode shows it.

    A frame's own color scheme moves no media query in Chromium, so the queries themselves are answered.
    """
    return _SCHEME.sub("", _BOTH.sub("color-scheme:dark", _DARK.sub("@media all", page)))


def as_light(page: str) -> str:
    """Return the page as a program in light mode shows it, whatever the editor's own screen does."""
    return _SCHEME.sub("", _BOTH.sub("color-scheme:light", _DARK.sub("@media not all", page)))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its server gave it."""

    content: bytes
    kind: str


_UNREACHED = Picture(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360">'
    b'<rect width="640" height="360" fill="#d9d2c7"/><text x="320" y="186" fill="#4f4840" font-size="20"'
    b' text-anchor="middle" font-family="sans-serif">No picture could be fetched</text></svg>',
    "image/svg+xml",
)


class Pictures:
    """Remembers which outside addresses our previews named, so that no others can be asked for."""

    def __init__(self) -> None:
        """Begin with none."""
        self._addresses: OrderedDict[str, str] = OrderedDict()
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._lock = threading.Lock()

    def name(self, address: str) -> str:
        """Return what stands for an address on our own pages."""
        name = hashlib.sha256(address.encode()).hexdigest()[:32]
        with self._lock:
            self._addresses[name] = address
            self._addresses.move_to_end(name)
            while len(self._addresses) > _ADDRESSES_KEPT:
                self._addresses.popitem(last=False)
        return name

    def address(self, name: str) -> str | None:
        """Return the address that `name` stands for."""
        with self._lock:
            return self._addresses.get(name)

    def kept(self, name: str) -> Picture | None:
        """Return the picture where it is at hand."""
        with self._lock:
            return self._kept.get(name)

    def keep(self, name: str, picture: Picture) -> None:
        """Have the picture at hand for the next preview."""
        with self._lock:
            self._kept[name] = picture
            while len(self._kept) > _PICTURES_KEPT:
                self._kept.popitem(last=False)


PICTURES = Pictures()


def with_pictures(page: str, pictures: Pictures, *, are_shown: bool) -> str:
    """Return the page with every outside picture fetched through us, or, not shown, with none at all.

    The browser of an editor asks no other host for anything.
    """

    def ours(match: re.Match[str]) -> str:
        if not are_shown:
            return f"{match[1]}{match[3]}"
        return f"{match[1]}/desk/pictures/{pictures.name(html.unescape(match[2]))}{match[3]}"

    return _BACKGROUND.sub("none", _PICTURE.sub(ours, page))


def picture(ask: Ask) -> Response:
    """Give one picture of a preview, fetched by our own guarded fetcher."""
    name = ask.request.path_params["name"]
    address = PICTURES.address(name)
    if address is None:
        raise HTTPException(404)
    found = PICTURES.kept(name) or _own(ask.desk, address) or _fetched(ask.desk, address)
    PICTURES.keep(name, found)
    return Response(
        found.content,
        media_type=found.kind,
        headers={
            "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
            "cache-control": "private, max-age=3600",
        },
    )


def _own(desk: Desk, address: str) -> Picture | None:
    """Return a picture of our own store: nobody need be asked for it."""
    name = name_in(address, desk.newsroom.site.url)
    found = desk.newsroom.database.pictures.load(name) if name else None
    return Picture(found.content, found.kind) if found else None


def _fetched(desk: Desk, address: str) -> Picture:
    settings = desk.loaded.settings
    fetcher = Fetcher(
        user_agent=user_agent_of(settings),
        allowed_hosts=settings.fetching.allowed_hosts,
        deadline_s=8.0,
        max_bytes=_MOST_PICTURE_BYTES,
    )
    try:
        answer = fetcher.get(address)
    except FetchFailed:
        return _UNREACHED
    finally:
        fetcher.close()
    kind = answer.content_type.partition(";")[0].strip().lower()
    return Picture(answer.body, kind) if kind.startswith("image/") else _UNREACHED


@dataclass(frozen=True, slots=True)
class Looker:
    """Whose mail is shown: their variant, and their own values; their links lead nowhere from the frame."""

    variant: Variant
    values: Mapping[str, str]


def audience_of(ask: Ask, edition: Edition, asked: Mapping[str, str]) -> Looker:
    """Return whose mail is asked for: everybody's, a group's, or one reader's, with either subject.

    Args:
        asked: the fields of the preview's address.

    Raises:
        HTTPException: the newsletter has no such section, or no such language.
        UnknownSubscriber: nobody has the address.
        InvalidAddress: it is none.
    """
    parts = ask.desk.parts(edition.key.newsletter)
    address = asked.get("as", "").strip()
    reader = ask.desk.newsroom.reader(edition.key, address or None)
    wanted = reader.variant if address else _asked(ask, edition, asked)
    chosen = choose(edition, parts.newsletter, [(wanted, 1)], parts.renderer.languages)
    arm = asked.get("arm", "") if edition.subject_b else ""
    variant = [one for one in chosen if one.arm == arm][-1:]
    if not variant:
        raise HTTPException(404, say("There is no such subject."))
    return Looker(variant[0], parts.sending.personalizer.values(reader._replace(variant=variant[0])))


def _asked(ask: Ask, edition: Edition, asked: Mapping[str, str]) -> Variant:
    """Return the language and the sections that a group of readers chose."""
    topics = {topic for topic in asked.get("topics", "").split("+") if topic}
    known = {section.key for section in edition.sections}
    known |= {rule.key for rule in ask.desk.newsletters[edition.key.newsletter].sections}
    if not known >= topics:
        raise HTTPException(404, say("The newsletter has no such section."))
    language = asked.get("language", "")
    if language and language not in ask.desk.newsroom.renderer.languages:
        raise HTTPException(404, say("The mail has no words in this language."))
    return Variant(language, tuple(sorted(topics)))


def _said(ask: Ask, text: str, code: int = 200) -> Response:
    """Return a sentence in the frame, in place of a mail."""
    page = ask.page("preview_text.html", code=code, text=text, subject="Preview")
    page.headers["content-security-policy"] = MAIL_POLICY
    return page
