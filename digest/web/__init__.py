"""The desk and the other pages that people meet in a browser; loaded by `digest desk` only."""
