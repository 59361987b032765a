"""What somebody said is never told as the paper's own, in forty languages; and the paper's own is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from digest.summaries.candidates import candidates
from tests.summaries.newsroom import article


@dataclass(frozen=True)
class Voice:
    """A few paragraphs, and what of them is whose."""

    language: str
    name: str
    paragraphs: tuple[str, ...]
    spoken: tuple[tuple[str, str], ...]
    own: tuple[str, ...]


def _read(block: str) -> Voice:
    head, *lines = [line for line in block.splitlines() if line]
    language, _, name = head.partition(" ")
    spoken = [line[2:] for line in lines if line.startswith("- ") and _is_short(line, language)]
    own = tuple(line[2:] for line in lines if line.startswith("+ "))
    paragraphs = [line for line in lines if line[2:] not in spoken and not line.startswith("+ ")]
    whose = [(words, speaker) for words, _, speaker in (one.partition(" || ") for one in spoken)]
    return Voice(language, name, tuple(paragraphs), tuple(whose), own)


def _is_short(line: str, language: str) -> bool:
    """Tell what no sentence may hold from a paragraph that opens with a hyphen."""
    return len(line) < 70 and not (language == "vi" and "," in line)


_TEXT = Path(__file__).with_name("voices.txt").read_text("utf-8")
VOICES = tuple(map(_read, _TEXT.split("\n## ")[1:]))


@pytest.mark.parametrize("claimed", ["its own", "none"])
@pytest.mark.parametrize("voice", [pytest.param(one, id=f"{one.language} {one.name}") for one in VOICES])
def test_what_somebody_said_is_told_with_its_speaker_or_not_at_all(voice: Voice, claimed: str) -> None:
    language = voice.language if claimed == "its own" else ""

    told = [one.text for one in candidates(article(*voice.paragraphs, title="", language=language))]

    assert [
        sentence
        for sentence in told
        for words, speaker in voice.spoken
        if words in sentence and not (speaker and speaker in sentence)
    ] == []
    assert [words for words in voice.own if not any(words in sentence for sentence in told)] == []


def test_they_are_of_forty_languages() -> None:
    assert len({voice.language for voice in VOICES}) >= 40
