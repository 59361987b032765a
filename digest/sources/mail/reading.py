"""A letter's text and links as blocks, and as the entries that are made of it."""

# ruff: noqa: E501  # one line for a language or two

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml import etree

from digest.sources.dates import reading as dates
from digest.sources.entries import Entry, place_of
from digest.sources.mail.answered import drop_answered
from digest.sources.mail.furniture import (
    bare_subject,
    embargo,
    is_browser_line,
    is_ending,
    is_field_of_mail,
    letter_text,
)
from digest.sources.mail.letters import Letter
from digest.sources.mail.links import public_address
from digest.sources.pages.pictures import first_picture
from digest.sources.text.blocks import (
    HEADING_MAX_CHARACTERS,
    Block,
    count_words,
    fold,
    mark_headings,
    read_plain,
    sameness_key,
)
from digest.sources.text.bounds import bounded
from digest.sources.text.markup import parse_page, read_element

FEWEST_ITEM_WORDS = 8
FEWEST_ITEMS = 2
MOST_ITEMS = 100
MOST_LINKS = 2_000
FEWEST_HTML_WORDS = 20

_LINK = re.compile("\ue000([0-9]{1,4})\ue001")
_MARKS = re.compile("\ue000[^\ue001]{0,4}\ue001|[\ue000\ue001]")
_HEADING = "\ue002"
_ADDRESS_LINE = re.compile(r"<?https?://[^\s<>]{4,1000}>?")
_HEAD_END = re.compile(r"[.!?,;…。！？]$")
_LEADING_TO_LINK = re.compile(
    r"(?:(?<=[.!?…。！？])\s)?[^.!?…。！？]{0,40}[:→»>：]\s?[<(\[]?https?://[^\s<>\]]{1,2000}[>)\]]?"
)
_INVISIBLE = re.compile(
    r"mso-hide\s*:\s*all|max-height\s*:\s*0|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|!|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_BARE_LINK = re.compile(r"[<(\[]?https?://[^\s<>\]]{1,2000}[>)\]]?")
_SAYS = re.compile(r"[^\W_]")
_RULE_SIGNS = frozenset("=~_*#-–—•·+")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|[IVX]{1,4}\.|[•▪■●◆*+►>#]{1,2})\s+(?=\S)")
_MORE = re.compile(
    r"^(?:read|continue|full|more|weiter|mehr|zum artikel|lire|suite|leer|leia|ler|saiba|seguir|leggi|continua|lees|läs|les|læs|lue|czytaj|читать|подробнее|читати|devamı|اقرأ|続き|全文|阅读|더 보기|baca|soma)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter gives.

    Attributes:
        problem: why it gives nothing; empty where it does.
    """

    entries: tuple[Entry, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Framing:
    """What the source says about all its letters.

    Attributes:
        base_url: where articles without an address of their own are said to be.
        is_split: a letter of many headed items is as many articles.
    """

    base_url: str
    zone: ZoneInfo
    is_split: bool = False


def entries_of(
    letter: Letter, framing: Framing, where: str, *, arrived: datetime | None, now: datetime
) -> Told:
    """Return the entries that a letter holds.

    Args:
        where: names it in problems.
        arrived: when the box got it, for a letter without a date that can be believed.
        now: bounds what can be believed.
    """
    if letter.is_automatic:
        return Told()
    if letter.is_encrypted and not (letter.html.strip() or letter.text.strip()):
        return Told(problem="is encrypted; it was left out")
    body = _Body.of(letter)
    if not body.blocks:
        return Told(problem="holds no text that can be read; it was left out")
    published = _published(letter, framing.zone, arrived, now)
    held = embargo([Block(_MARKS.sub("", block.text), block.level) for block in body.blocks])
    if held is not None:
        until = dates.read(held.strip(), zone=framing.zone, now=now, language=letter.language)
        if until.at is None:
            return Told(problem=f"is under embargo ({held[:80] or 'no time given'}); it was left out")
        published = max(until.at.isoformat(), published)
    subject = bare_subject(letter.subject, is_of_list=bool(letter.list_id))
    whole = Entry(
        where=where,
        url=_web_copy(letter, body, is_split=framing.is_split) or framing.base_url,
        base=framing.base_url,
        guid=_guid(letter, body),
        title=subject,
        published=published,
        blocks=body.plain(letter_text(body.blocks)),
        language=letter.language or body.language,
        image=first_picture([letter.html], framing.base_url) if letter.html else None,
        publisher=_publisher(letter),
    )
    place = "" if whole.url != framing.base_url else place_of(whole.guid)
    items = tuple(_items(body, whole)) if framing.is_split else ()
    return Told(items if len(items) >= FEWEST_ITEMS else (_placed(whole, place),))


@dataclass(frozen=True, slots=True)
class _Body:
    """The part that people read, with a sign in its text for each link.

    Attributes:
        links: address and text of each link, by its number.
    """

    blocks: tuple[Block, ...]
    links: tuple[tuple[str, str], ...] = ()
    language: str = ""

    @classmethod
    def of(cls, letter: Letter) -> _Body:
        """Read the HTML part, or the text part where that says more."""
        rich = _read_html(letter.html) if letter.html.strip() else cls(())
        text = cls(_read_text(letter.text)) if letter.text.strip() else cls(())
        words = sum(count_words(_MARKS.sub("", block.text)) for block in rich.blocks)
        if words >= FEWEST_HTML_WORDS or not text.blocks:
            return rich
        return text if sum(count_words(block.text) for block in text.blocks) > words else rich

    def plain(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """Return blocks without the signs."""
        found = (Block(_tidy(block.text), block.level) for block in blocks)
        return tuple(block for block in found if block.text and not _is_rule(block.text))

    def links_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield address and text of a block's links."""
        for number in _LINK.findall(text):
            if int(number) < len(self.links):
                yield self.links[int(number)]
        for found in _BARE_LINK.findall(text):
            yield found.strip("<>()[]."), ""


def _tidy(text: str) -> str:
    text = _MARKS.sub("", text)
    return fold(_BARE_LINK.sub(" ", _LEADING_TO_LINK.sub(" ", text)) if "://" in text else text)


def _read_html(html: str) -> _Body:
    root = parse_page(_MARKS.sub("", html))
    if root is None:
        return _Body(())
    links: list[tuple[str, str]] = []
    drop_answered(root)
    for element in list(root.iter("*")):
        if element.getparent() is not None and _INVISIBLE.search(element.get("style") or ""):
            element.drop_tree()
        elif element.tag == "a" and (address := element.get("href")) and len(links) < MOST_LINKS:
            text = fold(element.text_content())
            if text:
                _append(element, f"\ue000{len(links)}\ue001")
                links.append((address, text))
    _mark_headings(root)
    blocks, _ = bounded(read_element(root))
    language = root.get("lang") or ""
    return _Body(mark_headings(blocks), tuple(links), language)


def _append(element: etree._Element, sign: str) -> None:
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + sign
    else:
        last.tail = (last.tail or "") + sign


def _mark_headings(root: etree._Element) -> None:
    """Make headings of lines that are bold or large as a whole, as letters set theirs."""
    if sum(1 for _ in root.iter("h1", "h2", "h3", "h4")) >= FEWEST_ITEMS:
        return
    _mark_bold_beginnings(root)
    for element in list(root.iter("p", "td", "div", "th")):
        text = fold(_MARKS.sub("", element.text_content() or ""))  # type: ignore[attr-defined]  # lxml.html's
        is_leaf = not any(
            child.tag in {"p", "td", "div", "table", "ul", "ol"}
            for child in element.iter("*")
            if child is not element
        )
        if is_leaf and 2 <= count_words(text) <= 20 and _is_set_large(element, text):
            element.tag = "h2"


def _mark_bold_beginnings(root: etree._Element) -> None:
    """Make headings of bold lines over a text in one paragraph or item, where several have them."""
    found: list[etree._Element] = []
    for bold in root.iter("b", "strong"):
        parent, following = bold.getparent(), bold.getnext()
        if parent is None or parent[0] is not bold or (parent.text or "").strip():
            continue
        text = fold(_MARKS.sub("", bold.text_content() or ""))  # type: ignore[attr-defined]  # lxml.html's
        has_own_line = following is not None and following.tag == "br" and not (bold.tail or "").strip()
        is_over = has_own_line or (parent.tag == "li" and bool((bold.tail or "").strip()))
        if is_over and 2 <= count_words(text) <= 20 and not _HEAD_END.search(text):
            found.append(bold)
    if len(found) >= FEWEST_ITEMS:
        for bold in found:
            bold.tag = "h2"


def _is_set_large(element: etree._Element, text: str) -> bool:
    for child in element.iter("*"):
        style = (child.get("style") or "").lower()
        size = re.search(r"font-size\s*:\s*(\d{1,3})(?:\.\d+)?px", style)
        is_bold = child.tag in {"b", "strong"} or bool(
            re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style)
        )
        if is_bold or (size and int(size[1]) >= 19):
            own = fold(_MARKS.sub("", child.text_content() or ""))  # type: ignore[attr-defined]  # lxml.html's
            if own == text:
                return True
    return False


def _read_text(text: str) -> tuple[Block, ...]:
    """Read a text part: underlined and numbered lines over a paragraph are headings."""
    blocks = read_plain("\n".join(_spaced(text.replace(_HEADING, "").split("\n"))))
    marked = (
        Block(block.text.removeprefix(_HEADING).strip(), 2) if block.text.startswith(_HEADING) else block
        for block in blocks
    )
    return bounded(marked)[0]


def _is_rule(line: str) -> bool:
    """Tell whether a line is drawn and not written: `=====`, `* * *`."""
    return not _SAYS.search(line) and sum(sign in _RULE_SIGNS for sign in line) >= 3


def _spaced(lines: Sequence[str]) -> list[str]:
    """Set lines apart that a letter's form sets apart: headings, rules, signatures."""
    found: list[str] = []
    for number, line in enumerate(lines):
        bare = line.strip()
        if _is_over_text(lines, number):
            found.extend(["", f"{_HEADING}{bare}", ""])
        elif bare == "--" or is_ending(bare) or is_field_of_mail(lines, number):
            found.extend(["", bare, ""])
        else:
            found.append("" if _is_rule(bare) else line)
    return found


def _is_over_text(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line is underlined, numbered and alone over a paragraph, or over an address and a text."""
    bare = lines[number].strip()
    following = next((line.strip() for line in lines[number + 1 : number + 3] if line.strip()), "")
    is_line = bool(_SAYS.search(bare)) and len(bare) <= HEADING_MAX_CHARACTERS
    if not is_line or not following or number + 1 >= len(lines):
        return False
    is_under = _is_rule(lines[number + 1].strip()) and not _HEAD_END.search(bare)
    before = lines[number - 1].strip() if number else ""
    if is_under:
        return not before or _is_rule(before)
    if _ADDRESS_LINE.fullmatch(following) and lines[number + 1].strip():
        below = lines[number + 2].strip() if number + 2 < len(lines) else ""
        return not before and len(below) > len(bare) and not _HEAD_END.search(bare)
    is_numbered = bool(_NUMBERED.match(bare)) and not _HEAD_END.search(bare)
    is_alone = not before or _is_rule(before)
    return is_numbered and is_alone and not _NUMBERED.match(following) and len(following) > len(bare) / 2


def _items(body: _Body, whole: Entry) -> Iterator[Entry]:
    """Yield the headed items of a letter, each an entry of its own."""
    found: list[tuple[Block, list[Block]]] = []
    for block in letter_text(body.blocks):
        plain = _tidy(block.text)
        if block.is_heading and plain:
            found.append((block, []))
        elif found and plain and not _is_rule(plain):
            found[-1][1].append(block)
    for heading, blocks in found[:MOST_ITEMS]:
        texts = [
            block
            for block in body.plain(blocks)
            if not _MORE.match(block.text) or count_words(block.text) > 6
        ]
        if sum(count_words(block.text) for block in texts) < FEWEST_ITEM_WORDS:
            continue
        title = _NUMBERED.sub("", _tidy(heading.text))
        guid = f"{whole.guid}#{place_of(sameness_key(title))}"
        address = _item_address(body, heading, blocks)
        item = Entry(
            where=whole.where,
            url=address or whole.url,
            base=whole.base,
            guid=guid,
            title=title,
            published=whole.published,
            blocks=texts,
            language=whole.language,
            publisher=whole.publisher,
        )
        yield _placed(item, "" if address else place_of(guid))


def _item_address(body: _Body, heading: Block, blocks: Sequence[Block]) -> str:
    """Return where an item goes on: its heading's link, one that says "read more", its only one."""
    for address, _ in body.links_in(heading.text):
        if found := public_address(address):
            return found
    links = [
        (public_address(address), text) for block in blocks for address, text in body.links_in(block.text)
    ]
    usable = [(address, text) for address, text in links if address]
    more = next((address for address, text in usable if _MORE.match(text)), "")
    return more or (usable[-1][0] if len({address for address, _ in usable}) == 1 else "")


def _web_copy(letter: Letter, body: _Body, *, is_split: bool) -> str:
    """Return where the letter is on the web for everybody, by its own word; "read more" may be an item's."""
    if letter.archived_at and (found := public_address(letter.archived_at)):
        return found
    title = sameness_key(letter.subject)
    ways: tuple[Callable[[str], object], ...] = (
        is_browser_line,
        *(() if is_split else (_MORE.match, lambda text: sameness_key(text) == title)),
    )
    for wanted in ways:
        for block in body.blocks:
            is_offer = wanted is is_browser_line and is_browser_line(_MARKS.sub("", block.text))
            for address, text in body.links_in(block.text):
                if (is_offer or (text and wanted(text))) and (found := public_address(address)):
                    return found
    return ""


def _published(letter: Letter, zone: ZoneInfo, arrived: datetime | None, now: datetime) -> str:
    """Return the first stamp that can be believed: the writer's, the last server's, the box's."""
    for raw in (letter.date, letter.received):
        reading = dates.read(raw, zone=zone, now=now) if raw else dates.NOTHING
        if reading.at is not None:
            return reading.at.isoformat()
    return arrived.isoformat() if arrived else ""


def _publisher(letter: Letter) -> str:
    name = re.sub(r"(?<!\s)\s+(?:via|über|durch|par|por)\s.{1,80}$", "", letter.sender.strip("\"' "))
    return "" if "@" in name else name


def _guid(letter: Letter, body: _Body) -> str:
    if letter.message_id:
        return letter.message_id
    said = "\x1f".join(
        (letter.address, letter.date, letter.subject, *(_tidy(one.text) for one in body.blocks))
    )
    return f"letter-{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _placed(entry: Entry, place: str) -> Entry:
    return replace(entry, place=place) if place else entry
