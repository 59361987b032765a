"""People of the desk: who works here, on what, and how each of them logs in."""
