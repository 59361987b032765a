"""Where a page puts the text that an extractor found, what else it puts there, and what stands elsewhere.

Paragraphs of one article stand in one element, one like the other. So a paragraph that stands like them is
the article's, though the extractor missed it; and a heading or teaser from another corner of the page is
none, though the extractor took it. Nothing here knows a language or a site.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml import etree

from digest.sources.pages.alignment import in_order, not_shown, places_of, word_runs
from digest.sources.pages.place_names import is_labeled, names_aside, names_caption, names_opening
from digest.sources.text.blocks import Block, count_words, looks_like_heading
from digest.sources.text.markup import BLOCKS, HEADINGS

PROSE_WORDS = 20
SENTENCE_WORDS = 8
"""A paragraph has so many words, or is a sentence of so many."""
BODY_SHARE = 0.75
"""The innermost element with so much of the text that was found is the article's body."""
OWN_SHARE = 0.12
OWN_PARAGRAPHS = 3
"""So much of the text, or so many paragraphs, make a kind of place in the body the article's own."""
FEWEST_PARAGRAPHS = 3
LOOK_AHEAD = 3
WRAPPERS = frozenset({"span", "small", "label", "time", "cite", "button"})  # of captions and credits
LISTS = frozenset({"ul", "ol", "dl", "table"})
LIST_DEPTH = 8
LINKED_SHARE = 0.6
LINKED_LIST_SHARE = 0.9
TOLD_SHARE = 0.5
OPENING_BLOCKS = 2
"""So far above the first paragraph that was found stands one that was lost: a caption may part them."""
MAX_DEPTH = 200
ASIDE = -1
"""The place of what stands in such a box."""

_SENTENCE_END = re.compile(r"[.!?…。！？؟।:][\"'”’»)\]]*$")
_LEAVES = frozenset({"p", "li", "blockquote", "td", "th", "dd", "dt", *HEADINGS})
ITEMS = frozenset({"li", "td", "th", "dd", "dt", "blockquote"})
_NUMBERS = re.compile(r"\d+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")

Kind = tuple[tuple[str, str], ...]
"""A kind of place: the elements from a block's own up to the page's, by name and class."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A block of the page, the block-level element it stands in, and what kind of place that is."""

    block: Block
    element: etree._Element
    kind: Kind
    is_inside: bool
    """It stands in the article's body."""

    @property
    def tag(self) -> str:
        """Return the name of the element."""
        return str(self.element.tag)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the places of the prose that was found tell of the page.

    Attributes:
        own: kinds of places where the article's own paragraphs stand.
        families: the kinds of what holds those.
        start: where the first of the prose stands.
        end: where the last stands.
        loose: places whose text begins in no element that may call it something else.
    """

    body: etree._Element
    spots: Sequence[Spot]
    own: frozenset[Kind]
    families: frozenset[Kind]
    start: int
    end: int
    kinds: _Kinds
    loose: frozenset[int]
    links: dict[etree._Element, float] = field(default_factory=dict)
    """How much of an element's text links, as far as it was asked."""

    def linked(self, element: etree._Element) -> float:
        """Return the share of an element's text that links."""
        if element not in self.links:
            self.links[element] = _linked(element)
        return self.links[element]


def completed(
    blocks: Sequence[Block],
    placed: Sequence[tuple[Block, etree._Element]],
    *,
    is_marker: Callable[[Block], bool],
) -> tuple[Block, ...]:
    """Return what was found with what the page puts beside it, and without what it puts elsewhere.

    Args:
        blocks: as an extractor gave them, in order.
        placed: all of the page, as `read_placed` gives it.
        is_marker: tells whether comments or a list of other articles begin at a block; it is kept, and
            says nothing of where the article stands.
    """
    page = [(block, _block_level(element)) for block, element in placed]
    places = places_of(blocks, [block.key for block, _ in page])
    aside = _aside(page, _of_article(blocks, places, is_marker))
    places = [place if place is None or page[place][1] not in aside else ASIDE for place in places]
    loose = frozenset(place for place, (_, element) in enumerate(placed) if element.tag not in WRAPPERS)
    layout = _layout(_of_article(blocks, places, is_marker), page, aside, loose)
    if layout is None:
        return tuple(blocks)
    kept: list[tuple[int | None, Block]] = []
    hidden = not_shown(blocks, places, [block.key for block, _ in page], is_prose=is_prose)
    for index, (place, block) in enumerate(zip(places, blocks, strict=True)):
        if (place == ASIDE or index in hidden) and not is_marker(block):
            continue
        if place is None or is_marker(block):
            kept.append((None if place == ASIDE else place, block))
        elif _belongs(place, layout) and (not kept or kept[-1][0] != place):
            kept.append((place, _whole(block, layout.spots[place], layout.own)))
    return _merged(kept, layout)


def _of_article(
    blocks: Sequence[Block], places: Sequence[int | None], is_marker: Callable[[Block], bool]
) -> list[int]:
    """Return where prose stands in the page, up to a marker in the second half of it."""
    total = sum(len(block.text) for block in blocks)
    before, found = 0, list[tuple[int, int]]()
    for block, place in zip(blocks, places, strict=True):
        if 2 * before >= total and is_marker(block):
            break
        before += len(block.text)
        if place is not None and place != ASIDE and (not found or place != found[-1][1]):
            found.append((len(found), place))
    return [place for _, place in in_order(found)]


def _whole(block: Block, spot: Spot, own: frozenset[Kind]) -> Block:
    """Return the page's own block where the extractor cut it into pieces."""
    whole = block if block.key == spot.block.key else spot.block
    return replace(whole, is_own=spot.kind in own)


def _aside(
    page: Sequence[tuple[Block, etree._Element]], places: Sequence[int]
) -> frozenset[etree._Element]:
    """Return the elements that stand among comments, teasers or forms, as the page calls them.

    What holds the first paragraph of the article is none of them, whatever it is called.
    """
    first = next((place for place in places if is_prose(page[place][0])), None)
    if first is None:
        return frozenset()
    start = page[first][1]
    holding = {start, *start.iterancestors()}
    known: dict[etree._Element, bool] = dict.fromkeys(holding, False)
    for _, element in page:
        above = []
        each: etree._Element | None = element
        while each is not None and each not in known:
            above.append(each)
            each = each.getparent()
        is_aside = each is not None and known[each]
        for each in reversed(above):
            is_aside = is_aside or names_aside(each)
            known[each] = is_aside
    return frozenset(element for element, is_aside in known.items() if is_aside)


def _layout(
    places: Sequence[int],
    page: Sequence[tuple[Block, etree._Element]],
    aside: frozenset[etree._Element],
    loose: frozenset[int],
) -> Layout | None:
    prose = [place for place in places if is_prose(page[place][0])]
    body = _body([page[place] for place in prose])
    if body is None:
        return None
    kinds = _Kinds()
    inside = set(body.iter()) - aside
    spots = [Spot(block, element, kinds.of(element), element in inside) for block, element in page]
    own = _own_kinds([spots[place] for place in prose])
    families = frozenset(kind[1:] for kind in own)
    return Layout(body, spots, own, families, prose[0], prose[-1], kinds, loose)


def is_prose(block: Block) -> bool:
    """Tell whether a block is a paragraph or a whole sentence, not a heading or an item of a list."""
    count = count_words(block.text)
    is_long = count >= PROSE_WORDS or (count >= SENTENCE_WORDS and bool(_SENTENCE_END.search(block.text)))
    return is_long and not block.is_heading


def _block_level(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    while str(element.tag) not in BLOCKS and str(element.tag) not in HEADINGS and parent is not None:
        element, parent = parent, parent.getparent()
    return element


def _above(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that hold a block's own paragraph, the innermost first."""
    above: etree._Element | None = element.getparent() if str(element.tag) in _LEAVES else element
    for _ in range(MAX_DEPTH):
        if above is None:
            return
        yield above
        above = above.getparent()


def _body(prose: Sequence[tuple[Block, etree._Element]]) -> etree._Element | None:
    """Return the innermost element that holds most of the prose; None where there is little of it."""
    if len(prose) < FEWEST_PARAGRAPHS:
        return None
    weights: Counter[etree._Element] = Counter()
    depths: dict[etree._Element, int] = {}
    for block, element in prose:
        above = list(_above(element))
        for depth, each in enumerate(reversed(above)):
            weights[each] += len(block.text)
            depths[each] = depth
    least = BODY_SHARE * sum(len(block.text) for block, _ in prose)
    enough = [each for each, weight in weights.items() if weight >= least]
    return max(enough, key=depths.__getitem__, default=None)


class _Kinds:
    """Kinds of places, each element's found once: most elements of a page share what stands above them."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, Kind] = {}

    def of(self, element: etree._Element) -> Kind:
        above: list[etree._Element] = []
        each: etree._Element | None = element
        while each is not None and each not in self._known and len(above) < MAX_DEPTH:
            above.append(each)
            each = each.getparent()
        kind: Kind = self._known[each] if each is not None and each in self._known else ()
        for each in reversed(above):
            kind = ((str(each.tag), _NUMBERS.sub("", each.get("class") or "")), *kind)
            self._known[each] = kind
        return kind


def _own_kinds(prose: Sequence[Spot]) -> frozenset[Kind]:
    """Return the kinds of places in the body where the article's own paragraphs stand."""
    lengths: Counter[Kind] = Counter()
    counts: Counter[Kind] = Counter()
    texts = [spot for spot in prose if not names_caption(spot.element)]
    for spot in texts or prose:
        if spot.is_inside:
            lengths[spot.kind] += len(spot.block.text)
            counts[spot.kind] += 1
    least = OWN_SHARE * lengths.total()
    return frozenset(kind for kind in lengths if lengths[kind] >= least or counts[kind] >= OWN_PARAGRAPHS)


def _belongs(place: int, layout: Layout) -> bool:
    """Tell whether a block that was found stands where the article does."""
    spot = layout.spots[place]
    is_own = spot.kind in layout.own
    if (is_own or spot.is_inside) and _is_teaser(spot, layout):
        return False
    is_text = is_own or (is_prose(spot.block) and not names_caption(spot.element))
    is_beside = spot.kind[1:] in layout.families and not is_labeled(spot.element)
    if spot.is_inside:
        is_part = spot.block.is_heading or is_beside or _is_item(spot.element, layout.body)
        return is_text or is_part or _is_said(place, layout) or _introduces(place, layout)
    return is_own or is_beside or (is_text and _is_near(spot.element, layout.body))


def _is_said(place: int, layout: Layout) -> bool:
    """Tell whether a short line between paragraphs is a sentence, and nothing calls it anything else."""
    spot = layout.spots[place]
    is_between = layout.start <= place <= layout.end
    return is_between and bool(_SENTENCE_END.search(spot.block.text)) and not is_labeled(spot.element)


def _introduces(place: int, layout: Layout) -> bool:
    """Tell whether a short line heads the text below it in all but name, and is no caption."""
    spot = layout.spots[place]
    following = islice(layout.spots, place + 1, place + 1 + LOOK_AHEAD)
    after = next((each for each in following if each.block.key != spot.block.key), spot)
    if after.kind not in layout.own or not looks_like_heading(spot.block.text):
        return False
    element = spot.element
    near = [each for each in (element, element.getparent(), element.getprevious()) if each is not None]
    has_picture = any(
        each is not layout.body and next(each.iter("img", "picture", "figure", "video"), None) is not None
        for each in near
    )
    return not (has_picture or is_labeled(element)) and layout.linked(element) < LINKED_SHARE


def _is_item(element: etree._Element, body: etree._Element) -> bool:
    """Tell whether an element is a list's, a table's or a quotation's."""
    for each in (element, *element.iterancestors()):
        if each is body:
            return False
        if str(each.tag) in ITEMS:
            return True
    return False


def _is_near(element: etree._Element, body: etree._Element) -> bool:
    """Tell whether an element stands in what holds the body, or in what holds that, under no label."""
    holder = body.getparent()
    outer = holder.getparent() if holder is not None else None
    for each in (element, *element.iterancestors()):
        if each is holder or each is outer:
            return True
        if is_labeled(each):
            return False
    return False


def _is_teaser(spot: Spot, layout: Layout) -> bool:
    """Tell whether a line, or a whole list, is links and nothing else: to other articles."""
    if is_prose(spot.block) or spot.block.is_heading or _ADDRESS.search(spot.block.text):
        return False
    if spot.tag != "li":
        return layout.linked(spot.element) >= LINKED_SHARE
    holder = spot.element.getparent()
    return holder is not None and layout.linked(holder) >= LINKED_LIST_SHARE


def _linked(element: etree._Element) -> float:
    """Return the share of an element's text that links."""
    total = sum(len(str(text).strip()) for text in element.itertext())
    linked = sum(len(str(text).strip()) for link in element.iter("a") for text in link.itertext())
    return linked / total if total else 0.0


def _merged(kept: Sequence[tuple[int | None, Block]], layout: Layout) -> tuple[Block, ...]:
    """Put what was missed into its place among what was found."""
    taken = {place for place, _ in kept}
    told = frozenset(run for _, block in kept for run in word_runs(block.key))
    missed = [
        place
        for place, spot in enumerate(layout.spots)
        if place not in taken and _is_missed(place, spot, layout) and not _is_told(spot.block, told)
    ]
    merged: list[Block] = []
    left = deque(missed)
    anchors = dict(in_order([(index, place) for index, (place, _) in enumerate(kept) if place is not None]))
    for index, (_, block) in enumerate(kept):
        while left and index in anchors and left[0] < anchors[index]:
            merged.append(replace(layout.spots[left.popleft()].block, is_own=True))
        merged.append(block)
    return (*merged, *(replace(layout.spots[place].block, is_own=True) for place in left))


def _is_missed(place: int, spot: Spot, layout: Layout) -> bool:
    if not spot.is_inside or spot.block.is_heading:
        return _opens(place, spot, layout)
    is_between = layout.start <= place <= layout.end
    if spot.element is layout.body and place in layout.loose:
        return is_prose(spot.block) and layout.start - OPENING_BLOCKS <= place <= layout.end
    if spot.kind not in layout.own:
        return is_between and spot.block.is_item and _is_own_list(spot.element, layout)
    return (is_prose(spot.block) or is_between) and layout.linked(spot.element) < LINKED_SHARE


def _opens(place: int, spot: Spot, layout: Layout) -> bool:
    """Tell whether a paragraph right above the body is called the article's first."""
    if not layout.start - OPENING_BLOCKS <= place < layout.start or not is_prose(spot.block):
        return False
    is_whole = bool(_SENTENCE_END.search(spot.block.text))
    return is_whole and names_opening(spot.element) and not is_labeled(spot.element)


def _is_own_list(element: etree._Element, layout: Layout) -> bool:
    """Tell whether the list or table of an item stands among the article's paragraphs, and is no menu."""
    for each in islice((element, *element.iterancestors()), LIST_DEPTH):
        if each is layout.body:
            return False
        if str(each.tag) in LISTS:
            is_beside = layout.kinds.of(each)[1:] in layout.families and not is_labeled(each)
            return is_beside and layout.linked(each) < LINKED_SHARE
    return False


def _is_told(block: Block, told: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether most of a block's words were found already, in a block cut otherwise."""
    runs = word_runs(block.key)
    return sum(run in told for run in runs) > TOLD_SHARE * len(runs)
