"""A site's own templates: where they lie, how a working copy of a built-in one is made."""
