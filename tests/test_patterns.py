"""Every regular expression of the product takes time linear in its text, or its text is bounded."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.patterns import Named, every_pattern, growth, seconds, texts

MOST = 1.55
"""The power of its length that an expression's time may grow with: 1 is linear, 2 its square."""
LONGEST_BOUNDED_S = 2.0
PARAGRAPH = 4_000
"""What `digest.sources.text.bounds` lets through at most."""

BOUNDED: dict[str, int] = {
    "digest.editions.headlines.": 300,
    "digest.rendering.checks.": PARAGRAPH,
    "digest.rendering.html._STYLE": PARAGRAPH,
    "digest.selection.kinds.": 300,
    "digest.sources.dates.reading._worded_patterns": 200,
    "digest.sources.sql._STRINGS_AND_COMMENTS": PARAGRAPH,
    "digest.sources.pages.appeared.": 700,
    "digest.sources.pages.labels.": 120,
    "digest.summaries.grounding.": PARAGRAPH,
    "digest.summaries.language.dependence.": PARAGRAPH,
    "digest.summaries.language.furniture.": 1_500,
    "digest.summaries.language.sentences.": PARAGRAPH,
    "digest.summaries.trimming.": PARAGRAPH,
    "digest.dispatch.failures._OWN": 500,
    "digest.sources.text.formulas.SUPER": 60,
    "digest.sources.text.spelling_out._ELEMENT": 60,
    "digest.transports.blaming.": 1000,
    "digest.transports.headers._ADDRESS": 1000,
    "digest.transports.sendgrid.request._UNTRACKED": PARAGRAPH,
    "digest.web.desk.preview._PICTURE": PARAGRAPH,
}
"""How the names of expressions begin that may grow faster, for they are asked about so many characters at
most: headlines, sentences and paragraphs, stamps, our own templates' styles, the operator's SQL."""

PATTERNS = every_pattern()


@pytest.mark.slow
@pytest.mark.parametrize("named", PATTERNS, ids=lambda named: named.where)
def test_an_expression_takes_time_linear_in_its_text_or_its_text_is_short(named: Named) -> None:
    size = next((most for start, most in BOUNDED.items() if named.where.startswith(start)), 0)
    for what, make in texts(named.pattern):
        if size:
            assert seconds(named, make(size), 1) < LONGEST_BOUNDED_S, f"{what} of {size} characters"
        else:
            power = min_of(named, make)
            assert power < MOST, f"{what}: time grows with the power {power:.1f} of the length"


def min_of(named: Named, make: Callable[[int], str]) -> float:
    """Return the growth, measured up to three times more where it looks like more than linear."""
    power = growth(named, make)
    for _ in range(3):
        if power < MOST:
            break
        power = min(power, growth(named, make))
    return power


@pytest.mark.parametrize(
    "expression",
    [
        r"(a+)+$",
        r"\s+$",
        r"(?:\d+[\s,]*)*x",
        r"[\d ]*[\d ]*[\d ]*z",
        r"\S*\d\S*",
        r"(?:[^\W_]|[\u0900-\u0dff])+:",
    ],
)
def test_what_grows_faster_is_found(expression: str) -> None:
    named = Named("here", re.compile(expression))

    assert max(growth(named, make) for _, make in texts(named.pattern)) >= MOST


def test_every_bounded_expression_is_still_there() -> None:
    for start in BOUNDED:
        assert any(named.where.startswith(start) for named in PATTERNS), start
