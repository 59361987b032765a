"""What the desk says, as Babel finds it in code, templates and scripts.

`python -m tests.web.wording.catalogs [LANGUAGE …]` brings the `.po` files up to date, or begins new ones;
`--template FILE` writes the messages alone. Then translate what is empty; the tests beside this say what is
left.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from digest.rendering.overrides.builtin import builtin_folder
from digest.settings.kept.forms import fields_of
from digest.settings.kept.limits import KINDS
from digest.settings.looks.theme import ThemeSettings
from digest.settings.schema import NewsletterSettings
from digest.web.desk.newsletters.parts import fields_for, new_fields
from digest.web.serving.wording.script_words import STATIC, messages
from digest.words import speaking, tongues

LOCALES = Path(tongues.__file__).parent / "locales"
WEB = STATIC.parent
KEYWORDS: dict[str, tuple[int, ...]] = {
    "say": (1,),
    "later": (1,),
    "lasting": (1,),
    "counted": (1, 2),
    "instead": (2,),
    "note": (2,),
}
"""`note` writes a line of the desk's log, whose page says it in the reader's language."""


@cache
def extracted() -> Catalog:
    """Return every message of the desk."""
    catalog = Catalog(project="newsroom-digest", charset="utf-8")
    for path in [*sorted(WEB.rglob("*.py")), Path(speaking.__file__)]:
        for message in python_messages(path.read_text(encoding="utf-8")):
            catalog.add(message, locations=[(path.name, 1)])
    templates = builtin_folder() / "desk"
    methods = [("**.html", "jinja2.ext:babel_extract")]
    for file, line, message, _, _ in extract_from_dir(templates, methods, keywords=KEYWORDS):
        catalog.add(message if isinstance(message, str) else tuple(message), locations=[(file, line)])
    singles, counts = messages()
    for one in singles:
        catalog.add(one, locations=[("static", 1)])
    for pair in counts:
        catalog.add(pair, locations=[("static", 1)])
    for one in form_words():
        catalog.add(one, locations=[("forms", 1)])
    return catalog


def python_messages(source: str) -> Iterator[str | tuple[str, ...]]:
    """Yield what is said in a module; a message that is put together is none."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        given = [node.args[place - 1] for place in KEYWORDS.get(name, ()) if len(node.args) >= place]
        said = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if said and len(said) == len(KEYWORDS[name]):
            yield said[0] if len(said) == 1 else tuple(said)


def form_words() -> Iterator[str]:
    """Yield what the forms of newsletters say of each setting."""
    forms = [fields_of(NewsletterSettings, without=("sections", "sources", "paused", "send_times"))]
    forms += [new_fields("sections"), new_fields("sources")]
    forms += [fields_for("sections", {})]
    forms += [fields_for("sources", {"kind": kind}) for kind in KINDS]
    for fields in forms:
        for field in fields:
            yield field.label
            if field.hint:
                yield field.hint
    yield from looks_words(ThemeSettings)


def looks_words(model: type[BaseModel]) -> Iterator[str]:
    """Yield the labels and the help of the page about looks."""
    for name, info in model.model_fields.items():
        yield name.replace("_", " ").capitalize()
        if info.description:
            yield info.description.replace("`", "")


def read(path: Path) -> Catalog:
    """Return one language's catalog."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def update(languages: list[str]) -> None:
    """Write the catalogs of `languages` with every message, keeping what is translated."""
    template = extracted()
    for language in languages:
        path = LOCALES / f"{language}.po"
        catalog = read(path) if path.exists() else Catalog(locale=language)
        catalog.update(template, no_fuzzy_matching=True)
        with path.open("wb") as file:
            write_po(
                file,
                catalog,
                no_location=True,
                sort_output=True,
                width=0,
                ignore_obsolete=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--template"]:
        with Path(sys.argv[2]).open("wb") as template_file:
            write_po(template_file, extracted(), sort_by_file=True, width=0)
    else:
        update(sys.argv[1:] or sorted(path.stem for path in LOCALES.glob("*.po")))
