"""A story's or a block's picture: chosen, brought, cropped about its point, taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from digest.editions.block_changes import SetBlockPicture, SetPicture
from digest.editions.display_width import one_line
from digest.errors import BadData
from digest.model import ArticleId, BlockId, Edition, Image
from digest.model.desk import Role
from digest.model.pictures import StoredPicture, name_in
from digest.rendering.pictures import is_out_of_bounds, why_unshown
from digest.settings.unpacking import user_agent_of
from digest.sources.web.fetching import Fetcher, FetchFailed
from digest.web.desk import deeds
from digest.web.desk.commands import Command, Subject
from digest.web.desk.letter.imaging import MOST_BYTES, Made, cropped, made
from digest.web.desk.preview import PICTURES
from digest.web.serving.request import Ask
from digest.web.serving.state import Desk
from digest.words.speaking import later, retold, say

LONGEST_ALT, LONGEST_CREDIT, LONGEST_URL = 300, 120, 2_000
_NAMES = {
    "article": later("The story"),
    "url": later("The address"),
    "alt": later("The description"),
    "credit": later("The credit"),
}
MOST_CHOICES = 24

KINDS = frozenset({"picture", "picture-away"})
"""The changes of pictures that the page can ask for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A picture that an editor may choose, and whose it is."""

    picture: Image
    said: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a picture: what it shows, who made it, and where its point is."""

    alt: str
    credit: str = ""
    focus: tuple[float, float] = Image("").focus

    def checked(self) -> Words:
        """Return them on one line each.

        Raises:
            BadData: nobody said what it shows.
        """
        alt = one_line(self.alt[:LONGEST_ALT])
        if not alt:
            raise BadData(
                say("The picture"),
                say("nobody has said what it shows"),
                say("Write a sentence for who can’t see it."),
            )
        return replace(self, alt=alt, credit=one_line(self.credit[:LONGEST_CREDIT]))

    def of(self, picture: Image) -> Image:
        """Return a picture with these words."""
        return replace(picture, alt=self.alt, credit=self.credit, focus=self.focus)


def bring(ask: Ask) -> Response:
    """Keep a picture that was uploaded, or that lies at an address; answer with what it is called."""
    ask.require(Role.EDITOR)
    try:
        if "json" in ask.request.headers.get("content-type", ""):
            body = _fetched(ask.desk, str(ask.sent.get("url", "")))
        else:
            body = ask.body
        picture = _kept(ask.desk, made(body), ask.user.name, ask.now)
    except BadData as error:
        return JSONResponse({"problem": retold(str(error))}, 422)
    ask.desk.note(ask.user.name, "brought a picture", ask.desk.edition(ask.key), detail=picture.name)
    url = _address(ask.desk, picture)
    told = {"url": url, "src": src(url), "width": picture.width, "height": picture.height}
    return JSONResponse(told | {"alt": "", "credit": ""})


def image_of(desk: Desk, body: bytes | str, words: Words, *, who: str, now: datetime) -> Image:
    """Keep a picture that was uploaded, or that lies at an address; return it as a mail shows it.

    Raises:
        BadData: it can't be read or fetched, or nobody said what it shows.
    """
    said = words.checked()
    kept = _kept(desk, made(_fetched(desk, body) if isinstance(body, str) else body), who, now)
    return said.of(_of_store(desk, kept.name, said.focus, who, now))


def seen_anew(desk: Desk, picture: Image, words: Words, *, who: str, now: datetime) -> Image:
    """Return a picture with other words and about another point; ours is cropped anew from the whole one.

    Raises:
        BadData: it is not there any more, or nobody said what it shows.
    """
    said = words.checked()
    stored = name_in(picture.url, desk.newsroom.site.url)
    return said.of(_of_store(desk, stored, said.focus, who, now) if stored else picture)


def whole_url(desk: Desk, url: str) -> str:
    """Return where a picture lies as it was brought, before it was cropped about a point."""
    name = name_in(url, desk.newsroom.site.url)
    found = desk.newsroom.database.pictures.load(name) if name else None
    return url.replace(found.name, found.original) if found and found.original else url


def src(url: str) -> str:
    """Return where the desk's own pages show a picture from: no editor's browser asks another host."""
    return f"/desk/pictures/{PICTURES.name(url)}"


def choices(ask: Ask) -> Response:
    """Show what a story's picture can be: its own, those of its articles, those of other stories."""
    edition = ask.desk.edition(ask.key)
    name = ask.query.get("of", "")
    return ask.page(
        "edition/letter/choices.html",
        choices=[
            {"picture": one.picture, "said": one.said, "src": src(whole_url(ask.desk, one.picture.url))}
            for one in tuple(_choices(ask.desk, edition, name))[:MOST_CHOICES]
        ],
        shown=shown_of(edition, name),
    )


def shown_of(edition: Edition, name: str) -> Image | None:
    """Return the picture that a story or a block has."""
    for item in edition.items:
        if item.article == name:
            return item.image
    return next((block.picture for block in edition.blocks if block.id == name), None)


def _choices(desk: Desk, edition: Edition, name: str) -> Iterable[Choice]:
    own = [item for item in edition.items if item.article == name]
    wanted = [article for item in own for article in item.articles or (item.article,)]
    wanted += [item.article for item in edition.items if item not in own]
    found = {one.article.id: one.article for one in desk.articles.load(list(dict.fromkeys(wanted)))}
    told: set[str] = set()
    current = shown_of(edition, name)
    if current is not None:
        told.add(current.url)
        yield Choice(current, say("as it is now"))
    for article in (found[key] for key in dict.fromkeys(wanted) if key in found):
        image = article.image
        if image is None or image.url in told or why_unshown(image.url) or is_out_of_bounds(image):
            continue
        told.add(image.url)
        yield Choice(
            image, article.title if article.id in wanted[:1] else f"{article.voice}: {article.title}"
        )


def read(sent: Mapping[str, Any], subject: Subject, desk: Desk, *, who: str, now: datetime) -> Command:
    """Return the change of a picture that the page asks for.

    Raises:
        BadData: nothing has the name, the picture may not be shown, or nobody said what it shows.
    """
    name, edition = _text(sent, "article", 60), subject.edition
    said = _said(edition, name)
    picture = None if sent.get("kind") == "picture-away" else _chosen(sent, edition, name, desk, who, now)
    words = deeds.CHOSE_PICTURE % {"what": said} if picture else deeds.TOOK_PICTURE_AWAY % {"what": said}
    if any(block.id == name for block in edition.blocks):
        return Command(SetBlockPicture(BlockId(name), picture), words)
    return Command(SetPicture(ArticleId(name), picture), words)


def _chosen(  # noqa: PLR0917 - one place asks
    sent: Mapping[str, Any], edition: Edition, name: str, desk: Desk, who: str, now: datetime
) -> Image:
    url = _text(sent, "url", LONGEST_URL)
    alt, credit = _text(sent, "alt", LONGEST_ALT), _text(sent, "credit", LONGEST_CREDIT)
    words = Words(alt, credit, _focus(sent.get("focus"))).checked()
    stored = name_in(url, desk.newsroom.site.url)
    if stored:
        return words.of(_of_store(desk, stored, words.focus, who, now))
    known = next((one.picture for one in _choices(desk, edition, name) if one.picture.url == url), None)
    if known is None:
        raise BadData(
            say("The picture"), say("it is none of those to choose from"), say("Bring it by its address.")
        )
    return words.of(known)


def _of_store(desk: Desk, name: str, focus: tuple[float, float], who: str, now: datetime) -> Image:
    """Return a picture of ours as an edition shows it: cropped about its point, where a mail would."""
    kept = desk.newsroom.database.pictures
    found = kept.load(name)
    whole = kept.load(found.original) if found and found.original else found
    if whole is None:
        raise BadData(say("The picture"), say("it is not there any more"), say("Bring it again."))
    cut = cropped(whole.content, focus)
    shown = whole if cut is None else _kept(desk, cut, who, now, original=whole.name)
    kept.use(shown.name, now=now)
    return Image(
        _address(desk, shown),
        width=shown.width,
        height=shown.height,
        focus=focus,
        size_bytes=len(shown.content),
    )


def _kept(desk: Desk, picture: Made, who: str, now: datetime, original: str = "") -> StoredPicture:
    stored = StoredPicture(
        picture.name, picture.kind, picture.width, picture.height, picture.content, who, now, original
    )
    desk.newsroom.database.pictures.keep(stored)
    return stored


def _address(desk: Desk, picture: StoredPicture) -> str:
    return desk.newsroom.site.url.rstrip("/") + picture.path


def _fetched(desk: Desk, url: str) -> bytes:
    if not url.startswith(("https://", "http://")) or len(url) > LONGEST_URL:
        raise BadData(say("The address"), say("it does not begin with https://"))
    settings = desk.loaded.settings
    fetcher = Fetcher(
        user_agent=user_agent_of(settings),
        allowed_hosts=settings.fetching.allowed_hosts,
        deadline_s=10.0,
        max_bytes=MOST_BYTES,
    )
    try:
        return fetcher.get(url, accept="image/*").body
    except FetchFailed as error:
        raise BadData(say("The picture"), error.problem) from error
    finally:
        fetcher.close()


def _said(edition: Edition, name: str) -> str:
    for item in edition.items:
        if item.article == name:
            return f"“{item.headline}”"
    if any(block.id == name for block in edition.blocks):
        return "a block"
    raise BadData(say("The story"), say("it is not in the edition any more"), say("Load the page again."))


def _focus(told: object) -> tuple[float, float]:
    if isinstance(told, list) and len(told) == 2 and all(isinstance(one, int | float) for one in told):
        x, y = (min(1.0, max(0.0, float(one))) for one in told)
        return round(x, 3), round(y, 3)
    return Image("").focus


def _text(sent: Mapping[str, Any], name: str, most: int) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise BadData(
            say("The picture"), say("%(name)s is no text", name=name), say("Load the page again.")
        )
    if len(value) > most:
        raise BadData(
            say(_NAMES[name]),
            say("it has %(count)s characters, %(most)s at most", count=len(value), most=most),
            say("Shorten it."),
        )
    return value
