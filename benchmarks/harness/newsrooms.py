"""A whole newsroom in a folder, as a command finds it: settings, readers, articles of one day."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.builds import Build

NOW = "2026-11-23T06:30:00+00:00"
SECRET = "a secret of the benchmark, long enough"
NEWSLETTER = "morning"
STORIES = 46
"""They make a mail of about 46 kB of HTML."""

_FILLS = str(Path(__file__).with_name("readers.py"))
_CONFIG = """\
[site]
name = "Harbour Daily"
url = "https://harbour.example"
postal_address = "1 Quay Street, Port Merindi"
secret_key = "{secret}"

[database]
url = "{url}"

[transport]
{transport}

[dispatch]
{dispatch}

[newsletters.morning]
title = "Morning edition"
sender = "Harbour Daily <morning@harbour.example>"
lists = ["morning"]
timezone = "UTC"
cutoff = "06:00"
send_at = "06:30"
minimum_items = 1

[[newsletters.morning.sections]]
key = "more"
title = "Stories"
max_items = {stories}

[[newsletters.morning.sources]]
kind = "folder"
path = "articles"
"""
_SPOKEN = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri fro glu"
_SYLLABLES = _SPOKEN.split()
_WORDS_OF_A_STORY = 60


@dataclass(frozen=True, slots=True)
class Room:
    """A newsroom that one build works in."""

    build: Build
    folder: Path

    def digest(self, *words: str) -> str:
        """Run a command on the benchmark's day and return what it answers."""
        return self.build.run("-m", "digest", *words, "--now", NOW, cwd=self.folder)

    def words(self, *words: str) -> list[str]:
        """Return the words of the same command, for whoever runs it."""
        return self.build.command(*words, "--now", NOW)


def make(
    build: Build,
    folder: Path,
    *,
    readers: int,
    url: str = "",
    transport: str = 'kind = "outbox"\npath = "outbox"',
    dispatch: str = "",
    stories: int = STORIES,
    others: int = 0,
) -> Room:
    """Make the newsroom, its schema and its readers, with the build's own means.

    Args:
        url: of an empty database; SQLite in the folder where not given.
        stories: that the mail tells, at most.
        others: articles that are weighed beside them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    url = url or f"sqlite:///{folder / 'digest.db'}"
    settings = _CONFIG.format(
        secret=SECRET, url=url, transport=transport, dispatch=dispatch, stories=stories
    )
    (folder / "digest.toml").write_text(settings, encoding="utf-8")
    _write_articles(folder / "articles", stories + others)
    # By its path: an older build has no such module, or another one.
    build.run("-c", f"import runpy; runpy.run_path({_FILLS!r})['fill']({url!r}, {readers})", cwd=folder)
    return Room(build, folder)


def _write_articles(folder: Path, count: int) -> None:
    """Write a day's articles, each in words of its own, or they would be one story."""
    folder.mkdir(exist_ok=True)
    chance = random.Random(7)
    for number in range(count):
        words = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(_WORDS_OF_A_STORY)]
        title = " ".join(words[:6]).capitalize()
        text = " ".join(_sentence(chance, words) for _ in range(12))
        head = f"---\ntitle: {title}\ndate: 2026-11-23T04:{number % 60:02}:00Z\n---\n"
        (folder / f"story-{number}.md").write_text(f"{head}\n{text}\n", encoding="utf-8")


def _sentence(chance: random.Random, words: list[str]) -> str:
    return " ".join(chance.choices(words, k=chance.randint(9, 16))).capitalize() + "."
