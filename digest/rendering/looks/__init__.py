"""A newsletter's looks, value by value: colors, fonts, links, measures."""
