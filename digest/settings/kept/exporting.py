"""The configuration as one digest.toml: what the file says, and what the desk says over it."""

from __future__ import annotations

import copy

from digest.settings import names
from digest.settings.kept.toml_text import written
from digest.settings.loading import Loaded
from digest.settings.origins import is_secret, values_of


def exported(loaded: Loaded) -> str:
    """Return TOML that loads as the same settings, where its secrets are given by the environment.

    Secrets are left out, and named with the variables that set them. What comes from the environment is
    not the file's, and stays there.
    """
    tree = copy.deepcopy(dict(loaded.written))
    left_out = [
        path
        for path, value in values_of(loaded.settings)
        if is_secret(path, value) and _taken_out(tree, path)
    ]
    head = [
        f"# {names.dotted(path)} is a secret: give it in {names.variable_for(path)}" for path in left_out
    ]
    return "\n".join([*head, ""] if head else []) + written(tree)


def _taken_out(tree: object, path: names.Path) -> bool:
    """Take the value at a path away; tell whether it was there."""
    for step in path[:-1]:
        inner = tree.get(step) if isinstance(tree, dict) else None
        if isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            inner = tree[step]
        tree = inner
    return isinstance(tree, dict) and tree.pop(path[-1], None) is not None
