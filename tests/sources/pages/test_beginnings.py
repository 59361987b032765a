"""One expression for many phrases finds what the phrases find, each on its own."""

from __future__ import annotations

import re

import pytest

from digest.sources.pages.markers.beginnings import by_beginnings

PHRASES = (
    "(?:to )?(?:continue|keep|finish) reading",
    "already (?:a|an) (?:subscriber|member)|already have an account",
    "you(?: ve| have) read .{0,9}articles",
    "cookies? (?:policy|settings)",
    "(?:log|sign) ?(?:in|on|up)\\b",
    "abo+|ab{2}c|[xyz]|zone \\d{3}|\\(sic\\)",
    "続きを読むには|続きは",
)
TEXTS = (
    "continue reading", "to keep reading", "keep  reading", "already an member", "already have an account",
    "you ve read ten articles", "you have read articles", "you read articles", "cookie policy",
    "cookies settings", "cookiess settings", "log in", "signup", "sign upon", "logon", "abooo", "ab",
    "abbc", "abc", "y", "zone 404", "zone 4", "(sic)", "sic", "続きは", "続き", "", " ", "a", "reading",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_what_is_found_is_what_the_phrases_find_one_by_one(text: str) -> None:
    together = re.compile(rf"(?<!\w)(?:{by_beginnings(PHRASES)})")
    one_by_one = re.compile(rf"(?<!\w)(?:{'|'.join(PHRASES)})")

    assert bool(together.search(f"now {text}")) == bool(one_by_one.search(f"now {text}"))
    assert bool(together.match(text)) == bool(one_by_one.match(text))
