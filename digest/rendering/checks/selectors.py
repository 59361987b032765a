"""Which selectors the inliner can match, found by asking it, and which wait for what programs add."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from cssselect import SelectorError
from cssselect import parse as parse_selector

_PLAIN = re.compile(r"(?:[a-zA-Z.#*_ >+~-]|(?<=[\w-])[0-9])++")
_ADDED = re.compile(
    r"\[data-og|\[x-apple|\[owa|\[office365|\[data-outlook|^u ?\+|u ?\+ ?\.|#MessageView|#outlook\b"
    r"|\.ExternalClass|\.ReadMsgBody|\.moz-|\.gmail_|\.yshortcuts|\.mail-detail|\.aolmail|\.x_",
    re.IGNORECASE,
)


def is_for_what_programs_add(selector: str) -> bool:
    """Tell whether a mail program must put something into the page before the selector can match."""
    return _ADDED.search(selector) is not None


@lru_cache(maxsize=1024)
def is_matched(selector: str) -> bool:
    r"""Tell whether the inliner, in one with the libraries below it, can say what a selector matches.

    cssutils leaves out, or writes otherwise, some that cssselect reads (`.\31 a`, `[href$=x i]`).
    """
    if _PLAIN.fullmatch(selector):
        return _parses(selector)
    # Only a site's own sheet has others, and a job that renders nothing does without these libraries.
    from lxml.cssselect import CSSSelector
    from premailer import Premailer

    inliner = Premailer("", cssutils_logging_level=logging.CRITICAL, disable_validation=True)
    try:
        rules, _ = inliner._parse_style_rules(f"{selector}{{a:b}}", 0)  # noqa: SLF001 - what it would do
        for _, found, _ in rules:
            CSSSelector(found, translator="html")
    except (SelectorError, ValueError):
        return False
    return bool(rules) and _parses(selector)


def _parses(selector: str) -> bool:
    try:
        parse_selector(selector)
    except SelectorError:
        return False
    return True
