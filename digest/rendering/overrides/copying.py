"""A working copy of a mail template: every block of both parts as it stands, ready to be changed.

The copy extends what it was made of, so that what is taken out of it goes on following that.
"""

from __future__ import annotations

import re
from pathlib import Path

from digest.errors import BadData
from digest.rendering.environment import BLOCKS, SUBJECT, Templates
from digest.rendering.overrides.blocks import HOLDS, SAYS, room
from digest.rendering.overrides.builtin import PARTS
from digest.rendering.overrides.folders import BUILTIN, SITE

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
_MOST_NAME = 64
_TAG = re.compile(r"\{%[-+]?[ \t]*(block|endblock)\b[ \t]*(\w*)[^%]{0,80}%\}")
_SUPER = re.compile(r"\{\{-?[ \t]*super\(\)[ \t]*-?\}\}")

_HEAD = """{{#
  {name}: a working copy of {origin}. {what}
  Change what you want to look otherwise and take the other blocks out: what is not here is {origin}'s.
  `digest preview` shows it, `digest check` looks for what is wrong with it. docs/templates.md says all
  that a block is told; {{{{ super() }}}} in one gives what it was before.
#}}
{{% extends "{parent}" %}}
"""
_HTML = "Each block is rows (<tr>) of the page's table."
_TEXT = "Each block is lines, wrapped when they are finished."
_UI = '{% import "macros.html" as ui with context %}\n'


def working_copy(templates: Templates, name: str, origin: str, *, of_newsletter: bool) -> dict[str, str]:
    """Return the files of a new mail template that renders as `origin` does, by their names.

    Args:
        name: what the new one is called.
        origin: a built-in template, or one of the site's own.
        of_newsletter: the copy is to lie in a newsletter's folder, and not in the site's.

    Raises:
        BadData: the name is none that a template can have.
        TemplateFault: `origin` is missing or broken.
    """
    if not is_name(name):
        raise BadData(f"{name!r}", "a template is named by a-z, 0-9, - and _", "Give it another name.")
    plain = templates.beside(origin, ".txt")
    subject = templates.beside(origin, SUBJECT)
    layout = room(templates.layout(origin))
    settings = "".join(
        f"{{# {SAYS[key]} #}}\n{{% set {key} = {value} %}}\n" for key, value in layout.items()
    )
    parents = {
        part: _parent(templates, part, of_newsletter=of_newsletter) for part in (f"{origin}.html", plain)
    }
    html, text = (
        _HEAD.format(name=name, origin=origin, what=what, parent=parents[part])
        for part, what in ((f"{origin}.html", _HTML), (plain, _TEXT))
    )
    return {
        f"{name}.html": html + _UI + settings + _blocks(templates, f"{origin}.html"),
        f"{name}.txt": text + _blocks(templates, plain),
        f"{name}{SUBJECT}": _source(templates, subject),
    }


def is_name(name: str) -> bool:
    """Tell whether a mail template can be called so."""
    return len(name) <= _MOST_NAME and bool(_NAME.fullmatch(name)) and name not in PARTS


def _parent(templates: Templates, file: str, *, of_newsletter: bool) -> str:
    """Return the name by which a copy reaches what it was made of, and never itself."""
    if templates.is_builtin(templates.chain(file)[0][0]):
        return f"{BUILTIN}/{file}"
    return f"{SITE}/{file}" if of_newsletter else file


def _source(templates: Templates, file: str) -> str:
    return Path(templates.chain(file)[0][0]).read_text(encoding="utf-8")


def _blocks(templates: Templates, file: str) -> str:
    """Return every block as it shows, under a line that says what it holds."""
    sources = [Path(name).read_text(encoding="utf-8") for name, _ in templates.chain(file)]
    levels = [inside(source) for source in sources]
    return "".join(
        f"\n{{# {block}: {HOLDS[block]} #}}\n{{% block {block} %}}{body}{{% endblock %}}\n"
        for block in BLOCKS
        if (body := _shown(block, levels)) is not None
    )


def _shown(block: str, levels: list[dict[str, str]]) -> str | None:
    """Return a block's source, what it inherits by `super()` written out."""
    written = [level[block] for level in levels if block in level]
    if not written:
        return None
    shown = written[-1]
    for body in reversed(written[:-1]):
        below = shown.removeprefix("\n")
        shown = _SUPER.sub(lambda _, below=below: below, body)  # type: ignore[misc]
    return shown


def inside(source: str) -> dict[str, str]:
    """Return what stands between the tags of each block of a template's source."""
    found: dict[str, str] = {}
    opened: list[tuple[str, int]] = []
    for tag in _TAG.finditer(source):
        if tag[1] == "block":
            opened.append((tag[2], tag.end()))
        elif opened:
            name, start = opened.pop()
            found[name] = source[start : tag.start()]
    return found
