"""Markup that carries meaning, as characters: what is struck out goes, exponents stay exponents.

Done once on the parsed tree, before anybody reads text from it: libraries that extract articles take the
text of these elements as it stands, so that 10<sup>6</sup> comes out as 106.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import html as lxml_html

from digest.sources.text.formulas import LONGEST_NAME, TO_SUB, raised, write_formula
from digest.sources.text.unshown import drop_unshown

_WANTED_TAG = re.compile(
    rb"<(?:s|del|strike|ins|su[bp]|q|blockquote|ruby|rt|rp|math|abbr|acronym)\b",
)
"""In a page's bytes, in small letters, as what follows."""
_PULLED = re.compile(
    rb"class=[\"']?[^\"'>]{0,200}(?:pull-?quote|block-?quote|\bquote\b|quote[_-](?:text|body)|\bzitat|citation|citaat)"
)
"""How pages call what they set apart as a quotation without saying so by its tag."""
_PULLED_NAME = re.compile(
    r"(?:[\w-]{0,60}[_-])?(?:pull-?quote|block-?quote|zitat|citation|citaat)(?:[_-]\w{1,40}){0,6}|quote(?:[_-](?:text|body|content))?",
    re.IGNORECASE,
)
_STRUCK_HINTS = (b"line-through", b"strike", b"struck")
_STRUCK_STYLE = re.compile(r"line-through", re.IGNORECASE)
_STRUCK_NAMES = frozenset({"strike", "struck", "strikethrough", "strike-through", "is-struck", "u-strike"})
_STYLED = "//*[@style or @class]"
_BACK_TO_TEXT = re.compile("[\\[(]?(?:[↩↪⤴⏎↵↑⬆⇑⇧^]\\ufe0e?\\ufe0f?|jump up)[\\])]?", re.IGNORECASE)
_BACK_ARROW = re.compile(b"\xe2(?:\x86[\xa9\xaa\xb5\x91]|\x87[\x91\xa7]|\xa4\xb4|\x8f\x8e|\xac\x86)")
"""In UTF-8: one byte that all have is looked for first, in a tenth of the time."""
_BACK_NUMBER = re.compile(rb"&#(?:8617|x21a9|8593|x2191);")
_MOST = 3_000
"""No article has more elements of one kind; each that is unwrapped copies the text before it."""

_MOST_BLOCKQUOTES = 200
_LONGEST_CITED = 3_000
"""Of a quotation that is most of a text, in characters."""
_INTRODUCES = re.compile(r"[:：]\s*$")
_NAMES_WHOSE = re.compile(r"\s*(?:[—–―]|--?|~)\s?\w")
_SAYS_MORE = re.compile(r"\w\W+\w[^.!?。！？।]{3,300}[.!?。！？।]")

_SUB = re.compile(r"[0-9+\-−=()]+")
_NOTE = re.compile(r"\[[^\[\]]{1,60}\]|\(\s*[\w*†‡§¶, –-]{1,12}\s*\)|[*†‡§¶]{1,3}")
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*")
_LETTERS = re.compile(r"[a-h](?:\s*,\s*[a-h])*")
_NOTED_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_A-Z]{4}[^\W\d_A-Z]*[.,;:!?”\"’]?$")
"""A whole word; what ends in a letter set high is short, or begins large (`Prof<sup>a</sup>`)."""
_SIGNS = {"TM": "™", "tm": "™", "SM": "℠", "R": "®"}
_NOTED = re.compile(r"ref|note|cite", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d$")
_BASE = re.compile(r"(?:\d|[)\]]|(?<![^\W\d_])[^\W\d_]{1,2})$")
_UNIT = re.compile(
    r"[\d\s](?:(?:kilo|centi|milli)?m(?:et(?:er|re|ro|ri|ers|res|ros)|ètres?)|ft|км|см|мм|किमी|मीटर|मी|কিমি|كم|متر"
    r"|ק[\"״]מ|กม\.?|公里|千米|厘米|米|キロ|メートル)$",
    re.IGNORECASE,
)
_DEGREES = frozenset({"o", "0", "º", "∘", "°"})
_SCALE = re.compile(r"\s?(?:[CFK]\b|Celsius|Fahrenheit)")
_PRICE = re.compile(r"([$£€¥₹]\s?)?(?<![\d.,])\d{1,4}[.,-]?$")
_TWO_FIGURES = re.compile(r"\d\d")
_CURRENCY = re.compile(r"\s?(?:[€$£¥₹]|EUR\b|zł|Kč|kr\b|CHF\b)")
_ELEMENT = re.compile(r"(?<![a-z])(?:[A-Z][a-z]?\d*)+$")

_MARKS = {
    "fr": ("« ", " »"), "de": ("„", "“"), "cs": ("„", "“"), "sk": ("„", "“"), "bg": ("„", "“"),
    "pl": ("„", "”"), "hu": ("„", "”"), "ro": ("„", "”"), "nl": ("“", "”"), "es": ("«", "»"),
    "it": ("«", "»"), "pt": ("“", "”"), "ru": ("«", "»"), "uk": ("«", "»"), "el": ("«", "»"),
    "ar": ("«", "»"), "fa": ("«", "»"), "nb": ("«", "»"), "no": ("«", "»"), "da": ("»", "«"),
    "sv": ("”", "”"), "fi": ("”", "”"), "ja": ("「", "」"), "zh-tw": ("「", "」"), "zh-hant": ("「", "」"),
}  # fmt: skip
_INNER = {
    "fr": ("“", "”"), "de": ("‚", "‘"), "ja": ("『", "』"), "zh-tw": ("『", "』"), "zh-hant": ("『", "』"),
    "ru": ("„", "“"), "es": ("“", "”"), "it": ("“", "”"), "sv": ("’", "’"), "fi": ("’", "’"),
}  # fmt: skip
_ANY_MARK = re.compile('[“”„«»「」『』"]')
_STRAIGHT = re.compile('"([^"]{1,300})"')
_KANA = re.compile("[\u3040-\u30ff]")


def spell_out(root: lxml_html.HtmlElement, source: bytes) -> None:
    """Change the tree so that its text alone says what its elements mean.

    Args:
        source: the text it was parsed from, in UTF-8; most hold nothing to spell out.
    """
    small = source.lower()
    is_pulled = (b"quote" in small or b"zita" in small or b"cita" in small) and bool(_PULLED.search(small))
    drop_unshown(root, small)
    if any(hint in small for hint in _STRUCK_HINTS):
        for element in [one for one in root.xpath(_STYLED) if _is_styled_struck(one)][:_MOST]:
            _drop(element)
    if _may_lead_back(small):
        for element in _first(root, "a"):
            if _leads_back(element):
                _drop(element)
    if not is_pulled and not _WANTED_TAG.search(small):
        return
    for element in _first(root, "s", "del", "strike"):
        _drop(element)
    _write_meaning(root, _pulled(root) if is_pulled else [])


def _may_lead_back(small: bytes) -> bool:
    if b">^<" in small or b"jump up" in small:
        return True
    return bool(_BACK_ARROW.search(small) or _BACK_NUMBER.search(small))


def _write_meaning(root: lxml_html.HtmlElement, pulled: list[lxml_html.HtmlElement]) -> None:
    """Write readings, what is set high or low, formulas and quotations as their characters."""
    for element in _first(root, "rt", "rp", "rtc"):
        _drop(element)
    for element in _first(root, "sup", "sub", "math"):
        (write_formula if element.tag == "math" else _script)(element)
    for element in reversed(_first(root, "q")):  # the inner ones first, while the outer are known
        _quote(element)
    _mark_blockquotes(root, pulled)
    for element in _first(root, "ins", "abbr", "acronym", "ruby", "rb"):
        if element.getparent() is not None:
            element.drop_tag()


def _leads_back(element: lxml_html.HtmlElement) -> bool:
    """Tell whether a link at a note is but the arrow back to its place in the text."""
    is_within = "#" in (element.get("href") or "")
    return is_within and bool(_BACK_TO_TEXT.fullmatch(element.text_content().strip()))


def _is_styled_struck(element: lxml_html.HtmlElement) -> bool:
    if _STRUCK_STYLE.search(element.get("style") or ""):
        return True
    names = (element.get("class") or "").lower().split()
    return any(name in _STRUCK_NAMES or name.endswith("line-through") for name in names if ":" not in name)


def _first(root: lxml_html.HtmlElement, *tags: str) -> list[lxml_html.HtmlElement]:
    return list(islice(root.iter(*tags), _MOST))


def _drop(element: lxml_html.HtmlElement) -> None:
    if element.getparent() is not None and element.tag not in {"html", "body"}:
        element.drop_tree()


def _script(element: lxml_html.HtmlElement) -> None:
    """Write a superior or inferior as its characters, and take a footnote's mark away."""
    if element.getparent() is None:
        return
    text = element.text_content().strip()
    before, after = _before(element), (element.tail or "")
    if element.tag == "sub":
        written = text.translate(TO_SUB) if _SUB.fullmatch(text) else text
    elif text in _DEGREES and before[-1:].isdigit() and _SCALE.match(after):
        written = "°"
    elif cents := _cents(text, before, after):
        written = cents
    elif _is_note(element, text, before, after):
        _drop(element)
        return
    elif text in _SIGNS and before[-1:].isalnum():
        written = _SIGNS[text]
    elif len(text) <= LONGEST_NAME:
        written = raised(text, before)
    else:
        written = text
    for child in list(element):
        element.remove(child)
    element.text = written
    element.drop_tag()


def _cents(text: str, before: str, after: str) -> str:
    """Return a price's cents that are set high (`$19<sup>99</sup>`), with their mark; else nothing."""
    price = _PRICE.search(before)
    if not price or not _TWO_FIGURES.fullmatch(text) or not (price[1] or _CURRENCY.match(after)):
        return ""
    return text if before[-1] in ".,-" else f"{'.' if price[1] else ','}{text}"


def _is_note(element: lxml_html.HtmlElement, text: str, before: str, after: str) -> bool:
    """Tell whether a superior points to a note rather than raises to a power."""
    if not text or _NOTE.fullmatch(text):
        return True
    if _LETTERS.fullmatch(text) and _NOTED_WORD.search(before):
        return True
    if not _NUMBERS.fullmatch(text):
        return False
    parent = element.getparent()
    links = [*element.iter("a"), *(one for one in (parent,) if one is not None and one.tag == "a")]
    if any((link.get("href") or "").startswith("#") or "#" in (link.get("href") or "") for link in links):
        return True
    if _NOTED.search(f"{element.get('class') or ''} {element.get('id') or ''}") or _YEAR.search(before):
        return True
    if not before or before[-1].isspace():
        return False
    is_fraction = after.startswith(("/", "⁄"))
    is_unit = text in {"2", "3"} and _UNIT.search(before) is not None
    return not (is_fraction or is_unit or _BASE.search(before) or _ELEMENT.search(before[-LONGEST_NAME:]))


def _before(element: lxml_html.HtmlElement) -> str:
    """Return the last characters before an element, as far as its own line goes."""
    previous = element.getprevious()
    while previous is not None and previous.tag != "br":
        text = (previous.text_content() or "") + (previous.tail or "")
        if text:
            return str(text[-20:])
        previous = previous.getprevious()
    if previous is not None:
        return str((previous.tail or "")[-20:])
    parent = element.getparent()
    text = (parent.text or "")[-20:] if parent is not None else ""
    if text or parent is None or parent.tag not in {"a", "b", "i", "em", "strong", "span", "font"}:
        return str(text)
    return _before(parent)


def _quote(element: lxml_html.HtmlElement) -> None:
    """Write the marks that a browser would show around a short quotation."""
    if element.getparent() is None:
        return
    text = element.text_content().strip()
    if text and not _ANY_MARK.match(text):
        is_inner = any(parent.tag == "q" for parent in element.iterancestors())
        _surround(element, *_marks(element, is_inner=is_inner))
    element.drop_tag()


def _marks(element: lxml_html.HtmlElement, *, is_inner: bool = False) -> tuple[str, str]:
    language = next((one for node in (element, *element.iterancestors()) if (one := node.get("lang"))), "")
    if not language and _KANA.search(element.text_content()):
        language = "ja"
    tag = language.lower().replace("_", "-")
    table, usual = (_INNER, ("‘", "’")) if is_inner else (_MARKS, ("“", "”"))
    return table.get(tag) or table.get(tag.split("-")[0]) or usual


def _surround(element: lxml_html.HtmlElement, opening: str, closing: str) -> None:
    """Put marks before an element's first text and after its last."""
    nodes = [node for node in element.iter() if isinstance(node.tag, str)]
    first = next((node for node in nodes if (node.text or "").strip()), None)
    if first is not None:
        first.text = opening + (first.text or "").lstrip()
    else:
        element.text = opening
    for node in reversed(nodes):
        if node is not element and (node.tail or "").strip():
            node.tail = (node.tail or "").rstrip() + closing
            return
        if (node.text or "").strip() and not any((child.tail or "").strip() for child in node):
            node.text = (node.text or "").rstrip() + closing
            return


def _pulled(root: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    """Return the outermost elements that only their class calls a quotation."""
    found: list[lxml_html.HtmlElement] = []
    named = "//*[self::aside or self::div or self::p or self::section or self::figure][@class]"
    for element in root.xpath(named)[:_MOST]:
        if not any(map(_PULLED_NAME.fullmatch, element.get("class").split())):
            continue
        is_within = any(parent in found or parent.tag == "blockquote" for parent in element.iterancestors())
        if not is_within and element.find(".//blockquote") is None and element.find(".//q") is None:
            found.append(element)
    return found


def _mark_blockquotes(root: lxml_html.HtmlElement, pulled: list[lxml_html.HtmlElement]) -> None:
    """Write the marks of quotations that are set apart; not where one is but the frame of all the text."""
    quotes = [*_first(root, "blockquote"), *pulled][:_MOST_BLOCKQUOTES]
    if not quotes:
        return
    everything = root.text_content()
    whole = len(everything)
    for element in quotes:
        text = element.text_content().strip()
        is_marked = _ANY_MARK.match(text) or _ANY_MARK.search(text[-2:])
        if text and not is_marked and (2 * len(text) < whole or _is_cited(element, text, everything)):
            outer, inner = _marks(element), _marks(element, is_inner=True)
            _set_within(element, dict(zip(outer, inner, strict=True)))
            _surround(element, *outer)


def _is_cited(element: lxml_html.HtmlElement, text: str, whole: str) -> bool:
    """Tell whether what stands around a short quotation, or in it, shows that it is one (a link's log)."""
    if len(text) > _LONGEST_CITED:
        return False
    if element.get("cite") or element.find(".//cite") is not None or element.find(".//footer") is not None:
        return True
    before, _, after = whole.partition(text)
    return bool(
        _INTRODUCES.search(before) or _NAMES_WHOSE.match(after) or _SAYS_MORE.search(before + after)
    )


def _set_within(element: lxml_html.HtmlElement, signs: dict[str, str]) -> None:
    """Write the marks within a quotation as those of a quotation in another."""
    table = str.maketrans(
        {sign.strip(): inner.strip() for sign, inner in signs.items() if len(sign.strip()) == 1}
    )
    for node in element.iter():
        if isinstance(node.tag, str):
            node.text = _STRAIGHT.sub(r"‘\1’", node.text.translate(table)) if node.text else node.text
            if node is not element and node.tail:
                node.tail = _STRAIGHT.sub(r"‘\1’", node.tail.translate(table))
