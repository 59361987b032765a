"""Where a site's own templates lie: a newsletter's folder over the site's, both over the built-in ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader

BUILTIN = "builtin"
"""`builtin/NAME` is the built-in template of that name, whatever a site has of its own."""

SITE = "site"
"""`site/NAME` is what all newsletters of the site have: the site's own, or the built-in one."""

NEWSLETTERS = "newsletters"
"""The folder in a site's own whose folders are each one newsletter's, by its key."""

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class OwnFolders:
    """The folders that one newsletter's templates are searched in before the built-in ones.

    Attributes:
        site: the site's own folder, where it has one.
        newsletter: the key of the newsletter; empty for what all have.
    """

    site: Path | None = None
    newsletter: str = ""

    @property
    def searched(self) -> tuple[Path, ...]:
        """Return the folders, the first searched first; a newsletter's may not be there yet."""
        if self.site is None:
            return ()
        return (self.site / NEWSLETTERS / self.newsletter, self.site) if self.newsletter else (self.site,)

    def loader(self, builtin: Path) -> BaseLoader:
        """Return what finds a template by its name, and by its name in one of the lower folders."""
        lowest = FileSystemLoader(builtin)
        own = [FileSystemLoader(folder) for folder in self.searched]
        prefixed = {BUILTIN: lowest, SITE: ChoiceLoader([*own[-1:], lowest])}
        return ChoiceLoader([*own, lowest, PrefixLoader(prefixed)])

    def files(self) -> Iterator[Path]:
        """Yield the own files that count for this newsletter, sorted; other newsletters' are left out."""
        if self.site is None:
            return
        others = self.site / NEWSLETTERS
        mine = others / self.newsletter if self.newsletter else None
        for path in sorted(self.site.rglob("*")):
            is_others = path.is_relative_to(others) and not (mine and path.is_relative_to(mine))
            if not is_others and path.is_file():
                yield path

    def stamp(self) -> Stamp:
        """Return when those files were changed last; nothing where there are none."""
        stats = ((path, path.stat()) for path in self.files())
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def strangers(site: Path | None, keys: frozenset[str]) -> Iterator[Path]:
    """Yield the folders of newsletters that there are not; their templates are read by nobody."""
    if site is None or not (site / NEWSLETTERS).is_dir():
        return
    for folder in sorted((site / NEWSLETTERS).iterdir()):
        if folder.is_dir() and folder.name not in keys:
            yield folder
