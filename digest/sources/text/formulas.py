"""What is set high or low, and formulas, as characters of one line."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

TO_SUPER = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
TO_SUB = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
SUPER = re.compile(r"[0-9+\-−=()]*[0-9n][0-9+\-−=()]*|[+\-−]")
LONGEST_NAME = 60
"""Of a substance or an exponent, in characters."""

_POWER_OF = re.compile(r"(?:\d|[)\]]|(?<![^\W\d_])[^\W\d_])$")
"""What is raised: a number, a bracket, a letter by itself."""
_MIXED = re.compile(r"(?=\D*\d)[\w+-]{2,3}")
_LETTER = frozenset("xyzkm")
_EXPRESSION = re.compile(r"[+\-−]?[\w.,]{1,20}(?:\s?[+\-−/·*×]\s?[\w.,]{1,20}){0,4}")
_ONE_TERM = re.compile(r"[+\-−]?(?:\d+[.,]\d+|[^\W_]{1,3})")
_PART = re.compile(r"[1-9]/[2-9]|[1-9]\d?/1[026]")


def raised(text: str, before: str) -> str:
    """Return what is set high as it stands in one line: `²`, or `^1.5` where no characters are that high.

    Args:
        text: what is set high.
        before: what it stands behind.
    """
    if SUPER.fullmatch(text):
        return text.translate(TO_SUPER)
    base = _POWER_OF.search(before)
    if base is None:
        return text
    is_number = base[0].isdigit()
    if _PART.fullmatch(text) and is_number and not before.endswith("10"):
        return f" {text}"  # five and a half, as recipes write it
    if text in _LETTER or (is_number and _MIXED.fullmatch(text)):
        return f"^{text}"
    has_sign = any(sign in text for sign in "+-−/·*×.,")
    if not has_sign or not _EXPRESSION.fullmatch(text) or not any(map(str.isalnum, text)):
        return text
    if not is_number and not any(map(str.isdigit, text)):
        return text
    return f"^{text}" if _ONE_TERM.fullmatch(text) else f"^({text})"


def write_formula(element: lxml_html.HtmlElement) -> None:
    """Write a short formula as its characters; a long one goes, as readers of text drop them all."""
    if element.getparent() is None:
        return
    for node in reversed(list(element.iter("msup", "msub", "msubsup", "mfrac", "msqrt", "mroot"))):
        _write(node)
    for note in element.xpath(".//annotation | .//*[local-name()='annotation-xml']"):
        note.getparent().remove(note)
    text = "".join("".join(element.itertext()).split())
    if not text or len(text) > LONGEST_NAME:
        return
    _fill(element, text)
    element.drop_tag()


def _write(node: etree._Element) -> None:
    """Write one part of a formula as its characters; those within it are written already."""
    parts = ["".join("".join(map(str, part.itertext())).split()) for part in node]
    tag = str(node.tag)
    if tag == "msqrt" and parts:
        _fill(node, f"√{_grouped(''.join(parts))}")
    elif tag == "mroot" and len(parts) == 2:
        _fill(node, f"{parts[1].translate(TO_SUPER)}√{_grouped(parts[0])}")
    elif tag == "mfrac" and len(parts) == 2:
        _fill(node, f"{_grouped(parts[0])}/{_grouped(parts[1])}")
    elif tag == "msubsup" and len(parts) == 3:
        _fill(node, parts[0] + _low(parts[1]) + _high(parts[2]))
    elif len(parts) == 2 and parts[1]:
        _fill(node, parts[0] + (_low(parts[1]) if tag == "msub" else _high(parts[1])))


def _high(text: str) -> str:
    return text.translate(TO_SUPER) if SUPER.fullmatch(text) else f"^{_grouped(text)}"


def _low(text: str) -> str:
    return text.translate(TO_SUB) if SUPER.fullmatch(text) else f"_{_grouped(text)}"


def _grouped(text: str) -> str:
    """Return a term with brackets where it is more than one."""
    return text if text.isalnum() or (text.startswith("(") and text.endswith(")")) else f"({text})"


def _fill(node: etree._Element, text: str) -> None:
    for child in list(node):
        node.remove(child)
    node.text = text
