"""What is exported loads again as the same settings."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.settings import load
from digest.settings.kept.exporting import exported
from digest.settings.kept.toml_text import written
from tests.settings.configurations import GOOD, SECRET_KEY
from tests.settings.kept.test_laying import MORNING, evening, laid

_texts = st.text(st.characters(codec="utf-8"), max_size=12)
_plain = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | _texts
    | st.times()
    | st.dates()
)
_values = st.recursive(
    _plain, lambda one: st.lists(one, max_size=3) | st.dictionaries(_texts, one, max_size=3), max_leaves=12
)


@given(st.dictionaries(_texts, _values, max_size=4))
def test_toml_is_read_back_as_it_was_written(tree: dict[str, object]) -> None:
    assert tomllib.loads(written(tree)) == tree


def test_what_is_exported_loads_as_the_same_settings(tmp_path: Path) -> None:
    said = {
        **evening(),
        (*MORNING, "title"): 'Say "Ahoj" \\ \u2028',
        (*MORNING, "weekdays"): ["mon", "fri"],
        (*MORNING, "minimum_items"): 2,
        (*MORNING, "theme", "accent"): "#123456",
        (*MORNING, "sections", "politics", "match", "words"): ["a, b", "ü"],
        (*MORNING, "sources", "own", "weight"): 0.5,
        ("segments", "german"): {"all": [{"language": "de"}, {"tag": "x"}]},
    }
    before = laid(tmp_path, said)

    text = exported(before)

    path = tmp_path / "exported.toml"
    path.write_text(text)
    after = load(path, environ={"DIGEST_SITE__SECRET_KEY": SECRET_KEY})
    assert after.settings == before.settings


def test_no_secret_is_exported_and_each_is_named_with_its_variable(tmp_path: Path) -> None:
    ghost = """
[[newsletters.morning.sources]]
kind = "ghost"
url = "https://ghost.example"
api_key = "0123456789abcdef"
[[newsletters.morning.sources]]
kind = "feed"
url = "https://me:hidden@feeds.example/rss"
"""
    text = exported(laid(tmp_path, {}, GOOD + ghost))

    assert not any(secret in text for secret in (SECRET_KEY, "0123456789abcdef", "hidden"))
    for name in ("SITE__SECRET_KEY", "MORNING__SOURCES__1__API_KEY", "MORNING__SOURCES__2__URL"):
        assert name in text


def test_what_the_environment_says_is_not_exported(tmp_path: Path) -> None:
    found = laid(tmp_path, {}, environ={"DIGEST_NEWSLETTERS__MORNING__TITLE": "Elsewhere"})

    assert "Elsewhere" not in exported(found)
