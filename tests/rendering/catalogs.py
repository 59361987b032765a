"""What the mail says, as Babel finds it in code and templates.

`python -m tests.rendering.catalogs [LANGUAGE …]` brings the `.po` files up to date, or begins new ones;
then translate what is empty.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from digest.rendering import phrases
from digest.rendering.overrides.builtin import builtin_folder

LOCALES = Path(phrases.__file__).parent / "locales"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "say": None,
    "counted": (1, 2),
    "_filled": (1,),
}


@cache
def extracted(*, letters_only: bool = False) -> Catalog:
    """Return every message that the rendering room and the templates use.

    Args:
        letters_only: leave out what only pages say.
    """
    catalog = Catalog(project="newsroom-digest", charset="utf-8")
    places = (
        (LOCALES.parent, [("**.py", "python")]),
        (
            builtin_folder(),
            [("**.html", "jinja2.ext:babel_extract"), ("**.txt", "jinja2.ext:babel_extract")],
        ),
    )
    for folder, methods in places:
        for file, _, message, _, _ in extract_from_dir(folder, methods, keywords=KEYWORDS):
            # The desk has catalogs of its own: tests/web/wording/catalogs.py.
            if not file.startswith(("desk/", "public/") if letters_only else "desk/"):
                catalog.add(message)
    return catalog


def read(path: Path) -> Catalog:
    """Return one language's catalog."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem.replace("-", "_"))


def update(languages: list[str]) -> None:
    """Write the catalogs of `languages` with every message, keeping what is translated."""
    template = extracted()
    for language in languages:
        path = LOCALES / f"{language}.po"
        catalog = read(path) if path.exists() else Catalog(locale=language.replace("-", "_"))
        catalog.update(template, no_fuzzy_matching=True)
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=False, sort_output=True, width=0, ignore_obsolete=True)


if __name__ == "__main__":
    update(sys.argv[1:] or sorted(path.stem for path in LOCALES.glob("*.po")))
