"""Rules that the inliner can't write into elements, and how each is told: file, line and a way out.

A rule in a style block that is inlined reaches every reader; one that can't be inlined would reach nobody,
and nobody would hear of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from digest.rendering.checks.findings import Finding, Level
from digest.rendering.checks.selectors import is_for_what_programs_add, is_matched
from digest.rendering.stylesheets import Block, blocks, selectors_of, unread, without_comments

MAX_SHEET = 1_000_000

_LIST = re.compile(r":(is|where|matches|has|-webkit-any|-moz-any)\(", re.IGNORECASE)
_NOT_LIST = re.compile(r":not\([^()]{0,200}(?:,|\([^()]{0,200}\)[^()]{0,200},)", re.IGNORECASE)
_RANGE = re.compile(r"\([^()]{0,200}[<>=][^()]{0,200}\)")
_PRINTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PRINTED_ALONE = re.compile(r"[x\s]{5,}+")
_SHEETS = re.compile(r"<style(?P<rest>[^>]*)>(?P<css>.*?)</style>", re.DOTALL | re.IGNORECASE)
_KNOWN_AT_RULES = ("@media", "@supports", "@font-face", "@keyframes", "@-webkit-keyframes", "@page")
_REMEDIES = {
    "@layer": "take the layer away, and order the rules themselves",
    "@container": 'say it by @media, in a block with data-premailer="ignore"',
    "@scope": "name a class on what is meant",
    "range": "write min-width and max-width instead of < and >",
    "nested": "write each nested rule beside the one around it, its selector whole",
    "list": "write one plain selector for each case",
    "selector": "write it of tags, classes and ids",
    "at-rule": "take it out: mail programs do not know it",
    "@import": "write its rules here: no mail program fetches a style sheet",
    "declaration": "write a name, a colon and a value, and end it with a semicolon",
}
_IMPORT = re.compile(r"@import\b[^;{}]{0,2000}", re.IGNORECASE)
STATE = re.compile(r":(?!first-child\b|last-child\b)")
"""A state, or a part that no element has: such a rule stays in a style block."""


def losses(css: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, what it is, and the remedy of each rule that can't be inlined.

    A template's own `{{ … }}` may stand in it; conditions are looked into.
    """
    quiet = without_comments(_quiet(css))
    for found in _IMPORT.finditer(quiet):
        yield quiet.count("\n", 0, found.start()) + 1, _short(found[0]), _REMEDIES["@import"]
    for block in blocks(quiet):
        for piece in unread(block.body) if "{" not in block.body else ():
            if not _PRINTED_ALONE.fullmatch(piece):
                yield block.line, _short(piece), _REMEDIES["declaration"]
        if (why := _why(block)) is not None:
            yield block.line, *why
        elif block.prelude.startswith(("@media", "@supports")):
            for line, what, remedy in losses(block.body):
                yield block.line + block.prelude.count("\n") + line - 1, what, remedy


def is_lost(block: Block) -> bool:
    """Tell whether the block can't be inlined, nor be left in a style block as it is."""
    return _why(block) is not None


def findings(folder: Path | None) -> Iterator[Finding]:
    """Yield each rule of a site's own templates and style sheets that the mail would lose."""
    for path in _files(folder):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")[:MAX_SHEET]
        except OSError as error:
            problem = f"can't be read ({error.strerror})"
            yield Finding(Level.ERROR, "templates", str(path), problem, "see its mode and owner")
            continue
        for line, what, remedy in _of_file(path, text):
            problem = f"`{what}` can't be inlined, so that no reader would see it"
            yield Finding(Level.WARNING, "templates", f"{path}:{line}", problem, remedy)


def _of_file(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    if path.suffix == ".css":
        yield from losses(text)
        return
    for sheet in _SHEETS.finditer(text):
        before = text.count("\n", 0, sheet.start("css"))
        for line, what, remedy in losses(sheet["css"]):
            yield before + line, what, remedy


def _files(folder: Path | None) -> Iterator[Path]:
    if folder is not None and folder.is_dir():
        found = sorted(folder.rglob("*"))
        yield from (one for one in found if one.suffix in {".css", ".html"} and one.is_file())


def _quiet(css: str) -> str:
    """Return the sheet with what a template prints in it as letters, line by line in place."""
    return _PRINTED.sub(lambda found: re.sub(r"[^\n]", "x", found[0]), css)


def _why(block: Block) -> tuple[str, str] | None:
    """Return what of the block is lost, and the remedy; None where nothing is."""
    prelude = block.prelude
    if block.is_at_rule:
        name = prelude.split()[0].split("(")[0].lower()
        if name in _REMEDIES:
            return name, _REMEDIES[name]
        if name == "@media" and (found := _RANGE.search(prelude)):
            return found[0], _REMEDIES["range"]
        return None if name.startswith(_KNOWN_AT_RULES) else (name, _REMEDIES["at-rule"])
    for part in (_LIST, _NOT_LIST):
        if found := part.search(prelude):
            return found[0].rstrip("("), _REMEDIES["list"]
    if "{" in block.body:
        return f"{_short(prelude)} {{ … {{", _REMEDIES["nested"]
    if not prelude:
        return "{", _REMEDIES["selector"]
    for selector in selectors_of(prelude):
        if not (is_left(selector) or is_matched(selector)):
            return _short(selector), _REMEDIES["selector"]
    return None


def is_left(selector: str) -> bool:
    """Tell whether rules of a selector stay in a style block: the page itself can't say what matches."""
    return STATE.search(selector) is not None or is_for_what_programs_add(selector)


def _short(text: str) -> str:
    return " ".join(text.split())[:60]
