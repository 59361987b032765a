"""What a shell offers behind a word that was begun, asked of the shells themselves where they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from digest.cli.app import digest

DIGEST = Path(sys.executable).parent / "digest"
CONFIG = """
[newsletters.morning]
title = "The morning"
lists = ["daily", "everybody"]

[newsletters.evening]
title = "The evening"
lists = ["daily"]
"""
IN_BASH = """
compopt() { :; }
eval "$(_DIGEST_COMPLETE=bash_source digest)"
for line in "$@"; do
    read -ra COMP_WORDS <<< "$line"
    [ "${line% }" = "$line" ] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
    _digest_completion digest "${COMP_WORDS[$COMP_CWORD]}" ""
    echo "${COMPREPLY[*]}"
done
"""
IN_FISH = """
_DIGEST_COMPLETE=fish_source digest | source
for line in $argv
    echo (complete --do-complete $line | string replace -r '\\t.*' '')
end
"""
IN_ZSH = """
zmodload zsh/zpty
zpty shell 'zsh -f -i'
zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; eval "$(_DIGEST_COMPLETE=zsh_source digest)"'
zpty -w shell 'shown() { print -r -- "<$BUFFER>"; BUFFER= }; zle -N shown; bindkey "^X" shown'
zpty -w shell 'zle-line-init() { print -r -- read""y }; zle -N zle-line-init'
zpty -r shell said '*ready*'
for line in "$@"; do
    zpty -w -n shell "$line"$'\\t\\C-x'
    zpty -r shell said '*<*>*'
    print -r -- "$said"
done
zpty -d shell
"""
LINES = {
    "digest pre": "preview",
    "digest run ": "evening morning",
    "digest check mor": "morning",
    "digest run morning --until dr": "draft",
    "digest subscribers import x.csv --list d": "daily",
}

TODAY = str(datetime.now().astimezone().date())

CASES = [
    pytest.param(["run", ""], {"morning", "evening"}, id="newsletters"),
    pytest.param(["run", "mor"], {"morning"}, id="a-newsletter-begun"),
    pytest.param(["run", "morning", "--until", "dr"], {"draft"}, id="choices"),
    pytest.param(["preview", "morning", "--date", TODAY[:8]], {TODAY}, id="days"),
    pytest.param(["audit", "ev"], {"evening"}, id="an-edition-by-its-newsletter"),
    pytest.param(["audit", "evening/"], {f"evening/{TODAY}"}, id="an-editions-day"),
    pytest.param(["correct", "morning/2"], {f"morning/{TODAY}"}, id="an-edition-to-correct"),
    pytest.param(["check", "mor"], {"morning"}, id="an-edition-or-a-file"),
    pytest.param(["status", "--expect", ""], {"morning", "evening"}, id="the-newsletter-that-is-expected"),
    pytest.param(["tokens", "make", "cms", "--newsletter", "m"], {"morning"}, id="a-tokens-newsletter"),
    pytest.param(["subscribers", "export", "--list", ""], {"daily", "everybody"}, id="lists"),
    pytest.param(["subscribers", "import", "x.csv", "--list", "d"], {"daily"}, id="the-list-of-an-import"),
    pytest.param(["init", "--timezone", "Africa/Nai"], {"Africa/Nairobi"}, id="time-zones"),
    pytest.param(["dispatch", "morning", "--settle-held", ""], {"sent", "failed", "resend"}, id="words"),
]


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    (tmp_path / "digest.toml").write_text(CONFIG)
    return tmp_path


def _asked(newsroom: Path, *command: str | Path, **environ: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "DIGEST_CONFIG"}
    path = f"{DIGEST.parent}:{os.environ['PATH']}"
    here = {**kept, "PATH": path, "HOME": str(newsroom), **environ}
    done = subprocess.run(command, cwd=newsroom, env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("words", "wanted"), CASES)
def test_words_of_the_newsroom_are_offered(
    words: list[str], wanted: set[str], newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsroom)
    monkeypatch.delenv("DIGEST_CONFIG", raising=False)
    asked = ShellComplete(digest, {}, "digest", "_DIGEST_COMPLETE")

    offered = asked.get_completions(words[:-1], words[-1])

    assert wanted <= {one.value for one in offered}


@pytest.mark.parametrize(("shell", "script"), [("bash", IN_BASH), ("fish", IN_FISH)], ids=["bash", "fish"])
def test_a_shell_offers_them(shell: str, script: str, newsroom: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    words = [] if shell == "fish" else [shell]

    offered = _asked(newsroom, shell, "-c", script, *words, *LINES)

    assert [" ".join(sorted(line.split())) for line in offered.splitlines()] == list(LINES.values())


@pytest.mark.parametrize(("line", "wanted"), [one for one in LINES.items() if " " not in one[1]])
def test_zsh_completes_them_at_its_prompt(line: str, wanted: str, newsroom: Path) -> None:
    """Driven by keys in a terminal, for zsh completes nowhere else."""
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed")

    said = _asked(newsroom, "zsh", "-f", "-c", IN_ZSH, "zsh", line, TERM="dumb")

    begun = line.rpartition(" ")[0]
    assert f"<{begun} {wanted} >" in said


def test_zsh_lists_what_there_is_to_choose_from(newsroom: Path) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed")

    said = _asked(newsroom, "zsh", "-f", "-c", IN_ZSH, "zsh", "digest run ", TERM="dumb")

    assert "morning  -- The morning" in said
    assert "evening  -- The evening" in said


def test_a_newsletter_is_offered_with_its_title(newsroom: Path) -> None:
    asked = {"_DIGEST_COMPLETE": "zsh_complete", "COMP_WORDS": "digest run m", "COMP_CWORD": "2"}

    assert _asked(newsroom, DIGEST, **asked).splitlines() == ["plain", "morning", "The morning"]


@pytest.mark.parametrize(
    "config",
    [
        pytest.param(None, id="missing"),
        pytest.param("[newsletters.morning\n", id="half-written"),
        pytest.param("newsletters = 3\n", id="of-another-shape"),
        pytest.param("[newsletters]\nmorning = 3\n", id="of-another-shape-below"),
    ],
)
def test_a_configuration_that_is_none_completes_nothing(config: str | None, tmp_path: Path) -> None:
    if config is not None:
        (tmp_path / "digest.toml").write_text(config)
    asked = {"_DIGEST_COMPLETE": "zsh_complete", "COMP_WORDS": "digest run ", "COMP_CWORD": "2"}

    assert _asked(tmp_path, DIGEST, **asked).strip() == ""


def test_another_configuration_is_read_where_it_is_named(newsroom: Path) -> None:
    other = newsroom / "other.toml"
    other.write_text("[newsletters.weekly]\n")
    asked = {"_DIGEST_COMPLETE": "zsh_complete", "COMP_CWORD": "4"}

    named = _asked(newsroom, DIGEST, **asked, COMP_WORDS=f"digest run --config {other} ")
    in_the_environment = _asked(
        newsroom,
        DIGEST,
        _DIGEST_COMPLETE="zsh_complete",
        COMP_WORDS="digest run ",
        COMP_CWORD="2",
        DIGEST_CONFIG=str(other),
    )

    assert "weekly" in named
    assert "weekly" in in_the_environment
    assert "morning" not in named + in_the_environment
