"""Sentences and words in many languages: where they end, and what they lean on."""
