"""The only SQL of the subscribers package."""
