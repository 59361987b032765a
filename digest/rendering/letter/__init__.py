"""What editors write into a mail besides its stories: blocks, and the few marks of their texts."""
