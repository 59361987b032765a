"""Looking back: past editions as they were sent, articles of any day, and taking a story up again."""
