"""Every template with every kind of content, each cell rendered once and looked at by every check."""
