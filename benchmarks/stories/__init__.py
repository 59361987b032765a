"""Which articles are one story, and which story leads."""
