"""Finding editions and articles by their words."""
