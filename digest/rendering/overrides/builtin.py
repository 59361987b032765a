"""Where the built-in templates lie, and what they are called: known without Jinja."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from digest.errors import TemplateFault

PARTS = frozenset({"macros", "page", "blocks"})
"""What mail templates are made of; none of them is one."""


def builtin_folder() -> Path:
    """Return the folder of the built-in templates: in the wheel, else in the checkout.

    Raises:
        TemplateFault: neither is there; the installation is broken.
    """
    package = Path(str(files("digest")))
    for folder in (package / "_templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise TemplateFault(str(package / "_templates"), "the folder is missing; install the package again")


@cache
def builtin_names() -> frozenset[str]:
    """Return the names of the built-in mail templates.

    Raises:
        TemplateFault: the installation is broken.
    """
    return frozenset(path.stem for path in builtin_folder().glob("*.html")) - PARTS
