"""Of the desk and the public pages: in a browser, and under load."""
