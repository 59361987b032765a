"""What pieces of a kind are called, and what stories about such things are."""
