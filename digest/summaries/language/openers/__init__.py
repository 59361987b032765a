"""What a sentence opens with that only the one before it explains."""
