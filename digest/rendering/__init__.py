"""From an edition to the finished mail, once per variant."""
