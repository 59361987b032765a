"""Other people's text as plain blocks."""
