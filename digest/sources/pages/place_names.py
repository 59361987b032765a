"""What pages call the places of a text, by class and id: boxes beside an article, labels, an opening."""

from __future__ import annotations

import re

from lxml import etree

_LABELS = re.compile(
    r"caption|credit|photo|image|byline|author|meta|date|time|share|social|related|promo|newsletter|read[-_]?more|video"
    r"|tags?\b|copyright|disclaimer|print|email|comment|advert|sponsor|footer|sidebar|widget|recommend|subscri",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|comentarios?|kommentare?|commentaires?|reacties|disqus|respond|related|recommend(?:ed|ations?)?"
    r"|outbrain|taboola|newsletters?|promos?|most[-_]?(?:read|popular)|read[-_]?(?:next|also))(?:$|[\s_-])"
    r"|comment-?(?:list|section|thread|body|content|form)|related-?(?:articles?|posts?|stories|links?|content)",
    re.IGNORECASE,
)
"""What pages call the boxes beside and below an article."""
_CAPTIONS = re.compile(
    r"caption|legende|légende|bildunterschrift|(?:^|[\s_-])(?:photo|image|video)?[_-]?(?:credits?|desc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OPENINGS = re.compile(
    r"(?:^|[\s_-])(?:summary|lead|lede|intro|chapo|vorspann|anreisser|entradilla|bajada|ingress|ingres|ingressen"
    r"|manchet|sommario|resumo|perex)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What they call a first paragraph that stands above the rest in an element of its own."""


def names_aside(element: etree._Element) -> bool:
    """Tell whether an element is called a box of comments, teasers or forms."""
    return bool(_ASIDE.search(_names(element)))


def is_labeled(element: etree._Element) -> bool:
    """Tell whether an element is called anything but text: a caption, a byline, a button."""
    return bool(_LABELS.search(_names(element)))


def names_caption(element: etree._Element) -> bool:
    """Tell whether an element is called the text under a picture or a video."""
    return bool(_CAPTIONS.search(_names(element)))


def names_opening(element: etree._Element) -> bool:
    """Tell whether an element is called an article's first paragraph."""
    return bool(_OPENINGS.search(_names(element)))


def _names(element: etree._Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
