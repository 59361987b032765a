"""What the newsroom's own people read, in their language."""
