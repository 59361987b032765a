"""Finding texts again by their words, whatever their language."""
