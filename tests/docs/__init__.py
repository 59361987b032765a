"""The pages: what they show runs, loads or is a command that there is."""
