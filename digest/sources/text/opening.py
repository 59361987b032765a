"""What of a page's tree is changed before an extractor looks, so that it loses no words."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from digest.sources.text.blocks import read_plain

_MOST_TIMES = 500
_ENDED = re.compile(r"[.!?…。।؟][\"'”’»」)]*$")


def keep_times(root: lxml_html.HtmlElement) -> None:
    """Make plain elements of the first 500 `time` in sentences: trafilatura drops them and their words.

    A date that stands alone, or in a line without an end as bylines are, stays what it is.
    """
    for element in list(root.iter("time"))[:_MOST_TIMES]:
        paragraph = next(element.iterancestors("p", "li", "blockquote", "td"), None)
        if paragraph is None or not (element.text or "").strip():
            continue
        whole = " ".join("".join(paragraph.itertext()).split())
        if _ENDED.search(whole) and not whole.startswith((element.text or "").strip()):
            element.tag = "span"


def open_preformatted(root: lxml_html.HtmlElement) -> None:
    """Turn preformatted prose into paragraphs: its blank lines are all the marks it has."""
    for element in list(root.iter("pre")):
        text = element.text or ""
        if len(element) or len(re.findall(r"\n[ \t]*\n", text)) < 2:
            continue
        element.tag, element.text = "div", None
        for block in read_plain(text):
            child = etree.SubElement(element, f"h{block.level}" if block.is_heading else "p")
            child.text = block.text
