"""How common words are, and from which likeness on two texts tell of one event."""
