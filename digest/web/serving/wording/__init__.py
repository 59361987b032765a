"""The language of a request, and what the scripts say in it."""
