"""Types of single values, besides those of `digest.settings.fields`."""
