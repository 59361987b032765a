"""Where templates come from, and how their faults are told.

A mail template is three files: `NAME.html`, and where it wants its own, `NAME.txt` and `NAME.subject.txt`;
else those of what it extends serve. A site's own folder is searched first; the built-in ones stay in reach
as `builtin/…`, so that an override may extend the template it replaces. A newsletter's own folder is
searched before the site's, which it reaches as `site/…`. With files of a site's own everything runs in
Jinja's sandbox; HTML is escaped and undefined names are refused.
"""

from __future__ import annotations

import traceback
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from digest.errors import TemplateFault
from digest.rendering.compiled import Compiled
from digest.rendering.overrides.builtin import PARTS, builtin_folder
from digest.rendering.overrides.folders import BUILTIN, OwnFolders, Stamp

SUBJECT = ".subject.txt"
BLOCKS = ("masthead", "lead", "section", "story", "footer")
"""What a mail template has, and what a site may override."""

STORIES = ("lead", "story")
ALONE = frozenset(
    {"story", "ui", "theme", "_", "phrases", "width", "picture_width", "is_rtl", "super", "noted"}
)
"""The names that a block may use whose stories are kept."""

# What a template can make Python raise; Jinja lets these through as they are.
_RENDERING_ERRORS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How much of each story a template has room for; it says so by `{% set NAME = … %}` at its top.

    Attributes:
        blurb_sentences: the most sentences of one blurb; 0 for all.
        full_stories: so many stories have a blurb, shared over the sections; the others are one line.
        second_stories: so many of the best after the lead are told larger.
        contents_from: a mail of so many stories begins with what is in it; 0 for never.
        thumbnails: 1 where every story with a blurb shows its picture, not the first of a section alone.
    """

    blurb_sentences: int = 0
    full_stories: int = 24
    second_stories: int = 2
    contents_from: int = 15
    thumbnails: int = 0


class Templates:
    """The templates of one site, as one of its newsletters sees them."""

    def __init__(self, overrides: Path | None = None, newsletter: str = "") -> None:
        """Look in `overrides` first, where given, and before it in what is the newsletter's own there.

        Raises:
            TemplateFault: `overrides` is no folder.
        """
        if overrides is not None and not overrides.is_dir():
            raise TemplateFault(str(overrides), "there is no such folder; make it or take the setting out")
        self._builtin = builtin_folder()
        self._own = OwnFolders(overrides, newsletter)
        self._seen = self._own.stamp()
        self._folders = [*self._own.searched, self._builtin]
        # The sandbox is for other people's templates: it looks at each name and each call, and ours are us.
        kind = ImmutableSandboxedEnvironment if overrides else Environment
        self._environment: Environment = kind(
            loader=self._own.loader(self._builtin),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_MARKUP[kind],
        )
        self._scopes: dict[tuple[str, Stamp], bool] = {}
        self._sound: set[tuple[str, Stamp]] = set()
        self._chains: dict[tuple[str, Stamp], list[tuple[str, nodes.Template]]] = {}
        self._plain = self._environment.overlay(autoescape=False, bytecode_cache=_PLAIN[kind])

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Return the mail template `name` (`broadsheet.html`) filled in.

        Raises:
            TemplateFault: it or one that it uses is missing, broken, lacks a block or an undefined name
                is used; names the file and, where known, the line.
        """
        return self._filled(self._environment, name, context, needs_blocks=True)

    def render_plain(self, name: str, context: Mapping[str, object]) -> str:
        """Return a template of plain text filled in: nothing is escaped.

        Raises:
            TemplateFault: as for `render`; but for the blocks, which a subject has none of.
        """
        return self._filled(self._plain, name, context, needs_blocks=not name.endswith(SUBJECT))

    def layout(self, template: str) -> Layout:
        """Return what the mail template, or the nearest that it extends, says of its room.

        Raises:
            TemplateFault: it can't be read, or a value is no whole number.
        """
        said: dict[str, int] = {}
        for file, tree in self.chain(f"{template}.html"):
            for name, value, line in _settings(tree):
                if name not in _LAYOUT_NAMES or name in said:
                    continue
                if type(value) is not int or value < 0:
                    raise TemplateFault(file, f"{name} is no whole number", line)
                said[name] = value
        return Layout(**said)

    def scope(self, name: str) -> Hashable:
        """Return what a finished story of this template follows from, beside the story itself.

        None where the template's own `lead` or `story` looks at more than the story (at `mail`, `section`
        or `loop`), or where the site has macros of its own: then no story may stand for another.

        Raises:
            TemplateFault: the template can't be read.
        """
        key = (name, self._own.stamp())
        if key not in self._scopes:
            with self._telling(name):
                self._scopes[key] = self._stand_alone(name)
        return key if self._scopes[key] else None

    def _stand_alone(self, name: str) -> bool:
        chain = self._walked(name)
        shared = "page.txt" if name.endswith(".txt") else "macros.html"
        if not self.is_builtin(self._source(shared)[1]):
            return False
        macros = {one.name for one in self._parse(shared)[1].find_all(nodes.Macro)}
        for file, tree in chain:
            if not self.is_builtin(file) and not all(
                _stands_alone(block, macros)
                for block in tree.find_all(nodes.Block)
                if block.name in STORIES
            ):
                return False
        return True

    def is_builtin(self, file: str | None) -> bool:
        """Tell whether a file is one of ours; the others are the site's own."""
        return file is not None and Path(file).is_relative_to(self._builtin)

    def beside(self, template: str, ending: str) -> str:
        """Return the file with this ending of the mail template, or of the nearest that it extends.

        Args:
            ending: `.txt` or `.subject.txt`.

        Raises:
            TemplateFault: the mail template can't be read, or there is no such file.
        """
        stems = [Path(name).stem for name in self._names(f"{template}.html")]
        for stem in dict.fromkeys(stems):
            if any((folder / f"{stem}{ending}").is_file() for folder in self._folders):
                return f"{stem}{ending}"
        raise TemplateFault(
            f"{template}{ending}", f'it is missing; begin with {{% extends "page{ending}" %}}'
        )

    def _names(self, name: str) -> list[str]:
        return [Path(file).name for file, _ in self.chain(name)]

    def chain(self, name: str) -> list[tuple[str, nodes.Template]]:
        """Return the template's file and those that it extends, the last one last, each with its tree.

        Raises:
            TemplateFault: one of them is missing or can't be read, or one extends itself.
        """
        key = (name, self._own.stamp())
        if key not in self._chains:
            with self._telling(name):
                self._chains[key] = self._walked(name)
        return self._chains[key]

    def _filled(
        self,
        environment: Environment,
        name: str,
        context: Mapping[str, object],
        *,
        needs_blocks: bool,
    ) -> str:
        self._forget_what_changed()
        with self._telling(name):
            if needs_blocks:
                self._check_blocks(name)
            return environment.get_template(name).render(context)

    def _forget_what_changed(self) -> None:
        """Look anew for every template where a file came or went; Jinja sees changes of what it knows."""
        stamp = self._own.stamp()
        if stamp != self._seen:
            self._seen = stamp
            for environment in (self._environment, self._plain):
                if environment.cache is not None:
                    environment.cache.clear()

    @contextmanager
    def _telling(self, name: str) -> Iterator[None]:
        """Turn what Jinja and Python raise into a fault that names the file and the line."""
        try:
            yield
        except TemplateFault:
            raise
        except TemplateSyntaxError as error:
            file = error.filename or error.name or name
            raise TemplateFault(file, f"{_sentence(error)}; mend the template", error.lineno) from error
        except TemplateNotFound as error:
            raise self._missing(name, error) from error
        except _RENDERING_ERRORS as error:
            file, line = self._place(error, name)
            raise TemplateFault(file, f"{_sentence(error)}; mend the template", line) from error

    def _missing(self, name: str, error: TemplateNotFound) -> TemplateFault:
        if error.name == name:
            known = ", ".join(self.names())
            return TemplateFault(name, f"there is no such template; there are: {known}")
        file, line = self._place(error, name)
        return TemplateFault(file, f"it uses {error.name!r}, and there is no such template", line)

    def names(self) -> list[str]:
        """Return the names of the mail templates, sorted: the built-in ones and the site's own."""
        return sorted({path.stem for folder in self._folders for path in folder.glob("*.html")} - PARTS)

    def _check_blocks(self, name: str) -> None:
        """Check that the template, with all that it extends, has the five blocks and no other."""
        stamp = (name, self._own.stamp())
        if stamp in self._sound:
            return
        chain = self._walked(name)
        have = {block for _, tree in chain for block in blocks_of(tree)}
        for block in BLOCKS:
            if block not in have:
                raise TemplateFault(
                    chain[0][0],
                    f"the block {block!r} is missing; begin with "
                    f'{{% extends "{BUILTIN}/{name}" %}} or add the block',
                )
        for index, (file, tree) in enumerate(chain[:-1]):
            inherited = {block for _, parent in chain[index + 1 :] for block in blocks_of(parent)}
            for block, line in blocks_of(tree).items():
                if block not in inherited:
                    known = ", ".join(BLOCKS)
                    raise TemplateFault(
                        file, f"the block {block!r} would never show; the blocks are {known}", line
                    )
        self._sound.add(stamp)

    def _walked(self, name: str) -> list[tuple[str, nodes.Template]]:
        chain: list[tuple[str, nodes.Template]] = []
        parent: str | None = name
        seen: set[str] = set()
        while parent is not None:
            if parent in seen:
                raise TemplateFault(
                    chain[-1][0],
                    f'it extends itself; write {{% extends "{BUILTIN}/{name}" %}}',
                    1,
                )
            seen.add(parent)
            file, tree = self._parse(parent)
            chain.append((file, tree))
            parent = _parent(tree)
        return chain

    def _parse(self, name: str) -> tuple[str, nodes.Template]:
        source, filename, _ = self._source(name)
        return filename or name, _parsed(source, name, filename)

    def _source(self, name: str) -> tuple[str, str | None, object]:
        loader = self._environment.loader
        assert loader is not None
        return loader.get_source(self._environment, name)

    def _place(self, error: BaseException, name: str) -> tuple[str, int | None]:
        """Return the innermost template file and line that the error came through."""
        frames = traceback.extract_tb(error.__traceback__)
        for frame in reversed(frames):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders):
                return frame.filename, frame.lineno
        return name, None


@lru_cache(maxsize=64)
def _parsed(source: str, name: str, filename: str | None) -> nodes.Template:
    """Return a template's syntax tree, which is only looked at: each newsroom of a process asks for it."""
    return _PARSER.parse(source, name, filename)


_LAYOUT_NAMES = frozenset(field.name for field in fields(Layout))


def _settings(tree: nodes.Template) -> list[tuple[str, object, int]]:
    """Return what a template sets at its top level; None for what is no constant."""
    found: list[tuple[str, object, int]] = []
    for node in tree.body:
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            value: object = None
            if isinstance(node.node, nodes.Expr):
                with suppress(nodes.Impossible):
                    value = node.node.as_const()
            found.append((node.target.name, value, node.lineno))
    return found


def _stands_alone(block: nodes.Block, macros: set[str]) -> bool:
    """Tell whether what a block says follows from its story, the language and the theme alone."""
    template = nodes.Template(list(block.body), lineno=block.lineno)
    named = {one.name for one in template.find_all(nodes.Name)}
    written = {one.name for one in template.find_all(nodes.Name) if one.ctx == "store"}
    asked = {one.attr for one in template.find_all(nodes.Getattr)}
    if asked & {"number", "rank"} or any(
        template.find_all((nodes.Import, nodes.FromImport, nodes.Include, nodes.Getitem))
    ):
        return False
    return named <= ALONE | written | macros


def blocks_of(tree: nodes.Template) -> dict[str, int]:
    """Return the blocks that a template writes, each with its line."""
    return {block.name: block.lineno for block in tree.find_all(nodes.Block)}


def _parent(tree: nodes.Template) -> str | None:
    extends = tree.find(nodes.Extends)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return None
    return str(extends.template.value)


def _sentence(error: BaseException) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    return text or type(error).__name__


_PARSER = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
# One for each way of compiling: what is escaped, and what the sandbox looks at, is another program.
_KINDS: tuple[type[Environment], ...] = (Environment, ImmutableSandboxedEnvironment)
_MARKUP, _PLAIN = {kind: Compiled() for kind in _KINDS}, {kind: Compiled() for kind in _KINDS}
