"""What extractors leave and plain files bring along: repeats, comment boxes, lists, calls, about texts.

Each rule keeps its hands off where it would leave nothing: an article with text never comes out empty.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from digest.sources.pages.appeared import is_appeared, without_appeared
from digest.sources.pages.datelines import is_dateline
from digest.sources.pages.markers import EVERY, LEADING
from digest.sources.pages.markers.everywhere import (
    is_empty_label,
    is_known_by_form,
    is_rights,
    lists_topics,
    tells_where_to_reach,
)
from digest.sources.pages.markers.inlines import is_label, is_plain_pointer, points_elsewhere
from digest.sources.pages.markers.sharing import is_share_row
from digest.sources.pages.markers.subjects import is_about_walls
from digest.sources.text.blocks import (
    SENTENCE_END,
    Block,
    count_words,
    is_listed,
    sameness_key,
    words,
)
from digest.sources.text.once import once
from digest.sources.text.patience import check

LINE_MAX_WORDS = 16
SENTENCE_MAX_WORDS = 30
TOP_BLOCKS = 6
"""How far down a title repeat, byline or date still belongs to the head of a page."""
CLOSING_BLOCKS = 4
CONTACT_MAX_WORDS = 25
CONTACT_MAX_SENTENCES = 60
ABOUT_MAX_WORDS = 130
CONSENT_MAX_WORDS = 90
LONGEST_TAIL = 700
"""In characters: further from its end no summary's "read more" begins."""
TEASED_BLOCKS = 8
"""So many blocks below a line to another article tell whether this one goes on."""
MIN_REPEATED_WORDS = 10
"""Shorter paragraphs may come twice in good prose (an interview's "And then?"), longer ones don't."""
MIN_DOUBLED_WORDS = 3
"""Fewer may even follow one another: an interview's "Yes.", a column of the same score."""

_QUESTION_END = re.compile(r"[?？؟;]['\"”’»)\]]*$")
_SENTENCE_GAP = re.compile(r"(?<=[.!?…。！？؟])\s+")
_QUOTED = re.compile(
    r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|\"[^\"]*(?:\"|$)|(?<!\w)‘.*?(?:’(?!\w)|$)"
)
_CONTACT = re.compile(
    r"\w@\w[\w-]{0,60}\.\w|(?:twitter|x|facebook|instagram|t|bsky)\.(?:com|me|app)/\w|(?:^|\s)@\w{3,30}(?!\w)"
)
_SEPARATOR = re.compile(r"(?<!\s)\s+(?:[|–—·•»«›-]|::)\s+|[｜]")
_LEAD_MARK = re.compile(r"\s?[:：|｜►▶»]\s?")
_SEPARATORS = "|–—·•»«›-:｜"
CONSENT_WORDS = ("cookie", "privacy policy", "terms", "vidakuzi", "kuki", "الارتباط", "كوكيز")
"""One of these is in whatever asks for consent, in every language: a search for them is a quick one."""
_SUMMARY_TAIL = re.compile(
    r"(?<!\s)\s*(?:\[\s*(?:…|\.{3,}|&hellip;)\s*\]"
    r"|(?:…|\.{3})\s*(?:read more|continue reading|more|lire la suite|"
    r"weiterlesen|leer más|leia mais|soma zaidi|اقرأ المزيد)\s*[»›→>]*)\s*$",
    re.IGNORECASE,
)


def clean(
    blocks: Iterable[Block], *, title: str, byline: str = "", publisher: str = "", summary: str = ""
) -> tuple[Block, ...]:
    """Return the article's own blocks, in order.

    Args:
        blocks: as a reader of pages or files gave them.
        title: dropped where it is repeated at the top.
        byline: as known from elsewhere; dropped where it stands alone at the top or the end.
        publisher: makes a closing text that names it an about text.
        summary: dropped where it stands as a heading at the top.
    """
    kept = tuple(blocks)
    for rule in (
        functools.partial(_without_furniture, asks_consent=not is_about_walls(title)),
        _up_to_marker,
        functools.partial(_without_head, title=title, byline=byline, summary=summary),
        _without_repeats,
        functools.partial(_without_closing, byline=byline, publisher=publisher),
        _without_dangling_headings,
    ):
        check()
        after = tuple(rule(kept))
        if any(not block.is_heading for block in after):
            kept = after
    return kept


def clean_summary(summary: str, title: str = "") -> str:
    """Return a feed's summary without "read more" tails, "appeared first on" and a repeated title."""
    summary = without_appeared(summary)
    before, end = summary[:-LONGEST_TAIL], summary[-LONGEST_TAIL:]
    may_go_on = "…" in end or "..." in end or "&" in end
    text = (before + (_SUMMARY_TAIL.sub("…", end) if may_go_on else end)).strip()
    if title and text.startswith(title) and len(text) > len(title) + 40 and not text[len(title)].isalnum():
        text = text[len(title) :].lstrip(" .:–—-|")
    return "" if title and sameness_key(text) == sameness_key(title) else text


def _without_furniture(blocks: Sequence[Block], *, asks_consent: bool) -> Iterable[Block]:
    """Drop one-line furniture anywhere, consent texts near both ends where the title is not about them."""
    for index, block in enumerate(blocks):
        check()
        following = blocks[index + 1].text if index + 1 < len(blocks) else ""
        is_near_end = index < 3 or index >= len(blocks) - 6
        if _is_furniture(block) or is_empty_label(block.text, following):
            continue
        if asks_consent and is_near_end and _is_consent(block):
            continue
        yield block


def _is_furniture(block: Block) -> bool:
    key, length = block.key, count_words(block.text)
    if not key or is_appeared(block.text) or is_known_by_form(block.text):
        return True
    if length <= LINE_MAX_WORDS and is_share_row(key):
        return True
    if length <= SENTENCE_MAX_WORDS and _matcher("sentences").fullmatch(key):
        return True
    if lists_topics(block.text) and _leads_elsewhere(block.text):
        return True
    if length > LINE_MAX_WORDS or block.is_item:
        return False
    if SENTENCE_END.search(block.text):
        return is_plain_pointer(block.text)
    is_lead = is_label(block.text) and not is_marker(block)
    return is_lead or bool(_matcher("lines").fullmatch(key)) or _leads_elsewhere(block.text)


def _leads_elsewhere(text: str) -> bool:
    """Tell whether a line names another article, behind "Read also:" in whatever language."""
    head, _, title = _LEAD_MARK.sub("\n", text, count=1).partition("\n")
    return points_elsewhere(text) or (bool(title.strip()) and bool(_leads().fullmatch(sameness_key(head))))


@once
def _leads() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for language in LEADING for one in language.related))


def _is_consent(block: Block) -> bool:
    key = block.key
    return (
        any(word in key for word in CONSENT_WORDS)
        and count_words(block.text) <= CONSENT_MAX_WORDS
        and bool(_matcher("cookies").search(key))
    )


def _up_to_marker(blocks: Sequence[Block]) -> Iterable[Block]:
    """Drop what a comment or related marker in the second half heads; earlier, only its own line.

    The article goes on at the next paragraph that stands where its own do; where no page tells that, at
    prose below a line that is no heading.
    """
    total = sum(len(block.text) for block in blocks) or 1
    knows_own = any(block.is_own for block in blocks)
    before, is_over = 0, False
    kept = list[Block]()
    for index, block in enumerate(blocks):
        if _is_marker(block, "comments"):
            is_over |= before * 2 >= total or (len(kept) >= 3 and before >= 400)
        elif _is_marker(block, "related") or is_rights(block.text):
            goes_on = not knows_own and not block.is_heading and _goes_on(blocks[index + 1 :])
            is_over |= before * 2 >= total and not goes_on
        elif not is_over or block.is_own:
            is_over = False
            kept.append(block)
        before += len(block.text)
    return kept


def _goes_on(blocks: Sequence[Block]) -> bool:
    """Tell whether an article goes on below a line to another: prose comes soon, not one text a title."""
    lines = [block for block in blocks[:TEASED_BLOCKS] if not _is_marker(block, "related")]
    prose = [not block.is_heading and bool(SENTENCE_END.search(block.text)) for block in lines]
    first = prose.index(True) if True in prose else len(prose)
    return first <= 1 and (all(prose[first:]) or prose[first : first + 2] == [True, True]) and any(prose)


def is_marker(block: Block) -> bool:
    """Tell whether a block says that comments, other articles or nothing more of this one follow."""
    return _is_marker(block, "comments") or _is_marker(block, "related") or is_rights(block.text)


def _is_marker(block: Block, kind: str) -> bool:
    if count_words(block.text) > LINE_MAX_WORDS:
        return False
    if kind == "related" and SENTENCE_END.search(block.text):
        return False
    return bool(_matcher(kind).fullmatch(block.key))


def _without_head(blocks: Sequence[Block], title: str, byline: str, summary: str) -> Iterable[Block]:
    """Drop the title's repeats, a standfirst set as heading, the byline and bare dates from the top."""
    title_key, summary_key = sameness_key(title), sameness_key(summary)
    seen_text = 0
    for index, block in enumerate(blocks):
        is_top = index < TOP_BLOCKS and seen_text <= 1
        is_title = bool(title_key) and _says_title(block, title_key) and (is_top or block.is_heading)
        is_standfirst = is_top and block.is_heading and summary_key.startswith(block.key)
        if is_title or is_standfirst or (is_top and (is_byline(block, byline) or is_dateline(block))):
            continue
        if not block.is_heading and count_words(block.text) > LINE_MAX_WORDS:
            seen_text += 1
        yield block


def _says_title(block: Block, title_key: str) -> bool:
    if block.key == title_key:
        return True
    if not any(mark in block.text for mark in _SEPARATORS):
        return False
    pieces = _SEPARATOR.split(block.text)
    return len(pieces) > 1 and any(sameness_key(piece) == title_key for piece in pieces)


def is_byline(block: Block, byline: str = "") -> bool:
    """Tell whether a short line says who wrote it, and nothing else.

    Args:
        byline: as known from elsewhere; a line that says just this is one, too.
    """
    spelled = block.text.split()
    if len(spelled) > 12 or SENTENCE_END.search(block.text):
        return False
    key = block.key
    if byline and key in {
        sameness_key(byline),
        *(f"{mark} {sameness_key(byline)}" for mark in _plain_bylines()),
    }:
        return True
    match = _matcher("bylines").match(key)
    if not match or match.end() == len(key):
        return bool(match)
    names = spelled[len(match.group().split()) :]
    return bool(names) and all(not name[0].islower() or name in _NAME_PARTICLES for name in names)


_NAME_PARTICLES = words(
    "and und et y e na & van von de der den del della da dos du la le bin al el ten ter"
)


def _without_repeats(blocks: Sequence[Block]) -> Iterable[Block]:
    """Drop blocks that were said before: long paragraphs anywhere, short ones and headings next door.

    Items of lists and tables recur in good faith, and so do questions, and headings below another one.
    """
    said: set[str] = set()
    headings = [set[str]() for _ in range(7)]
    previous = ""
    for block in blocks:
        key, length = block.key, count_words(block.text)
        is_question = bool(_QUESTION_END.search(block.text))
        is_doubled = key == previous and (block.is_heading or length >= MIN_DOUBLED_WORDS)
        is_known = any(key in level for level in headings) if block.is_heading else key in said
        if not (block.is_item or is_listed(block.text)) and (is_doubled or (is_known and not is_question)):
            continue
        if block.is_heading:
            for deeper in headings[block.level + 1 :]:
                deeper.clear()
            headings[min(block.level, 6)].add(key)
        elif length >= MIN_REPEATED_WORDS:
            said.add(key)
        previous = key
        yield block


def _without_closing(blocks: Sequence[Block], byline: str, publisher: str) -> Iterable[Block]:
    """Drop about texts, calls to subscribe and a lone byline from the end."""
    kept = list(blocks)
    for position in range(max(1, len(blocks) - CLOSING_BLOCKS), len(blocks)):
        if blocks[position].is_heading and _is_about_heading(blocks[position], publisher):
            kept = kept[:position]
            break
    for _ in range(CLOSING_BLOCKS):
        if len(kept) < 2:
            break
        last = kept[-1]
        is_own = not last.is_heading and not (
            _is_about(last, publisher) or is_byline(last, byline) or _is_contact(last, byline)
        )
        if is_own:
            break
        kept.pop()
    return kept


def _is_contact(block: Block, byline: str) -> bool:
    """Tell whether a closing text tells where a writer is reached: an address, and few words or a call."""
    length = count_words(block.text)
    if length > CONTACT_MAX_SENTENCES or not _CONTACT.search(block.text):
        return False
    is_line = length <= CONTACT_MAX_WORDS and not SENTENCE_END.search(block.text)
    return is_line or tells_where_to_reach(block.text, byline)


def _is_about_heading(block: Block, publisher: str) -> bool:
    key = block.key
    if publisher and key in {f"about {sameness_key(publisher)}", sameness_key(publisher)}:
        return True
    return bool(_matcher("about_headings").fullmatch(key))


def _is_about(block: Block, publisher: str) -> bool:
    """Tell whether a closing paragraph is the publisher's about text.

    It speaks to its reader in the publisher's own voice, or has the publisher as its subject; what is
    quoted, and an article that merely names its publisher ("two sources told Reuters"), is neither.
    """
    length = count_words(block.text)
    if length > ABOUT_MAX_WORDS:
        return False
    name = _as_subject(publisher)
    sentences = _sentences_outside_quotes(block.text)
    if not any(_matcher("about").search(one) or (name and name.search(one)) for one in sentences):
        return False
    said, spoken, told = set[str](), set[str](), set[str]()
    is_subject = is_named_in_voice = describes = False
    for sentence in sentences:
        voices = set(_matcher("about").findall(sentence))
        spoken |= voices
        said |= set(_matcher("about_traits").findall(sentence))
        told |= set(_matcher("about_facts").findall(sentence))
        found = name.search(sentence) if name else None
        if found:
            is_named_in_voice |= bool(voices)
            before = sentence[: found.start()].strip()
            if len(before.split()) <= 1 or _matcher("about_facts").fullmatch(before):
                is_subject = True
                rest = sentence[found.end() :].lstrip()
                describes |= any(_matcher(kind).match(rest) for kind in ("about_traits", "about_facts"))
    count = len(spoken | said)
    if spoken and (is_subject or is_named_in_voice or count >= 3 or (count == 2 and length <= 60)):
        return True
    return describes or (is_subject and len(spoken | said | told) >= 2)


@functools.lru_cache(maxsize=256)
def _as_subject(publisher: str) -> re.Pattern[str] | None:
    """Return what finds the publisher's name in a sentence's key, with or without its article."""
    name = sameness_key(publisher).removeprefix("the ")
    return re.compile(rf"(?<!\w)(?:the )?{re.escape(name)}(?!\w)") if name else None


def _sentences_outside_quotes(text: str) -> list[str]:
    """Return the keys of a paragraph's sentences, without what others are quoted with."""
    bare = _QUOTED.sub(" ", text)
    return [key for piece in _SENTENCE_GAP.split(bare) if (key := sameness_key(piece))]


def _without_dangling_headings(blocks: Sequence[Block]) -> Iterable[Block]:
    kept = list(blocks)
    while kept and kept[-1].is_heading:
        kept.pop()
    return kept


@once
def _matcher(kind: str) -> re.Pattern[str]:
    """Compile one kind of marker of all languages into one expression."""
    joined = "|".join(f"(?:{pattern})" for markers in EVERY for pattern in getattr(markers, kind))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


@functools.cache
def _plain_bylines() -> tuple[str, ...]:
    return tuple(mark for markers in EVERY for mark in markers.bylines if mark.isalpha() or " " in mark)
