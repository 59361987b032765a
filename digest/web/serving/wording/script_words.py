"""What the desk's scripts say, as a page brings it to them."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from digest.words.speaking import spoken
from digest.words.tongues import ENGLISH, Tongue

STATIC = Path(__file__).parents[2] / "static"

_SAID = re.compile(r'\b(?:speak|later)\(\s*"([^"\\]+)"')
_COUNTED = re.compile(r'\bcounted\(\s*"([^"\\]+)",\s*"([^"\\]+)"')


def script_words() -> Markup:
    """Return the words of the scripts in the language of this request, as JSON in HTML; none in English."""
    tongue = spoken()
    if tongue.language == ENGLISH:
        return Markup("")
    # Inside of a script's tag nothing but its own end has a meaning.
    return Markup(json.dumps(_words(tongue), ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704


@lru_cache(maxsize=32)
def _words(tongue: Tongue) -> dict[str, str | dict[str, str]]:
    singles, counts = messages()
    return {
        **{one: tongue.say(one) for one in singles},
        **{one: _forms(tongue, one, many) for one, many in counts},
    }


def _forms(tongue: Tongue, singular: str, plural: str) -> dict[str, str]:
    """Return the forms by the name of the count's category, as browsers know it."""
    return {
        category: tongue.form(singular, plural, count) for category, count in tongue.locale.plurals.items()
    }


@lru_cache(maxsize=1)
def messages() -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return every message of the scripts: those said as they are, and those with a count."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.rglob("*.js")))
    return tuple(sorted(set(_SAID.findall(text)))), tuple(sorted(set(_COUNTED.findall(text))))
