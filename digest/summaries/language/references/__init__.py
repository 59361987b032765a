"""Whom and what a sentence names short because an earlier one told it whole."""
